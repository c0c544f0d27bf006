//! Indicators (指標): one row each, one column a fiscal year.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{find, required};
use super::doubles::difference;
use super::fields::with_suggestion;
use super::limits::{MOST_INDICATORS, too_many};
use super::numbers::NumberColumn;
use super::reader::Reader;
use crate::load::{Cell, Record, Table};
use crate::model::indicator::{Breakdown, Direction, Indicator, Indicators, Target};
use crate::model::name::{NameIndex, same_name};
use crate::model::number::{Expected, Number, Sign};
use crate::model::period::{FiscalYear, Period};
use crate::model::quantity::{Notation, Quantity};
use crate::model::report::DataSet;
use crate::model::unit::Unit;
use crate::problem::{Code, Place, Problem};

pub(super) const REQUIRED: [&str; 5] = ["指標", "単位", "形式", "目標値", "基準値"];
const OPTIONAL: [&str; 4] = ["略称", "区分", "向き", "目標値の表記"];

/// How the numbers of one row are read and written.
pub(super) struct Writing {
    notation: Notation,
    unit: String,
    parentheses: bool,
}

impl Writing {
    pub fn new(notation: Notation, unit: String, parentheses: bool) -> Self {
        Writing { notation, unit, parentheses }
    }

    /// 億千万 is an amount in 百万円, whatever the unit column says.
    pub fn expected(&self, bound: bool) -> Expected {
        let unit = match self.notation {
            Notation::OkuSenman => Unit::parse("百万円"),
            Notation::Fixed { .. } => Unit::parse(&self.unit),
        };
        Expected { unit, parentheses: self.parentheses, bound }
    }

    pub fn quantity(&self, exact: rust_decimal::Decimal, cell: &Cell) -> Quantity {
        let text = self.notation.format_with_unit(exact, &self.unit);
        Quantity { text, exact, place: cell.place.clone() }
    }
}

/// The rows so far, and where each name stands among them.
#[derive(Default)]
struct Rows {
    rows: Vec<Indicator>,
    by_name: NameIndex,
    /// By name and short name.
    by_any_name: NameIndex,
}

impl Rows {
    fn push(&mut self, row: Indicator) {
        let index = self.rows.len();
        self.by_name.add(&row.name, index);
        self.by_any_name.add(&row.name, index);
        if !row.short.is_empty() {
            self.by_any_name.add(&row.short, index);
        }
        self.rows.push(row);
    }
}

