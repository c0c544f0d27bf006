//! Characters of the report that no face can show.

use std::collections::BTreeMap;

use super::Fonts;
use crate::problem::{Code, Place, Problem};

/// A character without a glyph, and the places where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    pub character: char,
    pub places: Vec<Place>,
}

impl Uncovered {
    /// One problem for every place.
    pub fn problems(&self) -> impl Iterator<Item = Problem> {
        let character = self.character;
        self.places.iter().map(move |place| {
            Problem::error(Code::CharacterNotInFonts, place.clone())
                .text(character.to_string())
                .message(match character {
                    // Selectors have no shape of their own to show.
                    '\u{E0100}'..='\u{E01EF}' => {
                        format!("異体字の指定（U+{:04X}）を表せるフォントがありません", u32::from(character))
                    }
                    _ => format!(
                        "「{character}」（U+{:04X}）を表せるフォントがありません",
                        u32::from(character)
                    ),
                })
                .hint("別の字体に改めるか、この字を持つフォントのフォルダーを --font-path で指定してください")
        })
    }
}

/// The characters of some texts that no face covers, in the order of their code points.
///
/// A place that begins a longer text is moved to the character itself.
pub fn uncovered(texts: &[(String, Place)], fonts: &Fonts) -> Vec<Uncovered> {
    let faces: Vec<_> = (0..fonts.faces().len()).filter_map(|index| fonts.font(index)).collect();
    let mut known: BTreeMap<char, bool> = BTreeMap::new();
    let mut found: BTreeMap<char, Vec<Place>> = BTreeMap::new();
    for (text, place) in texts {
        for (index, character) in text.chars().enumerate() {
            let covered = *known.entry(character).or_insert_with(|| {
                // Typst sets these itself; they need no glyph.
                matches!(character, '\n' | '\r' | '\t')
                    || matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
                    || faces.iter().any(|face| face.info().coverage.contains(u32::from(character)))
            });
            if !covered {
                let mut place = place.clone();
                place.column = place.column.map(|column| column + index as u32);
                found.entry(character).or_default().push(place);
            }
        }
    }
    found.into_iter().map(|(character, places)| Uncovered { character, places }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_without_a_glyph_is_told_with_its_column() {
        let texts = [("荒尾𛀁市😀".to_owned(), Place::at("a.csv", 2, 5))];
        let found = uncovered(&texts, &Fonts::embedded());
        let told: Vec<_> = found.iter().map(|u| (u.character, u.places[0].column)).collect();
        assert_eq!(told, [('𛀁', Some(7)), ('😀', Some(9))]);
    }

    #[test]
    fn a_control_character_is_told_and_a_line_break_is_not() {
        let texts = [("a\u{8}\nb".to_owned(), Place::at("a.csv", 2, 5))];
        let found = uncovered(&texts, &Fonts::embedded());
        assert_eq!(found.iter().map(|u| u.character).collect::<Vec<_>>(), ['\u{8}']);
    }
}
