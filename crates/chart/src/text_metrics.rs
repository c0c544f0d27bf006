//! The width of text and where it may be broken into lines.
//!
//! Charts are lettered in BIZ UDGothic, a fixed-pitch font: ASCII and half-width kana are
//! half an em wide, everything else one em; its ascender and descender add up to one em.
//! So text is measured here without a font at hand.

/// Distance from line to line of a wrapped label, in ems.
pub(crate) const LEADING: f64 = 1.15;

/// Width of a character in ems. Held against every glyph of the font: never too small, and
/// exact to 0.03 em for all that reports use.
fn char_width(c: char) -> f64 {
    match c {
        // The only two that come from the proportional sister font: a fixed-pitch comma
        // tears 40,304 apart.
        ',' | '.' => 0.34,
        // A selector gives the kanji before it another form and takes no width of its own.
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => 0.0,
        ' '..='~' | '\u{FF61}'..='\u{FF9F}' | '−' | '–' => 0.5,
        _ => 1.0,
    }
}

/// Width of a text in ems.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

/// Width of the widest line in ems.
pub(crate) fn widest(lines: &[String]) -> f64 {
    lines.iter().map(|line| width(line)).fold(0.0, f64::max)
}

/// Height of so many lines in ems.
pub(crate) fn height(lines: usize) -> f64 {
    if lines == 0 { 0.0 } else { 1.0 + (lines - 1) as f64 * LEADING }
}

/// One line without control characters and without blanks at its ends.
pub(crate) fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_string()
}

