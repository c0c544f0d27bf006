//! Parts of a whole: what figures of shares hold, and whether the parts make 100.

use rust_decimal::Decimal;

use super::figure::{ChartKind, Figure};
use super::quantity::{Quantity, allowance};
use super::totals::is_total;

/// What percentages of one whole add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    Hundred,
    /// Every part is zero: there was nothing to part.
    Nothing,
    /// Not 100, but as near as rounding leaves it.
    Rounded,
    /// Further from 100 than rounding can explain.
    Other(Decimal),
}

impl Sum {
    /// The sum of some percentages, each of which may be off by half of its last digit.
    pub fn of(parts: &[&Quantity]) -> Self {
        let add = |sum: Decimal, part: &&Quantity| sum.saturating_add(part.exact);
        let sum = parts.iter().fold(Decimal::ZERO, add);
        let slack = allowance(parts.iter().copied());
        if parts.iter().all(|part| part.exact.is_zero()) {
            Sum::Nothing
        } else if sum == Decimal::ONE_HUNDRED {
            Sum::Hundred
        } else if sum.saturating_sub(Decimal::ONE_HUNDRED).abs() <= slack {
            Sum::Rounded
        } else {
            Sum::Other(sum)
        }
    }
}

/// The parts of every whole that a figure shows, with the name of the whole: the rows of percent
/// bars and columns, the first column of shares and rings. Missing values and totals are no
/// parts, and a whole without parts is none.
pub fn wholes(figure: &Figure) -> Vec<(&str, Vec<&Quantity>)> {
    let (kind, data) = (figure.kind, &figure.data);
    let (columns, rows) = figure.drawn();
    let mut wholes = match kind {
        ChartKind::PercentBars | ChartKind::PercentColumns => {
            let parts = |row: usize| columns.iter().filter_map(move |s| data.value(*s, row));
            let named = rows.iter().filter_map(|row| Some((*row, data.categories.get(*row)?)));
            named.map(|(row, name)| (name.as_str(), parts(row).collect())).collect()
        }
        ChartKind::Shares | ChartKind::Ring => {
            // The total of a ring stands in its hole: it is no part.
            let is_part =
                |row: &&usize| kind != ChartKind::Ring || !is_total(&data.categories[**row]);
            let parts = |series: usize| {
                rows.iter().filter(is_part).filter_map(|row| data.value(series, *row)).collect()
            };
            let column = columns.first().map(|index| (*index, &data.series[*index]));
            column.map(|(index, series)| (series.name.as_str(), parts(index))).into_iter().collect()
        }
        _ => Vec::new(),
    };
    wholes.retain(|(_, parts): &(&str, Vec<&Quantity>)| !parts.is_empty());
    wholes
}

impl Figure {
    /// Whether the percentages of one of its wholes are further from 100 than rounding explains.
    pub fn makes_no_hundred(&self) -> bool {
        let odd = |parts: &[&Quantity]| matches!(Sum::of(parts), Sum::Other(_));
        self.is_in_percent() && wholes(self).iter().any(|(_, parts)| odd(parts))
    }

    /// Whether the printed parts of a whole do not add up to 100 by rounding alone, so that the
    /// page must say why.
    pub fn is_rounded(&self) -> bool {
        let wholes = wholes(self);
        self.is_in_percent() && wholes.iter().any(|(_, parts)| Sum::of(parts) == Sum::Rounded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Place;

    fn sum(values: &[&str]) -> Sum {
        let quantity = |text: &&str| Quantity {
            text: (*text).to_owned(),
            exact: text.parse().unwrap(),
            place: Place::file("a.csv"),
        };
        let parts: Vec<Quantity> = values.iter().map(quantity).collect();
        Sum::of(&parts.iter().collect::<Vec<_>>())
    }

    #[test]
    fn rounding_explains_half_a_last_digit_a_part_and_no_more() {
        assert_eq!(sum(&["60.0", "40.0"]), Sum::Hundred);
        assert_eq!(sum(&["60.0", "40.1"]), Sum::Rounded);
        assert_eq!(sum(&["60.0", "40.2"]), Sum::Other("100.2".parse().unwrap()));
        assert_eq!(sum(&["33.3", "33.3", "33.3"]), Sum::Rounded);
        assert_eq!(sum(&["0", "0.0"]), Sum::Nothing);
        // Whole numbers leave more, two decimals less.
        assert_eq!(sum(&["33", "33", "33"]), Sum::Rounded);
        assert_eq!(sum(&["34", "34", "33"]), Sum::Rounded);
        assert_eq!(sum(&["33", "33", "32"]), Sum::Other("98".parse().unwrap()));
        assert_eq!(sum(&["33.33", "33.33", "33.33"]), Sum::Rounded);
        assert_eq!(sum(&["33.33", "33.33", "33.20"]), Sum::Other("99.86".parse().unwrap()));
        // 40 among values of one decimal is 40.0.
        assert_eq!(sum(&["40", "33.3", "26.2"]), Sum::Other("99.5".parse().unwrap()));
    }
}
