//! Figures that are drawn otherwise although every text of them is the same.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::causes::Causes;
use super::drawings::Drawings;
use super::grids::GridChanges;
use super::identity::Identities;
use super::items::placed;
use soukatsu_core::model::figure::{ChartKind, Figure, ReferenceLine};
use soukatsu_core::model::quantity::Quantity;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

/// The table of the settings among the cells that changed.
const MANIFEST: &str = "report.toml";

/// A figure that is drawn otherwise.
pub(super) struct Manner {
    /// As people hold it.
    number: String,
    /// As report.toml names it now.
    new_number: String,
    /// The tables of its data.
    tables: BTreeSet<String>,
    aspect: Aspect,
    /// The cells of the values that are drawn otherwise.
    cells: Vec<Place>,
    /// The rows of the new page map on which it stands, and the appendix behind them.
    pub rows: Vec<usize>,
    pub was: String,
    pub is: String,
}

impl Manner {
    /// What the 正誤表 calls it.
    pub fn spot(&self) -> String {
        match self.aspect {
            Aspect::Shape => format!("図{}の形", self.number),
            Aspect::Manner => format!("図{}の表し方", self.number),
        }
    }

    /// The settings of the figure that changed, and its data: cells where it draws their values,
    /// else the order of rows.
    pub fn causes(&self, data: &GridChanges) -> Causes {
        let names = [&self.number, &self.new_number].map(|number| format!("figure「{number}」."));
        let set = |name: &str| names.iter().any(|start| name.starts_with(start.as_str()));
        let ours = |table: &String| self.tables.contains(table);
        let cells = data.cells.iter().enumerate().filter(|(_, cell)| match cell.table.as_str() {
            MANIFEST => set(&cell.row),
            _ => ours(&cell.table) && self.cells.contains(&cell.new_place),
        });
        let parts = data.parts.iter().enumerate().filter(|(_, part)| match part.table.as_str() {
            MANIFEST => part.part.strip_prefix("行「").is_some_and(set),
            _ => ours(&part.table),
        });
        Causes {
            cells: cells.map(|(index, _)| index).collect(),
            parts: parts.map(|(index, _)| index).collect(),
        }
    }
}

/// An edition and its pictures.
pub(super) type Drawn<'a> = (&'a Report, &'a Drawings);

/// The figures that are another picture and are not `told` already by a text that differs, by the
/// number that people hold.
pub(super) fn manners(
    (old, old_drawings): Drawn<'_>,
    (new, new_drawings): Drawn<'_>,
    ids: &Identities,
    told: &BTreeSet<String>,
) -> Vec<Manner> {
    let differing = new.figures.iter().filter_map(|is| {
        let was = old.figure(ids.figure(&is.number))?;
        let same = old_drawings.is_same(&was.number, new_drawings, &is.number)
            // The appendix prints values, whatever the picture.
            && (!is.table || printed_values(was) == printed_values(is));
        (!same && !told.contains(&was.number)).then_some((was, is))
    });
    let other = differing.filter(|(was, is)| bare(was) != bare(is));
    other
        .filter_map(|(was, is)| {
            let mut rows = rows(new, &is.number);
            if is.table && !rows.is_empty() {
                rows.push(new.pages.len());
            }
            let (bare_was, bare_is) = (bare(was), bare(is));
            let aspects = aspects(&bare_was, &bare_is);
            let shape = shape(is.kind);
            let aspect = if aspects == [shape] { Aspect::Shape } else { Aspect::Manner };
            (!rows.is_empty()).then(|| Manner {
                number: was.number.clone(),
                new_number: is.number.clone(),
                tables: places(is).chain(places(was)).map(table_of).collect(),
                cells: drawn_otherwise(was, is),
                aspect,
                rows,
                was: "（前の図）".to_owned(),
                is: format!("（{}を改めた図。差し替えたページのとおり）", aspects.join("、")),
            })
        })
        .collect()
}

/// What a change of a figure is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aspect {
    /// Values that are drawn and not printed.
    Shape,
    Manner,
}

fn places(figure: &Figure) -> impl Iterator<Item = &Place> {
    let values = figure.data.series.iter().flat_map(|series| series.values.iter().flatten());
    values.map(|value| &value.place)
}

/// `kpi.xlsx 指標`, as tables are named.
fn table_of(place: &Place) -> String {
    match &place.sheet {
        Some(sheet) => format!("{} {sheet}", place.file),
        None => place.file.to_string(),
    }
}

