//! The ledger of the accounts: every figure and every claim of their prose that rests on the data.

use rust_decimal::Decimal;

use super::accounts::{Accounts, percent, printed};
use crate::proof::statements::Statement;

/// Whether a phrase is true of the data; `None` where they lack what it speaks of.
type Holds = Box<dyn Fn(&Accounts) -> Option<bool> + Send + Sync>;

/// A phrase of the pages.
pub struct Said {
    /// The first page of the prose in which it stands; the file is named by it.
    pub prose: u8,
    pub page: u8,
    /// As printed; it stands nowhere else on its page.
    pub phrase: &'static str,
    holds: Holds,
}

impl Said {
    pub fn is_true(&self, accounts: &Accounts) -> bool {
        (self.holds)(accounts) == Some(true)
    }

    /// The same for those who look where it stands in the prose.
    pub fn statement(&self) -> Statement {
        Statement::planted(self.prose, self.phrase, |_| None)
    }
}

/// A claim.
fn say(
    (prose, page): (u8, u8),
    phrase: &'static str,
    holds: impl Fn(&Accounts) -> Option<bool> + Send + Sync + 'static,
) -> Said {
    Said { prose, page, phrase, holds: Box::new(holds) }
}

/// A figure with its unit: it must stand in the phrase.
fn figure(
    at: (u8, u8),
    phrase: &'static str,
    unit: &'static str,
    digits: u32,
    value: impl Fn(&Accounts) -> Option<Decimal> + Send + Sync + 'static,
) -> Said {
    say(at, phrase, move |accounts| {
        let text = printed(value(accounts)?, digits);
        let found = phrase.find(&format!("{text}{unit}"))?;
        Some(!phrase[..found].ends_with(|c: char| c.is_ascii_digit() || ",△-".contains(c)))
    })
}

/// A cell in 千円.
fn amount(
    at: (u8, u8),
    phrase: &'static str,
    (sheet, row, column): (&'static str, &'static str, &'static str),
) -> Said {
    figure(at, phrase, "千円", 0, move |accounts| accounts.at(sheet, row, column))
}

/// By how much a row moved between two columns, in words: 953,056千円増加.
fn moved(
    at: (u8, u8),
    phrase: &'static str,
    (sheet, row): (&'static str, &'static str),
    (from, to): (&'static str, &'static str),
    (up, down): (&'static str, &'static str),
) -> Said {
    say(at, phrase, move |accounts| {
        let by = accounts.at(sheet, row, to)? - accounts.at(sheet, row, from)?;
        let word = if by > Decimal::ZERO { up } else { down };
        Some(phrase.contains(&format!("{}千円{word}", printed(by.abs(), 0))))
    })
}

const DONE: (&str, &str) = ("増加", "減少");

fn revenue(accounts: &Accounts, year: &str) -> Option<Decimal> {
    accounts.sum("sainyu", year, |_| true)
}

fn of_source(accounts: &Accounts, source: &str) -> Option<Decimal> {
    accounts.sum("sainyu", "R7", |row| row[0] == source)
}

/// What a kind of expense makes over all purposes.
fn by_nature(accounts: &Accounts, of: impl Fn(&[String]) -> bool + Copy) -> Option<Decimal> {
    let sheet = accounts.sheet("seishitsu");
    sheet.header[2..].iter().map(|purpose| accounts.sum("seishitsu", purpose, of)).sum()
}

/// The natures of a purpose, the largest first.
fn largest<'a>(accounts: &'a Accounts, purpose: &str) -> Option<Vec<&'a str>> {
    let sheet = accounts.sheet("seishitsu");
    let at = sheet.column(purpose)?;
    let mut rows: Vec<(Decimal, &str)> = sheet
        .rows
        .iter()
        .filter_map(|row| Some((super::accounts::number(row.get(at)?)?, row[1].as_str())))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    Some(rows.into_iter().map(|(_, name)| name).collect())
}

/// Rows of 歳出 in a year, the largest first.
fn purposes(accounts: &Accounts) -> Option<Vec<&str>> {
    let sheet = accounts.sheet("saishutsu");
    let at = sheet.column("R7")?;
    let rows = sheet.rows.iter().filter(|row| row[0] != "合　計");
    let mut rows: Vec<(Decimal, &str)> = rows
        .filter_map(|row| Some((super::accounts::number(row.get(at)?)?, row[0].as_str())))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    Some(rows.into_iter().map(|(_, name)| name).collect())
}

