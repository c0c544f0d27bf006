//! Every cell that a sentence may speak of, with the call that would print it.

use rust_decimal::Decimal;

use super::numerals::{Numeral, first};
use crate::model::figure::{Figure, is_total};
use crate::model::indicator::{Indicator, Indicators};
use crate::model::period::FiscalYear;
use crate::model::quantity::{Notation, Quantity};
use crate::model::report::Report;
use crate::problem::Place;

/// The indicators and figures of a report.
pub struct Cells<'r> {
    pub grids: Vec<Grid<'r>>,
}

/// An indicator or a figure.
pub struct Grid<'r> {
    /// How a call names it: 市民満足度, 図8.
    pub call: String,
    /// What a sentence may call it, the longest first.
    pub names: Vec<&'r str>,
    pub items: Vec<Item<'r>>,
    pub series: Vec<Series<'r>>,
    pub target: Option<Numeral>,
    pub is_figure: bool,
}

/// A year or a category.
pub struct Item<'r> {
    pub name: String,
    /// Empty for a year.
    pub category: &'r str,
    pub year: Option<FiscalYear>,
}

/// A column of a figure, the values of an indicator, or one of its breakdowns.
pub struct Series<'r> {
    pub name: &'r str,
    pub cells: Vec<Option<Cell<'r>>>,
}

/// One cell.
pub struct Cell<'r> {
    /// As printed, with its unit.
    pub text: String,
    /// What it says when it is read like a numeral of the prose.
    pub numeral: Numeral,
    pub exact: Decimal,
    pub place: &'r Place,
}

impl Cell<'_> {
    /// `csv/indicators.csv O3`
    pub fn place_name(&self) -> String {
        match &self.place.cell {
            Some(cell) => format!("{} {cell}", self.place.file),
            None => self.place.to_string(),
        }
    }
}

impl<'r> Cells<'r> {
    /// All indicators, then all figures that do not draw an indicator.
    pub fn new(report: &'r Report) -> Self {
        let indicators = &report.indicators;
        let mut grids: Vec<Grid<'r>> =
            indicators.rows.iter().map(|row| of_indicator(row, indicators)).collect();
        grids.extend(report.figures.iter().map(of_figure));
        Cells { grids }
    }

    /// The grid that a call names.
    pub fn find(&self, name: &str) -> Option<&Grid<'r>> {
        let bare = name.strip_prefix('図').unwrap_or(name);
        self.grids.iter().find(|grid| match grid.is_figure {
            true => grid.call.strip_prefix('図') == Some(bare),
            false => grid.names.contains(&name),
        })
    }
}

impl Grid<'_> {
    /// The unit of its values, without scale.
    pub fn unit(&self) -> &'static str {
        let mut cells = self.series.iter().flat_map(|series| series.cells.iter().flatten());
        cells.next().map_or("", |cell| cell.numeral.unit)
    }

    /// The cell of a year in the main series.
    pub fn of_year(&self, year: FiscalYear) -> Option<&Cell<'_>> {
        let item = self.items.iter().position(|item| item.year == Some(year))?;
        self.series.first()?.cells.get(item)?.as_ref()
    }

    /// The call that prints a cell: `#値("市民満足度", "R6")`.
    pub fn call_for(&self, item: usize, series: usize) -> String {
        let item = &self.items[item].name;
        let name = self.series[series].name;
        match (self.is_figure, self.series.len(), series) {
            (true, 2.., _) => format!("#値(\"{}\", \"{item}\", \"{name}\")", self.call),
            (false, _, 1..) => format!("#値(\"{}\", \"{item}\", 区分: \"{name}\")", self.call),
            _ => format!("#値(\"{}\", \"{item}\")", self.call),
        }
    }

    /// How a finding calls a cell: `市民満足度 R6`.
    pub fn cell_name(&self, item: usize, series: usize) -> String {
        let item = &self.items[item].name;
        match (self.is_figure, self.series.len(), series) {
            (true, 2.., _) | (false, _, 1..) => {
                format!("{} {item} {}", self.call, self.series[series].name)
            }
            _ => format!("{} {item}", self.call),
        }
    }

    /// The item that stands for all others.
    pub fn total(&self) -> Option<usize> {
        self.items.iter().position(|item| is_total(&item.name))
    }
}

fn of_indicator<'r>(row: &'r Indicator, indicators: &Indicators) -> Grid<'r> {
    let cells = |values: &'r [Option<Quantity>]| -> Vec<Option<Cell<'r>>> {
        values.iter().map(|value| cell(value.as_ref()?, "", row.notation)).collect()
    };
    let main = Series { name: row.name.as_str(), cells: cells(&row.values) };
    let parts = row.breakdowns.iter().map(|p| Series { name: &p.name, cells: cells(&p.values) });
    let year = |year: &FiscalYear| Item { name: year.to_string(), category: "", year: Some(*year) };
    let mut names = vec![row.name.as_str()];
    if !row.short.is_empty() && row.short != row.name {
        names.push(&row.short);
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let call = if row.short.is_empty() { &row.name } else { &row.short };
    let target = row.target.as_ref().and_then(|target| {
        let yen = if row.notation == Notation::OkuSenman { "円" } else { "" };
        first(&(row.notation.format_with_unit(target.exact?, &row.unit) + yen))
    });
    Grid {
        call: call.clone(),
        names,
        items: indicators.periods.iter().map(year).collect(),
        series: std::iter::once(main).chain(parts).collect(),
        target,
        is_figure: false,
    }
}

fn of_figure(figure: &Figure) -> Grid<'_> {
    let data = &figure.data;
    let item = |name: &'_ String| FiscalYear::parse(name);
    let items = data.categories.iter().map(|name| Item {
        name: name.clone(),
        category: if item(name).is_some() { "" } else { name },
        year: item(name),
    });
    let series = data.series.iter().enumerate().map(|(index, series)| {
        let line = figure.line_series == Some(index);
        let unit = if line { &figure.line_unit } else { &figure.unit };
        let plain = Notation::Fixed { decimals: 0, signed: false };
        let cells = series.values.iter().map(|value| cell(value.as_ref()?, unit, plain));
        Series { name: series.name.as_str(), cells: cells.collect() }
    });
    Grid {
        call: format!("図{}", figure.number),
        names: vec![figure.title.as_str()],
        items: items.collect(),
        series: series.collect(),
        target: None,
        is_figure: true,
    }
}

fn cell<'r>(quantity: &'r Quantity, unit: &str, notation: Notation) -> Option<Cell<'r>> {
    let text = format!("{}{unit}", quantity.text);
    let yen = if notation == Notation::OkuSenman { "円" } else { "" };
    let numeral = first(&format!("{text}{yen}"))?;
    Some(Cell { text, numeral, exact: quantity.exact, place: &quantity.place })
}
