//! soukatsu (総括): turns a report folder into a council handout.
//!
//! One direction: `soukatsu_core` reads and checks the folder, `soukatsu_chart` draws the figures,
//! [`world`] → [`compile`] → [`export`] make the pages. [`app`] holds every job of the product; [`cli`]
//! is the terminal in front of it.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros)]

pub mod app;
pub mod archive;
pub mod cli;
pub mod compare;
pub mod compile;
pub mod export;
pub mod files;
pub mod official;
pub mod record;
pub mod trace;
pub mod world;