fn execution(accounts: &Accounts, row: &str) -> Option<Decimal> {
    let spent = accounts.at("kaikei", row, "歳出 支出済額")?;
    percent(spent, accounts.at("kaikei", row, "予算現額")?)
}

/// 執行率 of a project of construction.
fn progress(accounts: &Accounts, project: &str) -> Option<Decimal> {
    let own = |row: &[String]| row[0] == project;
    let budget: Option<Decimal> = ["予算額 当初", "予算額 補正", "予算額 前年度繰越"]
        .into_iter()
        .map(|column| accounts.sum("uchiwake", column, own))
        .sum();
    percent(accounts.sum("uchiwake", "決算額 支出済額", own)?, budget?)
}

/// The values of a column from a row on.
fn from_row(accounts: &Accounts, sheet: &str, column: &str, first: &str) -> Option<Vec<Decimal>> {
    let sheet = accounts.sheet(sheet);
    let at = sheet.column(column)?;
    let rows = sheet.rows.iter().skip_while(|row| row[0] != first);
    let values: Option<Vec<Decimal>> =
        rows.map(|row| super::accounts::number(row.get(at)?)).collect();
    values.filter(|values| values.len() > 1)
}

fn falls(values: &[Decimal]) -> bool {
    values.windows(2).all(|pair| pair[1] < pair[0])
}

fn greater(one: Option<Decimal>, other: Option<Decimal>) -> Option<bool> {
    Some(one? > other?)
}

/// The highest of a column of the figure or table of years, all but one year looked at.
fn highest_in_r7(accounts: &Accounts, sheet: &str, column: &str, without: &str) -> Option<bool> {
    let own = accounts.at(sheet, "R7", column)?;
    let table = accounts.sheet(sheet);
    let at = table.column(column)?;
    let others = table.rows.iter().filter(|row| row[0] != "R7" && row[0] != without);
    let others: Option<Vec<Decimal>> =
        others.map(|row| super::accounts::number(row.get(at)?)).collect();
    Some(others?.iter().all(|other| *other < own))
}

/// The whole ledger, page by page.
pub fn all() -> Vec<Said> {
    [overview(), revenues(), expenses(), funds(), projects(), annex()]
        .into_iter()
        .flatten()
        .collect()
}

fn overview() -> Vec<Said> {
    let p = (1, 1);
    let balance = |accounts: &Accounts, year| accounts.at("shushi", "実質単年度収支", year);
    vec![
        say(p, "一般会計は黒字", |a| {
            Some(a.at("shushi", "実質収支", "R7")? > Decimal::ZERO)
        }),
        say(p, "ともに前年度を上回る", |a| {
            let grows = |row| greater(a.at("shushi", row, "R7"), a.at("shushi", row, "R6"));
            Some(grows("歳入総額")? && grows("歳出総額")?)
        }),
        amount(p, "歳入が26,251,738千円", ("kaikei", "一般会計", "歳入 収入済額")),
        amount(p, "歳出が25,687,268千円", ("kaikei", "一般会計", "歳出 支出済額")),
        amount(p, "形式収支は564,470千円", ("shushi", "形式収支", "R7")),
        amount(p, "実質収支は445,567千円", ("shushi", "実質収支", "R7")),
        say(p, "の黒字となった", |a| {
            Some(a.at("shushi", "実質収支", "R7")? > Decimal::ZERO)
        }),
        say(p, "最も大きい【図1】", |a| {
            let highest = |column| highest_in_r7(a, "fig-01", column, "R2");
            Some(highest("歳入")? && highest("歳出")?)
        }),
        say(p, "実質単年度収支は赤字が続く", move |a| {
            Some(balance(a, "R7")? < Decimal::ZERO)
        }),
        say(p, "その幅は縮小", move |a| greater(balance(a, "R7"), balance(a, "R6"))),
        amount(p, "実質単年度収支は△135,950千円", ("shushi", "実質単年度収支", "R7")),
        say(p, "3年続けて赤字", move |a| {
            let below = |year| Some(balance(a, year)? < Decimal::ZERO);
            Some(below("R5")? && below("R6")? && below("R7")?)
        }),
        amount(p, "前年度の△227,116千円", ("shushi", "実質単年度収支", "R6")),
        amount(p, "取崩し380,000千円", ("shushi", "財政調整基金の取崩し額", "R7")),
        figure(p, "特別会計の執行率は97.4%", "%", 1, |a| execution(a, "特別会計　小計")),
        amount(p, "支出済額は36,609,042千円", ("kaikei", "合　計", "歳出 支出済額")),
        figure(p, "一般会計の執行率が94.0%", "%", 1, |a| execution(a, "一般会計")),
        say(p, "94.0%にとどまる", |a| {
            greater(execution(a, "特別会計　小計"), execution(a, "一般会計"))
        }),
        amount(p, "のは、1,024,516千円", ("kaikei", "一般会計", "歳出 翌年度繰越額")),
    ]
}

