//! Numerals in a text, and the sentence around them.

use std::ops::Range;

/// The byte ranges of numerals: digits with their commas and points, and 37億6千万 as one.
pub(super) fn numerals(text: &str) -> impl Iterator<Item = Range<usize>> {
    soukatsu_core::check::numerals(text).into_iter().map(|numeral| numeral.digits)
}

/// The sentence around a numeral: from the 。 before it to the one after it.
pub(super) fn sentence<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let stop = '。';
    let start = text[..range.start].rfind(stop).map_or(0, |at| at + stop.len_utf8());
    let end =
        text[range.end..].find(stop).map_or(text.len(), |at| range.end + at + stop.len_utf8());
    text[start..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        numerals(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn numbers_keep_their_points_commas_and_large_units() {
        assert_eq!(
            found("令和6年度は37億6千万円、27,770時間、76.3%。"),
            ["6", "37億6千万", "27,770", "76.3"]
        );
        assert_eq!(found("１２．５と3、4"), ["１２．５", "3", "4"]);
        assert_eq!(found("数はない"), Vec::<&str>::new());
    }

    #[test]
    fn a_sentence_runs_from_stop_to_stop() {
        let text = "前の文。率は76.3%である。次。";
        let range = numerals(text).next().unwrap();
        assert_eq!(sentence(text, &range), "率は76.3%である。");
    }
}
