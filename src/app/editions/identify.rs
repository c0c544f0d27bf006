//! Which edition of a store a PDF is.

use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::edition_words::{DescribedEdition, option_words};
use super::store_error::StoreError;
use crate::app::diff::{Side, SideFault};
use crate::app::files::{self, Kind};
use crate::archive::{
    DigestCache, Edition, Store, edition_names, holders, of_content, record, shortened,
};
use crate::record::BuildRecord;
use soukatsu_core::problem;

/// What is larger, in bytes, is not looked into.
const LARGEST: u64 = 256 << 20;
/// So many faults of a PDF are told.
const MOST_TOLD: usize = 3;

/// What was found of a PDF.
pub struct Identified {
    path: PathBuf,
    sha256: String,
    /// The editions with this very PDF, and the last one of the store.
    same: Vec<Edition>,
    last: Option<Edition>,
    /// What it is when it is none of them.
    other: Option<OtherPdf>,
}

/// A PDF that no edition has.
struct OtherPdf {
    kind: OtherKind,
    /// The content that it says it is of.
    content: Option<String>,
    /// The editions of this content.
    same_content: Vec<Edition>,
    notes: Vec<Note>,
}

/// What a PDF is that no edition has.
#[derive(Debug, Clone, Copy)]
enum OtherKind {
    NoPdf,
    TooLarge,
    Ordinary,
    Unreadable,
    Official,
    Damaged,
}

impl OtherKind {
    /// For other programs.
    fn name(self) -> &'static str {
        match self {
            OtherKind::NoPdf => "no-pdf",
            OtherKind::TooLarge => "too-large",
            OtherKind::Ordinary => "ordinary",
            OtherKind::Unreadable => "unreadable",
            OtherKind::Official => "official",
            OtherKind::Damaged => "damaged",
        }
    }
}

/// Something that is known of a PDF that no edition has.
enum Note {
    NoPdf(PathBuf),
    /// Its size in bytes.
    TooLarge(PathBuf, u64),
    Folder(PathBuf),
    Unreadable(PathBuf, SideFault),
    /// Nothing of a report is in it.
    Ordinary,
    /// Its attachments are not what its record lists.
    Damaged(Vec<String>),
    OtherContent {
        content: String,
        title: String,
        date: String,
    },
    SameContent {
        content: String,
        editions: Vec<DescribedEdition>,
    },
    /// The record of an edition of the same content cannot be read.
    NoRecord(u32),
    /// It says that it was made just as an edition was.
    Altered(u32),
    Differences(u32, Vec<Difference>),
    /// Editions whose lists are not as they were kept.
    Unknown(Vec<Edition>),
}

/// In what the making of a PDF differs from that of an edition of the same content.
enum Difference {
    Option {
        ours: String,
        kept: String,
    },
    Engine {
        ours: String,
        kept: String,
    },
    Fonts,
    Approvals,
    /// What is in the record beside all that.
    Other,
}

/// Why nothing can be said of what stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotIdentified {
    Store(StoreError),
    Folder(PathBuf),
    /// A pipe, a device.
    NoFile(PathBuf),
    Missing(PathBuf),
    /// Holds the system's words.
    Unreadable(PathBuf, String),
}

impl fmt::Display for NotIdentified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotIdentified::Store(error) => error.fmt(f),
            NotIdentified::Folder(path) => write!(
                f,
                "「{}」はフォルダーです。版の順番（1、2、…）か、PDFのファイルを指定してください。",
                path.display()
            ),
            NotIdentified::NoFile(path) => {
                write!(f, "「{}」は普通のファイルではありません。", path.display())
            }
            NotIdentified::Missing(path) => write!(
                f,
                "「{}」は、版の順番でも、番号でも、あるファイルの名前でもありません。版の順番（1、2、…）か、PDFのファイルを指定してください。",
                path.display()
            ),
            NotIdentified::Unreadable(path, reason) => {
                write!(f, "「{}」を読めません（{reason}）。", path.display())
            }
        }
    }
}

/// The size of a regular file.
fn size(path: &Path) -> Result<u64, NotIdentified> {
    let here = path.to_owned();
    match files::kind(path) {
        Ok(Kind::File(size)) => Ok(size),
        Ok(Kind::Folder) => Err(NotIdentified::Folder(here)),
        Ok(Kind::Other) => Err(NotIdentified::NoFile(here)),
        Err(None) => Err(NotIdentified::Missing(here)),
        Err(Some(reason)) => Err(NotIdentified::Unreadable(here, reason)),
    }
}

