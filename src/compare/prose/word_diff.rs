//! Two texts side by side, with the words that differ marked.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A part of a text; parts that differ are marked in the 正誤表.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    pub text: String,
    pub changed: bool,
}

/// Marks what differs between two texts. A number with its decimals and its percent sign is one
/// word; of other text every character.
pub fn marked(old: &str, new: &str) -> (Vec<Segment>, Vec<Segment>) {
    let (before, after) = (words(old), words(new));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for op in bridged(capture_diff_slices(Algorithm::Myers, &before, &after)) {
        let equal = matches!(op, DiffOp::Equal { .. });
        push(&mut left, before[op.old_range()].concat(), !equal);
        push(&mut right, after[op.new_range()].concat(), !equal);
    }
    (left, right)
}

/// How much of two texts is the same, from 0 to 1.
pub fn likeness(old: &str, new: &str) -> f64 {
    let (before, after) = (words(old), words(new));
    if before.is_empty() && after.is_empty() {
        return 1.0;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let same: usize = ops
        .iter()
        .filter(|op| matches!(op, DiffOp::Equal { .. }))
        .map(|op| op.old_range().len())
        .sum();
    2.0 * same as f64 / (before.len() + after.len()) as f64
}

/// A single equal character between two changes is part of them: nobody reads 「77.3%か77.4%」 with
/// a hole in it.
fn bridged(ops: Vec<DiffOp>) -> Vec<DiffOp> {
    let mut out: Vec<DiffOp> = Vec::new();
    for (index, op) in ops.iter().enumerate() {
        let short = matches!(op, DiffOp::Equal { len: 1, .. });
        let between = index > 0 && index + 1 < ops.len();
        let op = match op {
            DiffOp::Equal { old_index, new_index, len } if short && between => DiffOp::Replace {
                old_index: *old_index,
                old_len: *len,
                new_index: *new_index,
                new_len: *len,
            },
            op => *op,
        };
        out.push(op);
    }
    out
}

fn push(segments: &mut Vec<Segment>, text: String, changed: bool) {
    match segments.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.changed == changed => last.text += &text,
        _ => segments.push(Segment { text, changed }),
    }
}

fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first.is_ascii_alphanumeric() || is_sign(first) {
            true => number_end(rest),
            false => first.len_utf8(),
        };
        let (word, tail) = rest.split_at(end);
        words.push(word);
        rest = tail;
    }
    words
}

fn is_sign(c: char) -> bool {
    matches!(c, '+' | '-' | '△' | '▲')
}

/// The end of a run of digits or letters that begins here: `76.3%`, `27,770`, `-0.5`, `R6`.
fn number_end(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let joins = c.is_ascii_alphanumeric()
            || c == '%'
            || (at == 0 && is_sign(c))
            || (matches!(c, '.' | ',')
                && characters.peek().is_some_and(|(_, next)| next.is_ascii_digit()));
        if !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end.max(text.chars().next().map_or(0, char::len_utf8))
}

/// As texts of pages are compared: a line may break anywhere.
pub fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(segments: &[Segment]) -> String {
        let segment = |s: &Segment| match s.changed {
            true => format!("[{}]", s.text),
            false => s.text.clone(),
        };
        segments.iter().map(segment).collect()
    }

    fn both(old: &str, new: &str) -> (String, String) {
        let (old, new) = marked(old, new);
        (shown(&old), shown(&new))
    }

    #[test]
    fn a_number_is_marked_as_a_whole() {
        let (old, new) = both("令和6年度は76.3%であった。", "令和6年度は77.3%であった。");
        assert_eq!(
            (&*old, &*new),
            ("令和6年度は[76.3%]であった。", "令和6年度は[77.3%]であった。")
        );
    }

    #[test]
    fn a_sign_belongs_to_its_number() {
        assert_eq!(
            both("-0.5ポイント", "0.5ポイント"),
            ("[-0.5]ポイント".into(), "[0.5]ポイント".into())
        );
    }

    #[test]
    fn words_that_come_and_go_are_marked_on_their_side() {
        assert_eq!(both("市民は減少した", "市民は大きく減少した").1, "市民は[大きく]減少した");
    }

    #[test]
    fn a_single_equal_character_does_not_part_a_change() {
        assert_eq!(both("1%か2%である", "3%か4%である").0, "[1%か2%]である");
    }

    #[test]
    fn the_parts_make_up_the_whole() {
        let (old, new) = ("12,345人が27.4%", "12,346人が△27.5%");
        let (left, right) = marked(old, new);
        let whole = |parts: &[Segment]| parts.iter().map(|s| s.text.as_str()).collect::<String>();
        assert_eq!((whole(&left), whole(&right)), (old.to_owned(), new.to_owned()));
    }
}
