//! One thing under two names: headings, quotations and running text against the names of the data,
//! and the names of the data against each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::context::Context;
use super::sentences::Sentence;
use super::similar_names::{Form, differs_at_the_end, nearest, normal, same_grammar};
use crate::model::call::ParagraphKind;
use crate::model::initiative::Initiative;
use crate::model::name::{NameIndex, name_difference, name_key};
use crate::model::report::{DataSet, Report};
use crate::problem::{Code, Place, Problem};

/// A name of the data and what it names.
struct Name<'r> {
    text: &'r str,
    /// 取組（整理番号8）, 施策, 体系, 指標, 担当課.
    what: String,
    form: Form<'r>,
    letters: Vec<char>,
}

/// Every rule about names.
pub(super) fn all(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let report = context.report;
    let names = names(report);
    let known = known(report, &names);
    for sentence in context.sentences.iter().chain(&titles(report)) {
        drift(sentence, &names, &known, problems);
    }
    in_data(report, problems);
    if !report.incomplete.contains(&DataSet::Initiatives) {
        twice(report, problems);
    }
}

fn names(report: &Report) -> Vec<Name<'_>> {
    let mut found: Vec<Name<'_>> = Vec::new();
    let mut taken = NameIndex::default();
    let mut add = |text, what: String| {
        if taken.add(text, found.len()).is_none() {
            let (form, letters) = (Form::of(text), text.chars().collect());
            found.push(Name { text, what, form, letters });
        }
    };
    for item in &report.initiatives {
        add(&item.name, format!("取組（整理番号{}）", item.number));
        add(&item.measure, "施策".into());
        for department in item.departments.split(['、', '，', ',']) {
            add(department.trim(), "担当課".into());
        }
    }
    report.pillars.iter().for_each(|pillar| add(&pillar.name, "体系".into()));
    report.indicators.rows.iter().for_each(|row| add(&row.name, "指標".into()));
    found
}

