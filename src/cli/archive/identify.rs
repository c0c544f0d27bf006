//! Which edition of a store a PDF is.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::edition_facts::option_words;
use super::edition_number::shown;
use super::tell;
use crate::app::diff::Side;
use crate::app::files;
use crate::archive::{BagInfo, DigestCache, Edition, Store, holders, labels, of_content, record};
use crate::cli::Ending;
use crate::cli::printer::Printer;
use crate::record::BuildRecord;
use soukatsu_core::problem;

/// What is larger, in bytes, is not looked into.
const LARGEST: u64 = 256 << 20;
/// So many faults of a PDF are told.
const MOST_TOLD: usize = 3;

/// What was found of a PDF.
pub struct Found {
    path: PathBuf,
    sha256: String,
    /// The editions with this very PDF, and the last one of the store.
    same: Vec<Edition>,
    last: Option<Edition>,
    /// What it is when it is none of them.
    other: Option<Other>,
}

/// A PDF that no edition has.
struct Other {
    /// For programs.
    kind: &'static str,
    /// The content that it says it is of.
    content: Option<String>,
    /// The editions of this content.
    same_content: Vec<Edition>,
    lines: Vec<String>,
}

/// Looks for a PDF among the editions.
///
/// # Errors
/// When it cannot be read at all, which is told.
pub fn find(
    store: &Store,
    root: &Path,
    path: &Path,
    printer: &mut Printer,
) -> Result<Found, Ending> {
    let size = size(path).map_err(|reason| {
        printer.note(&format!("「{}」{reason}。", path.display()));
        Ending::ReportAtFault
    })?;
    let sha256 = DigestCache::default().of(path).map_err(|reason| {
        printer.note(&format!("「{}」を読めません（{reason}）。", path.display()));
        Ending::ReportAtFault
    })?;
    let (editions, _) = store.editions().map_err(|fault| tell(root, &fault, printer))?;
    let holders = holders(&editions, &sha256);
    let other = holders.same.is_empty().then(|| {
        let mut other = Other::of(path, size, &editions);
        if !holders.unknown.is_empty() {
            other.lines.push(format!(
                "ただし、{}の一覧は保管したときのままではないので、そのPDFかどうかは分かりません（`archive verify` で確かめてください）。",
                names(&holders.unknown)
            ));
        }
        other
    });
    let last = editions.last().cloned();
    Ok(Found { path: path.to_owned(), sha256, same: holders.same, last, other })
}

/// The size of a regular file, or the end of the sentence that says why it is none.
fn size(path: &Path) -> Result<u64, String> {
    match files::kind(path) {
        Ok(files::Kind::File(size)) => Ok(size),
        Ok(files::Kind::Folder) => Err("はフォルダーです。版の順番（1、2、…）か、PDFのファイルを指定してください".into()),
        Ok(files::Kind::Other) => Err("は普通のファイルではありません".into()),
        Err(None) => Err("は、版の順番でも、番号でも、あるファイルの名前でもありません。版の順番（1、2、…）か、PDFのファイルを指定してください".into()),
        Err(Some(reason)) => Err(format!("を読めません（{reason}）")),
    }
}

impl Found {
    /// The newest edition with this PDF.
    pub fn edition(&self) -> Option<Edition> {
        self.same.last().cloned()
    }

    /// What is said before the edition is shown. `is_kept`: nothing speaks against it.
    pub fn told(&self, is_kept: bool) -> Vec<String> {
        let names: Vec<String> = self.same.iter().map(described).collect();
        let names = names.join("と");
        let mut lines = vec![match is_kept {
            true => format!("このPDFは、{names}の正式版です（1バイトも違いません）。"),
            false => format!(
                "このPDFのSHA-256は、{names}の一覧にあるものと同じです。ただし、その版が保管したときのままではないので、正式版かどうかは確かめられません。"
            ),
        }];
        if let [.., shown] = &self.same[..] {
            if self.same.len() > 1 {
                lines.push(format!("版{}を示します。", shown.number));
            }
            let newer = self.last.as_ref().filter(|last| last.number > shown.number);
            lines
                .extend(newer.map(|last| {
                    format!("最後の版ではありません。最後は{}です。", described(last))
                }));
        }
        lines.push(String::new());
        lines
    }

    /// What is said of a PDF that no edition has.
    pub fn lines(&self) -> Vec<String> {
        let first = "この保管庫のどの版のPDFとも違います。".to_owned();
        let lines = self.other.iter().flat_map(|other| &other.lines);
        std::iter::once(first).chain(lines.map(|line| problem::printable(line))).collect()
    }

    /// For other programs.
    pub fn json(&self) -> Value {
        let numbers =
            |editions: &[Edition]| editions.iter().map(|one| one.number).collect::<Vec<_>>();
        let mut whole = json!({
            "file": self.path.display().to_string(),
            "sha256": self.sha256,
            "same-bytes": numbers(&self.same),
        });
        if let Some(other) = &self.other {
            whole["kind"] = other.kind.into();
            whole["content"] = other.content.clone().into();
            whole["same-content"] = numbers(&other.same_content).into();
            whole["told"] = other.lines.clone().into();
        }
        whole
    }
}

