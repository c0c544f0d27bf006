//! The number of an edition as people copy it from a document.

/// So many digits at least name an edition.
const SHORTEST: usize = 8;
/// A whole SHA-256.
const WHOLE: usize = 64;
/// A number with fewer digits can be met on purpose.
const SAFE: usize = 32;

/// Reads the place of an edition in its store: 1, 2, …; wide digits are read as well.
///
/// # Errors
/// In Japanese, what is to be written.
pub fn place(text: &str) -> Result<u32, String> {
    let digits: String = text.trim().chars().map(narrow).collect();
    digits.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
        "版の順番（1、2、…）を書いてください。番号（SHA-256）からは `archive show 番号` で順番が分かります".to_owned()
    })
}

/// A wide letter as the one that it stands for.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - ('！' as u32 - '!' as u32)).unwrap_or(c),
        c => c,
    }
}

/// Reads a number or its beginning, in lower case. Blanks and wide letters, which documents put
/// in for the eye, count for nothing.
///
/// # Errors
/// In Japanese, what is wrong with it.
pub fn number(text: &str) -> Result<String, String> {
    let digits: String =
        text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect::<String>();
    let digits = digits.to_ascii_lowercase();
    if let Some(odd) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
        let like = match odd {
            'o' => "。0（ゼロ）ではありませんか",
            'l' | 'i' => "。1（いち）ではありませんか",
            _ => "",
        };
        return Err(format!("「{odd}」は番号の文字（0–9とa–f）ではありません{like}"));
    }
    match digits.len() {
        SHORTEST..=WHOLE => Ok(digits),
        length => Err(format!("{length}桁です。{SHORTEST}桁から{WHOLE}桁までを書いてください")),
    }
}

/// Whether somebody could make an edition with this beginning of a number on purpose.
pub fn is_short(number: &str) -> bool {
    number.len() < SAFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_documents_print_it() {
        for text in ["0123abcd", " 0123ABCD ", "0123 abcd", "０１２３ａｂｃｄ", "0123　ABCD\n"]
        {
            assert_eq!(number(text).unwrap(), "0123abcd", "{text}");
        }
    }

    #[test]
    fn a_number_that_is_none_is_told_with_the_reason() {
        for (text, told) in [
            ("", "0桁です"),
            ("0123abc", "7桁です"),
            (&*"0".repeat(65), "65桁です"),
            ("0123abcg", "「g」は"),
            ("o123abcd", "0（ゼロ）では"),
            ("0l23abcd", "1（いち）では"),
            ("版の番号", "「版」は"),
        ] {
            assert!(number(text).unwrap_err().contains(told), "{text}");
        }
    }
}
