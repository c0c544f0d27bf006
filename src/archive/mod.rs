//! The store of official versions: one BagIt bag an edition, each naming the one before by its
//! digest.
//!
//! Signatures are OpenSSH's, so that an auditor needs no soukatsu to verify one:
//! `ssh-keygen -Y verify -f signers -I NAME -n soukatsu -s FILE.sig < FILE`.

mod bag;
pub mod chain;
mod contents;
mod digests;
mod export;
mod info;
mod key;
mod provenance;
mod rebuild;
mod restore;
mod signature;
mod signed;
mod signers;
mod store;
mod verify;
mod wire;

pub use bag::SIGNATURES;
pub use contents::{Made, PDF, payload};
pub use export::zipped;
pub use info::BagInfo;
pub use key::{KeyFault, PrivateKey, PublicKey};
pub use rebuild::{Rebuilt, rebuild, record};
pub use restore::{report_files, write_folder};
pub use signature::{NAMESPACE, SignatureFault, sign, verify as verify_signature};
pub use signed::{SIGNERS, Signed, signature_file};
pub use signers::{NameFault, Signer, Signers, signers_line};
pub use store::{Edition, Lock, Store, StoreFault, name as edition_name};
pub use verify::{EditionFinding, Findings, Wanted, verify};
