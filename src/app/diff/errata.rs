//! The 正誤表 of a comparison: its rows, and what must be said beside them.

use std::fmt;

use super::paper::Paper;
use super::{Diff, page_order, text};
use crate::app::{ErrataSheet, PagesToExchange, Workshop, errata_pdf};
use crate::compare::paper::PageChange;
use crate::compare::{Comparison, ErrataRow, PrintedChange, Segment, Spot, errata};
use crate::world::{Uncovered, uncovered};
use soukatsu_core::model::date::Date;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::{Place, Problem};

/// The 正誤表 of two editions.
pub struct Errata<'a> {
    report: &'a Report,
    pub rows: Vec<ErrataRow>,
    /// The line that names the two editions, when both have names.
    editions: Option<String>,
    issued: Option<Date>,
    /// The pages that are handed out with it, or that rows alone do not mend.
    exchange: Option<PagesToExchange>,
    pub notes: Vec<ErrataNote>,
}

/// What is known of a 正誤表 beside the two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErrataRequest {
    /// The day on which it is given out.
    pub issued: Option<Date>,
    /// Whether the 差替えページ are given out with it.
    pub with_pages: bool,
}

/// What is said beside a 正誤表.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrataNote {
    /// Pages came, went or moved.
    PagesMoved,
    /// Nothing printed differs.
    Nothing,
    /// These pages differ, and no row can say how.
    OnlyPages(Vec<String>),
    /// These pages differ beside the rows.
    PagesBeside(Vec<String>),
}

impl fmt::Display for ErrataNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrataNote::PagesMoved => f.write_str(
                "ページの順序や数が変わっているので、正誤表だけでは足りません。差替えページ（`--pages`）を使ってください。",
            ),
            ErrataNote::Nothing => {
                f.write_str("紙面に変わった所がないので、正誤表は書き出していません。")
            }
            ErrataNote::OnlyPages(pages) => write!(
                f,
                "紙面は{}で変わりましたが、誤と正の文で示せる所がありません。正誤表は書き出していません。差替えページ（`--pages`）を使ってください。",
                pages.join("、")
            ),
            ErrataNote::PagesBeside(pages) => write!(
                f,
                "紙面は{}でも変わりましたが、誤と正の文で示せないので、正誤表にありません。差替えページ（`--pages`）を使ってください。",
                pages.join("、")
            ),
        }
    }
}

/// Why there can be no 正誤表.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoErrata {
    /// What is wrong and right is taken from the sources of both editions.
    NoSources,
    NewHasErrors,
}

impl fmt::Display for NoErrata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoErrata::NoSources => {
                "正誤表は書き出していません。誤と正の文は元のファイルから取るので、両方の版に元のファイルが要ります。"
            }
            NoErrata::NewHasErrors => "後の版に誤りがあるので、正誤表は書き出していません。",
        })
    }
}

impl Diff {
    /// The 正誤表 with what is asked of it; `reasons` gives those of a printed change.
    ///
    /// # Errors
    /// Why there can be none.
    pub fn errata<'r>(
        &self,
        request: ErrataRequest,
        reasons: impl Fn(&PrintedChange) -> Vec<&'r str>,
    ) -> Result<Errata<'_>, NoErrata> {
        let comparison = self.comparison.as_ref().ok_or(NoErrata::NoSources)?;
        let builds = self.built.each_ref().map(|built| built.build.as_ref());
        let faulty = builds[1].is_none_or(|build| build.has_errors());
        let report = builds[1].and_then(|build| build.report.as_ref());
        let report = report.filter(|_| !faulty || self.built[1].side.pdf().is_some());
        let report = report.ok_or(NoErrata::NewHasErrors)?;
        let paper = self.paper.as_ref().ok();
        let (rows, structural) = rows(comparison, reasons, paper);
        let mut notes: Vec<ErrataNote> =
            structural.then_some(ErrataNote::PagesMoved).into_iter().collect();
        let untold = paper.map(|paper| page_order::untold(paper, &comparison.printed));
        let untold = untold.unwrap_or_default();
        let exchange = paper.and_then(|paper| match request.with_pages || structural {
            true => all_exchanged(paper, request.with_pages),
            false => needed(paper, &rows, &untold),
        });
        let name = |change: &&PageChange| paper.and_then(|paper| paper.new_name(change));
        let untold: Vec<String> = untold.iter().filter_map(name).collect();
        notes.extend(match (rows.is_empty(), untold.is_empty()) {
            (true, true) => Some(ErrataNote::Nothing),
            (true, false) => Some(ErrataNote::OnlyPages(untold)),
            (false, false) => Some(ErrataNote::PagesBeside(untold)),
            (false, true) => None,
        });
        let editions = builds.map(|build| build?.report.as_ref()?.edition.clone());
        let editions = match editions {
            [Some(old), Some(new)] if old != new => Some(format!("{old}を{new}に改める")),
            _ => None,
        };
        let ErrataRequest { issued, .. } = request;
        Ok(Errata { report, rows, editions, issued, exchange, notes })
    }
}

