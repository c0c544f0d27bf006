//! Indicators (指標): a target, a base value and one value a fiscal year.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::name::same_name;
use super::number::Sign;
use super::period::FiscalYear;
use super::quantity::{Notation, Quantity};
use crate::problem::Place;

/// On which side of the target a value reaches it (向き).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    AtLeast,
    AtMost,
}

impl Direction {
    /// The word of the table for it, as it stands behind a target.
    pub fn word(self) -> &'static str {
        match self {
            Direction::AtLeast => "以上",
            Direction::AtMost => "以下",
        }
    }

    /// Whether a value reaches a target.
    pub fn reaches(self, value: Decimal, target: Decimal) -> bool {
        match self {
            Direction::AtLeast => value >= target,
            Direction::AtMost => value <= target,
        }
    }
}

/// A target (目標値): what the table says, and the number behind it where there is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub text: String,
    pub exact: Option<Decimal>,
    pub place: Place,
}

/// What the latest year says of a target (判定), by mark and word: told without colour, and read
/// aloud by the word alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    Reached,
    NotReached,
    /// The year has no value, or nothing to hold it against.
    None,
}

impl Judgement {
    pub fn mark(self) -> &'static str {
        match self {
            Judgement::Reached => "○",
            Judgement::NotReached => "×",
            Judgement::None => "－",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Judgement::Reached => "達成",
            Judgement::NotReached => "未達",
            Judgement::None => "",
        }
    }
}

/// A further row of an indicator (区分), printed in parentheses under the main values.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    pub name: String,
    /// One value a period of the table, in its order.
    pub values: Vec<Option<Quantity>>,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    pub name: String,
    /// The name that prose may use for it (略称).
    pub short: String,
    pub unit: String,
    pub notation: Notation,
    pub direction: Option<Direction>,
    pub target: Option<Target>,
    pub baseline: Option<Quantity>,
    /// One value a period of the table, in its order; a missing value is `None`, never zero.
    pub values: Vec<Option<Quantity>>,
    /// The missing values in whose place a sign stands, `…` or `x`: `R5`, `基準値`.
    pub signs: BTreeMap<String, Sign>,
    pub breakdowns: Vec<Breakdown>,
    pub place: Place,
}

impl Indicator {
    /// The name that prose uses for it: the short one, where there is one.
    pub fn called(&self) -> &str {
        if self.short.is_empty() { &self.name } else { &self.short }
    }

    /// Whether prose may use this name for it.
    pub fn answers_to(&self, name: &str) -> bool {
        same_name(&self.name, name) || (!self.short.is_empty() && same_name(&self.short, name))
    }

    /// Whether a value reaches the target; `None` without a direction or a target that is a
    /// number.
    fn reaches(&self, value: Decimal) -> Option<bool> {
        let target = self.target.as_ref()?.exact?;
        Some(self.direction?.reaches(value, target))
    }

    /// Whether the latest value that there is reaches the target.
    pub fn reached(&self) -> Option<bool> {
        let latest = self.values.iter().rev().flatten().next()?;
        self.reaches(latest.exact)
    }

    /// Whether the value of the last year reaches the target.
    pub fn judgement(&self) -> Judgement {
        let latest = self.values.last().and_then(Option::as_ref);
        match latest.and_then(|latest| self.reaches(latest.exact)) {
            Some(true) => Judgement::Reached,
            Some(false) => Judgement::NotReached,
            None => Judgement::None,
        }
    }

    /// The target as tables print it, with the side on which a value reaches it: `16.0%以下`. Where
    /// the data has words of its own (収支均衡, 20億以上), those stand.
    pub fn target_in_table(&self) -> Option<String> {
        let target = self.target.as_ref()?;
        let plain = |exact| self.notation.format_with_unit(exact, &self.unit) == target.text;
        let side = self.direction.filter(|_| target.exact.is_some_and(plain));
        Some(format!("{}{}", target.text, side.map_or("", Direction::word)))
    }

    /// Where a table prints the unit: once a row.
    pub fn unit_at(&self) -> UnitAt {
        let written = |target: &Target| target.text.contains(&self.unit);
        match self.notation {
            Notation::OkuSenman => UnitAt::Nowhere,
            Notation::Fixed { .. } if self.unit.is_empty() => UnitAt::Nowhere,
            Notation::Fixed { .. } if self.target.as_ref().is_some_and(written) => UnitAt::Target,
            Notation::Fixed { .. } => UnitAt::Name,
        }
    }
}