impl Reader<'_> {
    /// Reads the table of indicators. Every header that names a fiscal year is a period.
    pub(super) fn indicators(
        &mut self,
        table: &Table,
        parentheses: bool,
        incomplete: &mut BTreeSet<DataSet>,
    ) -> Indicators {
        let before = self.problems.len();
        // Columns may stand in any order; tables and charts run through the years.
        let periods = self.period_columns(table);
        if periods.is_empty() {
            let place = table
                .header
                .first()
                .map_or_else(|| Place::file(table.file.clone()), |c| c.place.clone());
            self.problems.push(
                Problem::error(Code::NoPeriods, place)
                    .message("年度の列がありません")
                    .expected("R1、令和元年度、2019 などの見出しの列")
                    .hint("見出し行に年度の列を加えてください"),
            );
        }
        for cell in &table.header {
            // A header may be written with blanks or broken over lines.
            let name: String = cell.text.chars().filter(|c| !c.is_whitespace()).collect();
            let name = name.as_str();
            let known = REQUIRED.contains(&name)
                || OPTIONAL.contains(&name)
                || ["備考", ""].contains(&name);
            let wrong = FiscalYear::contradiction(&cell.text).is_some();
            if !known && !wrong && Period::parse(&cell.text).is_none() {
                self.problems.push(
                    Problem::warning(Code::UnknownWord, cell.place.clone())
                        .text(&cell.text)
                        .message(format!("列「{}」は使われません", cell.text))
                        .expected("年度（R6、令和6年度、2024など）か、決まった見出し")
                        .hint("年度のつもりなら書き方を直し、覚え書きなら見出しを「備考」にしてください"),
                );
            }
        }
        let mut indicators = Indicators {
            periods: periods.iter().map(|(_, year)| *year).collect(),
            rows: Vec::new(),
        };
        let mut rows = Rows::default();
        if let Some(record) = table.records.get(MOST_INDICATORS) {
            let count = table.records.len();
            self.problems.push(too_many("指標の行", "行", MOST_INDICATORS, count, &record.place));
        }
        if let Some(columns) = find(table, REQUIRED, &mut self.problems) {
            let optional = OPTIONAL.map(|name| table.column(name));
            for record in table.records.iter().take(MOST_INDICATORS) {
                let cells = columns.map(|column| record.cell(column));
                let more = optional.map(|column| record.cell(column.unwrap_or(usize::MAX)));
                let values = periods
                    .iter()
                    .map(|(column, year)| (year.to_string(), record.cell(*column)))
                    .collect();
                self.indicator(record, (cells, more), (values, parentheses), &mut rows);
                self.note_record(record);
            }
        }
        indicators.rows = rows.rows;
        if self.problems[before..].iter().any(Problem::is_error) {
            incomplete.insert(DataSet::Indicators);
        }
        indicators
    }

    fn indicator(
        &mut self,
        record: &Record,
        (cells, more): ([Cell; 5], [Cell; 4]),
        (values, parentheses): (Vec<(String, Cell)>, bool),
        rows: &mut Rows,
    ) {
        let [name, unit, notation_cell, target, baseline] = cells;
        let [short, breakdown, direction, target_text] = more;
        let Some(name) = required(&name, "指標", &mut self.problems) else { return };
        let Some(notation) = self.notation(&notation_cell) else { return };
        self.scale_of_words(&unit, notation);
        let writing = Writing::new(notation, unit.text.clone(), parentheses);
        let mut signs = BTreeMap::new();
        let values: Vec<_> = values
            .iter()
            .map(|(name, cell)| self.quantity((name, cell), &writing, &mut signs))
            .collect();
        let known = rows.by_name.get(&name).map(|index| &mut rows.rows[index]);
        if !breakdown.text.is_empty() {
            match known {
                Some(row) => {
                    let mut parts = row.breakdowns.iter();
                    let twin = parts.find(|part| same_name(&part.name, &breakdown.text));
                    self.problems.extend(twin.map(|twin| double_breakdown(row, twin, &breakdown)));
                    row.breakdowns.push(Breakdown { name: breakdown.text, values });
                    let same = [&short, &unit, &notation_cell, &direction];
                    let none = [&target, &target_text, &baseline];
                    let faults = unused_cells(row, same, none);
                    self.problems.extend(faults);
                }
                None => self.problems.push(
                    Problem::error(Code::UnknownReference, breakdown.place)
                        .text(&breakdown.text)
                        .message(format!(
                            "区分「{}」の前に、区分のない「{name}」の行がありません",
                            breakdown.text
                        ))
                        .hint("区分が空の行を先に書いてください"),
                ),
            }
            return;
        }
        if let Some(first) = known {
            self.problems.push(
                Problem::error(Code::DuplicateName, record.place.clone())
                    .text(&name)
                    .message(format!(
                        "指標「{name}」が重複しています（最初は {}）{}",
                        first.place,
                        difference(&first.name, &name)
                    ))
                    .hint("内訳の行なら「区分」を記入し、そうでなければ一方を消してください"),
            );
            return;
        }
        self.unique_short(&name, &short, rows);
        let direction = self.direction(&direction);
        let target = self.target(&target, &target_text.text, &writing, direction);
        let baseline = self.quantity(("基準値", &baseline), &writing, &mut signs);
        let (short, place, breakdowns) = (short.text, record.place.clone(), Vec::new());
        rows.push(Indicator {
            name,
            short,
            unit: writing.unit,
            notation,
            direction,
            target,
            baseline,
            values,
            signs,
            breakdowns,
            place,
        });
    }

    /// Names and short names are looked up together, so none may stand for two indicators.
    fn unique_short(&mut self, name: &str, short: &Cell, rows: &Rows) {
        let taken = |text: &str| rows.by_any_name.get(text).map(|index| &rows.rows[index]);
        let clash = taken(name).or_else(|| taken(&short.text).filter(|_| !short.text.is_empty()));
        if let Some(first) = clash {
            self.problems.push(
                Problem::error(Code::DuplicateName, short.place.clone())
                    .text(&short.text)
                    .message(format!(
                        "指標「{name}」の名前か略称が「{}」と重なっています",
                        first.name
                    ))
                    .expected("指標ごとに違う名前と略称")
                    .hint("略称を変えてください"),
            );
        }
    }

    /// A cell as a quantity; the name of its column goes to `signs` when it says `…` or `x`.
    fn quantity(
        &mut self,
        (name, cell): (&str, &Cell),
        writing: &Writing,
        signs: &mut BTreeMap<String, Sign>,
    ) -> Option<Quantity> {
        let column = NumberColumn { name, expected: writing.expected(false) };
        match self.number(cell, &column) {
            Ok(number) => Some(writing.quantity(number.exact, cell)),
            Err(absence) => {
                signs.extend(absence.sign().map(|sign| (name.to_owned(), sign)));
                None
            }
        }
    }

    /// 目標値の表記 stands for the number in the table; {値} in it is the number. Without it,
    /// 以上 and its like are kept behind the number.
    fn target(
        &mut self,
        cell: &Cell,
        words: &str,
        writing: &Writing,
        direction: Option<Direction>,
    ) -> Option<Target> {
        let column = NumberColumn { name: "目標値", expected: writing.expected(true) };
        let number = self.number(cell, &column).ok();
        self.bound_and_direction(cell, number.as_ref(), direction);
        let bound = number.as_ref().and_then(|number| number.bound).unwrap_or_default();
        let number = number.map(|number| writing.quantity(number.exact, cell));
        let text = match (&number, words) {
            (None, "") => return None,
            (Some(number), "") => format!("{}{bound}", number.text),
            (Some(number), words) => words.replace("{値}", &number.text),
            (None, words) if words.contains("{値}") => {
                self.problems.push(target_without_number(cell));
                return None;
            }
            (None, words) => words.to_owned(),
        };
        Some(Target { text, exact: number.map(|number| number.exact), place: cell.place.clone() })
    }

    /// 目標値 must not say 以上 where 向き says 以下.
    fn bound_and_direction(
        &mut self,
        cell: &Cell,
        number: Option<&Number>,
        direction: Option<Direction>,
    ) {
        let Some(bound) = number.and_then(|number| number.bound) else { return };
        let upward = ["以上", "超"].contains(&bound);
        let agrees = match direction {
            Some(Direction::AtLeast) => upward,
            Some(Direction::AtMost) => !upward,
            None => true,
        };
        if !agrees {
            self.problems.push(
                Problem::error(Code::UnknownWord, cell.place.clone())
                    .text(&cell.text)
                    .message(format!("目標値の「{bound}」が「向き」の語と合いません"))
                    .hint("どちらかを直してください。「向き」で目標の達成を決めます"),
            );
        }
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

    /// 億千万 counts in 百万円: another unit would not be what the page shows.
    fn scale_of_words(&mut self, unit: &Cell, notation: Notation) {
        if notation == Notation::OkuSenman && !["", "百万円"].contains(&unit.text.as_str()) {
            self.problems.push(
                Problem::error(Code::UnknownWord, unit.place.clone())
                    .text(&unit.text)
                    .message("形式が「億千万」の値の単位は、百万円です")
                    .expected("百万円")
                    .hint("値を百万円の単位に直すか、形式を整数などにしてください"),
            );
        }
    }
}

