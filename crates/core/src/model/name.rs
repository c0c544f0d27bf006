//! Names as people know them: one name, whatever glyphs and widths a program has saved it with.
//!
//! Excel writes 〜 as ～ when it saves as CP932, a Mac writes が as か and a mark of its own, and
//! nobody sees whether Ａ, a blank or ｶﾞ is of half or full width. Names that differ in nothing
//! else are the same name wherever one is looked up; they are printed as the data writes them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::width::to_half_width;

/// The form in which names are compared. Nobody is to see it.
pub fn name_key(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(folded).nfc().collect())
}

/// Whether two texts are the same name.
pub fn same_name(one: &str, other: &str) -> bool {
    one == other || name_key(one) == name_key(other)
}

/// What is the same in every form of a name: most letters.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        '\0'..='\x7F'
            | '\u{3001}'..='\u{301B}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FE}'
            | '\u{4E00}'..='\u{9FFF}'
    )
}

/// A character in the form in which it is compared; `None` when it only chooses a glyph.
fn folded(c: char) -> Option<char> {
    Some(match c {
        c if is_plain(c) => c,
        // One character of JIS X 0208 that the tables of vendors give to two of Unicode.
        '〜' | '～' | '\u{223C}' => '~',
        '−' | '－' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{FE63}' => '-',
        '—' => '―',
        '‖' => '∥',
        '￠' => '¢',
        '￡' => '£',
        '￢' => '¬',
        '￣' | '¯' => '‾',
        '￤' => '¦',
        // 0x5C is both on Japanese systems.
        '¥' | '￥' | '＼' => '\\',
        '⋯' => '…',
        '·' => '・',
        'µ' => 'μ',
        // Half-width katakana, and Kangxi radicals that a PDF gives for 大 and 日.
        '\u{FF61}'..='\u{FF9F}' | '\u{2F00}'..='\u{2FD5}' => {
            std::iter::once(c).nfkd().next().unwrap_or(c)
        }
        '\u{309B}' => '\u{3099}',
        '\u{309C}' => '\u{309A}',
        '\u{A0}' => ' ',
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => return None,
        c => to_half_width(c),
    })
}

/// In what two forms of one name differ, in Japanese: 「〜」（U+301C）と「～」（U+FF5E）の違いだけです.
///
/// `None` when they are the same text, or not the same name.
pub fn name_difference(one: &str, other: &str) -> Option<String> {
    if one == other || !same_name(one, other) {
        return None;
    }
    let composed = |text: &str| text.trim().nfc().collect::<Vec<char>>();
    let (first, second) = (composed(one), composed(other));
    let Some(at) = (0..first.len().max(second.len())).find(|at| first.get(*at) != second.get(*at))
    else {
        let words = match one.trim() == other.trim() {
            true => "前後の空白",
            false => "見た目に出ない文字の表し方（濁点などを1字に含むか、別の字で足すか）",
        };
        return Some(format!("{words}の違いだけです"));
    };
    let shown = |c: Option<&char>| match c {
        None => "字なし".to_owned(),
        Some(' ') => "半角の空白".to_owned(),
        Some('\u{3000}') => "全角の空白".to_owned(),
        Some(c) if folded(*c).is_none() => format!("字形の指定（U+{:04X}）", u32::from(*c)),
        Some(c) => format!("「{c}」（U+{:04X}）", u32::from(*c)),
    };
    Some(format!("{}と{}の違いだけです", shown(first.get(at)), shown(second.get(at))))
}

/// Where the things of a list stand, by their names: the first of each name.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    places: HashMap<Box<str>, usize>,
}

impl NameIndex {
    /// The names with what they stand for.
    pub fn new<'n>(names: impl IntoIterator<Item = (&'n str, usize)>) -> Self {
        let mut index = NameIndex::default();
        for (name, place) in names {
            index.add(name, place);
        }
        index
    }

    /// Takes a name in; gives what it stands for already, and keeps that.
    pub fn add(&mut self, name: &str, place: usize) -> Option<usize> {
        let key = name_key(name);
        if let Some(known) = self.places.get(&*key) {
            return Some(*known);
        }
        self.places.insert(key.into(), place);
        None
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<usize> {
        self.places.get(&*name_key(name)).copied()
    }
}

