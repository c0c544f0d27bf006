//! Texts of narrow cells as phrases with their widths, so that a template breaks them between
//! phrases where those fit.

/// The text cut where it may break, each part with its width in em.
pub fn phrases(text: &str) -> Vec<(String, f64)> {
    let phrases = soukatsu_core::model::phrases::phrases(text).into_iter();
    phrases.map(|phrase| (em(&phrase), phrase)).map(|(width, phrase)| (phrase, width)).collect()
}

/// How wide a text is at most: half-width characters take half an em in tables, others one.
pub fn em(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_has_the_width_of_its_characters() {
        let expected = [("ICTに", 2.5), ("よる", 2.0), ("自動化", 3.0)];
        let expected = expected.map(|(text, width)| (text.to_owned(), width));
        assert_eq!(phrases("ICTによる自動化"), expected);
    }
}
