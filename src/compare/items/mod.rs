//! Everything that tables, charts, lists and headings print of the model, each with a key by
//! which two editions are compared and a name by which the 正誤表 calls its place.

mod figures;
mod initiatives;
mod pages;
mod tables;
mod wholes;

use std::collections::BTreeMap;

use super::drawings::Drawings;
use super::identity::Identities;
use soukatsu_core::model::call::Call;
use soukatsu_core::model::figure::{DataState, Figure};
use soukatsu_core::model::grid::GridRow;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

pub(super) use wholes::{Whole, whole};

/// The settings of the report among its tables.
const MANIFEST: &str = "report.toml";

/// What kind of thing prints an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Title, date and the like, and headings.
    Heading,
    IndicatorTable,
    Figure,
    /// The alternative text of a figure: it is heard and not seen.
    FigureAlt,
    Initiative,
    StatusTable,
}

/// A printed text that comes from the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub kind: ItemKind,
    /// Where it stands, in words: `指標表「市民満足度」のR6`.
    pub spot: String,
    pub text: String,
    /// What it stands for, when a new name of that is told elsewhere: compared instead of the
    /// text.
    pub means: Option<String>,
    /// The cells it rests on.
    pub cells: Vec<Place>,
    /// Where the prose says it, when it does.
    pub place: Option<Place>,
    /// The rows of the page map that print it.
    pub rows: Vec<usize>,
    /// Whether it is only counted, added up or otherwise made from its cells.
    pub counted: bool,
}

impl Item {
    /// Whether it prints the same as in another edition.
    pub fn is_same(&self, other: &Item) -> bool {
        match (&self.means, &other.means) {
            (Some(one), Some(two)) => one == two,
            _ => self.text == other.text,
        }
    }
}

/// The items in the order of the pages, by a key that is the same in both editions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    order: Vec<String>,
    by_key: BTreeMap<String, Item>,
}

impl Items {
    /// The keys in the order of the pages.
    pub fn keys(&self) -> &[String] {
        &self.order
    }

    /// The item of a key.
    pub fn get(&self, key: &str) -> Option<&Item> {
        self.by_key.get(key)
    }
}

/// The items of a report.
pub(super) fn items(report: &Report, ids: &Identities, drawings: &Drawings) -> Items {
    let mut list = List { report, ids, drawings, items: Items::default() };
    list.front_matter();
    for (row, page) in report.pages.iter().enumerate() {
        list.headings(row, page);
        let Some(prose) = page.prose.and_then(|index| report.prose.get(index)) else { continue };
        for call in &prose.calls {
            list.block(row, call);
        }
    }
    list.items
}

/// The figures that a block of the prose places.
pub(super) fn placed<'a>(report: &'a Report, call: &'a Call) -> Vec<&'a Figure> {
    match call.name.as_str() {
        "図" | "図並び" => names(call).filter_map(|name| report.figure(name)).collect(),
        _ => Vec::new(),
    }
}

fn names(call: &Call) -> impl Iterator<Item = &str> {
    let unnamed = call.arguments.iter().filter(|argument| argument.name.is_none());
    unnamed.filter_map(|argument| argument.literal())
}

struct List<'a> {
    report: &'a Report,
    ids: &'a Identities,
    drawings: &'a Drawings,
    items: Items,
}

/// What is known of an item before it is known to be printed.
struct Draft {
    key: String,
    kind: ItemKind,
    spot: String,
}

