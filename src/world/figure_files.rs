//! Figures as virtual JSON files: one a figure, and one a table of the appendix.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::phrase_widths::phrases;
use super::template::TemplateSettings;
use super::virtual_file::{VirtualFile, file};
use soukatsu_chart::{Drawing, Frame};
use soukatsu_core::model::figure::{Base, Figure, FigureWidth};
use soukatsu_core::model::quantity::{Quantity, grouped};
use soukatsu_core::model::report::{Prose, Report};

/// The files of all figures.
///
/// What is printed of a figure on its page and in the appendix stands in two files, so that
/// Typst recomputes only the one that a change touches.
pub(super) fn figure_files(report: &Report, settings: &TemplateSettings) -> Vec<VirtualFile> {
    let mut files = Vec::new();
    let spelled = spelled_numbers(report);
    for row in report.figure_rows() {
        for (item, drawing) in row.iter().zip(draw(report, &row, settings)) {
            let content = figure(item, &drawing);
            let others = spelled.iter().filter(|(_, number)| **number == item.number);
            files.extend(others.map(|(name, _)| file(&format!("figures/{name}"), &content)));
            files.push(file(&format!("figures/{}", item.number), &content));
        }
    }
    let tables: Vec<&Figure> = report.figures.iter().filter(|figure| figure.table).collect();
    let numbers: Vec<&str> = tables.iter().map(|figure| figure.number.as_str()).collect();
    files.push(file("tables", &json!(numbers)));
    for item in tables {
        files.push(file(&format!("tables/{}", item.number), &table(item)));
    }
    files
}

/// The numbers of figures as the prose writes them in another form (６‐1), each with the number as
/// it is: the template looks figures up by what the call says.
pub(super) fn spelled_numbers(report: &Report) -> BTreeMap<&str, &str> {
    let placed = report.prose.iter().flat_map(Prose::placed_figures);
    let others = placed.filter_map(|(name, _)| {
        let figure = report.figure(name).filter(|figure| figure.number != name)?;
        Some((name, figure.number.as_str()))
    });
    others.collect()
}

/// The drawings of all figures as they come onto the pages, by the number of the figure.
pub fn drawings(report: &Report, settings: &TemplateSettings) -> BTreeMap<String, Drawing> {
    let rows = report.figure_rows();
    let drawn = rows.iter().flat_map(|row| row.iter().zip(draw(report, row, settings)));
    drawn.map(|(figure, drawing)| (figure.number.clone(), drawing)).collect()
}

/// The drawings of figures that stand side by side.
fn draw(report: &Report, row: &[&Figure], settings: &TemplateSettings) -> Vec<Drawing> {
    // The note takes its room from the drawings of the whole row, so that a rounded part never
    // moves the page and neighbours stay level.
    let noted =
        row.iter().any(|figure| figure.is_rounded() || figure.data.signs_explained().is_some());
    let note = if noted { settings.figure_note_height } else { 0.0 };
    let millimetre = 72.0 / 25.4;
    let lowered = row.iter().map(|figure| {
        let own = figure.height_mm.map_or(settings.figure_height, |height| height * millimetre);
        Figure { height_mm: Some((own - note) / millimetre), ..(*figure).clone() }
    });
    let lowered: Vec<Figure> = lowered.collect();
    let frame = |figure: &Figure| {
        let text_width = settings.text_width_of(report.format_of_figure(&figure.number));
        let width = width(figure.width, text_width, settings.figure_gutter);
        Frame::new(width, settings.figure_height, settings.figure_text_size)
    };
    let framed: Vec<(&Figure, Frame)> = lowered.iter().map(|own| (own, frame(own))).collect();
    soukatsu_chart::draw_row(&framed)
}

fn width(width: FigureWidth, text_width: f64, gutter: f64) -> f64 {
    let columns = match width {
        FigureWidth::Full => 1.0,
        FigureWidth::Half => 2.0,
        FigureWidth::Third => 3.0,
    };
    (text_width - (columns - 1.0) * gutter) / columns
}

fn figure(figure: &Figure, drawing: &Drawing) -> Value {
    json!({
        "at": figure.place.located(), "number": figure.number, "title": figure.title, "state": figure.state,
        "alt": figure.alt.clone().unwrap_or_else(|| soukatsu_chart::alt(&Figure { kind: drawing.kind, ..figure.clone() })),
        "source": figure.source, "notes": figure.notes, "rounded": figure.is_rounded(), "signs": figure.data.signs_explained(), "base": base(figure),
        "drawing": drawing,
    })
}

/// How many answered, where it is known.
fn base(figure: &Figure) -> Option<String> {
    match figure.base {
        Base::Count(count) => Some(grouped(count.into(), 0)),
        Base::Unknown | Base::Unsaid => None,
    }
}

/// A figure's data as a table: categories down, series across, as in its source.
fn table(figure: &Figure) -> Value {
    let data = &figure.data;
    let line = figure.line_series;
    let unit = |series: usize| match line {
        Some(index) if index == series => figure.line_unit.as_str(),
        _ => figure.unit.as_str(),
    };
    let series = data.series.iter().enumerate().map(|(index, series)| {
        json!({"name": series.name, "phrases": phrases(&series.name), "unit": (line == Some(index)).then_some(unit(index))})
    });
    let rows = data.categories.iter().enumerate().map(|(row, name)| {
        let cells = data.series.iter().enumerate().map(|(index, series)| {
            let Some(quantity) = series.values.get(row).and_then(Option::as_ref) else {
                let sign = data.signs.get(&(index, row))?;
                let at = figure.place.located();
                return Some(json!({"text": sign.text(), "at": at, "state": null}));
            };
            Some(json!({
                "text": bare(quantity, unit(index)), "at": quantity.place.located(),
                "state": data.unsettled.get(&(index, row)),
            }))
        });
        json!({"name": name, "phrases": phrases(name), "cells": cells.collect::<Vec<_>>()})
    });
    let lines = figure.target.iter().chain(&figure.baseline).map(|line| &line.label);
    json!({
        "at": figure.place.located(), "number": figure.number, "title": figure.title, "state": figure.state,
        "source": figure.source, "notes": figure.notes, "rounded": figure.is_rounded(), "signs": figure.data.signs_explained(), "base": base(figure),
        "unit": printed_unit(figure), "dimension": data.dimension,
        "series": series.collect::<Vec<_>>(), "rows": rows.collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
    })
}

