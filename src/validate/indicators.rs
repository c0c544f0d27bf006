//! Indicators (指標): one row each, one column a fiscal year.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Reader;
use super::columns::{find, number, required};
use super::fields::with_suggestion;
use crate::load::{Cell, Record, Table};
use crate::model::indicator::{Breakdown, Direction, Indicator, Indicators};
use crate::model::period::FiscalYear;
use crate::model::quantity::{Notation, Quantity};
use crate::model::report::DataSet;
use crate::problem::{Code, Place, Problem};

const COLUMNS: [&str; 9] =
    ["指標", "略称", "区分", "単位", "形式", "向き", "目標値", "目標値の表記", "基準値"];

impl Reader<'_> {
    /// Reads the table of indicators. Every header that names a fiscal year is a period.
    pub(super) fn indicators(&mut self, table: &Table, incomplete: &mut BTreeSet<DataSet>) -> Indicators {
        let before = self.problems.len();
        let periods: Vec<(usize, FiscalYear)> = table
            .header
            .iter()
            .enumerate()
            .filter_map(|(column, cell)| Some((column, FiscalYear::parse(&cell.text)?)))
            .collect();
        if periods.is_empty() {
            let place = table.header.first().map_or_else(|| Place::file(table.file.clone()), |c| c.place.clone());
            self.problems.push(
                Problem::error(Code::NoPeriods, place)
                    .message("年度の列がありません")
                    .expected("R1、令和元年度、2019 などの見出しの列")
                    .hint("見出し行に年度の列を加えてください"),
            );
        }
        let mut indicators =
            Indicators { periods: periods.iter().map(|(_, year)| *year).collect(), rows: Vec::new() };
        if let Some(columns) = find(table, COLUMNS, &mut self.problems) {
            for record in &table.records {
                let cells = columns.map(|column| record.cell(column));
                let values = periods.iter().map(|(column, _)| record.cell(*column)).collect();
                self.indicator(record, cells, values, &mut indicators.rows);
                self.note_record(record);
            }
        }
        if self.problems.len() > before {
            incomplete.insert(DataSet::Indicators);
        }
        indicators
    }

    fn indicator(&mut self, record: &Record, cells: [Cell; 9], values: Vec<Cell>, rows: &mut Vec<Indicator>) {
        let [name, short, breakdown, unit, notation, direction, target, target_text, baseline] = cells;
        let Some(name) = required(&name, "指標", &mut self.problems) else { return };
        let Some(notation) = self.notation(&notation) else { return };
        let unit = unit.text;
        let values: Vec<_> = values.iter().map(|cell| self.quantity(cell, notation, &unit)).collect();
        let known = rows.iter_mut().find(|row| row.name == name);
        if !breakdown.text.is_empty() {
            match known {
                Some(row) => row.breakdowns.push(Breakdown { name: breakdown.text, values }),
                None => self.problems.push(
                    Problem::error(Code::UnknownReference, breakdown.place)
                        .text(&breakdown.text)
                        .message(format!("区分「{}」の前に、区分のない「{name}」の行がありません", breakdown.text))
                        .hint("区分が空の行を先に書いてください"),
                ),
            }
            return;
        }
        if let Some(first) = known {
            self.problems.push(
                Problem::error(Code::DuplicateName, record.place.clone())
                    .text(&name)
                    .message(format!("指標「{name}」が重複しています（最初は {}）", first.place))
                    .hint("内訳の行なら「区分」を記入し、そうでなければ一方を消してください"),
            );
            return;
        }
        let direction = self.direction(&direction);
        let target = self.target(&target, &target_text.text, notation, &unit);
        let baseline = self.quantity(&baseline, notation, &unit);
        let (short, place, breakdowns) = (short.text, record.place.clone(), Vec::new());
        rows.push(Indicator {
            name, short, unit, notation, direction, target, baseline, values, breakdowns, place,
        });
    }

    fn quantity(&mut self, cell: &Cell, notation: Notation, unit: &str) -> Option<Quantity> {
        let exact = number(cell, &mut self.problems)?;
        let text = notation.format_with_unit(exact, unit);
        Some(Quantity { text, exact, place: cell.place.clone() })
    }

    /// 目標値の表記 stands for the number in the table; {値} in it is the number.
    fn target(&mut self, cell: &Cell, words: &str, notation: Notation, unit: &str) -> Option<Quantity> {
        if cell.text.is_empty() && !words.is_empty() {
            let exact = Decimal::ZERO;
            return Some(Quantity { text: words.to_owned(), exact, place: cell.place.clone() });
        }
        let mut target = self.quantity(cell, notation, unit)?;
        if !words.is_empty() {
            target.text = words.replace("{値}", &target.text);
        }
        Some(target)
    }

    fn notation(&mut self, cell: &Cell) -> Option<Notation> {
        let text = required(cell, "形式", &mut self.problems)?;
        let notation = Notation::from_name(&text);
        if notation.is_none() {
            self.unknown_word(cell, "形式", &Notation::NAMES);
        }
        notation
    }

    fn direction(&mut self, cell: &Cell) -> Option<Direction> {
        match cell.text.as_str() {
            "以上" => Some(Direction::AtLeast),
            "以下" => Some(Direction::AtMost),
            "" => None,
            _ => {
                self.unknown_word(cell, "向き", &["以上", "以下"]);
                None
            }
        }
    }

    fn unknown_word(&mut self, cell: &Cell, column: &str, words: &[&str]) {
        let problem = Problem::error(Code::UnknownWord, cell.place.clone())
            .text(&cell.text)
            .message(format!("「{column}」に使えない語です"))
            .expected(words.join("・"));
        self.problems.push(with_suggestion(problem, &cell.text, words.iter().copied()));
    }
}
