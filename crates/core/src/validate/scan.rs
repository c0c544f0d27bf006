//! The syntax tree of a prose file, and where the bytes of the file stand.

use std::sync::Arc;

use typst_syntax::Source;

use crate::problem::Place;

/// A prose file with its syntax tree.
pub(super) struct Scan {
    pub file: Arc<str>,
    pub source: Source,
    /// How many characters stand before every so manieth byte: a place on a long line costs no
    /// walk through the line.
    marks: Vec<usize>,
}

/// In bytes.
const STEP: usize = 1_024;

impl Scan {
    pub fn new(file: &str, text: &str) -> Self {
        let mut marks = vec![0];
        for (count, (at, _)) in text.char_indices().enumerate() {
            if at >= marks.len() * STEP {
                marks.push(count);
            }
        }
        Scan { file: file.into(), source: Source::detached(text), marks }
    }

    pub fn place(&self, offset: usize) -> Place {
        let lines = self.source.lines();
        let line = lines.byte_to_line(offset).unwrap_or(0);
        let start = lines.line_to_byte(line).unwrap_or(0);
        let column = self.characters(offset).saturating_sub(self.characters(start));
        Place::at(self.file.clone(), line as u32 + 1, column as u32 + 1)
    }

    /// How many characters stand before a byte.
    fn characters(&self, offset: usize) -> usize {
        let text = self.source.text();
        let mark = (offset / STEP).min(self.marks.len() - 1);
        // The mark counts up to the first character at or behind its byte.
        let from = (mark * STEP..).find(|at| text.is_char_boundary((*at).min(text.len())));
        let between = text.get(from.unwrap_or(0)..offset);
        match between {
            Some(between) => self.marks[mark] + between.chars().count(),
            // Inside of the character at the mark.
            None => self.marks[mark],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_every_character() {
        let text = format!("{}\n{}\nab\n", "あ".repeat(900), "xあ🎈".repeat(700));
        let scan = Scan::new("a.typ", &text);
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            assert_eq!(scan.place(at), Place::at("a.typ", line, column), "{at}");
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
    }
}
