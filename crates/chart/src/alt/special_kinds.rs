//! Paired bars, slopes and small multiples: two sides, two times, many small charts.

use rust_decimal::Decimal;

use super::compose::Sentence;
use super::extremes::{self, Extremes};
use super::facts::{Facts, SpokenSeries, SpokenValue};
use super::plain::{one_of_many, plain, scope, totals};
use super::speech::Name;
use super::words;
use soukatsu_core::model::period::Period;

/// Two sides: where each is the largest, and how much each is in all.
pub(super) fn paired(facts: &Facts) -> Vec<Sentence> {
    if facts.groups().count() < 2 || facts.series.len() < 2 {
        return plain(facts);
    }
    let mut sentences = scope(facts);
    sentences.extend(totals(facts));
    let peak = |values: bool| {
        let one = |series: &SpokenSeries| {
            let Extremes { top, top_names, low, without, .. } = extremes::of(facts, series)?;
            let name = series.name.noun();
            Some(match (top.exact == low.exact, values) {
                (true, _) => format!("{name}は{without}すべて{}", top.said),
                (false, true) => format!("{name}の最大は{without}{top_names}の{}", top.said),
                (false, false) => format!("{name}の最大は{without}{top_names}"),
            })
        };
        let peaks: Vec<String> = facts.series.iter().filter_map(one).collect();
        (!peaks.is_empty()).then(|| format!("{}。", peaks.join("、")))
    };
    let peaks: Vec<String> = [true, false].into_iter().filter_map(peak).collect();
    sentences.push(Sentence::body(peaks));
    if totals(facts).next().is_none() {
        sentences.extend(both_sums(facts));
    }
    sentences
}

/// `計は男性が1,510人、女性が1,620人。`
fn both_sums(facts: &Facts) -> Option<Sentence> {
    let sum = |series: &SpokenSeries| {
        let values: Vec<Option<&SpokenValue>> = facts.groups().map(|row| series.at(row)).collect();
        SpokenValue::sum(&values, &facts.figure.unit).filter(|_| !series.rate)
    };
    let sums: Option<Vec<SpokenValue>> = facts.series.iter().map(sum).collect();
    let sums = sums?;
    let items: Vec<_> = facts.series.iter().map(|series| &series.name).zip(&sums).collect();
    Some(Sentence::body(vec![format!("計は{}。", words::listed(&items))]))
}

/// One line of a slope chart.
struct SpokenItem<'a> {
    name: &'a Name,
    total: bool,
    from: &'a SpokenValue,
    to: &'a SpokenValue,
}

impl SpokenItem<'_> {
    /// Numbers too large to be subtracted are far apart.
    fn change(&self) -> Decimal {
        self.to.exact.checked_sub(self.from.exact).unwrap_or(
            match self.to.exact.is_sign_negative() {
                true => Decimal::MIN,
                false => Decimal::MAX,
            },
        )
    }
}

/// The first time against the last: how many went up and down, and the largest changes.
pub(super) fn slope(facts: &Facts) -> Vec<Sentence> {
    let Some((times, items)) = lines(facts) else { return plain(facts) };
    let rate = facts.series.first().is_some_and(|series| series.rate);
    let (up, down) = if rate { ("上昇", "低下") } else { ("増加", "減少") };
    let (totals, items): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.total);
    let way = |item: &SpokenItem| if item.change() > Decimal::ZERO { up } else { down };
    let course = |item: &SpokenItem| match item.change().is_zero() {
        true => format!("どちらも{}", item.to.said),
        false => format!("{}から{}へ{}", item.from.said, item.to.said, way(item)),
    };
    let changes = |item: &&SpokenItem| item.change();
    let (rising, falling): (Vec<&SpokenItem>, Vec<&SpokenItem>) = items
        .iter()
        .filter(|item| !item.change().is_zero())
        .partition(|item| item.change() > Decimal::ZERO);
    // The first of equals, as in the data.
    let top = rising.iter().copied().rev().max_by_key(changes);
    let low = falling.iter().copied().min_by_key(changes);

    let mut sentences = Vec::new();
    sentences.extend(counts(&times, [rising.len(), falling.len()], items.len(), [up, down]));
    let about = |item: &SpokenItem| format!("{}は{}。", item.name.noun(), course(item));
    sentences.extend(totals.iter().map(|item| Sentence::body(vec![about(item)])));
    if let [only] = items.as_slice() {
        sentences.insert(0, Sentence::body(vec![format!("{times}、{}", about(only))]));
        return sentences;
    }
    let named = |item: &SpokenItem| {
        let alike = items.iter().filter(|other| other.change() == item.change()).count() > 1;
        format!("{}{}", item.name.noun(), if alike { "など" } else { "" })
    };
    let largest = |item: &SpokenItem| {
        let way = way(item);
        Sentence::body(vec![
            format!(
                "{way}が最も大きいのは{}で、{}から{}。",
                named(item),
                item.from.said,
                item.to.said
            ),
            format!("{way}が最も大きいのは{}。", named(item)),
        ])
    };
    let mut both: Vec<&SpokenItem> = top.into_iter().chain(low).collect();
    both.sort_by_key(|item| std::cmp::Reverse(item.change().abs()));
    sentences.extend(both.into_iter().map(largest));
    sentences
}

