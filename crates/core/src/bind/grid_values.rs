//! The values that calls name: one of an indicator or figure, the sum of several, or a list.

use crate::model::data_grid::{DataGrid, DataSeries, TableGrids};
use crate::model::data_table::{DataTable, TableCell};
use crate::model::figure::is_total;
use crate::model::indicator::Indicator;
use crate::model::name::same_name;
use crate::model::report::DataSet;
use crate::problem::Place;

use super::arguments::{Arguments, Fault, named_series};
use super::evaluator::Evaluator;
use super::value::{Measure, SourceCell, plain, sum};

/// Calls over all items of a series.
const SERIES_FIRST: [&str; 7] =
    ["合計", "最大の項目", "最小の項目", "各値", "年々増加", "年々減少", "増減の繰返し"];

/// The item or series that stands for the sum over all, where the data has none of its own.
const SUM: &str = "計";

/// One series of a grid, or the sum over all of them.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Column {
    One(usize),
    Sum,
}

impl Evaluator<'_> {
    /// The values that the first argument of a call names. Those of a table are read along its
    /// columns where the call names a column in the place of a row.
    pub fn grid_of(&self, arguments: &Arguments<'_>) -> Result<&DataGrid<'_>, Fault> {
        let named = arguments.text(0)?;
        let Some(index) = self.tables.get(named.0) else { return self.grid(named) };
        let TableGrids { rows, columns } = &self.grids.tables[index];
        let mut items = Vec::new();
        for key in ["から", "まで"] {
            items.extend(arguments.named(key)?);
        }
        // Of these calls the second argument is the series.
        let name = arguments.call.name.as_str();
        let is_of_series = SERIES_FIRST.contains(&name);
        let second = arguments.optional(1).ok().flatten();
        let (first, series) = if is_of_series { (None, second) } else { (second, None) };
        let is_row = |name: &str| rows.item_named(name).is_some() || is_total(name);
        let is_column = |name: &str| columns.item_named(name).is_some();
        let mut along =
            items.iter().chain(&first).any(|(name, _)| is_column(name) && !is_row(name));
        // 年々増加("表1", 系列: "市税"): the series is a row.
        for (name, _) in named_series(arguments)?.into_iter().chain(series) {
            along |= rows.series_named(name).is_none() && columns.series_named(name).is_some();
        }
        Ok(if along { columns } else { rows })
    }

    /// The indicator, the figure behind 図8, or the table behind 表1, that an argument names.
    pub fn grid(&self, (name, place): (&str, &Place)) -> Result<&DataGrid<'_>, Fault> {
        if let Some(index) = self.figures.get(name) {
            return Ok(&self.grids.figures[index]);
        }
        if let Some(index) = self.tables.get(name) {
            return Ok(&self.grids.tables[index].rows);
        }
        let is_table = name.strip_prefix('表').is_some_and(|rest| rest.starts_with(is_digit));
        if is_table {
            if self.incomplete(DataSet::Tables) {
                return Err(Fault::Silent);
            }
            let known: Vec<String> = self.report.tables.iter().map(DataTable::called).collect();
            return Err(Fault::unknown(place, name, "表", &known));
        }
        if name.starts_with('図') {
            if self.incomplete(DataSet::Figures) {
                return Err(Fault::Silent);
            }
            let known: Vec<String> =
                self.report.figures.iter().map(|figure| format!("図{}", figure.number)).collect();
            return Err(Fault::unknown(place, name, "図", &known));
        }
        let index = self.indicator_index((name, place))?;
        Ok(&self.grids.indicators[index])
    }

    fn incomplete(&self, set: DataSet) -> bool {
        self.report.incomplete.contains(&set)
    }

    /// The indicator that an argument names.
    pub fn indicator(&self, named: (&str, &Place)) -> Result<&Indicator, Fault> {
        Ok(&self.report.indicators.rows[self.indicator_index(named)?])
    }

    fn indicator_index(&self, (name, place): (&str, &Place)) -> Result<usize, Fault> {
        let rows = &self.report.indicators.rows;
        if let Some(index) = self.indicators.get(name) {
            return Ok(index);
        }
        if self.incomplete(DataSet::Indicators) {
            return Err(Fault::Silent);
        }
        let known: Vec<String> = rows.iter().map(|row| row.called().to_owned()).collect();
        Err(Fault::unknown(place, name, "指標", &known))
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

impl DataGrid<'_> {
    pub(super) fn is_table(&self) -> bool {
        self.series.iter().any(|series| series.cells.is_some())
    }

    /// The series that an argument names; without one, the first, where there is no other.
    pub(super) fn column(
        &self,
        named: Option<(&str, &Place)>,
        call: &Arguments<'_>,
    ) -> Result<Column, Fault> {
        let Some((name, place)) = named else {
            // An indicator's further rows are second values; a figure's columns are equals.
            let first = self.series.len() == 1 || !self.is_figure;
            if first {
                return Ok(Column::One(0));
            }
            let known: Vec<&str> = self.series.iter().map(|series| series.name).collect();
            let message = format!("{} のどの列の値かが書かれていません", self.call);
            return Err(
                Fault::new(&call.call.place, &call.call.name, message).expected(&known.join("・"))
            );
        };
        if let Some(index) = self.series_named(name) {
            return Ok(Column::One(index));
        }
        // A 区分 of an indicator is a part of its main row: their sum would count it twice.
        if self.is_figure && is_total(name) {
            // The data has the total under another of its names.
            if let Some(index) = self.total_series() {
                return Ok(Column::One(index));
            }
            if name == SUM {
                return Ok(Column::Sum);
            }
        }
        let known: Vec<String> = self.series.iter().map(|series| series.name.to_owned()).collect();
        let what = match (self.is_figure, self.is_table()) {
            (true, true) => "表の列",
            (true, false) => "図のデータの列",
            (false, _) => "区分",
        };
        Err(Fault::unknown(place, name, what, &known))
    }

    /// The item that an argument names; `None` is the sum over all.
    pub(super) fn item(&self, (name, place): (&str, &Place)) -> Result<Option<usize>, Fault> {
        if self.is_table() && self.is_ambiguous(name) {
            let message =
                format!("{} に「{name}」の行が2つ以上あり、どれか決まりません", self.call);
            return Err(Fault::new(place, name, message)
                .hint("行の名前を変えるか、上の見出しと合わせて「款 項」のように書いてください"));
        }
        let found = self.item_named(name);
        let mut totals = (0..self.items.len()).filter(|index| self.items[*index].is_sum);
        if let (None, true, Some(index), None) =
            (found, is_total(name), totals.next(), totals.next())
        {
            return Ok(Some(index));
        }
        if found.is_none() && name != SUM {
            let known: Vec<String> = self.items.iter().map(|item| item.name.to_string()).collect();
            let years = self.items.iter().all(|item| item.year.is_some());
            return Err(Fault::unknown(place, name, if years { "年度" } else { "項目" }, &known));
        }
        Ok(found)
    }

    /// The series that sums up the others.
    pub(super) fn total_series(&self) -> Option<usize> {
        self.series.iter().position(|series| series.is_total)
    }

    /// The series that are parts of what an item stands for.
    pub(super) fn parts(&self) -> impl Iterator<Item = usize> {
        (0..self.series.len()).filter(|index| !self.series[*index].is_total)
    }

    /// All parts of an item together: the total that the data has, or else their sum.
    pub(super) fn whole(&self, item: Option<usize>, place: &Place) -> Result<Measure, Fault> {
        let written = self.total_series().filter(|total| match item {
            Some(index) => self.series[*total].values.get(index).is_some_and(Option::is_some),
            None => false,
        });
        self.measure(item, written.map_or(Column::Sum, Column::One), place)
    }

    /// The value of an item in a column; `None` for either is the sum.
    ///
    /// A missing cell is a fault: no sentence can print it.
    pub(super) fn measure(
        &self,
        item: Option<usize>,
        column: Column,
        place: &Place,
    ) -> Result<Measure, Fault> {
        let columns: Vec<usize> = match column {
            Column::One(index) => vec![index],
            Column::Sum => self.addends(place)?,
        };
        let items: Vec<usize> = match item {
            Some(index) => vec![index],
            None => (0..self.items.len()).filter(|index| !self.items[*index].is_total).collect(),
        };
        let mut parts = Vec::new();
        for index in &items {
            for series in &columns {
                parts.push(self.cell(*index, *series, place)?);
            }
        }
        match parts.len() {
            1 => Ok(parts.remove(0)),
            _ => sum(parts, place),
        }
    }

    /// The series whose sum is the whole of an item.
    fn addends(&self, place: &Place) -> Result<Vec<usize>, Fault> {
        let named = self.parts().find(|index| is_total(self.series[*index].name));
        if let Some(total) = named.filter(|_| self.series.len() > 1) {
            let name = self.series[total].name;
            let message = format!(
                "{} の列「{name}」は合計の名前ですが、ほかの列の和と合わないので、計を出せません",
                self.call
            );
            return Err(Fault::new(place, name, message)
                .hint("値を確かめるか、合計でなければ列の名前を変えてください"));
        }
        Ok(self.parts().collect())
    }

    fn cell(&self, item: usize, series: usize, place: &Place) -> Result<Measure, Fault> {
        let DataSeries { name, unit, notation, values, cells, .. } = &self.series[series];
        let item_name = &self.items[item].name;
        let Some(quantity) = values.get(item).and_then(Option::as_ref) else {
            if self.incomplete {
                return Err(Fault::Silent);
            }
            let message = format!("{} の {item_name} の値がありません（空のセルです）", self.call);
            return Err(Fault::new(place, item_name, message)
                .hint("セルに値を入れるか、この呼び出しを消してください"));
        };
        let notation = notation.unwrap_or_else(|| plain(quantity.exact.scale()));
        let text = match cells {
            // As the table prints it.
            Some(_) => format!("{}{unit}", quantity.text),
            None => notation.format_with_unit(quantity.exact, unit),
        };
        // The main row of an indicator needs no name; a lone series neither.
        let many = self.series.len() > 1 && (series > 0 || self.is_figure);
        let what = match many {
            true => format!("{} {item_name} {name} = {text}", self.call),
            false => format!("{} {item_name} = {text}", self.call),
        };
        if let Some(TableCell::Number(number)) = cells.as_ref().and_then(|cells| cells.get(item))
            && number.computed
        {
            let cell = |place: &Place| SourceCell { what: what.clone(), place: place.clone() };
            let places = number.cells.iter().map(cell).collect();
            let measure = Measure::computed(quantity.exact, unit, notation, places);
            return Ok(Measure { text, ..measure }
                .named(what.rsplit_once(" = ").map_or("", |(name, _)| name)));
        }
        let cell = SourceCell { what, place: quantity.place.clone() };
        Ok(Measure::cell(quantity.exact, unit, notation, text, cell))
    }

    /// The items of a list: without the rows that stand for all, from 除く, before から, after まで.
    pub(super) fn selected(&self, arguments: &Arguments<'_>) -> Result<Vec<usize>, Fault> {
        let index = |name: &str| match arguments.named(name)? {
            Some(text) => self.item(text),
            None => Ok(None),
        };
        let (from, to) = (index("から")?, index("まで")?);
        let without: Vec<usize> = match arguments.named("除く")? {
            // An item may have a 、 in its name.
            Some((name, place)) => {
                match self.items.iter().position(|item| same_name(&item.name, name)) {
                    Some(index) => vec![index],
                    None => {
                        let each = name.split('、').map(|name| self.item((name, place)));
                        each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()
                    }
                }
            }
            None => Vec::new(),
        };
        let range = from.unwrap_or(0)..to.map_or(self.items.len(), |to| to + 1);
        Ok(range.filter(|i| !without.contains(i) && !self.items[*i].is_total).collect())
    }

    /// Whether a table says － here: there is no such value, and none is missing.
    fn has_none(&self, item: usize, column: Column) -> bool {
        let Column::One(series) = column else { return false };
        let cells = self.series[series].cells.as_ref();
        let cell = cells.and_then(|cells| cells.get(item));
        matches!(cell, Some(TableCell::Word { sign: None, .. }))
    }

    /// The values of the selected items, each with the index of its item.
    ///
    /// A missing value among them is a fault: nothing can be said of all when one is not known.
    pub(super) fn list(
        &self,
        arguments: &Arguments<'_>,
        column: Column,
    ) -> Result<Vec<(usize, Measure)>, Fault> {
        let place = &arguments.call.place;
        let mut found = Vec::new();
        for item in self.selected(arguments)? {
            if self.has_none(item, column) {
                continue;
            }
            let measure = self.measure(Some(item), column, place).map_err(|fault| {
                fault.hint("値のない項目は、から:・まで:・除く: で外してください")
            })?;
            found.push((item, measure));
        }
        if found.is_empty() {
            let message = format!("{} に比べる値がありません", self.call);
            return Err(Fault::new(place, &arguments.call.name, message));
        }
        Ok(found)
    }
}
