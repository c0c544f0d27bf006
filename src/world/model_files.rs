//! The model as virtual JSON files, one per data set, so that a changed cell touches one file.
//!
//! Values travel twice: as the text that is printed and, where a template may need it, as the
//! exact number.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::bound_files::bound_files;
use super::figure_files::{figure_files, spelled_numbers};
use super::fullness::is_full;
use super::phrase_widths::phrases;
use super::presentation::{Imprint, Presentation};
use super::table_files::{BETWEEN_CELLS, table_files};
use super::virtual_file::{VirtualFile, file};
use soukatsu_chart::sparkline;
use soukatsu_core::bind::Bindings;
use soukatsu_core::model::call::Argument;
use soukatsu_core::model::indicator::{Indicator, Indicators, UnitAt};
use soukatsu_core::model::initiative::{Initiative, Pillar, Status, StatusCount};
use soukatsu_core::model::layout::Layout;
use soukatsu_core::model::period::FiscalYear;
use soukatsu_core::model::quantity::{Notation, Quantity, grouped};
use soukatsu_core::model::report::{DataSet, PageKind, PageRow, Report};

/// Everything of the model that a template reads, under `model/`.
pub fn model_files(
    report: &Report,
    bindings: &Bindings,
    presentation: &Presentation<'_>,
) -> Vec<VirtualFile> {
    let mut files = vec![
        file("report", &front_matter(report)),
        file("pages", &Value::Array(pages(report))),
        file("pillars", &report.pillars.iter().map(pillar).collect()),
        file("indicators", &indicator_names(report)),
        file("initiatives", &initiatives(&report.initiatives)),
        file("status", &status(report)),
        file("achievement", &achievement(report)),
        file("years", &years(report)),
        file("trace", &json!(presentation.tracing)),
        file("profile", &json!(presentation.profile.name())),
        layout_file(report.layout),
        file("imprint", &imprint(&presentation.imprint)),
        file("figures", &json!(figure_numbers(report))),
    ];
    files.extend(indicators(&report.indicators, report.layout));
    files.extend(bound_files(bindings));
    files.extend(figure_files(report, presentation.settings));
    files.extend(table_files(report));
    let tight = |row| is_full(report, row, presentation.settings);
    files.extend(report.pages.iter().enumerate().map(|(index, row)| spacing(index, tight(row))));
    files
}

/// How the headings of a page row are spaced. One file a row: a row that is found too full for its
/// page is set again, and no other.
pub fn spacing(row: usize, tight: bool) -> VirtualFile {
    file(&format!("spacing/{row}"), &json!({"tight": tight}))
}

/// The choices over the look of the pages.
pub fn layout_file(layout: Layout) -> VirtualFile {
    let Layout { text_size, judgement, sparkline, key_column } = layout;
    let choices = json!({
        "text-size": text_size.points(),
        "judgement": judgement, "sparkline": sparkline, "key-column": key_column,
    });
    file("layout", &choices)
}

fn imprint(imprint: &Imprint) -> Value {
    json!({"mark": imprint.mark, "notice": imprint.notice})
}

fn front_matter(report: &Report) -> Value {
    let missing = |set| report.incomplete.contains(&set);
    json!({
        "title": report.full_title(),
        "title-lines": report.title_lines,
        "status": report.status,
        "author": report.author,
        "council": report.council,
        "date": {
            "text": report.date.long(),
            "year": report.date.year, "month": report.date.month, "day": report.date.day,
        },
        "duplex": report.print.duplex,
        "contents-depth": report.contents_depth(),
        // Data sets with faults: blocks that need them stay empty instead of failing again.
        "incomplete": {
            "pillars": missing(DataSet::Pillars), "indicators": missing(DataSet::Indicators),
            "initiatives": missing(DataSet::Initiatives), "figures": missing(DataSet::Figures),
            "tables": missing(DataSet::Tables),
        },
    })
}

fn pages(report: &Report) -> Vec<Value> {
    let mut seen_pillar = None;
    let mut chapter = String::new();
    let row = |(index, row): (usize, &PageRow)| {
        if let Some((number, title)) = &row.chapter {
            chapter = format!("{number}　{title}");
        }
        // Every page says where it stands; the author's words come first.
        let running = if row.running.is_empty() { &chapter } else { &row.running };
        let repeated = row.pillar.is_some() && row.pillar == seen_pillar;
        seen_pillar.clone_from(&row.pillar);
        let pillar =
            row.pillar.as_ref().and_then(|name| report.pillars.iter().find(|p| p.name == *name));
        json!({
            "index": index,
            "at": row.place.located(),
            "kind": match row.kind {
                PageKind::Cover => "cover",
                PageKind::Contents => "contents",
                PageKind::Body => "body",
                PageKind::Blank => "blank",
            },
            "format": row.format.name(),
            "chapter": row.chapter.as_ref().map(|(number, title)| json!({"number": number, "title": title})),
            "title": row.title,
            "running": running,
            "pillar": pillar.map(self::pillar),
            // The pillar's heading stands on the first of its pages; later ones repeat it.
            "pillar-repeated": repeated,
            "measure": row.measure,
            // Prose that begins with items, and not with a heading, needs no level for one.
            "first-depth": row.prose.and_then(|index| report.prose[index].headings.first()).map_or(1, |h| h.0),
            "prose": row.prose.map(|index| format!("/{}", report.prose[index].file)),
        })
    };
    report.pages.iter().enumerate().map(row).collect()
}

