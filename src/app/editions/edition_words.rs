//! How editions and the choices of their making are told.

use std::fmt;

use crate::archive::{BagInfo, Edition, labels};
use crate::record::OptionsRecord;

/// An edition as people speak of it: `版2（2026-07-17、図4の数値の訂正）`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedEdition {
    number: u32,
    /// Day, name and reason, as far as they are stated.
    facts: Vec<String>,
}

impl DescribedEdition {
    /// What an edition says of itself.
    pub fn of(edition: &Edition) -> Self {
        let info = BagInfo::read(&edition.dir).unwrap_or_default();
        let labels = [labels::DATE, labels::EDITION, labels::REASON];
        let facts = labels.iter().filter_map(|label| info.get(label).map(str::to_owned)).collect();
        DescribedEdition { number: edition.number, facts }
    }
}

impl fmt::Display for DescribedEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.facts.is_empty() {
            true => write!(f, "版{}", self.number),
            false => write!(f, "版{}（{}）", self.number, self.facts.join("、")),
        }
    }
}

/// The choices of who made a PDF, always in the same order.
pub fn option_words(options: &OptionsRecord) -> [&str; 4] {
    let profile = match options.profile.as_str() {
        "screen" => "画面と普通の印刷",
        "print" => "印刷所（3mmの塗り足し）",
        "mono" => "白黒",
        other => other,
    };
    [
        profile,
        if options.marks { "トンボあり" } else { "トンボなし" },
        if options.edition_mark {
            "各ページに版の表示あり"
        } else {
            "各ページに版の表示なし"
        },
        if options.accept_provisional {
            "仮のデータを認める"
        } else {
            "仮のデータを認めない"
        },
    ]
}
