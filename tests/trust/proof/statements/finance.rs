//! Pages 14–16: 財務マネジメント.

use super::{Statement, named, prints, say};
use crate::proof::data::Data;
use crate::proof::words;

/// Whether the fund of a year is lower (or higher) than that of another.
fn fund_fell(data: &Data, from: &str, to: &str) -> Option<bool> {
    Some(data.value("財政調整基金", to)? < data.value("財政調整基金", from)?)
}

fn fund_grew(data: &Data, from: &str, to: &str) -> Option<bool> {
    Some(data.value("財政調整基金", to)? > data.value("財政調整基金", from)?)
}

fn steady(data: &Data) -> Option<bool> {
    let years = data.years("人件費比率", &["R1", "R2", "R3", "R4", "R5", "R6"])?;
    Some(words::within(&years, words::SMALL_MOVES))
}

pub fn statements() -> Vec<Statement> {
    vec![
        say(14, "経常経費に対する人件費の比率|昨今の物価高騰", |d| {
            named(d, "人件費比率", "経常経費に対する人件費の比率")
        }),
        // The data hold one ratio of 人件費; both halves of the sentence rest on it.
        say(14, "構成比に大きな増減はなく", steady),
        say(14, "本比率の変動も小さい", steady),
        say(14, "小さいことから、目標値を達成できている", |d| {
            d.reached("人件費比率", "R6")
        }),
        say(14, "実質公債費比率|令和元年度の", |d| {
            named(d, "実質公債費比率", "実質公債費比率")
        }),
        say(14, "令和元年度の9.3%から", |d| prints(d, "実質公債費比率", "R1", "9.3%")),
        say(14, "ほぼ横ばいが続いたが", |d| {
            let years = d.years("実質公債費比率", &["R1", "R2", "R3", "R4", "R5"])?;
            Some(words::within(&years, words::LEVEL))
        }),
        say(14, "令和6年度は10.1%となり", |d| prints(d, "実質公債費比率", "R6", "10.1%")),
        say(14, "前年度から0.5ポイント増加", |d| {
            d.moved("実質公債費比率", "R5", "R6", "0.5")
        }),
        say(14, "現時点では12.5%という", |d| d.target_is("実質公債費比率", "12.5%")),
        say(14, "目標値は達成できているが", |d| d.reached("実質公債費比率", "R6")),
        say(14, "財政調整基金残高|令和元年度は", |d| {
            named(d, "財政調整基金", "財政調整基金残高")
        }),
        say(14, "3億円を取り崩して37億6千万円となったが", |d| {
            prints(d, "財政調整基金", "R1", "37億6千万")
        }),
        say(14, "令和2年度から令和4年度までに改めて積み増し", |d| {
            fund_grew(d, "R1", "R4")
        }),
        say(14, "積み増し、|40億9千万円となった", |d| {
            prints(d, "財政調整基金", "R4", "40億9千万")
        }),
        say(14, "令和6年度末の残高は17億5千万円", |d| {
            prints(d, "財政調整基金", "R6", "17億5千万")
        }),
        say(14, "円まで減少し", |d| {
            Some(fund_fell(d, "R5", "R6")? && fund_fell(d, "R4", "R6")?)
        }),
        say(14, "20億円以上という目標値を", |d| {
            // In 百万円, in whatever notation the table prints it.
            let amount = d.value("財政調整基金", "目標値")? == rust_decimal::Decimal::from(2000);
            Some(amount && d.text("財政調整基金", "向き")? == "以上")
        }),
        say(14, "という目標値を割り込んだ", |d| d.missed("財政調整基金", "R6")),
        say(15, "近年は基金を取り崩しており", |d| {
            Some(fund_fell(d, "R4", "R5")? && fund_fell(d, "R5", "R6")?)
        }),
    ]
}