impl List<'_> {
    /// Adds a text that is printed on some rows; what stands on several pages is one item.
    fn add(
        &mut self,
        rows: &[usize],
        draft: Draft,
        text: &str,
        cells: Vec<Place>,
    ) -> Option<&mut Item> {
        if text.is_empty() || rows.is_empty() {
            return None;
        }
        let Draft { key, kind, spot } = draft;
        let item = self.items.by_key.entry(key.clone()).or_insert_with(|| {
            self.items.order.push(key);
            Item {
                kind,
                spot,
                text: text.to_owned(),
                means: None,
                cells,
                place: None,
                rows: Vec::new(),
                counted: kind == ItemKind::StatusTable,
            }
        });
        for row in rows {
            if !item.rows.contains(row) {
                item.rows.push(*row);
            }
        }
        Some(item)
    }

    fn block(&mut self, row: usize, call: &Call) {
        let report = self.report;
        match call.name.as_str() {
            "指標表" => {
                let listed = |name: &str| {
                    let mut rows = report.indicators.rows.iter();
                    rows.position(|row| row.name == name || row.short == name)
                };
                let indices: Vec<usize> = names(call).filter_map(listed).collect();
                self.indicator_table(row, &indices);
            }
            "取組" => {
                for number in names(call).filter_map(|name| name.parse::<u32>().ok()) {
                    let found = report.initiatives.iter().find(|item| item.number == number);
                    if let Some(initiative) = found {
                        self.initiative(row, initiative);
                    }
                }
            }
            "実施状況の一覧" => self.initiative_list(row),
            "実施状況の集計" => self.status_table(row, call),
            _ => {
                for figure in placed(report, call) {
                    self.figure(row, figure);
                }
            }
        }
    }

    /// The mark of data that is not final; `set`: where report.toml says so.
    fn state(&mut self, rows: &[usize], draft: Draft, state: DataState, set: Vec<Place>) {
        let mark = match state {
            DataState::Confirmed => return,
            DataState::Preliminary => "速報値",
            DataState::Provisional => "仮データ",
        };
        self.add(rows, draft, mark, set);
    }

    /// Where report.toml says something: `report.date`.
    fn setting(&self, key: &str) -> Vec<Place> {
        let settings = self.settings().filter(|row| row.text(0) == key);
        settings.map(|row| row.place(1).clone()).collect()
    }

    /// Where an entry of a list of report.toml says something. `entry`: where the entry begins;
    /// `key`: a text, or a list of tables of its own.
    fn setting_of(&self, list: &str, entry: &Place, key: &str) -> Vec<Place> {
        let start = format!("{list}「");
        let own = |row: &&GridRow| row.text(0).starts_with(&start) && row.place.line >= entry.line;
        let Some(first) = self.settings().find(own) else { return Vec::new() };
        let name = first.text(0).split_once("」.").map_or("", |(name, _)| name);
        let (whole, below) = (format!("{name}」.{key}"), format!("{name}」.{key}「"));
        let named =
            |row: &&GridRow| row.text(0) == whole || row.text(0).starts_with(below.as_str());
        self.settings().filter(named).map(|row| row.place(1).clone()).collect()
    }

    fn settings(&self) -> impl Iterator<Item = &GridRow> {
        self.report.grids.get(MANIFEST).into_iter().flat_map(|grid| &grid.rows)
    }

    /// The note under parts that do not add up to 100, made from some cells.
    fn rounding(&mut self, rows: &[usize], draft: Draft, cells: Vec<Place>) {
        let note = "※ 端数処理（四捨五入）の関係で、合計が100%にならない場合がある";
        if let Some(item) = self.add(rows, draft, note, cells) {
            item.counted = true;
        }
    }

    /// The cell under a header in the row of a table that stands at a place; the row, where the
    /// table has no such column.
    fn cell(&self, row: &Place, header: &str) -> Place {
        self.cell_under(row, header).unwrap_or_else(|| row.clone())
    }

    fn cell_under(&self, row: &Place, header: &str) -> Option<Place> {
        let table = match &row.sheet {
            Some(sheet) => format!("{} {sheet}", row.file),
            None => row.file.to_string(),
        };
        let grid = self.report.grids.get(&table)?;
        let column = grid.header.iter().position(|name| name == header)?;
        let cells = grid.rows.iter().find(|cells| cells.place.line == row.line)?;
        Some(cells.place(column).clone())
    }
}