impl Errata<'_> {
    /// As a PDF.
    ///
    /// # Errors
    /// Characters that no font has, as the edition before may have been at fault; and what a
    /// standard forbids.
    pub fn pdf(&self, workshop: &Workshop) -> Result<Vec<u8>, Vec<Problem>> {
        let parts = self.rows.iter().flat_map(|row| row.wrong.iter().chain(&row.right));
        let texts: Vec<(String, Place)> =
            parts.map(|part| (part.text.clone(), Place::file("正誤表"))).collect();
        let missing = uncovered(&texts, workshop.fonts());
        let problems: Vec<Problem> = missing.iter().flat_map(Uncovered::problems).collect();
        match problems.is_empty() {
            true => {
                let sheet = ErrataSheet {
                    report: self.report,
                    rows: &self.rows,
                    editions: self.editions.as_deref(),
                    issued: self.issued,
                    exchange: self.exchange.as_ref(),
                };
                errata_pdf(&sheet, workshop.fonts())
            }
            false => Err(problems),
        }
    }

    /// As a table, with a byte order mark for Excel.
    pub fn csv(&self) -> Vec<u8> {
        table(&self.rows)
    }
}

/// All pages that differ; `attached`: they are handed out with the 正誤表.
fn all_exchanged(paper: &Paper, attached: bool) -> Option<PagesToExchange> {
    let sheets = attached.then_some(paper.exchange.put_in.len());
    let pages = paper.pages_to_exchange();
    (!pages.is_empty()).then_some(PagesToExchange { pages, sheets })
}

/// The pages that no row can mend: `untold` ones, and those with a figure that is drawn otherwise.
fn needed(paper: &Paper, rows: &[ErrataRow], untold: &[&PageChange]) -> Option<PagesToExchange> {
    let drawn = rows.iter().filter(|row| row.spot.is_drawing()).flat_map(|row| &row.pages);
    let untold = untold.iter().filter_map(|change| change.new.as_ref());
    let physical = drawn.map(|page| page.physical).chain(untold.map(|page| page.physical));
    let pages = paper.changed_among(&physical.collect());
    let pages = vec![("差替えが要るページ", pages)];
    (!pages[0].1.is_empty()).then_some(PagesToExchange { pages, sheets: None })
}

/// The rows, with those of pages that came, went or moved first, and whether there are such.
pub(super) fn rows<'r>(
    comparison: &Comparison,
    reasons: impl Fn(&PrintedChange) -> Vec<&'r str>,
    paper: Option<&Paper>,
) -> (Vec<ErrataRow>, bool) {
    let is_told =
        |change: &PrintedChange| paper.is_some_and(|paper| page_order::is_told(paper, change));
    let mut rows = paper.map(page_order::rows).unwrap_or_default();
    let structural = !rows.is_empty();
    rows.extend(errata(&comparison.printed, |change| !is_told(change), reasons));
    (rows, structural)
}

/// The places of corrections, in words.
fn joined_spots(spots: &[Spot]) -> String {
    spots.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

/// The rows as a table, with a byte order mark for Excel.
pub(super) fn table(rows: &[ErrataRow]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let joined =
        |parts: &[Segment]| parts.iter().map(|part| part.text.as_str()).collect::<String>();
    // Writing into memory never fails.
    _ = writer.write_record(["ページ", "章", "箇所", "誤", "正", "理由", "伴う変更"]);
    for row in rows {
        _ = writer.write_record([
            text::pages(&row.pages),
            row.chapter.clone(),
            row.spot.to_string(),
            joined(&row.wrong),
            joined(&row.right),
            row.reason.clone().unwrap_or_default(),
            match (row.follows, joined_spots(&row.corrections)) {
                (false, _) => String::new(),
                (true, names) if names.is_empty() => "○".to_owned(),
                (true, names) => format!("○（{names}）"),
            },
        ]);
    }
    writer.into_inner().unwrap_or_default()
}