impl Identified {
    /// Looks for a PDF among the editions.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn of(store: &Store, path: &Path) -> Result<Self, NotIdentified> {
        let size = size(path)?;
        let sha256 = DigestCache::default()
            .of(path)
            .map_err(|reason| NotIdentified::Unreadable(path.to_owned(), reason))?;
        let editions = store.editions().map_err(StoreError::at(store.root()));
        let (editions, _) = editions.map_err(NotIdentified::Store)?;
        let holders = holders(&editions, &sha256);
        let other = holders.same.is_empty().then(|| {
            let mut other = OtherPdf::of(path, size, &editions);
            if !holders.unknown.is_empty() {
                other.notes.push(Note::Unknown(holders.unknown));
            }
            other
        });
        let last = editions.last().cloned();
        Ok(Identified { path: path.to_owned(), sha256, same: holders.same, last, other })
    }

    /// The newest edition with this PDF.
    pub fn edition(&self) -> Option<Edition> {
        self.same.last().cloned()
    }

    /// What is said before the edition is shown. `is_kept`: nothing speaks against it.
    pub fn heading(&self, is_kept: bool) -> Vec<String> {
        let names = described(&self.same);
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
            lines.extend(newer.map(|last| {
                let last = DescribedEdition::of(last);
                format!("最後の版ではありません。最後は{last}です。")
            }));
        }
        lines.push(String::new());
        lines
    }

    /// What is said of a PDF that no edition has.
    pub fn lines(&self) -> Vec<String> {
        let first = "この保管庫のどの版のPDFとも違います。".to_owned();
        let notes = self.other.iter().flat_map(|other| &other.notes);
        std::iter::once(first)
            .chain(notes.map(|note| problem::printable(&note.to_string())))
            .collect()
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
            whole["kind"] = other.kind.name().into();
            whole["content"] = other.content.clone().into();
            whole["same-content"] = numbers(&other.same_content).into();
            whole["told"] = other.notes.iter().map(ToString::to_string).collect();
        }
        whole
    }
}

impl OtherPdf {
    fn of(path: &Path, size: u64, editions: &[Edition]) -> Self {
        let bare = |kind, note| OtherPdf {
            kind,
            content: None,
            same_content: Vec::new(),
            notes: vec![note],
        };
        let here = path.to_owned();
        if files::holds_no_pdf(path) {
            return bare(OtherKind::NoPdf, Note::NoPdf(here));
        }
        if size > LARGEST {
            return bare(OtherKind::TooLarge, Note::TooLarge(here, size));
        }
        match Side::open(path) {
            Ok(Side::Official { record, .. }) => Self::official(&record, editions),
            Ok(Side::Damaged { faults, record, .. }) => {
                Self::damaged(faults, record.as_deref(), editions)
            }
            Ok(Side::Bare { .. }) => bare(OtherKind::Ordinary, Note::Ordinary),
            Ok(Side::Folder(_)) => bare(OtherKind::NoPdf, Note::Folder(here)),
            Err(fault) => bare(OtherKind::Unreadable, Note::Unreadable(here, fault)),
        }
    }

    fn official(record: &BuildRecord, editions: &[Edition]) -> Self {
        let (same_content, note) = by_content(record, editions);
        let differences = same_content.iter().map(|edition| difference(record, edition));
        OtherPdf {
            kind: OtherKind::Official,
            content: Some(record.content.clone()),
            notes: std::iter::once(note).chain(differences).collect(),
            same_content,
        }
    }

    fn damaged(faults: Vec<String>, record: Option<&BuildRecord>, editions: &[Edition]) -> Self {
        let (same_content, note) = record.map(|record| by_content(record, editions)).unzip();
        OtherPdf {
            kind: OtherKind::Damaged,
            content: record.map(|record| record.content.clone()),
            same_content: same_content.unwrap_or_default(),
            notes: std::iter::once(Note::Damaged(faults)).chain(note).collect(),
        }
    }
}

/// The editions of the content that a PDF says it is of, and what is said of that.
fn by_content(record: &BuildRecord, editions: &[Edition]) -> (Vec<Edition>, Note) {
    let same = of_content(editions, &record.content);
    let content = record.content.clone();
    let note = match same.is_empty() {
        true => {
            let (title, date) = (record.title.clone(), record.date.clone());
            Note::OtherContent { content, title, date }
        }
        false => {
            let editions = same.iter().map(DescribedEdition::of).collect();
            Note::SameContent { content, editions }
        }
    };
    (same, note)
}

