//! Pages 11–13: 人材マネジメント.

use super::{Statement, n, named, say};
use crate::proof::data::Data;
use crate::proof::format::share;
use crate::proof::words;
use rust_decimal::Decimal;

/// The women and all persons of these grades in 図13-1.
fn staff(data: &Data, grades: &[&str]) -> Option<(Decimal, Decimal)> {
    let figure = data.figure("図13-1")?;
    let women: Decimal = figure.column(grades, "女性")?.iter().sum();
    let men: Decimal = figure.column(grades, "男性")?.iter().sum();
    Some((women, women + men))
}

fn share_of_women(data: &Data, grades: &[&str]) -> Option<Decimal> {
    let (women, all) = staff(data, grades)?;
    share(women, all)
}

fn all_grades(data: &Data) -> Option<Decimal> {
    share_of_women(data, &data.figure("図13-1")?.names())
}

pub fn statements() -> Vec<Statement> {
    vec![
        say(11, "仕事にやりがいを感じる職員の割合|令和3年度に", |d| {
            named(d, "やりがい", "仕事にやりがいを感じる職員の割合")
        }),
        say(11, "令和3年度に80%を上回り", |d| {
            let before = d.years("やりがい", &["R1", "R2"])?;
            let above = d.value("やりがい", "R3")? > n("80");
            Some(above && before.iter().all(|value| *value <= n("80")))
        }),
        say(11, "高い水準で推移していることから", |d| {
            let floor = d.value("やりがい", "目標値")? - words::HIGH_LEVEL;
            let years = d.years("やりがい", &["R3", "R4", "R5", "R6"])?;
            Some(years.iter().all(|value| *value >= floor))
        }),
        say(11, "目標値を達成している", |d| d.reached("やりがい", "R6")),
        say(11, "「適正な業務配分」を挙げる職員が最も多く", |d| {
            d.figure("図12")?.leads("回答割合", &["適正な業務配分"])
        }),
        say(
            11,
            "「職場のコミュニケーションの円滑化」がこれに次いだ",
            |d| {
                let order = ["適正な業務配分", "職場のコミュニケーションの円滑化"];
                d.figure("図12")?.leads("回答割合", &order)
            },
        ),
        say(11, "係長級以上の女性割合|令和7年4月1日時点", |d| {
            named(d, "女性割合", "係長級以上の女性割合")
        }),
        say(11, "は、21.0%である", |d| Some(all_grades(d)? == n("21.0"))),
        say(11, "20%程度で推移しており", |d| {
            let years = d.years("女性割合", &["R1", "R2", "R3", "R4", "R5", "R6"])?;
            Some(years.iter().all(|value| words::near(*value, n("20"), words::ABOUT)))
        }),
        say(11, "35%という目標値は", |d| d.target_is("女性割合", "35%")),
        say(11, "目標値は達成できていない", |d| d.missed("女性割合", "R6")),
        say(11, "とりわけ課長級以上は", |d| {
            Some(share_of_women(d, &["課長級以上"])? < all_grades(d)?)
        }),
        say(11, "課長級以上は4人", |d| {
            let women = staff(d, &["課長級以上"])?.0;
            Some(women == n("4") && d.figure("図13-1")?.unit == "人")
        }),
        say(11, "（11.4%）にとどまっている", |d| {
            Some(share_of_women(d, &["課長級以上"])? == n("11.4"))
        }),
        say(11, "女性職員の割合は年々高まっており", |d| {
            let figure = d.figure("図13-2")?;
            Some(words::rises_yearly(&figure.column(&figure.names(), "女性")?))
        }),
    ]
}
