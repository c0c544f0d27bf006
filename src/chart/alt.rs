//! The alternative text: what a reader who cannot see the chart must know.

use super::lettering::clean;
use crate::model::figure::{ChartKind, DataState, Figure, ReferenceLine, Series};
use crate::model::period::FiscalYear;
use crate::model::quantity::Quantity;

/// The longest alternative text in characters: a screen reader cannot skim.
const LONGEST: usize = 160;
/// Rows that stand for all the others.
const TOTALS: [&str; 4] = ["全体", "合計", "総数", "計"];

/// The alternative text of a figure: its own, or one to five short sentences from the data.
pub fn alt(figure: &Figure) -> String {
    if let Some(own) = &figure.alt {
        return own.clone();
    }
    let mut text = format!("{}を示す{}。", clean(&figure.title), kind_name(figure.kind));
    let mut end = String::new();
    for line in [&figure.target, &figure.baseline].into_iter().flatten() {
        end.push_str(&reference_sentence(line));
    }
    match figure.state {
        DataState::Confirmed => {}
        DataState::Preliminary => end.push_str("速報値。"),
        DataState::Provisional => end.push_str("仮データ。"),
    }
    // The most telling sentences that there is room for, each whole or not at all.
    let mut left = LONGEST.saturating_sub(text.chars().count() + end.chars().count());
    for sentence in data_sentences(figure) {
        let length = sentence.chars().count();
        if length <= left {
            text.push_str(&sentence);
            left -= length;
        }
    }
    text + &end
}

fn kind_name(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Columns => "棒グラフ",
        ChartKind::StackedColumns => "積み上げ棒グラフ",
        ChartKind::PercentColumns => "100%積み上げ棒グラフ",
        ChartKind::Bars | ChartKind::RankedBars => "横棒グラフ",
        ChartKind::StackedBars => "積み上げ横棒グラフ",
        ChartKind::PercentBars | ChartKind::Shares => "帯グラフ",
        ChartKind::Lines => "折れ線グラフ",
        ChartKind::ColumnsAndLine => "棒と折れ線のグラフ",
    }
}

/// 目標値 20,000時間 as 目標値は20,000時間。
fn reference_sentence(line: &ReferenceLine) -> String {
    let label = clean(&line.label);
    match label.split_once([' ', '　']) {
        Some((name, value)) => format!("{name}は{}。", value.trim()),
        None => format!("{label}。"),
    }
}

/// What the data say, the most important first.
fn data_sentences(figure: &Figure) -> Vec<String> {
    let data = &figure.data;
    let values = || data.series.iter().flat_map(|series| series.values.iter().flatten());
    if values().next().is_none() {
        return vec!["データなし。".into()];
    }
    let mut sentences = Vec::new();
    let years = data.categories.len() > 1
        && data.categories.iter().all(|name| FiscalYear::parse(name).is_some());
    if let (true, Some(first), Some(last)) = (years, data.categories.first(), data.categories.last())
    {
        sentences.push(format!("{}から{}まで。", clean(first), clean(last)));
    }
    match figure.kind {
        ChartKind::PercentBars | ChartKind::PercentColumns => sentences.extend(percent(figure, years)),
        ChartKind::RankedBars | ChartKind::Shares => sentences.extend(ranking(figure)),
        _ => {
            let several = data.series.len() > 1;
            for series in &data.series {
                let name = if several { format!("{}は", clean(&series.name)) } else { String::new() };
                sentences.extend(extremes(figure, series, &name));
            }
            if years {
                for series in &data.series {
                    sentences.extend(trend(series, several));
                }
            }
        }
    }
    sentences
}

/// A value with the name of its category.
fn named<'a>(figure: &'a Figure, series: &'a Series) -> Vec<(String, &'a Quantity)> {
    let names = figure.data.categories.iter().map(|name| clean(name));
    let pairs = names.zip(&series.values);
    pairs.filter_map(|(name, value)| Some((name, value.as_ref()?))).collect()
}

fn extremes(figure: &Figure, series: &Series, name: &str) -> Option<String> {
    let values = named(figure, series);
    // The first of equals, as a reader meets it.
    let (top_name, top) = values.iter().rev().max_by_key(|(_, value)| value.exact)?;
    let (low_name, low) = values.iter().min_by_key(|(_, value)| value.exact)?;
    let subject = if name.is_empty() { "最大は".to_string() } else { format!("{name}最大") };
    Some(if top.exact == low.exact {
        format!("{name}すべて{}。", top.text)
    } else if name.is_empty() {
        format!("{subject}{top_name}の{}、最小は{low_name}の{}。", top.text, low.text)
    } else {
        format!("{subject}{top_name}の{}、最小{low_name}の{}。", top.text, low.text)
    })
}

/// 年々増加 only when every step goes the same way.
fn trend(series: &Series, several: bool) -> Option<String> {
    let values: Vec<_> = series.values.iter().flatten().map(|value| value.exact).collect();
    let rising = values.windows(2).all(|pair| pair[0] < pair[1]);
    let falling = values.windows(2).all(|pair| pair[0] > pair[1]);
    let word = match (values.len() > 2, rising, falling) {
        (true, true, _) => "年々増加",
        (true, _, true) => "年々減少",
        _ => return None,
    };
    let name = if several { format!("{}は", clean(&series.name)) } else { String::new() };
    Some(format!("{name}{word}。"))
}

/// Largest first: 多い順に…
fn ranking(figure: &Figure) -> Option<String> {
    let mut values = named(figure, figure.data.series.first()?);
    values.sort_by_key(|(_, value)| std::cmp::Reverse(value.exact));
    let count = values.len();
    let shown = if figure.kind == ChartKind::Shares { 4 } else { 3 };
    let listed: Vec<String> = values
        .iter()
        .take(shown)
        .map(|(name, value)| format!("{name}{}", value.text))
        .collect();
    let rest = if count > shown { format!("など{count}項目") } else { String::new() };
    Some(format!("多い順に{}{rest}。", listed.join("、")))
}

/// The row for all, or the range of every series.
fn percent(figure: &Figure, years: bool) -> Vec<String> {
    let data = &figure.data;
    let all = data.categories.iter().position(|name| TOTALS.contains(&clean(name).as_str()));
    if let Some(row) = all {
        let listed: Vec<String> = data
            .series
            .iter()
            .filter_map(|series| {
                let value = series.values.get(row)?.as_ref()?;
                Some(format!("{}{}", clean(&series.name), value.text))
            })
            .collect();
        return vec![format!("{}では{}。", clean(&data.categories[row]), listed.join("、"))];
    }
    let mut sentences = Vec::new();
    for series in &data.series {
        let name = clean(&series.name);
        let values = named(figure, series);
        let (Some(low), Some(high)) = (
            values.iter().min_by_key(|(_, value)| value.exact),
            values.iter().max_by_key(|(_, value)| value.exact),
        ) else {
            continue;
        };
        let (first, last) = (values[0].1, values[values.len() - 1].1);
        sentences.push(if years && values.len() > 1 {
            format!("{name}は{}から{}へ。", first.text, last.text)
        } else {
            format!("{name}は{}（{}）から{}（{}）。", low.1.text, low.0, high.1.text, high.0)
        });
    }
    sentences
}
