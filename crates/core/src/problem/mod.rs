//! A problem of the input: severity, stable code, place, message, expectation, hint.
//!
//! In: facts found by the other rooms. Out: plain Japanese for people, JSON for tools.
//! Touches nothing.

mod closest;
mod code;
mod contained;
mod fault;
mod gathered;
mod look_alike;
mod place;
mod printable;
mod system;
mod typst_words;

pub use closest::{closest, did_you_mean};
pub use code::Code;
pub use contained::{Stopped, contained, panic_words};
pub use fault::{Problem, Severity, sort};
pub use gathered::gather;
pub use look_alike::look_alike;
pub use place::Place;
pub use printable::{is_unprintable, printable};
pub use system::system_reason;
pub use typst_words::{is_unknown, typst_message};
