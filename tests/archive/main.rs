//! `archive`: the store of official versions, and every way to tamper with it.

#[path = "../common/attached.rs"]
mod attached;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/desk.rs"]
mod desk;
mod sample_store;
mod tampering_cases;

mod adding;
mod audit;
mod cancelling;
mod chain;
mod daily_use;
mod derived_contents;
mod hostile_stores;
mod keygen;
mod list_and_show;
mod tampering;
