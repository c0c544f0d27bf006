//! Kinds of chart that can be drawn, but do not show what the data says: each warning names the
//! numbers or items that show it, and a better kind.

use super::hundred;
use crate::model::categories::{are_ordered, are_times};
use crate::model::figure::{ChartKind, Figure, Order, Panel, is_rest, is_total};
use crate::problem::{Code, Place, Problem};

/// More parts of a whole than an eye compares.
const MOST_PARTS: usize = 6;
/// More lines between two times than have room for their names.
const MOST_SLOPES: usize = 8;
/// More names than have room side by side.
const MOST_COLUMNS: usize = 12;
/// A longer name, in characters, takes too many lines under its column.
const LONGEST_NAME: usize = 20;

/// The longest number that fits beside a mark: 1,234,567.
const LONGEST_NUMBER: usize = 9;

/// Where report.toml says what is doubted.
pub(super) struct Places<'a> {
    pub kind: &'a Place,
    pub order: Option<&'a Place>,
}

/// What is wrong, and how to mend it.
type Doubt = (String, String);

/// Every doubt about the choice of this kind. Only for figures that can be drawn.
pub(super) fn doubts(figure: &Figure, places: &Places<'_>) -> Vec<Problem> {
    let rules: [fn(&Figure) -> Option<Doubt>; 8] = [
        many_parts,
        full_bars,
        line_without_order,
        ranked_course,
        crowded_columns,
        many_slopes,
        long_numbers,
        single_multiple,
    ];
    let told = rules.iter().filter_map(|rule| rule(figure)).map(|(message, hint)| {
        Problem::warning(Code::BetterKind, places.kind.clone())
            .text(figure.kind.name())
            .message(message)
            .hint(hint)
    });
    let mut problems: Vec<Problem> = told.collect();
    problems.extend(sorted_course(figure, places.order));
    problems.extend(hundred::not_hundred(figure, places.kind));
    problems
}

/// `kind = "bars"`, as it is written.
pub(super) fn kind(kind: ChartKind) -> String {
    format!("`kind = \"{}\"`", kind.name())
}

/// `kind = "bars"` にしてください.
pub(super) fn choose(better: ChartKind) -> String {
    format!("{} にしてください", kind(better))
}

/// The first names of many.
pub(super) fn few(names: &[&str]) -> String {
    let more = if names.len() > 3 { " など" } else { "" };
    format!("{}{more}", names.iter().take(3).copied().collect::<Vec<_>>().join("・"))
}

fn names(figure: &Figure) -> Vec<&str> {
    figure.data.categories.iter().map(String::as_str).collect()
}

/// Shares of a whole in more parts than six.
fn many_parts(figure: &Figure) -> Option<Doubt> {
    let shares = matches!(figure.kind, ChartKind::Shares | ChartKind::Ring);
    let parts = figure.data.series.first().filter(|_| shares)?.values.iter().flatten().count();
    (parts > MOST_PARTS).then(|| {
        let message = format!(
            "内訳が{parts}個あり（{}）、{} では大きさを比べられません",
            few(&names(figure)),
            figure.kind.name()
        );
        (message, choose(ChartKind::RankedBars))
    })
}

/// Bars of 100% with one part each are all alike.
pub(super) fn full_bars(figure: &Figure) -> Option<Doubt> {
    let better = match figure.kind {
        ChartKind::PercentColumns if !is_crowded(figure) => ChartKind::Columns,
        ChartKind::PercentBars | ChartKind::PercentColumns => ChartKind::Bars,
        _ => return None,
    };
    let [only] = figure.data.series.as_slice() else { return None };
    let message = format!("系列が「{}」だけなので、どの棒も100%の長さになります", only.name);
    Some((message, choose(better)))
}

/// A line leads from one item to the next: without an order of the items it means nothing.
fn line_without_order(figure: &Figure) -> Option<Doubt> {
    let drawn = match figure.kind {
        ChartKind::Lines | ChartKind::ColumnsAndLine => true,
        ChartKind::SmallMultiples => figure.panel == Panel::Lines,
        _ => false,
    };
    let data = &figure.data;
    let filled: Vec<&str> = data
        .categories
        .iter()
        .enumerate()
        .filter(|(row, _)| (0..data.series.len()).any(|series| data.value(series, *row).is_some()))
        .map(|(_, name)| name.as_str())
        .collect();
    if !drawn || filled.is_empty() {
        return None;
    }
    let outside: Vec<&str> =
        filled.iter().copied().filter(|name| is_total(name) || is_rest(name)).collect();
    let message = if let [only] = filled[..] {
        format!("値のある項目が「{only}」だけなので、線になりません")
    } else if !are_ordered(&data.dimension, &data.categories) {
        format!("項目（{}）に順序がないので、線のつながりに意味がありません", few(&filled))
    } else if !outside.is_empty() {
        format!(
            "「{}」は、ほかの項目に続くものではないので、線でつなげません",
            outside.join("」「")
        )
    } else {
        return None;
    };
    let hint = match figure.kind {
        ChartKind::SmallMultiples => "`panel = \"columns\"` にしてください".to_owned(),
        ChartKind::ColumnsAndLine if figure.unit != figure.line_unit => {
            format!("単位ごとに図を分け、{}", choose(ChartKind::Columns))
        }
        _ if is_crowded(figure) => choose(ChartKind::Bars),
        _ => choose(ChartKind::Columns),
    };
    Some((message, hint))
}

