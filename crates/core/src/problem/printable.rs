//! Texts from elsewhere as they may stand on a terminal.

/// Whether a character does something to the text around it instead of standing in it: a terminal
/// obeys control characters, and signs of direction (Unicode UAX #9) show a text as another one.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
        )
}

/// The text with a mark (`�`) for each such character; line breaks and tabs count among them.
pub fn printable(text: &str) -> String {
    text.replace(is_unprintable, "\u{fffd}")
}
