//! The alternative text: what a reader who cannot see the chart must know.

use super::lettering::clean;
use crate::model::figure::{ChartKind, DataState, Figure, ReferenceLine, Series, is_total};
use crate::model::period::FiscalYear;
use crate::model::quantity::Quantity;

/// The longest alternative text in characters: a screen reader cannot skim.
const LONGEST: usize = 160;

/// The alternative text of a figure: its own, or one to five short sentences from the data.
pub fn alt(figure: &Figure) -> String {
    if let Some(own) = &figure.alt {
        return own.clone();
    }
    let figure = &spoken(figure);
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
    for wordings in data_sentences(figure) {
        let fitting = wordings.into_iter().find(|sentence| sentence.chars().count() <= left);
        if let Some(sentence) = fitting {
            left -= sentence.chars().count();
            text.push_str(&sentence);
        }
    }
    text + &end
}

/// The figure with units behind its numbers: on the chart the axis has them, a sentence has not.
fn spoken(figure: &Figure) -> Figure {
    let mut figure = figure.clone();
    for (index, series) in figure.data.series.iter_mut().enumerate() {
        let unit = if figure.line_series == Some(index) { &figure.line_unit } else { &figure.unit };
        for value in series.values.iter_mut().flatten() {
            if value.text.ends_with(|c: char| c.is_ascii_digit()) {
                value.text.push_str(unit);
            }
        }
    }
    figure
}

/// A sentence in one or several wordings, the fullest first.
type Wordings = Vec<String>;

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
        ChartKind::Ring => "ドーナツグラフ",
        ChartKind::PairedBars => "左右に分けた横棒グラフ",
        ChartKind::Slope => "傾きを比べる折れ線グラフ",
        ChartKind::SmallMultiples => "系列ごとの小さなグラフ",
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
fn data_sentences(figure: &Figure) -> Vec<Wordings> {
    let data = &figure.data;
    let mut values = data.series.iter().flat_map(|series| series.values.iter().flatten());
    if values.next().is_none() {
        return vec![vec!["データなし。".into()]];
    }
    let mut sentences = Vec::new();
    let years = data.categories.len() > 1
        && data.categories.iter().all(|name| FiscalYear::parse(name).is_some());
    if let (true, [first, .., last]) = (years, data.categories.as_slice()) {
        sentences.push(vec![format!("{}から{}まで。", clean(first), clean(last))]);
    }
    match figure.kind {
        ChartKind::PercentBars | ChartKind::PercentColumns => {
            sentences.extend(percent(figure, years));
        }
        ChartKind::RankedBars | ChartKind::Shares => sentences.extend(ranking(figure)),
        _ => {
            sentences.extend(data.series.iter().filter_map(|series| extremes(figure, series)));
            sentences.extend(totals(figure));
            if years {
                sentences.extend(data.series.iter().filter_map(|series| trend(figure, series)));
            }
        }
    }
    sentences
}

/// A series as the topic of a sentence; none when there is only one.
fn topic(figure: &Figure, series: &Series) -> String {
    let name = clean(&series.name);
    let hiragana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
    match figure.data.series.len() {
        0 | 1 => String::new(),
        // 満足しているは would read as a word of its own.
        _ if name.ends_with(hiragana) => format!("「{name}」は"),
        _ => format!("{name}は"),
    }
}

/// The values of a series with the names of their categories, totals apart.
fn named<'a>(figure: &'a Figure, series: &'a Series, total: bool) -> Vec<(String, &'a Quantity)> {
    let names = figure.data.categories.iter().map(|name| clean(name));
    let pairs = names.zip(&series.values).filter(|(name, _)| is_total(name) == total);
    pairs.filter_map(|(name, value)| Some((name, value.as_ref()?))).collect()
}

