//! What the pages say is what the data say: no correction leaves a stale figure, and every numeral
//! knows where it comes from.

#[path = "../common/mod.rs"]
mod common;

mod proof;
mod tables;
mod trace;
