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

/// What a cell of a column of numbers says.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Value {
        exact: Decimal,
        cells: Vec<Place>,
        computed: bool,
        unsettled: Option<DataState>,
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

    /// Whether nobody knows what stands here, so that no sum can be made of it.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Entry::Word { sign: Some(_), .. })
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
    },
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
        let unit = own_unit.unwrap_or_else(|| usual_unit(name, &declaration.unit));
        let expected = Expected {
            unit: Unit::parse(&unit),
            parentheses: declaration.data.parentheses,
            bound: false,
        };
        let cells: Vec<Cell> = table.records.iter().map(|record| record.cell(column)).collect();
        let is_text = choice.is_some_and(|choice| choice.text)
            || !named && (column == 0 || names_things(name) || !mostly_numbers(&cells, &expected));
        if is_text {
            return DataColumn::Texts;
        }
        let before = self.problems.len();
        let number_column = NumberColumn { name, expected };
        let mut digits = 0;
        let mut entries = Vec::new();
        for cell in &cells {
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
        // － is printed as it stands, and an empty cell stays empty: nothing can be confused.
        let none_mark = |key: &FormKey| key.3 == Form::NoneMark && key.2 == *name;
        self.forms.retain(|key, (place, ..)| {
            !(none_mark(key) && cells.iter().any(|cell| cell.place == *place))
        });
        for problem in &mut self.problems[before..] {
            if problem.code == Code::NotANumber && !named {
                let hint = problem.hint.take().unwrap_or_default();
                problem.hint = Some(format!(
                    "{hint}。数でない列なら、report.toml の columns に {{ name = \"{name}\", text = true }} と書いてください"
                ));
            }
        }
        let digits = choice.and_then(|choice| choice.digits).unwrap_or(digits);
        DataColumn::Numbers { entries, digits, unit }
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
    if let Some(own) = in_brackets.filter(|own| matches!(*own, "%" | "％")) {
        return own.to_owned();
    }
    let last = name.rsplit(' ').next().unwrap_or(name);
    match ["率", "割合", "構成比"].iter().any(|end| last.ends_with(end)) {
        true => "%".to_owned(),
        false => unit.to_owned(),
    }
}

/// Whether the filled cells of a column are numbers, or at least more of them than not.
fn mostly_numbers(cells: &[Cell], expected: &Expected) -> bool {
    let (mut numbers, mut others) = (0, 0);
    for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
        match read(&cell.text, expected) {
            Ok(reading) if reading.content.is_ok() => numbers += 1,
            Ok(_) => {}
            Err(_) => others += 1,
        }
    }
    numbers > others
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
