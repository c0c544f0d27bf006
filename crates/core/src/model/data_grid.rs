//! Indicators, figures and tables under one view: items down, series across.

use std::borrow::Cow;

use super::data_table::{DataTable, RowKind, TableCell};
use super::figure::{Figure, is_total};
use super::indicator::Indicator;
use super::name::same_name;
use super::period::{FiscalYear, qualifier};
use super::quantity::{Notation, Quantity};
use super::report::{DataSet, Report};

/// The values of an indicator, a figure or a table.
#[derive(Debug, Clone)]
pub struct DataGrid<'r> {
    /// How a call names it: `市民満足度`, `図8`, `表1`.
    pub call: String,
    pub items: Vec<Item<'r>>,
    pub series: Vec<DataSeries<'r>>,
    /// A figure or a table: its series are equals, and none is the main one.
    pub is_figure: bool,
    /// A figure whose columns are parts of what each row stands for, as far as its kind says.
    pub parts_across: bool,
    /// Its data has faults, which are told already: what is missing is no fault of its own.
    pub incomplete: bool,
}

/// A year or a category.
#[derive(Debug, Clone)]
pub struct Item<'r> {
    pub name: Cow<'r, str>,
    pub year: Option<FiscalYear>,
    /// Whether it stands for others, so that it is left out where items are added up or ranked.
    pub is_total: bool,
    /// Whether it is what the others make together, and no average.
    pub is_sum: bool,
}

/// The values of an indicator, one of its breakdowns, or a column of a figure.
#[derive(Debug, Clone)]
pub struct DataSeries<'r> {
    pub name: &'r str,
    /// Of a table: its headings as they are printed, by which it may be called, too.
    pub label: &'r str,
    pub unit: &'r str,
    /// `None`: numbers are written with the digits of their cell.
    pub notation: Option<Notation>,
    /// One an item, in its order.
    pub values: &'r [Option<Quantity>],
    /// Of a table: the cells with these values, which may be worked out from others and are
    /// printed in sentences as in the table.
    pub cells: Option<Vec<&'r TableCell>>,
    /// Whether it sums up the others.
    pub is_total: bool,
}

impl Item<'_> {
    /// As running text names it: 令和6年度, 30代.
    pub fn long(&self) -> String {
        let plain = self.year.filter(|_| qualifier(&self.name).is_empty());
        plain.map_or_else(|| self.name.clone().into_owned(), FiscalYear::long)
    }

    /// Its name where it is no year, and else nothing.
    pub fn category(&self) -> &str {
        if self.year.is_some() { "" } else { &self.name }
    }
}

impl<'r> DataGrid<'r> {
    /// The item with this name; a year may be written in another of its forms.
    pub fn item_named(&self, name: &str) -> Option<usize> {
        let exact = self.items.iter().position(|item| item.name == name);
        let year = FiscalYear::parse(name);
        exact.or_else(|| {
            self.items.iter().position(|item| {
                (year.is_some() && item.year == year) || same_name(&item.name, name)
            })
        })
    }

    /// Whether two items have this name, so that nobody knows which is meant.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.items.iter().filter(|item| same_name(&item.name, name)).count() > 1
    }

    /// The series with this name.
    pub fn series_named(&self, name: &str) -> Option<usize> {
        let find = |is: &dyn Fn(&DataSeries<'_>) -> bool| self.series.iter().position(is);
        find(&|series| series.name == name)
            .or_else(|| find(&|series| same_name(series.name, name)))
            .or_else(|| find(&|series| same_name(series.label, name)))
    }

    /// An indicator: its own values first, then those of its breakdowns.
    pub fn of_indicator(row: &'r Indicator, periods: &[FiscalYear]) -> Self {
        let item = |year: &FiscalYear| Item {
            name: year.to_string().into(),
            year: Some(*year),
            is_total: false,
            is_sum: false,
        };
        let series = |name, values: &'r [Option<Quantity>]| DataSeries {
            name,
            label: name,
            unit: row.unit.as_str(),
            notation: Some(row.notation),
            values,
            cells: None,
            is_total: false,
        };
        let main = series(row.name.as_str(), row.values.as_slice());
        let more = row.breakdowns.iter().map(|part| series(part.name.as_str(), &part.values));
        DataGrid {
            call: row.called().to_owned(),
            items: periods.iter().map(item).collect(),
            series: std::iter::once(main).chain(more).collect(),
            is_figure: false,
            parts_across: false,
            incomplete: false,
        }
    }

    /// A figure: categories down, columns across.
    pub fn of_figure(figure: &'r Figure) -> Self {
        let data = &figure.data;
        let item = |(row, name): (usize, &'r String)| Item {
            name: name.into(),
            year: FiscalYear::parse(name),
            is_total: is_total(name) || data.totals.rows.contains(&row),
            is_sum: data.totals.rows.contains(&row),
        };
        let series = data.series.iter().enumerate().map(|(index, series)| DataSeries {
            name: &series.name,
            label: &series.name,
            unit: match figure.line_series == Some(index) {
                true => &figure.line_unit,
                false => &figure.unit,
            },
            notation: None,
            values: &series.values,
            cells: None,
            is_total: data.totals.series.contains(&index),
        });
        DataGrid {
            call: format!("図{}", figure.number),
            items: data.categories.iter().enumerate().map(item).collect(),
            series: series.collect(),
            is_figure: true,
            parts_across: figure.has_parts_across(),
            incomplete: false,
        }
    }
}

