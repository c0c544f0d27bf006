//! The whole report: its front matter, the order of its pages, its data, its prose.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::call::{Call, Paragraph};
use super::constant::Constant;
use super::contact::Contact;
use super::data_table::DataTable;
use super::date::Date;
use super::figure::{DataState, Figure};
use super::grid::Grid;
use super::indicator::Indicators;
use super::initiative::{Initiative, Pillar};
use super::layout::Layout;
use super::name::name_key;
use super::official::Official;
use super::source::Sources;
use super::style::Style;
use crate::problem::Place;

/// What a page row is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageKind {
    Cover,
    Contents,
    #[default]
    Body,
    /// A side on which nothing is printed.
    Blank,
}

/// The paper of a row's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageFormat {
    /// As the template has it: A4, upright.
    #[default]
    Upright,
    /// The same paper on its side.
    Landscape,
    /// A3 on its side: as high as the other pages and twice as wide, a sheet of its own that is
    /// folded in (折込み).
    FoldOut,
}

impl PageFormat {
    /// The word for it that a template reads.
    pub fn name(self) -> &'static str {
        match self {
            PageFormat::Upright => "upright",
            PageFormat::Landscape => "landscape",
            PageFormat::FoldOut => "fold-out",
        }
    }
}

/// How the report is given out on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Print {
    /// On both sides.
    pub duplex: bool,
    /// Every chapter begins on a right-hand page.
    pub chapters_right: bool,
}

/// What a row asks of the sheets it is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides {
    /// It begins on a right-hand page: the front of a sheet.
    pub right: bool,
    /// Nothing is printed on the back of its last page.
    pub blank_back: bool,
}

/// One row of the page map.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRow {
    pub kind: PageKind,
    /// The chapter that starts here: its number and title.
    pub chapter: Option<(usize, String)>,
    pub title: String,
    pub running: String,
    pub pillar: Option<String>,
    pub measure: Option<String>,
    /// Numbers of initiatives of other measures that stand here on purpose.
    pub also: Vec<u32>,
    /// Index into [`Report::prose`].
    pub prose: Option<usize>,
    /// At most so many pages.
    pub pages: usize,
    pub sides: Sides,
    pub format: PageFormat,
    pub place: Place,
}

impl PageRow {
    /// What the page is about: its measure, else its pillar and title, else its title.
    pub fn name(&self) -> String {
        match (&self.measure, &self.pillar) {
            (Some(measure), _) => measure.clone(),
            (None, Some(pillar)) => format!("{pillar} {}", self.title),
            (None, None) => self.title.clone(),
        }
    }
}

/// One prose file, as it stands on the disk, and what was found in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prose {
    pub file: String,
    pub text: String,
    /// It could not be read or parsed; that is a problem already, and nothing more is said of it.
    pub broken: bool,
    /// In the order of the file; arguments of calls follow the call around them.
    pub calls: Vec<Call>,
    pub paragraphs: Vec<Paragraph>,
    /// Names that the file defines for itself: `#let`, parameters, loops, imports.
    pub own_names: BTreeSet<String>,
    /// It imports all names of another module, which only Typst knows.
    pub has_unknown_names: bool,
    /// Names of calls that stand without their brackets.
    pub bare_names: Vec<(String, Place)>,
    /// Depths of its headings, in order: `=` and initiatives 1, `==` and items 2, …
    pub headings: Vec<(usize, Place)>,
    /// Numbers of the figures cited as 【図n】.
    pub citations: Vec<(String, Place)>,
    /// Numbers of the tables cited as 【表n】.
    pub table_citations: Vec<(String, Place)>,
}

impl Prose {
    /// The numbers of the figures that it puts on its page, each with where it does so.
    pub fn placed_figures(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.calls.iter().flat_map(Call::placed_figures)
    }

    /// The same for tables.
    pub fn placed_tables(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.calls.iter().flat_map(Call::placed_tables)
    }
}

/// A data set of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataSet {
    Pillars,
    Indicators,
    Initiatives,
    Figures,
    Tables,
    Constants,
}

/// The typed report.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub title_lines: Vec<String>,
    pub status: String,
    pub author: String,
    pub council: String,
    pub date: Date,
    pub contact: Contact,
    /// The name of this version: 第2版.
    pub edition: Option<String>,
    pub template: String,
    /// Where report.toml names it, when it does.
    pub template_place: Option<Place>,
    pub pages: Vec<PageRow>,
    pub pillars: Vec<Pillar>,
    pub indicators: Indicators,
    pub indicators_state: DataState,
    pub initiatives: Vec<Initiative>,
    pub initiatives_state: DataState,
    pub figures: Vec<Figure>,
    pub tables: Vec<DataTable>,
    pub constants: Vec<Constant>,
    pub style: Style,
    pub layout: Layout,
    pub official: Official,
    pub print: Print,
    pub prose: Vec<Prose>,
    /// Data sets with faults: what is missing from them is no fault of its own.
    pub incomplete: BTreeSet<DataSet>,
    /// Every text that reaches the page, with its place, for the check of characters.
    pub texts: Vec<(String, Place)>,
    /// The files of the report folder, as they were read.
    pub sources: Sources,
    /// The tables among them, by file or by file and sheet (`kpi.xlsx 指標`).
    pub grids: BTreeMap<String, Grid>,
}