/// Where a table of indicators prints the unit of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitAt {
    /// Behind the number of the target: 16.0%以下.
    Target,
    /// Below the name: the target has no number, or there is none.
    Name,
    /// The values carry their scale in themselves (37億6千万), or count nothing that has a name.
    Nowhere,
}

/// The table of all indicators.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Indicators {
    pub periods: Vec<FiscalYear>,
    pub rows: Vec<Indicator>,
}

impl Indicators {
    /// How many indicators have a target that a value can be held against, and how many of them
    /// reach it in the last year.
    pub fn targets(&self) -> (usize, usize) {
        let held = |row: &&Indicator| {
            row.direction.is_some() && row.target.as_ref().is_some_and(|it| it.exact.is_some())
        };
        let reached = |row: &&Indicator| row.judgement() == Judgement::Reached;
        (self.rows.iter().filter(held).count(), self.rows.iter().filter(reached).count())
    }

    /// The indicator with this name or short name.
    pub fn find(&self, name: &str) -> Option<&Indicator> {
        self.rows.iter().find(|row| row.answers_to(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(exact: i64) -> Quantity {
        Quantity { text: format!("{exact}%"), exact: exact.into(), place: Place::file("a.csv") }
    }

    /// An indicator of one year, in %.
    fn row(
        target: (&str, Option<i64>),
        direction: Option<Direction>,
        value: Option<i64>,
    ) -> Indicator {
        let (text, exact) = (target.0.to_owned(), target.1.map(Decimal::from));
        Indicator {
            name: "名".into(),
            short: String::new(),
            unit: "%".into(),
            notation: Notation::Fixed { decimals: 0, signed: false },
            direction,
            target: Some(Target { text, exact, place: Place::file("a.csv") }),
            baseline: None,
            values: vec![Some(quantity(90)), value.map(quantity)],
            signs: BTreeMap::new(),
            breakdowns: Vec::new(),
            place: Place::file("a.csv"),
        }
    }

    #[test]
    fn a_target_has_its_direction_once() {
        let (least, most) = (Some(Direction::AtLeast), Some(Direction::AtMost));
        for (target, direction, printed) in [
            (("80%", Some(80)), least, "80%以上"),
            (("16%", Some(16)), most, "16%以下"),
            (("16%", Some(16)), None, "16%"),
            (("16%以下", Some(16)), most, "16%以下"),
            (("16%未満", Some(16)), most, "16%未満"),
            (("収支均衡", Some(0)), least, "収支均衡"),
        ] {
            assert_eq!(row(target, direction, None).target_in_table().unwrap(), printed);
        }
        assert_eq!(
            Indicator { target: None, ..row(("", None), None, None) }.target_in_table(),
            None
        );
    }

    #[test]
    fn the_unit_stands_where_the_target_has_it_or_below_the_name() {
        let row = row(("80%", Some(80)), None, None);
        assert_eq!(row.unit_at(), UnitAt::Target);
        let words = Target { text: "収支均衡".into(), ..row.target.clone().unwrap() };
        assert_eq!(Indicator { target: Some(words), ..row.clone() }.unit_at(), UnitAt::Name);
        assert_eq!(Indicator { target: None, ..row.clone() }.unit_at(), UnitAt::Name);
        assert_eq!(Indicator { unit: String::new(), ..row.clone() }.unit_at(), UnitAt::Nowhere);
        assert_eq!(Indicator { notation: Notation::OkuSenman, ..row }.unit_at(), UnitAt::Nowhere);
    }

    #[test]
    fn the_last_year_alone_is_judged() {
        let (target, least) = (("80%", Some(80)), Some(Direction::AtLeast));
        for (value, judged) in [
            (Some(80), Judgement::Reached),
            (Some(79), Judgement::NotReached),
            (None, Judgement::None),
        ] {
            assert_eq!(row(target, least, value).judgement(), judged, "{value:?}");
        }
        assert_eq!(row(target, None, Some(90)).judgement(), Judgement::None);
        // A chart speaks of the latest value that it draws.
        assert_eq!(row(target, least, None).reached(), Some(true));
    }

    #[test]
    fn targets_that_nothing_can_be_held_against_are_not_counted() {
        let least = Some(Direction::AtLeast);
        let rows = vec![
            row(("80%", Some(80)), least, Some(90)),
            row(("80%", Some(80)), least, Some(70)),
            row(("80%", Some(80)), least, None),
            row(("80%", Some(80)), None, Some(90)),
            row(("増やす", None), least, Some(90)),
        ];
        assert_eq!(Indicators { periods: Vec::new(), rows }.targets(), (3, 1));
    }
}
