//! Figures and tables as readers meet them: cited, numbered in their order, captioned without the number,
//! with the number of those asked.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::call::ParagraphKind;
use crate::model::figure::{Base, DataState};
use crate::model::name::name_key;
use crate::model::period::FiscalYear;
use crate::model::report::{DataSet, Report};
use crate::problem::{Code, Problem};

use super::numbered::{AllNumbered, Numbered};
use super::sentences::Sentence;

/// Every rule about figures and tables.
pub(super) fn all(report: &Report, sentences: &[Sentence], problems: &mut Vec<Problem>) {
    for numbered in [AllNumbered::figures(report), AllNumbered::tables(report)] {
        let word = numbered.word;
        problems.extend(numbered.all.iter().filter_map(|one| caption(word, one)));
        if !numbered.incomplete {
            cited(&numbered, problems);
            order(&numbered, problems);
        }
    }
    if !report.incomplete.contains(&DataSet::Figures) && !report.prose.iter().any(|p| p.broken) {
        bases(report, sentences, problems);
    }
}

/// 図9 in the title would stand twice over the figure.
fn caption(word: &str, one: &Numbered<'_>) -> Option<Problem> {
    let title = one.title.trim_start_matches(['【', '［', '[', ' ']);
    let rest = title.strip_prefix(word)?;
    rest.starts_with(|c: char| c.is_numeric()).then(|| {
        Problem::warning(Code::CaptionNumber, one.place.clone())
            .text(one.title)
            .message(format!("{word}{} の題名に番号が書かれていて、紙面で2回出ます", one.number))
            .expected("番号のない題名")
            .hint("番号は `number` から入ります。`title` からは消してください")
    })
}

/// Every one is cited, where the report cites any.
fn cited(numbered: &AllNumbered<'_>, problems: &mut Vec<Problem>) {
    let word = numbered.word;
    let cited: BTreeSet<&str> = numbered.cited.iter().map(|(number, _)| *number).collect();
    if cited.is_empty() {
        return;
    }
    for one in numbered.all.iter().filter(|one| !cited.contains(one.number)) {
        let number = one.number;
        problems.push(
            Problem::warning(Code::FigureNotCited, one.place.clone())
                .text(format!("{word}{number}"))
                .message(format!("{word}{number} が文章のどこでも引用されていません"))
                .expected(format!("{word}について述べる文に【{word}{number}】"))
                .hint(format!("文章に引用を書くか、{word}が要らなければ消してください")),
        );
    }
}

/// The numbers of a figure: 6-1 is [6, 1].
fn parts(number: &str) -> Vec<u32> {
    number.split('-').filter_map(|part| part.parse().ok()).collect()
}

/// They stand on the pages in the order of their numbers, without gaps.
fn order(numbered: &AllNumbered<'_>, problems: &mut Vec<Problem>) {
    let word = numbered.word;
    let known: HashMap<&str, &Numbered<'_>> =
        numbered.all.iter().map(|one| (one.number, one)).collect();
    let placed = numbered.placed.iter();
    let placed =
        placed.filter_map(|(number, place)| Some((*known.get(&*name_key(number))?, *place)));
    let mut last: Option<(&Numbered<'_>, Vec<u32>)> = None;
    for (one, place) in placed {
        let here = parts(one.number);
        let expected = match &last {
            None => vec![vec![1], vec![1, 1]],
            Some((_, before)) => following(before),
        };
        if !expected.contains(&here) && !here.is_empty() {
            let names: Vec<String> = expected.iter().map(|parts| joined(word, parts)).collect();
            let before = last.as_ref().map_or_else(
                || format!("最初の{word}です"),
                |(before, _)| format!("前の{word}は {word}{} です", before.number),
            );
            problems.push(
                Problem::warning(Code::FigureOrder, place.clone())
                    .text(format!("{word}{}", one.number))
                    .message(format!(
                        "{word}{} の番号が、置かれた順と合いません（{before}）",
                        one.number
                    ))
                    .expected(names.join("か"))
                    .hint(format!(
                        "{word}の番号か置く順を直し、文章の【{word}】も合わせてください"
                    )),
            );
        }
        last = Some((one, here));
    }
}

/// The numbers that may follow one: after 6-1 come 6-2, 7 and 7-1.
fn following(before: &[u32]) -> Vec<Vec<u32>> {
    let Some((first, rest)) = before.split_first() else { return Vec::new() };
    let mut next = Vec::new();
    if let [second, ..] = rest {
        next.push(vec![*first, second.saturating_add(1)]);
    }
    let first = first.saturating_add(1);
    next.extend([vec![first], vec![first, 1]]);
    next
}

fn joined(word: &str, parts: &[u32]) -> String {
    let parts: Vec<String> = parts.iter().map(u32::to_string).collect();
    format!("{word}{}", parts.join("-"))
}

/// A share of those who answered says how many they were.
fn bases(report: &Report, sentences: &[Sentence], problems: &mut Vec<Problem>) {
    let survey = |text: &str| ["アンケート", "調査"].iter().any(|word| text.contains(word));
    // The prose that places each figure, and the notes of each prose.
    let mut pages: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for (index, prose) in report.prose.iter().enumerate() {
        for (number, _) in prose.placed_figures() {
            pages.entry(name_key(number)).or_insert(index);
        }
    }
    let notes = sentences.iter().filter(|s| s.kind == ParagraphKind::Note && survey(&s.text));
    let surveys: HashSet<usize> = notes.filter_map(|note| note.prose).collect();
    for figure in &report.figures {
        let own = figure.source.as_deref();
        let page = || pages.get(figure.number.as_str()).is_some_and(|page| surveys.contains(page));
        let from_survey = own.map_or_else(page, survey);
        // Provisional data has no number yet; a course of years has one for each.
        let years = figure.data.categories.iter().all(|name| FiscalYear::parse(name).is_some());
        if years || figure.state == DataState::Provisional {
            continue;
        }
        if figure.unit != "%" || figure.base != Base::Unsaid || !from_survey {
            continue;
        }
        problems.push(
            Problem::note(Code::NoBase, figure.place.clone())
                .text(format!("図{}", figure.number))
                .message(format!("図{} に、割合の元になる人数（n）がありません", figure.number))
                .expected("n = 1234（回答者の数）か、n = \"不明\"")
                .hint("[[figure]] に n を書くと、図の題名の後に（n=1,234）と出ます。分からないときや回答の割合でないときは n = \"不明\" と書きます"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_each_other() {
        let next = |number: &str| {
            following(&parts(number)).iter().map(|p| joined("図", p)).collect::<Vec<_>>()
        };
        assert_eq!(next("5"), ["図6", "図6-1"]);
        assert_eq!(next("6-1"), ["図6-2", "図7", "図7-1"]);
    }
}