/// Why the bytes differ from those of an edition of the same content.
fn difference(ours: &BuildRecord, edition: &Edition) -> Note {
    let number = edition.number;
    let Ok(kept) = record(edition) else { return Note::NoRecord(number) };
    if *ours == kept {
        return Note::Altered(number);
    }
    let mut differences = Vec::new();
    let options = [ours, &kept].map(|record| option_words(&record.options));
    let chosen = options[0].iter().zip(options[1]).filter(|(ours, kept)| *ours != kept);
    differences.extend(chosen.map(|(ours, kept)| Difference::Option {
        ours: (*ours).to_owned(),
        kept: kept.to_owned(),
    }));
    if ours.engine != kept.engine {
        let engine =
            |record: &BuildRecord| format!("{} {}", record.engine.name, record.engine.version);
        differences.push(Difference::Engine { ours: engine(ours), kept: engine(&kept) });
    }
    if ours.fonts != kept.fonts {
        differences.push(Difference::Fonts);
    }
    if ours.files != kept.files {
        differences.push(Difference::Approvals);
    }
    if differences.is_empty() {
        differences.push(Difference::Other);
    }
    Note::Differences(number, differences)
}

impl Difference {
    /// `number`: of the edition.
    fn words(&self, number: u32) -> String {
        match self {
            Difference::Option { ours, kept } => {
                format!("作り方の選択（このPDFは「{ours}」、版{number}は「{kept}」）")
            }
            Difference::Engine { ours, kept } => {
                format!("作ったプログラム（このPDFは {ours}、版{number}は {kept}）")
            }
            Difference::Fonts => "フォント".to_owned(),
            Difference::Approvals => "添付の承認（approvals.toml）か、その説明".to_owned(),
            Difference::Other => "題名などの記録".to_owned(),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::NoPdf(path) => write!(f, "「{}」はPDFではありません。", path.display()),
            Note::TooLarge(path, size) => write!(
                f,
                "「{}」は大きすぎるので（{size}バイト）、中は調べません。",
                path.display()
            ),
            Note::Folder(path) => write!(f, "「{}」はフォルダーです。", path.display()),
            Note::Unreadable(path, fault) => write!(f, "「{}」{fault}。", path.display()),
            Note::Ordinary => f.write_str(
                "正式版のPDFではありません。正式版のPDFに添付されている元のファイルがないので、`--official` を付けずに作ったPDFか、ほかのソフトで作った、又は保存し直したPDFです。",
            ),
            Note::Damaged(faults) => {
                let told: Vec<&str> =
                    faults.iter().take(MOST_TOLD).map(String::as_str).collect();
                let more = match faults.len().saturating_sub(MOST_TOLD) {
                    0 => String::new(),
                    more => format!("。ほかに{more}件"),
                };
                let told = told.join("、");
                write!(f, "このPDFは壊れているか、後から変えられています（{told}{more}）。")
            }
            Note::OtherContent { content, title, date } => write!(
                f,
                "PDFの記録にある内容の番号 {}（「{title}」、{date}）の版も、この保管庫にはありません。",
                shortened(content)
            ),
            Note::SameContent { content, editions } => write!(
                f,
                "PDFの記録にある内容の番号 {} は{}と同じですが、PDFのバイトが違います。",
                shortened(content),
                joined(editions)
            ),
            Note::NoRecord(number) => write!(
                f,
                "版{number}の作り方の記録を読めないので、何が違うかは分かりません。"
            ),
            Note::Altered(number) => write!(
                f,
                "添付の記録は版{number}と全て同じです。同じものからは同じバイトのPDFができるので、PDFが後から変えられています（開いて保存し直しただけでも、こうなります）。"
            ),
            Note::Differences(number, differences) => {
                let words: Vec<String> =
                    differences.iter().map(|difference| difference.words(*number)).collect();
                write!(f, "版{number}と違うのは、{}です。", words.join("と、"))
            }
            Note::Unknown(editions) => write!(
                f,
                "ただし、{}の一覧は保管したときのままではないので、そのPDFかどうかは分かりません（`archive verify` で確かめてください）。",
                edition_names(editions)
            ),
        }
    }
}

fn described(editions: &[Edition]) -> String {
    joined(&editions.iter().map(DescribedEdition::of).collect::<Vec<_>>())
}

fn joined(editions: &[DescribedEdition]) -> String {
    editions.iter().map(ToString::to_string).collect::<Vec<_>>().join("と")
}
