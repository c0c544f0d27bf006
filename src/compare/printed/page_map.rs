//! Rows of the page map as people call them: the pages they came to stand on, and their chapters.

use serde::Serialize;

use crate::compare::edition::Edition;
use soukatsu_core::model::report::{PageKind, Report};

/// A page by both its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageNumber {
    /// From 1, the cover included.
    pub physical: usize,
    pub printed: Option<u64>,
    /// What a page without a number is.
    pub kind: PageName,
}

/// Pages by what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageName {
    Cover,
    Contents,
    Body,
}

/// What the edition before has of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageContext {
    /// The row of the page map.
    pub row: usize,
    /// The chapter, as the edition before calls it.
    pub chapter: String,
    /// The page in the edition before, where that has it.
    pub held: Option<PageNumber>,
}

/// The page maps of both editions.
pub struct PageMap<'a> {
    old: Edition<'a>,
    new: Edition<'a>,
    /// By row of the new edition: the row of the old one that is the same page.
    before: Vec<Option<usize>>,
}

impl<'a> PageMap<'a> {
    /// `ids`: the matched ids of the new rows; those below the number of old rows are old rows.
    pub fn new([old, new]: [Edition<'a>; 2], ids: &[usize]) -> Self {
        let count = old.report.pages.len();
        let before = ids.iter().map(|id| Some(*id).filter(|id| *id < count)).collect();
        PageMap { old, new, before }
    }

    /// By what a change is sorted: its first row.
    pub fn order(&self, rows: &[usize]) -> usize {
        rows.iter().copied().min().unwrap_or_default()
    }

    /// The pages of some rows in their order, each with its row and chapter; of the new edition,
    /// or of the old one.
    pub fn pages(&self, rows: &[usize], of_new: bool) -> Vec<(PageNumber, PageContext)> {
        let edition = if of_new { self.new } else { self.old };
        let mut found: Vec<(PageNumber, PageContext)> = Vec::new();
        for row in rows {
            let chapter = self.chapter_of(*row, of_new);
            let held = if of_new { self.held(*row) } else { pages(self.old, *row) };
            found.extend(pages(edition, *row).into_iter().enumerate().map(|(offset, page)| {
                let held = held.get(offset).copied();
                (page, PageContext { row: *row, chapter: chapter.clone(), held })
            }));
        }
        found.sort_by_key(|(page, _)| page.physical);
        found
    }

    /// The chapter of a change; of one without pages, that of its first row.
    pub fn chapter(&self, rows: &[usize], of_new: bool, contexts: &[PageContext]) -> String {
        let of_row = || rows.first().map(|row| self.chapter_of(*row, of_new));
        contexts.first().map(|context| context.chapter.clone()).or_else(of_row).unwrap_or_default()
    }

    /// The pages of a new row in the edition before. The appendix stands behind the rows of both.
    fn held(&self, row: usize) -> Vec<PageNumber> {
        match self.before.get(row) {
            Some(before) => before.map(|before| pages(self.old, before)).unwrap_or_default(),
            None => pages(self.old, self.old.report.pages.len()),
        }
    }

    /// The chapter of a row, by the name that it has on the paper people hold.
    fn chapter_of(&self, row: usize, of_new: bool) -> String {
        match self.before.get(row).copied().flatten().filter(|_| of_new) {
            Some(before) => chapter(self.old.report, before),
            None if of_new => chapter(self.new.report, row),
            None => chapter(self.old.report, row),
        }
    }
}

fn pages(edition: Edition<'_>, row: usize) -> Vec<PageNumber> {
    let Some(found) = edition.rows.iter().find(|found| found.row == row) else { return Vec::new() };
    let kind = match edition.report.pages.get(row).map(|page| page.kind) {
        Some(PageKind::Cover) => PageName::Cover,
        Some(PageKind::Contents) => PageName::Contents,
        _ => PageName::Body,
    };
    let page = |offset: usize| PageNumber {
        physical: found.first + offset + 1,
        printed: found.printed.map(|number| number + offset as u64),
        kind,
    };
    (0..found.count).map(page).collect()
}

/// The chapter of a row: the last that began at it or before it. The appendix is in none.
fn chapter(report: &Report, row: usize) -> String {
    let rows = report.pages.get(..=row).unwrap_or_default();
    let begun = rows.iter().rev().find_map(|page| page.chapter.as_ref());
    begun.map_or_else(String::new, |(number, title)| format!("{number} {title}"))
}
