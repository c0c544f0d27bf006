//! The columns of a table's data: which of them hold numbers, and what each cell says.

use super::numbers::NumberColumn;
use super::reader::{FormKey, Reader};
use super::table_declaration::{ColumnChoice, ColumnContent, PlacedText, TableDeclaration};
use crate::load::{Cell, Table};
use crate::model::figure::DataState;
use crate::model::name::same_name;
use crate::model::number::{Absence, Expected, Form, Mark, Number, Sign, read};
use crate::model::period::Period;
use crate::model::quantity::{Quantity, allowance};
use crate::model::unit::Unit;
use crate::model::width::half_width;
use crate::problem::{Code, Place, Problem};
use rust_decimal::Decimal;

/// Headings of columns whose numbers are names and no amounts.
const NAMES: [&str; 19] = [
    "番号",
    "整理番号",
    "No",
    "No.",
    "NO",
    "NO.",
    "№",
    "#",
    "コード",
    "年",
    "年度",
    "年次",
    "西暦",
    "回",
    "議席番号",
    "郵便番号",
    "電話",
    "電話番号",
    "期",
];

/// Ends of headings of columns whose values make no sum, and words anywhere in them.
const NO_SUM_ENDS: [&str; 9] =
    ["率", "割合", "比", "単価", "指数", "順位", "年齢", "ポイント", "偏差値"];
const NO_SUM_WORDS: [&str; 4] = ["平均", "当たり", "あたり", "最大"];

/// What in the brackets behind a heading is the unit of its column: 人口（人）; 決算額（A） has none.
const UNITS: [&str; 32] = [
    "%",
    "‰",
    "ポイント",
    "円",
    "ドル",
    "人",
    "世帯",
    "戸",
    "件",
    "台",
    "棟",
    "校",
    "園",
    "団体",
    "組",
    "か所",
    "箇所",
    "ヶ所",
    "カ所",
    "回",
    "本",
    "冊",
    "点",
    "歳",
    "日",
    "時間",
    "分",
    "m",
    "km",
    "ha",
    "t",
    "kg",
];

/// What a cell of a column of numbers says.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Value {
        exact: Decimal,
        cells: Vec<Place>,
        computed: bool,
        unsettled: Option<DataState>,
        /// The digits behind the point of its row, where the rows differ in what they count.
        digits: Option<u32>,
    },
    /// Words in place of a number: －, …, 皆増.
    Word {
        text: String,
        sign: Option<Sign>,
        cells: Vec<Place>,
        computed: bool,
    },
    Blank(Place),
}

impl Entry {
    /// The number and the cells it rests on.
    pub fn value(&self) -> Option<(Decimal, &[Place])> {
        match self {
            Entry::Value { exact, cells, .. } => Some((*exact, cells)),
            Entry::Word { .. } | Entry::Blank(_) => None,
        }
    }

    /// The name of its cell: `C5`.
    pub fn cell_name(&self) -> String {
        let first = self.value().and_then(|(_, cells)| cells.first());
        first.and_then(|place| place.cell.as_ref()).map_or(String::new(), |cell| cell.to_string())
    }

    /// Whether nobody knows what stands here, so that no sum can be made of it: …, 調査中.
    pub fn is_unknown(&self) -> bool {
        match self {
            Entry::Word { sign: Some(_), .. } => true,
            Entry::Word { text, computed: false, .. } => text != "－",
            _ => false,
        }
    }
}

/// The cells of a column of the data.
pub(super) enum DataColumn {
    Texts,
    Numbers {
        /// One a record.
        entries: Vec<Entry>,
        digits: u32,
        unit: String,
        /// What is above zero is written with + in the data.
        plus: bool,
    },
}

impl DataColumn {
    fn unit(&self) -> &str {
        match self {
            DataColumn::Texts => "",
            DataColumn::Numbers { unit, .. } => unit,
        }
    }

    /// How many digits each number is written with behind its point.
    fn scales(&self) -> Vec<Option<u32>> {
        let DataColumn::Numbers { entries, .. } = self else { return Vec::new() };
        let scale = |entry: &Entry| entry.value().map(|(exact, _)| exact.scale());
        entries.iter().map(scale).collect()
    }
}

