//! Initiatives (取組) under measures (施策) and pillars (体系), and the counts of their status.

use rust_decimal::Decimal;

use super::name::name_key;
use super::quantity::percentage;
use crate::problem::Place;

/// 実施状況.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Implemented,
    Partial,
    NotYet,
}

impl Status {
    /// In the order of every table.
    pub const ALL: [Status; 3] = [Status::Implemented, Status::Partial, Status::NotYet];

    /// Reads the words of the CSV.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match &*name_key(name) {
            "実施済" => Status::Implemented,
            "一部実施" => Status::Partial,
            "未実施又は検討中" | "未実施/検討中" => Status::NotYet,
            _ => return None,
        })
    }

    /// In the heading of the summary table.
    pub fn name(self) -> &'static str {
        match self {
            Status::Implemented => "実施済",
            Status::Partial => "一部実施",
            Status::NotYet => "未実施又は検討中",
        }
    }

    /// In the narrow cells of the status list.
    pub fn short(self) -> &'static str {
        match self {
            Status::NotYet => "未実施/検討中",
            other => other.name(),
        }
    }

    /// Between 【 and 】 after an initiative's name.
    pub fn badge(self) -> &'static str {
        match self {
            Status::Implemented => "実施",
            other => other.short(),
        }
    }
}

/// 体系.
#[derive(Debug, Clone, PartialEq)]
pub struct Pillar {
    pub number: u32,
    pub name: String,
    pub subtitle: String,
    pub place: Place,
}

/// 取組.
#[derive(Debug, Clone, PartialEq)]
pub struct Initiative {
    pub number: u32,
    pub pillar: String,
    pub measure: String,
    pub name: String,
    pub departments: String,
    pub status: Status,
    /// 具体的取組
    pub action: String,
    /// 備考, printed in parentheses under the action.
    pub remark: String,
    /// The row.
    pub place: Place,
    pub cells: InitiativeCells,
}

/// Where the texts of an initiative stand.
#[derive(Debug, Clone, PartialEq)]
pub struct InitiativeCells {
    pub pillar: Place,
    pub measure: Place,
    pub name: Place,
    pub departments: Place,
    pub status: Place,
    pub action: Place,
}

/// How many initiatives of a group have each status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusCount {
    pub total: usize,
    /// In the order of [`Status::ALL`].
    pub counts: [usize; 3],
}

impl StatusCount {
    /// Counts the initiatives of one pillar, or all of them.
    pub fn of(initiatives: &[Initiative], pillar: Option<&str>) -> Self {
        let group =
            || initiatives.iter().filter(|item| pillar.is_none_or(|name| item.pillar == name));
        let counts = Status::ALL.map(|status| group().filter(|item| item.status == status).count());
        StatusCount { total: group().count(), counts }
    }

    /// Whether the printed shares do not add up to 100.
    pub fn is_rounded(&self) -> bool {
        self.total > 0 && self.shares().iter().flatten().sum::<Decimal>() != Decimal::ONE_HUNDRED
    }

    /// Whether a row of the summary, or its total, does not add up to 100.
    pub fn any_rounded(initiatives: &[Initiative], pillars: &[Pillar]) -> bool {
        let rows = pillars.iter().map(|pillar| Some(pillar.name.as_str())).chain([None]);
        rows.map(|pillar| Self::of(initiatives, pillar)).any(|count| count.is_rounded())
    }

    /// The shares in percent with one decimal; `None` for a group without initiatives.
    pub fn shares(&self) -> [Option<Decimal>; 3] {
        self.counts.map(|count| percentage(count, self.total))
    }
}
