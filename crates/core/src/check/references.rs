//! What the prose refers to must be there: indicators, periods, statuses, figures, initiatives.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::numbered::{AllNumbered, Numbered};
use crate::model::call::{Argument, Call};
use crate::model::data_table::DataTable;
use crate::model::figure::FigureWidth;
use crate::model::name::name_key;
use crate::model::period::FiscalYear;
use crate::model::report::{DataSet, Report};
use crate::problem::{Code, Place, Problem, closest, did_you_mean};

/// Arguments of calls that name something of the data.
pub(super) fn names(report: &Report, problems: &mut Vec<Problem>) {
    for (name, place) in report.prose.iter().flat_map(|prose| &prose.bare_names) {
        problems.push(
            Problem::error(Code::Prose, place.clone())
                .text(name)
                .message(match name.as_str() {
                    "＃" => "「＃」が全角なので、呼び出しになりません".to_owned(),
                    name => format!("「#{name}」の後に半角の ( ) か [ ] がありません"),
                })
                .expected("#値(\"名前\", \"R6\") のような、半角の括弧・引用符・コンマ")
                .hint(
                    "括弧が全角になっていないか確かめてください。文字としての # は \\# と書きます",
                ),
        );
    }
    for call in report.prose.iter().flat_map(|prose| &prose.calls) {
        match call.name.as_str() {
            "指標表" => {
                (0..call.arguments.len()).for_each(|n| indicator(report, call, n, problems))
            }
            "図" | "図並び" => {
                call.arguments.iter().for_each(|a| figure(report, a, problems));
                row_of_figures(report, call, problems);
            }
            "表" | "表並び" => {
                call.arguments.iter().for_each(|a| table(report, a, problems));
            }
            "取組" => initiative(report, call, problems),
            "実施状況の集計" => summary_year(call, problems),
            _ => {}
        }
    }
}

fn literal(argument: Option<&Argument>) -> Option<(&str, &Place)> {
    let argument = argument.filter(|argument| argument.name.is_none())?;
    Some((argument.literal()?, &argument.place))
}

fn named<'c>(call: &'c Call, name: &str) -> Option<(&'c str, &'c Place)> {
    let argument = call.arguments.iter().find(|a| a.name.as_deref() == Some(name))?;
    Some((argument.literal()?, &argument.place))
}

fn unknown(place: &Place, text: &str, what: &str, known: Vec<String>) -> Problem {
    let near = closest(text, known.iter().map(String::as_str));
    let problem = Problem::error(Code::UnknownName, place.clone())
        .text(text)
        .message(format!("{what}「{text}」がありません"));
    match near {
        Some(word) => problem.hint(did_you_mean(text, word)),
        None if known.is_empty() => problem.hint(format!("{what}は1つもありません")),
        None => problem.hint(format!("使えるのは {} です", known.join("・"))),
    }
}

fn indicator(report: &Report, call: &Call, index: usize, problems: &mut Vec<Problem>) {
    let Some((text, place)) = literal(call.arguments.get(index)) else { return };
    if report.incomplete.contains(&DataSet::Indicators) {
        return;
    }
    if report.indicators.find(text).is_none() {
        let known = report.indicators.rows.iter().map(|row| row.called().to_owned()).collect();
        problems.push(unknown(place, text, "指標", known));
    }
}

/// The year over the summary need not be one of the indicators' years, but must be one.
fn summary_year(call: &Call, problems: &mut Vec<Problem>) {
    if let Some((text, place)) = named(call, "年度")
        && FiscalYear::parse(text).is_none()
    {
        problems.push(
            Problem::error(Code::UnknownName, place.clone())
                .text(text)
                .message(format!("「{text}」は年度として読めません"))
                .expected("R6、令和6年度、2024 など"),
        );
    }
}

fn figure(report: &Report, argument: &Argument, problems: &mut Vec<Problem>) {
    let Some((text, place)) = literal(Some(argument)) else { return };
    if report.figure(text).is_none() && !report.incomplete.contains(&DataSet::Figures) {
        let known = report.figures.iter().map(|figure| format!("図{}", figure.number)).collect();
        problems.push(unknown(place, text, "図", known));
    }
}

fn table(report: &Report, argument: &Argument, problems: &mut Vec<Problem>) {
    let Some((text, place)) = literal(Some(argument)) else { return };
    if report.table(text).is_none() && !report.incomplete.contains(&DataSet::Tables) {
        let known = report.tables.iter().map(DataTable::called).collect();
        problems.push(unknown(place, text, "表", known));
    }
}

/// Figures side by side must fit into the text width, or they would be drawn over each other.
fn row_of_figures(report: &Report, call: &Call, problems: &mut Vec<Problem>) {
    let sixths = |width| match width {
        FigureWidth::Full => 6,
        FigureWidth::Half => 3,
        FigureWidth::Third => 2,
    };
    let named = call.arguments.iter().filter_map(|argument| literal(Some(argument)));
    let figures = named.filter_map(|(text, _)| report.figure(text));
    let taken: u32 = figures.map(|figure| sixths(figure.width)).sum();
    if taken > 6 || call.arguments.is_empty() {
        problems.push(
            Problem::error(Code::FigureNotPlaced, call.place.clone())
                .text(&call.name)
                .message(match taken {
                    0 => "置く図が書かれていません",
                    _ => "並べた図が紙面の幅に収まりません",
                })
                .expected("2つ並べるなら width = \"half\"、3つなら width = \"third\" の図")
                .hint("report.toml の [[figure]] の width を直してください"),
        );
    }
}