/// What a row of a 区分 says and the page does not show.
///
/// `same`: 略称, 単位, 形式 and 向き, which must be those of the main row; `none`: what only the main
/// row has.
fn unused_cells(row: &Indicator, same: [&Cell; 4], none: [&Cell; 3]) -> Vec<Problem> {
    let [short, unit, notation, direction] = same;
    let main_direction = row.direction.map_or("", Direction::word);
    let differs = [
        (short, "略称", short.text != row.short),
        (unit, "単位", unit.text != row.unit),
        (notation, "形式", Notation::from_name(&notation.text) != Some(row.notation)),
        (direction, "向き", direction.text != main_direction),
    ];
    let differs =
        differs.into_iter().filter(|(cell, _, differs)| *differs && !cell.text.is_empty());
    let names = ["目標値", "目標値の表記", "基準値"];
    let extra = none.into_iter().zip(names).filter(|(cell, _)| !cell.text.is_empty());
    let differs = differs.map(|(cell, name, _)| {
        Problem::error(Code::UnknownWord, cell.place.clone())
            .text(&cell.text)
            .message(format!("区分の行の「{name}」が、指標「{}」の行と違います", row.name))
            .hint("区分の値は、指標の行と同じ単位と形式で紙面に出ます。同じ語にしてください")
    });
    let extra = extra.map(|(cell, name)| {
        Problem::error(Code::UnknownWord, cell.place.clone())
            .text(&cell.text)
            .message(format!("区分の行の「{name}」は使われません"))
            .hint("空にするか、別の指標の行にしてください")
    });
    differs.chain(extra).collect()
}

/// A 区分 that an indicator has already: no call could tell them apart.
fn double_breakdown(row: &Indicator, first: &Breakdown, cell: &Cell) -> Problem {
    let name = &cell.text;
    Problem::error(Code::DuplicateName, cell.place.clone())
        .text(name)
        .message(format!(
            "指標「{}」に、区分「{name}」の行が2つあります{}",
            row.name,
            difference(&first.name, name)
        ))
        .hint("別の区分なら名前を変え、同じ区分なら一方の行を消してください")
}

/// 目標値の表記 asks for a number that 目標値 does not have.
fn target_without_number(target: &Cell) -> Problem {
    Problem::error(Code::MissingValue, target.place.clone())
        .text("")
        .message("「目標値の表記」に {値} があるのに、「目標値」が空です")
        .hint("目標値の数を書くか、表記から {値} を除いてください")
}
