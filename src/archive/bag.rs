//! A BagIt bag (RFC 8493): how one is written, and what is wrong with one that was found.
//!
//! A bag is a folder with its payload in `data/` and lists of SHA-256 digests beside it, so that
//! any BagIt program can check it without this one.
#![expect(clippy::disallowed_methods, reason = "bags are folders on the disk")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::digests::Digests;
use super::info::{BagInfo, INFO};
use crate::load::stays_inside;
use crate::model::digest::sha256;
use crate::problem::{Code, Place, Problem, system_reason};

/// The digests of the payload.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// The digests of the other files; its own digest names the whole bag.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// What says that a folder is a bag.
const DECLARATION: &str = "bagit.txt";
const DECLARED: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The folder of the payload.
pub const PAYLOAD: &str = "data";
/// Signatures are of the finished bag, so no list of it can hold them.
pub const SIGNATURES: &str = "signatures";
/// The longest list that is read, in bytes.
const LARGEST_LIST: u64 = 16 << 20;

/// The files of a payload by their path below `data/`.
pub type Payload<'a> = BTreeMap<String, Cow<'a, [u8]>>;

/// Writes a bag into an empty folder; every file is on the disk when it is done.
///
/// `find` knows a file with the same bytes that is in the store already, to be linked instead of
/// written again.
///
/// # Errors
/// The system's words.
pub fn write(
    dir: &Path,
    payload: &Payload<'_>,
    info: &BagInfo,
    find: impl Fn(&str) -> Option<PathBuf>,
) -> Result<(), String> {
    let mut manifest = String::new();
    let mut folders = BTreeSet::from([dir.to_owned()]);
    for (path, bytes) in payload {
        let digest = sha256(bytes);
        let target = dir.join(PAYLOAD).join(path);
        let mut parent = target.parent();
        while let Some(folder) = parent.filter(|folder| folder.starts_with(dir)) {
            folders.insert(folder.to_owned());
            parent = folder.parent();
        }
        let folder = target.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|error| told(path, &error))?;
        if !find(&digest).is_some_and(|twin| linked(&twin, &target, bytes)) {
            put(&target, bytes).map_err(|error| told(path, &error))?;
        }
        manifest.push_str(&format!("{digest}  {PAYLOAD}/{}\n", encoded(path)));
    }
    let sizes = payload.values().map(|bytes| bytes.len() as u64).sum::<u64>();
    let info = info.clone().with("Payload-Oxum", &format!("{sizes}.{}", payload.len()));
    let tags = [(DECLARATION, DECLARED.to_owned()), (INFO, info.text()), (MANIFEST, manifest)];
    let mut tag_manifest = String::new();
    for (name, text) in &tags {
        put(&dir.join(name), text.as_bytes()).map_err(|error| told(name, &error))?;
        tag_manifest.push_str(&format!("{}  {name}\n", sha256(text.as_bytes())));
    }
    let list = dir.join(TAG_MANIFEST);
    put(&list, tag_manifest.as_bytes()).map_err(|error| told(TAG_MANIFEST, &error))?;
    for folder in folders {
        sync_folder(&folder).map_err(|error| told(PAYLOAD, &error))?;
    }
    Ok(())
}

fn told(name: &str, error: &std::io::Error) -> String {
    format!("{name}: {}", system_reason(error))
}

/// Links a file of an earlier edition; only when it still has these very bytes.
fn linked(twin: &Path, target: &Path, bytes: &[u8]) -> bool {
    fs::read(twin).is_ok_and(|found| found == bytes) && fs::hard_link(twin, target).is_ok()
}

/// Writes a file that nobody is to change, down to the disk.
pub(super) fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// Makes the names in a folder last; systems that cannot do so keep them by themselves.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Line breaks and percent signs cannot stand in a list as they are.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn decoded(path: &str) -> String {
    let replaced = path.replace("%0A", "\n").replace("%0a", "\n");
    replaced.replace("%0D", "\r").replace("%0d", "\r").replace("%25", "%")
}

/// The digests of a list by path.
///
/// # Errors
/// Lines that are none of a list, paths that leave the bag, and paths that are there twice.
pub fn read_list(dir: &Path, name: &str) -> Result<BTreeMap<String, String>, Vec<Problem>> {
    let text = read_text(dir, name).map_err(|problem| vec![*problem])?;
    let (mut list, mut problems) = (BTreeMap::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let fault = |message: &str| {
            Problem::error(Code::BagDamaged, Place::at(name, index as u32 + 1, 1))
                .text(line)
                .message(message)
        };
        let Some((digest, path)) = line.split_once([' ', '\t']) else {
            problems.push(fault("一覧の行が「SHA-256　ファイル名」になっていません"));
            continue;
        };
        let path = decoded(path.trim_start_matches([' ', '\t', '*']));
        let digest = digest.to_ascii_lowercase();
        if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            problems.push(fault("SHA-256 が64桁の16進数になっていません"));
        } else if !stays_inside(&path) {
            problems.push(fault("ファイルの名前が版のフォルダーの外を指しています"));
        } else if list.insert(path, digest).is_some() {
            problems.push(fault("同じファイルが2回書かれています"));
        }
    }
    if problems.is_empty() { Ok(list) } else { Err(problems) }
}

