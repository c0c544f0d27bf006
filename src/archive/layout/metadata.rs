//! What an edition says of itself in bag-info.txt: most of it follows from the report, the rest is
//! what people decided.

use jiff::civil::Date;

use super::bag_info::BagInfo;
use super::edition::{Edition, name};
use super::labels;
use crate::record::BuildRecord;
use soukatsu_core::model::report::Report;

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
            date: info.get(labels::DATE)?.to_owned(),
            reason: info.get(labels::REASON).filter(|reason| !reason.is_empty())?.to_owned(),
            approved_by: info.all(labels::APPROVED_BY).map(str::to_owned).collect(),
        };
        (!decision.approved_by.is_empty()).then_some(decision)
    }
}

/// The day that an edition gives as its own.
pub fn day(info: &BagInfo) -> Option<Date> {
    info.get(labels::DATE)?.parse().ok()
}

/// The day on which an edition was kept, when it can be read.
pub fn kept_on(edition: &Edition) -> Option<Date> {
    BagInfo::read(&edition.dir).ok().and_then(|info| day(&info))
}

/// bag-info.txt of an edition, without the size of its payload. `before`: the number and the digest
/// of the edition before.
pub fn metadata(
    report: &Report,
    record: &BuildRecord,
    decision: &Decision,
    before: Option<(u32, &str)>,
) -> BagInfo {
    let engine = &record.engine;
    let number = before.map_or(1, |(number, _)| number.saturating_add(1));
    let mut info = BagInfo::default()
        .with(labels::ORGANIZATION, &report.author)
        .with(labels::TITLE, &report.full_title())
        .with(labels::DATE, &decision.date)
        .with(labels::AGENT, &format!("{} {}", engine.name, engine.version))
        .with(labels::NUMBER, &name(number))
        .with(labels::COUNCIL, &report.council)
        .with(labels::REPORT_DATE, &report.date.iso());
    if let Some(edition) = &report.edition {
        info = info.with(labels::EDITION, edition);
    }
    info = info.with(labels::REASON, &decision.reason);
    for name in &decision.approved_by {
        info = info.with(labels::APPROVED_BY, name);
    }
    info = info.with(labels::CONTENT, &record.content);
    if let Some((number, digest)) = before {
        info =
            info.with(labels::PREDECESSOR, &name(number)).with(labels::PREDECESSOR_DIGEST, digest);
    }
    info
}
