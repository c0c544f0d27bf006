//! Two texts that look the same: what differs.
//!
//! People compare what they see. A wave dash is not a full-width tilde for a computer, and が of
//! one character is not か with a mark behind it: such texts are told with the names and numbers of
//! the characters.

use unicode_normalization::UnicodeNormalization;

/// So many differences are named.
const NAMED: usize = 3;

/// What differs between two texts that look the same or nearly so, for example
/// `～（全角チルダ U+FF5E）と 〜（波ダッシュ U+301C）`.
///
/// `None` when they are the same, or differ for every eye.
pub fn look_alike(one: &str, other: &str) -> Option<String> {
    if one == other {
        return None;
    }
    let (ours, theirs) = (clusters(one), clusters(other));
    let same_look = ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|(one, other)| one.look == other.look);
    if !same_look {
        return None;
    }
    let mut told: Vec<String> = Vec::new();
    for (one, other) in ours.iter().zip(&theirs).filter(|(one, other)| one.text != other.text) {
        let pair = format!("{}と {}", one.told(), other.told());
        if !told.contains(&pair) {
            told.push(pair);
        }
    }
    let more = told.len().saturating_sub(NAMED);
    told.truncate(NAMED);
    let more = if more > 0 { format!(" ほか{more}組") } else { String::new() };
    Some(told.join("、") + &more)
}

/// A character with what belongs to it: marks, selectors of its form, characters of no width.
struct Cluster {
    text: String,
    /// The same for all that look alike.
    look: String,
}

impl Cluster {
    /// `～（全角チルダ U+FF5E）`; what cannot be seen is left out before the brackets.
    fn told(&self) -> String {
        let shown: String = self.text.chars().filter(|c| !is_unseen(*c)).collect();
        let codes: Vec<String> =
            self.text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        let first = self.text.chars().find(|c| !is_unseen(*c));
        let name = first.map_or("", name);
        let marks = self.text.chars().filter_map(mark);
        let names: Vec<&str> =
            [name].into_iter().filter(|it| !it.is_empty()).chain(marks).collect();
        let separator = if names.is_empty() { "" } else { " " };
        format!("{shown}（{}{separator}{}）", names.join("＋"), codes.join("+"))
    }
}

fn clusters(text: &str) -> Vec<Cluster> {
    let mut found: Vec<Cluster> = Vec::new();
    for c in text.chars() {
        match found.last_mut() {
            Some(last) if is_unseen(c) || is_mark(c) => last.text.push(c),
            _ => found.push(Cluster { text: c.to_string(), look: String::new() }),
        }
    }
    for cluster in &mut found {
        let seen = cluster.text.chars().filter(|c| !is_unseen(*c)).map(|c| match c {
            'ﾞ' => '\u{3099}',
            'ﾟ' => '\u{309A}',
            other => other,
        });
        // Compatibility forms: half and full width, ligatures, ㈱ and (株) stay apart by length.
        cluster.look = seen.nfkc().map(look).collect();
    }
    found
}

/// One character for all that look like it.
fn look(c: char) -> char {
    match c {
        '〜' | '∼' | '˜' | '〰' => '~',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '﹣' | 'ー' | '一' => {
            '-'
        }
        '∥' => '‖',
        '・' | '·' | '•' | '∙' | '･' => '·',
        '’' | '‘' | '′' | '`' | '´' => '\'',
        '“' | '”' | '″' | '〝' | '〟' => '"',
        '¥' => '\\',
        '⋯' => '…',
        'へ' => 'ヘ',
        'べ' => 'ベ',
        'ぺ' => 'ペ',
        '力' => 'カ',
        '口' => 'ロ',
        '二' => 'ニ',
        '工' => 'エ',
        '夕' => 'タ',
        '八' => 'ハ',
        '卜' => 'ト',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        other => other,
    }
}

/// Characters that nobody sees: of no width, and selectors of the form of a character.
fn is_unseen(c: char) -> bool {
    super::is_unprintable(c)
        || matches!(c, '\u{AD}' | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Marks that stand on the character before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | 'ﾞ' | 'ﾟ')
}

fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{3099}' | 'ﾞ' => "濁点",
        '\u{309A}' | 'ﾟ' => "半濁点",
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => "異体字の指定",
        '\u{300}'..='\u{36F}' => "付く記号",
        c if is_unseen(c) => "見えない文字",
        _ => return None,
    })
}

/// What people call a character that is taken for another one.
fn name(c: char) -> &'static str {
    match c {
        '～' => "全角チルダ",
        '〜' => "波ダッシュ",
        '~' => "半角チルダ",
        '−' => "マイナス記号",
        '－' => "全角ハイフンマイナス",
        '-' => "半角ハイフンマイナス",
        '‐' => "ハイフン",
        '‑' => "改行しないハイフン",
        '–' => "短いダッシュ",
        '—' => "全角ダッシュ",
        '―' => "横線",
        '─' | '━' => "罫線",
        'ー' => "長音記号",
        'ｰ' => "半角の長音記号",
        '‖' => "双柱",
        '∥' => "平行記号",
        '・' => "中点",
        '·' | '•' | '∙' => "欧文の中点",
        ' ' => "半角の空白",
        '\u{3000}' => "全角の空白",
        '\u{A0}' => "改行しない空白",
        '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => "幅の違う空白",
        '\t' => "タブ",
        '¥' | '￥' => "円記号",
        '\\' => "逆斜線",
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => "全角の英字",
        'A'..='Z' | 'a'..='z' => "半角の英字",
        '０'..='９' => "全角の数字",
        '0'..='9' => "半角の数字",
        '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='｠' => "全角の記号",
        '!'..='/' | ':'..='@' | '['..='`' | '{'..='}' => "半角の記号",
        '｡'..='ﾝ' => "半角のかな",
        'ぁ'..='ゖ' => "ひらがな",
        'ァ'..='ヺ' => "カタカナ",
        '\u{370}'..='\u{3FF}' => "ギリシャ文字",
        '\u{400}'..='\u{4FF}' => "キリル文字",
        '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => "互換漢字",
        '\u{2E80}'..='\u{2FDF}' => "部首",
        '\u{3400}'..='\u{9FFF}' => "漢字",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_look_alike_are_told_with_their_names_and_numbers() {
        for (one, other, told) in [
            ("3～5", "3〜5", "～（全角チルダ U+FF5E）と 〜（波ダッシュ U+301C）"),
            ("−5", "－5", "−（マイナス記号 U+2212）と －（全角ハイフンマイナス U+FF0D）"),
            ("A‖", "A∥", "‖（双柱 U+2016）と ∥（平行記号 U+2225）"),
            (
                "が",
                "か\u{3099}",
                "が（ひらがな U+304C）と か\u{3099}（ひらがな＋濁点 U+304B+U+3099）",
            ),
            ("ガ", "ｶﾞ", "ガ（カタカナ U+30AC）と ｶﾞ（半角のかな＋濁点 U+FF76+U+FF9E）"),
            ("葛", "葛\u{E0100}", "葛（漢字 U+845B）と 葛（漢字＋異体字の指定 U+845B+U+E0100）"),
            ("市", "市\u{200B}", "市（漢字 U+5E02）と 市（漢字＋見えない文字 U+5E02+U+200B）"),
            ("A1", "Ａ1", "A（半角の英字 U+0041）と Ａ（全角の英字 U+FF21）"),
            ("ヘリ", "へリ", "ヘ（カタカナ U+30D8）と へ（ひらがな U+3078）"),
            ("a b", "a\u{3000}b", " （半角の空白 U+0020）と \u{3000}（全角の空白 U+3000）"),
        ] {
            assert_eq!(look_alike(one, other).as_deref(), Some(told));
        }
    }

    #[test]
    fn equal_texts_and_texts_that_everyone_tells_apart_have_nothing_to_say() {
        for (one, other) in
            [("市", "市"), ("市", "町"), ("3～5", "3～6"), ("あ", "ああ"), ("", "市")]
        {
            assert_eq!(look_alike(one, other), None);
        }
    }

    #[test]
    fn every_difference_is_named_once() {
        assert_eq!(look_alike("1～2～3", "1〜2〜3").unwrap().matches('と').count(), 1);
        assert!(look_alike("ABCDE", "ＡＢＣＤＥ").unwrap().ends_with("ほか2組"));
    }
}