fn revenues() -> Vec<Said> {
    let p = (2, 3);
    vec![
        figure(p, "歳入は26,251,738千円", "千円", 0, |a| revenue(a, "R7")),
        say(p, "前年度から953,056千円の増", |a| {
            let by = revenue(a, "R7")? - revenue(a, "R6")?;
            Some(printed(by, 0) == "953,056")
        }),
        figure(p, "（3.8%）となった【表3】", "%", 1, |a| {
            percent(revenue(a, "R7")? - revenue(a, "R6")?, revenue(a, "R6")?)
        }),
        figure(p, "自主財源は9,542,683千円", "千円", 0, |a| of_source(a, "自主財源")),
        figure(p, "歳入の36.4%", "%", 1, |a| {
            percent(of_source(a, "自主財源")?, revenue(a, "R7")?)
        }),
        say(p, "最も大きい市税", |a| {
            let own = a.at("sainyu", "市税", "R7")?;
            let sheet = a.sheet("sainyu");
            let at = sheet.column("R7")?;
            let others = sheet.rows.iter().filter(|row| row[1] != "市税");
            Some(others.filter_map(|row| super::accounts::number(row.get(at)?)).all(|v| v < own))
        }),
        say(p, "個人市民税が伸びた", |a| {
            greater(a.at("shizei", "市民税（個人）", "R7"), a.at("shizei", "市民税（個人）", "R6"))
        }),
        moved(p, "310,673千円増加", ("sainyu", "市税"), ("R6", "R7"), DONE),
        amount(p, "し、6,398,215千円", ("sainyu", "市税", "R7")),
        figure(p, "固定資産税は44.5%", "%", 1, |a| {
            percent(a.at("shizei", "固定資産税", "R7")?, a.at("shizei", "計", "R7")?)
        }),
        figure(p, "前年度の102.8%", "%", 1, |a| {
            percent(a.at("shizei", "固定資産税", "R7")?, a.at("shizei", "固定資産税", "R6")?)
        }),
        say(p, "全ての税目で上がった", |a| {
            let sheet = a.sheet("shunoritsu");
            let rows = sheet.rows.iter().filter(|row| row[0] != "市税全体");
            let grows = |row: &Vec<String>| {
                greater(a.at("shunoritsu", &row[0], "R7"), a.at("shunoritsu", &row[0], "R6"))
            };
            rows.map(grows).try_fold(true, |all, grows| Some(all && grows?))
        }),
        amount(p, "地方交付税が6,248,901千円", ("sainyu", "地方交付税", "R7")),
        amount(p, "国庫支出金が4,401,286千円", ("sainyu", "国庫支出金", "R7")),
        say(p, "歳入の6割余りを占める", |a| {
            let share = percent(of_source(a, "依存財源")?, revenue(a, "R7")?)?;
            Some(share > Decimal::from(60) && share < Decimal::from(70))
        }),
        amount(p, "建設により2,243,500千円", ("sainyu", "市債", "R7")),
        figure(p, "前年度から17.3%", "%", 1, |a| {
            let (is, was) = (a.at("sainyu", "市債", "R7")?, a.at("sainyu", "市債", "R6")?);
            percent(is - was, was)
        }),
        say(p, "17.3%の増", |a| {
            greater(a.at("sainyu", "市債", "R7"), a.at("sainyu", "市債", "R6"))
        }),
    ]
}

