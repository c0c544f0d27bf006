//! Where labels stand: which places there are, which is tried first, and what is free.

pub(crate) mod candidates;
pub(crate) mod declutter;
pub(crate) mod notes;
pub(crate) mod side;
pub(crate) mod strategy;
pub(crate) mod values;
