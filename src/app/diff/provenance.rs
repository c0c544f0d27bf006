//! What made an edition: whether this program, laying out the sources of a PDF again, would make
//! the pages that were printed; told part by part.

use std::collections::BTreeSet;
use std::fmt;

use crate::record::{BuildRecord, EngineRecord, FontRecord, TemplateRecord, short};

/// A part in which the maker of a PDF was another one than what is here now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProvenanceDifference {
    /// The bytes of the PDF are not those that its sources make.
    Altered,
    /// This program has no template of the name.
    NoTemplate(String),
    Engine {
        theirs: EngineRecord,
        ours: EngineRecord,
    },
    Template(TemplateDifference),
    Fonts {
        /// Families of which both have a face, but not the same.
        other_version: BTreeSet<String>,
        /// Families that are not here.
        lacking: BTreeSet<String>,
        /// Families that the maker did not have.
        added: BTreeSet<String>,
    },
}

/// How two templates differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateDifference {
    /// Their names, that of the older edition first.
    Name(String, String),
    /// Files that are not the same, in order.
    Files { template: String, files: Vec<String> },
}

/// Where the maker of a PDF was another one than what is here now; empty when the pages come out
/// the same. `ours`: of the same sources.
pub fn differences(record: &BuildRecord, ours: &BuildRecord) -> Vec<ProvenanceDifference> {
    let engine = (record.engine != ours.engine).then(|| ProvenanceDifference::Engine {
        theirs: record.engine.clone(),
        ours: ours.engine.clone(),
    });
    let template = template(&record.template, &ours.template).map(ProvenanceDifference::Template);
    engine.into_iter().chain(template).chain(fonts(&record.fonts, &ours.fonts)).collect()
}

/// How two templates differ.
pub fn template(theirs: &TemplateRecord, ours: &TemplateRecord) -> Option<TemplateDifference> {
    if theirs.name != ours.name {
        return Some(TemplateDifference::Name(theirs.name.clone(), ours.name.clone()));
    }
    let names: BTreeSet<&String> = theirs.files.keys().chain(ours.files.keys()).collect();
    let differing =
        names.into_iter().filter(|name| theirs.files.get(*name) != ours.files.get(*name));
    let files: Vec<String> = differing.cloned().collect();
    (!files.is_empty()).then(|| TemplateDifference::Files { template: ours.name.clone(), files })
}

fn fonts(theirs: &[FontRecord], ours: &[FontRecord]) -> Option<ProvenanceDifference> {
    if theirs == ours {
        return None;
    }
    let families = |fonts: &[FontRecord], others: &[FontRecord]| -> BTreeSet<String> {
        let alone = fonts.iter().filter(|font| !others.contains(font));
        alone.map(|font| font.family.clone()).collect()
    };
    let (lacking, added) = (families(theirs, ours), families(ours, theirs));
    Some(ProvenanceDifference::Fonts {
        other_version: lacking.intersection(&added).cloned().collect(),
        lacking: lacking.difference(&added).cloned().collect(),
        added: added.difference(&lacking).cloned().collect(),
    })
}

impl fmt::Display for ProvenanceDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProvenanceDifference::Altered => f.write_str(
                "PDFの中身: 添付の元のファイルから組んだものと違います（後から変えられたおそれがあります）",
            ),
            ProvenanceDifference::NoTemplate(name) => {
                write!(f, "テンプレート「{name}」: この soukatsu にはありません")
            }
            ProvenanceDifference::Engine { theirs, ours } => engine(f, theirs, ours),
            ProvenanceDifference::Template(difference) => difference.fmt(f),
            ProvenanceDifference::Fonts { other_version, lacking, added } => {
                let list = |names: &BTreeSet<String>| {
                    names.iter().map(|name| format!("「{name}」")).collect::<String>()
                };
                let parts = [
                    (list(other_version), "は違う版です"),
                    (list(lacking), "がここにありません（--font-path で指定できます）"),
                    (list(added), "は作ったときにありません"),
                ];
                let parts = parts.into_iter().filter(|(names, _)| !names.is_empty());
                let told: Vec<String> = parts.map(|(names, what)| names + what).collect();
                match told.is_empty() {
                    true => f.write_str("フォント: 並ぶ順が違います"),
                    false => write!(f, "フォント: {}", told.join("、")),
                }
            }
        }
    }
}