fn expenses() -> Vec<Said> {
    let p = (2, 4);
    let at = |row, year| move |a: &Accounts| a.at("saishutsu", row, year);
    vec![
        amount(p, "歳出は25,687,268千円", ("saishutsu", "合　計", "R7")),
        moved(p, "937,355千円の増", ("saishutsu", "合　計"), ("R6", "R7"), ("の増", "の減")),
        figure(p, "（3.8%）となった【表6】", "%", 1, move |a| {
            let (is, was) = (at("合　計", "R7")(a)?, at("合　計", "R6")(a)?);
            percent(is - was, was)
        }),
        say(p, "最も大きい民生費", |a| Some(*purposes(a)?.first()? == "民生費")),
        amount(p, "民生費は9,912,478千円", ("saishutsu", "民生費", "R7")),
        figure(p, "歳出の38.6%", "%", 1, move |a| {
            percent(at("民生費", "R7")(a)?, at("合　計", "R7")(a)?)
        }),
        say(p, "総務費、教育費がこれに続き", |a| {
            Some(purposes(a)?.get(..3)? == ["民生費", "総務費", "教育費"])
        }),
        say(p, "土木費は4番目", |a| Some(*purposes(a)?.get(3)? == "土木費")),
        moved(p, "423,379千円の増", ("saishutsu", "総務費"), ("R6", "R7"), ("の増", "の減")),
        moved(p, "325,333千円の増", ("saishutsu", "教育費"), ("R6", "R7"), ("の増", "の減")),
        say(p, "一段落し、減少", move |a| {
            greater(at("農林水産業費", "R6")(a), at("農林水産業費", "R7")(a))
        }),
        figure(p, "（△4.0%）した", "%", 1, move |a| {
            let (is, was) = (at("農林水産業費", "R7")(a)?, at("農林水産業費", "R6")(a)?);
            percent(is - was, was)
        }),
        amount(p, "公債費は1,798,340千円", ("saishutsu", "公債費", "R7")),
        say(p, "令和5年度から減り続けている", |a| {
            let years = ["R5", "R6", "R7"].map(|year| a.at("saishutsu", "公債費", year));
            Some(falls(&years.into_iter().collect::<Option<Vec<_>>>()?))
        }),
        say(p, "扶助費が最も大きく", |a| {
            let own = a
                .at("fig-02", "扶助費", "決算額")
                .or_else(|| a.at("fig-02", "扶助費", &a.sheet("fig-02").header[1]))?;
            let others = a.sheet("fig-02").rows.iter().filter(|row| row[0] != "扶助費");
            // その他 is no kind of its own.
            let others = others.filter(|row| row[0] != "その他");
            Some(others.filter_map(|row| super::accounts::number(&row[1])).all(|v| v < own))
        }),
        figure(p, "歳出の45.6%", "%", 1, |a| {
            let own = by_nature(a, |row| row[0] == "義務的経費")?;
            percent(own, by_nature(a, |_| true)?)
        }),
        figure(p, "普通建設事業費は4,318,034千円", "千円", 0, |a| {
            let row = a.sheet("fig-02").rows.iter().find(|row| row[0] == "普通建設事業費")?;
            super::accounts::number(&row[1])
        }),
    ]
}

