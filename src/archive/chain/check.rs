//! Whether the chain is whole: the editions held against each other and against chain.txt.

use std::collections::BTreeMap;

use super::chain_list::{self, ChainList};
use super::expected::named;
use super::links::{fault, gap, links};
use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::edition::{Edition, number_of};
use crate::archive::layout::labels::PREDECESSOR_DIGEST;
use crate::archive::layout::store_files::{CHAIN, EDITIONS, JOURNAL};
use soukatsu_core::problem::Problem;

/// What a store has of its chain.
#[derive(Debug)]
pub struct ChainState {
    /// In their order.
    pub editions: Vec<Edition>,
    /// The names of what else lies among them.
    pub others: Vec<String>,
    /// chain.txt, empty when there is none yet; or in Japanese why it cannot be read.
    pub list: Result<ChainList, String>,
    /// The edition that a run of this program said it was adding, by its number and its digest.
    pub journal: Option<(u32, String)>,
}

impl ChainState {
    /// Whether a run of this program was interrupted when it had put this very edition there.
    fn is_interrupted(&self, edition: &Edition) -> bool {
        self.journal.as_ref().is_some_and(|(number, digest)| {
            *number == edition.number && edition.digest().as_ref() == Ok(digest)
        })
    }
}

/// What is wrong with the chain as a whole, and with each edition's place in it.
#[derive(Debug, Default)]
pub struct ChainFaults {
    pub store: Vec<Problem>,
    pub editions: BTreeMap<u32, Vec<Problem>>,
    /// Things among the editions that take no edition's place.
    pub unlisted: Vec<Problem>,
    /// The last edition, when a run was interrupted before it wrote its line in chain.txt.
    pub unwitnessed: Option<Edition>,
}

/// Checks numbers, predecessors and chain.txt. `head`: the digest that the last edition is known
/// to have from elsewhere.
pub fn check_chain(state: &ChainState, head: Option<&str>) -> ChainFaults {
    let mut faults = ChainFaults::default();
    for other in &state.others {
        let problem =
            fault(format!("{EDITIONS}/{other}")).message("版のフォルダーではないものがあります");
        let list =
            if number_of(other).is_some() { &mut faults.store } else { &mut faults.unlisted };
        list.push(problem);
    }
    let mut before: Option<&Edition> = None;
    for edition in &state.editions {
        let last = before.map_or(0, |before| before.number);
        faults.store.extend(gap(last, edition.number));
        let found = links(edition, before);
        faults.editions.entry(edition.number).or_default().extend(found);
        before = Some(edition);
    }
    faults.hold_against_list(state);
    faults.store.extend(head.and_then(|head| other_head(&state.editions, head)));
    faults
}

/// What is wrong when the last edition has not the number that it is known to have.
fn other_head(editions: &[Edition], head: &str) -> Option<Problem> {
    let last = editions.last();
    let now = last.and_then(|edition| edition.digest().ok()).unwrap_or_default();
    let head = head.to_ascii_lowercase();
    // The beginning of a digest is enough to be written down by hand.
    if head.len() >= SHORTEST_HEAD && now.starts_with(&head) {
        return None;
    }
    let problem = fault(last.map_or_else(|| EDITIONS.to_owned(), Edition::place))
        .text(if now.is_empty() { "（版がありません）" } else { &now })
        .expected(&head);
    Some(match &named(editions, &head)[..] {
        [earlier] => problem
            .message(format!(
                "控えの番号は、最後の版ではなく版{}の番号です",
                earlier.number
            ))
            .hint(format!(
                "控えた後で版が加えられたのなら、`--head` の代わりに `--known` で、版{}から前を確かめます",
                earlier.number
            )),
        _ => problem.message("最後の版の番号が、控えの番号と違います"),
    })
}

