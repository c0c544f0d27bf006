//! Figures that are drawn otherwise although every text of them is the same.

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;

use super::causes::Causes;
use super::figure_drawings::FigureDrawings;
use super::spots::{FigurePart, Spot};
use crate::compare::data::{MANIFEST, MatchedIds, SettingKey, TableChanges, TablePart, table_at};
use crate::compare::prose::placed_figures;
use soukatsu_core::model::figure::{ChartKind, Figure, ReferenceLine};
use soukatsu_core::model::quantity::Quantity;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

/// A figure that is drawn otherwise.
pub struct RestyledFigure {
    /// As people hold it.
    number: String,
    /// As report.toml names it now.
    new_number: String,
    /// The tables of its data.
    tables: BTreeSet<String>,
    /// What of the drawing differs; never empty.
    aspects: Vec<Aspect>,
    /// The cells of the values that are drawn otherwise.
    cells: Vec<Place>,
    /// The rows of the new page map on which it stands, and the appendix behind them.
    pub rows: Vec<usize>,
}

impl RestyledFigure {
    /// What the 正誤表 calls it.
    pub fn spot(&self) -> Spot {
        let part = match self.aspects[..] {
            [Aspect::ValueShape(_)] => FigurePart::Shape,
            _ => FigurePart::Style,
        };
        Spot::Figure { number: self.number.clone(), part }
    }

    /// What stands for the drawing that people hold.
    pub fn old_text(&self) -> String {
        "（前の図）".to_owned()
    }

    /// What stands for the drawing that takes its place.
    pub fn new_text(&self) -> String {
        let aspects: Vec<String> = self.aspects.iter().map(ToString::to_string).collect();
        format!("（{}を改めた図。差し替えたページのとおり）", aspects.join("、"))
    }

    /// The settings of the figure that changed, and its data: cells where it draws their values,
    /// else the order of rows.
    pub fn causes(&self, data: &TableChanges) -> Causes {
        let is_setting = |key: &str| {
            let numbers = [&self.number, &self.new_number];
            numbers.iter().any(|number| SettingKey(key).is_of("figure", number))
        };
        let ours = |table: &String| self.tables.contains(table);
        let cells = data.cells.iter().enumerate().filter(|(_, cell)| match cell.table.as_str() {
            MANIFEST => is_setting(&cell.row),
            _ => ours(&cell.table) && self.cells.contains(&cell.new_place),
        });
        let parts = data.parts.iter().enumerate().filter(|(_, part)| match part.table.as_str() {
            MANIFEST => matches!(&part.part, TablePart::Row(key) if is_setting(key)),
            _ => ours(&part.table),
        });
        Causes {
            cells: cells.map(|(index, _)| index).collect(),
            parts: parts.map(|(index, _)| index).collect(),
        }
    }
}

/// An edition and its pictures.
pub type Drawn<'a> = (&'a Report, &'a FigureDrawings);

/// The figures that are another picture and of which no text differs. `with_texts`: the others, by
/// the number that people hold.
pub fn restyled_figures(
    (old, old_drawings): Drawn<'_>,
    (new, new_drawings): Drawn<'_>,
    ids: &MatchedIds,
    with_texts: &BTreeSet<String>,
) -> Vec<RestyledFigure> {
    let differing = new.figures.iter().filter_map(|is| {
        let was = old.figure(ids.figure(&is.number))?;
        let same = old_drawings.is_same(&was.number, new_drawings, &is.number)
            // The appendix prints values, whatever the picture.
            && (!is.table || printed_values(was) == printed_values(is));
        (!same && !with_texts.contains(&was.number)).then_some((was, is))
    });
    let restyled = differing.filter_map(|(was, is)| {
        let (bare_was, bare_is) = (bare(was), bare(is));
        if bare_was == bare_is {
            return None;
        }
        let mut rows = rows(new, &is.number);
        if is.table && !rows.is_empty() {
            rows.push(new.pages.len());
        }
        (!rows.is_empty()).then(|| RestyledFigure {
            number: was.number.clone(),
            new_number: is.number.clone(),
            tables: places(is).chain(places(was)).map(table_at).collect(),
            cells: drawn_otherwise(was, is),
            aspects: aspects(&bare_was, &bare_is),
            rows,
        })
    });
    restyled.collect()
}

