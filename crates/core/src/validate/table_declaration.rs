//! What report.toml declares of a table: `[[table]]`.

use super::fields::{Fields, with_suggestion};
use super::figure_source::{notes, read_number};
use super::limits::{MOST_TABLE_COLUMNS, too_many};
use super::table_source::TableSource;
use crate::load::{Node, Placed};
use crate::model::data_table::{Align, Computation, NegativeSign};
use crate::model::figure::DataState;
use crate::problem::{Code, Place, Problem};

/// A text of report.toml with its place.
pub(super) type PlacedText = (String, Place);

/// A `[[table]]` of report.toml, before its data is read.
pub(super) struct TableDeclaration {
    pub number: PlacedText,
    pub title: PlacedText,
    pub data: TableSource,
    pub header_rows: usize,
    pub unit: String,
    pub sign: NegativeSign,
    pub state: DataState,
    /// `None`: all columns of the data.
    pub columns: Option<Vec<ColumnChoice>>,
    /// Columns of the data that are left out on purpose.
    pub left_out: Vec<PlacedText>,
    pub merge: Vec<PlacedText>,
    pub group: Option<PlacedText>,
    pub subtotal: Option<PlacedText>,
    pub total: Option<PlacedText>,
    /// Whether what is named 計 is held against its parts.
    pub checks_sums: bool,
    pub alt: Option<PlacedText>,
    pub source: Option<PlacedText>,
    pub notes: Vec<PlacedText>,
    pub place: Place,
}

/// A column that report.toml chooses.
pub(super) struct ColumnChoice {
    pub content: ColumnContent,
    pub label: Option<PlacedText>,
    /// The heading above it.
    pub under: Option<PlacedText>,
    pub unit: Option<String>,
    pub digits: Option<u32>,
    pub width_mm: Option<f64>,
    pub align: Option<Align>,
    /// + in front of what is above zero.
    pub signed: bool,
    /// Its numbers are names: 番号, 年.
    pub text: bool,
    pub place: Place,
}

/// What a column holds.
pub(super) enum ColumnContent {
    /// The column of the data with this name.
    Data(PlacedText),
    Computed {
        what: Computation,
        /// The columns from which it is worked out; one but for 合計.
        of: Vec<PlacedText>,
        /// What `of` is held against: `from`, `by`.
        against: Option<PlacedText>,
        /// 構成比: the row that is the whole.
        total: Option<PlacedText>,
    },
}

impl TableDeclaration {
    /// Reads one `[[table]]`; `None` when number, title or data cannot be had.
    pub fn read(node: &Placed<Node>, problems: &mut Vec<Problem>) -> Option<Self> {
        let fields = Fields::new("[[table]]", node, problems)?;
        let number = fields.required("number", problems);
        let title = fields.required("title", problems);
        let csv = fields.required("csv", problems);
        let data = TableSource::read(csv, &fields, problems);
        let unit = fields.text("unit", problems).map(|(text, _)| text).unwrap_or_default();
        let signs = ["△", "▲", "-"];
        let names =
            |key, problems: &mut Vec<Problem>| fields.texts(key, "[\"款\", \"項\"]", problems);
        let (merge, left_out) = (names("merge", problems), names("left-out", problems));
        let header_rows = fields.count("header-rows", problems).unwrap_or(1);
        if header_rows > MOST_HEADER_ROWS {
            let place = fields.node("header-rows").map_or(fields.place, |node| &node.place);
            problems.push(
                Problem::error(Code::WrongValue, place.clone())
                    .text(header_rows.to_string())
                    .message("見出しの行が多すぎます")
                    .expected(format!("1から{MOST_HEADER_ROWS}までの整数"))
                    .hint("表の上にある見出しの行数だけを書いてください"),
            );
        }
        let table = TableDeclaration {
            number: (String::new(), node.place.clone()),
            title: (String::new(), node.place.clone()),
            data: data?,
            header_rows: header_rows.min(MOST_HEADER_ROWS),
            unit,
            sign: fields
                .word("sign", &signs, NegativeSign::from_name, problems)
                .unwrap_or_default(),
            state: fields.data_state(problems),
            columns: columns(&fields, problems),
            left_out,
            merge,
            group: fields.filled("group", problems),
            subtotal: fields.filled("subtotal", problems),
            total: fields.filled("total", problems),
            checks_sums: fields.switch("sums", problems).unwrap_or(true),
            alt: fields.filled("alt", problems),
            source: fields.filled("source", problems),
            notes: notes(&fields, problems),
            place: fields.place.clone(),
        };
        if let (Some((name, place)), None) = (&table.subtotal, &table.group) {
            problems.push(
                Problem::error(Code::MissingKey, place.clone())
                    .text(name)
                    .message(
                        "「subtotal」は、「group」で分けた行ごとの小計です。「group」がありません",
                    )
                    .expected("group = \"列の名前\"")
                    .hint("行を分ける列の名前を group に書いてください"),
            );
        }
        fields.finish(problems);
        let number = read_number(number?, "表", problems)?;
        Some(TableDeclaration { number, title: title?, ..table })
    }
}