/// What speaks against an edition: its own place in the chain, and what the next one says of it.
pub fn check_place(state: &ChainState, edition: &Edition) -> Vec<Problem> {
    let mut faults = check_chain(state, None);
    let mut problems = match faults.unwitnessed {
        Some(unwitnessed) if unwitnessed == *edition => Vec::new(),
        _ => faults.editions.remove(&edition.number).unwrap_or_default(),
    };
    let next =
        state.editions.iter().find(|next| edition.number.checked_add(1) == Some(next.number));
    let next = next.and_then(|next| Some((next, BagInfo::read(&next.dir).ok()?)));
    let digest = edition.digest().unwrap_or_default();
    problems.extend(next.and_then(|(next, info)| {
        let stated = info.get(PREDECESSOR_DIGEST)?;
        (stated != digest).then(|| {
            fault(edition.place()).text(digest).expected(stated).message(format!(
                "版の番号（SHA-256）が、版 {} に書かれた番号と違います",
                next.name()
            ))
        })
    }));
    problems
}

/// So many digits at least name an edition.
const SHORTEST_HEAD: usize = 8;

impl ChainFaults {
    /// What stands in the way of a new edition: the first fault that is more than a run that was
    /// interrupted before it wrote its line in chain.txt.
    pub fn first(&self) -> Option<&Problem> {
        let interrupted = self.unwitnessed.as_ref().map(|edition| edition.number);
        let of_editions = self.editions.iter().filter(|(number, _)| Some(**number) != interrupted);
        self.store.iter().chain(of_editions.flat_map(|(_, problems)| problems)).next()
    }

    /// Holds the editions against chain.txt.
    fn hold_against_list(&mut self, state: &ChainState) {
        let editions = &state.editions;
        let chain = match &state.list {
            Ok(chain) => chain,
            Err(reason) => {
                self.store.push(fault(CHAIN).message(reason.clone()));
                return;
            }
        };
        // Before an edition is added, the line of the one before is there.
        if chain.is_empty() && editions.len() > 1 {
            self.store.push(
                fault(CHAIN)
                    .message(format!("{CHAIN} がないか、空です"))
                    .hint("控えの保管庫から戻します"),
            );
            return;
        }
        let last = editions.last().map_or(0, |last| last.number);
        if let Some((listed, _)) = chain.last_key_value() {
            // Gaps between editions are told already.
            self.store.extend(gap(last, listed.saturating_add(1)));
        }
        for edition in editions {
            let Some(digest) = chain.get(&edition.number) else {
                let unlisted = self.unlisted(state, edition, edition.number == last);
                self.editions.entry(edition.number).or_default().push(unlisted);
                continue;
            };
            let now = edition.digest().unwrap_or_else(|reason| format!("（{reason}）"));
            if now != *digest {
                self.editions.entry(edition.number).or_default().push(
                    fault(edition.place())
                        .text(now)
                        .expected(digest)
                        .message(format!("版の番号（SHA-256）が {CHAIN} と違います")),
                );
            }
        }
    }

    /// An edition without a line in chain.txt; only the last one can have been interrupted.
    fn unlisted(&mut self, state: &ChainState, edition: &Edition, is_last: bool) -> Problem {
        let problem = fault(edition.place()).message(format!("{CHAIN} に載っていない版です"));
        if !is_last {
            return problem.hint("後から置かれたものか、一覧から行が消されています");
        }
        if !state.is_interrupted(edition) {
            let digest = edition.digest().unwrap_or_default();
            return problem.hint(format!(
                "保管の途中で止まった印（{JOURNAL}）がないので、だれかが置いたか、一覧から行が消されています。\
                 控えの保管庫や控えた番号と比べ、要らなければこのフォルダーを保管庫の外へ移し、要るなら \
                 {CHAIN} の終わりに次の1行を加えます: {}",
                chain_list::line(edition.number, &digest)
            ));
        }
        let is_linked = self.editions.get(&edition.number).is_none_or(Vec::is_empty);
        self.unwitnessed = Some(edition.clone()).filter(|_| is_linked);
        problem
            .hint("保管の途中で止まった版です。次に `soukatsu archive add` で版を加えると載ります")
    }
}
