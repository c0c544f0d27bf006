//! Constants (定数): facts outside the data, each with its source.

use std::collections::BTreeSet;

use super::columns::{find, required};
use super::doubles::difference;
use super::fields::with_suggestion;
use super::indicators::Writing;
use super::numbers::NumberColumn;
use super::reader::Reader;
use crate::load::{Cell, Table};
use crate::model::constant::Constant;
use crate::model::name::NameIndex;
use crate::model::quantity::Notation;
use crate::model::report::DataSet;
use crate::problem::{Code, Problem};

/// 形式 of a constant that is a phrase and no number.
const PHRASE: &str = "語";

/// The headings of the table.
pub(super) const CONSTANTS: [&str; 5] = ["定数", "値", "単位", "形式", "出典"];

impl Reader<'_> {
    /// Reads the table of constants.
    pub(super) fn constants(
        &mut self,
        (table, parentheses): (&Table, bool),
        incomplete: &mut BTreeSet<DataSet>,
    ) -> Vec<Constant> {
        let before = self.problems.len();
        let mut constants: Vec<Constant> = Vec::new();
        let mut names = NameIndex::default();
        if let Some(columns) = find(table, CONSTANTS, &mut self.problems) {
            self.tell_unknown_columns(table, &CONSTANTS);
            for record in &table.records {
                let cells = columns.map(|column| record.cell(column));
                if let Some(constant) = self.constant(cells, parentheses) {
                    let known = names.add(&constant.name, constants.len());
                    self.unique_constant(&constant, known.map(|index| &constants[index]));
                    constants.push(constant);
                }
                self.note_record(record);
            }
        }
        if self.problems[before..].iter().any(Problem::is_error) {
            incomplete.insert(DataSet::Constants);
        }
        constants
    }

    fn constant(
        &mut self,
        [name, value, unit, notation, source]: [Cell; 5],
        parentheses: bool,
    ) -> Option<Constant> {
        let name = required(&name, "定数", &mut self.problems);
        let text = required(&value, "値", &mut self.problems);
        let source = required(&source, "出典", &mut self.problems);
        let format = required(&notation, "形式", &mut self.problems)?;
        let (text, exact) = if format == PHRASE {
            (text? + &unit.text, None)
        } else {
            let writing =
                Writing::new(self.constant_notation(&notation)?, unit.text.clone(), parentheses);
            text?;
            let column = NumberColumn { name: "値", expected: writing.expected(false) };
            let quantity = writing.quantity(self.number(&value, &column).ok()?.exact, &value);
            (quantity.text, Some(quantity.exact))
        };
        let (place, unit) = (value.place, unit.text);
        Some(Constant { name: name?, text, exact, unit, source: source?, place })
    }

    fn constant_notation(&mut self, cell: &Cell) -> Option<Notation> {
        let notation = Notation::from_name(&cell.text);
        if notation.is_none() {
            let mut known = Notation::NAMES.to_vec();
            known.push(PHRASE);
            let problem = Problem::error(Code::UnknownWord, cell.place.clone())
                .text(&cell.text)
                .message("「形式」に使えない語です")
                .expected(known.join("・"));
            self.problems.push(with_suggestion(problem, &cell.text, known.into_iter()));
        }
        notation
    }

    fn unique_constant(&mut self, constant: &Constant, known: Option<&Constant>) {
        if let Some(first) = known {
            self.problems.push(
                Problem::error(Code::DuplicateName, constant.place.clone())
                    .text(&constant.name)
                    .message(format!(
                        "定数「{}」が重複しています（最初は {}）{}",
                        constant.name,
                        first.place,
                        difference(&first.name, &constant.name)
                    ))
                    .hint("1つの事実は1行だけに書いてください"),
            );
        }
    }
}
