//! The store of official versions: one BagIt bag an edition, each naming the one before by its
//! digest.
//!
//! From below: `layout` (what files there are), `signatures`, `chain`, `store` (what comes in and
//! goes out), `verify`.

mod chain;
mod layout;
mod signatures;
mod store;
mod verify;

pub use chain::check::{ChainFaults, ChainState, check_chain};
pub use chain::expected::{Expected, named};
pub use layout::accepted::accepted;
pub use layout::bag_info::BagInfo;
pub use layout::digest_cache::DigestCache;
pub use layout::edition::{Edition, name as edition_name};
pub use layout::metadata::{Decision, day as kept_on, metadata};
pub use layout::payload::{Made, payload};
pub use layout::{edition_files, labels, store_files};
pub use signatures::edition_signatures::{
    Demand, Signature, Signed, count as signature_count, signature_file, signatures,
};
pub use signatures::key::{KeyFault, PrivateKey, PublicKey};
pub use signatures::signature::{NAMESPACE, SignatureFault, sign, verify as verify_signature};
pub use signatures::signer_name::NameFault;
pub use signatures::signers::{Signer, Signers};
pub use signatures::signers_line::signers_line;
pub use signatures::validity::Validity;
pub use store::around::{is_bag, kept_around};
pub use store::export::zipped;
pub use store::fault::StoreFault;
pub use store::find::{Holders, holders, of_content};
pub use store::lock::Lock;
pub use store::open::Store;
pub use store::restore::{Restored, report_files, write_folder};
pub use store::verified_files::kept_pdf;
pub use verify::rebuild::record;
pub use verify::store_check::{EditionFinding, Findings, Wanted, verify};
pub use verify::verdict::{Changes, Compare, Rebuilt};
