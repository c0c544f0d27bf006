//! The chain of the editions: each names the one before by its digest.

use std::collections::BTreeMap;

use super::info::{BagInfo, INFO};
use super::store::{CHAIN, EDITIONS, Edition, Store, StoreFault, name};
use crate::problem::{Code, Place, Problem};

/// The label of an edition's own number.
pub const NUMBER: &str = "Soukatsu-Number";
/// The label of the edition before.
pub const PREDECESSOR: &str = "Soukatsu-Predecessor";
/// The label of its digest.
pub const PREDECESSOR_DIGEST: &str = "Soukatsu-Predecessor-SHA256";

/// What is wrong with the chain as a whole, and with each edition's place in it.
#[derive(Debug, Default)]
pub struct ChainFaults {
    pub store: Vec<Problem>,
    pub editions: BTreeMap<u32, Vec<Problem>>,
}

/// Checks numbers, predecessors and chain.txt. `head`: the digest that the last edition is known
/// to have from elsewhere.
///
/// # Errors
/// When the store cannot be read at all.
pub fn check(store: &Store, head: Option<&str>) -> Result<ChainFaults, StoreFault> {
    let (editions, strange) = store.editions()?;
    let mut faults = ChainFaults::default();
    for name in strange {
        faults.store.push(
            fault(format!("{EDITIONS}/{name}")).message("版のフォルダーではないものがあります"),
        );
    }
    let mut before: Option<&Edition> = None;
    for edition in &editions {
        let expected = before.map_or(1, |before| before.number + 1);
        for gone in expected..edition.number {
            faults.store.push(gone_edition(gone));
        }
        let found = links(edition, before);
        faults.editions.entry(edition.number).or_default().extend(found);
        before = Some(edition);
    }
    witness(store, &editions, &mut faults)?;
    let last = editions.last();
    if let Some(head) = head {
        let now = last.and_then(|edition| edition.digest().ok()).unwrap_or_default();
        // The beginning of a digest is enough to be written down by hand.
        if head.len() < SHORTEST_HEAD || !now.starts_with(&head.to_ascii_lowercase()) {
            let place = last.map_or_else(|| EDITIONS.to_owned(), place);
            faults.store.push(
                fault(place)
                    .text(if now.is_empty() { "（版がありません）" } else { &now })
                    .expected(head)
                    .message("最後の版の番号が、控えの番号と違います"),
            );
        }
    }
    Ok(faults)
}

/// So many digits at least name an edition.
const SHORTEST_HEAD: usize = 8;

fn fault(place: String) -> Problem {
    Problem::error(Code::ChainBroken, Place::file(place))
}

fn place(edition: &Edition) -> String {
    format!("{EDITIONS}/{}", edition.name())
}

fn gone_edition(number: u32) -> Problem {
    fault(format!("{EDITIONS}/{}", name(number))).message("版がなくなっています")
}

/// An edition's own number, and its link to the one before.
fn links(edition: &Edition, before: Option<&Edition>) -> Vec<Problem> {
    let at = || fault(format!("{}/{INFO}", place(edition)));
    let Ok(info) = BagInfo::read(&edition.dir) else {
        // What is wrong with the file is told with its bag.
        return Vec::new();
    };
    let mut problems = Vec::new();
    let mut compare = |label: &str, expected: Option<String>, message: &str| {
        let stated = info.get(label);
        if stated != expected.as_deref() {
            problems.push(
                at().text(format!("{label}: {}", stated.unwrap_or("（なし）")))
                    .expected(expected.unwrap_or_else(|| "（なし）".to_owned()))
                    .message(message),
            );
        }
    };
    compare(NUMBER, Some(edition.name()), "版の順番が、フォルダーの名前と違います");
    compare(PREDECESSOR, before.map(Edition::name), "前の版の順番が違います");
    let digest = before.and_then(|before| before.digest().ok());
    compare(PREDECESSOR_DIGEST, digest, "前の版の番号（SHA-256）が、今ある前の版と違います");
    problems
}

/// Holds the editions against chain.txt.
fn witness(
    store: &Store,
    editions: &[Edition],
    faults: &mut ChainFaults,
) -> Result<(), StoreFault> {
    let chain = match store.chain() {
        Ok(chain) => chain,
        Err(StoreFault::Damaged(reason)) => {
            faults.store.push(fault(CHAIN.to_owned()).message(reason));
            return Ok(());
        }
        Err(other) => return Err(other),
    };
    for (number, digest) in &chain {
        let Some(edition) = editions.iter().find(|edition| edition.number == *number) else {
            // Gaps between editions are told already.
            if editions.last().is_none_or(|last| last.number < *number) {
                faults.store.push(gone_edition(*number));
            }
            continue;
        };
        let now = edition.digest().unwrap_or_default();
        if now != *digest {
            faults.editions.entry(*number).or_default().push(
                fault(place(edition))
                    .text(now)
                    .expected(digest)
                    .message(format!("版の番号（SHA-256）が {CHAIN} と違います")),
            );
        }
    }
    for edition in editions.iter().filter(|edition| !chain.contains_key(&edition.number)) {
        faults.editions.entry(edition.number).or_default().push(
            fault(place(edition))
                .message(format!("{CHAIN} に載っていない版です"))
                .hint("保管の途中で止まったか、後から置かれたものです。次に版を加えると載ります"),
        );
    }
    Ok(())
}
