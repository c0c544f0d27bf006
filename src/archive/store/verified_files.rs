//! The files of an edition as they were kept, or not at all: what leaves a store is held against
//! its digests on the way out.

use std::collections::BTreeMap;
use std::path::Path;

use super::open::Store;
use crate::archive::layout::digest_list::{parse, read_list};
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{MANIFEST, PDF, TAG_MANIFEST, in_payload};
use crate::archive::layout::limits::LARGEST_FILE;
use crate::files;
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::{Code, Place, Problem};

/// The files of an edition with the digests that its number stands for.
pub struct VerifiedFiles<'a> {
    edition: &'a Edition,
    /// By path below the folder of the edition.
    digests: BTreeMap<String, String>,
}

impl<'a> VerifiedFiles<'a> {
    /// Follows the digests from the chain to the lists of an edition.
    ///
    /// # Errors
    /// What is not as it was kept; places are relative to the store.
    pub fn of(store: &Store, edition: &'a Edition) -> Result<Self, Vec<Problem>> {
        let broken = store.chain_faults(edition);
        if !broken.is_empty() {
            return Err(broken);
        }
        let list =
            edition.list().map_err(|reason| vec![fault(edition, TAG_MANIFEST).message(reason)])?;
        let tags = parsed(edition, TAG_MANIFEST, list)?;
        let mut verified = VerifiedFiles { edition, digests: tags };
        let manifest = verified.read(MANIFEST).map_err(|problem| vec![*problem])?;
        verified.digests.extend(parsed(edition, MANIFEST, manifest)?);
        Ok(verified)
    }

    /// The paths of all files but the list that lists the lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.digests.keys().map(String::as_str)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When they are not those that were kept; the place is relative to the store.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, Box<Problem>> {
        let fault = || fault(self.edition, name);
        let Some(digest) = self.digests.get(name) else {
            return Err(Box::new(fault().message("一覧にないファイルです")));
        };
        let bytes = files::read(&self.edition.dir, name, LARGEST_FILE)
            .map_err(|error| Box::new(fault().message(format!("ファイル{}", error.message()))))?;
        let now = sha256(&bytes);
        if now == *digest {
            return Ok(bytes);
        }
        Err(Box::new(
            fault()
                .text(format!("SHA-256 {now}"))
                .expected(format!("SHA-256 {digest}"))
                .message("保管したときと中身が違います"),
        ))
    }
}

/// The PDF of an edition's folder, wherever it stands, held against the lists beside it.
///
/// # Errors
/// In Japanese, the end of a sentence about the folder.
pub fn kept_pdf(dir: &Path) -> Result<Vec<u8>, String> {
    let name = in_payload(PDF);
    let pdf = files::read(dir, &name, LARGEST_FILE)
        .map_err(|fault| format!("の「{name}」{}", fault.message()))?;
    let list = read_list(dir, MANIFEST);
    let whole = list.is_ok_and(|list| list.get(&name) == Some(&sha256(&pdf)));
    whole.then_some(pdf).ok_or_else(|| {
        format!("は保管したときのままではありません（「{name}」が一覧と合いません）。`soukatsu archive verify` で確かめてください")
    })
}

fn parsed(
    edition: &Edition,
    name: &str,
    bytes: Vec<u8>,
) -> Result<BTreeMap<String, String>, Vec<Problem>> {
    let no_text = |_| vec![fault(edition, name).message("UTF-8の文字になっていません")];
    let text = String::from_utf8(bytes).map_err(no_text)?;
    parse(name, &text)
        .map_err(|problems| problems.into_iter().map(|problem| edition.in_store(problem)).collect())
}

fn fault(edition: &Edition, name: &str) -> Problem {
    edition.in_store(Problem::error(Code::BagDamaged, Place::file(name)))
}
