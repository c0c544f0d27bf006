//! Page 1: the overview.

use super::{Statement, count_and_share, implemented, n, named, prints, say};
use crate::proof::words;

pub fn statements() -> Vec<Statement> {
    vec![
        say(1, "一方、「暮らしに対する市民の満足度」は", |d| {
            named(d, "市民満足度", "暮らしに対する市民の満足度")
        }),
        say(1, "数値目標の80%に対して", |d| d.target_is("市民満足度", "80%")),
        say(1, "令和6年度は76.3%", |d| prints(d, "市民満足度", "R6", "76.3%")),
        say(1, "目標には届いていない", |d| d.missed("市民満足度", "R6")),
        say(1, "実施計画の達成状況は約8割強", |d| {
            let all: Vec<_> = d.initiatives.iter().collect();
            Some(words::a_little_over(implemented(&all)?, 8))
        }),
        say(1, "実施計画に掲げた検討項目35件は", |d| Some(d.initiatives.len() == 35)),
        say(1, "「実施済」が30件（85.7%）", |d| {
            Some(count_and_share(d, "実施済")? == "30件（85.7%）")
        }),
        say(1, "「一部実施」が4件（11.4%）", |d| {
            Some(count_and_share(d, "一部実施")? == "4件（11.4%）")
        }),
        say(1, "「未実施又は検討中」が1件（2.9%）", |d| {
            Some(count_and_share(d, "未実施又は検討中")? == "1件（2.9%）")
        }),
        say(1, "5つのマネジメントは", |d| Some(d.pillars.len() == 5)),
        // 実施状況 is read as the share of 実施済, as in 達成状況は約8割強 just before it.
        say(1, "いずれも実施状況が8割を超えている", |d| {
            for pillar in &d.pillars {
                let own = |item: &&_| same_pillar(item, &pillar.name);
                let items: Vec<_> = d.initiatives.iter().filter(own).collect();
                if implemented(&items)? <= n("80") {
                    return Some(false);
                }
            }
            Some(true)
        }),
        say(1, "「未実施又は検討中」として唯一残るのは", |d| {
            Some(d.initiatives.iter().filter(|item| item.status == "未実施又は検討中").count() == 1)
        }),
        say(
            1,
            "「財務マネジメント」のうち「公共施設使用料等の見直し」であり",
            |d| {
                let mut left =
                    d.initiatives.iter().filter(|item| item.status == "未実施又は検討中");
                Some(left.any(|item| {
                    item.pillar == "財務マネジメント" && item.name == "公共施設使用料等の見直し"
                }))
            },
        ),
        say(1, "仕事にやりがいを感じる職員が8割を超えたのに対し", |d| {
            Some(d.value("やりがい", "R6")? > n("80"))
        }),
        say(1, "働きやすい職場だと考える職員の割合は6割まで", |d| {
            Some(words::tenths(d.value("働きやすさ", "R6")?) == n("6"))
        }),
        say(1, "まで下がってきている", |d| {
            let now = d.value("働きやすさ", "R6")?;
            Some(now < d.value("働きやすさ", "R2")? && now < d.value("働きやすさ", "基準値")?)
        }),
        say(1, "若手職員はハード面の職場環境を挙げ", |d| {
            let row = d.figure("図6-2")?;
            let hard = row.at("10〜20代", "ハード面")?;
            Some(hard > row.at("10〜20代", "両方")? && hard > row.at("10〜20代", "ソフト面")?)
        }),
        say(1, "目標は、形式収支の均衡としていた", |d| {
            Some(d.value("財政状況", "目標値")? == n("0"))
        }),
        // R2 and R3 are left out: page 2 lays their surplus to the grants of those years, which the
        // sentence sets aside (特別な要因を除いた本来の収支, 実質的に).
        say(1, "平成30年度から実質的にマイナスが続いている", |d| {
            let years = ["H30", "R1", "R4", "R5", "R6"];
            let real = d.figure("図1")?.column(&years, "実質単年度収支")?;
            Some(real.iter().all(|value| *value < n("0")))
        }),
    ]
}

fn same_pillar(item: &crate::proof::data::Initiative, pillar: &str) -> bool {
    item.pillar == pillar
}

/// Whether the target of 形式収支 is still written as 収支均衡.
pub fn balance_is_the_target(data: &crate::proof::data::Data) -> Option<bool> {
    Some(data.printed_target("財政状況")? == "収支均衡")
}