/// More rows of headings are no header.
const MOST_HEADER_ROWS: usize = 4;

/// `columns = ["款", { name = "R6", label = "令和6年度" }, { compute = "増減", … }]`.
fn columns(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Option<Vec<ColumnChoice>> {
    let node = fields.node("columns")?;
    let Node::List(items) = &node.value else {
        problems.push(
            Problem::error(Code::WrongValue, node.place.clone())
                .message(format!("「columns」の値が正しくありません（今は{}）", node.value.kind()))
                .expected("columns = [\"款\", \"R6\", { compute = \"増減\", of = \"R6\", from = \"R5\" }]"),
        );
        return None;
    };
    if let Some(first) = items.get(MOST_TABLE_COLUMNS) {
        problems.push(too_many("表の列", "列", MOST_TABLE_COLUMNS, items.len(), &first.place));
    }
    let choice = |item: &Placed<Node>| match &item.value {
        Node::Text(name) => Some(ColumnChoice::data((name.clone(), item.place.clone()))),
        _ => ColumnChoice::read(item, problems),
    };
    Some(items.iter().take(MOST_TABLE_COLUMNS).filter_map(choice).collect())
}

impl ColumnChoice {
    /// A column of the data as it stands.
    pub fn data(name: PlacedText) -> Self {
        ColumnChoice {
            place: name.1.clone(),
            content: ColumnContent::Data(name),
            label: None,
            under: None,
            unit: None,
            digits: None,
            width_mm: None,
            align: None,
            signed: false,
            text: false,
        }
    }

    fn read(node: &Placed<Node>, problems: &mut Vec<Problem>) -> Option<Self> {
        let fields = Fields::new("columns の列", node, problems)?;
        let (name, compute) = (fields.filled("name", problems), fields.node("compute").is_some());
        let words = Computation::ALL.map(|(word, _)| word);
        let what = fields.word("compute", &words, Computation::from_name, problems);
        let of = match fields.node("of").map(|node| &node.value) {
            Some(Node::List(_)) => fields.texts("of", "[\"R6\", \"R7\"]", problems),
            _ => fields.filled("of", problems).into_iter().collect(),
        };
        let (from, by) = (fields.filled("from", problems), fields.filled("by", problems));
        let total = fields.filled("total", problems);
        let plus = |word: &str| (word == "+").then_some(true);
        let digits = fields.number("digits", problems);
        let places = digits.as_ref().map(|(number, _)| u32::try_from(*number).ok());
        if let Some((number, place)) = digits.filter(|_| !matches!(places, Some(Some(0..=6)))) {
            problems.push(
                Problem::error(Code::WrongValue, place)
                    .text(number.to_string())
                    .message("「digits」は小数点の下の桁数です")
                    .expected("0から6までの整数"),
            );
        }
        let choice = ColumnChoice {
            label: fields.filled("label", problems),
            under: fields.filled("under", problems),
            unit: fields.text("unit", problems).map(|(text, _)| text),
            digits: places.flatten().map(|digits| digits.min(6)),
            width_mm: width(&fields, problems),
            align: fields.word("align", &["left", "center", "right"], Align::from_name, problems),
            signed: fields.word("sign", &["+"], plus, problems).unwrap_or_default(),
            text: fields.switch("text", problems).unwrap_or_default(),
            place: fields.place.clone(),
            ..ColumnChoice::data((String::new(), fields.place.clone()))
        };
        let place = fields.place.clone();
        fields.finish(problems);
        let fault = |message: &str, expected: &str| {
            Problem::error(Code::WrongValue, place.clone()).message(message).expected(expected)
        };
        let content = match (name, what) {
            (Some(_), Some(_)) => {
                problems.push(fault(
                    "1つの列に「name」と「compute」の両方があります",
                    "データの列なら name、計算する列なら compute",
                ));
                return None;
            }
            (Some(name), None) if !compute => ColumnContent::Data(name),
            (_, None) if compute => return None,
            (_, None) => {
                problems.push(fault(
                    "列の名前がありません",
                    "{ name = \"列の名前\" } か { compute = \"増減\", of = \"R7\", from = \"R6\" }",
                ));
                return None;
            }
            (None, Some(what)) => {
                let (example, against) = match what {
                    Computation::Sum => ("of = [\"R6\", \"R7\"]", None),
                    Computation::Share | Computation::Rank => ("of = \"R7\"", None),
                    Computation::Ratio => ("of = \"支出済額\", by = \"予算現額\"", by.clone()),
                    _ => ("of = \"R7\", from = \"R6\"", from.clone()),
                };
                let needs =
                    !matches!(what, Computation::Sum | Computation::Share | Computation::Rank);
                let many = what != Computation::Sum && of.len() > 1;
                if of.is_empty() || many || needs && against.is_none() {
                    problems.push(fault(
                        &format!("「{}」を何から計算するかが足りません", what.name()),
                        &format!("{{ compute = \"{}\", {example} }}", what.name()),
                    ));
                    return None;
                }
                let idle = [
                    (&from, "from", against.is_none() || what == Computation::Ratio),
                    (&by, "by", what != Computation::Ratio),
                    (&total, "total", what != Computation::Share),
                ];
                for (given, key, is_idle) in idle {
                    if let (Some((text, place)), true) = (given, is_idle) {
                        problems.push(
                            Problem::error(Code::UnknownKey, place.clone())
                                .text(text)
                                .message(format!(
                                    "「{}」の列では「{key}」は働きません",
                                    what.name()
                                ))
                                .hint("この項目を消してください"),
                        );
                    }
                }
                ColumnContent::Computed { what, of, against, total }
            }
        };
        Some(ColumnChoice { content, ..choice })
    }
}

/// A width in mm.
fn width(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Option<f64> {
    let (number, place) = fields.number("width", problems)?;
    let width = number.to_string().parse().ok().filter(|width| (5.0..=400.0).contains(width));
    if width.is_none() {
        problems.push(
            Problem::error(Code::WrongValue, place)
                .text(number.to_string())
                .message("列の幅が正しくありません")
                .expected("5から400までの数（ミリメートル）"),
        );
    }
    width
}

/// The fault of a name that no column has.
pub(super) fn unknown_column<'n>(
    (name, place): &PlacedText,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Problem {
    let listed: Vec<&str> = known.clone().filter(|name| !name.is_empty()).collect();
    let problem = Problem::error(Code::UnknownName, place.clone())
        .text(name)
        .message(format!("表のデータに列「{name}」がありません"))
        .expected(listed.join("・"));
    with_suggestion(problem, name, known)
}
