//! Which edition a PDF from elsewhere is: its digest held against the lists, so that no PDF of the
//! store is read for it.

use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::digest_list::read_list;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{MANIFEST, PDF, TAG_MANIFEST, in_payload};
use crate::archive::layout::labels::CONTENT;
use crate::archive::layout::limits::LARGEST_LIST;
use crate::files;
use soukatsu_core::model::digest::sha256;

/// The editions that may be a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holders {
    /// Whose official PDF has the same digest.
    pub same: Vec<Edition>,
    /// Whose list of digests is not as it was kept, so that nothing can be said of them.
    pub unknown: Vec<Edition>,
}

/// The editions with an official PDF of this SHA-256.
pub fn holders(editions: &[Edition], sha256: &str) -> Holders {
    let mut holders = Holders::default();
    for edition in editions {
        let name = in_payload(PDF);
        let list = read_list(&edition.dir, MANIFEST).unwrap_or_default();
        if list.get(&name).is_some_and(|own| own == sha256) {
            holders.same.push(edition.clone());
        } else if !is_list_kept(edition) {
            holders.unknown.push(edition.clone());
        }
    }
    holders
}

/// Whether the list of the payload is the one that the list of lists names.
fn is_list_kept(edition: &Edition) -> bool {
    let tags = read_list(&edition.dir, TAG_MANIFEST).unwrap_or_default();
    let now = files::read(&edition.dir, MANIFEST, LARGEST_LIST);
    now.is_ok_and(|now| tags.get(MANIFEST) == Some(&sha256(&now)))
}

/// The editions that say of themselves that they are of this content.
pub fn of_content(editions: &[Edition], content: &str) -> Vec<Edition> {
    let is_it = |edition: &&Edition| {
        BagInfo::read(&edition.dir).is_ok_and(|info| info.get(CONTENT) == Some(content))
    };
    editions.iter().filter(is_it).cloned().collect()
}
