//! Phrases that sentences are made of.

use super::compose::Sentence;
use super::facts::{Facts, SpokenSeries, SpokenValue};
use super::speech::Name;
use crate::text_metrics::clean;
use soukatsu_core::model::figure::{ChartKind, Panel};

/// The title and the kind; the kind alone where the title leaves no room: the caption has it.
pub(super) fn head(facts: &Facts) -> Vec<String> {
    let kind = kind(facts);
    let title = facts.title.trim_end_matches('。');
    let bare = format!("{kind}。");
    if title.is_empty() { vec![bare] } else { vec![format!("{title}を示す{kind}。"), bare] }
}

fn kind(facts: &Facts) -> String {
    let name = match facts.figure.kind {
        ChartKind::Columns => "棒グラフ",
        ChartKind::StackedColumns => "積み上げ棒グラフ",
        ChartKind::PercentColumns => "100%積み上げ棒グラフ",
        ChartKind::Bars | ChartKind::RankedBars => "横棒グラフ",
        ChartKind::StackedBars => "積み上げ横棒グラフ",
        ChartKind::PercentBars | ChartKind::Shares => "帯グラフ",
        ChartKind::Lines => "折れ線グラフ",
        ChartKind::ColumnsAndLine => "棒と折れ線のグラフ",
        ChartKind::Ring => "ドーナツグラフ",
        ChartKind::PairedBars => "左右に分けた横棒グラフ",
        ChartKind::Slope => "2時点を結ぶ線のグラフ",
        ChartKind::SmallMultiples => {
            let panel = match facts.figure.panel {
                Panel::Columns => "棒グラフ",
                Panel::Lines => "折れ線グラフ",
            };
            return format!("{}個の小さな{panel}", facts.series.len());
        }
    };
    name.into()
}

/// `R1からR6までの6年度`; none when the title names both ends or there is no time.
pub(super) fn period(facts: &Facts) -> Option<String> {
    let time = facts.time.as_ref()?;
    let (first, last) = (time.order.first()?, time.order.last()?);
    let (first, last) = (facts.rows[*first].name.noun(), facts.rows[*last].name.noun());
    if facts.title_says(&first) && facts.title_says(&last) {
        return None;
    }
    let count = time.order.len();
    let span = if time.counter == "年" { "間" } else { "" };
    Some(format!("{first}から{last}までの{count}{}{span}", time.counter))
}

/// Words that say nothing of what the groups are.
const VAGUE: [&str; 6] = ["", "区分", "項目", "内訳", "分類", "種類"];

/// `年代別の6区分と全体を比較`; none when the title says what the groups are.
pub(super) fn compared(facts: &Facts) -> Option<String> {
    let dimension = clean(&facts.figure.data.dimension);
    let dimension = dimension.trim_end_matches('別');
    let vague = VAGUE.contains(&dimension);
    if !vague && facts.title_says(dimension) {
        return None;
    }
    let count = facts.groups().count();
    let by = match Name::new(dimension, String::new) {
        _ if vague => String::new(),
        name if name.phrase => format!("{}の", name.quoted()),
        name => format!("{}別の", name.said),
    };
    let total = facts.rows.iter().find(|row| row.total);
    let total = total.map_or(String::new(), |row| format!("と{}", row.name.noun()));
    Some(format!("{by}{count}区分{total}を比較"))
}

/// `保健福祉部が6,842時間、総務部が4,287時間`; half sentences are quoted instead.
pub(super) fn listed(items: &[(&Name, &SpokenValue)]) -> String {
    let phrases = items.iter().any(|(name, _)| name.phrase);
    let item = |(name, value): &(&Name, &SpokenValue)| match phrases {
        true => format!("{}{}", name.quoted(), value.said),
        false => format!("{}が{}", name.said, value.said),
    };
    items.iter().map(item).collect::<Vec<_>>().join("、")
}

/// The values of one row: `全体は62.0%。`, `全体では女性が25人、男性が94人。`
pub(super) fn row<'a>(facts: &'a Facts, row: usize) -> Option<Sentence> {
    let name = facts.rows[row].name.noun();
    let item = |series: &'a SpokenSeries| Some((&series.name, series.at(row)?));
    let items: Vec<_> = facts.series.iter().filter_map(item).collect();
    let wordings = match (facts.series.len(), items.as_slice()) {
        (_, []) => return None,
        (1, [(_, value)]) => vec![format!("{name}は{}。", value.said)],
        _ => (1..=items.len())
            .rev()
            .map(|shown| {
                let more = if shown < items.len() { "など" } else { "" };
                format!("{name}では{}{more}。", listed(&items[..shown]))
            })
            .collect(),
    };
    Some(Sentence::body(wordings))
}
