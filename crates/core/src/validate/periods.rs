//! The order of periods: what stands out of order, twice, or is missing between others.

use std::collections::HashMap;

use super::reader::Reader;
use crate::load::{Cell, Table};
use crate::model::categories::is_month;
use crate::model::figure::is_total;
use crate::model::period::{FiscalYear, Period, gaps, is_expected, qualifier};
use crate::problem::{Code, Place, Problem};

/// Headers of a figure's first column that announce periods. Under the first ones stands nothing
/// else; under the others may stand words, too (時点: 入所時).
const YEAR_HEADERS: [&str; 5] = ["年度", "年", "年月日", "会計年度", "西暦"];
const TIME_HEADERS: [&str; 7] = ["時点", "期日", "月", "年月", "基準日", "調査日", "和暦"];

fn announces_periods(header: &str) -> bool {
    YEAR_HEADERS.contains(&header) || TIME_HEADERS.contains(&header) || header.ends_with("年度")
}

/// What a category may be called that is neither a period nor a total.
const AVERAGES: [&str; 2] = ["平均", "平均値"];

impl Reader<'_> {
    /// The columns of an indicator table whose headers name periods, in the order of the years.
    ///
    /// A day counts as the fiscal year it falls in. Two columns of one year are an error,
    /// missing years a warning, another order of the columns worth a note.
    pub(super) fn period_columns(&mut self, table: &Table) -> Vec<(usize, FiscalYear)> {
        self.problems.extend(table.header.iter().filter_map(contradiction));
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
        for (column, year) in &periods {
            let cell = &table.header[*column];
            if is_expected(&cell.text) {
                self.problems.push(
                    Problem::note(Code::PeriodOrder, cell.place.clone())
                        .text(&cell.text)
                        .message(format!("「{}」の列を {year} として読みました。紙面の見出しは {year} になります", cell.text))
                        .hint(format!(
                            "実績でないことは、指標表の下に #注[{}の値は、…] のように書いてください",
                            year.long()
                        )),
                );
            }
        }
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
        let name = name.trim_end_matches('別');
        let other = |text: &str| text.is_empty() || is_total(text) || AVERAGES.contains(&text);
        let wrong: Vec<Problem> = categories.iter().filter_map(contradiction).collect();
        if !wrong.is_empty() {
            self.problems.extend(wrong);
            return;
        }
        let cells: Vec<(&Cell, Option<Period>)> = categories
            .iter()
            .filter(|cell| !other(&cell.text))
            .map(|cell| (cell, Period::parse(&cell.text)))
            .collect();
        let read: Vec<(&Cell, Period)> =
            cells.iter().filter_map(|(cell, period)| Some((*cell, (*period)?))).collect();
        let all = read.len() == cells.len() && read.len() > 1;
        if !(all || announces_periods(name)) {
            return;
        }
        let unread: Vec<&Cell> = cells
            .iter()
            .filter(|(cell, period)| period.is_none() && !is_month(&cell.text))
            .map(|(cell, _)| *cell)
            .collect();
        // 時点 may be 開始前 and 終了後; with a number in it, a period was meant.
        let meant = |cell: &Cell| {
            name.ends_with('年') || name.ends_with("年度") || cell.text.contains(char::is_numeric)
        };
        match unread.as_slice() {
            [first, ..] if read.is_empty() && meant(first) => {
                let few: Vec<&str> = unread.iter().take(3).map(|cell| cell.text.as_str()).collect();
                self.problems.push(
                    warning(first)
                        .message(format!(
                            "「{}」の列の項目（{}{}）が時期として読めないので、順や抜けを確かめていません",
                            header.text,
                            few.join("・"),
                            if unread.len() > 3 { " など" } else { "" }
                        ))
                        .expected("R6、令和6年度、2024、R7.4.1、2025-04-01 など")
                        .hint("時期なら書き方を直し、そうでなければ1列目の見出しを変えてください"),
                );
            }
            _ if read.is_empty() => {}
            _ => self.problems.extend(unread.into_iter().map(|cell| {
                warning(cell)
                    .message(format!("「{}」は、ほかの項目と違って年度として読めません", cell.text))
                    .expected("R6、令和6年度、2024、R7.4.1 など")
                    .hint("年度なら書き方を直し、そうでなければ1列目の見出しを「年度」から変えてください")
            })),
        }
        if read.is_empty() {
            return;
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
            // 令和6年度（見込）and 令和6年度（実績）are two things of one year.
            let kind = qualifier(&cell.text);
            let of_year = (year, kind.clone());
            let twin: Option<usize> = match period {
                Period::Day(day) => {
                    let of_day = (*day, kind);
                    let twin = days.get(&of_day).into_iter().chain(years.get(&of_year));
                    let twin = twin.min().copied();
                    days.entry(of_day).or_insert(index);
                    twin
                }
                Period::Year(_) => {
                    years.entry(of_year.clone()).or_insert(index);
                    any.get(&of_year).copied()
                }
            };
            any.entry(of_year).or_insert(index);
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

/// A name with a year in each of two calendars that are not the same.
fn contradiction(cell: &Cell) -> Option<Problem> {
    let [one, other] = FiscalYear::contradiction(&cell.text)?;
    Some(
        Problem::error(Code::PeriodOrder, cell.place.clone())
            .text(&cell.text)
            .message(format!(
                "「{}」の2つの年が合いません（{}は{}年度、{}は{}年度です）",
                cell.text,
                one.long(),
                one.gregorian(),
                other.long(),
                other.gregorian()
            ))
            .hint("正しいほうに揃えるか、一方だけを書いてください"),
    )
}

fn warning(cell: &Cell) -> Problem {
    Problem::warning(Code::PeriodOrder, cell.place.clone()).text(&cell.text)
}
