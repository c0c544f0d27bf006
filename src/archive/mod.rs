//! The store of official versions: one BagIt bag an edition, each naming the one before by its
//! digest.

mod bag;
mod begin;
pub mod chain;
mod check;
mod contents;
mod digests;
mod edition;
mod export;
mod files;
mod info;
mod list;
mod proven;
mod provenance;
mod rebuild;
mod restore;
mod store;
mod verify;
mod walk;

pub use bag::SIGNATURES;
pub use begin::Lock;
pub use contents::{Made, PDF, payload};
pub use edition::{Edition, name as edition_name};
pub use export::zipped;
pub use info::BagInfo;
pub use proven::kept_pdf;
pub use rebuild::{Rebuilt, rebuild, record};
pub use restore::{Restored, report_files, write_folder};
pub use store::{Store, StoreFault};
pub use verify::{EditionFinding, Findings, Wanted, verify};
