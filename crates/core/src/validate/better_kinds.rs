//! Kinds of chart that can be drawn, but do not show what the data says: each warning names the
//! numbers or items that show it, and a better kind. Percentages of one whole that do not make 100
//! are wrong data, or the wrong kind.

use rust_decimal::Decimal;

use crate::model::categories::{are_ordered, are_times};
use crate::model::figure::{ChartKind, Figure, Order, Panel, is_rest, is_total};
use crate::model::parts::{Sum, wholes};
use crate::model::quantity::Quantity;
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
    let found = rules.iter().filter_map(|rule| rule(figure)).map(|(message, hint)| {
        Problem::warning(Code::BetterKind, places.kind.clone())
            .text(figure.kind.name())
            .message(message)
            .hint(hint)
    });
    let mut problems: Vec<Problem> = found.collect();
    problems.extend(sorted_course(figure, places.order));
    problems.extend(not_hundred(figure, places.kind));
    problems
}

/// `kind = "bars"`, as it is written.
fn kind(kind: ChartKind) -> String {
    format!("`kind = \"{}\"`", kind.name())
}

/// `kind = "bars"` にしてください.
fn choose(better: ChartKind) -> String {
    format!("{} にしてください", kind(better))
}

/// The first names of many.
fn few(names: &[&str]) -> String {
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
fn full_bars(figure: &Figure) -> Option<Doubt> {
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

/// Percentages that do not make 100. Where other rows do, the row itself is doubted, at its cell;
/// where none does, the kind.
fn not_hundred(figure: &Figure, place: &Place) -> Vec<Problem> {
    // A lone series has been told to be no parts at all.
    if !figure.is_in_percent() || full_bars(figure).is_some() {
        return Vec::new();
    }
    let wholes = wholes(figure);
    let sums = wholes.iter().filter_map(|(name, parts)| match Sum::of(parts) {
        Sum::Other(sum) => Some((*name, sum, parts[0])),
        Sum::Hundred | Sum::Nothing | Sum::Rounded => None,
    });
    let sums: Vec<_> = sums.collect();
    const EXPECTED: &str = "合計が100（四捨五入の端数を除く）";
    let better = |over: bool| amounts_instead(figure.kind, over);
    if sums.len() < wholes.len() || sums.is_empty() {
        let row = |(name, sum, first): &(&str, Decimal, &Quantity)| {
            // Where the others make 100, it is the data that is wrong, and not the kind.
            Problem::error(Code::PartsNot100, first.place.clone())
                .text(sum.to_string())
                .expected(EXPECTED)
                .message(format!("「{name}」の内訳の合計が {sum} で、100になりません"))
                .hint(format!(
                    "数値を確かめてください。正しければ、{}",
                    better(*sum > Decimal::ONE_HUNDRED)
                ))
        };
        return sums.iter().map(row).collect();
    }
    let listed: Vec<String> = sums.iter().map(|(name, sum, _)| format!("{name} {sum}")).collect();
    let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
    let over = sums.iter().any(|(_, sum, _)| *sum > Decimal::ONE_HUNDRED);
    let doubt = Problem::warning(Code::PartsNot100, place.clone())
        .text(figure.kind.name())
        .expected(EXPECTED)
        .message(format!("内訳の合計が100になりません（{}）", few(&listed)))
        .hint(format!("1つの全体を分けた割合でないなら、{}", better(over)));
    vec![doubt]
}

/// Kinds that draw percentages as the amounts they are.
fn amounts_instead(percent: ChartKind, over: bool) -> String {
    let (stacked, apart) = match percent {
        ChartKind::PercentBars => (ChartKind::StackedBars, ChartKind::Bars),
        ChartKind::PercentColumns => (ChartKind::StackedColumns, ChartKind::Columns),
        _ => return choose(ChartKind::RankedBars),
    };
    match over {
        true => format!("{}（複数回答の割合なら {}）にしてください", kind(stacked), kind(apart)),
        false => choose(stacked),
    }
}
