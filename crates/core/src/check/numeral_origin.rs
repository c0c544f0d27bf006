//! Where a numeral of a sentence comes from: a call, a claim, a term, the form of the text, or
//! nowhere.

use std::ops::Range;

use super::sentences::Sentence;
use crate::model::name::NameFinder;
use crate::model::report::Report;
use crate::model::width::digit;

/// Where a numeral comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumeralOrigin {
    /// It is no figure of the report.
    Structural(Structural),
    /// Part of a word that report.toml lists under `terms`.
    Term,
    /// Written inside the claim with this index.
    Claim(usize),
    /// Printed by the call with this index.
    Value(usize),
    /// Written by hand.
    None,
}

/// What a numeral is that is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Structural {
    /// 令和6年度, 2024年, 4月1日, 6月号.
    Date,
    /// 9時.
    Time,
    /// 第2回.
    Ordinal,
    /// 【図9】.
    Citation,
    /// 1. in front of a heading.
    Numbering,
    /// 30代, where the data has such an item, and other names of the data with digits in them.
    Name,
    /// A4, CO2, an address of the net.
    Word,
    /// 要因の1つ.
    Idiom,
}

impl Structural {
    /// The word for people.
    pub fn name(self) -> &'static str {
        match self {
            Structural::Date => "日付・年度",
            Structural::Time => "時刻",
            Structural::Ordinal => "順序",
            Structural::Citation => "図の引用",
            Structural::Numbering => "見出しの番号",
            Structural::Name => "データの名前",
            Structural::Word => "語の一部",
            Structural::Idiom => "言い回し",
        }
    }
}

/// Words of the report that hold digits.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    pub(super) terms: NameFinder,
    names: NameFinder,
}

impl Lexicon {
    /// The terms and names of a report.
    pub fn new(report: &Report) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for row in &report.indicators.rows {
            names.extend([row.name.as_str(), &row.short]);
            names.extend(row.breakdowns.iter().map(|part| part.name.as_str()));
        }
        for figure in &report.figures {
            names.push(&figure.title);
            names.extend(figure.data.categories.iter().map(String::as_str));
            names.extend(figure.data.series.iter().map(|series| series.name.as_str()));
        }
        for table in &report.tables {
            names.push(&table.title);
            names.extend(table.columns.iter().map(|column| column.name.as_str()));
            names.extend(table.rows.iter().map(|row| row.name.as_str()));
        }
        for item in &report.initiatives {
            names.extend([item.name.as_str(), &item.measure, &item.pillar, &item.departments]);
        }
        names.extend(report.pillars.iter().flat_map(|p| [p.name.as_str(), &p.subtitle]));
        names.extend(report.title_lines.iter().map(String::as_str));
        names.push(&report.council);
        let is_name = |name: &&str| {
            name.contains(|c| digit(c).is_some())
                && name.contains(|c: char| c.is_alphabetic())
                && name.chars().count() > 1
        };
        let names = NameFinder::new(names.into_iter().filter(is_name).zip(0..));
        let terms = NameFinder::new(report.style.terms.iter().map(String::as_str).zip(0..));
        Lexicon { terms, names }
    }
}

/// Where the numeral with these digits comes from.
pub fn classify(sentence: &Sentence, digits: &Range<usize>, lexicon: &Lexicon) -> NumeralOrigin {
    let source = sentence.source(digits.start);
    if let Some(call) = source.value
        && sentence.source(digits.end - 1).value == source.value
    {
        return NumeralOrigin::Value(call);
    }
    if lexicon.terms.covers(&sentence.letters, digits) {
        return NumeralOrigin::Term;
    }
    if let Some(claim) = source.claim {
        return NumeralOrigin::Claim(claim);
    }
    structural(sentence, digits, lexicon).map_or(NumeralOrigin::None, NumeralOrigin::Structural)
}

/// What a numeral is by the words around it; `None` when it may be a figure of the report.
pub fn structural(
    sentence: &Sentence,
    digits: &Range<usize>,
    lexicon: &Lexicon,
) -> Option<Structural> {
    let text = sentence.text.as_str();
    let (before, after) = (&text[..digits.start], &text[digits.end..]);
    let number: Option<u32> = value(&text[digits.clone()]);
    Some(if is_citation(before, after) {
        Structural::Citation
    } else if is_date(before, after, number) {
        Structural::Date
    } else if (after.starts_with('時') && !after.starts_with("時間") && number <= Some(24))
        || (after.starts_with('分') && before.ends_with('時'))
    {
        Structural::Time
    } else if before.ends_with('第') {
        Structural::Ordinal
    } else if lexicon.names.covers(&sentence.letters, digits) {
        Structural::Name
    } else if sentence.first && is_numbering(before, after) {
        Structural::Numbering
    } else if is_word(before, after) {
        Structural::Word
    } else if number == Some(1) && before.ends_with('の') && after.starts_with('つ') {
        Structural::Idiom
    } else {
        return None;
    })
}

