//! Official versions in a store: kept, listed, shown, verified, restored, handed over and signed.

pub mod edition_number;
mod edition_words;
mod export;
mod facts;
mod findings;
mod identify;
mod keep;
mod keygen;
mod list;
mod path_overlap;
mod rebuild;
mod report_files;
mod restore;
mod selection;
mod show;
mod sign;
mod store_error;
pub mod validated_input;
mod verify;

pub use export::{NotExported, export};
pub use facts::EditionFacts;
pub use findings::findings_json;
pub use identify::{Identified, NotIdentified};
pub use keep::{
    CompletedEdition, KeepRequest, Keeping, Kept, NoRequest, NotKept, NotOfficial, OfficialVersion,
};
pub use keygen::{KeygenRequest, NewKeys, NoKeys, keygen};
pub use list::{EditionSummary, list};
pub use path_overlap::PathOverlap;
pub use report_files::NotWhole;
pub use restore::{NotRestored, RestorableReport, Restored};
pub use selection::{NoEdition, Selection, open_edition, select};
pub use show::ShownEdition;
pub use sign::{NotSigned, SignedEdition, Signing, read_key};
pub use store_error::{StoreError, open_store};
pub use verify::{NoDemand, NotVerified, VerifyRequest, demand, verify};
