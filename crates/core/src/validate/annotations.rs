//! `annotations` of a figure: words of the author inside the chart, at a stretch of items or at
//! one value.

use super::fields::Fields;
use super::figure_names::Names;
use crate::load::{Node, Placed};
use crate::model::figure::{Annotation, ChartKind, Order};
use crate::problem::{Code, Place, Problem};

/// A longer text leaves no chart under it.
const LONGEST: usize = 30;

type Name = (String, Place);

/// One of the annotations as it is written.
pub(super) struct Note {
    at: At,
    pub text: Name,
    place: Place,
}

enum At {
    Period { from: Name, to: Option<Name> },
    Point { category: Name, series: Option<Name> },
}

/// What the notes are set in.
pub(super) struct Setting<'a> {
    pub kind: ChartKind,
    pub order: Order,
    pub names: Names<'a>,
}

impl Note {
    /// Reads `annotations = [{ … }]` or `[[figure.annotations]]`.
    pub fn read_all(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Vec<Note> {
        let nodes = fields.tables("annotations", problems);
        nodes.iter().filter_map(|node| Note::read(node, problems)).collect()
    }

    fn read(node: &Placed<Node>, problems: &mut Vec<Problem>) -> Option<Note> {
        let fields = Fields::new("annotations", node, problems)?;
        let text = fields.required("text", problems);
        if let Some((text, place)) = &text {
            problems.extend(too_long(text, place));
        }
        let mut name = |key| {
            fields.node(key)?;
            fields.required(key, problems).map(|(name, place)| (name.trim().to_owned(), place))
        };
        let (from, to, at, series) = (name("from"), name("to"), name("at"), name("series"));
        let has = |key| fields.node(key).is_some();
        let unclear = match (has("from"), has("to"), has("at"), has("series")) {
            (true, _, false, false) | (false, false, true, _) => None,
            (true, _, true, _) => Some("期間（from）か1つの値（at）かが決まりません"),
            (true, _, false, true) => Some("「series」は、1つの値（at）の書き込みだけに書けます"),
            (false, true, _, _) => Some("「to」は、期間（from）の書き込みだけに書けます"),
            (false, false, false, _) => Some("書き込みの場所がありません"),
        };
        if let Some(message) = unclear {
            problems.push(
                Problem::error(Code::WrongValue, fields.place.clone())
                    .message(message)
                    .expected("from と to（期間）か、at と series（1つの値）")
                    .hint("`{ from = \"R2\", to = \"R4\", text = \"…\" }` か `{ at = \"R6\", text = \"…\" }` の形で書いてください"),
            );
        }
        let place = fields.place.clone();
        fields.finish(problems);
        let at = match (from, at) {
            _ if unclear.is_some() => return None,
            (Some(from), _) => At::Period { from, to },
            (None, Some(category)) => At::Point { category, series },
            (None, None) => return None,
        };
        Some(Note { at, text: text?, place })
    }

    /// Where the note stands in the data; what is wrong with it is told.
    fn annotation(&self, setting: &Setting<'_>, problems: &mut Vec<Problem>) -> Option<Annotation> {
        let names = &setting.names;
        let text = self.text.0.trim().to_owned();
        let mut category = |(name, place): &Name| {
            let found = names.categories(name).first().copied();
            if found.is_none() {
                problems.push(names.no_category(name, place));
            }
            found
        };
        match &self.at {
            At::Period { from, to } => {
                let first = category(from);
                let (last, to) = to.as_ref().map_or((first, from), |to| (category(to), to));
                let (first, last) = (first?, last?);
                let fault = if first > last {
                    Some(self.backwards(&from.0, &to.0))
                } else if first < last && setting.order != Order::Data {
                    Some(self.torn_apart())
                } else {
                    None
                };
                match fault {
                    None => Some(Annotation::Period { from: first, to: last, text }),
                    Some(fault) => {
                        problems.push(fault);
                        None
                    }
                }
            }
            At::Point { category: at, series } => {
                let row = category(at);
                let series = match series {
                    None => self.only_series(setting, problems),
                    Some((name, place)) => {
                        let found = names.series(name);
                        if found.is_none() {
                            problems.push(names.no_series(name, place));
                        }
                        found.map(Some)
                    }
                };
                let (series, category) = (series?, row?);
                let any = 0..names.data.series.len();
                let mut asked = any.filter(|own| series.is_none_or(|series| series == *own));
                if !asked.any(|series| names.data.value(series, category).is_some()) {
                    problems.push(self.no_value(&at.0));
                    return None;
                }
                Some(Annotation::Point { series, category, text })
            }
        }
    }

    /// The series of a note that names none: the only one, or none where the note stands at the
    /// whole stack.
    fn only_series(
        &self,
        setting: &Setting<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Option<usize>> {
        let data = setting.names.data;
        if data.series.len() == 1 {
            return Some(Some(0));
        }
        if matches!(setting.kind, ChartKind::StackedColumns | ChartKind::StackedBars) {
            return Some(None);
        }
        let names: Vec<&str> = data.series.iter().map(|series| series.name.as_str()).collect();
        problems.push(
            Problem::error(Code::MissingKey, self.place.clone())
                .text(&self.text.0)
                .message("系列が2つ以上ある図の書き込みに「series」がありません")
                .expected(names.join("・"))
                .hint("`series = \"…\"` を加えてください"),
        );
        None
    }

    fn with_text(&self, problem: Problem) -> Problem {
        problem.text(&self.text.0)
    }

    fn backwards(&self, from: &str, to: &str) -> Problem {
        self.with_text(Problem::error(Code::MarkWithoutPlace, self.place.clone()))
            .message(format!("書き込みの期間の始まり「{from}」が、終わり「{to}」より後にあります"))
            .hint(format!("`from = \"{to}\", to = \"{from}\"` と入れ替えてください"))
    }

    fn torn_apart(&self) -> Problem {
        self.with_text(Problem::warning(Code::MarkWithoutPlace, self.place.clone()))
            .message("「order」で項目を並べ替えるので、期間の書き込みは入りません")
            .hint("`order` の行か書き込みを消してください")
    }

    fn no_value(&self, category: &str) -> Problem {
        self.with_text(Problem::error(Code::MarkWithoutPlace, self.place.clone()))
            .message(format!("書き込みの先の「{category}」に値がありません"))
            .hint("値のある項目を `at` に書くか、書き込みを消してください")
    }
}

fn too_long(text: &str, place: &Place) -> Option<Problem> {
    let count = text.trim().chars().count();
    (count > LONGEST).then(|| {
        Problem::warning(Code::MarkWithoutPlace, place.clone())
            .text(text)
            .message(format!("図の書き込みが{count}字あり、図の中に収まりません"))
            .expected(format!("{LONGEST}字まで"))
            .hint("図の中には短い語だけを置き、説明は文章に書いてください")
    })
}

/// The annotations of a figure. Notes for which the kind of chart has no room are left out, and
/// told once.
pub(super) fn annotations(
    notes: &[Note],
    setting: &Setting<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Annotation> {
    let kind = setting.kind;
    let mut kept = Vec::new();
    let (mut periods, mut points) = (Vec::new(), Vec::new());
    for note in notes {
        let found = note.annotation(setting, problems);
        match note.at {
            At::Period { .. } if !takes_periods(kind) => periods.push(note),
            At::Point { .. } if !takes_points(kind) => points.push(note),
            _ => kept.extend(found),
        }
    }
    let charts = ["縦の棒と折れ線の図", "棒（帯を除く）と折れ線の図"];
    for ((what, refused), charts) in
        [("期間の書き込み", periods), ("値への書き込み", points)].into_iter().zip(charts)
    {
        let Some(first) = refused.first() else { continue };
        let more = match refused.len() {
            1 => String::new(),
            count => format!("（ほかに{}つ）", count - 1),
        };
        problems.push(
            first
                .with_text(Problem::warning(Code::UnsuitableKind, first.place.clone()))
                .message(format!("{} の図には{what}が入りません{more}", kind.name()))
                .expected(format!("{what}は、{charts}だけ"))
                .hint("書き込みを消して文章に書くか、図の種類を変えてください"),
        );
    }
    kept
}

/// Charts whose categories run along the foot, so that a stretch of them is a stretch of the plot.
fn takes_periods(kind: ChartKind) -> bool {
    matches!(
        kind,
        ChartKind::Columns
            | ChartKind::StackedColumns
            | ChartKind::PercentColumns
            | ChartKind::ColumnsAndLine
            | ChartKind::Lines
    )
}

/// Charts in which a value has an end of its own on a scale.
fn takes_points(kind: ChartKind) -> bool {
    matches!(
        kind,
        ChartKind::Columns
            | ChartKind::StackedColumns
            | ChartKind::Bars
            | ChartKind::StackedBars
            | ChartKind::RankedBars
            | ChartKind::Lines
    )
}
