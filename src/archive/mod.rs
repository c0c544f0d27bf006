//! The store of official versions: one BagIt bag an edition, each naming the one before by its
//! digest.

mod bag;
pub mod chain;
mod contents;
mod digests;
mod export;
mod info;
mod provenance;
mod rebuild;
mod restore;
mod store;
mod verify;

pub use bag::SIGNATURES;
pub use contents::{Made, PDF, payload};
pub use export::zipped;
pub use info::BagInfo;
pub use rebuild::{Rebuilt, rebuild, record};
pub use restore::{report_files, write_folder};
pub use store::{Edition, Lock, Store, StoreFault, name as edition_name};
pub use verify::{EditionFinding, Findings, Wanted, verify};