fn value(digits: &str) -> Option<u32> {
    digits.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?))
}

/// Whether a range of a text lies inside one of these words.
pub(super) fn covered(text: &str, digits: &Range<usize>, words: &[String]) -> bool {
    words.iter().filter(|word| !word.is_empty()).any(|word| {
        text.match_indices(word.as_str())
            .any(|(at, _)| at <= digits.start && digits.end <= at + word.len())
    })
}

/// 【図8、図9】, 図6-1, 表2, ※1.
fn is_citation(before: &str, after: &str) -> bool {
    let open = before.rfind("【").filter(|at| !before[*at..].contains('】'));
    let bracketed = open
        .is_some_and(|at| before[at..].starts_with("【図") || before[at..].starts_with("【表"))
        && after.contains('】');
    let stem = before.trim_end_matches(|c| digit(c).is_some() || c == '-' || c == '－');
    bracketed
        || ["図", "表", "※", "注", "別紙", "様式", "番号", "No."].iter().any(|m| stem.ends_with(m))
}

const ERAS: [&str; 5] = ["令和", "平成", "昭和", "大正", "明治"];

fn is_date(before: &str, after: &str, number: Option<u32>) -> bool {
    let Some(number) = number else { return false };
    let era = ERAS.iter().any(|era| before.ends_with(era));
    let year =
        after.starts_with("年度") || (after.starts_with('年') && (1800..2200).contains(&number));
    // 令和3〜7年度
    let ranged = after.starts_with(['〜', '～', '・', '、', '－', '-'])
        && (era || (1800..2200).contains(&number))
        && after.contains("年");
    let month = after.starts_with('月') && (1..=12).contains(&number);
    let day = after.starts_with('日') && before.ends_with('月') && (1..=31).contains(&number);
    // 4/1
    era || year || ranged || month || day
}

/// `1. `, `（1）` at the beginning of a paragraph or heading.
fn is_numbering(before: &str, after: &str) -> bool {
    match before.trim() {
        "" => after.starts_with(['.', '．', '）', ')', '、', ' ', '　']) || after.is_empty(),
        "（" | "(" => after.starts_with(['）', ')']),
        _ => false,
    }
}

/// A4, CO2, COVID-19, 5G, 0968-63-1111, https://….
fn is_word(before: &str, after: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic();
    let stem = before.strip_suffix('-').unwrap_or(before);
    let joined = |text: &str| text.strip_prefix('-').is_some_and(starts_with_digit);
    let ends_with_digit = |text: &str| text.chars().next_back().is_some_and(|c| digit(c).is_some());
    let run = before.rsplit(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
    stem.ends_with(latin)
        || after.starts_with(['G', 'D', 'K'])
        || joined(after)
        || (before.ends_with('-') && ends_with_digit(stem))
        || run.contains("://")
        || run.contains('@')
}

fn starts_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| digit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::numerals::numerals;
    use crate::model::style::Style;

    fn kinds(text: &str) -> Vec<NumeralOrigin> {
        let terms = vec!["第6次総合計画".into(), "5類".into()];
        let style = Style { terms, ..Style::default() };
        let report = Report { style, ..Report::default() };
        let mut lexicon = Lexicon::new(&report);
        lexicon.names = NameFinder::new([("10〜20代", 0), ("30代", 1), ("65歳以上", 2)]);
        let sentence = Sentence::plain(text);
        numerals(text).iter().map(|n| classify(&sentence, &n.digits, &lexicon)).collect()
    }

    #[test]
    fn what_is_no_figure_is_known_by_the_words_around_it() {
        use Structural::*;
        for (text, kind) in [
            ("令和6年度", Date),
            ("2024年", Date),
            ("4月", Date),
            ("9時", Time),
            ("第2回", Ordinal),
            ("推移【図9】", Citation),
            ("30代が", Name),
            ("1. 概要", Numbering),
            ("（1）概要", Numbering),
            ("A4判", Word),
            ("要因の1つ", Idiom),
        ] {
            assert_eq!(kinds(text), [NumeralOrigin::Structural(kind)], "{text}");
        }
        assert_eq!(kinds("10〜20代【図6-1】").len(), 4);
        assert!(kinds("10〜20代【図6-1】").iter().all(|kind| *kind != NumeralOrigin::None));
        assert!(
            kinds("令和3〜7年度の4月1日").iter().all(|k| *k == NumeralOrigin::Structural(Date))
        );
    }

    #[test]
    fn figures_of_the_report_have_no_origin_unless_they_are_terms() {
        for text in ["76.3%", "8割", "3年目", "15日", "12地区", "6か月", "20代", "9時間"]
        {
            assert_eq!(kinds(text), [NumeralOrigin::None], "{text}");
        }
        assert_eq!(kinds("第6次総合計画"), [NumeralOrigin::Term]);
        assert_eq!(kinds("5類移行"), [NumeralOrigin::Term]);
    }
}
