//! Characters of the report that no face can show.

use std::collections::BTreeMap;

use typst::text::Font;

use super::fonts::{Face, Fonts};
use soukatsu_core::problem::{Code, Place, Problem, is_unprintable, printable};

/// A character without a glyph, or one with a selector of its form (葛󠄀), and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    pub character: char,
    /// The variation selector behind the character, when it is the pair that has no glyph.
    pub selector: Option<char>,
    pub places: Vec<Place>,
}

impl Uncovered {
    /// The character as it stands in the text, with its selector.
    pub fn text(&self) -> String {
        [Some(self.character), self.selector].into_iter().flatten().collect()
    }

    /// `U+845B U+E0101`.
    pub fn codes(&self) -> String {
        let code = |c: char| format!("U+{:04X}", u32::from(c));
        let codes: Vec<_> =
            [Some(self.character), self.selector].into_iter().flatten().map(code).collect();
        codes.join(" ")
    }

    /// One problem for every place.
    pub fn problems(&self) -> impl Iterator<Item = Problem> {
        let (text, codes) = (self.text(), self.codes());
        let (code, message, hint) = if is_private(self.character) {
            (
                Code::PrivateUse,
                format!(
                    "「{text}」（{codes}）は外字（私用領域の文字）です。このパソコンの外では別の字になるので、使えません"
                ),
                "同じ字か近い字が普通の漢字にあれば、それに改めてください。なければ、読みや説明を仮名で書きます",
            )
        } else if is_unprintable(self.character) {
            (
                Code::CharacterNotInFonts,
                format!(
                    "見えない制御文字（{codes}）があります。ほかのソフトから写したときに紛れ込みます"
                ),
                "前後の字とともに消して、入力し直してください。ExcelではCLEAN関数で消せます",
            )
        } else if self.character == char::REPLACEMENT_CHARACTER {
            (
                Code::CharacterNotInFonts,
                format!("文字化けした字（{codes}）があります"),
                "元のファイルで字を確かめ、入力し直してください",
            )
        } else if self.selector.is_some() {
            (
                Code::VariationSequence,
                format!("「{text}」（{codes}）の字形を表せるフォントがありません"),
                "異体字の指定（後ろに付いた見えない文字）を消して、指定のない字に改めてください",
            )
        } else if is_selector(self.character) {
            (
                Code::VariationSequence,
                format!("異体字の指定（{codes}）の前に、漢字がありません"),
                "見えない文字です。前後の字とともに消して、入力し直してください",
            )
        } else {
            (
                Code::CharacterNotInFonts,
                format!("「{text}」（{codes}）を表せるフォントがありません"),
                "別の字体に改めるか、この字を持つフォントのフォルダーを --font-path で指定してください",
            )
        };
        self.places.iter().map(move |place| {
            Problem::error(code, place.clone())
                .text(printable(&text))
                .message(message.clone())
                .hint(hint)
        })
    }
}

/// Selectors of the form of the character before them: ideographic, and those of kanji and
/// symbols. FE0E and FE0F choose between text and picture; they need no shape.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters to which every computer gives another shape.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// What Typst sets itself, without a glyph.
fn needs_no_glyph(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\t' | '\u{200B}'
            ..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}'
    )
}

/// The characters of some texts that no face covers, in the order of their code points.
///
/// A selector is looked up together with the character before it: the pair must have a shape.
/// A private character is told even when a face has it, because PDF/A does not allow it.
/// A place that begins a longer text is moved to the character itself.
pub fn uncovered(texts: &[(String, Place)], fonts: &Fonts) -> Vec<Uncovered> {
    let mut shapes = Shapes::new(fonts);
    let mut found: BTreeMap<(char, Option<char>), Vec<Place>> = BTreeMap::new();
    for (text, place) in texts {
        let mut before = None;
        for (index, character) in text.chars().enumerate() {
            let base = before.replace(character);
            let (key, column) =
                match base.filter(|base| is_selector(character) && !base.is_whitespace()) {
                    Some(base) => ((base, Some(character)), index - 1),
                    None => ((character, None), index),
                };
            if shapes.has(key) {
                continue;
            }
            let mut place = place.clone();
            // In a workbook the column is that of the cell.
            if place.sheet.is_none() {
                place.column = place.column.map(|first| first + column as u32);
            }
            found.entry(key).or_default().push(place);
        }
    }
    let told = |((character, selector), places)| Uncovered { character, selector, places };
    found.into_iter().map(told).collect()
}