fn pillar(pillar: &Pillar) -> Value {
    json!({
        "number": pillar.number, "name": pillar.name, "subtitle": pillar.subtitle,
        "phrases": phrases(&pillar.name), "at": pillar.place.located(),
    })
}

/// What the rows have in common, and the number of each row's file by its names.
fn indicator_names(report: &Report) -> Value {
    let (indicators, state) = (&report.indicators, report.indicators_state);
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, row) in indicators.rows.iter().enumerate() {
        names.insert(&row.name, index);
        if !row.short.is_empty() {
            names.insert(&row.short, index);
        }
    }
    // The template looks a row up by what the call says, which may be another form of the name.
    let calls = report.prose.iter().flat_map(|prose| &prose.calls);
    let tables = calls.filter(|call| call.name == "指標表").flat_map(|call| &call.arguments);
    for name in tables.filter_map(Argument::literal) {
        if !names.contains_key(name)
            && let Some(index) = indicators.rows.iter().position(|row| row.answers_to(name))
        {
            names.insert(name, index);
        }
    }
    json!({"periods": periods(indicators), "names": names, "state": state})
}

/// The numbers of all figures, in every form in which the prose places them.
fn figure_numbers(report: &Report) -> BTreeMap<&str, bool> {
    let numbers = report.figures.iter().map(|figure| figure.number.as_str());
    numbers.chain(spelled_numbers(report).into_keys()).map(|number| (number, true)).collect()
}

fn periods(indicators: &Indicators) -> Vec<String> {
    indicators.periods.iter().map(ToString::to_string).collect()
}

/// One file a row, so that a changed cell touches only the pages that show its row.
fn indicators(indicators: &Indicators, layout: Layout) -> impl Iterator<Item = VirtualFile> {
    let periods = periods(indicators);
    let rows = indicators.rows.iter().enumerate();
    rows.map(move |(index, row)| {
        file(&format!("indicators/{index}"), &indicator(row, &periods, layout))
    })
}

fn indicator(row: &Indicator, periods: &[String], layout: Layout) -> Value {
    let quantity = |value: &Option<Quantity>| quantity(value, row.notation);
    let values = |values: &[Option<Quantity>]| -> serde_json::Map<String, Value> {
        periods.iter().cloned().zip(values.iter().map(quantity)).collect()
    };
    let breakdowns = row.breakdowns.iter().map(|breakdown| {
        let bare: Vec<Option<String>> = breakdown
            .values
            .iter()
            .map(|value| value.as_ref().map(|value| row.notation.format(value.exact)))
            .collect();
        json!({"name": breakdown.name, "phrases": phrases(&breakdown.name), "values": values(&breakdown.values),
               "bare": periods.iter().cloned().zip(bare).collect::<BTreeMap<_, _>>()})
    });
    let signs: BTreeMap<&str, &str> =
        row.signs.iter().map(|(name, sign)| (name.as_str(), sign.text())).collect();
    // Templates of earlier editions know of … alone.
    let unknown: Vec<&str> =
        signs.iter().filter(|(_, text)| **text == "…").map(|(name, _)| *name).collect();
    let target = row.target.as_ref().and_then(|target| target.exact);
    json!({
        "unit-at": match row.unit_at() {
            UnitAt::Target => "target",
            UnitAt::Name => "name",
            UnitAt::Nowhere => "nowhere",
        },
        "judgement": layout.judgement.then(|| judgement(row)),
        "sparkline": layout.sparkline.then(|| sparkline(&exact(&row.values), target)),
        "name": row.name, "phrases": phrases(&row.name), "unit": row.unit, "at": row.place.located(),
        "target": row.target.as_ref().map(|target| json!({
            "text": target.text, "in-table": row.target_in_table(), "exact": target.exact, "at": target.place.located(),
        })),
        "baseline": quantity(&row.baseline),
        "values": values(&row.values), "signs": signs, "unknown": unknown, "breakdowns": breakdowns.collect::<Vec<_>>(),
    })
}

