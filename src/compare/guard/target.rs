//! What a correction is of: its words looked up in the tables and files of two editions.

use crate::compare::data::{
    CellChange, NamedRow, PartChange, TablePart, is_table_of, named_rows, sheet_table, workbook_of,
};
use crate::compare::edition::Edition;
use crate::compare::printed::PrintedChange;
use crate::compare::prose::printed_parts;
use soukatsu_core::model::correction::Correction;
use soukatsu_core::model::grid::Grid;
use soukatsu_core::model::name::{name_key, same_name};
use soukatsu_core::model::report::Report;
use soukatsu_core::model::source::source_name;
use soukatsu_core::problem::{Code, Problem, closest, did_you_mean};

/// So many names are given to choose from.
const NAMED: usize = 5;

/// A correction that was meant, with what it is of in the two editions.
#[derive(Debug)]
pub struct ListedCorrection<'a> {
    pub correction: &'a Correction,
    pub target: Target,
}

impl ListedCorrection<'_> {
    /// Whether it says which words are replaced.
    pub fn is_by_words(&self) -> bool {
        self.correction.old.is_some() || self.correction.new.is_some()
    }

    /// Whether a sentence holds what the correction says of it, which may be written as in the
    /// file.
    pub fn has_fragments(&self, change: &PrintedChange) -> bool {
        let holds = |text: &Option<String>, part: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            let part = part.as_deref().unwrap_or_default();
            text.contains(part) || printed_parts(part).iter().all(|part| text.contains(part))
        };
        holds(&change.old, &self.correction.old) && holds(&change.new, &self.correction.new)
    }
}

/// A cell, row or column of a table, or a file in whole.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    pub file: String,
    /// The name of the table; `None` of a file that is none.
    table: Option<String>,
    row: Option<String>,
    column: Option<String>,
}

impl Target {
    /// Looks a correction up.
    ///
    /// # Errors
    /// When neither edition has it, or when it could be several rows.
    pub fn of(
        correction: &Correction,
        old: Edition<'_>,
        new: Edition<'_>,
    ) -> Result<Self, Box<Problem>> {
        let (given, rest) = correction.parts();
        let file = source_name(&given.replace('\\', "/"));
        let file = file.as_str();
        let templates: Vec<&String> = new.template.keys().chain(old.template.keys()).collect();
        let (old, new) = (old.report, new.report);
        let fault = |code, message: String| {
            Problem::error(code, correction.place.clone()).text(&correction.at).message(message)
        };
        let unknown = |message, given: &str, known: Vec<&str>| {
            let near = closest(given, known.iter().copied()).map(str::to_owned);
            let problem = fault(Code::UnknownReference, message);
            Box::new(match near {
                Some(near) => problem.hint(did_you_mean(given, &near)),
                None => problem.hint(format!("あるのは{}です", list(&known))),
            })
        };
        let Some(rest) = rest else {
            let mut known: Vec<&str> =
                new.sources.keys().chain(old.sources.keys()).map(String::as_str).collect();
            known.extend(templates.iter().map(|file| file.as_str()));
            let below =
                |known: &&&str| known.strip_prefix(file).is_some_and(|r| r.starts_with('/'));
            if known.contains(&file) || known.iter().any(|known| below(&known)) {
                let table = tables(file, old, new).into_iter().next();
                return Ok(Target { file: file.to_owned(), table, row: None, column: None });
            }
            known.sort_unstable();
            known.dedup();
            let message = format!("どちらの版にも、ファイル「{file}」がありません");
            return Err(unknown(message, file, known));
        };
        let tables = tables(file, old, new);
        let [table] = &tables[..] else {
            let known: Vec<&str> = new.grids.keys().map(String::as_str).collect();
            return Err(match tables.len() {
                0 => unknown(format!("どちらの版にも、表「{file}」がありません"), file, known),
                _ => Box::new(
                    fault(Code::UnknownReference, format!("「{file}」にはシートが2つ以上あります"))
                        .expected(format!("シートの名前まで書いた形（例 {}:行:列）", tables[0])),
                ),
            });
        };
        let (was, is) = (old.grids.get(table), new.grids.get(table));
        let rows = named_rows(was, is);
        let columns = columns(was, is);
        // As the tables write it.
        let known_column = |column: &str| {
            let exact = columns.iter().find(|known| **known == column);
            exact.or_else(|| columns.iter().find(|known| same_name(known, column))).copied()
        };
        let target = |row: Option<String>, column: Option<&str>| Target {
            file: workbook_of(table).unwrap_or(file).to_owned(),
            table: Some(table.clone()),
            row,
            column: column.map(str::to_owned),
        };
        let mut several = Vec::new();
        for (row, column) in Correction::readings(rest) {
            let column = match column.map(known_column) {
                Some(None) => continue,
                found => found.flatten(),
            };
            if row.is_empty() {
                return Ok(target(None, column));
            }
            match &matching(&rows, row)[..] {
                [one] => return Ok(target(Some((*one).to_owned()), column)),
                [] => {}
                more => several = more.iter().map(|name| (*name).to_owned()).collect(),
            }
        }
        if !several.is_empty() {
            let names: Vec<&str> = several.iter().map(String::as_str).collect();
            return Err(Box::new(
                fault(Code::UnknownReference, "行が1つに決まりません".to_owned())
                    .hint(format!("{}のどれかを書いてください", list(&names))),
            ));
        }
        let row = Correction::readings(rest).last().map_or(rest, |(row, _)| row);
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        if matching(&rows, row).is_empty() {
            return Err(unknown(format!("「{table}」に、行「{row}」がありません"), row, names));
        }
        let column = rest.rsplit([':', '：']).next().unwrap_or_default().trim();
        Err(unknown(format!("「{table}」に、列「{column}」がありません"), column, columns))
    }

