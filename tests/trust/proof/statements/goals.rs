//! Pages 2–4: the three basic goals.

use super::overview::balance_is_the_target;
use super::{Statement, n, named, prints, say};
use crate::proof::data::{Data, Figure};
use crate::proof::words;

const ALL_YEARS: [&str; 6] = ["R1", "R2", "R3", "R4", "R5", "R6"];

pub fn statements() -> Vec<Statement> {
    let mut all = balance();
    all.extend(satisfaction());
    all.extend(workplace());
    all
}

/// Whether 実質単年度収支 of these years lies on this side of zero.
fn real_balance(data: &Data, years: &[&str], positive: bool) -> Option<bool> {
    let values = data.figure("図1")?.column(years, "実質単年度収支")?;
    Some(values.iter().all(|v| if positive { *v > n("0") } else { *v < n("0") }))
}

fn balance() -> Vec<Statement> {
    vec![
        say(2, "財政調整基金の取崩しを行った上で", |d| {
            Some(d.value("財政調整基金", "R6")? < d.value("財政調整基金", "R5")?)
        }),
        say(2, "収支均衡の目標に達した", |d| {
            Some(balance_is_the_target(d)? && d.reached("財政状況", "R6")?)
        }),
        say(
            2,
            "実質単年度収支は平成30年度と令和元年度が赤字であった",
            |d| real_balance(d, &["H30", "R1"], false),
        ),
        say(2, "令和2年度からは、コロナ禍での各種事業の中止や縮小", |d| {
            real_balance(d, &["R2"], true)
        }),
        say(2, "活用で一旦黒字となったが", |d| real_balance(d, &["R2", "R3"], true)),
        say(2, "令和4年度以降は再び赤字に転じている", |d| {
            real_balance(d, &["R4", "R5", "R6"], false)
        }),
    ]
}

/// 満足 or 不満足 of age groups in 図2.
fn layer(figure: &Figure, ages: &[&str], satisfied: bool) -> Option<Vec<rust_decimal::Decimal>> {
    let columns = match satisfied {
        true => ["満足している", "どちらかといえば満足している"],
        false => ["どちらかといえば不満である", "不満である"],
    };
    ages.iter().map(|age| figure.sum(age, &columns)).collect()
}

const DISSATISFIED: [&str; 3] = ["30代", "50代", "60代"];

fn satisfaction() -> Vec<Statement> {
    vec![
        say(3, "2. 暮らしに対する市民の満足度|・歳入歳出の", |d| {
            named(d, "市民満足度", "暮らしに対する市民の満足度")
        }),
        say(3, "「暮らしに対する市民の満足度」は、おおよそ", |d| {
            named(d, "市民満足度", "暮らしに対する市民の満足度")
        }),
        say(3, "おおよそ70%台を保ち", |d| {
            let years = d.years("市民満足度", &ALL_YEARS)?;
            let inside = |v: &rust_decimal::Decimal| {
                *v > n("70") - words::ROUGHLY && *v < n("80") + words::ROUGHLY
            };
            Some(years.iter().all(inside))
        }),
        say(3, "令和6年度も76.3%で", |d| prints(d, "市民満足度", "R6", "76.3%")),
        say(3, "前年度とほぼ同じ水準であったが", |d| {
            let years = d.years("市民満足度", &["R5", "R6"])?;
            Some((years[0] - years[1]).abs() < words::ALMOST_SAME)
        }),
        say(3, "目標値には届かなかった", |d| d.missed("市民満足度", "R6")),
        say(3, "全ての年代で7割を超える", |d| {
            let figure = d.figure("図2")?;
            let layers = layer(figure, &figure.others(&["全体"]), true)?;
            Some(layers.iter().all(|share| *share > n("70")))
        }),
        say(3, "30代と50代〜60代で2割前後を占め", |d| {
            let layers = layer(d.figure("図2")?, &DISSATISFIED, false)?;
            Some(layers.iter().all(|share| words::near(*share, n("20"), words::AROUND)))
        }),
        say(3, "その割合は他の年代よりやや高い", |d| {
            let figure = d.figure("図2")?;
            let three = layer(figure, &DISSATISFIED, false)?;
            let others = figure.others(&["30代", "50代", "60代", "全体"]);
            Some(words::somewhat_above(&three, &layer(figure, &others, false)?))
        }),
        // 毎年変わらず is outside the data, 上位 is not; the sentence gives the three no order.
        say(
            3,
            "「大きな災害が少なく安心できる」「日常の買い物が便利」「郷土・ふるさとである」が",
            |d| {
                let figure = d.figure("図3")?;
                let three =
                    ["大きな災害が少なく安心できる", "日常の買い物が便利", "郷土・ふるさとである"];
                let top = figure.column(&three, "回答割合")?;
                Some(words::all_above(&top, &figure.column(&figure.others(&three), "回答割合")?))
            },
        ),
        say(3, "不満の理由で最も多いのは「交通の便が悪い」であり", |d| {
            d.figure("図4")?.leads("回答割合", &["交通の便が悪い"])
        }),
        say(
            3,
            "「日常の買い物が不便」「観光資源や娯楽施設に魅力が少ない」がこれに続く",
            |d| {
                let order =
                    ["交通の便が悪い", "日常の買い物が不便", "観光資源や娯楽施設に魅力が少ない"];
                d.figure("図4")?.leads("回答割合", &order)
            },
        ),
    ]
}

