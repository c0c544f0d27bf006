//! The fiscal years that a sentence names.

use super::numerals::numerals;
use crate::model::period::FiscalYear;

/// The fiscal years that a text names, each with where it begins and ends.
pub fn years(text: &str) -> Vec<(std::ops::Range<usize>, FiscalYear)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("元年度") {
        let era = ["令和", "平成"].into_iter().find(|era| text[..at].ends_with(era));
        if let Some(era) = era
            && let Some(year) = FiscalYear::parse(&format!("{era}元年度"))
        {
            found.push((at - era.len()..at + "元年度".len(), year));
        }
    }
    for numeral in numerals(text).into_iter().filter(|numeral| numeral.unit == "年度") {
        let before = &text[..numeral.digits.start];
        let era = ["令和", "平成", "昭和"].into_iter().find(|era| before.ends_with(era));
        let start = numeral.digits.start - era.map_or(0, str::len);
        if let Some(year) = text.get(start..numeral.range.end).and_then(FiscalYear::parse) {
            found.push((start..numeral.range.end, year));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::super::sentences::Sentence;
    use super::*;

    #[test]
    fn years_are_found_under_their_names() {
        let names: Vec<String> = years("令和元年度から令和6年度、2019年度と6年間")
            .into_iter()
            .map(|(_, year)| year.to_string())
            .collect();
        assert_eq!(names, ["R1", "R6", "R1"]);
        let sentence = Sentence::plain("R6は令和5年度に77%");
        assert_eq!(sentence.year_before(30).map(|y| y.to_string()), Some("R5".into()));
    }
}
