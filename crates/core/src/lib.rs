//! From a report folder to a checked model with its prose bound to the data.
//!
//! One direction: [`load`] → [`validate`] → [`model`] → [`bind`] → [`check`]. Of Typst only the
//! syntax tree is known here; nothing lays out pages, so this crate compiles and tests in seconds.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros)]

pub mod bind;
pub mod check;
pub mod load;
pub mod model;
pub mod problem;
pub mod validate;