/// `R1からR6へ、8項目のうち5項目が増加、3項目が減少。`
fn counts(
    times: &str,
    [rising, falling]: [usize; 2],
    count: usize,
    [up, down]: [&str; 2],
) -> Option<Sentence> {
    if count < 2 {
        return None;
    }
    let level = count - rising - falling;
    let groups = [(rising, up), (falling, down), (level, "同じ値")];
    let there: Vec<_> = groups.into_iter().filter(|(count, _)| *count > 0).collect();
    let text = match there.as_slice() {
        [(_, way)] => format!("{times}、{count}項目すべてが{way}"),
        several => {
            let listed: Vec<_> =
                several.iter().map(|(count, way)| format!("{count}項目が{way}")).collect();
            format!("{times}、{count}項目のうち{}", listed.join("、"))
        }
    };
    Some(Sentence::body(vec![format!("{text}。")]))
}

/// `R1からR6へ`, and the lines that have a value at both times.
///
/// The times are the categories or the series, whichever are years; else the two of which there
/// are two.
fn lines<'a>(facts: &'a Facts) -> Option<(String, Vec<SpokenItem<'a>>)> {
    let dated: Option<Vec<_>> = facts
        .figure
        .data
        .series
        .iter()
        .map(|series| Period::parse(&series.name).map(Period::fiscal_year))
        .collect();
    let down = match &dated {
        _ if facts.time.is_some() => true,
        Some(_) => false,
        None => facts.series.len() != 2 && facts.groups().count() == 2,
    };
    let words = |from: &Name, to: &Name| format!("{}から{}へ", from.noun(), to.noun());
    if down {
        let (first, last) = (facts.groups().next()?, facts.groups().last()?);
        let item = |series: &'a SpokenSeries| {
            let (from, to) = (series.at(first)?, series.at(last)?);
            Some(SpokenItem { name: &series.name, total: series.total, from, to })
        };
        let times = words(&facts.rows[first].name, &facts.rows[last].name);
        let items = facts.series.iter().filter_map(item).collect();
        return (first != last).then_some((times, items));
    }
    let mut order: Vec<usize> = (0..facts.series.len()).collect();
    if let Some(years) = dated {
        order.sort_by_key(|&at| years[at]);
    }
    let (first, last) = (&facts.series[*order.first()?], &facts.series[*order.last()?]);
    let item = |row: usize| {
        let name = &facts.rows[row].name;
        Some(SpokenItem {
            name,
            total: facts.rows[row].total,
            from: first.at(row)?,
            to: last.at(row)?,
        })
    };
    let items = facts.rows().filter_map(item).collect();
    (order.len() > 1).then(|| (words(&first.name, &last.name), items))
}

/// Small charts on one scale: the highest and lowest of all, then each of them.
pub(super) fn multiples(facts: &Facts) -> Vec<Sentence> {
    let panels: Vec<&SpokenSeries> = facts.series.iter().filter(|series| !series.total).collect();
    if panels.len() < 2 || facts.groups().count() < 2 {
        return plain(facts);
    }
    let mut sentences = scope(facts);
    sentences.push(Sentence::body(vec!["目盛りは共通。".into()]));
    let points = || {
        panels.iter().flat_map(|series| {
            facts.groups().filter_map(move |row| Some((series, row, series.at(row)?)))
        })
    };
    let named = |exact: Decimal| {
        let mut alike = points().filter(|(_, _, value)| value.exact == exact);
        let (series, row, value) = alike.next()?;
        let more = if alike.next().is_some() { "など" } else { "" };
        let (series, row) = (series.name.noun(), facts.rows[row].name.noun());
        Some(format!("{series}の{row}{more}で{}", value.said))
    };
    let exact = || points().map(|(_, _, value)| value.exact);
    let (top, low) = (exact().max(), exact().min());
    if let (Some(top_words), Some(low_words)) = (top.and_then(named), low.and_then(named)) {
        let brief = format!("最大は{top_words}");
        let wordings = vec![format!("{brief}、最小は{low_words}。"), format!("{brief}。")];
        sentences.extend((top != low).then_some(Sentence::body(wordings)));
    }
    sentences.extend(totals(facts));
    sentences.extend(facts.series.iter().filter_map(|series| one_of_many(facts, series)));
    sentences
}
