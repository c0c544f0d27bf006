//! Whether a store is as it was left: bags, chain, signatures, and each edition held against what
//! its own sources make.

pub mod foreign;
pub mod rebuild;
pub mod reproduced;
pub mod store_check;
pub mod unlisted;
pub mod verdict;