impl Report {
    /// How many levels of headings もくじ prints: chapters and what they are divided into, or chapters
    /// alone where both would not fit on its page.
    pub fn contents_depth(&self) -> usize {
        let chapters = self.pages.iter().filter(|page| page.chapter.is_some()).count();
        let parts = (0..self.pages.len()).filter(|row| self.is_part(*row)).count();
        let room = 380.0 / self.layout.text_size.points();
        if (2 * chapters + parts) as f64 <= room { 2 } else { 1 }
    }

    /// Whether a page row begins a part of its chapter: a pillar that is not the one before, or a page
    /// without one.
    pub fn is_part(&self, row: usize) -> bool {
        let Some(page) = self.pages.get(row).filter(|page| page.kind == PageKind::Body) else {
            return false;
        };
        let before = self.pages[..row].iter().rev().find_map(|page| page.pillar.as_ref());
        page.pillar.is_none() || page.pillar.as_ref() != before
    }

    /// The title in one line, without its status.
    pub fn title(&self) -> String {
        self.title_lines.concat()
    }

    /// The title with its status: `…総括（案）`.
    pub fn full_title(&self) -> String {
        if self.status.is_empty() {
            self.title()
        } else {
            format!("{}（{}）", self.title(), self.status)
        }
    }

    /// The figure with this number, with or without 図 in front of it.
    pub fn figure(&self, number: &str) -> Option<&Figure> {
        let key = name_key(number);
        let number = key.strip_prefix('図').unwrap_or(&key);
        self.figures.iter().find(|figure| figure.number == number)
    }

    /// The table with this number, with or without 表 in front of it.
    pub fn table(&self, number: &str) -> Option<&DataTable> {
        let key = name_key(number);
        let number = key.strip_prefix('表').unwrap_or(&key);
        self.tables.iter().find(|table| table.number == number)
    }

    /// The paper on which the prose places a figure.
    pub fn format_of_figure(&self, number: &str) -> PageFormat {
        let places = |prose: &Prose| {
            prose.placed_figures().any(|(name, _)| {
                let key = name_key(name);
                key.strip_prefix('図').unwrap_or(&key) == number
            })
        };
        let wide = self.pages.iter().filter(|row| row.format != PageFormat::Upright);
        let placed = |row: &&PageRow| row.prose.is_some_and(|index| places(&self.prose[index]));
        wide.filter(placed).map(|row| row.format).next().unwrap_or_default()
    }

    /// Every figure once, with those that the prose puts beside it, in the order of the pages.
    ///
    /// Where a figure is placed again the first place counts; one without a place is alone.
    pub fn figure_rows(&self) -> Vec<Vec<&Figure>> {
        let mut placed: BTreeSet<&str> = BTreeSet::new();
        let mut rows = Vec::new();
        let calls = self.prose.iter().flat_map(|prose| &prose.calls);
        let known: HashMap<&str, &Figure> =
            self.figures.iter().rev().map(|figure| (figure.number.as_str(), figure)).collect();
        for call in calls {
            let named = call
                .placed_figures()
                .filter_map(|(number, _)| known.get(&*name_key(number)).copied());
            rows.push(named.filter(|figure| placed.insert(&figure.number)).collect::<Vec<_>>());
        }
        let rest = self.figures.iter().filter(|figure| !placed.contains(figure.number.as_str()));
        let rest: Vec<Vec<&Figure>> = rest.map(|figure| vec![figure]).collect();
        rows.extend(rest);
        rows.retain(|row| !row.is_empty());
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::call::{Argument, Expr};
    use crate::model::figure::{ChartKind, FigureData};

    fn call(name: &str, figures: &[&str]) -> Call {
        let argument = |text: &&str| Argument {
            name: None,
            value: Expr::Text((*text).to_owned()),
            place: Place::file("prose/a.typ"),
        };
        Call {
            name: name.into(),
            arguments: figures.iter().map(argument).collect(),
            place: Place::file("prose/a.typ"),
            range: 0..0,
            nested: false,
        }
    }

    fn figure(number: &str) -> Figure {
        Figure::bare(number, ChartKind::Columns, FigureData::default())
    }

    fn rows(calls: Vec<Call>) -> Vec<Vec<String>> {
        let prose = Prose { calls, ..Prose::default() };
        let figures = ["1", "2", "3", "6-1"].map(figure).to_vec();
        let report = Report { figures, prose: vec![prose], ..Report::default() };
        let numbers = |row: Vec<&Figure>| row.iter().map(|figure| figure.number.clone()).collect();
        report.figure_rows().into_iter().map(numbers).collect()
    }

    #[test]
    fn figures_stand_in_rows_as_the_prose_puts_them() {
        let calls = vec![call("図並び", &["図1", "6-1"]), call("値", &["図2"]), call("図", &["3"])];
        assert_eq!(rows(calls), [vec!["1", "6-1"], vec!["3"], vec!["2"]]);
    }

    #[test]
    fn the_first_place_of_a_figure_counts_and_unknown_ones_do_not() {
        let calls = vec![call("図", &["図1"]), call("図並び", &["1", "9", "2", "2"])];
        assert_eq!(rows(calls), [vec!["1"], vec!["2"], vec!["3"], vec!["6-1"]]);
    }
}
