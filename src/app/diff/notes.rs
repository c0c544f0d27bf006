//! What is said beside the result: what can be compared and what cannot, and why.

use std::fmt;

use super::built_side::{BuiltSide, State};
use super::provenance::{
    OptionDifference, ProvenanceDifference, TemplateDifference, options, template,
};
use super::side::Side;
use crate::record::OptionsRecord;
use soukatsu_core::problem::Problem;

/// A sentence beside the result, or a sentence with a list below it. Editions are called as they
/// were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A PDF without a report in it.
    NoSources {
        name: String,
    },
    /// The report in a PDF is not what it was.
    DamagedSources {
        name: String,
        faults: Vec<String>,
    },
    /// This program cannot read the report in a PDF.
    UnreadSources {
        name: String,
    },
    /// Only the pages of a PDF are damaged.
    DamagedPages {
        name: String,
    },
    /// A report folder has errors.
    Errors {
        name: String,
        count: usize,
    },
    /// The report in a PDF has errors as this program sees it.
    AttachedErrors {
        name: String,
        count: usize,
    },
    MadeOtherwise {
        name: String,
        differences: Vec<ProvenanceDifference>,
    },
    /// Data and prose cannot be compared.
    PagesOnly,
    /// A PDF is taken as it is, because it would be laid out otherwise.
    ByPictures,
    /// The editions are set in two templates.
    OtherTemplate(TemplateDifference),
    /// Two PDFs were made with other options.
    OtherOptions(Vec<OptionDifference>),
    /// A folder is laid out with the options of the PDF beside it.
    LaidOutLike {
        folder: String,
        pdf: String,
        options: OptionsRecord,
    },
    /// Pages are set otherwise beside the texts that are told of them.
    Rearranged {
        pages: Vec<String>,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::NoSources { name } => {
                write!(f, "「{name}」には元のファイルが添付されていません。")
            }
            Note::DamagedSources { name, faults } => {
                write!(f, "「{name}」の元のファイルは、壊れていて使えません。")?;
                list(f, faults)
            }
            Note::UnreadSources { name } => write!(
                f,
                "「{name}」に添付された報告書を、この soukatsu では読めません。作ったときの版の soukatsu なら読めます。"
            ),
            Note::DamagedPages { name } => write!(
                f,
                "「{name}」はPDFの紙面が壊れていますが、添付された元のファイルは無事なので、それを組んで比べます。"
            ),
            Note::Errors { name, count } => write!(
                f,
                "「{name}」には誤りが{count}件あります。`soukatsu check` で直してください。ここでは、読めた分を比べました。"
            ),
            Note::AttachedErrors { name, count } => write!(
                f,
                "「{name}」に添付された報告書には、今の soukatsu で見ると誤りが{count}件あります。ここでは、読めた分を比べました。"
            ),
            Note::MadeOtherwise { name, differences } => {
                write!(f, "「{name}」は、今とは違うもので作られています。")?;
                list(f, differences)
            }
            Note::PagesOnly => f.write_str(
                "データ、文章、主張は比べられないので、ページだけを絵にして比べます。全てを比べるには、元の報告書フォルダーか、`soukatsu build --official` で作ったPDFを指定してください。",
            ),
            Note::ByPictures => f.write_str(
                "今の soukatsu で組み直すと、PDFと同じページにならないことがあるので、ページはPDFを絵にして比べます。データと文章は、添付の元のファイルで比べます（「紙面」に示すページは、今の soukatsu で組んだときのものです）。",
            ),
            Note::OtherTemplate(difference) => write!(
                f,
                "2つの版のテンプレートが違うので、中身が同じページも変わることがあります（{difference}）。"
            ),
            Note::OtherOptions(differences) => {
                f.write_str("作ったときの選択が違うので、中身が同じページも違って見えます。")?;
                list(f, differences)
            }
            Note::LaidOutLike { folder, pdf, options } => {
                write!(
                    f,
                    "「{folder}」は、「{pdf}」を作ったときの選択（用途「{}」",
                    options.profile
                )?;
                let switches = [
                    ("版の印あり", options.edition_mark),
                    ("仮データの表示あり", options.accept_provisional),
                    ("トンボあり", options.marks),
                ];
                for (told, _) in switches.iter().filter(|(_, is_on)| *is_on) {
                    write!(f, "、{told}")?;
                }
                f.write_str("）で組んで比べます。")
            }
            Note::Rearranged { pages } => write!(
                f,
                "このほかに、{}は並び・書式（太字、見出しの段、段落の切れ目、図や表の順など）が変わりました。誤と正の文では示せないので、差替えページ（`--pages`）を使ってください。",
                pages.join("、")
            ),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, lines: &[impl fmt::Display]) -> fmt::Result {
    lines.iter().try_for_each(|line| write!(f, "\n  {line}"))
}

