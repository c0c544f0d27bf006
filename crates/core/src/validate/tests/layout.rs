//! `[layout]`: what is chosen, what is not, and what cannot be.

use super::*;
use crate::model::layout::{Layout, TextSize};

/// The lines stand behind the figure, where a table of report.toml may begin.
fn with(lines: &str) -> (Layout, Vec<Problem>) {
    let (report, problems) = read(&format!("{INDICATOR}[layout]\n{lines}"), "");
    (report.map(|report| report.layout).unwrap_or_default(), problems)
}

const INDICATOR: &str = "kind = \"columns\"\nindicator = \"観光客数\"\n";

#[test]
fn what_is_not_chosen_is_as_usual() {
    let usual = Layout {
        text_size: TextSize::TenAndHalf,
        judgement: false,
        sparkline: false,
        key_column: false,
    };
    assert_eq!(with(""), (usual, Vec::new()));
    assert_eq!(read(INDICATOR, "").0.unwrap().layout, usual);
}

#[test]
fn every_choice_is_read() {
    let lines = "text-size = 11\njudgement = true\nsparkline = true\nkey-column = true";
    let chosen =
        Layout { text_size: TextSize::Eleven, judgement: true, sparkline: true, key_column: true };
    assert_eq!(with(lines), (chosen, Vec::new()));
    for (written, size) in
        [("10", TextSize::Ten), ("10.0", TextSize::Ten), ("10.50", TextSize::TenAndHalf)]
    {
        assert_eq!(with(&format!("text-size = {written}")).0.text_size, size);
    }
}

#[test]
fn all_wrong_values_and_keys_are_told_at_once() {
    let (_, told) = with("text-size = 12\njudgement = \"はい\"\nsparkline = 1\nkey-colum = true");
    let found: Vec<_> = told
        .iter()
        .map(|problem| (problem.code, problem.expected.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        found,
        [
            (Code::WrongValue, "10・10.5・11"),
            (Code::WrongValue, "true または false"),
            (Code::WrongValue, "true または false"),
            (Code::UnknownKey, "judgement・key-column・sparkline・text-size"),
        ]
    );
    assert_eq!(told[3].hint.as_deref(), Some("「key-column」ではありませんか"));
    assert!(told.iter().all(|problem| &*problem.place.file == "report.toml"));
    let (_, told) = with("text-size = \"大\"");
    assert_eq!(told[0].expected.as_deref(), Some("10・10.5・11"), "{told:?}");
}
