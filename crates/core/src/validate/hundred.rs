//! Percentages of one whole that do not make 100: wrong data, or the wrong kind of chart.

use rust_decimal::Decimal;

use super::better_kinds::{choose, few, full_bars, kind};
use crate::model::figure::{ChartKind, Figure};
use crate::model::parts::{Sum, wholes};
use crate::model::quantity::Quantity;
use crate::problem::{Code, Place, Problem};

/// Percentages that do not make 100. Where other rows do, the row itself is doubted, at its cell;
/// where none does, the kind.
pub(super) fn not_hundred(figure: &Figure, place: &Place) -> Vec<Problem> {
    // A lone series has been told to be no parts at all.
    if !figure.is_in_percent() || full_bars(figure).is_some() {
        return Vec::new();
    }
    let wholes = wholes(figure.kind, &figure.data);
    let sums = wholes.iter().filter_map(|(name, parts)| match Sum::of(parts) {
        Sum::Other(sum) => Some((*name, sum, parts[0])),
        Sum::Hundred | Sum::Rounded => None,
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
    let told = Problem::warning(Code::PartsNot100, place.clone())
        .text(figure.kind.name())
        .expected(EXPECTED)
        .message(format!("内訳の合計が100になりません（{}）", few(&listed)))
        .hint(format!("1つの全体を分けた割合でないなら、{}", better(over)));
    vec![told]
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
