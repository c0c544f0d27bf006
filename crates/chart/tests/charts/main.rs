//! Whole charts, looked at as a reader would: from the finished marks.
//!
//! `checker` knows nothing of the code that places labels; `properties` draws any data at all.

mod checker;
mod common;
mod common_kinds;
mod labels;
mod notes;
mod periods;
mod properties;
mod ring;
mod rows;
mod special_kinds;
