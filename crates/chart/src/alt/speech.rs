//! Names and numbers as they are said.

use crate::text_metrics::clean;

/// What a row or a series is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub said: String,
    /// Half a sentence (交通の便が悪い) or a list: it would run into the words around it.
    pub phrase: bool,
}

impl Name {
    /// A name as it is said; `other` names what has none.
    pub fn new(name: &str, other: impl FnOnce() -> String) -> Self {
        if name.is_empty() {
            return Name { said: other(), phrase: false };
        }
        let hiragana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
        let particle = name.chars().skip(1).any(|c| "がはを、，,".contains(c));
        Name { said: aloud(name), phrase: name.ends_with(hiragana) || particle }
    }

    /// The name where a noun stands.
    pub fn noun(&self) -> String {
        if self.phrase { self.quoted() } else { self.said.clone() }
    }

    pub fn quoted(&self) -> String {
        quoted(&self.said)
    }
}

/// A text in 「」, its own ones inside in 『』.
pub(super) fn quoted(text: &str) -> String {
    let inner: String = text
        .chars()
        .map(|c| match c {
            '「' => '『',
            '」' => '』',
            _ => c,
        })
        .collect();
    format!("「{inner}」")
}

/// A text without the signs that screen readers skip or misread: 10〜20代, -346, ▲5.
pub(super) fn aloud(text: &str) -> String {
    let chars: Vec<char> = clean(text).chars().collect();
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let mut said = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let number = chars.get(at + 1).is_some_and(|c| digit(*c));
        // Behind a letter or a digit the sign joins: 6-1.
        let sign = number && !before.is_some_and(char::is_alphanumeric);
        match c {
            '〜' | '～' if before.is_some_and(|c| c.is_alphanumeric() || "）」%％".contains(c)) =>
            {
                said.push_str("から");
            }
            '~' | '–' if number && before.is_some_and(digit) => said.push_str("から"),
            '-' | '−' | '－' if sign => said.push_str("マイナス"),
            '▲' | '△' if number => said.push_str("マイナス"),
            '+' | '＋' if sign => said.push_str("プラス"),
            _ => said.push(c),
        }
    }
    match said.strip_prefix(['〜', '～']) {
        Some(end) if !end.is_empty() => format!("{end}まで"),
        _ => said,
    }
}

/// Nouns as a list: `R1`, `R1とR2`, `R1、R2、R3`.
pub(super) fn and(nouns: &[String]) -> String {
    if let [one, two] = nouns { format!("{one}と{two}") } else { nouns.join("、") }
}
