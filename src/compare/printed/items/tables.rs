//! Tables of any kind: the texts around them, their headings, and every cell.

use super::collector::{ItemCollector, ItemDraft};
use super::item::{ItemKey, NameId, TableKey};
use crate::compare::printed::spots::{DataTablePart, Spot};
use soukatsu_core::model::data_table::{DataTable, TableCell};
use soukatsu_core::problem::Place;

impl ItemCollector<'_> {
    pub fn table(&mut self, row: usize, table: &DataTable) {
        let id = self.ids.table(&table.number).to_owned();
        let draft = |key: TableKey, part: DataTablePart| ItemDraft {
            key: ItemKey::Table(id.clone(), key),
            spot: Spot::Table { number: table.number.clone(), part },
        };
        let text = |part: DataTablePart| draft(TableKey::Text(part.clone()), part);
        let set = |of: &Self, key: &str| of.setting_of("table", &table.place, key);
        let page = [row];
        let places = set(self, "title");
        self.add(&page, text(DataTablePart::Title), &table.title, places);
        if self.ids.shared_tables.contains(&id) {
            let places = set(self, "number");
            self.add(&page, text(DataTablePart::Number), &table.called(), places);
        }
        let places = set(self, "unit");
        self.add(&page, text(DataTablePart::Unit), &table.unit, places);
        let places = set(self, "state");
        self.state(&page, text(DataTablePart::DataState), table.state, places);
        self.table_headings(row, table, &id);
        self.table_rows(row, table, &id);
        let settings = [set(self, "columns"), set(self, "total")].concat();
        let basis = table.basis.join("。");
        self.add(&page, text(DataTablePart::Basis), &basis, settings);
        if table.is_rounded {
            let note = "※ 端数処理（四捨五入）の関係で、合計と内訳の計が一致しない場合がある";
            let cells = table.columns.iter().filter(|column| column.is_number);
            let cells = cells.flat_map(|column| &column.cells).flat_map(TableCell::cells).collect();
            if let Some(item) = self.add(&page, text(DataTablePart::RoundingNote), note, cells) {
                item.counted = true;
            }
        }
        let signs = table.signs_explained().unwrap_or_default();
        self.add(&page, text(DataTablePart::Signs), &signs, Vec::new());
        let places = set(self, "note");
        self.add(&page, text(DataTablePart::Note), &table.notes.join("　"), places);
        let places = set(self, "source");
        let source = table.source.as_deref().unwrap_or_default();
        self.add(&page, text(DataTablePart::Source), source, places);
        if let Some(alt) = &table.alt {
            let places = set(self, "alt");
            self.add(&page, text(DataTablePart::Alt), alt, places);
        }
    }

    fn table_headings(&mut self, row: usize, table: &DataTable, id: &str) {
        let columns = self.ids.table_columns.get(id);
        let column_id = |at: usize| columns.and_then(|ids| ids.get(at)).copied().unwrap_or(at);
        for (at, column) in table.columns.iter().enumerate() {
            let texts = column.cells.iter().map(TableCell::text).filter(|text| !text.is_empty());
            let texts: Vec<&str> = texts.collect();
            let text = format!("{}：{}", column.label, texts.join("、"));
            let draft = ItemDraft {
                key: ItemKey::Table(id.to_owned(), TableKey::Column(column_id(at))),
                spot: Spot::Table {
                    number: table.number.clone(),
                    part: DataTablePart::Column { name: column.label.clone() },
                },
            };
            let cells = self.setting_of("table", &table.place, "columns");
            self.add_name(&[row], draft, &text, cells, NameId::Matched(column_id(at)));
        }
        for heading in &table.headings {
            let unit = heading.unit.as_ref().map_or(String::new(), |unit| format!("（{unit}）"));
            let key = TableKey::Heading { column: column_id(heading.x), level: heading.y };
            let draft = ItemDraft {
                key: ItemKey::Table(id.to_owned(), key),
                spot: Spot::Table {
                    number: table.number.clone(),
                    part: DataTablePart::Heading { name: heading.text.clone() },
                },
            };
            let cells = match &heading.cell {
                Some(cell) => vec![cell.clone()],
                None => self.setting_of("table", &table.place, "columns"),
            };
            self.add(&[row], draft, &format!("{}{unit}", heading.text), cells);
        }
    }

    fn table_rows(&mut self, page: usize, table: &DataTable, id: &str) {
        let id_in = |ids: Option<&Vec<usize>>, at: usize| {
            ids.and_then(|ids| ids.get(at)).copied().unwrap_or(at)
        };
        let row_ids = self.ids.table_rows.get(id);
        let column_ids = self.ids.table_columns.get(id);
        let mut group = None;
        for (at, row) in table.rows.iter().enumerate() {
            let row_id = id_in(row_ids, at);
            let draft = |key: TableKey, part: DataTablePart| ItemDraft {
                key: ItemKey::Table(id.to_owned(), key),
                spot: Spot::Table { number: table.number.clone(), part },
            };
            if row.group != group
                && let Some((name, place)) = row.group.and_then(|at| table.groups.get(at))
            {
                let part = DataTablePart::Group { name: name.clone() };
                self.add(&[page], draft(TableKey::Group(row_id), part), name, vec![place.clone()]);
            }
            group = row.group;
            let cells = table.columns.iter().map(|column| &column.cells[at]);
            let texts: Vec<&str> =
                cells.clone().map(TableCell::text).filter(|text| !text.is_empty()).collect();
            let places: Vec<Place> = cells.flat_map(TableCell::cells).collect();
            let part = DataTablePart::Row { name: row.name.clone() };
            let whole = draft(TableKey::Row(row_id), part);
            self.add_name(&[page], whole, &texts.join("　"), places, NameId::Matched(row_id));
            for (index, column) in table.columns.iter().enumerate() {
                let cell = &column.cells[at];
                let key = TableKey::Cell { row: row_id, column: id_in(column_ids, index) };
                let part = match column.is_label {
                    true => DataTablePart::RowName { name: row.name.clone() },
                    false => {
                        DataTablePart::Value { row: row.name.clone(), column: column.label.clone() }
                    }
                };
                // A cell that becomes blank is another one; it has no text of its own.
                let text = match cell {
                    TableCell::Blank(_) if !column.is_label => "（空欄）",
                    cell => cell.text(),
                };
                if let Some(item) = self.add(&[page], draft(key, part), text, cell.cells()) {
                    item.counted = cell.is_computed();
                }
            }
        }
    }
}
