//! Citations of figures, 【図9】, in what a prose file prints; those in comments, in code and in
//! raw text are none.

use crate::model::call::{Call, Expr, Paragraph, Piece, call_kind};
use crate::model::name::name_key;
use crate::problem::Place;

/// The numbers of the figures that are cited, each with the place of its bracket.
pub(super) fn citations(paragraphs: &[Paragraph], calls: &[Call]) -> Vec<(String, Place)> {
    let mut found = Vec::new();
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

/// Several numbers may share one pair of brackets: 【図8、図9】.
fn read(texts: &[(&str, &Place)], found: &mut Vec<(String, Place)>) {
    let whole: String = texts.iter().map(|(text, _)| *text).collect();
    for (start, _) in whole.match_indices("【図") {
        let body = &whole[start + "【".len()..];
        let Some(end) = body.find('】') else { continue };
        for part in body[..end].split(['、', '，', '・']) {
            let number = part.trim().strip_prefix('図').unwrap_or(part.trim());
            // In full width it is the same figure.
            let number = name_key(number);
            if number.starts_with(|c: char| c.is_ascii_digit()) {
                found.push((number.into_owned(), place(texts, start)));
            }
        }
    }
}

/// The place of the character at this byte of some texts in a row.
fn place(texts: &[(&str, &Place)], mut at: usize) -> Place {
    for (text, place) in texts {
        if let Some(before) = text.get(..at).filter(|before| before.len() < text.len()) {
            let column = place.column.map(|column| column + before.chars().count() as u32);
            return Place { column, ..(*place).clone() };
        }
        at = at.saturating_sub(text.len());
    }
    texts.last().map_or_else(|| Place::file(""), |(_, place)| (*place).clone())
}