/// What of a drawing differs, in the words of those who read the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aspect {
    Kind,
    Order,
    Highlight,
    Annotations,
    /// The marks of values that are not final.
    Unsettled,
    LineSeries,
    Size,
    ReferenceLines,
    /// Values that are drawn and not printed.
    ValueShape(ValueShape),
    Other,
}

/// What a value is in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueShape {
    ColumnHeight,
    BarLength,
    LineHeight,
    ColumnAndLineHeight,
    Divisions,
    PanelHeight,
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Aspect::Kind => "図の種類",
            Aspect::Order => "並び順",
            Aspect::Highlight => "強調する所",
            Aspect::Annotations => "注記の位置",
            Aspect::Unsettled => "速報値・仮データの印",
            Aspect::LineSeries => "折れ線にする系列",
            Aspect::Size => "大きさ",
            Aspect::ReferenceLines => "目標・基準の線",
            Aspect::ValueShape(ValueShape::ColumnHeight) => "棒の高さ",
            Aspect::ValueShape(ValueShape::BarLength) => "棒の長さ",
            Aspect::ValueShape(ValueShape::LineHeight) => "線の高さ",
            Aspect::ValueShape(ValueShape::ColumnAndLineHeight) => "棒と線の高さ",
            Aspect::ValueShape(ValueShape::Divisions) => "区切りの位置",
            Aspect::ValueShape(ValueShape::PanelHeight) => "図の高さ",
            Aspect::Other => "表し方",
        })
    }
}

fn places(figure: &Figure) -> impl Iterator<Item = &Place> {
    let values = figure.data.series.iter().flat_map(|series| series.values.iter().flatten());
    values.map(|value| &value.place)
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

fn value_shape(kind: ChartKind) -> ValueShape {
    match kind {
        ChartKind::Columns | ChartKind::StackedColumns | ChartKind::PercentColumns => {
            ValueShape::ColumnHeight
        }
        ChartKind::Bars
        | ChartKind::StackedBars
        | ChartKind::PercentBars
        | ChartKind::RankedBars
        | ChartKind::PairedBars => ValueShape::BarLength,
        ChartKind::Lines | ChartKind::Slope => ValueShape::LineHeight,
        ChartKind::ColumnsAndLine => ValueShape::ColumnAndLineHeight,
        ChartKind::Shares | ChartKind::Ring => ValueShape::Divisions,
        ChartKind::SmallMultiples => ValueShape::PanelHeight,
    }
}

/// The rows of the page map that place a figure.
fn rows(report: &Report, number: &str) -> Vec<usize> {
    let places = |row: &usize| {
        let prose = report.pages[*row].prose.and_then(|index| report.prose.get(index));
        let calls = prose.into_iter().flat_map(|prose| &prose.calls);
        calls.flat_map(|call| placed_figures(report, call)).any(|figure| figure.number == number)
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

fn aspects(was: &Figure, is: &Figure) -> Vec<Aspect> {
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
    let known: Vec<Aspect> = [
        (was.kind != is.kind || was.panel != is.panel, Aspect::Kind),
        (order(was) != order(is), Aspect::Order),
        (was.highlight != is.highlight, Aspect::Highlight),
        (was.annotations != is.annotations, Aspect::Annotations),
        (was.data.unsettled != is.data.unsettled, Aspect::Unsettled),
        (was.line_series != is.line_series, Aspect::LineSeries),
        (size(was) != size(is), Aspect::Size),
        (lines.iter().any(|(was, is)| exact(was) != exact(is)), Aspect::ReferenceLines),
        (
            order(was) == order(is) && values(was) != values(is),
            Aspect::ValueShape(value_shape(is.kind)),
        ),
    ]
    .into_iter()
    .filter_map(|(differs, what)| differs.then_some(what))
    .collect();
    if known.is_empty() { vec![Aspect::Other] } else { known }
}
