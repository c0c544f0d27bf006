//! The indicators, figures and tables that a sentence may speak of, with what their cells say.

use rust_decimal::Decimal;

use super::numerals::{Numeral, first};
use crate::model::data_grid::{DataGrid, DataGrids, DataSeries};
use crate::model::indicator::Indicator;
use crate::model::name::NameIndex;
use crate::model::period::FiscalYear;
use crate::model::quantity::{Notation, Quantity};
use crate::model::report::Report;
use crate::problem::Place;

/// The indicators and figures of a report.
pub struct Topics<'r> {
    pub all: Vec<Topic<'r>>,
    indicators: NameIndex,
    /// By 図8.
    figures: NameIndex,
}

/// An indicator or a figure.
pub struct Topic<'r> {
    pub data: DataGrid<'r>,
    /// What a sentence may call it, the longest first.
    pub names: Vec<&'r str>,
    pub target: Option<Numeral>,
    /// By series and item.
    readings: Vec<Vec<Option<CellReading<'r>>>>,
}

/// What a cell says.
pub struct CellReading<'r> {
    /// As printed, with its unit.
    pub text: String,
    /// The text, read like a numeral of the prose.
    pub numeral: Numeral,
    pub exact: Decimal,
    pub place: &'r Place,
}

impl CellReading<'_> {
    /// `csv/indicators.csv O3`
    pub fn place_name(&self) -> String {
        match &self.place.cell {
            Some(cell) => format!("{} {cell}", self.place.file),
            None => self.place.to_string(),
        }
    }
}

impl<'r> Topics<'r> {
    /// All indicators, then all figures.
    pub fn new(report: &'r Report) -> Self {
        let DataGrids { indicators, figures, tables } = DataGrids::of(report);
        let rows = report.indicators.rows.iter().zip(indicators);
        let all = rows.map(|(row, data)| Topic {
            names: names(row),
            target: target(row),
            readings: readings(&data),
            data,
        });
        let figures = report.figures.iter().zip(figures).map(|(figure, data)| Topic {
            names: vec![figure.title.as_str()],
            target: None,
            readings: readings(&data),
            data,
        });
        let tables = report.tables.iter().zip(tables).map(|(table, grids)| Topic {
            names: vec![table.title.as_str()],
            target: None,
            readings: readings(&grids.rows),
            data: grids.rows,
        });
        let mut topics = Topics {
            all: all.chain(figures).chain(tables).collect(),
            indicators: NameIndex::default(),
            figures: NameIndex::default(),
        };
        for (index, topic) in topics.all.iter().enumerate() {
            match topic.data.is_figure {
                true => _ = topics.figures.add(&topic.data.call, index),
                false => topic.names.iter().for_each(|name| {
                    topics.indicators.add(name, index);
                }),
            }
        }
        topics
    }

    /// What a call names.
    pub fn find(&self, name: &str) -> Option<&Topic<'r>> {
        Some(&self.all[self.index(name)?])
    }

    /// Where it stands among all.
    pub fn index(&self, name: &str) -> Option<usize> {
        let figure = || match name.starts_with('図') {
            true => self.figures.get(name),
            false if name.starts_with('表') => self.figures.get(name),
            false => self.figures.get(&format!("図{name}")),
        };
        self.indicators.get(name).or_else(figure)
    }
}

impl<'r> Topic<'r> {
    /// What a cell says; `None` of one that is empty or no number.
    pub fn reading(&self, item: usize, series: usize) -> Option<&CellReading<'r>> {
        self.readings.get(series)?.get(item)?.as_ref()
    }

    /// What all cells say, each with its item and series.
    pub fn readings(&self) -> impl Iterator<Item = (usize, usize, &CellReading<'r>)> {
        let columns = self.readings.iter().enumerate();
        columns.flat_map(|(series, column)| {
            let cells = column.iter().enumerate();
            cells.filter_map(move |(item, cell)| Some((item, series, cell.as_ref()?)))
        })
    }

    /// The unit of its values, without scale.
    pub fn unit(&self) -> &'static str {
        self.readings().next().map_or("", |(_, _, cell)| cell.numeral.unit)
    }

    /// The cell of a year in the main series.
    pub fn of_year(&self, year: FiscalYear) -> Option<&CellReading<'r>> {
        let item = self.data.items.iter().position(|item| item.year == Some(year))?;
        self.reading(item, 0)
    }

    /// The call that prints a cell: `#値("市民満足度", "R6")`.
    pub fn call_for(&self, item: usize, series: usize) -> String {
        let DataGrid { call, items, series: all, is_figure, .. } = &self.data;
        let item = &items[item].name;
        let name = all[series].name;
        match (is_figure, all.len(), series) {
            (true, 2.., _) => format!("#値(\"{call}\", \"{item}\", \"{name}\")"),
            (false, _, 1..) => format!("#値(\"{call}\", \"{item}\", 区分: \"{name}\")"),
            _ => format!("#値(\"{call}\", \"{item}\")"),
        }
    }

    /// How a finding calls a cell: `市民満足度 R6`.
    pub fn cell_name(&self, item: usize, series: usize) -> String {
        let DataGrid { call, items, series: all, is_figure, .. } = &self.data;
        let item = &items[item].name;
        match (is_figure, all.len(), series) {
            (true, 2.., _) | (false, _, 1..) => format!("{call} {item} {}", all[series].name),
            _ => format!("{call} {item}"),
        }
    }

    /// The item that stands for all others.
    pub fn total(&self) -> Option<usize> {
        self.data.items.iter().position(|item| item.is_total)
    }
}

fn names(row: &Indicator) -> Vec<&str> {
    let mut names = vec![row.name.as_str()];
    if !row.short.is_empty() && row.short != row.name {
        names.push(&row.short);
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

fn target(row: &Indicator) -> Option<Numeral> {
    let exact = row.target.as_ref()?.exact?;
    first(&(row.notation.format_with_unit(exact, &row.unit) + yen(Some(row.notation))))
}

fn readings<'r>(data: &DataGrid<'r>) -> Vec<Vec<Option<CellReading<'r>>>> {
    let column = |series: &DataSeries<'r>| {
        series.values.iter().map(|value| reading(value.as_ref()?, series)).collect()
    };
    data.series.iter().map(column).collect()
}

fn reading<'r>(quantity: &'r Quantity, series: &DataSeries<'r>) -> Option<CellReading<'r>> {
    // The values of an indicator have their unit in the text.
    let unit = if series.notation.is_some() { "" } else { series.unit };
    let text = format!("{}{unit}", quantity.text);
    let numeral = first(&format!("{text}{}", yen(series.notation)))?;
    Some(CellReading { text, numeral, exact: quantity.exact, place: &quantity.place })
}

/// 億千万 carries no unit; it is always of money.
fn yen(notation: Option<Notation>) -> &'static str {
    if notation == Some(Notation::OkuSenman) { "円" } else { "" }
}
