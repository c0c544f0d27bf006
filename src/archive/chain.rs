//! The chain of the editions: each names the one before by its digest.

use std::collections::BTreeMap;

use super::about::{DATE, day};
use super::adding::ADDING;
use super::edition::{Edition, name, number_of};
use super::info::{BagInfo, INFO};
use super::known;
use super::store::{CHAIN, EDITIONS, Store, StoreFault};
use soukatsu_core::problem::{Code, Place, Problem};

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
    /// Things among the editions that take no edition's place.
    pub strays: Vec<Problem>,
    /// The last edition, when a run was interrupted before it wrote its line in chain.txt.
    pub unwitnessed: Option<Edition>,
}

/// Checks numbers, predecessors and chain.txt. `head`: the digest that the last edition is known
/// to have from elsewhere.
///
/// # Errors
/// When the store cannot be read at all.
pub fn check(store: &Store, head: Option<&str>) -> Result<ChainFaults, StoreFault> {
    let (editions, strange) = store.editions()?;
    let mut faults = ChainFaults::default();
    for stray in strange {
        let problem =
            fault(format!("{EDITIONS}/{stray}")).message("版のフォルダーではないものがあります");
        let list = if number_of(&stray).is_some() { &mut faults.store } else { &mut faults.strays };
        list.push(problem);
    }
    let mut before: Option<&Edition> = None;
    for edition in &editions {
        let last = before.map_or(0, |before| before.number);
        faults.store.extend(gap(last, edition.number));
        let found = links(edition, before);
        faults.editions.entry(edition.number).or_default().extend(found);
        before = Some(edition);
    }
    witness(store, &editions, &mut faults);
    faults.store.extend(head.and_then(|head| other_head(&editions, head)));
    Ok(faults)
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
    let problem = fault(last.map_or_else(|| EDITIONS.to_owned(), place))
        .text(if now.is_empty() { "（版がありません）" } else { &now })
        .expected(&head);
    Some(match &known::named(editions, &head)[..] {
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

/// Whether every edition from the first to this one is there and names the one before.
///
/// That their files are those of their lists is not looked at.
pub fn is_linked(editions: &[Edition], last: u32) -> bool {
    let up_to: Vec<&Edition> = editions.iter().take_while(|one| one.number <= last).collect();
    let before = std::iter::once(None).chain(up_to.iter().copied().map(Some));
    u32::try_from(up_to.len()) == Ok(last)
        && up_to.iter().zip(before).all(|(edition, before)| links(edition, before).is_empty())
}

/// What speaks against an edition: its own place in the chain, and what the next one says of it.
pub fn of_edition(store: &Store, edition: &Edition) -> Vec<Problem> {
    let (Ok(mut faults), Ok((editions, _))) = (check(store, None), store.editions()) else {
        return vec![fault(place(edition)).message("保管庫を読めません")];
    };
    let mut problems = match faults.unwitnessed {
        Some(unwitnessed) if unwitnessed == *edition => Vec::new(),
        _ => faults.editions.remove(&edition.number).unwrap_or_default(),
    };
    let next = editions.iter().find(|next| edition.number.checked_add(1) == Some(next.number));
    let next = next.and_then(|next| Some((next, BagInfo::read(&next.dir).ok()?)));
    let digest = edition.digest().unwrap_or_default();
    problems.extend(next.and_then(|(next, info)| {
        let stated = info.get(PREDECESSOR_DIGEST)?;
        (stated != digest).then(|| {
            fault(place(edition)).text(digest).expected(stated).message(format!(
                "版の番号（SHA-256）が、版 {} に書かれた番号と違います",
                next.name()
            ))
        })
    }));
    problems
}

/// So many digits at least name an edition.
const SHORTEST_HEAD: usize = 8;

fn fault(place: String) -> Problem {
    Problem::error(Code::ChainBroken, Place::file(place))
}

fn place(edition: &Edition) -> String {
    format!("{EDITIONS}/{}", edition.name())
}

/// The editions between two that stand side by side.
fn gap(last: u32, next: u32) -> Option<Problem> {
    let (from, to) = (last.saturating_add(1), next.saturating_sub(1));
    let gone = fault(format!("{EDITIONS}/{}", name(from)));
    match to.checked_sub(from)? {
        0 => Some(gone.message("版がなくなっています")),
        // Their number may be beyond all telling.
        _ => Some(gone.message(format!(
            "版 {} から {} までがなくなっています",
            name(from),
            name(to)
        ))),
    }
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
    let earlier = before.and_then(|before| BagInfo::read(&before.dir).ok());
    if let (Some(day), Some(last)) = (day(&info), earlier.as_ref().and_then(day))
        && day < last
    {
        problems.push(
            at().text(format!("{DATE}: {day}"))
                .expected(format!("{last} か、それより後"))
                .message("保管した日が、前の版を保管した日より前です"),
        );
    }
    problems
}

/// Holds the editions against chain.txt.
fn witness(store: &Store, editions: &[Edition], faults: &mut ChainFaults) {
    let chain = match store.chain() {
        Ok(chain) => chain,
        Err(StoreFault::Damaged(reason) | StoreFault::Refused(reason)) => {
            faults.store.push(fault(CHAIN.to_owned()).message(reason));
            return;
        }
        Err(_) => return,
    };
    // Before an edition is added, the line of the one before is there.
    if chain.is_empty() && editions.len() > 1 {
        faults.store.push(
            fault(CHAIN.to_owned())
                .message(format!("{CHAIN} がないか、空です"))
                .hint("控えの保管庫から戻します"),
        );
        return;
    }
    let last = editions.last().map_or(0, |last| last.number);
    if let Some((listed, _)) = chain.last_key_value() {
        // Gaps between editions are told already.
        faults.store.extend(gap(last, listed.saturating_add(1)));
    }
    for edition in editions {
        let Some(digest) = chain.get(&edition.number) else {
            let unlisted = unlisted(store, edition, edition.number == last, faults);
            faults.editions.entry(edition.number).or_default().push(unlisted);
            continue;
        };
        let now = edition.digest().unwrap_or_else(|reason| format!("（{reason}）"));
        if now != *digest {
            faults.editions.entry(edition.number).or_default().push(
                fault(place(edition))
                    .text(now)
                    .expected(digest)
                    .message(format!("版の番号（SHA-256）が {CHAIN} と違います")),
            );
        }
    }
}

/// An edition without a line in chain.txt; only the last one can have been interrupted.
fn unlisted(store: &Store, edition: &Edition, is_last: bool, faults: &mut ChainFaults) -> Problem {
    let problem = fault(place(edition)).message(format!("{CHAIN} に載っていない版です"));
    if !is_last {
        return problem.hint("後から置かれたものか、一覧から行が消されています");
    }
    if !store.is_marked(edition) {
        let digest = edition.digest().unwrap_or_default();
        return problem.hint(format!(
            "保管の途中で止まった印（{ADDING}）がないので、だれかが置いたか、一覧から行が消されています。\
             控えの保管庫や控えた番号と比べ、要らなければこのフォルダーを保管庫の外へ移し、要るなら \
             {CHAIN} の終わりに次の1行を加えます: {}  {digest}",
            edition.name()
        ));
    }
    let is_linked = faults.editions.get(&edition.number).is_none_or(Vec::is_empty);
    faults.unwitnessed = Some(edition.clone()).filter(|_| is_linked);
    problem.hint("保管の途中で止まった版です。次に `soukatsu archive add` で版を加えると載ります")
}

impl ChainFaults {
    /// What stands in the way of a new edition: the first fault that is more than a run that was
    /// interrupted before it wrote its line in chain.txt.
    pub fn first(&self) -> Option<&Problem> {
        let interrupted = self.unwitnessed.as_ref().map(|edition| edition.number);
        let of_editions = self.editions.iter().filter(|(number, _)| Some(**number) != interrupted);
        self.store.iter().chain(of_editions.flat_map(|(_, problems)| problems)).next()
    }
}
