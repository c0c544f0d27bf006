//! Pages 17–19: 政策マネジメント.

use super::{Statement, named, prints, say};
use crate::proof::data::Data;
use crate::proof::words;

const FEELS: &str = "業務改善を実感する職員の割合";

/// One column of 図14-2 for these ages, and for the rest.
fn ages(data: &Data, ages: &[&str]) -> Option<[Vec<rust_decimal::Decimal>; 2]> {
    let figure = data.figure("図14-2")?;
    let rest: Vec<&str> = figure.others(ages).into_iter().filter(|age| *age != "全体").collect();
    Some([figure.column(ages, FEELS)?, figure.column(&rest, FEELS)?])
}

pub fn statements() -> Vec<Statement> {
    vec![
        say(17, "業務改善を実感する職員の割合|令和3年度に", |d| {
            named(d, "業務改善実感", FEELS)
        }),
        say(17, "令和3年度に67.4%となった後は", |d| {
            prints(d, "業務改善実感", "R3", "67.4%")
        }),
        say(17, "増減を繰り返し", |d| {
            let after = d.years("業務改善実感", &["R3", "R4", "R5", "R6"])?;
            Some(words::goes_up_and_down(&after))
        }),
        say(17, "令和6年度は59.3%となった", |d| prints(d, "業務改善実感", "R6", "59.3%")),
        // What is laid to 生成AI and other work of R6 is an improvement.
        say(17, "取組が影響したと考えられるが", |d| {
            Some(d.value("業務改善実感", "R6")? > d.value("業務改善実感", "R5")?)
        }),
        say(17, "目標値には至っていない", |d| d.missed("業務改善実感", "R6")),
        say(17, "10代、20代、50代で実感する職員が多い一方", |d| {
            let [three, rest] = ages(d, &["10代", "20代", "50代"])?;
            Some(words::all_above(&three, &rest))
        }),
        say(17, "40代は特に低い傾向が見られる", |d| {
            let [forties, rest] = ages(d, &["40代"])?;
            Some(rest.iter().all(|value| *value - forties[0] >= words::ESPECIALLY))
        }),
        say(18, "一度は増えた財政調整基金等も減少している", |d| {
            let fund = d.years("財政調整基金", &["R1", "R4", "R6"])?;
            Some(fund[1] > fund[0] && fund[2] < fund[1])
        }),
    ]
}
