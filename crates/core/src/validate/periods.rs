//! The order of periods: what stands out of order, twice, or is missing between others.

use std::collections::HashMap;

use super::reader::Reader;
use crate::load::{Cell, Table};
use crate::model::period::{FiscalYear, Period, gaps};
use crate::problem::{Code, Place, Problem};

/// Headers of a figure's first column that announce periods.
const PERIOD_HEADERS: [&str; 6] = ["年度", "年", "時点", "年月日", "期日", "会計年度"];

/// Categories that stand for all of the others and are no period.
const TOTALS: [&str; 6] = ["全体", "合計", "総数", "総計", "計", "平均"];

impl Reader<'_> {
    /// The columns of an indicator table whose headers name periods, in the order of the years.
    ///
    /// A day counts as the fiscal year it falls in. Two columns of one year are an error,
    /// missing years a warning, another order of the columns worth a note.
    pub(super) fn period_columns(&mut self, table: &Table) -> Vec<(usize, FiscalYear)> {
        let mut periods: Vec<(usize, FiscalYear)> = table
            .header
            .iter()
            .enumerate()
            .filter_map(|(column, cell)| Some((column, Period::parse(&cell.text)?.fiscal_year())))
            .collect();
        if let Some(pair) = periods.windows(2).find(|pair| pair[1].1 < pair[0].1) {
            let cell = &table.header[pair[1].0];
            self.problems.push(
                Problem::note(Code::PeriodOrder, cell.place.clone())
                    .text(&cell.text)
                    .message("年度の列が年度の順に並んでいません")
                    .hint("紙面と図では年度の順に並べます。CSVの列は直さなくても構いません"),
            );
        }
        periods.sort_by_key(|(_, year)| *year);
        for (index, (column, year)) in periods.iter().enumerate() {
            let cell = &table.header[*column];
            if let Some((first, _)) = periods[..index].iter().find(|(_, known)| known == year) {
                self.problems.push(
                    Problem::error(Code::DuplicateColumn, cell.place.clone())
                        .text(&cell.text)
                        .message(format!(
                            "{}の列が2つあります（最初は「{}」）",
                            year.long(),
                            table.header[*first].text
                        ))
                        .hint("どちらかの列を消すか、年度を直してください"),
                );
            }
        }
        let years: Vec<FiscalYear> = periods.iter().map(|(_, year)| *year).collect();
        if let Some((first, _)) = periods.first() {
            self.tell_gaps(&years, &table.header[*first].place, "列");
        }
        periods
    }

    /// The categories of a figure, when they are periods. `stepwise`: whether the step from each to
    /// the next is drawn, so that a missing one would make it look too short.
    pub(super) fn check_categories(&mut self, header: &Cell, categories: &[Cell], stepwise: bool) {
        let name: String = header.text.chars().filter(|c| !c.is_whitespace()).collect();
        let cells: Vec<(&Cell, Option<Period>)> = categories
            .iter()
            .filter(|cell| !cell.text.is_empty() && !TOTALS.contains(&cell.text.as_str()))
            .map(|cell| (cell, Period::parse(&cell.text)))
            .collect();
        let read: Vec<(&Cell, Period)> =
            cells.iter().filter_map(|(cell, period)| Some((*cell, (*period)?))).collect();
        let all = read.len() == cells.len() && read.len() > 1;
        if read.is_empty() || !(all || PERIOD_HEADERS.contains(&name.as_str())) {
            return;
        }
        for (cell, _) in cells.iter().filter(|(_, period)| period.is_none()) {
            self.problems.push(
                warning(cell)
                    .message(format!("「{}」は、ほかの項目と違って年度として読めません", cell.text))
                    .expected("R6、令和6年度、2024、R7.4.1 など")
                    .hint("年度なら書き方を直し、そうでなければ1列目の見出しを「年度」から変えてください"),
            );
        }
        self.order(&read, stepwise);
    }

    fn order(&mut self, periods: &[(&Cell, Period)], stepwise: bool) {
        let before = |one: Period, other: Period| match (one, other) {
            (Period::Day(one), Period::Day(other)) => one < other,
            _ => one.fiscal_year() < other.fiscal_year(),
        };
        // Days of one year are told apart; a day and a year are not.
        let (mut days, mut years, mut any) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (index, (cell, period)) in periods.iter().enumerate() {
            let year = period.fiscal_year();
            let twin: Option<usize> = match period {
                Period::Day(day) => {
                    let twin = days.get(day).into_iter().chain(years.get(&year)).min().copied();
                    days.entry(*day).or_insert(index);
                    twin
                }
                Period::Year(_) => {
                    years.entry(year).or_insert(index);
                    any.get(&year).copied()
                }
            };
            any.entry(year).or_insert(index);
            if let Some((first, _)) = twin.map(|twin| periods[twin]) {
                self.problems.push(
                    warning(cell)
                        .message(format!("「{}」と同じ時期の項目が前にもあります", cell.text))
                        .hint(format!("{} と比べ、一方を直すか消してください", first.place)),
                );
            }
        }
        if let Some(pair) = periods.windows(2).find(|pair| before(pair[1].1, pair[0].1)) {
            self.problems.push(
                warning(pair[1].0)
                    .message(format!(
                        "「{}」が「{}」より後にあり、時期の順に並んでいません",
                        pair[1].0.text, pair[0].0.text
                    ))
                    .hint("古い時期から順に行を並べてください。図はこの順に描きます"),
            );
            return;
        }
        let years: Vec<FiscalYear> = periods.iter().map(|(_, p)| p.fiscal_year()).collect();
        if let Some((cell, _)) = periods.first().filter(|_| stepwise) {
            self.tell_gaps(&years, &cell.place, "行");
        }
    }

    /// Years that are missing between others would make two steps look like one.
    fn tell_gaps(&mut self, years: &[FiscalYear], place: &Place, what: &str) {
        let missing: Vec<String> = gaps(years).iter().map(ToString::to_string).collect();
        if missing.is_empty() {
            return;
        }
        self.problems.push(
            Problem::warning(Code::PeriodOrder, place.clone())
                .message(format!("間の年度が抜けています（{}）", missing.join("・")))
                .hint(format!(
                    "抜けた年度の{what}を加えてください。値がない年度は、空のセルにします"
                )),
        );
    }
}

fn warning(cell: &Cell) -> Problem {
    Problem::warning(Code::PeriodOrder, cell.place.clone()).text(&cell.text)
}
