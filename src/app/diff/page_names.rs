//! What people call a page: its number, or what it is, or its place in the stack.

use crate::compare::paper::{PageAt, Sheet};
use crate::compile::RowPages;
use soukatsu_core::model::report::{PageKind, Report};

/// The names of the pages without a number, where the page map gives them one.
#[derive(Debug, Clone, Default)]
pub struct PageNames {
    /// By physical page, from 0.
    names: Vec<Option<String>>,
}

impl PageNames {
    /// The names from a report and where the rows of its page map came to stand.
    pub fn of(report: &Report, rows: &[RowPages]) -> Self {
        let mut names = Vec::new();
        for row in rows {
            let name = match report.pages.get(row.row).map(|page| page.kind) {
                Some(PageKind::Cover) => "表紙",
                Some(PageKind::Contents) => "もくじ",
                _ => continue,
            };
            for page in 0..row.count {
                let at = row.first + page;
                if names.len() <= at {
                    names.resize(at + 1, None);
                }
                names[at] = Some(match row.count {
                    1 => name.to_owned(),
                    _ => format!("{name}の{}枚目", page + 1),
                });
            }
        }
        PageNames { names }
    }

    /// Takes the names of the same pages in another edition, where none are known here.
    pub fn learn(&mut self, other: &PageNames) {
        if self.names.is_empty() {
            self.names.clone_from(&other.names);
        }
    }

    /// `3ページ`, `表紙`, `前から3枚目`.
    pub fn page(&self, at: &PageAt) -> String {
        let known = || self.names.get(at.physical.checked_sub(1)?)?.clone();
        match &at.printed {
            Some(number) => format!("{number}ページ"),
            None => known().unwrap_or_else(|| format!("前から{}枚目", at.physical)),
        }
    }

    /// `2枚目（1ページ・2ページ）`.
    pub fn sheet(&self, sheet: &Sheet) -> String {
        let names: Vec<String> = sheet.sides().map(|side| self.page(&side.page())).collect();
        format!("{}枚目（{}）", sheet.number, names.join("・"))
    }

    /// `表紙、3ページ、20〜21ページ`.
    pub fn pages(&self, pages: impl Iterator<Item = PageAt>) -> String {
        let mut runs: Vec<[PageAt; 2]> = Vec::new();
        for page in pages {
            match runs.last_mut() {
                Some([_, last]) if goes_on(last, &page) => *last = page,
                _ => runs.push([page.clone(), page]),
            }
        }
        let names = runs.iter().map(|[first, last]| match (&first.printed, &last.printed) {
            (Some(from), Some(to)) if from != to => format!("{from}〜{to}ページ"),
            _ => self.page(first),
        });
        names.collect::<Vec<_>>().join("、")
    }
}

/// Whether the number of a page follows that of the one before it.
fn goes_on(last: &PageAt, next: &PageAt) -> bool {
    let number = |page: &PageAt| page.printed.as_ref()?.parse::<usize>().ok();
    last.physical + 1 == next.physical
        && number(last).zip(number(next)).is_some_and(|(last, next)| last + 1 == next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use soukatsu_core::model::report::{PageFormat, PageRow, Sides};
    use soukatsu_core::problem::Place;

    fn names(rows: &[(PageKind, usize)]) -> Vec<String> {
        let page = |kind| PageRow {
            kind,
            chapter: None,
            title: String::new(),
            running: String::new(),
            pillar: None,
            measure: None,
            also: Vec::new(),
            prose: None,
            pages: 1,
            sides: Sides::default(),
            format: PageFormat::default(),
            place: Place::file("report.toml"),
        };
        let pages = rows.iter().map(|(kind, _)| page(*kind)).collect();
        let report = Report { pages, ..Report::default() };
        let mut first = 0;
        let rows: Vec<RowPages> = rows
            .iter()
            .enumerate()
            .map(|(row, (_, count))| {
                first += count;
                RowPages { row, first: first - count, count: *count, printed: None }
            })
            .collect();
        let names = PageNames::of(&report, &rows);
        (1..=first).map(|physical| names.page(&PageAt { physical, printed: None })).collect()
    }

    #[test]
    fn pages_without_a_number_are_called_what_they_are() {
        let rows = [(PageKind::Cover, 1), (PageKind::Contents, 2), (PageKind::Body, 1)];
        assert_eq!(names(&rows), ["表紙", "もくじの1枚目", "もくじの2枚目", "前から4枚目"]);
    }

    #[test]
    fn pages_in_a_row_are_told_as_one() {
        let page = |(physical, printed): (usize, Option<&str>)| PageAt {
            physical,
            printed: printed.map(str::to_owned),
        };
        let told = |pages: &[(usize, Option<&str>)]| {
            PageNames::default().pages(pages.iter().copied().map(page))
        };
        let pages = [(1, None), (5, Some("3")), (22, Some("20")), (23, Some("21"))];
        assert_eq!(told(&pages), "前から1枚目、3ページ、20〜21ページ");
        assert_eq!(told(&[(4, Some("ii")), (5, Some("iii"))]), "iiページ、iiiページ");
        assert_eq!(told(&[]), "");
    }

    #[test]
    fn without_a_page_map_pages_are_counted() {
        let unknown = PageNames::default();
        assert_eq!(unknown.page(&PageAt { physical: 2, printed: None }), "前から2枚目");
        assert_eq!(unknown.page(&PageAt { physical: 5, printed: Some("3".into()) }), "3ページ");
    }
}
