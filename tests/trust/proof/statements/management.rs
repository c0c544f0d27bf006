//! Pages 8–10: 組織マネジメント.

use super::{Statement, n, named, say};
use crate::proof::data::Data;
use crate::proof::words;

/// 付議事項 and 報告事項 together, year by year.
fn cases(data: &Data) -> Option<Vec<rust_decimal::Decimal>> {
    let figure = data.figure("図10")?;
    figure.names().iter().map(|year| figure.sum(year, &["付議事項", "報告事項"])).collect()
}

pub fn statements() -> Vec<Statement> {
    vec![
        say(8, "（）内の数値は、災害対応等の特殊要因を除いた数値", |d| {
            Some(d.has_part("超過勤務時間", "特殊要因を除く"))
        }),
        say(8, "超過勤務時間|超過勤務時間の削減は", |d| {
            named(d, "超過勤務時間", "超過勤務時間")
        }),
        say(8, "目標値に達していない", |d| d.missed("超過勤務時間", "R6")),
        say(
            9,
            "付議事項と報告事項から成る議案は、年々減る傾向にある",
            |d| Some(words::tends_down(&cases(d)?)),
        ),
        say(
            9,
            "令和6年度は、行政経営会議が開かれなかった（流会となった）月が6か月",
            |d| Some(d.figure("図10")?.at("R6", "流会の月数")? == n("6")),
        ),
        say(9, "か月と最も多い", |d| d.figure("図10")?.leads("流会の月数", &["R6"])),
        say(9, "本来付議、報告される案件は減ったものと", |d| {
            let cases = cases(d)?;
            Some(cases.last() < cases.first())
        }),
        say(
            10,
            "超過勤務時間の削減を進めたが、目標は達成できていない",
            |d| d.missed("超過勤務時間", "R6"),
        ),
        say(10, "平均取得日数が増える傾向にある", |d| {
            let figure = d.figure("図11-2")?;
            Some(words::tends_up(&figure.column(&figure.names(), "平均取得日数")?))
        }),
    ]
}