/// What the faces have, remembered.
struct Shapes {
    faces: Vec<(String, Font)>,
    known: BTreeMap<(char, Option<char>), bool>,
}

impl Shapes {
    fn new(fonts: &Fonts) -> Self {
        let inside = |origin: &str| origin == super::fonts::EMBEDDED_ORIGIN;
        // The families of the template are one: what one of them lacks, it would print plain.
        let group =
            |face: &Face| if inside(&face.origin) { String::new() } else { face.family.clone() };
        let face = |(index, face)| Some((group(face), fonts.font(index)?));
        let faces = fonts.faces().iter().enumerate().filter_map(face).collect();
        Shapes { faces, known: BTreeMap::new() }
    }

    fn has(&mut self, key: (char, Option<char>)) -> bool {
        let faces = &self.faces;
        let covers =
            |font: &Font, character: char| font.info().coverage.contains(u32::from(character));
        *self.known.entry(key).or_insert_with(|| match key {
            (character, _) if is_private(character) => false,
            (base, Some(selector)) => {
                // Typst takes the first family with the kanji and drops a selector that this
                // family does not know, even where a later one has the pair.
                let first = faces.iter().find(|(_, font)| covers(font, base));
                first.is_some_and(|(family, _)| {
                    let mut same =
                        faces.iter().filter(|(other, font)| other == family && covers(font, base));
                    same.all(|(_, font)| has_pair(font, base, selector))
                })
            }
            (character, None) if needs_no_glyph(character) => true,
            (selector, None) if is_selector(selector) => false,
            (character, None) => faces.iter().any(|(_, font)| covers(font, character)),
        })
    }
}

/// Whether the cmap of a face lists the pair (format 14).
fn has_pair(font: &Font, base: char, selector: char) -> bool {
    ttf_parser::Face::parse(font.data(), font.index())
        .is_ok_and(|face| face.glyph_variation_index(base, selector).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(Code, String, Option<u32>)> {
        let texts = [(text.to_owned(), Place::at("a.csv", 2, 5))];
        let found = uncovered(&texts, &Fonts::embedded());
        let problems = found.iter().flat_map(Uncovered::problems);
        problems.map(|p| (p.code, p.text.unwrap(), p.place.column)).collect()
    }

    #[test]
    fn a_character_without_a_glyph_is_told_with_its_column() {
        let code = Code::CharacterNotInFonts;
        assert_eq!(
            told("荒尾𛀁市😀"),
            [(code, "𛀁".into(), Some(7)), (code, "😀".into(), Some(9))]
        );
    }

    #[test]
    fn a_control_character_is_told_and_a_line_break_is_not() {
        assert_eq!(told("a\u{8}\nb"), [(Code::CharacterNotInFonts, "\u{fffd}".into(), Some(6))]);
    }

    #[test]
    fn a_form_that_the_fonts_have_is_no_problem() {
        assert_eq!(told("葛\u{E0100}城と辻\u{E0100}、葛\u{E0101}城"), []);
    }

    #[test]
    fn a_form_that_no_font_has_is_told_at_its_kanji() {
        let code = Code::VariationSequence;
        assert_eq!(told("小近\u{E0101}"), [(code, "近\u{E0101}".into(), Some(6))]);
        assert_eq!(told("\u{E0100}城"), [(code, "\u{E0100}".into(), Some(5))]);
    }

    #[test]
    fn a_private_character_is_named_as_such() {
        assert_eq!(told("髙\u{E000}橋"), [(Code::PrivateUse, "\u{E000}".into(), Some(6))]);
    }
}