fn funds() -> Vec<Said> {
    let p = (4, 5);
    let r = (4, 6);
    let debt = |a: &Accounts, year: &str| {
        Some(a.at("fig-04", year, "臨時財政対策債")? + a.at("fig-04", year, "その他の市債")?)
    };
    vec![
        amount(p, "基金の残高は5,735,494千円", ("kikin", "計", "令和7年度末")),
        moved(p, "125,759千円減少", ("kikin", "計"), ("令和6年度末", "令和7年度末"), DONE),
        say(p, "決算剰余金など", |a| {
            let own = a.at("kikin", "財政調整基金", "令和7年度 積立額")?;
            Some(own == a.at("shushi", "財政調整基金への積立金", "R7")?)
        }),
        amount(p, "214,802千円を積み立てる", ("kikin", "財政調整基金", "令和7年度 積立額")),
        say(p, "収支の不足に", |a| {
            let own = a.at("kikin", "財政調整基金", "令和7年度 取崩し額")?;
            Some(own == a.at("shushi", "財政調整基金の取崩し額", "R7")?)
        }),
        amount(p, "充てるため380,000千円", ("kikin", "財政調整基金", "令和7年度 取崩し額")),
        amount(p, "残高は2,519,319千円", ("kikin", "財政調整基金", "令和7年度末")),
        say(p, "令和4年度末から減り続けている", |a| {
            Some(falls(&from_row(a, "fig-03", "財政調整基金", "R4")?))
        }),
        say(p, "令和6年度末から増加に転じ", move |a| {
            let [r4, r5, r6, r7] = ["R4", "R5", "R6", "R7"].map(|year| debt(a, year));
            Some(r5? < r4? && r6? > r5? && r7? > r6?)
        }),
        amount(p, "17,383,155千円となった", ("shisai", "一般会計", "R7")),
        say(p, "臨時財政対策債は減り続けている", |a| {
            let first = a.sheet("fig-04").rows.first()?.first()?.clone();
            Some(falls(&from_row(a, "fig-04", "臨時財政対策債", &first)?))
        }),
        say(p, "企業債は償還が進んだ", |a| {
            let falls = |row| greater(a.at("shisai", row, "R6"), a.at("shisai", row, "R7"));
            Some(falls("水道事業会計")? && falls("下水道事業会計")?)
        }),
        amount(p, "残高は26,622,471千円", ("shisai", "計", "R7")),
        moved(p, "256,505千円増加", ("shisai", "計"), ("R6", "R7"), DONE),
        figure(r, "実質公債費比率は7.2%", "%", 1, |a| {
            a.at("kenzenka", "実質公債費比率", "R7")
        }),
        figure(r, "将来負担比率は41.3%", "%", 1, |a| a.at("kenzenka", "将来負担比率", "R7")),
        say(r, "早期健全化基準を下回る", |a| {
            let below =
                |row| greater(a.at("kenzenka", row, "早期健全化基準"), a.at("kenzenka", row, "R7"));
            Some(below("実質公債費比率")? && below("将来負担比率")?)
        }),
        say(r, "基金の減少により上昇", |a| {
            greater(a.at("kenzenka", "将来負担比率", "R7"), a.at("kenzenka", "将来負担比率", "R6"))
        }),
    ]
}

fn projects() -> Vec<Said> {
    let p = (5, 7);
    let q = (5, 8);
    let over = |a: &Accounts, project| Some(progress(a, project)? > Decimal::from(90));
    vec![
        amount(p, "864,215千円を投じた", ("jigyo", "庁舎整備事業", "決算額")),
        amount(p, "保育所等の運営に1,482,635千円", ("jigyo", "保育所等の運営", "決算額")),
        amount(p, "児童手当に768,420千円", ("jigyo", "児童手当", "決算額")),
        figure(q, "庁舎整備事業が95.9%", "%", 1, |a| progress(a, "庁舎整備事業")),
        figure(q, "第二小学校改築事業が96.4%", "%", 1, |a| {
            progress(a, "第二小学校改築事業")
        }),
        say(q, "いずれも9割を超えた", move |a| {
            Some(over(a, "庁舎整備事業")? && over(a, "第二小学校改築事業")?)
        }),
        figure(q, "橋りょう長寿命化事業は、98,400千円", "千円", 0, |a| {
            a.sum("uchiwake", "決算額 翌年度繰越", |row| row[0] == "橋りょう長寿命化事業")
        }),
        figure(q, "70.3%にとどまった", "%", 1, |a| progress(a, "橋りょう長寿命化事業")),
        say(q, "にとどまった", |a| {
            Some(progress(a, "橋りょう長寿命化事業")? < Decimal::from(80))
        }),
    ]
}

fn annex() -> Vec<Said> {
    let p = (7, 10);
    vec![
        say(p, "民生費では扶助費と繰出金", |a| {
            Some(largest(a, "民生費")?.get(..2)? == ["扶助費", "繰出金"])
        }),
        say(p, "土木費と教育費では普通建設事業費", |a| {
            let first = |purpose| Some(*largest(a, purpose)?.first()? == "普通建設事業費");
            Some(first("土木費")? && first("教育費")?)
        }),
        figure(p, "義務的経費は11,708,324千円", "千円", 0, |a| {
            by_nature(a, |row| row[0] == "義務的経費")
        }),
        figure(p, "投資的経費は4,318,034千円", "千円", 0, |a| {
            by_nature(a, |row| row[0] == "投資的経費")
        }),
    ]
}
