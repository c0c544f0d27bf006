//! Gathers the printed items of a report, and finds the cells and settings that they rest on.

use super::item::{Item, ItemKey, Items, NameId};
use crate::compare::data::{MANIFEST, MatchedIds, SettingKey, table_at};
use crate::compare::printed::figure_drawings::FigureDrawings;
use crate::compare::printed::spots::{PrintedKind, Spot};
use soukatsu_core::model::figure::DataState;
use soukatsu_core::model::grid::GridRow;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

/// The items of a report while they are gathered.
pub struct ItemCollector<'a> {
    pub report: &'a Report,
    pub ids: &'a MatchedIds,
    pub drawings: &'a FigureDrawings,
    pub items: Items,
}

/// What is known of an item before it is known to be printed.
pub struct ItemDraft {
    pub key: ItemKey,
    pub spot: Spot,
}

impl ItemCollector<'_> {
    /// Adds a text that is printed on some rows; what stands on several pages is one item.
    pub fn add(
        &mut self,
        rows: &[usize],
        draft: ItemDraft,
        text: &str,
        cells: Vec<Place>,
    ) -> Option<&mut Item> {
        if text.is_empty() || rows.is_empty() {
            return None;
        }
        let ItemDraft { key, spot } = draft;
        let item = self.items.get_or_add(key, || Item {
            counted: spot.kind() == PrintedKind::StatusTable,
            spot,
            text: text.to_owned(),
            means: None,
            cells,
            place: None,
            rows: Vec::new(),
        });
        for row in rows {
            if !item.rows.contains(row) {
                item.rows.push(*row);
            }
        }
        Some(item)
    }

    /// Adds the name of something else, whose new name is told where that stands: the item is
    /// another one only when it stands for something else.
    pub fn add_name(
        &mut self,
        rows: &[usize],
        draft: ItemDraft,
        text: &str,
        cells: Vec<Place>,
        means: NameId,
    ) {
        if let Some(item) = self.add(rows, draft, text, cells) {
            item.means = Some(means);
        }
    }

    /// The mark of data that is not final; `set`: where report.toml says so.
    pub fn state(&mut self, rows: &[usize], draft: ItemDraft, state: DataState, set: Vec<Place>) {
        let mark = match state {
            DataState::Confirmed => return,
            DataState::Preliminary => "速報値",
            DataState::Provisional => "仮データ",
        };
        self.add(rows, draft, mark, set);
    }

    /// The note under parts that do not add up to 100, made from some cells.
    pub fn rounding(&mut self, rows: &[usize], draft: ItemDraft, cells: Vec<Place>) {
        let note = "※ 端数処理（四捨五入）の関係で、合計が100%にならない場合がある";
        if let Some(item) = self.add(rows, draft, note, cells) {
            item.counted = true;
        }
    }

    /// Where report.toml says something: `report.date`.
    pub fn setting(&self, key: &str) -> Vec<Place> {
        let settings = self.settings().filter(|row| row.text(0) == key);
        settings.map(|row| row.place(1).clone()).collect()
    }

    /// Where an entry of a list of report.toml says something. `entry`: where the entry begins;
    /// `key`: a text, or a list of tables of its own.
    pub fn setting_of(&self, list: &str, entry: &Place, key: &str) -> Vec<Place> {
        let own = |row: &&GridRow| {
            SettingKey(row.text(0)).is_in_list(list) && row.place.line >= entry.line
        };
        let first = self.settings().find(own).and_then(|row| SettingKey(row.text(0)).entry());
        let Some(entry) = first else { return Vec::new() };
        let named = |row: &&GridRow| SettingKey(row.text(0)).sets(entry, key);
        self.settings().filter(named).map(|row| row.place(1).clone()).collect()
    }

    /// The rows of report.toml.
    pub fn settings(&self) -> impl Iterator<Item = &GridRow> {
        self.report.grids.get(MANIFEST).into_iter().flat_map(|grid| &grid.rows)
    }

    /// The cell under a header in the row of a table that stands at a place; the row, where the
    /// table has no such column.
    pub fn cell(&self, row: &Place, header: &str) -> Place {
        self.cell_under(row, header).unwrap_or_else(|| row.clone())
    }

    /// The same; `None` where the table has no such column.
    pub fn cell_under(&self, row: &Place, header: &str) -> Option<Place> {
        let grid = self.report.grids.get(&table_at(row))?;
        let column = grid.header.iter().position(|name| name == header)?;
        let cells = grid.rows.iter().find(|cells| cells.place.line == row.line)?;
        Some(cells.place(column).clone())
    }

    /// What the name of a pillar stands for in both editions.
    pub fn pillar_id(&self, name: &str) -> NameId {
        let index = self.report.pillars.iter().position(|pillar| pillar.name == name);
        match index.and_then(|index| self.ids.pillars.get(index)) {
            Some(id) => NameId::Matched(*id),
            None => NameId::Unknown(name.to_owned()),
        }
    }

    /// What the name of a measure stands for in both editions.
    pub fn measure_id(&self, name: &str) -> NameId {
        match self.ids.measures.get(name) {
            Some(id) => NameId::Matched(*id),
            None => NameId::Unknown(name.to_owned()),
        }
    }
}
