//! The chain of the editions: each names the one before by its digest, and chain.txt bears witness
//! to all of them.

pub mod chain_list;
pub mod check;
pub mod expected;
pub mod links;