/// Names that are right as they are, besides those of the data themselves.
///
/// By their keys (see [`name_key`]).
fn known<'r>(report: &'r Report, names: &[Name<'r>]) -> BTreeSet<Cow<'r, str>> {
    let mut known: BTreeSet<&str> = names.iter().map(|name| name.text).collect();
    known.extend(report.indicators.rows.iter().map(|row| row.short.as_str()));
    known.extend(report.pillars.iter().map(|pillar| pillar.subtitle.as_str()));
    known.extend(report.style.terms.iter().map(String::as_str));
    // Every cell, even of a row with a fault.
    let cells = report.texts.iter().filter(|(_, place)| place.file.ends_with(".csv"));
    known.extend(cells.map(|(text, _)| text.trim()));
    // A pillar that is none is no name, although it stands in a cell.
    let pillars: HashSet<&str> = report.pillars.iter().map(|pillar| pillar.name.as_str()).collect();
    for item in report.initiatives.iter().filter(|_| !report.pillars.is_empty()) {
        if !pillars.contains(item.pillar.as_str()) {
            known.remove(item.pillar.as_str());
        }
    }
    known.into_iter().map(name_key).collect()
}

/// Titles and running lines of report.toml.
fn titles(report: &Report) -> Vec<Sentence> {
    let mut found = Vec::new();
    for row in &report.pages {
        let chapter = row.chapter.as_ref().map(|(_, title)| title);
        for text in [&row.title, &row.running].into_iter().chain(chapter) {
            found.push(Sentence::placed(text, &row.place));
        }
    }
    found.extend(report.figures.iter().map(|f| Sentence::placed(&f.title, &f.place)));
    found.extend(report.tables.iter().map(|t| Sentence::placed(&t.title, &t.place)));
    found
}

fn drift(
    sentence: &Sentence,
    names: &[Name<'_>],
    known: &BTreeSet<Cow<'_, str>>,
    problems: &mut Vec<Problem>,
) {
    let mut done: Vec<std::ops::Range<usize>> = Vec::new();
    // The title of an item says what became of a thing: …の実現 after the initiative …の検討.
    let is_drift = |text: &str, form: &Form<'_>, name: &Name<'_>| {
        form.differs_slightly(&name.form) && !(sentence.item && differs_at_the_end(text, name.text))
    };
    let mut tell = |start: usize, text: &str, name: &Name<'_>, problems: &mut Vec<Problem>| {
        let range = start..start + text.len();
        let again = done.iter().any(|one| one.start < range.end && range.start < one.end);
        if !again && sentence.is_literal(&range) {
            done.push(range);
            problems.push(difference(&sentence.place(start), text, (&name.what, name.text)));
        }
    };
    let unknown = |(_, text): &(usize, &str)| !known.contains(&name_key(text));
    for (start, text) in whole(sentence).into_iter().filter(unknown) {
        let form = Form::of(text);
        if let Some(name) = names.iter().find(|name| is_drift(text, &form, name)) {
            tell(start, text, name, problems);
        }
    }
    let chars: Vec<char> = sentence.text.chars().collect();
    for name in names.iter().filter(|name| !name.what.starts_with("担当課")) {
        let Some(window) = nearest(&chars, &name.letters) else { continue };
        let byte = |at: usize| chars[..at].iter().map(|c| c.len_utf8()).sum::<usize>();
        let (start, end) = (byte(window.start), byte(window.end));
        let text = &sentence.text[start..end];
        if !same_grammar(text, name.text) || !is_drift(text, &Form::of(text), name) {
            continue;
        }
        let right = known.iter().any(|right| {
            right.len() >= text.len().min(name.text.len())
                && sentence.letters.find(right).any(|at| at.start < end && start < at.end)
        });
        if !right {
            tell(start, text, name, problems);
        }
    }
}

/// What stands as a name of its own: a heading without its number, and what is quoted.
fn whole(sentence: &Sentence) -> Vec<(usize, &str)> {
    let text = sentence.text.as_str();
    let mut found = Vec::new();
    if sentence.kind == ParagraphKind::Heading {
        let numbering = |c: char| {
            c.is_numeric() || c.is_whitespace() || matches!(c, '.' | '．' | '（' | '）' | '(' | ')')
        };
        let body = text.trim_start_matches(numbering);
        let end = body.find(['【', '（', '(']).unwrap_or(body.len());
        found.push((text.len() - body.len(), body[..end].trim_end()));
    }
    for (open, close) in [('「', '」'), ('『', '』')] {
        for (at, _) in text.match_indices(open) {
            let start = at + open.len_utf8();
            if let Some(length) = text[start..].find(close) {
                found.push((start, &text[start..start + length]));
            }
        }
    }
    found
}

fn difference(place: &Place, text: &str, (what, name): (&str, &str)) -> Problem {
    Problem::warning(Code::NameDrift, place.clone())
        .text(text)
        .message(format!("「{text}」は、データの{what}の名前と少し違います"))
        .expected(name)
        .hint("同じものなら名前をそろえてください。別のものなら、report.toml の [style] の terms に書けば出なくなります")
}

/// Names of the data that differ slightly from others of their kind.
fn in_data(report: &Report, problems: &mut Vec<Problem>) {
    let mut departments: BTreeMap<&str, (usize, &Place)> = BTreeMap::new();
    let mut measures: BTreeMap<&str, (usize, &Place)> = BTreeMap::new();
    for item in &report.initiatives {
        measures.entry(&item.measure).or_insert((0, &item.place)).0 += 1;
        for department in item.departments.split(['、', '，', ',']).map(str::trim) {
            departments.entry(department).or_insert((0, &item.place)).0 += 1;
        }
    }
    for (what, names) in [("担当課", departments), ("施策", measures)] {
        let names: Vec<_> = names
            .into_iter()
            .map(|(text, (count, place))| (Form::of(text), (count, text), place))
            .collect();
        for (form, rank, place) in &names {
            let text = rank.1;
            let near = names
                .iter()
                .find(|(other, higher, _)| higher > rank && form.differs_slightly(other));
            if let Some((_, (_, other), _)) =
                near.filter(|_| !report.style.terms.iter().any(|t| t == text))
            {
                problems.push(difference(place, text, (what, other)));
            }
        }
    }
}

/// One initiative under two numbers, one measure under two pillars.
fn twice(report: &Report, problems: &mut Vec<Problem>) {
    let mut names: BTreeMap<String, &Initiative> = BTreeMap::new();
    let mut measures: BTreeMap<&str, &Initiative> = BTreeMap::new();
    for item in &report.initiatives {
        let problem = |text: &str, message: String| {
            Problem::warning(Code::TwiceInData, item.place.clone()).text(text).message(message)
        };
        if let Some(first) = names.insert(normal(&item.name), item) {
            let departments =
                match first.departments == item.departments && first.status == item.status {
                    true => "",
                    false => "担当課か実施状況が違います。",
                };
            let message = format!(
                "取組「{}」が、整理番号 {} と {} の2つにあります{}",
                item.name,
                first.number,
                item.number,
                name_difference(&first.name, &item.name)
                    .map(|words| format!("。{words}"))
                    .unwrap_or_default()
            );
            problems.push(problem(&item.name, message).hint(format!(
                "{departments}同じ取組なら1行にし、別の取組なら名前で分かるようにしてください"
            )));
        }
        if let Some(first) = measures.insert(&item.measure, item)
            && first.pillar != item.pillar
        {
            let message = format!(
                "施策「{}」が、体系「{}」と「{}」の2つにあります",
                item.measure, first.pillar, item.pillar
            );
            problems
                .push(problem(&item.measure, message).hint("体系か施策の名前を確かめてください"));
        }
    }
}

/// Initiatives stand under the measure that the data gives them, or report.toml says otherwise.
pub(super) fn placement(report: &Report, problems: &mut Vec<Problem>) {
    let items: HashMap<String, &Initiative> =
        report.initiatives.iter().rev().map(|item| (item.number.to_string(), item)).collect();
    for row in &report.pages {
        let Some(prose) = row.prose.and_then(|index| report.prose.get(index)) else { continue };
        for call in prose.calls.iter().filter(|call| call.name == "取組") {
            let number = call.arguments.first().and_then(|argument| argument.literal());
            let Some(item) = number.and_then(|number| items.get(number)) else { continue };
            let homes =
                [("施策", &row.measure, &item.measure), ("体系", &row.pillar, &item.pillar)];
            let elsewhere = homes.into_iter().find_map(|(word, here, there)| {
                let here = here.as_ref()?;
                let known = word == "施策" && row.also.contains(&item.number);
                (here != there && !known).then_some((word, here, there))
            });
            let Some((word, here, there)) = elsewhere else { continue };
            problems.push(
                Problem::warning(Code::InitiativeElsewhere, call.place.clone())
                    .text(format!("整理番号{} {}", item.number, item.name))
                    .message(format!(
                        "整理番号 {} の取組が、データと違う{word}「{here}」のページにあります",
                        item.number
                    ))
                    .expected(format!("{word}「{there}」のページ"))
                    .hint(format!("ここに置くのが正しければ、report.toml のこの [[page]] に also = [{}] と書いてください", item.number)),
            );
        }
    }
}
