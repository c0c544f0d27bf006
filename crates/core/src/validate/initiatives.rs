//! Pillars (体系) and initiatives (取組).

use std::collections::{BTreeSet, HashMap};

use super::columns::{find, ordinal, required};
use super::doubles::difference;
use super::fields::with_suggestion;
use super::limits::{MOST_INITIATIVES, MOST_PILLARS, too_many};
use super::reader::Reader;
use crate::load::{Cell, Record, Table};
use crate::model::initiative::{Initiative, InitiativeCells, Pillar, Status};
use crate::model::name::NameIndex;
use crate::model::report::{DataSet, Report};
use crate::problem::{Code, Problem};

pub(super) const PILLARS: [&str; 3] = ["番号", "体系", "副題"];

pub(super) const INITIATIVES: [&str; 7] =
    ["整理番号", "体系", "施策", "取組名", "担当課", "実施状況", "具体的取組"];

impl Reader<'_> {
    /// Reads the table of pillars: 番号, 体系, 副題.
    pub(super) fn pillars(
        &mut self,
        table: &Table,
        incomplete: &mut BTreeSet<DataSet>,
    ) -> Vec<Pillar> {
        let before = self.problems.len();
        let Some([number, name, subtitle]) = find(table, PILLARS, &mut self.problems) else {
            incomplete.insert(DataSet::Pillars);
            return Vec::new();
        };
        if let Some(record) = table.records.get(MOST_PILLARS) {
            let count = table.records.len();
            self.problems.push(too_many("体系の行", "行", MOST_PILLARS, count, &record.place));
        }
        self.tell_unknown_columns(table, &PILLARS);
        let mut pillars = Vec::new();
        for record in table.records.iter().take(MOST_PILLARS) {
            let number = ordinal(&record.cell(number), "番号", &mut self.problems);
            let name = required(&record.cell(name), "体系", &mut self.problems);
            if let (Some(number), Some(name)) = (number, name) {
                let subtitle = record.cell(subtitle).text;
                pillars.push(Pillar { number, name, subtitle, place: record.place.clone() });
            }
            self.note_record(record);
        }
        self.unique_numbers(pillars.iter().map(|p| (p.number, &p.place)), "番号");
        self.unique_pillars(&pillars);
        if self.problems.len() > before {
            incomplete.insert(DataSet::Pillars);
        }
        pillars
    }

    /// Reads the table of initiatives.
    pub(super) fn initiatives(&mut self, table: &Table, report: &mut Report) -> Vec<Initiative> {
        let before = self.problems.len();
        let Some(columns) = find(table, INITIATIVES, &mut self.problems) else {
            report.incomplete.insert(DataSet::Initiatives);
            return Vec::new();
        };
        self.tell_unknown_columns(table, &INITIATIVES);
        let remark = table.column("備考");
        if let Some(record) = table.records.get(MOST_INITIATIVES) {
            let count = table.records.len();
            self.problems.push(too_many("取組の行", "行", MOST_INITIATIVES, count, &record.place));
        }
        let mut initiatives: Vec<Initiative> = Vec::new();
        let pillars = report.pillars.iter().map(|pillar| pillar.name.as_str()).zip(0..);
        let pillars = NameIndex::new(pillars);
        let mut measures = NameIndex::default();
        let mut numbers = Vec::new();
        for record in table.records.iter().take(MOST_INITIATIVES) {
            let cells = columns.map(|column| record.cell(column));
            let remark = remark.map(|column| record.cell(column).text).unwrap_or_default();
            // A number is taken even when the rest of its row is at fault.
            if let Ok(number) = cells[0].text.parse::<u32>() {
                numbers.push((number, cells[0].place.clone()));
            }
            if let Some(mut item) = self.initiative(cells, remark, (report, &pillars)) {
                // A measure is the same one in every form of its name: it goes by the first.
                if let Some(first) = measures.add(&item.measure, initiatives.len()) {
                    item.measure.clone_from(&initiatives[first].measure);
                }
                initiatives.push(item);
            }
            self.note_record(record);
        }
        self.unique_numbers(numbers.iter().map(|(number, place)| (*number, place)), "整理番号");
        if self.problems.len() > before {
            report.incomplete.insert(DataSet::Initiatives);
        }
        initiatives
    }

    fn initiative(
        &mut self,
        cells: [Cell; 7],
        remark: String,
        (report, pillars): (&Report, &NameIndex),
    ) -> Option<Initiative> {
        let [number, pillar, measure, name, departments, status, action] = cells;
        let place = number.place.clone();
        let cells = InitiativeCells {
            pillar: pillar.place.clone(),
            measure: measure.place.clone(),
            name: name.place.clone(),
            departments: departments.place.clone(),
            status: status.place.clone(),
            action: action.place.clone(),
        };
        let problems = &mut self.problems;
        let number = ordinal(&number, "整理番号", problems);
        let pillar_name = required(&pillar, "体系", problems);
        let measure = required(&measure, "施策", problems);
        let name = required(&name, "取組名", problems);
        let departments = required(&departments, "担当課", problems);
        let status = self.status(&status);
        let known = pillar_name.as_ref().and_then(|text| pillars.get(text));
        if let Some(text) = &pillar_name
            && !report.incomplete.contains(&DataSet::Pillars)
            && known.is_none()
        {
            let problem = Problem::error(Code::UnknownReference, pillar.place.clone())
                .text(text)
                .message(format!("体系「{text}」は体系の表にありません"))
                .hint("体系の表（[data.pillars]）と同じ名前にしてください");
            let known = report.pillars.iter().map(|pillar| pillar.name.as_str());
            self.problems.push(with_suggestion(problem, text, known));
        }
        // As the table of pillars writes it.
        let pillar = known.map(|index| report.pillars[index].name.clone()).or(pillar_name);
        Some(Initiative {
            number: number?,
            pillar: pillar?,
            measure: measure?,
            name: name?,
            departments: departments?,
            status: status?,
            action: action.text,
            remark,
            place,
            cells,
        })
    }

    fn status(&mut self, cell: &Cell) -> Option<Status> {
        let text = required(cell, "実施状況", &mut self.problems)?;
        let status = Status::from_name(&text);
        if status.is_none() {
            let words = Status::ALL.map(Status::name);
            let problem = Problem::error(Code::UnknownStatus, cell.place.clone())
                .text(&text)
                .message(format!("実施状況「{text}」は使えません"))
                .expected(words.join("・"));
            self.problems.push(with_suggestion(problem, &text, words.into_iter()));
        }
        status
    }

    fn unique_numbers<'p>(
        &mut self,
        numbers: impl Iterator<Item = (u32, &'p crate::problem::Place)>,
        column: &str,
    ) {
        let mut seen = HashMap::new();
        for (number, place) in numbers {
            if let Some(first) = seen.insert(number, place.clone()) {
                self.problems.push(
                    Problem::error(Code::DuplicateNumber, place.clone())
                        .text(number.to_string())
                        .message(format!("{column} {number} が重複しています（最初は {first}）"))
                        .expected("行ごとに違う番号")
                        .hint("どちらかの番号を直してください"),
                );
            }
        }
    }

    fn unique_pillars(&mut self, pillars: &[Pillar]) {
        let mut names = NameIndex::default();
        for (index, pillar) in pillars.iter().enumerate() {
            let Some(first) = names.add(&pillar.name, index) else { continue };
            let first = &pillars[first];
            self.problems.push(
                Problem::error(Code::DuplicateName, pillar.place.clone())
                    .text(&pillar.name)
                    .message(format!(
                        "体系「{}」が重複しています（最初は {}）{}",
                        pillar.name,
                        first.place,
                        difference(&first.name, &pillar.name)
                    ))
                    .hint("どちらかの行を消すか、名前を変えてください"),
            );
        }
    }

    /// Notes every text of a row for the check of characters.
    pub(super) fn note_record(&mut self, record: &Record) {
        for cell in &record.cells {
            self.note(&cell.text, &cell.place);
        }
    }
}