/// Whether the names of the items find no room side by side.
fn is_crowded(figure: &Figure) -> bool {
    let categories = &figure.data.categories;
    let many = categories.len() > MOST_COLUMNS && !are_times(categories);
    many || categories.iter().any(|name| name.chars().count() > LONGEST_NAME)
}

/// Points in time, at least two.
fn course(figure: &Figure) -> Option<String> {
    let categories = &figure.data.categories;
    (categories.len() > 1 && are_times(categories)).then(|| few(&names(figure)))
}

/// Times sorted by size: nobody sees the course of things.
fn ranked_course(figure: &Figure) -> Option<Doubt> {
    let course = course(figure).filter(|_| figure.kind == ChartKind::RankedBars)?;
    let message = format!("項目が時点（{course}）なので、大きい順に並べると推移が読めません");
    Some((message, choose(ChartKind::Columns)))
}

/// The same by `order`.
fn sorted_course(figure: &Figure, place: Option<&Place>) -> Option<Problem> {
    let sorted = figure.order != Order::Data && figure.kind != ChartKind::RankedBars;
    let course = course(figure).filter(|_| sorted)?;
    Some(
        Problem::warning(Code::BetterKind, place?.clone())
            .text("order")
            .message(format!("項目が時点（{course}）なので、大きさの順に並べると推移が読めません"))
            .hint(match figure.kind {
                ChartKind::Bars => {
                    format!("`order` の行を消し、{}", choose(ChartKind::Columns))
                }
                _ => "`order` の行を消してください".to_owned(),
            }),
    )
}

/// Names that find no room under upright columns find it beside lying bars.
fn crowded_columns(figure: &Figure) -> Option<Doubt> {
    let better = match figure.kind {
        ChartKind::Columns => ChartKind::Bars,
        ChartKind::StackedColumns => ChartKind::StackedBars,
        // A lone series has been told to be no parts at all.
        ChartKind::PercentColumns if figure.data.series.len() > 1 => ChartKind::PercentBars,
        _ => return None,
    };
    if !is_crowded(figure) {
        return None;
    }
    let names = names(figure);
    let longest = names.iter().copied().max_by_key(|name| name.chars().count())?;
    let length = longest.chars().count();
    let message = if length > LONGEST_NAME {
        format!("項目「{longest}」は{length}字あり、縦の棒の下に収まりません")
    } else {
        format!("項目が{}個あり（{}）、縦の棒では名前が混み合います", names.len(), few(&names))
    };
    Some((message, choose(better)))
}

/// More lines between two times than can be named.
fn many_slopes(figure: &Figure) -> Option<Doubt> {
    let (names, better): (Vec<&str>, _) = match figure.data.has_years_down() {
        true => {
            let series = figure.data.series.iter();
            (series.map(|series| series.name.as_str()).collect(), ChartKind::SmallMultiples)
        }
        false => (names(figure), ChartKind::Bars),
    };
    (figure.kind == ChartKind::Slope && names.len() > MOST_SLOPES).then(|| {
        let message = format!(
            "項目が{}個あり（{}）、slope では線の名前が混み合います",
            names.len(),
            few(&names)
        );
        (message, choose(better))
    })
}

/// Charts without a scale say their values in numbers alone, and these must fit.
fn long_numbers(figure: &Figure) -> Option<Doubt> {
    if !matches!(figure.kind, ChartKind::Slope | ChartKind::PairedBars) {
        return None;
    }
    let values = figure.data.series.iter().flat_map(|series| series.values.iter().flatten());
    let longest = values.map(|value| value.text.as_str()).max_by_key(|text| text.len())?;
    (longest.chars().count() > LONGEST_NUMBER).then(|| {
        let message = format!("値が長く（{longest}）、図に書き添える場所がありません");
        let hint = "単位を千円や百万円などに改め、CSVの値もその単位で書いてください";
        (message, hint.to_owned())
    })
}

/// One of several is none.
fn single_multiple(figure: &Figure) -> Option<Doubt> {
    let [only] = figure.data.series.as_slice() else { return None };
    (figure.kind == ChartKind::SmallMultiples).then(|| {
        let message = format!("系列が「{}」だけなので、並べる図がありません", only.name);
        let better = match figure.panel {
            Panel::Lines if line_without_order(figure).is_none() => ChartKind::Lines,
            Panel::Lines | Panel::Columns => ChartKind::Columns,
        };
        (message, choose(better))
    })
}
