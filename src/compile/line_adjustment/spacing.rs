//! The white between characters of a line: how much there is by nature, and how much of it a line
//! gives or takes until it is as long as its measure (JLREQ 3.8, JIS X 4051).
//!
//! Punctuation is half an em wide and the white beside it is told apart, so that each can be
//! adjusted for itself. Knows nothing of Typst.

use unicode_script::{Script, UnicodeScript as _};

/// How a character behaves beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 「: half an em before it.
    Opening,
    /// 」: half an em behind it.
    Closing,
    /// 、: half an em behind it.
    Comma,
    /// 。: half an em behind it, which a line never takes.
    Stop,
    /// ・: a quarter em on both sides.
    Middle,
    /// Kana and kanji.
    Ideograph,
    /// Other characters as wide as a kanji.
    Wide,
    /// Dashes and leaders, which are drawn in one stroke.
    Dash,
    /// Letters, digits and the signs that belong to them.
    Letter,
    /// Other half-width characters.
    Sign,
    Space,
}

impl Class {
    /// The class of a character that is so many em wide in its font: half-width punctuation has
    /// no white of its own.
    pub fn of(c: char, advance: f64) -> Self {
        let full = advance > 0.9;
        match c {
            ' ' | '\u{a0}' => Self::Space,
            '　' => Self::Wide,
            '“' | '‘' | '（' | '「' | '『' | '【' | '〔' | '〈' | '《' | '［' | '｛' | '〖'
                if full =>
            {
                Self::Opening
            }
            '”' | '’' | '）' | '」' | '』' | '】' | '〕' | '〉' | '》' | '］' | '｝' | '〗'
                if full =>
            {
                Self::Closing
            }
            '、' | '，' if full => Self::Comma,
            '。' | '．' if full => Self::Stop,
            '・' | '：' | '；' if full => Self::Middle,
            '—' | '―' | '…' | '‥' | '─' => Self::Dash,
            '#' | '$' | '%' | '&' | '0'..='9' => Self::Letter,
            _ => match c.script() {
                Script::Han | Script::Hiragana | Script::Katakana => Self::Ideograph,
                Script::Latin | Script::Greek | Script::Cyrillic => Self::Letter,
                _ if c == 'ー' => Self::Ideograph,
                _ if full => Self::Wide,
                _ => Self::Sign,
            },
        }
    }

    /// How wide the character is without its white, and where in its glyph that begins, in em.
    pub fn body(self, advance: f64) -> (f64, f64) {
        match self {
            Self::Opening => (0.5 * advance, 0.5 * advance),
            Self::Closing | Self::Comma | Self::Stop => (0.5 * advance, 0.0),
            Self::Middle => (0.5 * advance, 0.25 * advance),
            _ => (advance, 0.0),
        }
    }

    /// Whether it has its white behind it.
    fn closes(self) -> bool {
        matches!(self, Self::Closing | Self::Comma | Self::Stop)
    }
}

/// The white between two characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// How wide it is by nature, in points.
    pub natural: f64,
    /// The size of the text, in points.
    pub em: f64,
    pub kind: GapKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapKind {
    /// Beside brackets and behind 、.
    Punctuation,
    /// Between a Japanese character and a letter or digit (和欧間).
    Western,
    /// Behind a space.
    Space,
    /// Between two Japanese characters.
    Plain,
    Fixed,
}

/// The gap by nature. `western`: whether the text keeps Japanese and half-width characters apart.
pub fn gap(before: Class, after: Class, em: f64, western: bool) -> Gap {
    let of = |natural: f64, kind| Gap { natural: natural * em, em, kind };
    match (before, after) {
        (_, after) if after.closes() && before != Class::Middle => of(0.0, GapKind::Fixed),
        (Class::Stop, Class::Middle) | (Class::Closing | Class::Comma, Class::Middle) => {
            of(0.25, GapKind::Fixed)
        }
        (Class::Stop, _) => of(0.5, GapKind::Fixed),
        (Class::Closing | Class::Comma, _) => of(0.5, GapKind::Punctuation),
        (Class::Opening, _) => of(0.0, GapKind::Fixed),
        (Class::Middle, _) | (_, Class::Middle) => of(0.25, GapKind::Fixed),
        (_, Class::Opening) => of(0.5, GapKind::Punctuation),
        (Class::Space, _) => of(0.0, GapKind::Space),
        (_, Class::Space) => of(0.0, GapKind::Fixed),
        (Class::Ideograph, Class::Letter) | (Class::Letter, Class::Ideograph) => {
            if western {
                of(0.25, GapKind::Western)
            } else {
                of(0.0, GapKind::Plain)
            }
        }
        (Class::Dash, Class::Dash) => of(0.0, GapKind::Fixed),
        (Class::Letter | Class::Sign, Class::Letter | Class::Sign) => of(0.0, GapKind::Fixed),
        _ => of(0.0, GapKind::Plain),
    }
}

