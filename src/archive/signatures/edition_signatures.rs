//! The signatures of an edition: who put his name to its list of digests.
#![expect(clippy::disallowed_methods, reason = "the signatures of a store are read here")]

use std::fmt;
use std::fs;
use std::path::Path;

use jiff::civil::Date;

use super::key::PublicKey;
use super::signature;
use super::signers::Signers;
use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::SIGNATURES;
use crate::archive::layout::limits::LARGEST_SIGNATURE;
use crate::archive::layout::metadata;
use crate::archive::layout::store_files::SIGNERS;
use crate::files;
use soukatsu_core::problem::{Code, Place, Problem, printable};

/// A signature that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Whose key it is; empty when nobody says.
    pub names: Vec<String>,
    /// `SHA256:…`.
    pub fingerprint: String,
    /// When the key counts, in Japanese, if that is not on the day of the edition.
    pub out_of: Option<String>,
}

impl Signed {
    /// Whether somebody of the list signed in his time.
    pub fn counts(&self) -> bool {
        !self.names.is_empty() && self.out_of.is_none()
    }
}

/// Who signed: `市長 見本太郎`.
impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names.join("・");
        match &self.out_of {
            _ if names.is_empty() => write!(f, "名前の分からない鍵 {}", self.fingerprint),
            Some(span) => write!(f, "{names}（数えない。鍵の有効期間は{span}）"),
            None => f.write_str(&names),
        }
    }
}

/// A file that stands for a signature of an edition.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Relative to the store.
    pub place: Place,
    /// Who signed, or why it does not hold.
    pub outcome: Result<Signed, Box<Problem>>,
}

/// What it comes to, with what that rests on.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Ok(signed) if signed.names.is_empty() => {
                write!(f, "{signed}（内容に合う。{SIGNERS} にない鍵）")
            }
            Ok(signed) if !signed.counts() => {
                write!(f, "{signed} {}（内容に合う）", signed.fingerprint)
            }
            Ok(signed) => {
                write!(f, "{signed} {}（確かめた。名前は {SIGNERS} による）", signed.fingerprint)
            }
            Err(problem) => {
                let file = self.place.file.rsplit('/').next().unwrap_or_default();
                f.write_str(&printable(&format!("{file}（合わない：{}）", problem.message)))
            }
        }
    }
}

/// Whose signatures are asked for; the list is from elsewhere, for whoever may write to a store
/// may change its own.
#[derive(Debug, Clone, Default)]
pub struct Demand {
    pub signers: Signers,
    /// Of every edition from this number on; `None`: of all.
    pub from: Option<u32>,
    /// Each of these must have signed; when empty, anybody of the list.
    pub by: Vec<String>,
}

/// The file name of a signature with a key, the same whenever it signs.
pub fn signature_file(key: PublicKey) -> String {
    let fingerprint = key.fingerprint();
    let letters = fingerprint.trim_start_matches("SHA256:").chars().take(16);
    let plain: String = letters.map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{SIGNATURES}/{plain}.sig")
}

/// Every signature of an edition, in the order of their files.
pub fn signatures(edition: &Edition, signers: &Signers) -> Vec<Signature> {
    let list = edition.list().unwrap_or_default();
    let day = day(edition);
    let signature = |name: String| {
        let file = format!("{SIGNATURES}/{name}");
        let place = Place::file(format!("{}/{file}", edition.place()));
        let outcome = key(edition, &file, &list, &place).map(|key| signed(key, signers, day));
        Signature { place, outcome }
    };
    names(&edition.dir).into_iter().map(signature).collect()
}

/// The key that signed the list of an edition.
fn key(
    edition: &Edition,
    file: &str,
    list: &[u8],
    place: &Place,
) -> Result<PublicKey, Box<Problem>> {
    let armored = files::read(&edition.dir, file, LARGEST_SIGNATURE).map_err(|fault| {
        let message = format!("署名のファイル{}", fault.message());
        Box::new(Problem::error(Code::Signature, place.clone()).message(message))
    })?;
    signature::verify(list, &armored).map_err(|fault| Box::new(fault.problem(place.clone())))
}

/// Whose signature it is, and whether he could sign on the day of the edition.
fn signed(key: PublicKey, signers: &Signers, day: Option<Date>) -> Signed {
    let signer = signers.of(key);
    let out_of = signer.map(|signer| signer.validity).filter(|span| !span.covers(day));
    Signed {
        names: signer.map(|signer| signer.names.clone()).unwrap_or_default(),
        fingerprint: key.fingerprint(),
        out_of: out_of.map(|span| span.words()),
    }
}

/// The day that an edition gives as its own.
fn day(edition: &Edition) -> Option<Date> {
    metadata::day(&BagInfo::read(&edition.dir).ok()?)
}

/// The signatures of an edition that hold, and what is wrong with them or missing.
pub fn check(
    edition: &Edition,
    signers: &Signers,
    demand: Option<&Demand>,
) -> (Vec<Signed>, Vec<Problem>) {
    let (mut signed, mut problems) = (Vec::new(), Vec::new());
    for Signature { place, outcome } in signatures(edition, signers) {
        match outcome {
            Ok(one) => {
                problems.extend(doubt(&one, place));
                signed.push(one);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    let demand = demand.filter(|demand| demand.from.is_none_or(|from| edition.number >= from));
    problems.extend(demand.and_then(|demand| missing(edition, demand, &signed)));
    (signed, problems)
}

/// Why a signature that holds may count for nothing.
fn doubt(signed: &Signed, place: Place) -> Option<Problem> {
    let doubt = Problem::warning(Code::UnknownSigner, place);
    if signed.names.is_empty() {
        return Some(
            doubt
                .text(&signed.fingerprint)
                .message("署名は合っていますが、だれの鍵か分かりません")
                .hint("本人に指紋を確かめてから、`signers` にその人の行を加えてください"),
        );
    }
    let span = signed.out_of.as_ref()?;
    Some(
        doubt
            .text(format!("{} {}", signed.names.join("・"), signed.fingerprint))
            .expected(span)
            .message("署名は合っていますが、版の日付が鍵の有効期間に入っていないので、数えません")
            .hint("有効期間が正しければ、その日に使えた鍵で署名し直してもらいます"),
    )
}

/// The signatures that are asked for and are not there.
fn missing(edition: &Edition, demand: &Demand, signed: &[Signed]) -> Option<Problem> {
    let place = Place::file(edition.place());
    let problem = Problem::error(Code::UnknownSigner, place)
        .hint("署名のファイルが消されたか、まだ署名していません");
    let counting: Vec<&String> =
        signed.iter().filter(|one| one.counts()).flat_map(|one| &one.names).collect();
    if demand.by.is_empty() {
        let problem = problem.message("指定した一覧の人の署名がありません");
        return counting.is_empty().then_some(problem);
    }
    let absent: Vec<String> = demand
        .by
        .iter()
        .filter(|name| !counting.contains(name))
        .map(|name| format!("「{name}」"))
        .collect();
    let there: Vec<&str> = counting.into_iter().map(String::as_str).collect();
    let there = if there.is_empty() {
        "（一覧の人の署名はありません）".to_owned()
    } else {
        there.join("、")
    };
    let problem = problem.text(there).message(format!("{}の署名がありません", absent.concat()));
    (!absent.is_empty()).then_some(problem)
}

/// How many files stand for signatures of an edition; nothing is read of them.
pub fn count(edition: &Edition) -> usize {
    names(&edition.dir).len()
}

/// The names of the files, sorted.
fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join(SIGNATURES)).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