/// The text of a value without the unit: that stands once over the table.
fn bare<'a>(quantity: &'a Quantity, unit: &str) -> &'a str {
    quantity.text.strip_suffix(unit).unwrap_or(&quantity.text)
}

/// The unit of the texts in the table. `37億6千万` is an amount in 円, whatever its column is in.
fn printed_unit(figure: &Figure) -> &str {
    let main = figure.data.series.iter().enumerate();
    let main = main.filter(|(index, _)| figure.line_series != Some(*index));
    let mut values = main.flat_map(|(_, series)| series.values.iter().flatten());
    let in_words = |quantity: &Quantity| bare(quantity, &figure.unit).ends_with(['億', '万']);
    if values.any(in_words) { "円" } else { &figure.unit }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::world::Template;
    use soukatsu_core::model::figure::{ChartKind, DataState, FigureData, ReferenceLine, Series};
    use soukatsu_core::problem::Place;

    fn series(name: &str, texts: &[Option<&str>]) -> Series {
        let quantity = |text: &str| Quantity {
            text: text.into(),
            exact: Decimal::ONE,
            place: Place::at("csv/a.csv", 2, 3),
        };
        let values = texts.iter().map(|text| text.map(quantity));
        Series { name: name.into(), values: values.collect() }
    }

    fn figure_of(unit: &str, categories: &[&str], series: Vec<Series>) -> Figure {
        let data = FigureData {
            dimension: "年度".into(),
            categories: categories.iter().map(ToString::to_string).collect(),
            series,
            ..FigureData::default()
        };
        let figure = Figure::bare("9", ChartKind::ColumnsAndLine, data);
        Figure { unit: unit.into(), table: true, ..figure }
    }

    #[test]
    fn a_table_prints_values_without_their_unit_and_says_where_each_comes_from() {
        let value = series("件数", &[Some("1,234件"), None]);
        let table = table(&figure_of("件", &["R6", "R7"], vec![value]));
        assert_eq!(table["unit"], "件");
        let cell = json!({"text": "1,234", "at": "csv/a.csv:2:3", "state": null});
        assert_eq!(
            table["rows"][0],
            json!({"name": "R6", "phrases": [["R6", 1.0]], "cells": [cell]})
        );
        assert_eq!(
            table["rows"][1],
            json!({"name": "R7", "phrases": [["R7", 1.0]], "cells": [null]})
        );
    }

    #[test]
    fn the_line_of_columns_and_line_has_its_own_unit() {
        let both = vec![series("件数", &[Some("5件")]), series("月数", &[Some("3か月")])];
        let figure = Figure {
            line_series: Some(1),
            line_unit: "か月".into(),
            ..figure_of("件", &["R6"], both)
        };
        let table = table(&figure);
        assert_eq!(
            table["series"][0],
            json!({"name": "件数", "phrases": [["件数", 2.0]], "unit": null})
        );
        assert_eq!(
            table["series"][1],
            json!({"name": "月数", "phrases": [["月数", 2.0]], "unit": "か月"})
        );
        assert_eq!(table["rows"][0]["cells"][1]["text"], "3");
    }

    #[test]
    fn amounts_in_oku_and_man_are_amounts_in_yen() {
        let table =
            table(&figure_of("百万円", &["R6"], vec![series("残高", &[Some("37億6千万")])]));
        assert_eq!(
            (&table["unit"], &table["rows"][0]["cells"][0]["text"]),
            (&json!("円"), &json!("37億6千万"))
        );
    }

    #[test]
    fn a_value_that_is_not_final_says_so_in_data_that_is() {
        let mut figure =
            figure_of("件", &["R6", "R7"], vec![series("件数", &[Some("5"), Some("6")])]);
        figure.data.unsettled.insert((0, 1), DataState::Preliminary);
        let table = table(&figure);
        assert_eq!(table["rows"][0]["cells"][0]["state"], Value::Null);
        assert_eq!(table["rows"][1]["cells"][0]["state"], "preliminary");
    }

    #[test]
    fn lines_across_the_chart_stand_under_its_table() {
        let line = |label: &str| {
            Some(ReferenceLine { label: label.into(), value: Decimal::ONE, reached: None })
        };
        let figure = Figure {
            target: line("目標値 60.0%"),
            baseline: line("基準値 52.4%"),
            ..figure_of("%", &["R6"], vec![series("割合", &[Some("61.3%")])])
        };
        assert_eq!(table(&figure)["lines"], json!(["目標値 60.0%", "基準値 52.4%"]));
    }

    #[test]
    fn only_figures_that_ask_for_it_have_a_table() {
        let template = Template::embedded("council").unwrap();
        let asked = figure_of("件", &["R6"], vec![series("件数", &[Some("5")])]);
        let other = Figure { number: "10".into(), table: false, ..asked.clone() };
        let report = Report { figures: vec![asked, other], ..Report::default() };
        let files = figure_files(&report, template.settings());
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "model/figures/9.json",
                "model/figures/10.json",
                "model/tables.json",
                "model/tables/9.json",
            ]
        );
    }
}
