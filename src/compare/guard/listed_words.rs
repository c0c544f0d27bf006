//! Whether a stretch of prose came to be what it is by the listed words alone.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use crate::compare::prose::{Token, TokenKind};
use soukatsu_core::model::correction::Correction;

/// So much other text may stand for words of which only one side is listed.
const LONGEST: usize = 400;
/// Beyond so many ways to read a stretch it counts as not explained.
const MOST_STATES: usize = 1_000_000;

/// How far the old tokens and the new ones are read, and which one-sided entries were used up.
type State = (usize, usize, u64);

/// The listed words for a prose file.
pub struct ListedWords<'a> {
    entries: Vec<&'a Correction>,
}

impl<'a> ListedWords<'a> {
    pub fn new(entries: Vec<&'a Correction>) -> Self {
        ListedWords { entries }
    }

    /// Whether the new tokens are the old ones with listed words replaced, and nothing else: the
    /// entries that did so, by index. `spent`: the one-sided entries that explain something
    /// elsewhere already, a bit each; each of them is of one place.
    pub fn explain(&self, old: &[Token], new: &[Token], spent: &mut u64) -> Option<Vec<usize>> {
        let end = (old.len(), new.len());
        let start = (0, 0, *spent);
        let mut from: BTreeMap<State, Option<(State, Option<usize>)>> = BTreeMap::new();
        from.insert(start, None);
        let mut queue = VecDeque::from([start]);
        while let Some(state) = queue.pop_front().filter(|_| from.len() < MOST_STATES) {
            if (state.0, state.1) == end {
                *spent = state.2;
                return Some(used(&from, state));
            }
            let mut go = |next: State, by: Option<usize>| {
                if let Entry::Vacant(free) = from.entry(next) {
                    free.insert(Some((state, by)));
                    queue.push_back(next);
                }
            };
            let (i, j, mask) = state;
            if let (Some(was), Some(is)) = (old.get(i), new.get(j))
                && was.is_same(is)
            {
                go((i + 1, j + 1, mask), None);
            }
            for (index, entry) in self.entries.iter().enumerate() {
                for (next, is_free) in steps(entry, (old, i), (new, j)) {
                    let bit = 1u64.checked_shl(index as u32).unwrap_or_default();
                    if is_free && mask & bit != 0 {
                        continue;
                    }
                    let mask = if is_free { mask | bit } else { mask };
                    go((next.0, next.1, mask), Some(index));
                }
            }
        }
        None
    }
}

fn used(from: &BTreeMap<State, Option<(State, Option<usize>)>>, end: State) -> Vec<usize> {
    let mut used = Vec::new();
    let mut state = end;
    while let Some(Some((before, by))) = from.get(&state) {
        used.extend(*by);
        state = *before;
    }
    used.sort_unstable();
    used.dedup();
    used
}

type Reading<'t> = (&'t [Token], usize);

/// Where the tokens may be read on from when an entry is applied here, and whether it leaves
/// one side to whatever stands there.
fn steps(entry: &Correction, old: Reading<'_>, new: Reading<'_>) -> Vec<((usize, usize), bool)> {
    let all = |ends: Vec<usize>, others: Vec<usize>| -> Vec<(usize, usize)> {
        let pairs = ends.iter().flat_map(|end| others.iter().map(move |other| (*end, *other)));
        pairs.collect()
    };
    let (pairs, is_free) = match (&entry.old, &entry.new) {
        (Some(was), Some(is)) => {
            let mut pairs = all(words_at(old, was), words_at(new, is));
            pairs.extend(around_marks(was, is, old, new));
            (pairs, false)
        }
        (Some(was), None) => (all(words_at(old, was), free(new, was)), true),
        (None, Some(is)) => (all(free(old, is), words_at(new, is)), true),
        (None, None) => (Vec::new(), false),
    };
    let mut steps = Vec::new();
    for (i, j) in pairs {
        steps.push(((i, j), is_free));
        // A line that came or went as a whole did so with its end.
        steps.extend(whole_line(old, i).filter(|_| j == new.1).map(|i| ((i, j), is_free)));
        steps.extend(whole_line(new, j).filter(|_| i == old.1).map(|j| ((i, j), is_free)));
    }
    steps.retain(|((i, j), _)| (*i, *j) != (old.1, new.1));
    steps
}

