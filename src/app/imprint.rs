//! What the pages say of their version, and whether they say it.

use typst_layout::PagedDocument;

use super::options::{BuildOptions, Mark};
use crate::export::page_texts;
use crate::official::{provisional_notice, unsettled};
use crate::record::{BuildRecord, content_hash, short};
use crate::world::{Imprint, Template};
use soukatsu_core::model::report::{PageKind, Report};
use soukatsu_core::problem::{Code, Place, Problem};

impl BuildOptions {
    /// What the pages of a report say of their version with these options.
    pub(super) fn imprint(&self, report: &Report, template: &Template) -> Imprint {
        let mark = |mark: &Mark| match mark {
            Mark::Own => edition_mark(report, template),
            Mark::Other(words) => words.clone(),
        };
        Imprint {
            mark: self.mark.as_ref().map(mark),
            notice: self.accept_provisional.then(|| notice(report)).flatten(),
        }
    }
}

/// The edition with its content hash in short: `第2版 3f2a9c1b`.
pub(super) fn edition_mark(report: &Report, template: &Template) -> String {
    version_mark(report.edition.as_deref(), &content_hash(report, template))
}

/// What is printed on the pages of a recorded version to name it: `第2版 3f2a9c1b`.
pub fn mark_of(record: &BuildRecord) -> String {
    version_mark(record.edition.as_deref(), &record.content)
}

/// The mark of a version by its name and its content hash.
fn version_mark(edition: Option<&str>, content: &str) -> String {
    format!("{} {}", edition.unwrap_or("内容"), short(content))
}

/// Which data is not final, when some is not.
pub(super) fn notice(report: &Report) -> Option<String> {
    let unsettled = unsettled(report);
    (!unsettled.is_empty()).then(|| provisional_notice(&unsettled))
}

/// What of an imprint the pages do not show: a template of one's own may leave it out.
pub(super) fn lacking(
    document: &PagedDocument,
    report: &Report,
    imprint: &Imprint,
) -> Vec<Problem> {
    if *imprint == Imprint::default() {
        return Vec::new();
    }
    let pages: Vec<String> = page_texts(document).iter().map(|text| without_space(text)).collect();
    let problem = |message: String, hint: &str| {
        Problem::error(Code::ImprintNotShown, Place::file("report.toml"))
            .message(message)
            .hint(hint)
    };
    let mut problems = Vec::new();
    if let Some(notice) = &imprint.notice
        && !pages.iter().any(|page| page.contains(&without_space(notice)))
    {
        problems.push(problem(
            format!("「{notice}」の表示がどのページにもありません"),
            "表紙（`[[page]] kind = \"cover\"`）を入れてください。自作のテンプレートなら、/model/imprint.json の notice を表紙に出してください",
        ));
    }
    if let Some(mark) = &imprint.mark {
        let blank = report.pages.iter().filter(|row| row.kind == PageKind::Blank).count();
        let without = pages.iter().filter(|page| !page.contains(&without_space(mark))).count();
        if without > blank {
            problems.push(problem(
                format!("版の印「{mark}」のないページが{without}ページあります"),
                "自作のテンプレートなら、/model/imprint.json の mark を各ページの下に出してください",
            ));
        }
    }
    problems
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}
