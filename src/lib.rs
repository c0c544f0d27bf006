//! soukatsu (総括): turns a report folder into a council handout.
//!
//! One direction: [`load`] → [`validate`] → [`model`] → [`check`] → [`world`] → [`compile`] →
//! [`export`]. [`pipeline`] walks it; [`cli`] is the terminal in front of it.

#![warn(clippy::disallowed_methods)]

pub mod archive;
pub mod bind;
pub mod chart;
pub mod check;
pub mod cli;
pub mod compare;
pub mod compile;
pub mod export;
pub mod load;
pub mod model;
pub mod official;
pub mod pipeline;
pub mod problem;
pub mod record;
pub mod trace;
pub mod validate;
pub mod world;