/// How much a gap may give and take before all share what is left, in em.
const PUNCTUATION_GIVES: f64 = 0.25;
const WESTERN_GIVES: f64 = 0.125;
const SPACE_GIVES: f64 = 0.1;
const SPACE_TAKES: f64 = 0.25;

/// The widths of the gaps of a line that is so much longer than by nature (shorter: negative).
///
/// A line that is too full takes from the white of brackets and 、 first, then from that between
/// Japanese and half-width characters, then from all evenly; one that is too empty widens the
/// latter, and then all evenly. `None` where no gap can take what is left.
pub fn widths(gaps: &[Gap], longer: f64) -> Option<Vec<f64>> {
    let stages: &[(GapKind, f64)] = match longer < 0.0 {
        true => &[
            (GapKind::Punctuation, PUNCTUATION_GIVES),
            (GapKind::Space, SPACE_GIVES),
            (GapKind::Western, WESTERN_GIVES),
        ],
        false => &[(GapKind::Space, SPACE_TAKES), (GapKind::Western, WESTERN_GIVES)],
    };
    let mut widths: Vec<f64> = gaps.iter().map(|gap| gap.natural).collect();
    let (mut left, sign) = (longer.abs(), longer.signum());
    for (kind, most) in stages {
        let room: f64 = gaps.iter().filter(|gap| gap.kind == *kind).map(|gap| most * gap.em).sum();
        if room <= 0.0 || left <= 0.0 {
            continue;
        }
        let share = (left / room).min(1.0);
        for (width, gap) in widths.iter_mut().zip(gaps).filter(|(_, gap)| gap.kind == *kind) {
            *width += sign * share * most * gap.em;
        }
        left -= share * room;
    }
    if left > 1e-9 {
        let even = |gap: &&Gap| matches!(gap.kind, GapKind::Plain | GapKind::Western);
        let count = gaps.iter().filter(even).count();
        if count == 0 {
            return None;
        }
        let each = sign * left / count as f64;
        for (width, _) in widths.iter_mut().zip(gaps).filter(|(_, gap)| even(gap)) {
            *width += each;
        }
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(text: &str) -> Vec<Gap> {
        let advance = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
        let classes: Vec<Class> = text.chars().map(|c| Class::of(c, advance(c))).collect();
        classes.windows(2).map(|pair| gap(pair[0], pair[1], 10.0, true)).collect()
    }

    fn natural(text: &str) -> Vec<f64> {
        gaps(text).iter().map(|gap| gap.natural).collect()
    }

    #[test]
    fn punctuation_brings_half_an_em_of_white_and_shares_it_with_its_neighbours() {
        assert_eq!(natural("は、市"), [0.0, 5.0]);
        assert_eq!(natural("は「市」の"), [5.0, 0.0, 0.0, 5.0]);
        assert_eq!(natural("。「市」、と"), [5.0, 0.0, 0.0, 0.0, 5.0]);
        assert_eq!(natural("（「市」）"), [0.0, 0.0, 0.0, 0.0]);
        assert_eq!(natural("市・町"), [2.5, 2.5]);
    }

    #[test]
    fn a_quarter_em_stands_between_japanese_and_half_width_characters() {
        assert_eq!(natural("令和5年度の80%で"), [0.0, 2.5, 2.5, 0.0, 0.0, 2.5, 0.0, 0.0, 2.5]);
        // None beside punctuation, which has its own.
        assert_eq!(natural("、5）"), [5.0, 0.0]);
    }

    #[test]
    fn a_full_line_takes_from_commas_and_brackets_and_never_from_stops() {
        let gaps = gaps("た。市、「町」の");
        let widths = widths(&gaps, -5.0).unwrap();
        assert_eq!(widths[1], 5.0, "the white behind 。 stays");
        assert_eq!([widths[3], widths[6]], [2.5, 2.5]);
    }

    #[test]
    fn what_is_left_is_spread_over_all_japanese_characters() {
        let gaps = gaps("市町村、5");
        let widths = widths(&gaps, -4.5).unwrap();
        assert_eq!(widths[3], 2.5);
        assert_eq!([widths[0], widths[1]], [-1.0, -1.0]);
    }

    #[test]
    fn an_empty_line_widens_the_white_around_digits_and_then_all_evenly() {
        let gaps = gaps("市5市町");
        assert_eq!(widths(&gaps, 2.0).unwrap(), [3.5, 3.5, 0.0]);
        let wide = widths(&gaps, 5.5).unwrap();
        assert_eq!(wide, [4.75, 4.75, 1.0]);
    }

    #[test]
    fn a_line_without_a_gap_to_adjust_is_left_alone() {
        assert_eq!(widths(&gaps("ABC"), 3.0), None);
    }
}
