//! The store of official versions: one BagIt bag an edition, each naming the one before by its
//! digest.
//!
//! Signatures are OpenSSH's, so that an auditor needs no soukatsu to verify one:
//! `ssh-keygen -Y verify -f signers -I NAME -n soukatsu -s FILE.sig < FILE`.

mod about;
mod accepted;
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
mod foreign;
mod info;
mod key;
mod known;
mod list;
mod proven;
mod provenance;
mod rebuild;
mod remake;
mod reproduced;
mod restore;
mod signature;
mod signed;
mod signers;
mod store;
mod strays;
mod verify;
mod walk;
mod which;
mod wire;

pub use about::{APPROVED_BY, CONTENT, DATE, Decision, REASON, about, day as kept_on};
pub use accepted::accepted;
pub use bag::SIGNATURES;
pub use begin::Lock;
pub use contents::{Made, PDF, PROBLEMS, payload};
pub use digests::Digests;
pub use edition::{Edition, name as edition_name};
pub use export::zipped;
pub use info::BagInfo;
pub use key::{KeyFault, PrivateKey, PublicKey};
pub use known::{Known, named};
pub use proven::kept_pdf;
pub use rebuild::{Changes, Compare, Rebuilt};
pub use remake::record;
pub use restore::{Restored, report_files, write_folder};
pub use signature::{NAMESPACE, SignatureFault, sign, verify as verify_signature};
pub use signed::{
    Demand, SIGNERS, Signature, Signed, count as signature_count, signature_file, signatures,
};
pub use signers::{NameFault, Signer, Signers, Validity, signers_line};
pub use store::{Store, StoreFault};
pub use verify::{EditionFinding, Findings, Wanted, verify};
pub use which::{Holders, holders, of_content};
pub use wire::is_unprintable;