/// Highest and lowest; the first of equals, as a reader meets it.
fn extremes(figure: &Figure, series: &Series) -> Option<Wordings> {
    let values = named(figure, series, false);
    let (top_name, top) = values.iter().rev().max_by_key(|(_, value)| value.exact)?;
    let (low_name, low) = values.iter().min_by_key(|(_, value)| value.exact)?;
    let topic = topic(figure, series);
    let short = format!("{topic}{}から{}。", low.text, top.text);
    Some(if values.len() == 1 {
        vec![format!("{topic}{top_name}の{}。", top.text)]
    } else if top.exact == low.exact {
        vec![format!("{topic}すべて{}。", top.text)]
    } else if topic.is_empty() {
        let long = format!("最大は{top_name}の{}、最小は{low_name}の{}。", top.text, low.text);
        vec![long, short]
    } else {
        let long = format!("{topic}最大{top_name}の{}、最小{low_name}の{}。", top.text, low.text);
        vec![long, short]
    })
}

/// The row that stands for all the others, when there is one series.
fn totals(figure: &Figure) -> Option<Wordings> {
    let [series] = figure.data.series.as_slice() else { return None };
    let all = named(figure, series, true);
    let (name, value) = all.first()?;
    Some(vec![format!("{name}は{}。", value.text)])
}

/// 年々増加 only when every step goes the same way.
fn trend(figure: &Figure, series: &Series) -> Option<Wordings> {
    let values: Vec<_> = series.values.iter().flatten().map(|value| value.exact).collect();
    let rising = values.windows(2).all(|pair| pair[0] < pair[1]);
    let falling = values.windows(2).all(|pair| pair[0] > pair[1]);
    let word = match (values.len() > 2, rising, falling) {
        (true, true, _) => "年々増加",
        (true, _, true) => "年々減少",
        _ => return None,
    };
    Some(vec![format!("{}{word}。", topic(figure, series))])
}

/// The largest, by size.
fn ranking(figure: &Figure) -> Option<Wordings> {
    let mut values = named(figure, figure.data.series.first()?, false);
    values.sort_by_key(|(_, value)| std::cmp::Reverse(value.exact));
    let order = if figure.unit.trim() == "%" { "高い順に" } else { "多い順に" };
    let wording = |shown: usize| {
        let listed = values.iter().take(shown).map(|(name, value)| format!("{name}{}", value.text));
        let listed = listed.collect::<Vec<_>>().join("、");
        let rest = match values.len() > shown {
            true => format!("など{}項目", values.len()),
            false => String::new(),
        };
        format!("{order}{listed}{rest}。")
    };
    let most = if figure.kind == ChartKind::Shares { 6 } else { 3 };
    (!values.is_empty()).then(|| (1..=most.min(values.len())).rev().map(wording).collect())
}

/// The row for all, or the course or range of every series.
fn percent(figure: &Figure, years: bool) -> Vec<Wordings> {
    let data = &figure.data;
    if let Some(row) = data.categories.iter().position(|name| is_total(&clean(name))) {
        let value = |series: &Series| {
            let value = series.values.get(row)?.as_ref()?;
            Some(format!("{}{}", clean(&series.name), value.text))
        };
        let listed: Vec<String> = data.series.iter().filter_map(value).collect();
        let name = clean(&data.categories[row]);
        let wording = |shown: usize| {
            let rest = if shown < listed.len() { "など" } else { "" };
            format!("{name}では{}{rest}。", listed[..shown].join("、"))
        };
        return vec![(1..=listed.len()).rev().map(wording).collect()];
    }
    let sentence = |series: &Series| {
        let values = named(figure, series, false);
        let (low_name, low) = values.iter().min_by_key(|(_, value)| value.exact)?;
        let (high_name, high) = values.iter().max_by_key(|(_, value)| value.exact)?;
        let topic = topic(figure, series);
        let range = format!("{topic}{}から{}。", low.text, high.text);
        let (first, last) = (values.first()?.1, values.last()?.1);
        Some(match years && values.len() > 1 {
            true => vec![format!("{topic}{}から{}へ。", first.text, last.text)],
            false => {
                let long =
                    format!("{topic}{}（{low_name}）から{}（{high_name}）。", low.text, high.text);
                vec![long, range]
            }
        })
    };
    data.series.iter().filter_map(sentence).collect()
}
