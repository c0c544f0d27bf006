//! What the tables, headings, lists and captions must print, computed from the raw cells.
//!
//! The ledger covers the sentences; this covers all that the template makes of the data.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::proof::data::{Data, Initiative};
use crate::proof::format::share;
use crate::proof::manifest::Entry;
use crate::proof::pages::{Pages, joined};

/// The indicators whose tables stand on a page.
const TABLES: [(u8, &[&str]); 8] = [
    (2, &["財政状況"]),
    (3, &["市民満足度"]),
    (4, &["働きやすさ"]),
    (5, &["地域活動参加率", "市政関心度"]),
    (8, &["超過勤務時間"]),
    (11, &["やりがい", "女性割合"]),
    (14, &["人件費比率", "実質公債費比率", "財政調整基金"]),
    (17, &["業務改善実感"]),
];

/// The page of each figure.
const FIGURES: [(&str, u8); 18] = [
    ("1", 2),
    ("2", 3),
    ("3", 3),
    ("4", 3),
    ("5", 4),
    ("6-1", 4),
    ("6-2", 4),
    ("7", 5),
    ("8", 5),
    ("9", 8),
    ("10", 9),
    ("11-1", 10),
    ("11-2", 10),
    ("12", 11),
    ("13-1", 11),
    ("13-2", 11),
    ("14-1", 17),
    ("14-2", 17),
];

/// Printed under the heading of another measure than the list's, as report.toml settles it.
const ELSEWHERE: [&str; 3] = ["18", "31", "32"];

/// What must stand on a page and does not.
pub fn missing(data: &Data, pages: &Pages) -> Vec<String> {
    let wanted = expected(data).into_iter().filter(|(page, text)| {
        let text = joined(text);
        match page {
            // The list runs over two pages.
            20 | 21 => !pages.text(20).contains(&text) && !pages.text(21).contains(&text),
            page => !pages.text(*page).contains(&text),
        }
    });
    wanted.map(|(page, text)| format!("{page}ページに「{text}」がない")).collect()
}

fn expected(data: &Data) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    for (page, shorts) in TABLES {
        found.extend(shorts.iter().map(|short| (page, table_row(data, short))));
    }
    // The dashed lines of 図9 and 図14-1 are drawn for what is there.
    let target = |short| data.printed_target(short).map(|text| format!("目標値{text}"));
    found.extend(target("超過勤務時間").map(|text| (8, text)));
    found.extend(target("業務改善実感").map(|text| (17, text)));
    let base = data.printed("業務改善実感", "基準値");
    found.extend(base.map(|text| (17, format!("基準値{text}"))));
    found.extend(captions(data));
    found.extend(headings(data));
    for item in &data.initiatives {
        let Initiative { number, name, departments, .. } = item;
        let status = listed(&item.status);
        found.push((20, format!("{name}{number}{departments}{status}")));
        found.push((20, item.pillar.clone()));
        found.push((20, item.measure.clone()));
    }
    found.extend(summary(data).into_iter().map(|row| (20, row)));
    found
}

/// A row of a table of indicators: name, target, base value, years.
fn table_row(data: &Data, short: &str) -> String {
    let dash = || "－".to_owned();
    let mut row = data.text(short, "指標").unwrap_or_default().to_owned();
    row += &data.unit_with_name(short).map_or(String::new(), |unit| format!("（単位：{unit}）"));
    row += &data.target_in_table(short).unwrap_or_else(dash);
    row += &data.printed_bare(short, "基準値").unwrap_or_else(dash);
    for year in data.periods() {
        row += &data.printed_bare(short, &year).unwrap_or_else(dash);
        for part in data.parts(short) {
            let part = data.printed_part(short, &part, &year);
            row += &part.map_or(String::new(), |part| format!("（{part}）"));
        }
    }
    row
}

pub fn figure_page(number: &str) -> u8 {
    FIGURES.iter().find(|(known, _)| *known == number).map_or(0, |(_, page)| *page)
}

