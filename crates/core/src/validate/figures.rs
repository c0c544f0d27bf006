//! Figures: the table behind each, read as report.toml declares it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::annotations::{Setting, annotations};
use super::better_kinds::{self, Places};
use super::columns::required;
use super::doubles::difference;
use super::fields::with_suggestion;
use super::figure_choices::Choices;
use super::figure_names::Names;
use super::figure_source::FigureSource;
use super::limits::{MOST_FIGURE_COLUMNS, MOST_FIGURE_ROWS, MOST_FIGURE_VALUES, too_many};
use super::numbers::NumberColumn;
use super::reader::Reader;
use super::reference_lines::LineSource;
use super::titles::named_indicators;
use super::totals;
use super::unsuitable_kinds;
use crate::load::{Cell, Layout, Table};
use crate::model::data_grid::DataGrid;
use crate::model::figure::{ChartKind, DataState, Figure, FigureData, Panel, Series};
use crate::model::indicator::{Indicator, Indicators};
use crate::model::name::{name_key, same_name};
use crate::model::number::{Mark, Number};
use crate::model::period::Period;
use crate::model::quantity::{Quantity, grouped};
use crate::model::report::DataSet;
use crate::problem::{Code, Place, Problem};

impl Reader<'_> {
    /// Reads the data of every figure.
    pub(super) fn figures(
        &mut self,
        sources: Vec<FigureSource>,
        incomplete: &mut BTreeSet<DataSet>,
        indicators: (&Indicators, DataState),
    ) -> Vec<Figure> {
        let mut seen: HashMap<String, Place> = HashMap::new();
        let mut figures = Vec::new();
        for source in sources {
            let (number, place) = source.number.clone();
            if let Some(first) = seen.insert(number.clone(), place.clone()) {
                self.problems.push(
                    Problem::error(Code::DuplicateFigure, place)
                        .text(&number)
                        .message(format!("図{number} が重複しています（最初は {first}）"))
                        .expected("図ごとに違う番号")
                        .hint("どちらかの番号を直し、文章の【図】も合わせてください"),
                );
                incomplete.insert(DataSet::Figures);
                continue;
            }
            match self.figure(source, incomplete, indicators) {
                Some(figure) => figures.push(figure),
                None => _ = incomplete.insert(DataSet::Figures),
            }
        }
        figures
    }

    fn figure(
        &mut self,
        source: FigureSource,
        incomplete: &BTreeSet<DataSet>,
        (indicators, indicators_state): (&Indicators, DataState),
    ) -> Option<Figure> {
        let around = [&source.title].into_iter().chain(&source.source).chain(&source.alt);
        for (text, place) in around.chain(&source.notes) {
            self.note(text, place);
            self.title_names.extend(named_indicators(text, place));
        }
        let indicator = match &source.indicator {
            None => None,
            Some(_) if incomplete.contains(&DataSet::Indicators) => return None,
            Some((name, place)) => Some(self.known_indicator(name, place, indicators)?),
        };
        let data = match (indicator, &source.csv) {
            (Some(indicator), _) => indicator_data(indicator, indicators),
            (None, Some(csv)) => {
                let table = self.read_source(csv, Layout::Figure)?;
                self.keep_remarks(&table, Some(&source.number.0));
                self.figure_data(&table, &source)?
            }
            (None, None) => return None,
        };
        let line_series = self.line_series(&source, &data);
        // A figure of provisional indicators is provisional, whatever it says of itself.
        let state = match indicator {
            Some(_) => source.state.max(indicators_state),
            None => source.state,
        };
        let figure = Figure {
            number: source.number.0,
            title: source.title.0,
            kind: source.kind.0,
            state,
            unit: indicator.map_or(source.unit, |row| row.unit.clone()),
            data,
            width: source.width,
            height_mm: source.height_mm,
            target: None,
            baseline: None,
            line_series,
            line_unit: source.line_unit,
            stacked: source.choices.stacked(source.kind.0, &mut self.problems),
            order: source.choices.order.as_ref().map(|(order, _)| *order).unwrap_or_default(),
            highlight: None,
            annotations: Vec::new(),
            panel: Panel::default(),
            table: source.choices.table,
            alt: source.alt.map(|(text, _)| text),
            source: source.source.map(|(text, _)| text),
            notes: source.notes.into_iter().map(|(text, _)| text).collect(),
            base: source.base,
            place: source.place,
        };
        let lines = [&source.target, &source.baseline];
        Some(self.chosen(figure, &source.kind.1, (&source.choices, lines), indicator))
    }

    /// The figure with everything that report.toml chooses by names of its data, and what is wrong
    /// with the choices.
    fn chosen(
        &mut self,
        mut figure: Figure,
        kind: &Place,
        (choices, lines): (&Choices, [&LineSource; 2]),
        indicator: Option<&Indicator>,
    ) -> Figure {
        let short = indicator.map(|row| row.short.as_str()).filter(|short| !short.is_empty());
        for note in &choices.notes {
            self.note(&note.text.0, &note.text.1);
        }
        let problems = &mut self.problems;
        let (totals, told) = totals::totals(&figure);
        figure.data.totals = totals;
        [figure.target, figure.baseline] = lines.map(|line| match indicator {
            Some(row) => line.of_indicator(row, problems),
            None => line.of_table((figure.kind, &figure.unit), problems),
        });
        figure.panel = choices.panel(figure.kind, problems);
        let names = Names { data: &figure.data, short };
        figure.highlight = choices.highlight(&names, problems);
        let mut unsettled = choices.unsettled(figure.state, &names, problems);
        // A p beside a number says what report.toml need not say again.
        if figure.state == DataState::Confirmed {
            for (at, state) in &figure.data.unsettled {
                unsettled.entry(*at).or_insert(*state);
            }
        }
        let setting = Setting { kind: figure.kind, order: figure.order, names };
        figure.annotations = annotations(&choices.notes, &setting, problems);
        figure.data.unsettled = unsettled;
        let faults = unsuitable_kinds::faults(&figure, kind);
        // What cannot be drawn at all, or sums up wrongly, needs no better kind beside.
        if faults.is_empty() && !told.iter().any(Problem::is_error) {
            let order = choices.order.as_ref().map(|(_, place)| place);
            let drawn = figure.without_totals();
            let drawn = drawn.as_ref().unwrap_or(&figure);
            problems.extend(better_kinds::doubts(drawn, &Places { kind, order }));
        }
        problems.extend(told);
        problems.extend(faults);
        figure
    }

    fn known_indicator<'i>(
        &mut self,
        name: &str,
        place: &Place,
        indicators: &'i Indicators,
    ) -> Option<&'i Indicator> {
        let found = indicators.find(name);
        if found.is_none() {
            let problem = Problem::error(Code::UnknownName, place.clone())
                .text(name)
                .message(format!("指標「{name}」がありません"))
                .hint("指標の表の「指標」か「略称」の名前を書いてください");
            let known =
                indicators.rows.iter().flat_map(|row| [row.name.as_str(), row.short.as_str()]);
            self.problems.push(with_suggestion(problem, name, known));
        }
        found
    }

    /// First column: the categories. Every other column: a series of numbers.
    fn figure_data(&mut self, table: &Table, source: &FigureSource) -> Option<FigureData> {
        let before = self.problems.len();
        let place = table
            .header
            .first()
            .map_or_else(|| Place::file(table.file.clone()), |c| c.place.clone());
        if table.header.len() < 2 || table.records.is_empty() {
            self.problems.push(no_data(place));
            return None;
        }
        if let Some(problem) = too_large(table) {
            self.problems.push(problem);
            return None;
        }
        let mut data = FigureData { dimension: table.header[0].text.clone(), ..Default::default() };
        for cell in &table.header {
            self.note(&cell.text, &cell.place);
        }
        data.categories = table.records.iter().map(|record| record.cell(0).text).collect();
        for record in &table.records {
            let first = record.cell(0);
            required(&first, "項目（1列目）", &mut self.problems);
            self.note(&first.text, &first.place);
        }
        let first: Vec<Cell> = table.records.iter().map(|record| record.cell(0)).collect();
        self.problems.extend(twins(&first));
        // A slope leads from the first time to the last, whatever lies between.
        self.check_categories(&table.header[0], &first, source.kind.0 != ChartKind::Slope);
        for (column, header) in table.header.iter().enumerate().skip(1) {
            let cells: Vec<Cell> = table.records.iter().map(|record| record.cell(column)).collect();
            let blank = header.text.is_empty() && cells.iter().all(|cell| cell.text.is_empty());
            if blank || header.text == "備考" {
                continue;
            }
            let last = column + 1 == table.header.len();
            let expected = source.expected(&header.text, last);
            let column = NumberColumn { name: &header.text, expected };
            let at = data.series.len();
            let mut values = Vec::new();
            for (row, cell) in cells.iter().enumerate() {
                values.push(match self.number(cell, &column) {
                    Ok(Number { exact, mark, .. }) => {
                        match mark {
                            Some(Mark::Revised) => _ = data.revised.insert((at, row)),
                            Some(Mark::Preliminary) => {
                                data.unsettled.insert((at, row), DataState::Preliminary);
                            }
                            None => {}
                        }
                        let text = grouped(exact, exact.scale());
                        Some(Quantity { text, exact, place: cell.place.clone() })
                    }
                    Err(absence) => {
                        data.signs.extend(absence.sign().map(|sign| ((at, row), sign)));
                        None
                    }
                });
            }
            data.series.push(Series { name: header.text.clone(), values });
        }
        let mut values = data.series.iter().flat_map(|series| series.values.iter().flatten());
        if data.series.is_empty() {
            self.problems.push(no_data(place));
        } else if values.next().is_none() && self.problems.len() == before {
            self.problems.push(
                Problem::warning(Code::FigureWithoutData, place)
                    .message("図の値が1つもなく、「データなし」とだけ出ます")
                    .hint("値を書くか、図を消してください"),
            );
        }
        (!self.problems[before..].iter().any(Problem::is_error)).then_some(data)
    }

    fn line_series(&mut self, source: &FigureSource, data: &FigureData) -> Option<usize> {
        if source.kind.0 != ChartKind::ColumnsAndLine {
            self.problems.extend(source.line.as_ref().map(|(name, place)| {
                Problem::warning(Code::UnsuitableKind, place.clone())
                    .text(name)
                    .message(format!("「line」は {} の図では働きません", source.kind.0.name()))
                    .hint("この行を消すか、`kind = \"columns-and-line\"` にしてください")
            }));
            return None;
        }
        let (name, place) = match &source.line {
            Some(line) => line.clone(),
            None => return Some(data.series.len().saturating_sub(1)),
        };
        let found = data.series.iter().position(|series| same_name(&series.name, &name));
        if found.is_none() {
            let problem = Problem::error(Code::UnknownName, place)
                .text(&name)
                .message(format!("図のデータに列「{name}」がありません"));
            let known = data.series.iter().map(|series| series.name.as_str());
            self.problems.push(with_suggestion(problem, &name, known));
        }
        found
    }
}

