//! The typed report: what the rest of the house works on.

pub mod call;
pub mod categories;
pub mod constant;
pub mod correction;
pub mod data_grid;
pub mod data_table;
pub mod date;
pub mod digest;
pub mod figure;
pub mod figure_totals;
pub mod grid;
pub mod indicator;
pub mod initiative;
pub mod name;
pub mod number;
pub(crate) mod numeral;
pub mod official;
pub mod parts;
pub mod period;
pub mod quantity;
pub mod report;
pub mod source;
pub mod style;
pub mod totals;
pub mod unit;
pub(crate) mod width;
