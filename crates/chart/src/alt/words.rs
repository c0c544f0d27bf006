//! Names, numbers and lists as they are said.

use super::super::lettering::clean;
use super::compose::Sentence;
use super::telling::{Series, Telling, Value};
use soukatsu_core::model::figure::{ChartKind, Panel};

/// What a row or a series is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    said: String,
    /// Half a sentence (交通の便が悪い) or a list: it would run into the words around it.
    phrase: bool,
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

/// The title and the kind; the kind alone where the title leaves no room: the caption has it.
pub(super) fn head(told: &Telling) -> Vec<String> {
    let kind = kind(told);
    let title = told.title.trim_end_matches('。');
    let bare = format!("{kind}。");
    if title.is_empty() { vec![bare] } else { vec![format!("{title}を示す{kind}。"), bare] }
}

fn kind(told: &Telling) -> String {
    let name = match told.figure.kind {
        ChartKind::Columns => "棒グラフ",
        ChartKind::StackedColumns => "積み上げ棒グラフ",
        ChartKind::PercentColumns => "100%積み上げ棒グラフ",
        ChartKind::Bars | ChartKind::RankedBars => "横棒グラフ",
        ChartKind::StackedBars => "積み上げ横棒グラフ",
        ChartKind::PercentBars | ChartKind::Shares => "帯グラフ",
        ChartKind::Lines => "折れ線グラフ",
        ChartKind::ColumnsAndLine => "棒と折れ線のグラフ",
        ChartKind::Ring => "ドーナツグラフ",
        ChartKind::PairedBars => "左右に分けた横棒グラフ",
        ChartKind::Slope => "2時点を結ぶ線のグラフ",
        ChartKind::SmallMultiples => {
            let panel = match told.figure.panel {
                Panel::Columns => "棒グラフ",
                Panel::Lines => "折れ線グラフ",
            };
            return format!("{}個の小さな{panel}", told.series.len());
        }
    };
    name.into()
}

/// `R1からR6までの6年度`; none when the title names both ends or there is no time.
pub(super) fn period(told: &Telling) -> Option<String> {
    let time = told.time.as_ref()?;
    let (first, last) = (time.order.first()?, time.order.last()?);
    let (first, last) = (told.rows[*first].name.noun(), told.rows[*last].name.noun());
    if told.title_says(&first) && told.title_says(&last) {
        return None;
    }
    let count = time.order.len();
    let span = if time.counter == "年" { "間" } else { "" };
    Some(format!("{first}から{last}までの{count}{}{span}", time.counter))
}

/// Words that say nothing of what the groups are.
const VAGUE: [&str; 6] = ["", "区分", "項目", "内訳", "分類", "種類"];

/// `年代別の6区分と全体を比較`; none when the title says what the groups are.
pub(super) fn compared(told: &Telling) -> Option<String> {
    let dimension = clean(&told.figure.data.dimension);
    let dimension = dimension.trim_end_matches('別');
    let vague = VAGUE.contains(&dimension);
    if !vague && told.title_says(dimension) {
        return None;
    }
    let count = told.groups().count();
    let by = match Name::new(dimension, String::new) {
        _ if vague => String::new(),
        name if name.phrase => format!("{}の", name.quoted()),
        name => format!("{}別の", name.said),
    };
    let total = told.rows.iter().find(|row| row.total);
    let total = total.map_or(String::new(), |row| format!("と{}", row.name.noun()));
    Some(format!("{by}{count}区分{total}を比較"))
}

/// `保健福祉部が6,842時間、総務部が4,287時間`; half sentences are quoted instead.
pub(super) fn listed(items: &[(&Name, &Value)]) -> String {
    let phrases = items.iter().any(|(name, _)| name.phrase);
    let item = |(name, value): &(&Name, &Value)| match phrases {
        true => format!("{}{}", name.quoted(), value.said),
        false => format!("{}が{}", name.said, value.said),
    };
    items.iter().map(item).collect::<Vec<_>>().join("、")
}

/// The values of one row: `全体は62.0%。`, `全体では女性が25人、男性が94人。`
pub(super) fn row<'a>(told: &'a Telling, row: usize) -> Option<Sentence> {
    let name = told.rows[row].name.noun();
    let item = |series: &'a Series| Some((&series.name, series.at(row)?));
    let items: Vec<_> = told.series.iter().filter_map(item).collect();
    let wordings = match (told.series.len(), items.as_slice()) {
        (_, []) => return None,
        (1, [(_, value)]) => vec![format!("{name}は{}。", value.said)],
        _ => (1..=items.len())
            .rev()
            .map(|shown| {
                let more = if shown < items.len() { "など" } else { "" };
                format!("{name}では{}{more}。", listed(&items[..shown]))
            })
            .collect(),
    };
    Some(Sentence::body(wordings))
}

/// Nouns as a list: `R1`, `R1とR2`, `R1、R2、R3`.
pub(super) fn and(nouns: &[String]) -> String {
    if let [one, two] = nouns { format!("{one}と{two}") } else { nouns.join("、") }
}
