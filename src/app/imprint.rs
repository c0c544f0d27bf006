//! Whether the pages say of their version what they should.

use typst_layout::PagedDocument;

use crate::export::page_texts;
use crate::world::Imprint;
use soukatsu_core::model::report::{PageKind, Report};
use soukatsu_core::problem::{Code, Place, Problem};

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
