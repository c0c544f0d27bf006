//! Figures: the texts around and inside the drawing, and the table of their data in the appendix.

use std::collections::BTreeMap;

use super::collector::{ItemCollector, ItemDraft};
use super::item::{FigureKey, ItemKey};
use crate::compare::printed::spots::{FigurePart, Spot};
use soukatsu_core::model::figure::{Base, Figure};
use soukatsu_core::model::indicator::Indicator;
use soukatsu_core::model::quantity::grouped;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

/// The settings of a figure by which its texts are printed.
const SETTINGS: [&str; 15] = [
    "number",
    "title",
    "source",
    "note",
    "n",
    "state",
    "unit",
    "line-unit",
    "annotations",
    "target",
    "target-value",
    "baseline",
    "baseline-value",
    "table",
    "alt",
];

impl ItemCollector<'_> {
    pub fn figure(&mut self, row: usize, figure: &Figure) {
        let id = self.ids.figure(&figure.number).to_owned();
        let draft = |key: FigureKey, part: FigurePart| ItemDraft {
            key: ItemKey::Figure(id.clone(), key),
            spot: Spot::Figure { number: figure.number.clone(), part },
        };
        let text = |part: FigurePart| draft(FigureKey::Text(part.clone()), part);
        let set: BTreeMap<&str, Vec<Place>> = SETTINGS
            .into_iter()
            .map(|key| (key, self.setting_of("figure", &figure.place, key)))
            .collect();
        let set = |key: &str| set.get(key).cloned().unwrap_or_default();
        let page = [row];
        // The appendix is the row behind the page map.
        let appendix: &[usize] = &[self.report.pages.len()];
        let appendix = if figure.table { appendix } else { &[] };
        let both: Vec<usize> = page.iter().chain(appendix).copied().collect();
        self.add(&both, text(FigurePart::Title), &figure.title, set("title"));
        if self.ids.shared_figures.contains(&id) {
            let label = format!("図{}", figure.number);
            self.add(&both, text(FigurePart::Number), &label, set("number"));
        }
        let source = figure.source.as_deref().unwrap_or_default();
        self.add(&both, text(FigurePart::Source), source, set("source"));
        let notes = figure.notes.join("　");
        self.add(&both, text(FigurePart::Note), &notes, set("note"));
        let signs = figure.data.signs_explained().unwrap_or_default();
        self.add(&both, text(FigurePart::Signs), &signs, Vec::new());
        if let Base::Count(base) = &figure.base {
            let count = grouped((*base).into(), 0);
            self.add(&both, text(FigurePart::Base), &count, set("n"));
        }
        self.state(&both, text(FigurePart::DataState), figure.state, set("state"));
        if figure.is_rounded() {
            let values =
                figure.data.series.iter().flat_map(|series| series.values.iter().flatten());
            let cells = values.map(|value| value.place.clone()).collect();
            self.rounding(&both, text(FigurePart::RoundingNote), cells);
        }
        let indicator = self.indicator_of(figure);
        let forms = indicator.map(|indicator| self.forms(indicator)).unwrap_or_default();
        let unit = set("unit").into_iter().chain(forms.clone()).collect();
        self.add(&both, text(FigurePart::Unit), &figure.unit, unit);
        self.add(&both, text(FigurePart::LineUnit), &figure.line_unit, set("line-unit"));
        let notes = self.ids.annotations.get(&id);
        for (index, annotation) in figure.annotations.iter().enumerate() {
            let note = notes.and_then(|ids| ids.get(index)).copied().unwrap_or(index);
            let draft = draft(FigureKey::Annotation(note), FigurePart::Annotation);
            self.add(&page, draft, annotation.text(), set("annotations"));
        }
        for (line, key, part, header) in [
            (&figure.target, "target", FigurePart::Target, "目標値"),
            (&figure.baseline, "baseline", FigurePart::Baseline, "基準値"),
        ] {
            let Some(line) = line else { continue };
            let row = indicator.map(|indicator| &indicator.place);
            let cells = row.into_iter().flat_map(|row| {
                [header, "目標値の表記"]
                    .into_iter()
                    .filter_map(|header| self.cell_under(row, header))
            });
            let cells = cells.chain(forms.clone()).chain(set(key));
            let cells = cells.chain(set(&format!("{key}-value"))).collect();
            // The table of indicators is where people look for it first.
            if let Some(item) = self.add(&both, text(part), &line.label, cells) {
                item.counted = indicator.is_some();
            }
        }
        if figure.table {
            let table = text(FigurePart::AppendixTable);
            self.add(&both, table, "（データの表と、そのページへのリンク）", set("table"));
        }
        // What a table says when it comes or goes is not told again.
        let in_both = if self.ids.tables.contains(&id) { appendix } else { &[] };
        let dimension = text(FigurePart::AppendixHeading);
        self.add(in_both, dimension, &figure.data.dimension, Vec::new());
        if let Some(alt) = &figure.alt {
            self.add(&page, text(FigurePart::Alt), alt, set("alt"));
        }
        self.data(&page, appendix, figure);
    }

    /// Names and values, in the drawing and in the appendix.
    fn data(&mut self, page: &[usize], appendix: &[usize], figure: &Figure) {
        let figure_id = self.ids.figure(&figure.number).to_owned();
        let draft = |key: FigureKey, part: FigurePart| ItemDraft {
            key: ItemKey::Figure(figure_id.clone(), key),
            spot: Spot::Figure { number: figure.number.clone(), part },
        };
        let data = &figure.data;
        let both: Vec<usize> = page.iter().chain(appendix).copied().collect();
        let id = |ids: Option<&Vec<usize>>, index: usize| {
            ids.and_then(|ids| ids.get(index)).copied().unwrap_or(index)
        };
        let category_id = |index| id(self.ids.categories.get(&figure_id), index);
        let series_id = |index| id(self.ids.series.get(&figure_id), index);
        let single = data.series.len() == 1;
        let forms = self.indicator_of(figure).map(|indicator| self.forms(indicator));
        let forms = forms.unwrap_or_default();
        let totals = self.drawings.totals(figure);
        let (mut found, mut sums) = (Vec::new(), Vec::new());
        for (index, name) in data.categories.iter().enumerate() {
            let mut values =
                data.series.iter().filter_map(|series| series.values.get(index)?.as_ref());
            let cells: Vec<Place> =
                values.next().into_iter().map(|value| self.first_cell(&value.place)).collect();
            let category = draft(FigureKey::Category(category_id(index)), FigurePart::CategoryName);
            found.push((&both[..], category, name.clone(), cells));
            if let Some(Some(total)) = totals.get(index) {
                let stack = data.series.iter().filter_map(|series| series.values.get(index));
                let cells = stack.flatten().map(|value| value.place.clone()).collect();
                let part = FigurePart::Total { category: name.clone() };
                sums.push((
                    draft(FigureKey::Total(category_id(index)), part),
                    total.clone(),
                    cells,
                ));
            }
        }
        for (index, series) in data.series.iter().enumerate() {
            // The drawing of a single series does not name it.
            let in_both = self.ids.tables.contains(&figure_id);
            let rows = match single {
                true if in_both => appendix,
                true => &[],
                false => &both,
            };
            let name = draft(FigureKey::Series(series_id(index)), FigurePart::SeriesName);
            found.push((rows, name, series.name.clone(), Vec::new()));
            for (at, value) in series.values.iter().enumerate() {
                let (Some(value), Some(category)) = (value, data.categories.get(at)) else {
                    continue;
                };
                let key = FigureKey::Value { series: series_id(index), category: category_id(at) };
                let named = (!single).then(|| series.name.clone());
                let part = FigurePart::Value { category: category.clone(), series: named };
                let on_line = figure.line_series == Some(index);
                let unit = if on_line { &figure.line_unit } else { &figure.unit };
                let printed = self.drawings.printed(figure, &value.text, unit);
                // What is neither in the drawing nor in a table is only part of the picture.
                let rows = if printed.is_none() { appendix } else { &both };
                let text = printed.unwrap_or_else(|| value.text.clone());
                let cells = [value.place.clone()].into_iter().chain(forms.clone()).collect();
                found.push((rows, draft(key, part), text, cells));
            }
        }
        for (rows, draft, text, cells) in found {
            self.add(rows, draft, &text, cells);
        }
        for (draft, text, cells) in sums {
            if let Some(item) = self.add(page, draft, &text, cells) {
                item.counted = true;
            }
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

impl<'a> ItemCollector<'a> {
    /// The indicator whose values a figure draws.
    fn indicator_of(&self, figure: &Figure) -> Option<&'a Indicator> {
        let set = self.setting_of("figure", &figure.place, "indicator");
        let name = self.settings().find(|row| set.contains(row.place(1)))?.text(1).to_owned();
        let report: &'a Report = self.report;
        let mut rows = report.indicators.rows.iter();
        rows.find(|row| row.answers_to(&name))
    }
}