fn captions(data: &Data) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    for figure in &data.captions {
        let text = |key: &str| figure.get(key).map(String::as_str);
        let (Some(number), Some(title)) = (text("number"), text("title")) else { continue };
        let page = figure_page(number);
        found.push((page, format!("【図{number}】{title}")));
        let Some(unit) = text("unit") else { continue };
        let shares_of_amounts = text("kind").is_some_and(|kind| kind.starts_with("percent-"));
        if shares_of_amounts && unit != "%" {
            // The axis is in percent then, and each amount carries its unit.
            let first = data.figure(&format!("図{number}")).and_then(|figure| figure.rows.get(1));
            let cell = first.and_then(|row| row.get(1));
            found.push((page, format!("{}{unit}", cell.map_or("", String::as_str))));
            found.push((page, "（%）".to_owned()));
        } else if text("kind") != Some("shares") {
            found.push((page, format!("（{unit}）")));
        }
    }
    found
}

/// The pages of the manifest that have prose, with their printed numbers.
fn prose_pages(data: &Data) -> Vec<(u8, &Entry)> {
    (1..).zip(data.pages.iter().filter(|page| page.contains_key("prose"))).collect()
}

/// Headings of pillars and initiatives on pages 5–19.
fn headings(data: &Data) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    for (number, page) in prose_pages(data) {
        let pillar = page.get("pillar").map(String::as_str);
        let Some(pillar) = data.pillars.iter().find(|own| Some(own.name.as_str()) == pillar) else {
            continue;
        };
        let subtitle = match pillar.subtitle.as_str() {
            "" => String::new(),
            subtitle => format!("（{subtitle}）"),
        };
        found.push((number, format!("{}.{}{subtitle}", pillar.number, pillar.name)));
    }
    for item in &data.initiatives {
        let page = home(&item.number);
        let badge = match item.status.as_str() {
            "実施済" => "実施",
            "未実施又は検討中" => "未実施/検討中",
            other => other,
        };
        found.push((page, format!("{}{}【{badge}】", item.number, item.name)));
        if !item.action.is_empty() {
            found.push((page, format!("具体的取組：{}", item.action)));
            if !item.note.is_empty() {
                found.push((page, format!("（{}）", item.note)));
            }
        }
    }
    found
}

/// The page that reports on an initiative.
fn home(number: &str) -> u8 {
    let ends =
        [(4, 6), (9, 7), (12, 9), (15, 10), (18, 12), (21, 13), (25, 15), (28, 16), (32, 18)];
    let number: u32 = number.parse().unwrap_or(0);
    ends.iter().find(|(last, _)| number <= *last).map_or(19, |(_, page)| *page)
}

fn listed(status: &str) -> &str {
    if status == "未実施又は検討中" { "未実施/検討中" } else { status }
}

/// The rows of the summary: count and share of each status, a pillar and in all.
fn summary(data: &Data) -> Vec<String> {
    let row = |name: String, own: &dyn Fn(&Initiative) -> bool| {
        let items: Vec<_> = data.initiatives.iter().filter(|item| own(item)).collect();
        let mut row = format!("{name}{}", items.len());
        for status in ["実施済", "一部実施", "未実施又は検討中"] {
            let count = items.iter().filter(|item| item.status == status).count();
            let share = share(Decimal::from(count), Decimal::from(items.len()));
            row += &count.to_string();
            row += &share.map_or(String::new(), |share| format!("（{share}%）"));
        }
        row
    };
    let mut rows: Vec<String> = data
        .pillars
        .iter()
        .map(|p| row(format!("{}.{}", p.number, p.name), &|item| item.pillar == p.name))
        .collect();
    rows.push(row("合計".to_owned(), &|_| true));
    rows
}

/// Initiatives that stand under the heading of another pillar or measure than theirs.
///
/// The finding, and the initiative's number.
pub fn misplaced(data: &Data, pages: &Pages) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let homes: BTreeMap<u8, &Entry> = prose_pages(data).into_iter().collect();
    for item in &data.initiatives {
        let number = home(&item.number);
        let heading = format!("{}{}【", item.number, item.name);
        let Some(page) = homes.get(&number) else { continue };
        if !pages.text(number).contains(&joined(&heading)) {
            continue;
        }
        let differs = |key: &str, own: &str| page.get(key).is_some_and(|text| text != own);
        let measure = differs("measure", &item.measure);
        if differs("pillar", &item.pillar) || measure && !ELSEWHERE.contains(&&*item.number) {
            let finding = format!("{number}ページの取組{}が別の体系・施策の下にある", item.number);
            found.push((finding, item.number.clone()));
        }
    }
    found
}
