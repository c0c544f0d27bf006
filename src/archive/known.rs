//! Numbers of editions that were written down elsewhere, in the document of a decision for one.

use std::collections::BTreeSet;

use super::about::DATE;
use super::chain;
use super::edition::Edition;
use super::info::BagInfo;
use super::store::EDITIONS;
use soukatsu_core::problem::{Code, Place, Problem};

/// The edition that a known number names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// As it was known: the digest of the edition, or its beginning.
    pub number: String,
    pub edition: Edition,
    /// The day that the edition gives as its own.
    pub date: Option<String>,
    /// Whether the edition and all before it are those that had this number: no file of theirs
    /// differs from their lists, and each names the one before.
    pub is_unchanged: bool,
}

/// The editions whose number is, or begins with, this one in lower case.
pub fn named(editions: &[Edition], number: &str) -> Vec<Edition> {
    let is_it = |edition: &&Edition| edition.digest().is_ok_and(|own| own.starts_with(number));
    editions.iter().filter(is_it).cloned().collect()
}

/// Looks the numbers up. `damaged`: editions whose files are not as they were kept.
///
/// Gives what is wrong of the numbers that name no edition, or more than one.
pub fn look_up(
    numbers: &[String],
    editions: &[Edition],
    damaged: &BTreeSet<u32>,
) -> (Vec<Known>, Vec<Problem>) {
    let (mut known, mut problems) = (Vec::new(), Vec::new());
    for number in numbers {
        match &named(editions, number)[..] {
            [edition] => known.push(Known {
                number: number.clone(),
                edition: edition.clone(),
                date: BagInfo::read(&edition.dir)
                    .ok()
                    .and_then(|info| info.get(DATE).map(str::to_owned)),
                is_unchanged: damaged.range(..=edition.number).next().is_none()
                    && chain::is_linked(editions, edition.number),
            }),
            [] => problems.push(
                fault(number).message("控えの番号の版が、この保管庫にありません").hint(
                    "番号の写し違いか、別の保管庫の番号でないかを確かめます。どちらでもなければ、その版は消されたか、作り直されています",
                ),
            ),
            several => problems.push(
                fault(number)
                    .message(format!(
                        "控えの番号が、{}の番号の始めと同じで、どの版か決まりません",
                        names(several)
                    ))
                    .hint("控えの番号を、もっと長く（64桁まで）書いてください"),
            ),
        }
    }
    (known, problems)
}

/// `版1、版3`.
fn names(editions: &[Edition]) -> String {
    let names = editions.iter().map(|edition| format!("版{}", edition.number));
    names.collect::<Vec<_>>().join("、")
}

fn fault(number: &str) -> Problem {
    Problem::error(Code::ChainBroken, Place::file(EDITIONS)).expected(number)
}
