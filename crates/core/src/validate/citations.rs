//! Citations of figures and tables, 【図9】, 【表1】, in what a prose file prints; those in comments, in code and in
//! raw text are none.

use crate::model::call::{Call, Expr, Paragraph, Piece, call_kind};
use crate::model::name::name_key;
use crate::problem::Place;

/// The numbers that are cited, each with the place of its bracket.
#[derive(Default)]
pub(super) struct Citations {
    pub figures: Vec<(String, Place)>,
    pub tables: Vec<(String, Place)>,
}

/// The figures and tables that are cited.
pub(super) fn citations(paragraphs: &[Paragraph], calls: &[Call]) -> Citations {
    let mut found = Citations::default();
    for paragraph in paragraphs {
        let are_texts = |one: &Piece, next: &Piece| {
            matches!((one, next), (Piece::Text { .. }, Piece::Text { .. }))
        };
        for run in paragraph.pieces.chunk_by(are_texts) {
            let texts: Vec<(&str, &Place)> = run
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Text { text, place, .. } => Some((text.as_str(), place)),
                    Piece::Value { .. } => None,
                })
                .collect();
            read(&texts, &mut found);
        }
    }
    // A function of Typst may print the text that it is given: #text("【図9】").
    for call in calls.iter().filter(|call| call_kind(&call.name).is_none()) {
        for argument in call.arguments.iter().filter(|argument| argument.name.is_none()) {
            if let Expr::Text(text) = &argument.value {
                let quote = argument.place.column.map(|column| column + 1);
                let place = Place { column: quote, ..argument.place.clone() };
                read(&[(text.as_str(), &place)], &mut found);
            }
        }
    }
    found
}

/// Several numbers may share one pair of brackets: 【図8、図9】, 【表1・図2】.
fn read(texts: &[(&str, &Place)], found: &mut Citations) {
    let whole: String = texts.iter().map(|(text, _)| *text).collect();
    let mut places = Places { texts, first: 0, counted: 0, column: 0 };
    for (start, _) in whole.match_indices('【') {
        let body = &whole[start + "【".len()..];
        if !body.starts_with(['図', '表']) {
            continue;
        }
        // Nor does any bracket behind it close.
        let Some(end) = body.find('】') else { break };
        // A number without a word is of what was named before it: 【表1、2】.
        let mut is_table = body.starts_with('表');
        for part in body[..end].split(['、', '，', '・']) {
            let part = part.trim();
            let number = match part.strip_prefix('表') {
                Some(number) => {
                    is_table = true;
                    number
                }
                None => part.strip_prefix('図').map_or(part, |number| {
                    is_table = false;
                    number
                }),
            };
            // In full width it is the same one.
            let number = name_key(number);
            if number.starts_with(|c: char| c.is_ascii_digit()) {
                let list = if is_table { &mut found.tables } else { &mut found.figures };
                list.push((number.into_owned(), places.at(start)));
            }
        }
    }
}

/// The places of the bytes of some texts in a row, asked for in their order.
struct Places<'t> {
    texts: &'t [(&'t str, &'t Place)],
    /// The first byte of the texts that are left.
    first: usize,
    /// So many bytes of the first of them are counted, with so many characters in them.
    counted: usize,
    column: u32,
}

impl Places<'_> {
    fn at(&mut self, byte: usize) -> Place {
        while let [(text, _), _, ..] = self.texts
            && self.first + text.len() <= byte
        {
            self.first += text.len();
            (self.counted, self.column) = (0, 0);
            self.texts = &self.texts[1..];
        }
        let Some((text, place)) = self.texts.first() else { return Place::file("") };
        let at = (byte - self.first).min(text.len());
        if let Some(between) = text.get(self.counted..at) {
            self.column += between.chars().count() as u32;
            self.counted = at;
        }
        let column = place.column.map(|column| column + self.column);
        Place { column, ..(*place).clone() }
    }
}