fn initiative(report: &Report, call: &Call, problems: &mut Vec<Problem>) {
    let Some((text, place)) = literal(call.arguments.first()) else { return };
    let number = text.parse::<u32>();
    let found = report.initiatives.iter().any(|item| number == Ok(item.number));
    if !found && !report.incomplete.contains(&DataSet::Initiatives) {
        problems.push(
            Problem::error(Code::UnknownName, place.clone())
                .text(text)
                .message(format!("整理番号 {text} の取組がありません"))
                .hint("取組の表の「整理番号」にある番号を書いてください"),
        );
    }
}

/// Every figure and table stands once on the pages, and every citation has its own.
pub(super) fn figures_and_tables(report: &Report, problems: &mut Vec<Problem>) {
    for numbered in [AllNumbered::figures(report), AllNumbered::tables(report)] {
        if !numbered.incomplete {
            placed_and_cited(&numbered, problems);
        }
    }
}

fn placed_and_cited(numbered: &AllNumbered<'_>, problems: &mut Vec<Problem>) {
    let AllNumbered { word, key, all, .. } = numbered;
    let known: HashSet<&str> = all.iter().map(|one| one.number).collect();
    for (number, place) in &numbered.cited {
        if !known.contains(number) {
            problems.push(
                Problem::error(Code::UnknownFigure, (*place).clone())
                    .text(format!("【{word}{number}】"))
                    .message(format!("{word}{number} は report.toml にありません"))
                    .hint(format!("{word}の番号を直すか、`[[{key}]]` を加えてください")),
            );
        }
    }
    let mut placed: HashMap<Cow<'_, str>, Vec<&Place>> = HashMap::new();
    for (number, place) in &numbered.placed {
        placed.entry(name_key(number)).or_default().push(place);
    }
    for Numbered { number, place, .. } in all {
        match placed.get(*number).map(Vec::as_slice) {
            Some([_]) => {}
            Some([first, again, ..]) => problems.push(
                Problem::error(Code::FigureNotPlaced, (*again).clone())
                    .text(format!("{word}{number}"))
                    .message(format!("{word}{number} が2回置かれています（最初は {first}）"))
                    .hint(format!("一方の #{word} を消してください")),
            ),
            _ => problems.push(
                Problem::warning(Code::FigureNotPlaced, (*place).clone())
                    .text(format!("{word}{number}"))
                    .message(format!("{word}{number} がどのページにも置かれていません"))
                    .hint(format!(
                        "文章に `#{word}(\"{word}{number}\")` を書くか、この `[[{key}]]` を消してください"
                    )),
            ),
        }
    }
}

/// Every initiative of the list is reported on exactly once, where the report does so at all.
pub(super) fn initiatives(report: &Report, problems: &mut Vec<Problem>) {
    if report.incomplete.contains(&DataSet::Initiatives) || report.prose.iter().any(|p| p.broken) {
        return;
    }
    let mut printed: HashMap<&str, &Place> = HashMap::new();
    for call in
        report.prose.iter().flat_map(|prose| &prose.calls).filter(|call| call.name == "取組")
    {
        let Some((text, place)) = literal(call.arguments.first()) else { continue };
        if let Some(first) = printed.insert(text, place) {
            problems.push(
                Problem::error(Code::InitiativePlacement, place.clone())
                    .text(text)
                    .message(format!("整理番号 {text} の取組が2回書かれています（最初は {first}）"))
                    .hint("一方の #取組 を消すか、番号を直してください"),
            );
        }
    }
    if printed.is_empty() {
        return;
    }
    for item in &report.initiatives {
        if !printed.contains_key(item.number.to_string().as_str()) {
            problems.push(
                Problem::warning(Code::InitiativePlacement, item.place.clone())
                    .text(&item.name)
                    .message(format!("整理番号 {} の取組が文章にありません", item.number))
                    .hint(format!("`#取組({})[…]` を該当するページに書いてください", item.number)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::bind::Bindings;
    use crate::model::call::Expr;
    use crate::model::report::Prose;

    fn call(name: &str, arguments: &[&str]) -> Call {
        let place = Place::at("prose/a.typ", 3, 1);
        let argument = |text: &&str| Argument {
            name: None,
            value: Expr::Text((*text).to_owned()),
            place: place.clone(),
        };
        Call {
            name: name.into(),
            arguments: arguments.iter().map(argument).collect(),
            place: place.clone(),
            range: 0..0,
            nested: false,
        }
    }

    fn codes(calls: Vec<Call>, citations: &[&str]) -> Vec<Code> {
        let citations =
            citations.iter().map(|n| ((*n).to_owned(), Place::at("prose/a.typ", 1, 1))).collect();
        let prose = Prose { file: "prose/a.typ".into(), calls, citations, ..Prose::default() };
        let report = Report { prose: vec![prose], ..Report::default() };
        crate::check::check(&report, &Bindings::default(), &BTreeSet::new())
            .into_iter()
            .map(|problem| problem.code)
            .collect()
    }

    #[test]
    fn names_that_are_not_in_the_data_are_told() {
        for (name, argument) in [("指標表", "満足度"), ("図", "図9"), ("取組", "99")] {
            assert_eq!(codes(vec![call(name, &[argument])], &[]), [Code::UnknownName], "{name}");
        }
    }

    #[test]
    fn a_citation_without_its_figure_is_told() {
        assert_eq!(codes(vec![], &["13-1"]), [Code::UnknownFigure]);
    }
}
