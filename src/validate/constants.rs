//! Constants (定数): facts outside the data, each with its source.

use std::collections::{BTreeSet, HashMap};

use super::Reader;
use super::columns::{find, number, required};
use super::fields::with_suggestion;
use crate::load::Table;
use crate::model::constant::Constant;
use crate::model::quantity::Notation;
use crate::model::report::DataSet;
use crate::problem::{Code, Place, Problem};

/// 形式 of a constant that is a phrase and no number.
const PHRASE: &str = "語";

impl Reader<'_> {
    /// Reads the table of constants: 定数, 値, 単位, 形式, 出典.
    pub(super) fn constants(
        &mut self,
        table: &Table,
        incomplete: &mut BTreeSet<DataSet>,
    ) -> Vec<Constant> {
        let before = self.problems.len();
        let mut constants = Vec::new();
        let mut seen: HashMap<String, Place> = HashMap::new();
        if let Some(columns) =
            find(table, ["定数", "値", "単位", "形式", "出典"], &mut self.problems)
        {
            for record in &table.records {
                let [name, value, unit, notation, source] =
                    columns.map(|column| record.cell(column));
                let problems = &mut self.problems;
                let name = required(&name, "定数", problems);
                let text = required(&value, "値", problems);
                let source = required(&source, "出典", problems);
                let format = required(&notation, "形式", problems);
                let exact = match format.as_deref() {
                    None | Some(PHRASE) => None,
                    Some(name) => match Notation::from_name(name) {
                        Some(notation) => number(&value, problems).map(|exact| (notation, exact)),
                        None => {
                            let mut known = Notation::NAMES.to_vec();
                            known.push(PHRASE);
                            let problem = Problem::error(Code::UnknownWord, notation.place.clone())
                                .text(name)
                                .message("「形式」に使えない語です")
                                .expected(known.join("・"));
                            problems.push(with_suggestion(problem, name, known.into_iter()));
                            None
                        }
                    },
                };
                if let Some(name) = &name
                    && let Some(first) = seen.insert(name.clone(), record.place.clone())
                {
                    problems.push(
                        Problem::error(Code::DuplicateName, record.place.clone())
                            .text(name)
                            .message(format!("定数「{name}」が重複しています（最初は {first}）"))
                            .hint("1つの事実は1行だけに書いてください"),
                    );
                }
                self.note_record(record);
                if let (Some(name), Some(text), Some(source)) = (name, text, source) {
                    let text = match exact {
                        Some((notation, exact)) => notation.format_with_unit(exact, &unit.text),
                        None => text + &unit.text,
                    };
                    let exact = exact.map(|(_, exact)| exact);
                    let place = value.place.clone();
                    constants.push(Constant { name, text, exact, unit: unit.text, source, place });
                }
            }
        }
        if self.problems[before..].iter().any(Problem::is_error) {
            incomplete.insert(DataSet::Constants);
        }
        constants
    }
}
