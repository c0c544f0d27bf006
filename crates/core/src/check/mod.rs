//! Rules over the model and the prose that need no typesetting.
//!
//! In: the model and its bindings. Out: problems. Each rule is a function of those; rules say
//! nothing about data sets that are incomplete.

mod calls;
mod candidates;
mod changes;
mod claims;
mod context;
mod directions;
mod figures;
mod findings;
mod handwritten;
mod headings;
mod house_style;
mod names;
mod numbered;
mod numeral_origin;
mod numerals;
mod references;
mod rounding;
mod rules;
mod sentences;
mod similar_names;
mod statuses;
mod topics;
mod years;

pub use numeral_origin::{NumeralOrigin, Structural};
pub use numerals::{Numeral, numerals};
pub use rules::{check, origins};
