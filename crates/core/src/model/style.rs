//! House style (表記): how a report writes its numbers and words.

use super::width::{to_full_width, to_half_width};

/// Which digits running text uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    /// 半角
    #[default]
    Half,
    /// 全角
    Full,
    /// 1桁は全角: a number of one digit in full width, longer ones in half width.
    SingleFull,
}

impl Digits {
    /// Reads 半角, 全角 or 1桁は全角.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "半角" => Digits::Half,
            "全角" => Digits::Full,
            "1桁は全角" => Digits::SingleFull,
            _ => return None,
        })
    }
}

/// How a negative number is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Minus {
    #[default]
    Hyphen,
    /// △
    WhiteTriangle,
    /// ▲
    BlackTriangle,
}

impl Minus {
    /// Reads the sign itself.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "-" => Minus::Hyphen,
            "△" => Minus::WhiteTriangle,
            "▲" => Minus::BlackTriangle,
            _ => return None,
        })
    }
}

/// Which commas and full stops the sentences use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Punctuation {
    /// 、。
    Japanese,
    /// ，．
    Western,
    /// ，。
    Mixed,
}

impl Punctuation {
    /// All names in report.toml.
    pub const NAMES: [&'static str; 3] = ["、。", "，．", "，。"];

    /// Reads the two marks.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "、。" => Punctuation::Japanese,
            "，．" => Punctuation::Western,
            "，。" => Punctuation::Mixed,
            _ => return None,
        })
    }

    /// The comma and the full stop.
    pub fn marks(self) -> [char; 2] {
        match self {
            Punctuation::Japanese => ['、', '。'],
            Punctuation::Western => ['，', '．'],
            Punctuation::Mixed => ['，', '。'],
        }
    }
}

/// How wide brackets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brackets {
    /// 全角 （ ）
    Full,
    /// 半角 ( )
    Half,
}

impl Brackets {
    /// Reads 全角 or 半角.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "全角" => Brackets::Full,
            "半角" => Brackets::Half,
            _ => return None,
        })
    }
}

/// Words of the 公用文: how they are not written, and how they are.
pub const OFFICIAL_WORDS: [(&str, &str); 7] = [
    ("または", "又は"),
    ("および", "及び"),
    ("ならびに", "並びに"),
    ("もしくは", "若しくは"),
    ("さらに", "更に"),
    ("すべて", "全て"),
    ("すでに", "既に"),
];

/// The house style of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    pub digits: Digits,
    pub minus: Minus,
    /// `None`: only mixed use is told.
    pub punctuation: Option<Punctuation>,
    /// `None`: only mixed use is told.
    pub brackets: Option<Brackets>,
    /// What is not to be written, and what instead. Empty: only mixed use is told.
    pub words: Vec<(String, String)>,
    /// 固有の語: names that hold digits and are no figures (第6次総合計画).
    pub terms: Vec<String>,
}

impl Style {
    /// A value of the data as this style writes it in running text.
    pub fn write(&self, text: &str) -> String {
        let signed = match (self.minus, text.strip_prefix('-')) {
            (Minus::Hyphen, _) | (_, None) => text.to_owned(),
            (Minus::WhiteTriangle, Some(rest)) => format!("△{rest}"),
            (Minus::BlackTriangle, Some(rest)) => format!("▲{rest}"),
        };
        self.digits(&signed)
    }

    /// The same text with its digits in the width of this style.
    pub fn digits(&self, text: &str) -> String {
        let numeral = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let half: Vec<char> = text
            .chars()
            .map(|c| if matches!(c, '０'..='９') { to_half_width(c) } else { c })
            .collect();
        let mut out = String::with_capacity(text.len());
        let mut index = 0;
        while index < half.len() {
            let run = half[index..].iter().take_while(|c| numeral(**c)).count();
            if run == 0 || !half[index].is_ascii_digit() {
                out.push(half[index]);
                index += 1;
                continue;
            }
            let single = run == 1;
            let full = match self.digits {
                Digits::Half => false,
                Digits::Full => true,
                Digits::SingleFull => single,
            };
            out.extend(
                half[index..index + run].iter().map(|c| if full { to_full_width(*c) } else { *c }),
            );
            index += run;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_style() {
        let style = |digits| Style { digits, ..Style::default() };
        assert_eq!(style(Digits::Half).write("５件、12.5%"), "5件、12.5%");
        assert_eq!(style(Digits::Full).write("5件、12.5%"), "５件、１２．５%");
        assert_eq!(style(Digits::SingleFull).write("5件、12.5%"), "５件、12.5%");
    }

    #[test]
    fn a_minus_sign_follows_the_style() {
        let style = Style { minus: Minus::WhiteTriangle, ..Style::default() };
        assert_eq!(style.write("-24百万円"), "△24百万円");
        assert_eq!(style.write("24"), "24");
    }
}
