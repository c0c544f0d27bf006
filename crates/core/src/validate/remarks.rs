//! What is said above and below the tables: notes and sources that are on no page are offered for
//! print, units are held against those of report.toml. None of them is a row of data.

use std::collections::BTreeMap;

use super::reader::{PendingRemark, Reader};
use crate::load::{Remark, RemarkKind, Table};
use crate::model::report::Report;
use crate::model::unit::Unit;
use crate::model::width::half_width;
use crate::problem::{Code, Problem};

impl Reader<'_> {
    /// Keeps the remarks of a table until the prose is read, where they may be printed.
    pub(super) fn keep_remarks(&mut self, table: &Table, figure: Option<&str>) {
        self.remarks.extend(table.remarks.iter().map(|remark| PendingRemark {
            remark: remark.clone(),
            figure: figure.map(str::to_owned),
        }));
    }

    /// Tells what the tables say and the pages do not.
    pub(super) fn tell_remarks(&mut self, report: &Report) {
        let prose: Vec<String> = report.prose.iter().map(|prose| plain(&prose.text)).collect();
        let mut open = Vec::new();
        // The notes of a figure that are to be printed stand in one line of report.toml.
        let mut notes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for PendingRemark { remark, figure } in std::mem::take(&mut self.remarks) {
            let figure = figure.as_ref().and_then(|number| Owner::of(report, number));
            let figure = figure.as_ref();
            let body = plain(&remark.body);
            if remark.kind == RemarkKind::Unit {
                self.problems.extend(figure.and_then(|owner| unit(&remark, owner)));
            } else if body.is_empty() {
                self.problems.push(without_text(&remark));
            } else if !is_printed(&body, figure, &prose) {
                if let (RemarkKind::Note, Some(figure)) = (remark.kind, figure) {
                    let own = || figure.notes.to_vec();
                    let all = notes.entry(figure.called.clone()).or_insert_with(own);
                    if all.len() < MOST_NOTES {
                        all.push(remark.body.clone());
                    }
                }
                open.push((remark, figure.cloned()));
            }
        }
        for (remark, figure) in open {
            let notes = figure.as_ref().and_then(|figure| notes.get(&figure.called));
            let notes = notes.map_or(&[][..], Vec::as_slice);
            self.problems.push(offered(&remark, figure.as_ref(), notes));
        }
    }
}

/// The figure or table beside whose data a remark stands.
#[derive(Clone)]
struct Owner<'r> {
    /// 図9, 表1.
    called: String,
    units: Vec<&'r str>,
    source: Option<&'r String>,
    notes: &'r [String],
}

impl<'r> Owner<'r> {
    /// By 9 or 表1.
    fn of(report: &'r Report, name: &str) -> Option<Self> {
        if name.starts_with('表') {
            let table = report.table(name)?;
            let columns = table.columns.iter().map(|column| column.unit.as_str());
            let units = std::iter::once(table.unit.as_str()).chain(columns);
            return Some(Owner {
                called: table.called(),
                units: units.collect(),
                source: table.source.as_ref(),
                notes: &table.notes,
            });
        }
        let figure = report.figure(name)?;
        Some(Owner {
            called: format!("図{}", figure.number),
            units: vec![&figure.unit, &figure.line_unit],
            source: figure.source.as_ref(),
            notes: &figure.notes,
        })
    }

    fn word(&self) -> &'static str {
        if self.called.starts_with('表') { "表" } else { "図" }
    }
}

/// How many notes a line of report.toml is offered for.
const MOST_NOTES: usize = 6;

/// Whether the words of a remark stand under the figure, or in the prose.
fn is_printed(body: &str, figure: Option<&Owner<'_>>, prose: &[String]) -> bool {
    let own = figure.into_iter().flat_map(|figure| figure.source.into_iter().chain(figure.notes));
    own.into_iter().any(|text| plain(text).contains(body))
        || prose.iter().any(|text| text.contains(body))
}

fn without_text(remark: &Remark) -> Problem {
    Problem::warning(Code::StrayRow, remark.place.clone())
        .text(&remark.text)
        .message(format!("「{}」だけの行を、データとして読みませんでした", remark.text))
        .hint("注や資料なら続きを書くか、この行を消してください。項目なら、値を書いてください")
}

/// A remark that no page has, with the way to print it. `notes`: all of its figure.
fn offered(remark: &Remark, figure: Option<&Owner<'_>>, notes: &[String]) -> Problem {
    let is_source = remark.kind == RemarkKind::Source;
    let what = if is_source { "資料" } else { "注" };
    let either = "印刷しないなら、この行を消してください";
    let hint = match figure {
        Some(figure) => {
            let (called, word) = (&figure.called, figure.word());
            let quoted: Vec<String> = notes.iter().map(|note| quoted(note)).collect();
            let line = match quoted.as_slice() {
                _ if is_source => format!("source = {}", self::quoted(&remark.body)),
                [] | [_] => format!("note = {}", self::quoted(&remark.body)),
                all => format!("note = [{}]", all.join(", ")),
            };
            match is_source && figure.source.is_some() {
                true => format!(
                    "今の source と比べ、こちらが正しければ report.toml の{called} に {line} と書いてください。{either}"
                ),
                false => format!(
                    "{word}の下に印刷するには、report.toml の{called} に {line} と書きます。{either}"
                ),
            }
        }
        None => format!("印刷するには、文章に #{what}[{}] と書きます。{either}", remark.body),
    };
    Problem::warning(Code::StrayRow, remark.place.clone())
        .text(&remark.text)
        .message(format!("表に添えた{what}「{}」が、どこにも印刷されません", remark.body))
        .hint(hint)
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text without what may differ between a table and a page: blanks, width, full stops.
fn plain(text: &str) -> String {
    half_width(text).chars().filter(|c| !c.is_whitespace() && !"。.\\".contains(*c)).collect()
}

/// The unit that a table names, against those of its figure.
fn unit(remark: &Remark, owner: &Owner<'_>) -> Option<Problem> {
    let main = owner.units.first().copied().unwrap_or_default();
    let (called, word) = (&owner.called, owner.word());
    let body = half_width(&remark.body);
    let parts = body.split(['、', ',', '・', '/', ' ', ';']).map(str::trim);
    let named: Vec<Unit> = parts.filter_map(Unit::parse).collect();
    let own: Vec<Option<Unit>> = owner.units.iter().map(|unit| Unit::parse(unit)).collect();
    let known = |unit: &Unit| own.iter().flatten().any(|own| own.name == unit.name);
    let whole = Unit::parse(&body).is_some_and(|unit| known(&unit));
    let first = named.first()?;
    if whole || named.iter().any(known) {
        return None;
    }
    let unit = main.trim();
    if unit.is_empty() {
        return Some(
            Problem::warning(Code::OtherUnit, remark.place.clone())
                .text(&remark.text)
                .message(format!("表の単位は「{body}」ですが、{word}に単位がありません"))
                .hint(format!(
                    "report.toml の{called}に unit = \"{}\" と書いてください",
                    first.name
                )),
        );
    }
    // 千人 and 人 are a thousand times apart; 人 and 名 may be one.
    let scaled = own.iter().flatten().any(|own| own.base == first.base);
    let problem = match scaled {
        true => Problem::error(Code::OtherUnit, remark.place.clone()),
        false => Problem::warning(Code::OtherUnit, remark.place.clone()),
    };
    Some(
        problem
            .text(&remark.text)
            .message(format!("表の単位「{body}」が、report.toml の unit「{unit}」と違います"))
            .expected(unit.to_owned())
            .hint("値がどちらの単位かを確かめ、表か unit を直してください"),
    )
}
