//! House style (表記): marks, brackets, words, units. What report.toml lays down is a warning when
//! it is not kept; without that, only mixed use within the report is told.
//!
//! Only what the author wrote is looked at: values and names come from the data.

use super::context::Context;
use super::numeral_origin::covered;
use super::numerals::numerals;
use super::sentences::Sentence;
use crate::model::style::{Brackets, Digits, Minus, OFFICIAL_WORDS};
use crate::problem::{Code, Place, Problem};

/// Every rule of house style.
pub(super) fn all(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let style = &context.report.style;
    digits(&context.sentences, style.digits, problems);
    minus(&context.sentences, style.minus, problems);
    let prose = &Prose { sentences: &context.sentences, terms: &style.terms };
    let wanted = style.punctuation.map(|punctuation| punctuation.marks());
    choice(prose, ["、", "，"], wanted.map(|[comma, _]| comma.to_string()), problems);
    choice(prose, ["。", "．"], wanted.map(|[_, stop]| stop.to_string()), problems);
    for pair in [["（", "("], ["）", ")"]] {
        let wanted = style.brackets.map(|brackets| match brackets {
            Brackets::Full => pair[0].to_owned(),
            Brackets::Half => pair[1].to_owned(),
        });
        // One message for a pair of brackets that are mixed.
        if wanted.is_some() || pair[0] == "（" {
            choice(prose, pair, wanted, problems);
        }
    }
    choice(prose, ["%", "％"], None, problems);
    choice(prose, ["㎡", "m²"], None, problems);
    if style.words.is_empty() {
        for (one, other) in OFFICIAL_WORDS {
            choice(prose, [other, one], None, problems);
        }
    }
    for (from, to) in &style.words {
        choice(prose, [to, from], Some(to.clone()), problems);
    }
    units(context, problems);
}

/// The sentences, and the words that stand as they are.
struct Prose<'s> {
    sentences: &'s [Sentence],
    terms: &'s [String],
}

/// Where a text stands that the author wrote.
struct Found<'s> {
    text: &'s str,
    place: Place,
}

fn find<'s>(prose: &'s Prose<'s>, text: &'s str) -> Vec<Found<'s>> {
    let mut found = Vec::new();
    for sentence in prose.sentences {
        for (at, _) in sentence.text.match_indices(text) {
            let range = at..at + text.len();
            let term = covered(&sentence.text, &range, prose.terms);
            if !term && sentence.is_literal(&range) && !is_exempt(&sentence.text, at, text) {
                found.push(Found { text, place: sentence.place(at) });
            }
        }
    }
    found
}

/// さらに、 between sentences is no adverb; a full-width point inside a number is no full stop;
/// brackets between Latin letters follow those.
fn is_exempt(text: &str, at: usize, found: &str) -> bool {
    let (before, after) = (&text[..at], &text[at + found.len()..]);
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    match found {
        "さらに" => after.starts_with(['、', '，']),
        "．" | "，" => digit(before.chars().next_back()) && digit(after.chars().next()),
        _ => false,
    }
}

/// Two ways of writing one thing: against the wanted one, or the rarer against the more frequent.
fn choice(
    prose: &Prose<'_>,
    [one, other]: [&str; 2],
    wanted: Option<String>,
    problems: &mut Vec<Problem>,
) {
    let (first, second) = (find(prose, one), find(prose, other));
    if let Some(wanted) = wanted {
        let departing = first.iter().chain(&second).filter(|found| found.text != wanted);
        problems.extend(departing.map(|found| {
            Problem::warning(Code::HouseStyle, found.place.clone())
                .text(found.text)
                .message(format!("「{}」は、この報告書の表記と違います", found.text))
                .expected(&wanted)
                .hint("report.toml の [style] の決まりです")
        }));
        return;
    }
    if first.is_empty() || second.is_empty() {
        return;
    }
    let (rare, usual) = if first.len() < second.len() { (first, second) } else { (second, first) };
    let (count, others) = (rare.len(), usual.len());
    let usual = usual[0].text;
    problems.extend(rare.iter().map(|found| {
        Problem::note(Code::MixedWords, found.place.clone())
            .text(found.text)
            .message(format!(
                "表記が揺れています（「{}」{count}か所、「{usual}」{others}か所）",
                found.text
            ))
            .expected(usual)
            .hint("どちらかにそろえてください。report.toml の [style] で決めることもできます")
    }));
}