impl fmt::Display for TemplateDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TemplateDifference::Name(theirs, ours) => {
                write!(f, "テンプレート: 「{theirs}」と「{ours}」")
            }
            TemplateDifference::Files { template, files } => {
                let first = files.first().map_or("", String::as_str);
                match files.len() {
                    1 => write!(f, "テンプレート「{template}」: {first} が違います"),
                    count => {
                        write!(
                            f,
                            "テンプレート「{template}」: {first} など{count}個のファイルが違います"
                        )
                    }
                }
            }
        }
    }
}

fn engine(f: &mut fmt::Formatter<'_>, theirs: &EngineRecord, ours: &EngineRecord) -> fmt::Result {
    match (theirs.name == ours.name, theirs.version == ours.version) {
        (true, true) if theirs.lock_sha256 == ours.lock_sha256 => write!(
            f,
            "soukatsu の版: {}で同じですが、プログラムが違います（ソースのSHA-256は {}、今は {}）",
            ours.version,
            named(&theirs.source_sha256),
            named(&ours.source_sha256)
        ),
        (true, true) => write!(
            f,
            "soukatsu の版: {}で同じですが、中のライブラリーが違います（Cargo.lock のSHA-256は {}、今は {}）",
            ours.version,
            short(&theirs.lock_sha256),
            short(&ours.lock_sha256)
        ),
        (true, false) => write!(f, "soukatsu の版: {}（今は {}）", theirs.version, ours.version),
        (false, _) => write!(
            f,
            "作ったソフト: {} {}（今は {} {}）",
            theirs.name, theirs.version, ours.name, ours.version
        ),
    }
}

/// Old records do not name their source.
fn named(digest: &str) -> &str {
    if digest.is_empty() { "不明" } else { short(digest) }
}

/// How the options differ with which two PDFs were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionDifference {
    Profile {
        old: String,
        new: String,
    },
    EditionMark {
        old: bool,
        new: bool,
    },
    ProvisionalNotice {
        old: bool,
        new: bool,
    },
    CropMarks {
        old: bool,
        new: bool,
    },
    /// Both name their version, each its own.
    OtherMark,
}

impl fmt::Display for OptionDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |has: &bool| if *has { "あり" } else { "なし" };
        match self {
            OptionDifference::Profile { old, new } => write!(f, "用途: 前「{old}」、後「{new}」"),
            OptionDifference::EditionMark { old, new } => {
                write!(f, "版の印: 前{}、後{}", told(old), told(new))
            }
            OptionDifference::ProvisionalNotice { old, new } => {
                write!(f, "仮データの表示: 前{}、後{}", told(old), told(new))
            }
            OptionDifference::CropMarks { old, new } => {
                write!(f, "トンボ: 前{}、後{}", told(old), told(new))
            }
            OptionDifference::OtherMark => f.write_str("版の印: 各ページの下の版と番号が違います"),
        }
    }
}

/// How the options differ with which two PDFs were made, and the marks of their versions.
pub fn options(old: &BuildRecord, new: &BuildRecord) -> Vec<OptionDifference> {
    let (before, after) = (&old.options, &new.options);
    let mut differences = Vec::new();
    if before.profile != after.profile {
        let (old, new) = (before.profile.clone(), after.profile.clone());
        differences.push(OptionDifference::Profile { old, new });
    }
    let (old_mark, new_mark) = (before.edition_mark, after.edition_mark);
    if old_mark != new_mark {
        differences.push(OptionDifference::EditionMark { old: old_mark, new: new_mark });
    }
    let (was, is) = (before.accept_provisional, after.accept_provisional);
    if was != is {
        differences.push(OptionDifference::ProvisionalNotice { old: was, new: is });
    }
    if before.marks != after.marks {
        differences.push(OptionDifference::CropMarks { old: before.marks, new: after.marks });
    }
    let mark = |record: &BuildRecord| (record.edition.clone(), record.content.clone());
    if old_mark && new_mark && mark(old) != mark(new) {
        differences.push(OptionDifference::OtherMark);
    }
    differences
}
