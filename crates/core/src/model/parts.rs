//! Parts of a whole: what figures of shares hold, and whether the parts make 100.

use rust_decimal::Decimal;

use super::figure::{ChartKind, Figure, FigureData, is_total};
use super::quantity::Quantity;
use super::unit::Unit;

/// What percentages of one whole add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    Hundred,
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
        let slack = Decimal::new(5, 2) * Decimal::from(parts.len());
        if sum == Decimal::ONE_HUNDRED {
            Sum::Hundred
        } else if sum.saturating_sub(Decimal::ONE_HUNDRED).abs() <= slack {
            Sum::Rounded
        } else {
            Sum::Other(sum)
        }
    }
}

/// The parts of every whole that a figure of this kind shows, with the name of the whole: the
/// rows of percent bars and columns, the first column of shares and rings. Missing values are no
/// parts, and a whole without parts is none.
pub fn wholes(kind: ChartKind, data: &FigureData) -> Vec<(&str, Vec<&Quantity>)> {
    let mut wholes = match kind {
        ChartKind::PercentBars | ChartKind::PercentColumns => {
            let parts = |row| (0..data.series.len()).filter_map(move |s| data.value(s, row));
            let rows = data.categories.iter().enumerate();
            rows.map(|(row, name)| (name.as_str(), parts(row).collect())).collect()
        }
        ChartKind::Shares | ChartKind::Ring => {
            // The total of a ring stands in its hole: it is no part.
            let is_part = |name: &String| kind != ChartKind::Ring || !is_total(name);
            let parts = |series: usize| {
                let rows = data.categories.iter().enumerate().filter(|(_, name)| is_part(name));
                rows.filter_map(move |(row, _)| data.value(series, row)).collect()
            };
            let column = data.series.iter().enumerate().take(1);
            column.map(|(index, series)| (series.name.as_str(), parts(index))).collect()
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
        self.is_in_percent() && wholes(self.kind, &self.data).iter().any(|(_, parts)| odd(parts))
    }

    /// Whether its values are percentages; only these must make 100, other amounts are drawn as
    /// shares of their sum.
    pub fn is_in_percent(&self) -> bool {
        Unit::parse(&self.unit).is_some_and(|unit| unit.name == "%")
    }

    /// Whether the printed parts of a whole do not add up to 100 by rounding alone, so that the
    /// page must say why.
    pub fn is_rounded(&self) -> bool {
        let wholes = wholes(self.kind, &self.data);
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
    }
}
