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

pub use chain::expected::{Expected, named, names as edition_names, shortened};
pub use layout::accepted::accepted;
pub use layout::bag_info::BagInfo;
pub use layout::digest_cache::DigestCache;
pub use layout::edition::Edition;
pub use layout::metadata::{Decision, kept_on};
pub use layout::payload::Made;
pub use layout::sources::{Sources, record};
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
pub use store::next_edition::{NextEdition, NotNext};
pub use store::open::Store;
pub use store::restore::{Restored, report_files, write_folder};
pub use store::sign::SignFault;
pub use store::verified_files::kept_pdf;
pub use verify::rebuilt::{Changes, Rebuilt, is_pdf_listed, kept_changes as kept_change_files};
pub use verify::store_check::{EditionFinding, Findings, StoreCheck};
pub use verify::verdict::Verdict;