/// A running text in which names are looked for in any of their forms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NameText {
    text: String,
    /// For every byte of the text, and for its end, the byte of the text as it was written; empty
    /// where both are the same.
    places: Vec<usize>,
}

impl NameText {
    /// Reads a text.
    pub fn new(written: &str) -> Self {
        if written.chars().all(is_plain) {
            return NameText { text: written.to_owned(), places: Vec::new() };
        }
        let (mut text, mut places) = (String::with_capacity(written.len()), Vec::new());
        let mut chars = written.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let Some(mut letter) = folded(c) else { continue };
            // A mark belongs to the letter before it; whoever chooses a glyph stands behind, too.
            while let Some(joined) = chars
                .peek()
                .and_then(|(_, next)| unicode_normalization::char::compose(letter, folded(*next)?))
            {
                letter = joined;
                chars.next();
            }
            for part in std::iter::once(letter).nfc() {
                text.push(part);
                places.resize(text.len(), at);
            }
        }
        places.push(written.len());
        NameText { text, places }
    }

    /// Where a name stands, by its key (see [`name_key`]): ranges of bytes of the written text.
    pub fn find<'t>(&'t self, key: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let found = (!key.is_empty()).then(|| self.text.match_indices(key));
        found.into_iter().flatten().map(|(at, found)| self.written(at..at + found.len()))
    }

    /// The byte of the text that stands for this byte of the written one.
    fn compared(&self, written: usize) -> usize {
        if self.places.is_empty() {
            return written;
        }
        let mut at = self.places.partition_point(|place| *place < written).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// A range of the text as a range of the written one.
    fn written(&self, range: Range<usize>) -> Range<usize> {
        match self.places.is_empty() {
            true => range,
            false => self.places[range.start]..self.places[range.end],
        }
    }
}

/// Many names, looked for in a text at once.
#[derive(Debug, Clone, Default)]
pub struct NameFinder {
    /// By the first letter of their keys: how long they are, in bytes.
    lengths: HashMap<char, Vec<usize>>,
    longest: usize,
    names: NameIndex,
}