/// Items that stand twice; years that do are told by their own rule.
fn twins(items: &[Cell]) -> Vec<Problem> {
    let mut seen: HashMap<Cow<'_, str>, &Cell> = HashMap::new();
    let mut problems = Vec::new();
    let named = |cell: &&Cell| !cell.text.is_empty() && Period::parse(&cell.text).is_none();
    for cell in items.iter().filter(named) {
        if let Some(first) = seen.insert(name_key(&cell.text), cell) {
            let (differs, first) = (difference(&first.text, &cell.text), &first.place);
            problems.push(
                Problem::warning(Code::DuplicateName, cell.place.clone())
                    .text(&cell.text)
                    .message(format!(
                        "項目「{}」が重複しています（前は {first}）{differs}",
                        cell.text
                    ))
                    .hint("別の項目なら名前を変え、同じ項目なら一方を消してください"),
            );
        }
    }
    problems
}

/// More rows or columns than anybody could see apart in one figure.
fn too_large(table: &Table) -> Option<Problem> {
    if let Some(record) = table.records.get(MOST_FIGURE_ROWS) {
        let count = table.records.len();
        return Some(too_many("図のデータの行", "行", MOST_FIGURE_ROWS, count, &record.place));
    }
    if let Some(cell) = table.header.get(MOST_FIGURE_COLUMNS) {
        let count = table.header.len();
        return Some(too_many("図のデータの列", "列", MOST_FIGURE_COLUMNS, count, &cell.place));
    }
    let values = (table.header.len() - 1) * table.records.len();
    let place = &table.records.first()?.place;
    (values > MOST_FIGURE_VALUES)
        .then(|| too_many("図のデータの値", "個", MOST_FIGURE_VALUES, values, place))
}

fn no_data(place: Place) -> Problem {
    Problem::error(Code::FigureWithoutData, place)
        .message("図にするデータがありません")
        .expected("1列目に項目、2列目から数値、2行目から1行以上のデータ")
}

fn indicator_data(indicator: &Indicator, indicators: &Indicators) -> FigureData {
    let grid = DataGrid::of_indicator(indicator, &indicators.periods);
    let series = grid.series.iter();
    let series = series
        .map(|series| Series { name: series.name.to_owned(), values: series.values.to_vec() });
    FigureData {
        dimension: "年度".into(),
        categories: grid.items.into_iter().map(|item| item.name.into_owned()).collect(),
        series: series.collect(),
        ..FigureData::default()
    }
}