fn workplace() -> Vec<Statement> {
    vec![
        say(
            4,
            "3. 荒尾市役所は働きやすい職場だと考える職員の割合|・市民満足度を",
            |d| named(d, "働きやすさ", "荒尾市役所は働きやすい職場だと考える職員の割合"),
        ),
        // 一旦: neither the year before nor a year after lies above 70.
        say(4, "令和2年度に70%を一旦上回った後は", |d| {
            let others = d.years("働きやすさ", &["R1", "R3", "R4", "R5", "R6"])?;
            let above = d.value("働きやすさ", "R2")? > n("70");
            Some(above && others.iter().all(|value| *value <= n("70")))
        }),
        say(4, "減少の傾向が続き", |d| {
            Some(words::tends_down(&d.years("働きやすさ", &ALL_YEARS[1..])?))
        }),
        say(4, "目標の達成には至っていない", |d| d.missed("働きやすさ", "R6")),
        say(4, "10〜20代が79%と", |d| {
            let figure = d.figure("図5")?;
            let value = figure.at("10〜20代", "働きやすい職場だと考える職員の割合")?;
            Some(
                value.round_dp_with_strategy(
                    0,
                    rust_decimal::RoundingStrategy::MidpointAwayFromZero,
                ) == n("79")
                    && figure.unit == "%",
            )
        }),
        say(4, "と高いのに対し", |d| {
            let column = "働きやすい職場だと考える職員の割合";
            d.figure("図5")?.leads(column, &["10〜20代"])
        }),
        say(4, "30代と40代は、その他の年代を下回っている", |d| {
            let (figure, column) = (d.figure("図5")?, "働きやすい職場だと考える職員の割合");
            let two = figure.column(&["30代", "40代"], column)?;
            let others = figure.column(&figure.others(&["30代", "40代", "全体"]), column)?;
            Some(words::all_above(&others, &two))
        }),
        say(4, "環境面の両方」が最も多く", |d| {
            d.figure("図6-1")?.leads("回答割合", &["両方"])
        }),
        say(4, "「ソフト面」「ハード面」の順に続く", |d| {
            d.figure("図6-1")?.leads("回答割合", &["両方", "ソフト面", "ハード面"])
        }),
        say(4, "若い年代ではハード面を挙げる回答が多く", |d| {
            most_name(d, &["10〜20代"], "ハード面")
        }),
        say(4, "その他の年代では「両方」とする割合が高い", |d| {
            most_name(d, &d.figure("図6-2")?.others(&["10〜20代"]), "両方")
        }),
    ]
}

/// Whether this is the most frequent answer of each of the age groups in 図6-2.
fn most_name(data: &Data, ages: &[&str], answer: &str) -> Option<bool> {
    let figure = data.figure("図6-2")?;
    for age in ages {
        for other in ["両方", "ソフト面", "ハード面"] {
            if other != answer && figure.at(age, other)? >= figure.at(age, answer)? {
                return Some(false);
            }
        }
    }
    Some(true)
}