impl NameFinder {
    /// The names with what they stand for; of one name the first.
    pub fn new<'n>(names: impl IntoIterator<Item = (&'n str, usize)>) -> Self {
        let mut finder = NameFinder::default();
        for (name, place) in names {
            let key = name_key(name);
            let Some(first) = key.chars().next() else { continue };
            let lengths = finder.lengths.entry(first).or_default();
            if let Err(at) = lengths.binary_search(&key.len()) {
                lengths.insert(at, key.len());
            }
            finder.longest = finder.longest.max(key.len());
            finder.names.add(&key, place);
        }
        finder
    }

    /// Every place of a text at which one of the names stands, with what it stands for.
    pub fn find<'t>(&'t self, text: &'t NameText) -> impl Iterator<Item = (Range<usize>, usize)> {
        self.find_between(text, 0, text.text.len())
    }

    /// The same of names that begin between two bytes of the text as it is compared.
    fn find_between<'t>(
        &'t self,
        text: &'t NameText,
        from: usize,
        to: usize,
    ) -> impl Iterator<Item = (Range<usize>, usize)> {
        text.text[from..to].char_indices().flat_map(move |(at, first)| {
            let at = from + at;
            let lengths = self.lengths.get(&first).into_iter().flatten();
            lengths.filter_map(move |length| {
                let found = text.text.get(at..at + length)?;
                Some((text.written(at..at + length), *self.names.places.get(found)?))
            })
        })
    }

    /// Whether a range of a text lies inside one of the names.
    pub fn covers(&self, text: &NameText, range: &Range<usize>) -> bool {
        // No name that begins farther before it reaches it.
        let start = text.compared(range.start);
        let mut from = start.saturating_sub(self.longest);
        while !text.text.is_char_boundary(from) {
            from -= 1;
        }
        let to = start + text.text[start..].chars().next().map_or(0, char::len_utf8);
        let mut found = self.find_between(text, from, to);
        found.any(|(found, _)| found.start <= range.start && range.end <= found.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_are_the_same() {
        for (one, other) in [
            ("18〜39歳", "18～39歳"),
            ("18〜39歳", "１８~39歳"),
            ("−5‖—", "－5∥―"),
            ("A‐B", "Ａ-Ｂ"),
            ("¢£¬‾¥", "￠￡￢￣￥"),
            ("ガイド", "カ\u{3099}イト\u{3099}"),
            ("ガイド・パス。", "ｶﾞｲﾄﾞ･ﾊﾟｽ｡"),
            ("が", "か\u{3099}"),
            ("市　民 ", "市 民"),
            ("葛城市", "葛\u{E0100}城市"),
            ("大字", "⼤字"),
            ("神社", "\u{FA19}社"),
        ] {
            assert!(same_name(one, other), "{one} {other}");
            assert!(name_difference(one, other).is_some(), "{one} {other}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for (one, other) in [
            ("第①回", "第1回"),
            ("㎡", "m2"),
            ("データ", "デ-タ"),
            ("か", "が"),
            ("市 民", "市民"),
            ("ヶ", "ケ"),
            ("a", "A"),
            ("ー", "一"),
            ("髙", "高"),
            ("Ⅰ", "I"),
        ] {
            assert!(!same_name(one, other), "{one} {other}");
            assert_eq!(name_difference(one, other), None, "{one} {other}");
        }
    }

    #[test]
    fn what_differs_is_said() {
        for (one, other, words) in [
            ("18〜39", "18～39", "「〜」（U+301C）と「～」（U+FF5E）の違いだけです"),
            ("市　民", "市 民", "全角の空白と半角の空白の違いだけです"),
            (
                "が",
                "か\u{3099}",
                "見た目に出ない文字の表し方（濁点などを1字に含むか、別の字で足すか）の違いだけです",
            ),
            ("葛", "葛\u{E0100}", "字なしと字形の指定（U+E0100）の違いだけです"),
        ] {
            assert_eq!(name_difference(one, other).as_deref(), Some(words));
        }
    }

    #[test]
    fn a_name_is_found_in_a_sentence_in_any_form_and_at_its_place() {
        for (text, name, found) in [
            ("率は１８～39歳で高い", "18〜39歳", "１８～39歳"),
            ("カ\u{3099}イト\u{3099}の数（約）", "ｶﾞｲﾄﾞ", "カ\u{3099}イト\u{3099}"),
            ("新ｶﾞｲﾄﾞの数", "ガイド", "ｶﾞｲﾄﾞ"),
            ("葛\u{E0100}城の人", "葛城", "葛\u{E0100}城"),
            ("満足度", "満足", "満足"),
        ] {
            let read = NameText::new(text);
            let ranges: Vec<_> = read.find(&name_key(name)).collect();
            assert_eq!(ranges.len(), 1, "{text}");
            assert_eq!(&text[ranges[0].clone()], found);
        }
        assert_eq!(NameText::new("満足").find("").count(), 0);
    }

    #[test]
    fn many_names_are_found_at_once() {
        let finder =
            NameFinder::new([("参加率", 0), ("地域活動参加率", 1), ("", 2), ("ガイド", 3)]);
        let text = NameText::new("地域活動参加率とｶﾞｲﾄﾞ");
        let mut found: Vec<_> = finder.find(&text).collect();
        found.sort_by_key(|(range, _)| range.end);
        assert_eq!(found, [(0..21, 1), (12..21, 0), (24..39, 3)]);
        assert!(finder.covers(&text, &(3..6)) && !finder.covers(&text, &(21..24)));
    }

    #[test]
    fn the_first_of_a_name_is_found() {
        let mut index = NameIndex::new([("〜", 3)]);
        assert_eq!((index.add("～", 5), index.add("甲", 6)), (Some(3), None));
        assert_eq!((index.get("~"), index.get("甲"), index.get("乙")), (Some(3), Some(6), None));
    }
}