/// The text cut to `em` ems, with … where something was lost.
pub(crate) fn truncated(text: &str, em: f64) -> String {
    if width(text) <= em {
        return text.to_string();
    }
    let mut cut = String::new();
    let mut used = char_width('…');
    if used > em {
        return cut;
    }
    for c in text.chars() {
        used += char_width(c);
        if used > em {
            break;
        }
        cut.push(c);
    }
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// Breaks a label into at most `most` lines of `em` ems: as few lines as possible, broken
/// where a reader would pause, and of like length. What does not fit is cut with ….
pub(crate) fn wrap(text: &str, em: f64, most: usize) -> Vec<String> {
    if text.is_empty() || most == 0 || em < 1.0 {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    (1..=most)
        .find_map(|lines| best_split(&chars, em, lines))
        .unwrap_or_else(|| hard_split(&chars, em, most))
}

/// The lines of a label that is broken wherever it has to be, whatever the rules.
pub(crate) fn characters(text: &str, em: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut filled = f64::INFINITY;
    for c in text.chars() {
        let own = char_width(c);
        if filled + own > em {
            lines.push(String::new());
            filled = 0.0;
        }
        filled += own;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

/// Whether the label fits without being cut and without a break in a bad place.
pub(crate) fn fits(text: &str, em: f64, most: usize) -> bool {
    let chars: Vec<char> = text.chars().collect();
    text.is_empty() || (1..=most).any(|lines| best_split(&chars, em, lines).is_some())
}

/// Whether the label fits with all its breaks between phrases, none inside a compound.
pub(crate) fn fits_well(text: &str, em: f64, most: usize) -> bool {
    /// Costlier breaks part kanji from kanji, or a verb's stem from its ending.
    const BETWEEN_PHRASES: f64 = 5.0;
    if em < 1.0 || width(text) <= em {
        return em >= 1.0 || text.is_empty();
    }
    let mut rest = text;
    fits(text, em, most)
        && wrap(text, em, most).iter().all(|line| {
            let start = rest.find(line.as_str()).unwrap_or(0);
            rest = &rest[start + line.len()..];
            let pair = line.chars().next_back().zip(rest.chars().next());
            let cost = pair.map_or(Some(0.0), |(before, after)| break_cost(before, after));
            cost.is_some_and(|cost| cost <= BETWEEN_PHRASES)
        })
}

/// The cheapest way to break into exactly `lines` lines, if all of them fit.
fn best_split(chars: &[char], em: f64, lines: usize) -> Option<Vec<String>> {
    let total: f64 = chars.iter().copied().map(char_width).sum();
    if total > em * lines as f64 + 1.0 {
        return None;
    }
    // cheapest[k][end]: cost and last break of setting chars[..end] in k + 1 lines.
    let ideal = total / lines as f64;
    let mut offsets = vec![0.0];
    for c in chars {
        offsets.push(offsets[offsets.len() - 1] + char_width(*c));
    }
    // What a line costs by where it begins.
    let pauses: Vec<Option<f64>> = std::iter::once(Some(0.0))
        .chain(chars.windows(2).map(|pair| break_cost(pair[0], pair[1])))
        .collect();
    let mut cheapest: Vec<Vec<Option<(f64, usize)>>> = vec![vec![None; chars.len() + 1]; lines];
    for line in 0..lines {
        for end in 1..=chars.len() {
            let starts = if line == 0 { 0..1 } else { 1..end };
            for start in starts {
                let length = offsets[end] - offsets[start];
                if length > em + 1e-9 {
                    continue;
                }
                let before = match line {
                    0 => Some(0.0),
                    _ => cheapest[line - 1][start].map(|(cost, _)| cost),
                };
                let (Some(before), Some(pause)) = (before, pauses[start]) else {
                    continue;
                };
                let uneven = (length - ideal) / ideal.max(1.0);
                let cost = before + pause + 8.0 * uneven * uneven;
                if cheapest[line][end].is_none_or(|(best, _)| cost < best) {
                    cheapest[line][end] = Some((cost, start));
                }
            }
        }
    }
    let mut end = chars.len();
    let mut split = Vec::new();
    for line in (0..lines).rev() {
        let (_, start) = cheapest[line][end]?;
        let piece: String = chars[start..end].iter().collect();
        split.push(piece.trim().to_string());
        end = start;
    }
    split.reverse();
    Some(split)
}

/// Fills line after line wherever the width ends; the last one is cut with ….
fn hard_split(chars: &[char], em: f64, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = chars;
    while lines.len() + 1 < most && !rest.is_empty() {
        let mut used = 0.0;
        let mut end = 0;
        while end < rest.len() && used + char_width(rest[end]) <= em {
            used += char_width(rest[end]);
            end += 1;
        }
        // Step back to the last place where a break is allowed, if there is one.
        let allowed = (1..=end)
            .rev()
            .find(|&at| at == rest.len() || break_cost(rest[at - 1], rest[at]).is_some());
        let at = allowed.unwrap_or(end).max(1);
        let piece: String = rest[..at].iter().collect();
        lines.push(piece.trim().to_string());
        rest = &rest[at..];
    }
    if !rest.is_empty() {
        let last: String = rest.iter().collect();
        lines.push(truncated(last.trim(), em));
    }
    lines
}

/// How much a break between two characters disturbs a reader; `None` where none may stand.
fn break_cost(before: char, after: char) -> Option<f64> {
    const NOT_FIRST: &str = "、。，．・：；？！)）」』】〕〉》］｝ーっゃゅょぁぃぅぇぉゎッャュョァィゥェォヮ々〜～…%％,.";
    const NOT_LAST: &str = "(（「『【〔〈《［｛";
    const AFTER: &str = " 　、。，．・：；？！)）」』】〕〉》］｝〜～/／";
    // Particles: after them a new phrase begins.
    const PARTICLE: &str = "のがをにはでともやへてず";
    // Endings of a clause, but also of half a compound: しており, 取り組み.
    const ENDING: &str = "りくば";
    let hiragana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
    let katakana = |c: char| ('\u{30A1}'..='\u{30FC}').contains(&c);
    let selector = char_width(after) == 0.0;
    if selector || NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
        return None;
    }
    if AFTER.contains(before) || after == ' ' || after == '　' {
        return Some(0.0);
    }
    if before.is_ascii_graphic() && after.is_ascii_graphic() {
        return None;
    }
    if before.is_ascii_digit() {
        // A number keeps its counter: 10代, 3件.
        return None;
    }
    if NOT_LAST.contains(after) {
        return Some(0.5);
    }
    Some(match (hiragana(before), hiragana(after)) {
        (true, false) if PARTICLE.contains(before) => 1.0,
        (true, false) if ENDING.contains(before) => 5.0,
        (true, false) => 9.0,
        (true, true) if "をはがも".contains(before) => 3.0,
        (true, true) => 14.0,
        // Never inside a word: 少|ない, コミュニ|ケーション.
        (false, true) => return None,
        (false, false) => match (katakana(before), katakana(after)) {
            (true, true) => return None,
            (false, false) => 7.0,
            _ => 3.0,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_are_one_em_and_half_width_ones_half() {
        assert_eq!(width("30代以下"), 4.0);
        assert_eq!(width("40,304"), 2.84);
        assert_eq!(width("10〜20代"), 4.0);
        assert_eq!(width("※ｱ−"), 2.0);
    }

    #[test]
    fn long_names_break_where_a_reader_pauses() {
        for (name, em, lines) in [
            ("観光資源や娯楽施設に魅力が少ない", 11.0, ["観光資源や娯楽施設に", "魅力が少ない"]),
            ("大きな災害が少なく安心できる", 8.0, ["大きな災害が", "少なく安心できる"]),
            (
                "現在地域活動に参加しておらず今後も参加しない",
                15.0,
                ["現在地域活動に参加しておらず", "今後も参加しない"],
            ),
            ("10〜20代", 3.5, ["10〜", "20代"]),
            ("職場のコミュニケーションの円滑化", 13.0, ["職場の", "コミュニケーションの円滑化"]),
            ("近所付き合いがよい", 8.5, ["近所付き合いが", "よい"]),
            ("郷土・ふるさとである", 8.0, ["郷土・", "ふるさとである"]),
            ("目標値 20,000時間", 6.0, ["目標値", "20,000時間"]),
        ] {
            assert_eq!(wrap(name, em, 2), lines);
        }
    }

    #[test]
    fn a_break_inside_a_compound_is_no_good_fit() {
        assert!(fits_well("大きな災害が少なく安心できる", 8.0, 2));
        assert!(fits_well("その他 4.2%", 3.0, 2));
        assert!(fits("地方交付税", 3.0, 2) && !fits_well("地方交付税", 3.0, 2));
        assert!(!fits_well("地方交付税", 1.0, 2) && fits_well("", 1.0, 2));
    }

    #[test]
    fn what_fits_on_one_line_stays_on_one_line() {
        assert_eq!(wrap("日常の買い物が便利", 9.0, 2), ["日常の買い物が便利"]);
        assert!(wrap("", 9.0, 2).is_empty());
    }

    #[test]
    fn what_never_fits_is_cut_and_says_so() {
        let lines = wrap(&"長".repeat(500), 6.0, 2);
        assert_eq!(lines, ["長長長長長長", "長長長長長…"]);
    }

    #[test]
    fn no_line_is_wider_than_allowed() {
        for text in
            ["20,000時間（特殊要因を除く）", "ーーーーーーー", "abcdefghijklmnop", "「「「「「「"]
        {
            for em in 1..9 {
                let lines = wrap(text, em as f64, 3);
                assert!(widest(&lines) <= em as f64, "{text} in {em}: {lines:?}");
            }
        }
    }
}
