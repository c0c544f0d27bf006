//! Pages 5–7: 地域マネジメント.

use super::{Statement, n, named, prints, say};
use crate::proof::data::{Data, Figure};
use crate::proof::words;

const ABSENT: &str = "現在地域活動に参加しておらず今後も参加しない";
const INTERESTED: [&str; 2] = ["とても関心がある", "少しは関心がある"];
const UNINTERESTED: [&str; 2] = ["あまり関心がない", "全く関心がない"];

fn all_ages(figure: &Figure, answers: &[&str]) -> Option<rust_decimal::Decimal> {
    figure.sum("全体", answers)
}

/// Whether the answers of all ages together come to this.
fn layer_is(data: &Data, answers: &[&str], percent: &str) -> Option<bool> {
    let figure = data.figure("図8")?;
    Some(all_ages(figure, answers)? == n(percent) && figure.unit == "%")
}

/// Whether an answer of all ages is the `place`th most frequent.
fn ranks(data: &Data, answer: &str, place: usize) -> Option<bool> {
    let figure = data.figure("図8")?;
    let value = figure.at("全体", answer)?;
    let mut ahead = 0;
    for other in figure.rows.first()?.iter().skip(1).filter(|name| *name != answer) {
        let other = figure.at("全体", other)?;
        if other == value {
            return Some(false);
        }
        ahead += usize::from(other > value);
    }
    Some(ahead + 1 == place)
}

pub fn statements() -> Vec<Statement> {
    let mut all = participation();
    all.extend(interest());
    all
}

fn participation() -> Vec<Statement> {
    vec![
        say(5, "市民の地域活動への参加率|令和2年度以降は", |d| {
            named(d, "地域活動参加率", "市民の地域活動への参加率")
        }),
        say(5, "令和5年度には市民の地域活動への参加が徐々に戻り", |d| {
            Some(d.value("地域活動参加率", "R5")? > d.value("地域活動参加率", "R4")?)
        }),
        say(5, "前年度から3.8ポイント増加", |d| {
            d.moved("地域活動参加率", "R4", "R5", "3.8")
        }),
        say(5, "するという前向きな変化があったが", |d| {
            Some(d.value("地域活動参加率", "R5")? > d.value("地域活動参加率", "R4")?)
        }),
        say(5, "令和6年度は前年度から4.1ポイント減少", |d| {
            d.moved("地域活動参加率", "R5", "R6", "-4.1")
        }),
        say(5, "目標値にはなお届いていない", |d| d.missed("地域活動参加率", "R6")),
        say(5, "と答えた人が30代以下の半数を占める", |d| {
            let shares = d.figure("図7")?.column(&["10〜20代", "30代"], ABSENT)?;
            Some(shares.iter().all(|share| words::near(*share, n("50"), words::HALF)))
        }),
    ]
}

fn interest() -> Vec<Statement> {
    vec![
        say(5, "市民の市政に対する関心度|市政への関心度は", |d| {
            named(d, "市政関心度", "市民の市政に対する関心度")
        }),
        say(5, "「少しは関心がある」（54.3%）", |d| {
            d.figure("図8")?.shows("全体", "少しは関心がある", "54.3%")
        }),
        say(5, "が最も高く", |d| ranks(d, "少しは関心がある", 1)),
        say(5, "「あまり関心がない」（21.1%）", |d| {
            d.figure("図8")?.shows("全体", "あまり関心がない", "21.1%")
        }),
        say(5, "「とても関心がある」（18.6%）", |d| {
            d.figure("図8")?.shows("全体", "とても関心がある", "18.6%")
        }),
        say(5, "の順である|。「とても", |d| {
            Some(ranks(d, "あまり関心がない", 2)? && ranks(d, "とても関心がある", 3)?)
        }),
        // The sentence defines the layer by 図8 and the table prints it as the indicator of R6: the
        // figure in it must be both.
        say(5, "『関心』層（72.9%）", |d| {
            Some(layer_is(d, &INTERESTED, "72.9")? && prints(d, "市政関心度", "R6", "72.9%")?)
        }),
        say(5, "『無関心』層（25.8%）", |d| layer_is(d, &UNINTERESTED, "25.8")),
        say(5, "を大幅に上回り", |d| {
            let figure = d.figure("図8")?;
            let lead = all_ages(figure, &INTERESTED)? - all_ages(figure, &UNINTERESTED)?;
            Some(lead >= words::GREATLY)
        }),
        say(5, "目標値を達成した|。年代別では、子育て世代", |d| {
            d.reached("市政関心度", "R6")
        }),
        say(5, "子育て世代に当たる30代の関心度が高く", |d| {
            let figure = d.figure("図8")?;
            Some(figure.sum("30代", &INTERESTED)? > all_ages(figure, &INTERESTED)?)
        }),
        say(5, "、7割を超えている", |d| {
            Some(d.figure("図8")?.sum("30代", &INTERESTED)? > n("70"))
        }),
    ]
}