/// The values of a figure as a table of the appendix prints them.
fn printed_values(figure: &Figure) -> Vec<Option<&str>> {
    let values = figure.data.series.iter().flat_map(|series| &series.values);
    values.map(|value| value.as_ref().map(|value| value.text.as_str())).collect()
}

/// The cells of the values that differ, in the new edition.
fn drawn_otherwise(was: &Figure, is: &Figure) -> Vec<Place> {
    let before: Vec<_> =
        was.data.series.iter().flat_map(|series| &series.values).map(exact).collect();
    let after = is.data.series.iter().flat_map(|series| &series.values);
    let differs = |(index, value): &(usize, &Option<Quantity>)| {
        before.get(*index).is_none_or(|before| *before != exact(value))
    };
    let values = after.enumerate().filter(differs).filter_map(|(_, value)| value.as_ref());
    values.map(|value| value.place.clone()).collect()
}

fn exact(value: &Option<Quantity>) -> Option<Decimal> {
    value.as_ref().map(|value| value.exact)
}

/// What a value is in a picture.
fn shape(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Columns | ChartKind::StackedColumns | ChartKind::PercentColumns => "棒の高さ",
        ChartKind::Bars
        | ChartKind::StackedBars
        | ChartKind::PercentBars
        | ChartKind::RankedBars
        | ChartKind::PairedBars => "棒の長さ",
        ChartKind::Lines | ChartKind::Slope => "線の高さ",
        ChartKind::ColumnsAndLine => "棒と線の高さ",
        ChartKind::Shares | ChartKind::Ring => "区切りの位置",
        ChartKind::SmallMultiples => "図の高さ",
    }
}

/// The rows of the page map that place a figure.
fn rows(report: &Report, number: &str) -> Vec<usize> {
    let places = |row: &usize| {
        let prose = report.pages[*row].prose.and_then(|index| report.prose.get(index));
        let calls = prose.into_iter().flat_map(|prose| &prose.calls);
        calls.flat_map(|call| placed(report, call)).any(|figure| figure.number == number)
    };
    (0..report.pages.len()).filter(places).collect()
}

/// The figure without what is never seen: where its parts stand in the files, and its
/// alternative text, which is an item of its own.
fn bare(figure: &Figure) -> Figure {
    let mut figure = Figure { place: Place::file(""), alt: None, ..figure.clone() };
    // Names that no picture has are told where they are printed.
    figure.data.dimension.clear();
    if let [only] = &mut figure.data.series[..] {
        only.name.clear();
    }
    figure.annotations.sort_by_key(|annotation| format!("{annotation:?}"));
    for value in figure.data.series.iter_mut().flat_map(|series| &mut series.values).flatten() {
        value.place = Place::file("");
    }
    figure
}

/// What differs, in the words of those who read the report.
fn aspects(was: &Figure, is: &Figure) -> Vec<&'static str> {
    let exact = |line: &Option<ReferenceLine>| line.as_ref().map(|line| line.value);
    let values = |figure: &Figure| -> Vec<Vec<Option<Quantity>>> {
        figure.data.series.iter().map(|series| series.values.clone()).collect()
    };
    let size = |figure: &Figure| (figure.width, figure.height_mm);
    let order = |figure: &Figure| {
        let series = figure.data.series.iter().map(|series| series.name.clone());
        (figure.order, figure.data.categories.clone(), series.collect::<Vec<_>>())
    };
    let lines = [(&was.target, &is.target), (&was.baseline, &is.baseline)];
    let known: Vec<&'static str> = [
        (was.kind != is.kind || was.panel != is.panel, "図の種類"),
        (order(was) != order(is), "並び順"),
        (was.highlight != is.highlight, "強調する所"),
        (was.annotations != is.annotations, "注記の位置"),
        (was.data.unsettled != is.data.unsettled, "速報値・仮データの印"),
        (was.line_series != is.line_series, "折れ線にする系列"),
        (size(was) != size(is), "大きさ"),
        (lines.iter().any(|(was, is)| exact(was) != exact(is)), "目標・基準の線"),
        (order(was) == order(is) && values(was) != values(is), shape(is.kind)),
    ]
    .into_iter()
    .filter_map(|(differs, what)| differs.then_some(what))
    .collect();
    if known.is_empty() { vec!["表し方"] } else { known }
}
