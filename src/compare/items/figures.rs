//! Figures: the texts around and inside the drawing, and the table of their data in the appendix.

use super::{Draft, ItemKind, List};
use crate::model::figure::{Base, Figure};
use crate::model::quantity::grouped;
use crate::problem::Place;

impl List<'_> {
    pub(super) fn figure(&mut self, row: usize, figure: &Figure) {
        let number = &figure.number;
        let draft = |key: &str, what: &str| Draft {
            key: format!("figure {number} {key}"),
            kind: ItemKind::Figure,
            spot: format!("図{number}の{what}"),
        };
        let manifest = || vec![figure.place.clone()];
        let page = [row];
        // The appendix is the row behind the page map.
        let appendix: &[usize] = &[self.report.pages.len()];
        let appendix = if figure.table { appendix } else { &[] };
        let both: Vec<usize> = page.iter().chain(appendix).copied().collect();
        self.add(&both, draft("title", "題名"), &figure.title, manifest());
        let source = figure.source.as_deref().unwrap_or_default();
        self.add(&both, draft("source", "資料"), source, manifest());
        if let Base::Count(base) = &figure.base {
            let count = grouped((*base).into(), 0);
            self.add(&both, draft("base", "回答者の数"), &count, manifest());
        }
        let setting = format!("figure「{number}」.state");
        self.state(&both, draft("state", "注記"), figure.state, &setting);
        if figure.is_rounded() {
            let values =
                figure.data.series.iter().flat_map(|series| series.values.iter().flatten());
            let cells = values.map(|value| value.place.clone()).collect();
            self.rounding(&both, draft("rounding", "下の注"), cells);
        }
        self.add(&both, draft("unit", "単位"), &figure.unit, manifest());
        self.add(&both, draft("line unit", "折れ線の単位"), &figure.line_unit, manifest());
        for (index, annotation) in figure.annotations.iter().enumerate() {
            let draft = draft(&format!("annotation {index}"), "中の注記");
            self.add(&page, draft, annotation.text(), manifest());
        }
        for (line, key, what) in
            [(&figure.target, "target", "目標値"), (&figure.baseline, "baseline", "基準値")]
        {
            if let Some(line) = line {
                self.add(&both, draft(key, what), &line.label, manifest());
            }
        }
        if figure.table {
            let table = draft("table", "付録の表");
            self.add(&both, table, "（データの表と、そのページへのリンク）", manifest());
        }
        // What a table says when it comes or goes is not told again.
        let told = if self.ids.tables.contains(number) { appendix } else { &[] };
        let dimension = draft("dimension", "付録の表の見出し");
        self.add(told, dimension, &figure.data.dimension, Vec::new());
        if let Some(alt) = &figure.alt {
            let draft = Draft { kind: ItemKind::FigureAlt, ..draft("alt", "代替テキスト") };
            self.add(&page, draft, alt, manifest());
        }
        self.data(&page, appendix, figure);
    }

    /// Names and values, in the drawing and in the appendix.
    fn data(&mut self, page: &[usize], appendix: &[usize], figure: &Figure) {
        let number = &figure.number;
        let draft = |key: String, what: String| Draft {
            key: format!("figure {number} {key}"),
            kind: ItemKind::Figure,
            spot: format!("図{number}{what}"),
        };
        let data = &figure.data;
        let both: Vec<usize> = page.iter().chain(appendix).copied().collect();
        let id = |ids: Option<&Vec<usize>>, index: usize| {
            ids.and_then(|ids| ids.get(index)).copied().unwrap_or(index)
        };
        let category_id = |index| id(self.ids.categories.get(number), index);
        let series_id = |index| id(self.ids.series.get(number), index);
        let single = data.series.len() == 1;
        let mut found = Vec::new();
        for (index, name) in data.categories.iter().enumerate() {
            let mut values =
                data.series.iter().filter_map(|series| series.values.get(index)?.as_ref());
            let cells: Vec<Place> =
                values.next().into_iter().map(|value| self.first_cell(&value.place)).collect();
            let draft = draft(format!("category {}", category_id(index)), "の項目名".into());
            found.push((&both[..], draft, name.as_str(), cells));
        }
        for (index, series) in data.series.iter().enumerate() {
            // The drawing of a single series does not name it.
            let told = self.ids.tables.contains(number);
            let rows = match single {
                true if told => appendix,
                true => &[],
                false => &both,
            };
            let name = draft(format!("series {}", series_id(index)), "の系列名".into());
            found.push((rows, name, series.name.as_str(), Vec::new()));
            for (at, value) in series.values.iter().enumerate() {
                let (Some(value), Some(category)) = (value, data.categories.get(at)) else {
                    continue;
                };
                let key = format!("value {} {}", series_id(index), category_id(at));
                let what = match single {
                    true => format!("の「{category}」"),
                    false => format!("の「{category}」の「{}」", series.name),
                };
                let cells = vec![value.place.clone()];
                found.push((&both[..], draft(key, what), value.text.as_str(), cells));
            }
        }
        for (rows, draft, text, cells) in found {
            self.add(rows, draft, text, cells);
        }
    }

    /// The first cell of the row in which a cell stands: what names it.
    fn first_cell(&self, cell: &Place) -> Place {
        let tables = self.report.grids.values();
        let mut rows = tables.flat_map(|grid| &grid.rows);
        let found = rows.find(|row| row.cells.iter().any(|(_, place)| place == cell));
        found.map_or_else(|| cell.clone(), |row| row.place(0).clone())
    }
}