/// The values of a table in both directions: calls may name a row first or a column.
#[derive(Debug, Clone)]
pub struct TableGrids<'r> {
    /// Rows are items, columns of numbers are series.
    pub rows: DataGrid<'r>,
    /// Columns of one unit are items, rows are series; what is worked out stands for others.
    pub columns: DataGrid<'r>,
}

impl<'r> TableGrids<'r> {
    /// The values of a table.
    pub fn of(table: &'r DataTable) -> Self {
        let numbers: Vec<_> = table.columns.iter().filter(|column| column.is_number).collect();
        let row_item = |row: &'r super::data_table::TableRow| Item {
            name: Cow::Borrowed(row.name.as_str()),
            year: FiscalYear::parse(&row.name),
            is_total: row.kind != RowKind::Data,
            is_sum: row.kind == RowKind::Total,
        };
        let series = numbers.iter().map(|column| DataSeries {
            name: &column.name,
            label: &column.label,
            unit: &column.unit,
            notation: None,
            values: &column.values,
            cells: Some(column.cells.iter().collect()),
            is_total: column.is_total,
        });
        let grid = |items, series| DataGrid {
            call: table.called(),
            items,
            series,
            is_figure: true,
            parts_across: false,
            incomplete: false,
        };
        let rows = grid(table.rows.iter().map(row_item).collect(), series.collect());
        let alike = table.alike();
        let unit = alike.first().map_or("", |column| column.unit.as_str());
        let column_item = |column: &&'r super::data_table::TableColumn| Item {
            name: Cow::Borrowed(column.name.as_str()),
            year: FiscalYear::parse(&column.name),
            is_total: column.is_total || column.computation.is_some(),
            is_sum: column.is_total,
        };
        let series = table.rows.iter().enumerate().map(|(at, row)| DataSeries {
            name: &row.name,
            label: &row.name,
            unit,
            notation: None,
            values: &row.values,
            cells: Some(alike.iter().map(|column| &column.cells[at]).collect()),
            is_total: row.kind != RowKind::Data,
        });
        let columns = grid(alike.iter().map(column_item).collect(), series.collect());
        TableGrids { rows, columns }
    }
}

/// All values of a report.
#[derive(Debug, Clone)]
pub struct DataGrids<'r> {
    /// One an indicator, in the order of their table.
    pub indicators: Vec<DataGrid<'r>>,
    /// One a figure, in the order of report.toml.
    pub figures: Vec<DataGrid<'r>>,
    /// One a table, in the order of report.toml.
    pub tables: Vec<TableGrids<'r>>,
}

impl<'r> DataGrids<'r> {
    /// The values of every indicator, figure and table.
    pub fn of(report: &'r Report) -> Self {
        let lacks = |set| report.incomplete.contains(&set);
        let (rows, periods) = (&report.indicators.rows, &report.indicators.periods);
        let indicator = |row| DataGrid {
            incomplete: lacks(DataSet::Indicators),
            ..DataGrid::of_indicator(row, periods)
        };
        let figure = |figure| DataGrid {
            incomplete: lacks(DataSet::Figures),
            ..DataGrid::of_figure(figure)
        };
        DataGrids {
            indicators: rows.iter().map(indicator).collect(),
            figures: report.figures.iter().map(figure).collect(),
            tables: report.tables.iter().map(TableGrids::of).collect(),
        }
    }
}
