//! What is said of a numeral that stands in the data, too.

use super::numerals::Numeral;
use super::sentences::Sentence;
use crate::problem::{Code, Problem};

/// A numeral that says what the data says, and would not follow a correction.
pub(super) fn copy(sentence: &Sentence, numeral: &Numeral, what: &str, call: &str) -> Problem {
    let text = &sentence.text[numeral.range.clone()];
    Problem::warning(Code::CopiedValue, sentence.place(numeral.range.start))
        .text(text)
        .message(format!("データにある数「{text}」が文章に書き込まれています（{what}）"))
        .expected(call)
        .hint(format!("{call} と書けば、データを直したときに文章も変わります"))
}

/// A numeral that the data contradicts.
pub(super) fn contradiction(
    sentence: &Sentence,
    numeral: &Numeral,
    what: &str,
    expected: &str,
    hint: &str,
) -> Problem {
    let text = &sentence.text[numeral.range.clone()];
    Problem::warning(Code::ContradictedValue, sentence.place(numeral.range.start))
        .text(text)
        .message(format!("文章の「{text}」とデータが違います（{what}）"))
        .expected(expected)
        .hint(hint)
}
