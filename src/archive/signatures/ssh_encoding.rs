//! How OpenSSH writes down keys and signatures: base64 between two marks, strings with their
//! length before them. Only what the crate `ssh-key` does not tell is read here: which kind of
//! key, cipher or hash it is that cannot be used.

use base64ct::{Base64, Encoding};

use soukatsu_core::problem::is_unprintable;

/// What is between `-----BEGIN label-----` at the very beginning and its end mark. Lines may be
/// of any width. Nothing when a mark is missing, or when it is no base64.
pub fn unarmored(text: &[u8], label: &str) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?;
    let body = text.strip_prefix(&format!("-----BEGIN {label}-----"))?;
    let (body, rest) = body.split_once(&format!("-----END {label}-----"))?;
    if !rest.trim().is_empty() {
        return None;
    }
    let body: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    Base64::decode_vec(&body).ok()
}

/// Takes a string with its length of 32 bits before it.
pub fn string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(number(rest)?).ok()?;
    let (string, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(string)
}

/// Takes a number of 32 bits.
pub fn number(rest: &mut &[u8]) -> Option<u32> {
    let (number, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(u32::from_be_bytes(*number))
}

/// A name from a file that may be anyone's, fit for a terminal: short, and without characters
/// that move the cursor or turn the direction.
pub fn shown(name: &[u8]) -> String {
    const LONGEST: usize = 60;
    let name = String::from_utf8_lossy(name);
    let end = if name.chars().count() > LONGEST { "…" } else { "" };
    let safe = |c| if is_unprintable(c) { '\u{fffd}' } else { c };
    name.chars().take(LONGEST).map(safe).chain(end.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_may_have_any_width_and_any_end() {
        for text in [
            "-----BEGIN X-----\nYWJj\n-----END X-----\n",
            "-----BEGIN X-----\r\nYW\r\nJj\r\n-----END X-----",
        ] {
            assert_eq!(unarmored(text.as_bytes(), "X").unwrap(), b"abc");
        }
    }

    #[test]
    fn nothing_stands_before_or_behind_the_marks() {
        for text in [
            "a-----BEGIN X-----\nYWJj\n-----END X-----",
            "-----BEGIN X-----\nYWJj\n-----END X-----\nz",
        ] {
            assert_eq!(unarmored(text.as_bytes(), "X"), None);
        }
    }

    #[test]
    fn a_string_longer_than_the_rest_is_none() {
        assert_eq!(string(&mut &[0, 0, 0, 2, 65][..]), None);
        assert_eq!(string(&mut &[255, 255, 255, 255, 65][..]), None);
        assert_eq!(string(&mut &[0, 0][..]), None);
    }

    #[test]
    fn a_shown_name_moves_no_cursor() {
        assert_eq!(shown("a\u{1b}[2Kb\u{202e}".as_bytes()), "a\u{fffd}[2Kb\u{fffd}");
        assert_eq!(shown(&[b'x'; 100]).chars().count(), 61);
    }
}
