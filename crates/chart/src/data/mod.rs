//! A figure's data as charts need it.

pub(crate) mod order;
pub(crate) mod stack;
pub(crate) mod table;
