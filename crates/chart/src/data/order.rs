//! The order in which the categories of a figure are drawn.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::text_metrics::clean;
use soukatsu_core::model::figure::{ChartKind, Figure, Order, is_rest, is_total};

/// The rows of the figure's data in the order of drawing.
pub(crate) fn rows(figure: &Figure) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..figure.data.categories.len()).collect();
    let descending = match (figure.order, figure.kind) {
        (Order::Descending, _) | (Order::Data, ChartKind::RankedBars) => true,
        (Order::Ascending, _) => false,
        (Order::Data, _) => return rows,
    };
    // What is left and what sums up stay last, and before them what has no value.
    let standing = |row: usize| {
        let name = clean(&figure.data.categories[row]);
        let size = size(figure, row);
        (is_total(&name), is_rest(&name), size.is_none(), size)
    };
    match descending {
        true => rows.sort_by_key(|&row| {
            let (total, rest, missing, size) = standing(row);
            (total, rest, missing, Reverse(size))
        }),
        false => rows.sort_by_key(|&row| standing(row)),
    }
    rows
}

/// What a category is ordered by: its whole stack, or else its value in the first series.
fn size(figure: &Figure, row: usize) -> Option<Decimal> {
    let mut values = figure.data.series.iter().map(|series| series.values.get(row)?.as_ref());
    match figure.kind {
        ChartKind::StackedColumns | ChartKind::StackedBars => {
            let present: Vec<Decimal> = values.flatten().map(|value| value.exact).collect();
            let sum = |sum: Decimal, value: &Decimal| sum.checked_add(*value);
            (!present.is_empty()).then(|| present.iter().try_fold(Decimal::ZERO, sum))?
        }
        _ => values.next()?.map(|value| value.exact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use soukatsu_core::model::figure::{FigureData, Series};
    use soukatsu_core::model::quantity::Quantity;
    use soukatsu_core::problem::Place;

    /// A figure from text: series names first, then a category with its values a line.
    fn figure(kind: &str, table: &str) -> Figure {
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
        let value = |cell: &str| {
            let exact = cell.parse().ok()?;
            Some(Quantity { text: cell.into(), exact, place: Place::file("図.csv") })
        };
        let series = rows[0].iter().enumerate().map(|(index, name)| Series {
            name: (*name).into(),
            values: rows[1..].iter().map(|row| value(row[index + 1])).collect(),
        });
        let data = FigureData {
            categories: rows[1..].iter().map(|row| row[0].into()).collect(),
            series: series.collect(),
            ..FigureData::default()
        };
        Figure::bare("1", ChartKind::from_name(kind).unwrap(), data)
    }

    fn names(figure: &Figure) -> Vec<&str> {
        rows(figure).into_iter().map(|row| figure.data.categories[row].as_str()).collect()
    }

    const TABLE: &str = "割合\nその他,40.0\n交通,\n買い物,10.0\n全体,90.0\n自然,30.0";

    #[test]
    fn ranked_bars_begin_with_the_largest_and_end_with_the_rest_and_the_total() {
        let figure = figure("ranked-bars", TABLE);
        assert_eq!(names(&figure), ["自然", "買い物", "交通", "その他", "全体"]);
    }

    #[test]
    fn the_smallest_comes_first_where_the_author_wants_it() {
        let figure = Figure { order: Order::Ascending, ..figure("bars", TABLE) };
        assert_eq!(names(&figure), ["買い物", "自然", "交通", "その他", "全体"]);
    }

    #[test]
    fn stacks_are_ordered_by_their_height() {
        let table = "女性,男性\n甲,9,1\n乙,2,20\n丙,5,6";
        let figure = Figure { order: Order::Descending, ..figure("stacked-columns", table) };
        assert_eq!(names(&figure), ["乙", "丙", "甲"]);
    }

    #[test]
    fn other_charts_keep_the_order_of_the_data() {
        let figure = figure("columns", TABLE);
        assert_eq!(names(&figure), ["その他", "交通", "買い物", "全体", "自然"]);
    }
}
