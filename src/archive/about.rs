//! What bag-info.txt says of an edition: most of it follows from the report, the rest is what
//! people decided.

use jiff::civil::Date;

use super::chain::{NUMBER, PREDECESSOR, PREDECESSOR_DIGEST};
use super::edition::name;
use super::info::BagInfo;
use crate::record::BuildRecord;
use soukatsu_core::model::report::Report;

/// The label of the day on which an edition was kept.
pub const DATE: &str = "Bagging-Date";
/// The label of the reason.
pub const REASON: &str = "Soukatsu-Reason";
/// The label of those who approved, a line each.
pub const APPROVED_BY: &str = "Soukatsu-Approved-By";
/// The label of the content hash, which the PDF has in its record, too.
pub const CONTENT: &str = "Soukatsu-Content-SHA256";
/// The label of the program.
pub const AGENT: &str = "Bag-Software-Agent";

/// What no program can work out of an edition again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The day on which it was kept, `2026-07-16`.
    pub date: String,
    pub reason: String,
    pub approved_by: Vec<String>,
}

impl Decision {
    /// As bag-info.txt states it; `None` when something of it is not there.
    pub fn stated(info: &BagInfo) -> Option<Self> {
        day(info)?;
        let decision = Decision {
            date: info.get(DATE)?.to_owned(),
            reason: info.get(REASON).filter(|reason| !reason.is_empty())?.to_owned(),
            approved_by: info.all(APPROVED_BY).map(str::to_owned).collect(),
        };
        (!decision.approved_by.is_empty()).then_some(decision)
    }
}

/// The day that an edition gives as its own.
pub fn day(info: &BagInfo) -> Option<Date> {
    info.get(DATE)?.parse().ok()
}

/// bag-info.txt of an edition, without the size of its payload. `before`: the number and the digest
/// of the edition before.
pub fn about(
    report: &Report,
    record: &BuildRecord,
    decision: &Decision,
    before: Option<(u32, &str)>,
) -> BagInfo {
    let engine = &record.engine;
    let number = before.map_or(1, |(number, _)| number.saturating_add(1));
    let mut info = BagInfo::default()
        .with("Source-Organization", &report.author)
        .with("External-Description", &report.full_title())
        .with(DATE, &decision.date)
        .with(AGENT, &format!("{} {}", engine.name, engine.version))
        .with(NUMBER, &name(number))
        .with("Soukatsu-Council", &report.council)
        .with("Soukatsu-Report-Date", &report.date.iso());
    if let Some(edition) = &report.edition {
        info = info.with("Soukatsu-Edition", edition);
    }
    info = info.with(REASON, &decision.reason);
    for name in &decision.approved_by {
        info = info.with(APPROVED_BY, name);
    }
    info = info.with(CONTENT, &record.content);
    if let Some((number, digest)) = before {
        info = info.with(PREDECESSOR, &name(number)).with(PREDECESSOR_DIGEST, digest);
    }
    info
}