impl Other {
    fn of(path: &Path, size: u64, editions: &[Edition]) -> Self {
        let unread = |kind, line: String| Other {
            kind,
            content: None,
            same_content: Vec::new(),
            lines: vec![line],
        };
        let name = path.display();
        if files::holds_no_pdf(path) {
            return unread("no-pdf", format!("「{name}」はPDFではありません。"));
        }
        if size > LARGEST {
            return unread(
                "too-large",
                format!("「{name}」は大きすぎるので（{size}バイト）、中は調べません。"),
            );
        }
        match Side::open(path) {
            Ok(Side::Official { record, .. }) => Self::official(&record, editions),
            Ok(Side::Damaged { faults, record, .. }) => Self::damaged(&faults, record.as_deref(), editions),
            Ok(Side::Bare { .. }) => unread("ordinary", "正式版のPDFではありません。正式版のPDFに添付されている元のファイルがないので、`--official` を付けずに作ったPDFか、ほかのソフトで作った、又は保存し直したPDFです。".to_owned()),
            Ok(Side::Folder(_)) => unread("no-pdf", format!("「{name}」はフォルダーです。")),
            Err(reason) => unread("unreadable", format!("「{name}」{reason}。")),
        }
    }

    fn official(record: &BuildRecord, editions: &[Edition]) -> Self {
        let (same, mut lines) = by_content(record, editions);
        lines.extend(same.iter().map(|edition| difference(record, edition)));
        Other { kind: "official", content: Some(record.content.clone()), same_content: same, lines }
    }

    fn damaged(faults: &[String], record: Option<&BuildRecord>, editions: &[Edition]) -> Self {
        let more = match faults.len().saturating_sub(MOST_TOLD) {
            0 => String::new(),
            more => format!("。ほかに{more}件"),
        };
        let told: Vec<&str> = faults.iter().take(MOST_TOLD).map(String::as_str).collect();
        let mut lines = vec![format!(
            "このPDFは壊れているか、後から変えられています（{}{more}）。",
            told.join("、")
        )];
        let (same_content, more) =
            record.map(|record| by_content(record, editions)).unwrap_or_default();
        lines.extend(more);
        Other {
            kind: "damaged",
            content: record.map(|record| record.content.clone()),
            same_content,
            lines,
        }
    }
}

/// The editions of the content that a PDF says it is of, and what is said of that.
fn by_content(record: &BuildRecord, editions: &[Edition]) -> (Vec<Edition>, Vec<String>) {
    let same = of_content(editions, &record.content);
    let (number, title) = (shown(&record.content), &record.title);
    let line = match same.is_empty() {
        true => format!(
            "PDFの記録にある内容の番号 {number}（「{title}」、{}）の版も、この保管庫にはありません。",
            record.date
        ),
        false => format!(
            "PDFの記録にある内容の番号 {number} は{}と同じですが、PDFのバイトが違います。",
            same.iter().map(described).collect::<Vec<_>>().join("と")
        ),
    };
    (same, vec![line])
}

/// Why a PDF of the same content may have other bytes than that of an edition.
fn difference(ours: &BuildRecord, edition: &Edition) -> String {
    let number = edition.number;
    let Ok(kept) = record(edition) else {
        return format!("版{number}の作り方の記録を読めないので、何が違うかは分かりません。");
    };
    if *ours == kept {
        return format!(
            "添付の記録は版{number}と全て同じです。同じものからは同じバイトのPDFができるので、PDFが後から変えられています（開いて保存し直しただけでも、こうなります）。"
        );
    }
    let mut parts = Vec::new();
    let options = [ours, &kept].map(|record| option_words(&record.options));
    let chosen = options[0].iter().zip(options[1]).filter(|(ours, kept)| *ours != kept);
    parts.extend(chosen.map(|(ours, kept)| {
        format!("作り方の選択（このPDFは「{ours}」、版{number}は「{kept}」）")
    }));
    if ours.engine != kept.engine {
        let engine =
            |record: &BuildRecord| format!("{} {}", record.engine.name, record.engine.version);
        parts.push(format!(
            "作ったプログラム（このPDFは {}、版{number}は {}）",
            engine(ours),
            engine(&kept)
        ));
    }
    if ours.fonts != kept.fonts {
        parts.push("フォント".to_owned());
    }
    if ours.files != kept.files {
        parts.push("添付の承認（approvals.toml）か、その説明".to_owned());
    }
    if parts.is_empty() {
        parts.push("題名などの記録".to_owned());
    }
    format!("版{number}と違うのは、{}です。", parts.join("と、"))
}

/// `版2（2026-07-17、図4の数値の訂正）`.
fn described(edition: &Edition) -> String {
    let info = BagInfo::read(&edition.dir).unwrap_or_default();
    let facts = [labels::DATE, labels::EDITION, labels::REASON];
    let facts: Vec<&str> = facts.iter().filter_map(|label| info.get(label)).collect();
    match facts.is_empty() {
        true => format!("版{}", edition.number),
        false => format!("版{}（{}）", edition.number, facts.join("、")),
    }
}

/// `版1、版3`.
fn names(editions: &[Edition]) -> String {
    let names: Vec<String> =
        editions.iter().map(|edition| format!("版{}", edition.number)).collect();
    names.join("、")
}
