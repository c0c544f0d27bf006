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

    /// Whether the latest value reaches the target; `None` without a value, a direction or a
    /// target that is a number.
    pub fn reached(&self) -> Option<bool> {
        let target = self.target.as_ref()?.exact?;
        let latest = self.values.iter().rev().flatten().next()?;
        Some(self.direction?.reaches(latest.exact, target))
    }
}

/// The table of all indicators.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Indicators {
    pub periods: Vec<FiscalYear>,
    pub rows: Vec<Indicator>,
}

impl Indicators {
    /// The indicator with this name or short name.
    pub fn find(&self, name: &str) -> Option<&Indicator> {
        self.rows.iter().find(|row| row.answers_to(name))
    }
}