/// Whether the values of a column may be added up.
pub(super) fn is_additive(name: &str, unit: &str) -> bool {
    let unit = half_width(unit);
    let rate = matches!(unit.as_str(), "%" | "‰" | "ポイント" | "位" | "倍" | "歳");
    // What is in brackets says more of the unit than of the column.
    let name = name.split(['（', '(']).next().unwrap_or(name);
    let last = name.trim_end();
    !rate
        && !NO_SUM_ENDS.iter().any(|end| last.ends_with(end))
        && !NO_SUM_WORDS.iter().any(|word| last.contains(word))
}

/// What rounding may put between a total and the sum of its parts: nothing where things are
/// counted, and half of one in the last digit for each where amounts are in thousands or have
/// digits behind the point.
pub(super) fn slack(unit: &str, values: &[Decimal]) -> Decimal {
    let written: Vec<Quantity> = values
        .iter()
        .map(|exact| Quantity { text: String::new(), exact: *exact, place: Place::file("") })
        .collect();
    let is_whole = values.iter().all(|value| value.scale() == 0);
    let counted = Unit::parse(unit).is_some_and(|unit| unit.scale == Decimal::ONE);
    match is_whole && counted {
        true => Decimal::ZERO,
        false => allowance(written.iter()),
    }
}

/// Whether a heading says that the numbers below are names.
pub(super) fn names_things(heading: &str) -> bool {
    let last = heading.rsplit(' ').next().unwrap_or(heading);
    let plain: String = half_width(last).chars().filter(|c| !c.is_whitespace()).collect();
    NAMES.iter().any(|name| half_width(name) == plain)
}

/// The column with a name; a year may be written in another of its forms.
pub(super) fn column_named(table: &Table, name: &str) -> Option<usize> {
    let all = || table.header.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
    let find = |is: &dyn Fn(&str) -> bool| all().find(|(_, cell)| is(&cell.text)).map(|(at, _)| at);
    let period = Period::parse(name);
    find(&|known| known == name)
        .or_else(|| find(&|known| same_name(known, name)))
        .or_else(|| period.and_then(|period| find(&|known| Period::parse(known) == Some(period))))
}

