//! The store of official versions: one BagIt bag an edition, each naming the one before by its
//! digest.
//!
//! Signatures are OpenSSH's, so that an auditor needs no soukatsu to verify one:
//! `ssh-keygen -Y verify -f signers -I NAME -n soukatsu -s FILE.sig < FILE`.

mod adding;
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
mod key;
mod list;
mod proven;
mod provenance;
mod rebuild;
mod restore;
mod signature;
mod signed;
mod signers;
mod store;
mod strays;
mod verify;
mod walk;
mod wire;

pub use bag::SIGNATURES;
pub use begin::Lock;
pub use contents::{Made, PDF, payload};
pub use edition::{Edition, name as edition_name};
pub use export::zipped;
pub use info::BagInfo;
pub use key::{KeyFault, PrivateKey, PublicKey};
pub use proven::kept_pdf;
pub use rebuild::{Rebuilt, rebuild, record};
pub use restore::{Restored, report_files, write_folder};
pub use signature::{NAMESPACE, SignatureFault, sign, verify as verify_signature};
pub use signed::{SIGNERS, Signed, signature_file};
pub use signers::{NameFault, Signer, Signers, signers_line};
pub use store::{Store, StoreFault};
pub use verify::{EditionFinding, Findings, Wanted, verify};