    /// Whether it is of a file in whole.
    pub fn is_whole(&self) -> bool {
        self.row.is_none() && self.column.is_none()
    }

    /// Whether it is of this file in whole, or of a folder with it.
    pub fn covers_file(&self, file: &str) -> bool {
        let below = || file.strip_prefix(&*self.file).is_some_and(|rest| rest.starts_with('/'));
        self.is_whole() && (self.file == file || below())
    }

    /// Whether it is of this cell; a renamed row by either of its names.
    pub fn covers(&self, change: &CellChange) -> bool {
        let row = |row: &String| same_name(row, &change.row) || same_name(row, &change.old);
        self.table.as_ref() == Some(&change.table)
            && self.row.as_ref().is_none_or(row)
            && self.column.as_ref().is_none_or(|column| same_name(column, &change.column))
    }

    /// Whether it is of this whole row, column or table.
    pub fn covers_part(&self, change: &PartChange) -> bool {
        let is_part = match (&self.row, &self.column, &change.part) {
            (None, None, _) => true,
            (Some(row), None, TablePart::Row(name)) => same_name(row, name),
            (None, Some(column), TablePart::Column(header)) => {
                let renamed = change.renamed.as_ref();
                same_name(column, header) || renamed.is_some_and(|name| same_name(name, column))
            }
            _ => false,
        };
        is_part && self.table.as_ref() == Some(&change.table)
    }
}

/// `kpi.xlsx 指標` is a table of `kpi.xlsx`.
fn tables(file: &str, old: &Report, new: &Report) -> Vec<String> {
    let mut names: Vec<&String> = new.grids.keys().chain(old.grids.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let found = names.iter().filter(|name| is_table_of(name, file));
    let found: Vec<String> = found.map(|name| (*name).clone()).collect();
    // The only sheet of a book needs no name in report.toml, and may have one here.
    let only = |name: &&&String| {
        let grid = new.grids.get(**name).or_else(|| old.grids.get(**name));
        let place = grid.and_then(|grid| grid.rows.first()).map(|row| &row.place);
        let sheet = place.and_then(|place| place.sheet.as_deref());
        sheet.is_some_and(|sheet| sheet_table(name, sheet) == file)
    };
    match found.is_empty() {
        true => names.iter().filter(only).map(|name| (*name).clone()).collect(),
        false => found,
    }
}

fn columns<'a>(old: Option<&'a Grid>, new: Option<&'a Grid>) -> Vec<&'a str> {
    let mut columns: Vec<&str> =
        new.into_iter().chain(old).flat_map(|grid| &grid.header).map(String::as_str).collect();
    let mut seen = std::collections::BTreeSet::new();
    columns.retain(|column| seen.insert(*column));
    columns
}

/// The rows of a name: by the whole name, then by the text of a cell, then by a part of the name.
fn matching<'a>(rows: &'a [NamedRow<'_>], given: &str) -> Vec<&'a str> {
    let find = |fits: &dyn Fn(&NamedRow<'_>) -> bool| -> Vec<&'a str> {
        rows.iter().filter(|row| fits(row)).map(|row| row.name.as_str()).collect()
    };
    let mut found = find(&|row| same_name(&row.name, given));
    if found.is_empty() {
        found = find(&|row| row.texts.iter().any(|text| same_name(text, given)));
    }
    if found.is_empty() {
        found = find(&|row| name_key(&row.name).contains(&*name_key(given)));
    }
    found
}

fn list(names: &[&str]) -> String {
    let some: Vec<String> = names.iter().take(NAMED).map(|name| format!("「{name}」")).collect();
    let more = if names.len() > NAMED { "など" } else { "" };
    some.join("、") + more
}