impl Reader<'_> {
    /// Reads a column of the data; `choice` is what report.toml says of it.
    pub(super) fn data_column(
        &mut self,
        table: &Table,
        column: usize,
        (declaration, choice): (&TableDeclaration, Option<&ColumnChoice>),
    ) -> DataColumn {
        let name = &table.header[column].text;
        let own_unit = choice.and_then(|choice| choice.unit.clone());
        let named = own_unit.is_some() || choice.is_some_and(|choice| choice.digits.is_some());
        let cells: Vec<Cell> = table.records.iter().map(|record| record.cell(column)).collect();
        let unit = own_unit.unwrap_or_else(|| match is_percent(&cells) {
            true => "%".to_owned(),
            false => usual_unit(name, &declaration.unit),
        });
        let expected = Expected {
            unit: Unit::parse(&unit),
            parentheses: declaration.data.parentheses,
            bound: false,
        };
        let is_text = choice.is_some_and(|choice| choice.text)
            || !named && (column == 0 || names_things(name) || !mostly_numbers(&cells, &expected));
        if is_text {
            return DataColumn::Texts;
        }
        let before = self.problems.len();
        let number_column = NumberColumn { name, expected };
        let mut digits = 0;
        let mut entries = Vec::new();
        let mut words: Vec<&Cell> = Vec::new();
        for cell in &cells {
            if is_word(&cell.text) && read(&cell.text, &number_column.expected).is_err() {
                words.push(cell);
                entries.push(Entry::Word {
                    text: cell.text.clone(),
                    sign: None,
                    cells: vec![cell.place.clone()],
                    computed: false,
                });
                continue;
            }
            entries.push(match self.number(cell, &number_column) {
                Ok(Number { exact, mark, .. }) => {
                    digits = digits.max(exact.scale());
                    let unsettled =
                        (mark == Some(Mark::Preliminary)).then_some(DataState::Preliminary);
                    Entry::Value {
                        exact,
                        cells: vec![cell.place.clone()],
                        computed: false,
                        unsettled,
                        digits: None,
                    }
                }
                Err(Absence::Missing) => Entry::Blank(cell.place.clone()),
                Err(absence) => Entry::Word {
                    text: absence.sign().map_or("－", Sign::text).to_owned(),
                    sign: absence.sign(),
                    cells: vec![cell.place.clone()],
                    computed: false,
                },
            });
        }
        // So tables are printed, and the page has them so again: － beside an empty cell, commas,
        // △, %.
        let is_usual = |form: Form| {
            matches!(form, Form::NoneMark | Form::Comma | Form::Triangle | Form::FullWidth)
                || form == Form::Unit && unit == "%"
        };
        let usual = |key: &FormKey| is_usual(key.3) && key.2 == *name;
        self.forms.retain(|key, (place, ..)| {
            !(usual(key) && cells.iter().any(|cell| cell.place == *place))
        });
        self.problems.extend(words_for_numbers(name, &words));
        for problem in &mut self.problems[before..] {
            if problem.code == Code::NotANumber && !named {
                let hint = problem.hint.take().unwrap_or_default();
                problem.hint = Some(format!(
                    "{hint}。数でない列なら、report.toml の columns に {{ name = \"{name}\", text = true }} と書いてください"
                ));
            }
        }
        let digits = choice.and_then(|choice| choice.digits).unwrap_or(digits);
        let plus = cells.iter().any(|cell| cell.text.starts_with(['+', '＋']));
        DataColumn::Numbers { entries, digits, unit, plus }
    }

    /// Tells the columns of a data set that have no meaning in it.
    pub(super) fn tell_unknown_columns(&mut self, table: &Table, known: &[&str]) {
        let known = |column: usize| {
            let name = &table.header[column].text;
            let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
            plain == "備考" || known.contains(&plain.as_str())
        };
        self.tell_unused_columns(
            &table.header,
            &known,
            "覚え書きなら見出しを「備考」にしてください。紙面に載せる表なら、[[table]] で置けます",
        );
    }

    /// Tells the columns of the data that the report does not use.
    pub(super) fn tell_unused_columns(
        &mut self,
        header: &[Cell],
        used: &dyn Fn(usize) -> bool,
        remedy: &str,
    ) {
        for (column, cell) in header.iter().enumerate() {
            if !cell.text.is_empty() && !used(column) {
                self.problems.push(
                    Problem::note(Code::UnusedColumn, cell.place.clone())
                        .text(&cell.text)
                        .message(format!("列「{}」は、報告書のどこにも使われていません", cell.text))
                        .hint(remedy),
                );
            }
        }
    }
}

/// The unit of a column that names none: 率 and 割合 are in percent whatever the table is in.
fn usual_unit(name: &str, unit: &str) -> String {
    let in_brackets =
        name.rsplit_once(['（', '(']).and_then(|(_, rest)| rest.strip_suffix(['）', ')']));
    let is_unit =
        |own: &&str| Unit::parse(own).is_some_and(|own| UNITS.contains(&own.base.as_str()));
    if let Some(own) = in_brackets.filter(is_unit) {
        return own.to_owned();
    }
    let last = name.rsplit(' ').next().unwrap_or(name);
    match ["率", "割合", "構成比"].iter().any(|end| last.ends_with(end)) {
        true => "%".to_owned(),
        false => unit.to_owned(),
    }
}

/// Whether the cells say themselves that they are percentages: 94.1%.
fn is_percent(cells: &[Cell]) -> bool {
    let mut filled = cells.iter().filter(|cell| cell.text.chars().any(char::is_numeric));
    let marked = |cell: &Cell| cell.text.ends_with(['%', '％']);
    filled.next().is_some_and(marked) && filled.all(marked)
}

/// Kanji that numbers are written with.
const NUMERALS: &str = "〇一二三四五六七八九十百千万億兆";

