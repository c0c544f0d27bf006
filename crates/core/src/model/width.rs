//! Full and half width: one character in two forms.

/// Full-width ASCII (！ to ～) to its half-width twin; everything else as it is.
pub(crate) fn to_half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// A text with all of its characters in half width, where they have one.
pub(crate) fn half_width(text: &str) -> String {
    text.chars().map(to_half_width).collect()
}

/// Half-width ASCII to its full-width twin; everything else as it is.
pub(crate) fn to_full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The value of a digit of either width.
pub(crate) fn digit(c: char) -> Option<u32> {
    to_half_width(c).to_digit(10)
}
