//! What lies in a store and is none of it: nothing proves it, and nobody shall rely on it.
#![expect(clippy::disallowed_methods, reason = "the store is a folder on the disk")]

use std::fs;

use crate::archive::layout::bag_check::in_other_form;
use crate::archive::layout::digest_list::read_list;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::MANIFEST;
use crate::archive::layout::store_files::{CHAIN, EDITIONS, JOURNAL, LOCK, README, SIGNERS};
use crate::archive::layout::walk::walk;
use crate::archive::store::fault::StoreFault;
use crate::archive::store::open::Store;
use crate::archive::store::staging::is_left_over;
use soukatsu_core::problem::{Code, Place, Problem};

/// What a store itself may have; what is wrong with these is told where they are read.
const OWN: [&str; 3] = [CHAIN, EDITIONS, SIGNERS];
/// The same, but verifying reads none of them.
const OWN_FILES: [&str; 3] = [README, LOCK, JOURNAL];
/// So many are told one by one.
const MOST_TOLD: usize = 100;

/// A warning for each thing beside the editions that no command of this program put there; of the
/// names that it uses, links are such.
///
/// # Errors
/// When the store cannot be read.
pub fn beside_editions(store: &Store) -> Result<Vec<Problem>, StoreFault> {
    let mut names = Vec::new();
    for entry in fs::read_dir(store.root())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let is_own = OWN.contains(&&*name) || is_file && OWN_FILES.contains(&&*name);
        if !is_own && !is_left_over(&name) {
            names.push(name);
        }
    }
    names.sort();
    let unlisted = |name: &String| {
        Problem::warning(Code::ChainBroken, Place::file(name.as_str()))
            .message("保管庫のものではないものがあります")
            .hint(
                "どの一覧にもないので、正しいかどうかを何も示せません。保管庫の外へ移してください",
            )
    };
    Ok(shortened(names.iter().map(unlisted).collect(), "."))
}

/// A warning for each empty folder of an edition; places are relative to the store. They are no
/// damage: a bag lists files only, and without the folder it is the same edition.
pub fn empty_folders(edition: &Edition) -> Vec<Problem> {
    let empty = walk(&edition.dir).empty;
    let unlisted = |name: &String| {
        Problem::warning(Code::BagDamaged, Place::file(name.as_str()))
            .message("空のフォルダーがあります")
            .hint("保管した後で作られたもので、版の一部ではありません。消してかまいません")
    };
    let problems = shortened(empty.iter().map(unlisted).collect(), ".");
    problems.into_iter().map(|problem| edition.in_store(problem)).collect()
}

/// A warning for the names of an edition that came back in another form of Unicode, as from a Mac;
/// the place is relative to the store. The bag is sound, and `bagit.py` calls it so.
pub fn names_in_other_form(edition: &Edition) -> Option<Problem> {
    let listed = read_list(&edition.dir, MANIFEST).ok()?;
    let found = walk(&edition.dir).files;
    let missing = listed.keys().filter(|name| !found.contains_key(*name));
    let other: Vec<&String> =
        missing.filter(|name| in_other_form(name, &found, &listed).is_some()).collect();
    let first = other.first()?;
    Some(edition.in_store(
        Problem::warning(Code::BagDamaged, Place::file(first.as_str()))
            .message(format!(
                "{}個のファイルの名前で、濁点などの表し方（NFCとNFD）が保管したときと違います。中身は保管したときのままです",
                other.len()
            ))
            .hint("Macやファイルサーバーを通したときに変わったものです。このままでも、確かめることも取り出すこともできます"),
    ))
}

fn shortened(mut problems: Vec<Problem>, place: &str) -> Vec<Problem> {
    let more = problems.len().saturating_sub(MOST_TOLD);
    problems.truncate(MOST_TOLD);
    if let Some(code) = problems.first().filter(|_| more > 0).map(|problem| problem.code) {
        let rest = Problem::warning(code, Place::file(place));
        problems.push(rest.message(format!("ほかに{more}か所あります")));
    }
    problems
}
