//! The known word that a mistyped one is nearest to.

use super::look_alike::look_alike;

/// Among so many words one is looked for, and none as long as that is: a text without a likeness
/// costs as much as one with.
const MOST: usize = 500;
const LONGEST: usize = 80;

/// The known word nearest to a mistyped one, if any is near.
///
/// Digits must agree: R6 for a missing R7 would be a dangerous advice.
pub fn closest<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let wanted = digits(text);
    known
        .take(MOST)
        .filter(|word| word.chars().nth(LONGEST).is_none())
        .filter(|word| digits(word) == wanted)
        .map(|word| (strsim::normalized_damerau_levenshtein(text, word), word))
        .filter(|(likeness, _)| *likeness >= 0.4)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// Asks whether the near word was meant, and says what differs where the two look alike.
pub fn did_you_mean(text: &str, near: &str) -> String {
    match look_alike(text, near) {
        Some(difference) => format!("「{near}」ではありませんか。よく似た別の字です: {difference}"),
        None => format!("「{near}」ではありませんか"),
    }
}

/// The digits of a text, full-width ones as half-width.
fn digits(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => c.is_ascii_digit().then_some(c),
    };
    text.chars().filter_map(half).collect()
}

#[cfg(test)]
mod tests {
    use super::{closest, did_you_mean};

    #[test]
    fn a_word_that_looks_the_same_is_suggested_with_what_differs() {
        assert_eq!(did_you_mean("実施ずみ", "実施済"), "「実施済」ではありませんか");
        let told = did_you_mean("3～5人", "3〜5人");
        assert!(told.ends_with("～（全角チルダ U+FF5E）と 〜（波ダッシュ U+301C）"), "{told}");
    }

    #[test]
    fn a_near_word_is_suggested_unless_its_digits_differ() {
        assert_eq!(closest("実施ずみ", ["実施済", "一部実施"].into_iter()), Some("実施済"));
        assert_eq!(closest("R7", ["R5", "R6"].into_iter()), None);
        assert_eq!(closest("小数１桁", ["小数1桁", "小数2桁"].into_iter()), Some("小数1桁"));
    }
}
