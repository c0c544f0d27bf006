//! How much two names are alike: small differences are told, plain other names are not.

use crate::model::name::{name_key, same_name};

/// A name without what people vary without noticing: width, ・, blanks, ヶ.
pub(super) fn normal(text: &str) -> String {
    let key = name_key(text);
    let kept =
        key.chars().filter(|c| !c.is_whitespace() && !matches!(c, '・' | '･' | '、' | '，' | ','));
    let plain = kept.map(|c| match c {
        'ヶ' | 'ケ' | 'ヵ' => 'か',
        '―' => '-',
        c => c,
    });
    plain.collect()
}

/// So many letters may differ in a name of this length for it to be the same name, mistaken.
pub(super) fn slack(length: usize) -> usize {
    match length {
        0..6 => 0,
        6..9 => 1,
        _ => length / 4,
    }
}

/// A text as it is held against names: made once, because it is held against all of them.
pub(super) struct Form<'t> {
    text: &'t str,
    normal: String,
    letters: Vec<char>,
}

impl<'t> Form<'t> {
    pub fn of(text: &'t str) -> Self {
        let normal = normal(text);
        Form { text, letters: normal.chars().collect(), normal }
    }

    /// Whether the text is a name with a small difference, and no shorter or longer form of it.
    pub fn differs_slightly(&self, name: &Form<'_>) -> bool {
        if same_name(self.text, name.text) {
            return false;
        }
        let (one, two) = (&self.normal, &name.normal);
        if one == two {
            return true;
        }
        // Most pairs differ in more letters than that, which costs less to see than their
        // distance.
        let (first, second) = (self.letters.len(), name.letters.len());
        let limit = slack(first.min(second));
        if first.abs_diff(second) > limit || lacks_more(&self.letters, &name.letters, limit) {
            return false;
        }
        // 残高 and の残高 are the same in other grammar.
        one.replace('の', "") != two.replace('の', "")
            && strsim::damerau_levenshtein(one, two) <= limit
            && !one.contains(two.as_str())
            && !two.contains(one.as_str())
            && !numbered(one, two)
    }
}

/// Whether more than so many of the letters are not among the others.
fn lacks_more(letters: &[char], others: &[char], limit: usize) -> bool {
    letters.iter().filter(|c| !others.contains(c)).nth(limit).is_some()
}

/// Whether two texts have the same grammar: the letters of kana between their words.
pub(super) fn same_grammar(one: &str, two: &str) -> bool {
    let kana = |text: &str| -> String {
        text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{309F}')).collect()
    };
    kana(one) == kana(two)
}

/// Whether two names differ in nothing but their last word, behind の: …の検討, …の実現.
pub(super) fn differs_at_the_end(one: &str, two: &str) -> bool {
    let stem = |text: &str| text.rfind('の').map(|at| text[..at].to_owned());
    stem(one).is_some() && stem(one) == stem(two)
}

/// 第一課 and 第二課, 東支所 and 西支所 differ on purpose.
fn numbered(one: &str, two: &str) -> bool {
    let marks = |text: &str| -> String {
        let mark = |c: &char| {
            c.is_ascii_digit() || "一二三四五六七八九十東西南北上中下新旧前後男女".contains(*c)
        };
        text.chars().filter(mark).collect()
    };
    marks(one) != marks(two)
}

/// The place in a text that is nearest to a name, within the slack of running text: its range in
/// characters.
///
/// A window of the text of any length against the whole name (Sellers). Both ends must lie between
/// words.
pub(super) fn nearest(text: &[char], name: &[char]) -> Option<std::ops::Range<usize>> {
    let limit = if name.len() < 9 { 1 } else { name.len() / 5 };
    if name.len() < 7 || lacks_more(name, text, limit) {
        return None;
    }
    // For every end in the text: the cost and the beginning of the best window.
    let mut column: Vec<(usize, usize)> = (0..=name.len()).map(|cost| (cost, 0)).collect();
    let mut best: Option<((usize, usize), std::ops::Range<usize>)> = None;
    for (end, c) in text.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = (0, end + 1);
        for (row, wanted) in name.iter().enumerate() {
            let left = column[row + 1];
            let replaced = (diagonal.0 + usize::from(wanted != c), diagonal.1);
            let inserted = (left.0 + 1, left.1);
            let deleted = (column[row].0 + 1, column[row].1);
            diagonal = left;
            column[row + 1] = [replaced, inserted, deleted].into_iter().min().unwrap_or(replaced);
        }
        let (cost, start) = column[name.len()];
        let window = start..end + 1;
        // Of equal ones, that which is as long as the name: …の推進 and not …の.
        let rank = (cost, window.len().abs_diff(name.len()));
        let better = best.as_ref().is_none_or(|(known, _)| rank < *known);
        if cost <= limit && better && between_words(text, &window) {
            best = Some((rank, window));
        }
    }
    best.map(|(_, window)| window)
}

fn between_words(text: &[char], window: &std::ops::Range<usize>) -> bool {
    let script = |c: char| match c {
        '\u{3041}'..='\u{309F}' => 0,
        '\u{30A0}'..='\u{30FF}' => 1,
        '\u{4E00}'..='\u{9FFF}' | '々' => 2,
        c if c.is_alphanumeric() => 3,
        _ => 4,
    };
    // Letters of kana join what they stand between; others part from another script.
    let parted = |a: char, b: char| script(a) != script(b) || script(a) == 0 || script(a) == 4;
    let before = window.start == 0 || parted(text[window.start - 1], text[window.start]);
    before && (window.end == text.len() || parted(text[window.end - 1], text[window.end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_small_difference_are_known_again() {
        for (text, name) in [
            ("財政マネジメント", "財務マネジメント"),
            ("個別管理計画の策定と推進", "個別施設計画の策定と推進"),
            ("広聴機能の充実と新しい広聴手法の実施", "広聴機会の充実と新しい広聴手法の検討"),
            ("デジタル・トランスフォーメーション", "デジタルトランスフォーメーション"),
            ("経常経費に対する人件費の割合", "経常経費に対する人件費の比率"),
        ] {
            assert!(Form::of(text).differs_slightly(&Form::of(name)), "{text}");
        }
    }

    #[test]
    fn other_names_and_shorter_forms_are_not() {
        for (text, name) in [
            ("財務マネジメント", "財務マネジメント"),
            ("人材マネジメント", "政策マネジメント"),
            ("地域活動への参加", "地域活動への参加率"),
            ("福祉課", "健康課"),
            ("市民生活第一課", "市民生活第二課"),
        ] {
            assert!(!Form::of(text).differs_slightly(&Form::of(name)), "{text}");
        }
    }

    #[test]
    fn a_mistaken_name_is_found_inside_a_sentence() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let text = chars("市は、財政マネジメントを進めた");
        let found = nearest(&text, &chars("財務マネジメント")).unwrap();
        assert_eq!(text[found].iter().collect::<String>(), "財政マネジメント");
        assert_eq!(nearest(&chars("公共施設マネジメント計画"), &chars("政策マネジメント")), None);
    }
}