/// The values of the years as numbers.
fn exact(values: &[Option<Quantity>]) -> Vec<Option<Decimal>> {
    values.iter().map(|value| value.as_ref().map(|value| value.exact)).collect()
}

fn quantity(quantity: &Option<Quantity>, notation: Notation) -> Value {
    json!(quantity.as_ref().map(|quantity| json!({
        "text": quantity.text, "bare": notation.format(quantity.exact),
        "exact": quantity.exact, "at": quantity.place.located(),
    })))
}

/// 判定: the mark for the eye, the word for all, and the cells behind them.
fn judgement(row: &Indicator) -> Value {
    let latest = row.values.last().and_then(Option::as_ref).map(|value| &value.place);
    let cells = latest.into_iter().chain(row.target.as_ref().map(|target| &target.place));
    let cells = cells.map(|place| format!("{BETWEEN_CELLS}{}", place.located()));
    let judgement = row.judgement();
    json!({
        "mark": judgement.mark(), "word": judgement.word(),
        "from": format!("computed|「{}」の判定{}", row.called(), cells.collect::<String>()),
    })
}

/// What the box 達成状況 counts; `null` where there is nothing to count.
fn achievement(report: &Report) -> Value {
    let (targets, reached) = report.indicators.targets();
    let initiatives = StatusCount::of(&report.initiatives, None);
    let part = |total: usize, count: usize| (total > 0).then(|| json!([total, count]));
    json!({
        "targets": part(targets, reached),
        "initiatives": part(initiatives.total, initiatives.counts[0]),
        "state": report.indicators_state.max(report.initiatives_state),
    })
}

/// The initiatives in their order, and the index of each by its number.
fn initiatives(initiatives: &[Initiative]) -> Value {
    let item = |item: &Initiative| {
        let departments = item.departments.split('、').map(phrases);
        json!({
            "phrases": {
                "name": phrases(&item.name), "pillar": phrases(&item.pillar),
                "measure": phrases(&item.measure), "departments": departments.collect::<Vec<_>>(),
            },
            "at": {
                "number": item.place.located(), "name": item.cells.name.located(),
                "pillar": item.cells.pillar.located(), "measure": item.cells.measure.located(),
                "departments": item.cells.departments.located(), "action": item.cells.action.located(),
            },
            "number": item.number, "pillar": item.pillar, "measure": item.measure, "name": item.name,
            "departments": item.departments, "action": item.action, "remark": item.remark,
            "status": {"name": item.status.name(), "short": item.status.short(), "badge": item.status.badge()},
        })
    };
    let names: BTreeMap<String, usize> = initiatives
        .iter()
        .enumerate()
        .map(|(index, item)| (item.number.to_string(), index))
        .collect();
    json!({"names": names, "rows": initiatives.iter().map(item).collect::<Vec<_>>()})
}

fn status(report: &Report) -> Value {
    let count = |pillar: Option<&str>| {
        let count = StatusCount::of(&report.initiatives, pillar);
        let shares =
            count.shares().map(|share| share.map(|share| format!("{}%", grouped(share, 1))));
        let cells: Vec<Value> = count
            .counts
            .iter()
            .zip(shares)
            .map(|(count, share)| json!({"count": count, "share": share}))
            .collect();
        json!({"total": count.total, "cells": cells})
    };
    let rows: BTreeMap<&str, Value> =
        report.pillars.iter().map(|p| (p.name.as_str(), count(Some(&p.name)))).collect();
    let names = Status::ALL.map(Status::name);
    json!({"names": names, "pillars": rows, "all": count(None),
           "rounded": StatusCount::any_rounded(&report.initiatives, &report.pillars), "state": report.initiatives_state})
}

/// The long form of every year that the prose names: `R6` is `令和6年度`.
fn years(report: &Report) -> Value {
    let arguments =
        report.prose.iter().flat_map(|prose| &prose.calls).flat_map(|call| &call.arguments);
    let named = arguments.filter_map(|argument| argument.literal());
    let years: BTreeMap<_, _> =
        named.filter_map(|text| Some((text, FiscalYear::parse(text)?.long()))).collect();
    json!(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_narrow_cells_come_with_their_phrases() {
        let name = "安心して暮らせる地域づくりの推進";
        let place = soukatsu_core::problem::Place::file("csv/pillars.csv");
        let told = pillar(&Pillar { number: 1, name: name.into(), subtitle: String::new(), place });
        let phrases = told["phrases"].as_array().unwrap();
        assert!(phrases.len() > 1, "{told}");
        let text: String = phrases.iter().filter_map(|phrase| phrase[0].as_str()).collect();
        assert_eq!(text, name);
    }
}
