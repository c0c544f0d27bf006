//! Whether a store is as it was left: bags, chain, signatures, and each edition held against what
//! was made again of its own sources.

pub mod foreign;
pub mod rebuilt;
pub mod reproduced;
pub mod store_check;
pub mod unlisted;
pub mod verdict;
