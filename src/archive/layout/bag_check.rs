//! What is wrong with a bag that was found: held against its own lists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::bag_info::BagInfo;
use super::digest_cache::DigestCache;
use super::digest_list::{read_list, read_text};
use super::edition_files::{
    BAG_INFO, DECLARATION, DECLARED, MANIFEST, SIGNATURES, TAG_MANIFEST, below, of_payload,
};
use super::labels;
use super::limits::LARGEST_FILE;
use super::walk::{Walk, walk};
use crate::files;
use soukatsu_core::problem::{Code, Place, Problem};

/// The files beside the payload, all of them.
const TAGS: [&str; 3] = [DECLARATION, BAG_INFO, MANIFEST];
/// So many problems of one bag are told one by one.
const MOST_TOLD: usize = 100;

/// Everything that is wrong with a bag; places are relative to its folder.
pub fn check_bag(dir: &Path, digests: &DigestCache) -> Vec<Problem> {
    let mut problems = Vec::new();
    problems.extend(declaration(dir));
    let Walk { files: found, problems: strange, .. } = walk(dir);
    let known_strange: BTreeSet<String> =
        strange.iter().map(|problem| problem.place.file.to_string()).collect();
    problems.extend(strange);
    let mut known = BTreeSet::from([TAG_MANIFEST.to_owned()]);
    for (list, payload) in [(TAG_MANIFEST, false), (MANIFEST, true)] {
        let listed = match read_list(dir, list) {
            Ok(listed) => listed,
            Err(faults) => {
                problems.extend(faults);
                // What the list would have named cannot be called superfluous.
                known.extend(found.keys().filter(|name| is_payload(name) == payload).cloned());
                continue;
            }
        };
        for (name, digest) in &listed {
            known.insert(name.clone());
            if is_payload(name) != payload {
                problems
                    .push(fault(list).text(name).message("この一覧に書くファイルではありません"));
                continue;
            }
            let other = || in_other_form(name, &found, &listed);
            let there = found.get_key_value(name).or_else(other);
            if let Some((there, _)) = there {
                known.insert(there.clone());
            }
            match there {
                Some((there, size)) => {
                    problems.extend(differing(dir, (there, *size), digest, digests));
                }
                // What is there instead is told already, and so are lists that cannot be read.
                None if known_strange.contains(name) => {}
                None if [DECLARATION, MANIFEST].contains(&name.as_str()) => {}
                None => problems.push(fault(name).message("ファイルがなくなっています")),
            }
        }
        let needed: &[&str] = if payload { &[] } else { &TAGS };
        for name in listed.keys().filter(|name| !payload && !TAGS.contains(&name.as_str())) {
            if !is_payload(name) {
                problems
                    .push(fault(name).message("版に入らないファイルが、一覧に加えられています"));
            }
        }
        for name in needed.iter().filter(|name| !listed.contains_key(**name)) {
            problems.push(fault(list).message(format!("一覧に「{name}」がありません")));
        }
    }
    for name in found.keys().filter(|name| !known.contains(*name) && !is_signature(name)) {
        problems.push(
            fault(name)
                .message("一覧にないファイルです")
                .hint("保管した後で加えられたものです。版の一部ではありません"),
        );
    }
    problems.extend(info(dir, &found));
    if problems.len() > MOST_TOLD {
        let more = problems.len() - MOST_TOLD;
        problems.truncate(MOST_TOLD);
        problems.push(fault(".").message(format!("ほかに{more}件の誤りがあります")));
    }
    problems
}

/// The file that a listed name stands for in another form of Unicode; see [`files::is_same_name`].
pub fn in_other_form<'f>(
    name: &str,
    found: &'f BTreeMap<String, u64>,
    listed: &BTreeMap<String, String>,
) -> Option<(&'f String, &'f u64)> {
    let is_it = |other: &&String| {
        !other.is_ascii() && !listed.contains_key(*other) && files::is_same_name(name, other)
    };
    let mut alike = found.keys().filter(is_it);
    let only = alike.next().filter(|_| !name.is_ascii() && alike.next().is_none())?;
    found.get_key_value(only)
}

fn fault(name: &str) -> Problem {
    Problem::error(Code::BagDamaged, Place::file(name))
}

fn is_payload(name: &str) -> bool {
    of_payload(name).is_some()
}

fn is_signature(name: &str) -> bool {
    below(SIGNATURES, name).is_some()
}

fn declaration(dir: &Path) -> Option<Problem> {
    match read_text(dir, DECLARATION) {
        Ok(text) if text.replace("\r\n", "\n").trim() == DECLARED.trim() => None,
        Ok(text) => Some(
            fault(DECLARATION)
                .text(text.trim().chars().take(DECLARED.len() * 2).collect::<String>())
                .expected(DECLARED.trim())
                .message("BagItの宣言が違います"),
        ),
        Err(problem) => Some(*problem),
    }
}

fn differing(
    dir: &Path,
    (name, size): (&str, u64),
    digest: &str,
    digests: &DigestCache,
) -> Option<Problem> {
    if size > LARGEST_FILE {
        // It was never kept: to read it to its end would only take time.
        return Some(fault(name).message(format!("大きすぎるので読みません（{size}バイト）")));
    }
    match digests.of(&dir.join(name)) {
        Ok(now) if now == digest => None,
        Ok(now) => Some(
            fault(name)
                .text(format!("SHA-256 {now}"))
                .expected(format!("SHA-256 {digest}"))
                .message("保管したときと中身が違います"),
        ),
        Err(reason) => Some(fault(name).message(format!("読めません（{reason}）"))),
    }
}

/// Whether bag-info.txt can be read, and the size and number of payload files are those that it
/// states.
fn info(dir: &Path, found: &BTreeMap<String, u64>) -> Option<Problem> {
    if !found.contains_key(BAG_INFO) {
        // That it is missing is told already.
        return None;
    }
    let info = match BagInfo::read(dir) {
        Ok(info) => info,
        Err(problem) => return Some(*problem),
    };
    let payload = found.iter().filter(|(name, _)| is_payload(name));
    let (mut bytes, mut count) = (0u64, 0usize);
    for (_, size) in payload {
        bytes = bytes.saturating_add(*size);
        count += 1;
    }
    let now = format!("{bytes}.{count}");
    let stated = info.get(labels::SIZE).unwrap_or_default();
    (stated != now).then(|| {
        fault(BAG_INFO)
            .text(now)
            .expected(stated)
            .message("Payload-Oxum（大きさと数）が、data の中身と合いません")
    })
}