/// Digits in the width of the house; values of the data are written so already.
fn digits(prose: &[Sentence], digits: Digits, problems: &mut Vec<Problem>) {
    for sentence in prose {
        for numeral in numerals(&sentence.text) {
            let written = &sentence.text[numeral.digits.clone()];
            let style = crate::model::style::Style { digits, ..Default::default() };
            let right = style.digits(written);
            if right == written
                || !sentence.is_literal(&numeral.digits)
                || is_code(sentence, &numeral.digits)
            {
                continue;
            }
            let place = sentence.place(numeral.digits.start);
            let (problem, hint) = match digits {
                Digits::Half => (
                    Problem::note(Code::MixedWords, place),
                    "値は半角で入ります。全角にするときは、report.toml の [style] に digits を書いてください",
                ),
                _ => (
                    Problem::warning(Code::HouseStyle, place),
                    "report.toml の [style] の決まりです",
                ),
            };
            problems.push(
                problem
                    .text(written)
                    .message(format!("数字「{written}」の幅が、この報告書の表記と違います"))
                    .expected(right)
                    .hint(hint),
            );
        }
    }
}

/// 【図9】 and A4 keep their digits.
fn is_code(sentence: &Sentence, digits: &std::ops::Range<usize>) -> bool {
    let before = &sentence.text[..digits.start];
    let open = before.rfind('【').is_some_and(|at| !before[at..].contains('】'));
    open || before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '-')
}

/// The sign of negative numbers.
fn minus(prose: &[Sentence], minus: Minus, problems: &mut Vec<Problem>) {
    let sign = match minus {
        Minus::Hyphen => "-",
        Minus::WhiteTriangle => "△",
        Minus::BlackTriangle => "▲",
    };
    for sentence in prose {
        for numeral in numerals(&sentence.text) {
            let written = &sentence.text[numeral.range.start..numeral.digits.start];
            let negative = numeral.exact.is_sign_negative() && !written.is_empty();
            if !negative || written == sign || !sentence.is_literal(&numeral.range) {
                continue;
            }
            let place = sentence.place(numeral.range.start);
            let problem = match minus {
                Minus::Hyphen => Problem::note(Code::MixedWords, place),
                _ => Problem::warning(Code::HouseStyle, place),
            };
            problems.push(
                problem
                    .text(&sentence.text[numeral.range.clone()])
                    .message(format!("負の数の印「{written}」が、この報告書の表記と違います"))
                    .expected(sign)
                    .hint("データの値に付く印は、report.toml の [style] の minus で決まります"),
            );
        }
    }
}

/// Units of the data: ％ and %, ㎡ and m² in one report; amounts of money without 円.
fn units(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let report = context.report;
    let rows = report.indicators.rows.iter().map(|row| (row.unit.as_str(), &row.place));
    let figures = report.figures.iter().map(|figure| (figure.unit.as_str(), &figure.place));
    let tables = report
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| (column.unit.as_str(), &column.place)));
    let all: Vec<(&str, &Place)> = rows.chain(figures).chain(tables).collect();
    for (rare, usual) in [("％", "%"), ("m²", "㎡")] {
        let mixed = all.iter().any(|(unit, _)| *unit == usual);
        for (unit, place) in all.iter().filter(|(unit, _)| *unit == rare && mixed) {
            problems.push(
                Problem::note(Code::MixedWords, (*place).clone())
                    .text(*unit)
                    .message(format!("単位の表記が揺れています（「{rare}」と「{usual}」）"))
                    .expected(usual)
                    .hint("どちらかにそろえてください"),
            );
        }
    }
    for (unit, place) in all.iter().filter(|(unit, _)| SCALES.contains(unit)) {
        problems.push(without_yen((*place).clone(), unit, &format!("{unit}円")));
    }
}

/// Scales that are no units by themselves.
const SCALES: [&str; 5] = ["千", "万", "百万", "千万", "億"];

/// Amounts of money that end with their scale: +593百万.
pub(super) fn amounts(context: &Context<'_>, problems: &mut Vec<Problem>) {
    for sentence in &context.sentences {
        for numeral in numerals(&sentence.text) {
            let text = &sentence.text[numeral.range.clone()];
            let large = ["百万", "千万", "億", "兆"].iter().any(|scale| text.ends_with(scale));
            if !large || !numeral.unit.is_empty() {
                continue;
            }
            let after = &sentence.text[numeral.range.end..];
            // A counter that is not known may follow; words of change are none.
            let kanji = after.chars().next().is_some_and(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
            let change =
                ["増", "減", "黒字", "赤字", "余", "以上", "以下", "弱", "強", "台", "程度"];
            let target = sentence.source(numeral.digits.start).value.is_some_and(|call| {
                context.call(sentence, call).is_some_and(|call| call.name == "目標値")
            });
            if target || (kanji && !change.iter().any(|word| after.starts_with(word))) {
                continue;
            }
            let place = sentence.place(numeral.range.start);
            problems.push(without_yen(place, text, &format!("{text}円")));
        }
    }
}

fn without_yen(place: Place, text: &str, right: &str) -> Problem {
    Problem::warning(Code::AmountWithoutUnit, place)
        .text(text)
        .message(format!("金額「{text}」に「円」がありません"))
        .expected(right)
        .hint("「億千万」の値の呼び出しには「円」が付きません。文では、呼び出しの後に円と書いてください")
}
