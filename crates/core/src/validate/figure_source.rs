//! What report.toml declares of a figure.

use super::fields::Fields;
use super::figure_choices::Choices;
use super::reference_lines::{Line, LineSource};
use super::table_source::TableSource;
use crate::load::{Node, Placed};
use crate::model::figure::{Base, ChartKind, DataState, FigureWidth};
use crate::model::name::same_name;
use crate::model::number::Expected;
use crate::model::unit::Unit;
use crate::model::width::half_width;
use crate::problem::{Code, Place, Problem};

/// A `[[figure]]` of report.toml, before its data is read.
pub(super) struct FigureSource {
    pub(super) number: (String, Place),
    pub(super) title: (String, Place),
    pub(super) kind: (ChartKind, Place),
    pub(super) csv: Option<TableSource>,
    pub(super) indicator: Option<(String, Place)>,
    pub(super) state: DataState,
    pub(super) unit: String,
    pub(super) width: FigureWidth,
    pub(super) height_mm: Option<f64>,
    pub(super) target: LineSource,
    pub(super) baseline: LineSource,
    pub(super) choices: Choices,
    pub(super) line: Option<(String, Place)>,
    pub(super) line_unit: String,
    pub(super) alt: Option<(String, Place)>,
    pub(super) source: Option<(String, Place)>,
    pub(super) notes: Vec<(String, Place)>,
    pub(super) base: Base,
    pub(super) place: Place,
}

impl FigureSource {
    /// What the cells of a column may hold; the line of `columns-and-line` has its own unit.
    pub(super) fn expected(&self, column: &str, last: bool) -> Expected {
        let line = self.line.as_ref().map_or(last, |(name, _)| same_name(name, column));
        let unit = if line && self.kind.0 == ChartKind::ColumnsAndLine {
            &self.line_unit
        } else {
            &self.unit
        };
        let parentheses = self.csv.as_ref().is_some_and(|csv| csv.parentheses);
        Expected { unit: Unit::parse(unit), parentheses, bound: false }
    }

    /// Reads one `[[figure]]`; `None` when number, title or kind cannot be had.
    pub(super) fn read(node: &Placed<Node>, problems: &mut Vec<Problem>) -> Option<Self> {
        let fields = Fields::new("[[figure]]", node, problems)?;
        let number = fields.required("number", problems);
        let title = fields.required("title", problems);
        let names = ChartKind::ALL.map(|(name, _)| name);
        if fields.node("kind").is_none() {
            problems.push(fields.missing("kind"));
        }
        let kind = fields.word("kind", &names, ChartKind::from_name, problems);
        let kind_place = fields.node("kind").map_or(fields.place, |node| &node.place).clone();
        let widths = ["full", "half", "third"];
        let owned = |text: Option<(String, Place)>| text.map(|(text, _)| text).unwrap_or_default();
        let (csv, indicator) = (fields.text("csv", problems), fields.text("indicator", problems));
        if csv.is_some() == indicator.is_some() {
            problems.push(
                Problem::error(Code::FigureWithoutData, fields.place.clone())
                    .message("図のデータの在りかが決まりません")
                    .expected("「csv」と「indicator」のどちらか一方")
                    .hint("`csv = \"csv/ファイル名.csv\"` か `indicator = \"指標名\"` を書いてください"),
            );
        }
        let figure = FigureSource {
            csv: TableSource::read(csv, &fields, problems),
            indicator,
            state: fields.data_state(problems),
            unit: owned(fields.text("unit", problems)),
            width: fields
                .word("width", &widths, FigureWidth::from_name, problems)
                .unwrap_or_default(),
            height_mm: fields.millimetres("height", problems),
            target: LineSource::read(Line::Target, &fields, problems),
            baseline: LineSource::read(Line::Baseline, &fields, problems),
            choices: Choices::read(&fields, problems),
            line: fields.text("line", problems),
            line_unit: owned(fields.text("line-unit", problems)),
            alt: fields.filled("alt", problems),
            source: fields.filled("source", problems),
            notes: notes(&fields, problems),
            base: base(&fields, problems),
            place: fields.place.clone(),
            number: (String::new(), kind_place.clone()),
            title: (String::new(), kind_place.clone()),
            kind: (ChartKind::Columns, kind_place.clone()),
        };
        fields.finish(problems);
        Some(FigureSource {
            number: read_number(number?, "図", problems)?,
            title: title?,
            kind: (kind?, kind_place),
            ..figure
        })
    }
}

/// `9`, `6-1`: what 【図】 in the prose can name.
fn is_figure_number(number: &str) -> bool {
    number.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The number of a figure or a table, without the word in front of it.
pub(super) fn read_number(
    (number, place): (String, Place),
    word: &str,
    problems: &mut Vec<Problem>,
) -> Option<(String, Place)> {
    let number = number.strip_prefix(word).unwrap_or(&number).to_owned();
    if !is_figure_number(&number) {
        problems.push(wrong_number(&number, word, &place));
        return None;
    }
    Some((number, place))
}

fn wrong_number(number: &str, word: &str, place: &Place) -> Problem {
    let half = half_width(number.trim());
    let problem = Problem::error(Code::WrongValue, place.clone())
        .text(number)
        .message(format!("「number」が{word}の番号になっていません"))
        .expected("半角の数字。枝番は - でつなぐ（例 \"9\"、\"6-1\"）");
    if is_figure_number(&half) {
        return problem.hint(format!("「{half}」ではありませんか"));
    }
    problem.hint(format!("番号を数字に改め、文章の #{word} と【{word}】も合わせてください"))
}

/// `note = "…"`, or several in a list.
pub(super) fn notes(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Vec<(String, Place)> {
    match fields.node("note").map(|node| &node.value) {
        Some(Node::List(_)) => fields.texts("note", "[\"速報値\", \"四捨五入による\"]", problems),
        _ => fields.filled("note", problems).into_iter().collect(),
    }
}

/// `n = 1234`, or `n = "不明"`.
fn base(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Base {
    match fields.node("n").map(|node| &node.value) {
        None => Base::Unsaid,
        Some(Node::Text(text)) if text == "不明" => Base::Unknown,
        Some(_) => fields.count("n", problems).map_or(Base::Unknown, Base::Count),
    }
}
