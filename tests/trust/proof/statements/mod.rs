//! The ledger: every figure and every claim of the prose that rests on the data.
//!
//! An entry holds the phrase as the page prints it and the question that decides whether the phrase
//! is true of the data. What no CSV of the report holds (自治会加入率80.2%, 9億3千万円) has no entry.

mod areas;
mod finance;
mod goals;
mod management;
mod overview;
mod people;
mod policy;

use rust_decimal::Decimal;

use crate::proof::data::{Data, Initiative};
use crate::proof::format::number;

/// A phrase of the pages that is true or false of the data.
pub struct Statement {
    /// The number printed on its page.
    pub page: u8,
    /// As printed, without the breaks of lines; it stands nowhere else on its page. What follows a
    /// `|` only makes it so; the statement itself is what stands before.
    phrase: &'static str,
    /// `None` when the data lacks what the phrase speaks of, which makes it as good as false.
    holds: fn(&Data) -> Option<bool>,
}

impl Statement {
    /// A statement of a test, beside the ledger.
    pub fn planted(page: u8, phrase: &'static str, holds: fn(&Data) -> Option<bool>) -> Statement {
        Statement { page, phrase, holds }
    }

    /// The phrase as the page prints it.
    pub fn printed(&self) -> String {
        self.phrase.replace('|', "")
    }

    /// The part of the phrase that speaks of the data.
    pub fn core(&self) -> &'static str {
        self.phrase.split('|').next().unwrap_or(self.phrase)
    }

    /// Whether the phrase is true of the data.
    pub fn is_true(&self, data: &Data) -> bool {
        (self.holds)(data) == Some(true)
    }
}

/// The whole ledger, page by page.
pub fn all() -> Vec<Statement> {
    let mut all = Vec::new();
    for chapter in [
        overview::statements,
        goals::statements,
        areas::statements,
        management::statements,
        people::statements,
        finance::statements,
        policy::statements,
    ] {
        all.extend(chapter());
    }
    all
}

fn say(page: u8, phrase: &'static str, holds: fn(&Data) -> Option<bool>) -> Statement {
    Statement { page, phrase, holds }
}

/// A number of the ledger itself.
fn n(text: &str) -> Decimal {
    number(text).unwrap()
}

/// Whether the indicator still bears this name.
fn named(data: &Data, short: &str, name: &str) -> Option<bool> {
    Some(data.text(short, "指標")? == name)
}

/// Whether a year of an indicator prints as this.
fn prints(data: &Data, short: &str, year: &str, words: &str) -> Option<bool> {
    Some(data.printed(short, year)? == words)
}

/// How many initiatives have this status, with their share of all: `4件（11.4%）`.
fn count_and_share(data: &Data, status: &str) -> Option<String> {
    let count = data.initiatives.iter().filter(|item| item.status == status).count();
    let all = data.initiatives.len();
    Some(format!("{count}件（{}%）", crate::proof::format::share(count.into(), all.into())?))
}

/// The share of 実施済 among these initiatives, in percent.
fn implemented(items: &[&Initiative]) -> Option<Decimal> {
    let done = items.iter().filter(|item| item.status == "実施済").count();
    let whole = Decimal::from(items.len());
    (!items.is_empty()).then(|| Decimal::from(done) * Decimal::ONE_HUNDRED / whole)
}
