//! The store: a folder of editions. An edition comes into it whole or not at all, and leaves it
//! proven to be what was kept.
//!
//! An edition is there when its folder is: it is filled under a hidden name and renamed when all
//! of it is on the disk. `chain.txt` is written after that, as a witness against editions that
//! are taken away; a run that is interrupted in between lacks only its line there, and leaves its
//! journal.

pub mod add;
pub mod around;
pub mod chain_file;
pub mod create;
pub mod doubts;
pub mod export;
pub mod fault;
pub mod find;
pub mod journal;
pub mod lock;
pub mod next_edition;
pub mod open;
pub mod restore;
pub mod sign;
pub mod staging;
pub mod verified_files;