/// Reads a text file of a bag that is a regular file of a sensible size.
pub(super) fn read_text(dir: &Path, name: &str) -> Result<String, Box<Problem>> {
    let fault = |message: String| {
        Box::new(Problem::error(Code::BagDamaged, Place::file(name)).message(message))
    };
    let path = dir.join(name);
    let found = fs::symlink_metadata(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => fault(format!("「{name}」がありません")),
        _ => fault(format!("「{name}」を読めません（{}）", system_reason(&error))),
    })?;
    if !found.is_file() {
        return Err(fault(format!("「{name}」が普通のファイルではありません")));
    }
    if found.len() > LARGEST_LIST {
        return Err(fault(format!("「{name}」が大きすぎます（{}バイト）", found.len())));
    }
    let bytes = fs::read(&path)
        .map_err(|error| fault(format!("「{name}」を読めません（{}）", system_reason(&error))))?;
    String::from_utf8(bytes).map_err(|_| fault(format!("「{name}」がUTF-8の文字になっていません")))
}

/// Everything that is wrong with a bag; places are relative to its folder.
pub fn check(dir: &Path, digests: &Digests) -> Vec<Problem> {
    let mut problems = Vec::new();
    match read_text(dir, DECLARATION) {
        Ok(text) if text.replace("\r\n", "\n").trim() == DECLARED.trim() => {}
        Ok(text) => problems.push(
            Problem::error(Code::BagDamaged, Place::file(DECLARATION))
                .text(text.trim())
                .expected(DECLARED.trim())
                .message("BagItの宣言が違います"),
        ),
        Err(problem) => problems.push(*problem),
    }
    let found = match files(dir) {
        Ok((found, strange)) => {
            problems.extend(strange);
            found
        }
        Err(reason) => {
            let place = Place::file(PAYLOAD);
            problems.push(
                Problem::error(Code::BagDamaged, place)
                    .message(format!("フォルダーを読めません（{reason}）")),
            );
            return problems;
        }
    };
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
                problems.push(
                    Problem::error(Code::BagDamaged, Place::file(list))
                        .text(name)
                        .message("この一覧に書くファイルではありません"),
                );
            } else if !found.contains_key(name) {
                problems.push(missing(name));
            } else {
                problems.extend(differing(dir, name, digest, digests));
            }
        }
        let needed: &[&str] = if payload { &[] } else { &[DECLARATION, INFO, MANIFEST] };
        for name in needed.iter().filter(|name| !listed.contains_key(**name)) {
            problems.push(
                Problem::error(Code::BagDamaged, Place::file(list))
                    .message(format!("一覧に「{name}」がありません")),
            );
        }
    }
    for name in found.keys().filter(|name| !known.contains(*name) && !is_signature(name)) {
        problems.push(
            Problem::error(Code::BagDamaged, Place::file(name.as_str()))
                .message("一覧にないファイルです")
                .hint("保管した後で加えられたものです。版の一部ではありません"),
        );
    }
    problems.extend(oxum(dir, &found));
    problems
}

fn is_payload(name: &str) -> bool {
    name.starts_with("data/")
}

fn is_signature(name: &str) -> bool {
    name.strip_prefix(SIGNATURES).is_some_and(|rest| rest.starts_with('/'))
}

fn missing(name: &str) -> Problem {
    Problem::error(Code::BagDamaged, Place::file(name)).message("ファイルがなくなっています")
}

fn differing(dir: &Path, name: &str, digest: &str, digests: &Digests) -> Option<Problem> {
    let fault = || Problem::error(Code::BagDamaged, Place::file(name));
    match digests.of(&dir.join(name)) {
        Ok(now) if now == digest => None,
        Ok(now) => Some(
            fault()
                .text(format!("SHA-256 {now}"))
                .expected(format!("SHA-256 {digest}"))
                .message("保管したときと中身が違います"),
        ),
        Err(reason) => Some(fault().message(format!("読めません（{reason}）"))),
    }
}

/// The size and number of payload files that bag-info.txt states.
fn oxum(dir: &Path, found: &BTreeMap<String, u64>) -> Option<Problem> {
    let info = BagInfo::read(dir).ok()?;
    let payload = found.iter().filter(|(name, _)| is_payload(name));
    let (mut bytes, mut count) = (0u64, 0usize);
    for (_, size) in payload {
        bytes += size;
        count += 1;
    }
    let now = format!("{bytes}.{count}");
    let stated = info.get("Payload-Oxum").unwrap_or_default();
    (stated != now).then(|| {
        Problem::error(Code::BagDamaged, Place::file(INFO))
            .text(now)
            .expected(stated)
            .message("Payload-Oxum（大きさと数）が、data の中身と合いません")
    })
}

/// The regular files of a bag with their sizes, and everything that is no regular file.
fn files(dir: &Path) -> Result<(BTreeMap<String, u64>, Vec<Problem>), String> {
    let (mut found, mut strange) = (BTreeMap::new(), Vec::new());
    let mut open = vec![(dir.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| system_reason(&error))? {
            let entry = entry.map_err(|error| system_reason(&error))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(|error| system_reason(&error))?;
            if kind.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else if kind.is_file() {
                let size = entry.metadata().map(|found| found.len()).unwrap_or_default();
                found.insert(name, size);
            } else {
                // A link could lead anywhere, and its target is not what was kept.
                strange.push(
                    Problem::error(Code::BagDamaged, Place::file(name))
                        .message("普通のファイルではありません（リンクなど）"),
                );
            }
        }
    }
    strange.sort_by(|a, b| a.place.cmp(&b.place));
    Ok((found, strange))
}