/// The notes on both editions.
pub fn notes(built: &[BuiltSide; 2]) -> Vec<Note> {
    let mut notes: Vec<Note> = built.iter().flat_map(of_one).collect();
    if built.iter().any(|built| built.build.is_none()) {
        notes.push(Note::PagesOnly);
    } else if built.iter().any(|built| !built.made_otherwise().is_empty()) {
        notes.push(Note::ByPictures);
    }
    notes.extend(of_templates(built));
    notes.extend(of_options(built));
    notes
}

fn of_one(built: &BuiltSide) -> Vec<Note> {
    let name = || built.name.clone();
    let mut notes = Vec::new();
    match &built.side {
        Side::Bare { .. } => notes.push(Note::NoSources { name: name() }),
        Side::Damaged { faults, .. } => {
            notes.push(Note::DamagedSources { name: name(), faults: faults.clone() });
        }
        Side::Official { .. } if built.build.is_none() => {
            notes.push(Note::UnreadSources { name: name() });
        }
        Side::Official { .. } if built.state == State::Damaged => {
            notes.push(Note::DamagedPages { name: name() });
        }
        Side::Official { .. } | Side::Folder(_) => {}
    }
    let problems = built.build.iter().flat_map(|build| &build.problems);
    let count = problems.filter(|problem| Problem::is_error(problem)).count();
    match built.side {
        _ if count == 0 => {}
        Side::Folder(_) => notes.push(Note::Errors { name: name(), count }),
        _ => notes.push(Note::AttachedErrors { name: name(), count }),
    }
    let differences = built.made_otherwise();
    if built.build.is_some() && !differences.is_empty() {
        notes.push(Note::MadeOtherwise { name: name(), differences });
    }
    notes
}

/// Two reports may be set in two templates: their pages differ for that alone.
fn of_templates(built: &[BuiltSide; 2]) -> Option<Note> {
    let [old, new] = built.each_ref().map(|built| built.ours.as_ref());
    template(&old?.template, &new?.template).map(Note::OtherTemplate)
}

/// Of two PDFs, each with its own options, or of a folder that is laid out with those of a PDF.
fn of_options(built: &[BuiltSide; 2]) -> Option<Note> {
    if let [Some(old), Some(new)] = built.each_ref().map(|built| built.side.record()) {
        let mut differing = options(old, new);
        // Where both are laid out here, the marks are told with the pages.
        if built.iter().all(BuiltSide::is_laid_out_here) {
            differing.retain(|difference| *difference != OptionDifference::OtherMark);
        }
        return (!differing.is_empty()).then_some(Note::OtherOptions(differing));
    }
    let folder = |built: &&BuiltSide| matches!(built.side, Side::Folder(_));
    let like = built.iter().find(folder)?;
    let options = like.options.as_ref()?.options.clone();
    let pdf = built.iter().find(|built| !folder(built))?.name.clone();
    Some(Note::LaidOutLike { folder: like.name.clone(), pdf, options })
}
