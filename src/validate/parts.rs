//! The parts of a whole: percentages that must make 100, and kinds that need one column.

use rust_decimal::Decimal;

use super::Reader;
use super::figure_source::FigureSource;
use crate::model::figure::{ChartKind, FigureData};
use crate::model::quantity::Quantity;
use crate::problem::{Code, Problem};

/// How many series the charts can tell apart.
const MOST_SERIES: usize = 6;

impl Reader<'_> {
    /// A seventh series would look like the first; a line needs columns to go with it.
    pub(super) fn check_series(&mut self, source: &FigureSource, data: &FigureData) {
        let count = data.series.len();
        let (message, hint) = if count > MOST_SERIES {
            ("系列が7つ以上あり、塗り分けられません", "系列をまとめるか、図を分けてください")
        } else if source.kind.0 == ChartKind::ColumnsAndLine && count < 2 {
            (
                "columns-and-line の図には数値の列が2つ以上要ります",
                "lines か columns を使ってください",
            )
        } else {
            return;
        };
        self.problems.push(
            Problem::error(Code::UnsuitableKind, source.kind.1.clone())
                .text(format!("{count}系列"))
                .message(message)
                .hint(hint),
        );
    }

    /// The parts of a whole must make 100, give or take what rounding leaves.
    pub(super) fn check_parts(&mut self, source: &FigureSource, data: &FigureData) {
        let rows: Vec<Vec<&Quantity>> = match source.kind.0 {
            ChartKind::PercentBars | ChartKind::PercentColumns => (0..data.categories.len())
                .map(|row| {
                    data.series.iter().filter_map(|series| series.values[row].as_ref()).collect()
                })
                .collect(),
            ChartKind::Shares => {
                if data.series.len() != 1 {
                    self.problems.push(
                        Problem::error(Code::UnsuitableKind, source.kind.1.clone())
                            .message("shares の図には数値の列が1つだけ要ります")
                            .hint("複数の内訳を並べるときは percent-bars を使ってください"),
                    );
                }
                data.series
                    .first()
                    .map(|s| s.values.iter().flatten().collect())
                    .into_iter()
                    .collect()
            }
            ChartKind::RankedBars if data.series.len() != 1 => {
                self.problems.push(
                    Problem::error(Code::UnsuitableKind, source.kind.1.clone())
                        .message("ranked-bars の図には数値の列が1つだけ要ります")
                        .hint("複数の列を比べるときは bars を使ってください"),
                );
                return;
            }
            _ => return,
        };
        for parts in rows.iter().filter(|parts| !parts.is_empty()) {
            let sum: Decimal = parts.iter().map(|part| part.exact).sum();
            // Each part may be off by half of its last digit.
            let slack = Decimal::new(5, 2) * Decimal::from(parts.len());
            if source.unit == "%" && (sum - Decimal::ONE_HUNDRED).abs() > slack {
                self.problems.push(
                    Problem::error(Code::PartsNot100, parts[0].place.clone())
                        .text(sum.to_string())
                        .message(format!("内訳の合計が {sum} で、100になりません"))
                        .expected("合計が100（四捨五入の端数を除く）")
                        .hint("数値を確かめるか、割合でないデータなら stacked-bars などの種類にしてください"),
                );
            }
            if let Some(negative) = parts.iter().find(|part| part.exact.is_sign_negative()) {
                self.problems.push(
                    Problem::error(Code::UnsuitableKind, negative.place.clone())
                        .text(&negative.text)
                        .message("割合の図に負の値があります")
                        .hint("負の値のあるデータは columns か bars の図にしてください"),
                );
            }
        }
    }
}
