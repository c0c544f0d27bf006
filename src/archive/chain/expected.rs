//! Digests that editions are expected to have: they were written down elsewhere, in the document of
//! a decision for one.

use std::collections::BTreeSet;
use std::fmt;

use super::links::{fault, is_linked};
use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::labels::DATE;
use crate::archive::layout::store_files::EDITIONS;
use crate::record::short;
use soukatsu_core::problem::Problem;

/// The edition that an expected digest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// As it was written down: the digest of the edition, or its beginning.
    pub digest: String,
    pub edition: Edition,
    /// The day that the edition gives as its own.
    pub date: Option<String>,
    /// Whether the edition and all before it are those that had this number: no file of theirs
    /// differs from their lists, and each names the one before.
    pub is_unchanged: bool,
}

/// What the edition of an expected digest is.
impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.edition.number;
        let date = self.date.as_ref().map_or(String::new(), |date| format!("（{date}）"));
        let digest = shortened(&self.digest);
        write!(f, "控えの番号 {digest} は版{number}{date}です。")?;
        let these = match number {
            1 => "この版は",
            _ => "この版と、それより前の版は",
        };
        match self.is_unchanged {
            true => write!(f, "{these}、控えたときのままです"),
            false => {
                write!(f, "ただし、{these}、控えたときのままとはいえません（誤りがあります）")
            }
        }
    }
}

/// The editions whose digest is, or begins with, this one in lower case.
pub fn named(editions: &[Edition], digest: &str) -> Vec<Edition> {
    let is_it = |edition: &&Edition| edition.digest().is_ok_and(|own| own.starts_with(digest));
    editions.iter().filter(is_it).cloned().collect()
}

/// Looks the digests up. `damaged`: editions whose files are not as they were kept.
///
/// Gives what is wrong of the digests that name no edition, or more than one.
pub fn look_up(
    digests: &[String],
    editions: &[Edition],
    damaged: &BTreeSet<u32>,
) -> (Vec<Expected>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for digest in digests {
        match &named(editions, digest)[..] {
            [edition] => found.push(Expected {
                digest: digest.clone(),
                edition: edition.clone(),
                date: BagInfo::read(&edition.dir)
                    .ok()
                    .and_then(|info| info.get(DATE).map(str::to_owned)),
                is_unchanged: damaged.range(..=edition.number).next().is_none()
                    && is_linked(editions, edition.number),
            }),
            [] => problems.push(
                missing(digest).message("控えの番号の版が、この保管庫にありません").hint(
                    "番号の写し違いか、別の保管庫の番号でないかを確かめます。どちらでもなければ、その版は消されたか、作り直されています",
                ),
            ),
            several => problems.push(
                missing(digest)
                    .message(format!(
                        "控えの番号が、{}の番号の始めと同じで、どの版か決まりません",
                        names(several)
                    ))
                    .hint("控えの番号を、もっと長く（64桁まで）書いてください"),
            ),
        }
    }
    (found, problems)
}

/// `abcdef12…`.
pub fn shortened(digest: &str) -> String {
    format!("{}…", short(digest))
}

/// `版1、版3`.
pub fn names(editions: &[Edition]) -> String {
    let names = editions.iter().map(|edition| format!("版{}", edition.number));
    names.collect::<Vec<_>>().join("、")
}

fn missing(digest: &str) -> Problem {
    fault(EDITIONS).expected(digest)
}