/// Whether a cell says in words why it has no number: 調査中, 皆増. What has a digit may be a slip.
fn is_word(text: &str) -> bool {
    let is_letter = |c: &char| c.is_alphabetic() && !c.is_ascii();
    text.chars().filter(is_letter).count() > 1
        && !text.chars().any(|c| c.is_numeric() || NUMERALS.contains(c))
}

/// Tells the words in a column of numbers: they may stand in the wrong column.
fn words_for_numbers(name: &str, words: &[&Cell]) -> Option<Problem> {
    let first = words.first()?;
    let more = match words.len() {
        1 => String::new(),
        count => format!("（ほかに{}か所）", count - 1),
    };
    let problem = Problem::note(Code::DiscouragedForm, first.place.clone())
        .text(&first.text)
        .message(format!("数の列「{name}」に、数でない語があります{more}"))
        .hint("このまま印刷します。数が入るはずのセルなら直してください");
    Some(problem)
}

/// Gives every row its digits where the rows differ in what they count: 財政力指数 0.48 over 人口
/// 47,786 in the column of a year.
///
/// `columns`: those whose digits report.toml leaves to the data. A column whose cells have
/// different digits is of such a table when all of its rows have the same digits in the other
/// columns of its unit; else a program has dropped the 0 of 40.0. `rows_have_units`: the table has
/// a column 単位.
pub(super) fn digits_by_row(columns: &mut [&mut DataColumn], rows_have_units: bool) {
    let scales: Vec<Vec<Option<u32>>> = columns.iter().map(|column| column.scales()).collect();
    let units: Vec<&str> = columns.iter().map(|column| column.unit()).collect();
    let mut found: Vec<(usize, Vec<Option<u32>>)> = Vec::new();
    for (at, own) in scales.iter().enumerate() {
        let mut written = own.iter().flatten();
        let first = written.next();
        if written.all(|scale| Some(scale) == first) {
            continue;
        }
        let of_row = |row: usize| {
            let same = scales.iter().zip(&units).filter(|(_, unit)| **unit == units[at]);
            same.filter_map(move |(scales, _)| scales[row])
        };
        let mut shared =
            (0..own.len()).filter(|row| own[*row].is_some() && of_row(*row).count() > 1);
        let steady = shared.clone().count() > 1
            && shared.all(|row| of_row(row).all(|scale| Some(scale) == own[row]));
        if steady || rows_have_units {
            found.push((at, (0..own.len()).map(|row| own[row].and(of_row(row).max())).collect()));
        }
    }
    for (at, of_rows) in found {
        let DataColumn::Numbers { entries, .. } = &mut *columns[at] else { continue };
        for (entry, of_row) in entries.iter_mut().zip(of_rows) {
            if let Entry::Value { digits, .. } = entry {
                *digits = of_row;
            }
        }
    }
}

/// Whether the filled cells of a column are numbers, or at least more of them than not.
fn mostly_numbers(cells: &[Cell], expected: &Expected) -> bool {
    let (mut numbers, mut words, mut others) = (0, 0, 0);
    for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
        match read(&cell.text, expected) {
            Ok(reading) if reading.content.is_ok() => numbers += 1,
            Ok(_) => {}
            Err(_) if is_word(&cell.text) => words += 1,
            Err(_) => others += 1,
        }
    }
    numbers > others && numbers >= words
}

/// The choices for a table: those of report.toml, or every column of the data.
pub(super) fn all_columns(table: &Table, declaration: &TableDeclaration) -> Vec<ColumnChoice> {
    let apart: Vec<&str> = declaration
        .left_out
        .iter()
        .chain(&declaration.group)
        .map(|(name, _)| name.as_str())
        .collect();
    let shown = table.header.iter().enumerate().filter(|(column, cell)| {
        !cell.text.is_empty()
            && !apart.iter().any(|name| column_named(table, name) == Some(*column))
    });
    shown.map(|(_, cell)| ColumnChoice::data((cell.text.clone(), cell.place.clone()))).collect()
}

/// The names of data columns that a choice needs.
pub(super) fn needed(choice: &ColumnChoice) -> Vec<&PlacedText> {
    match &choice.content {
        ColumnContent::Data(name) => vec![name],
        ColumnContent::Computed { of, against, .. } => of.iter().chain(against).collect(),
    }
}
