//! What each table of the report prints, written down a second time and worked out from the raw
//! cells. Nothing of the engine is asked.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::accounts::{Accounts, Sheet, number, percent, printed};

/// A column of a table.
#[derive(Clone, Copy)]
pub enum Column {
    Text(&'static str),
    /// A number of the data with the digits of its column.
    Number(&'static str),
    /// The same as it is typed.
    Typed(&'static str),
    /// 構成比 in the total.
    Share(&'static str),
    /// 増減: of, from, digits, whether with +.
    Change(&'static str, &'static str, u32, bool),
    /// 増減率.
    Rate(&'static str, &'static str),
    /// 前年度比, 比率.
    Ratio(&'static str, &'static str),
    Rank(&'static str),
    /// 合計 of columns.
    Sum(&'static [&'static str]),
    /// 構成比 of such a sum.
    ShareOfSum(&'static [&'static str]),
    /// 比率 of a column by such a sum.
    RatioBySum(&'static str, &'static [&'static str]),
}

use Column::*;

/// A table of the report.
pub struct Plan {
    pub number: &'static str,
    pub title: &'static str,
    /// The pages that it may stand on.
    pub pages: &'static [u8],
    pub sheet: &'static str,
    pub columns: &'static [Column],
    /// The column of groups, and the names of subtotal and total that are worked out.
    pub group: Option<&'static str>,
    pub subtotal: Option<&'static str>,
    pub total: Option<&'static str>,
    /// The row of the data that is the whole of 構成比.
    pub whole: Option<&'static str>,
}

const PLAN: Plan = Plan {
    number: "",
    title: "",
    pages: &[],
    sheet: "",
    columns: &[],
    group: None,
    subtotal: None,
    total: None,
    whole: None,
};

const BUDGET: [&str; 3] = ["予算額 当初", "予算額 補正", "予算額 前年度繰越"];
const PURPOSES: [&str; 11] = [
    "議会費",
    "総務費",
    "民生費",
    "衛生費",
    "労働費",
    "農林水産業費",
    "商工費",
    "土木費",
    "消防費",
    "教育費",
    "公債費",
];

pub const PLANS: [Plan; 12] = [
    Plan {
        number: "1",
        title: "会計別の決算",
        pages: &[1],
        sheet: "kaikei",
        columns: &[
            Text("会計"),
            Number("予算現額"),
            Number("歳入 収入済額"),
            Ratio("歳入 収入済額", "予算現額"),
            Number("歳出 支出済額"),
            Number("歳出 翌年度繰越額"),
            Ratio("歳出 支出済額", "予算現額"),
            Change("歳入 収入済額", "歳出 支出済額", 0, false),
        ],
        ..PLAN
    },
    Plan {
        number: "2",
        title: "一般会計の決算収支の推移",
        pages: &[1],
        sheet: "shushi",
        columns: &[
            Text("区分"),
            Number("R5"),
            Number("R6"),
            Number("R7"),
            Change("R7", "R6", 0, false),
        ],
        ..PLAN
    },
    Plan {
        number: "3",
        title: "一般会計の歳入（款別）",
        pages: &[3],
        sheet: "sainyu",
        columns: &[
            Text("款"),
            Number("R5"),
            Share("R5"),
            Number("R6"),
            Share("R6"),
            Number("R7"),
            Share("R7"),
            Change("R7", "R6", 0, false),
            Rate("R7", "R6"),
        ],
        group: Some("財源"),
        subtotal: Some("小計"),
        total: Some("歳入合計"),
        ..PLAN
    },
    Plan {
        number: "4",
        title: "市税の収入額",
        pages: &[3, 4],
        sheet: "shizei",
        columns: &[Text("税目"), Number("R6"), Number("R7"), Ratio("R7", "R6")],
        ..PLAN
    },
    Plan {
        number: "5",
        title: "市税の収納率（現年課税分）",
        pages: &[3, 4],
        sheet: "shunoritsu",
        columns: &[Text("税目"), Number("R6"), Number("R7"), Change("R7", "R6", 2, true)],
        ..PLAN
    },
    Plan {
        number: "6",
        title: "一般会計の歳出（款別）",
        pages: &[4],
        sheet: "saishutsu",
        columns: &[
            Text("款"),
            Number("R5"),
            Number("R6"),
            Number("R7"),
            Share("R7"),
            Rank("R7"),
            Change("R7", "R6", 0, false),
            Rate("R7", "R6"),
        ],
        whole: Some("合　計"),
        ..PLAN
    },
    Plan {
        number: "7",
        title: "基金の残高",
        pages: &[5],
        sheet: "kikin",
        columns: &[
            Text("基金"),
            Number("令和6年度末"),
            Number("令和7年度 積立額"),
            Number("令和7年度 取崩し額"),
            Number("令和7年度末"),
            Change("令和7年度末", "令和6年度末", 0, false),
        ],
        ..PLAN
    },
    Plan {
        number: "8",
        title: "市債の残高",
        pages: &[6],
        sheet: "shisai",
        columns: &[Text("会計"), Number("R6"), Number("R7"), Change("R7", "R6", 0, true)],
        ..PLAN
    },
    Plan {
        number: "9",
        title: "健全化判断比率",
        pages: &[6],
        sheet: "kenzenka",
        columns: &[Text("比率"), Typed("R6"), Typed("R7"), Typed("早期健全化基準")],
        ..PLAN
    },
    Plan {
        number: "10",
        title: "主要な事業の一覧",
        pages: &[7, 8],
        sheet: "jigyo",
        // 款 stands once for all its rows.
        columns: &[
            Text("番号"),
            Text("事業名"),
            Number("決算額"),
            Number("うち一般財源"),
            Text("事業の内容"),
        ],
        ..PLAN
    },
    Plan {
        number: "11",
        title: "主な建設事業の事業費の内訳",
        pages: &[9],
        sheet: "uchiwake",
        columns: &[
            Text("節"),
            Number("予算額 当初"),
            Number("予算額 補正"),
            Number("予算額 前年度繰越"),
            Sum(&BUDGET),
            Number("決算額 支出済額"),
            Number("決算額 翌年度繰越"),
            RatioBySum("決算額 支出済額", &BUDGET),
        ],
        group: Some("事業"),
        subtotal: Some("計"),
        ..PLAN
    },
    Plan {
        number: "12",
        title: "一般会計の歳出（性質別、目的別）",
        pages: &[10],
        sheet: "seishitsu",
        columns: &[
            Text("性質"),
            Number("議会費"),
            Number("総務費"),
            Number("民生費"),
            Number("衛生費"),
            Number("労働費"),
            Number("農林水産業費"),
            Number("商工費"),
            Number("土木費"),
            Number("消防費"),
            Number("教育費"),
            Number("公債費"),
            Sum(&PURPOSES),
            ShareOfSum(&PURPOSES),
        ],
        group: Some("分類"),
        subtotal: Some("小計"),
        total: Some("歳出合計"),
        ..PLAN
    },
];

/// A cell of a column of numbers.
#[derive(Clone, Copy)]
enum Cell {
    Value(Decimal),
    /// －: nothing, as much as zero.
    None,
    Blank,
}

/// A row as it is printed: its name and its numbers by column.
struct Row<'s> {
    name: &'s str,
    cells: BTreeMap<&'s str, Cell>,
    texts: BTreeMap<&'s str, &'s str>,
    is_total: bool,
}

/// The rows that a table prints, each the texts of its cells joined; groups and labels that stand
/// over several rows apart.
pub fn rows(plan: &Plan, accounts: &Accounts) -> Option<Vec<String>> {
    let sheet = accounts.sheet(plan.sheet);
    let all: Vec<Row<'_>> = sheet.rows.iter().map(|cells| record(sheet, cells)).collect();
    let mut found = Vec::new();
    let groups: Vec<&str> = match plan.group {
        Some(group) => all.iter().map(|row| row.texts.get(group).copied().unwrap_or("")).collect(),
        None => vec![""; all.len()],
    };
    let parts: Vec<&Row<'_>> = all.iter().filter(|row| !row.is_total).collect();
    let whole = plan.whole.and_then(|name| all.iter().find(|row| row.name == name));
    let sum = match (whole, plan.total) {
        (Some(row), _) => Some(record_again(row)),
        (None, Some(name)) => Some(together(name, &parts)),
        (None, None) => None,
    };
    for (at, row) in all.iter().enumerate() {
        if plan.group.is_some() && (at == 0 || groups[at] != groups[at - 1]) {
            found.push(groups[at].to_owned());
        }
        found.push(line(plan, sheet, row, sum.as_ref(), &parts)?);
        let ends = plan.group.is_some() && groups.get(at + 1) != Some(&groups[at]);
        if let (true, Some(name)) = (ends, plan.subtotal) {
            let first = (0..=at).rev().take_while(|row| groups[*row] == groups[at]).last()?;
            let own: Vec<&Row<'_>> = all[first..=at].iter().collect();
            found.push(line(plan, sheet, &together(name, &own), sum.as_ref(), &parts)?);
        }
    }
    if plan.total.is_some() {
        found.push(line(plan, sheet, sum.as_ref()?, sum.as_ref(), &parts)?);
    }
    Some(found)
}

fn record<'s>(sheet: &'s Sheet, cells: &'s [String]) -> Row<'s> {
    let named = || sheet.header.iter().map(String::as_str).zip(cells.iter().map(String::as_str));
    let cell = |text: &str| match text {
        "" => Cell::Blank,
        text => number(text).map_or(Cell::None, Cell::Value),
    };
    let name = cells.iter().map(String::as_str).take(1).next().unwrap_or("");
    let is_total = matches!(name.replace('　', "").as_str(), "計" | "合計" | "特別会計小計");
    Row {
        name,
        cells: named().map(|(header, text)| (header, cell(text))).collect(),
        texts: named().collect(),
        is_total,
    }
}

fn record_again<'s>(row: &Row<'s>) -> Row<'s> {
    Row { name: row.name, cells: row.cells.clone(), texts: row.texts.clone(), is_total: true }
}

/// What rows make together.
fn together<'s>(name: &'s str, parts: &[&Row<'s>]) -> Row<'s> {
    let mut cells = BTreeMap::new();
    for column in parts.iter().flat_map(|row| row.cells.keys()) {
        let values: Vec<Decimal> =
            parts.iter().filter_map(|row| value(row.cells.get(column).copied())).collect();
        let sum = if values.is_empty() { Cell::None } else { Cell::Value(values.iter().sum()) };
        cells.insert(*column, sum);
    }
    Row { name, cells, texts: BTreeMap::new(), is_total: true }
}

fn value(cell: Option<Cell>) -> Option<Decimal> {
    match cell {
        Some(Cell::Value(value)) => Some(value),
        _ => None,
    }
}

/// What a change is worked out from: － is as much as zero.
fn amount(cell: Option<Cell>) -> Option<Decimal> {
    match cell? {
        Cell::Value(value) => Some(value),
        Cell::None => Some(Decimal::ZERO),
        Cell::Blank => None,
    }
}

const DASH: &str = "－";

fn line(
    plan: &Plan,
    sheet: &Sheet,
    row: &Row<'_>,
    whole: Option<&Row<'_>>,
    parts: &[&Row<'_>],
) -> Option<String> {
    let mut text = String::new();
    let labels = plan.columns.iter().take_while(|column| matches!(column, Text(_))).count();
    for (at, column) in plan.columns.iter().enumerate() {
        let first = at == 0 && row.texts.is_empty();
        text += &match column {
            Text(_) if first => row.name.to_owned(),
            Text(name) if at < labels || !row.texts.is_empty() => {
                sheet.column(name)?;
                row.texts.get(name).copied().unwrap_or("").to_owned()
            }
            Text(_) => String::new(),
            number => cell(*number, sheet, row, whole, parts)?,
        };
    }
    Some(text)
}

fn cell(
    column: Column,
    sheet: &Sheet,
    row: &Row<'_>,
    whole: Option<&Row<'_>>,
    parts: &[&Row<'_>],
) -> Option<String> {
    let of = |name: &str| row.cells.get(name).copied();
    let plain = |name: &str, digits: u32| match of(name) {
        Some(Cell::Value(value)) => printed(value, digits),
        Some(Cell::None) => DASH.to_owned(),
        Some(Cell::Blank) | None => String::new(),
    };
    let share = |own: Option<Decimal>, all: Option<Decimal>| {
        own.zip(all).and_then(|(own, all)| percent(own, all))
    };
    let shown = |value: Option<Decimal>| value.map_or(DASH.to_owned(), |value| printed(value, 1));
    let sum = |row: &Row<'_>, names: &[&str]| {
        let values: Vec<Decimal> =
            names.iter().filter_map(|name| value(row.cells.get(name).copied())).collect();
        (!values.is_empty()).then(|| values.iter().sum::<Decimal>())
    };
    let pair = |of_name: &str, from: &str| {
        let (one, other) = (amount(of(of_name)), amount(of(from)));
        let some = value(of(of_name)).is_some() || value(of(from)).is_some();
        one.zip(other).filter(|_| some)
    };
    Some(match column {
        Text(_) => String::new(),
        Number(name) => {
            let at = sheet.column(name)?;
            let digits = sheet.rows.iter().filter_map(|row| number(row.get(at)?));
            plain(name, digits.map(|value| value.scale()).max().unwrap_or(0))
        }
        Typed(name) => plain(name, value(of(name)).map_or(0, |value| value.scale())),
        Share(name) => match of(name) {
            Some(Cell::Blank) => String::new(),
            own => {
                shown(share(value(own), whole.and_then(|row| value(row.cells.get(name).copied()))))
            }
        },
        Change(one, other, digits, plus) => match pair(one, other) {
            Some((is, was)) if plus && is > was => format!("+{}", printed(is - was, digits)),
            Some((is, was)) => printed(is - was, digits),
            None => DASH.to_owned(),
        },
        Rate(one, other) => match pair(one, other) {
            Some((is, was)) if was.is_zero() && is > was => "皆増".to_owned(),
            Some((is, was)) if is.is_zero() && was > is => "皆減".to_owned(),
            Some((is, was)) if was > Decimal::ZERO => shown(percent(is - was, was)),
            _ => DASH.to_owned(),
        },
        Ratio(one, other) => match pair(one, other) {
            Some((is, was)) if was > Decimal::ZERO => shown(percent(is, was)),
            _ => DASH.to_owned(),
        },
        Rank(_) if row.is_total => String::new(),
        Rank(name) => match of(name) {
            Some(Cell::Value(own)) => {
                let others = parts.iter().filter_map(|row| value(row.cells.get(name).copied()));
                (1 + others.filter(|other| *other > own).count()).to_string()
            }
            Some(Cell::None) => DASH.to_owned(),
            Some(Cell::Blank) | None => String::new(),
        },
        Sum(names) => {
            let all = sum(row, names);
            all.map_or(DASH.to_owned(), |value| printed(value, 0))
        }
        ShareOfSum(names) => shown(share(sum(row, names), whole.and_then(|row| sum(row, names)))),
        RatioBySum(one, names) => match (amount(of(one)), sum(row, names)) {
            (Some(is), Some(was)) if was > Decimal::ZERO => shown(percent(is, was)),
            _ => DASH.to_owned(),
        },
    })
}