/// The place behind the end of the line, when all of the line was read.
fn whole_line((tokens, start): Reading<'_>, end: usize) -> Option<usize> {
    let is_end = |token: Option<&Token>| token.is_none_or(|t| t.kind == TokenKind::LineEnd);
    let before = start.checked_sub(1).and_then(|before| tokens.get(before));
    let whole = end > start && is_end(before) && is_end(tokens.get(end));
    (whole && end < tokens.len()).then_some(end + 1)
}

/// Where words that begin at a token can end. They are written as they are printed, or as they
/// stand in the file; printed words may run over the end of a line.
fn words_at((tokens, start): Reading<'_>, words: &str) -> Vec<usize> {
    let mut open = vec![(start, words)];
    let mut ends = Vec::new();
    while let Some((at, rest)) = open.pop() {
        if rest.is_empty() {
            if !ends.contains(&at) {
                ends.push(at);
            }
            continue;
        }
        let Some(token) = tokens.get(at) else { continue };
        let next = |written: &str| rest.strip_prefix(written).filter(|_| !written.is_empty());
        open.extend(next(&token.source).map(|rest| (at + 1, rest)));
        if token.printed != token.source {
            open.extend(next(&token.printed).map(|rest| (at + 1, rest)));
        }
        let inside = token.kind == TokenKind::LineEnd && at > start;
        let goes_on = tokens.get(at + 1).is_some_and(Token::is_word);
        if inside && goes_on {
            open.push((at + 1, rest));
        }
    }
    ends
}

/// Where some other text can end that begins here: within the paragraph, without a mark in it,
/// and with no more sentences than the listed words.
fn free((tokens, start): Reading<'_>, listed: &str) -> Vec<usize> {
    let mut stops = listed.matches('。').count();
    let mut ends = vec![start];
    for (at, token) in tokens.iter().enumerate().skip(start).take(LONGEST) {
        if !token.is_word() {
            break;
        }
        if token.printed == "。" {
            match stops.checked_sub(1) {
                Some(left) => stops = left,
                None => break,
            }
        }
        ends.push(at + 1);
    }
    ends
}

/// The same words around marks that stay as they are: `支え合い*と*出店` for 「支え合いと出店」.
/// What both sides of the entry have in common stands around what is replaced.
fn around_marks(
    was: &str,
    is: &str,
    (old, i): Reading<'_>,
    new: Reading<'_>,
) -> Option<(usize, usize)> {
    let head: usize = {
        let same = was.chars().zip(is.chars()).take_while(|(a, b)| a == b);
        same.map(|(c, _)| c.len_utf8()).sum()
    };
    let tail: usize = {
        let same = was[head..].chars().rev().zip(is[head..].chars().rev());
        same.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    };
    let (before, after) = (&was[..head], &was[was.len() - tail..]);
    let [gone, come] = [&was[head..was.len() - tail], &is[head..is.len() - tail]];
    if gone == come {
        return None;
    }
    let marks_before =
        context(old[..i].iter().rev(), before.chars().rev(), gone.is_empty() && after.is_empty())?;
    for end in words_at((old, i), gone) {
        let more = context(old[end..].iter(), after.chars(), gone.is_empty() && before.is_empty());
        let Some(marks_after) = more else { continue };
        // Words without a mark among them are replaced as a whole.
        if marks_before || marks_after {
            return words_at(new, come).first().map(|other| (end, *other));
        }
    }
    None
}

/// Whether these characters are what the tokens print, whatever marks stand between: whether
/// there are such marks. `at_once`: none may stand before the first character.
fn context<'t>(
    tokens: impl Iterator<Item = &'t Token>,
    characters: impl Iterator<Item = char>,
    at_once: bool,
) -> Option<bool> {
    let mut wanted = characters.peekable();
    let (mut marks, mut seen, mut begun) = (false, false, false);
    for token in tokens {
        let Some(next) = wanted.peek() else { break };
        match token.kind {
            TokenKind::Text if token.printed.chars().eq([*next]) => {
                wanted.next();
                marks |= seen;
                begun = true;
            }
            TokenKind::Mark if begun || !at_once => seen = true,
            TokenKind::LineEnd => {}
            _ => return None,
        }
    }
    wanted.peek().is_none().then_some(marks)
}
