//! How a series goes over time.

use rust_decimal::Decimal;

use super::compose::Sentence;
use super::extremes::{self, Extremes};
use super::facts::{Facts, SpokenSeries, SpokenValue, Time};
use super::words;

/// Differences up to this share of the largest value are no change to speak of: 0.02.
const LITTLE: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
/// The same for rates, in points: 0.5.
const LITTLE_POINTS: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    /// All values are equal.
    Same,
    /// Every step of at least two goes this way.
    Rises,
    Falls,
    /// All values are within little of each other.
    Level,
    /// It leaves its level and comes back to within little of where it began.
    Returns,
    /// Higher or lower in the end than in the beginning.
    Up,
    Down,
}

fn movement(values: &[Decimal], rate: bool) -> Option<Move> {
    let (first, last) = (values.first()?, values.last()?);
    let (top, low) = (values.iter().max()?, values.iter().min()?);
    let steps = |way: fn(&[Decimal]) -> bool| values.len() > 2 && values.windows(2).all(way);
    let share = || top.abs().max(low.abs()).checked_mul(LITTLE);
    let size = if rate { Some(LITTLE_POINTS) } else { share() };
    // Numbers too large to be subtracted are far apart.
    let little = |a: Decimal, b: Decimal| {
        a.checked_sub(b).zip(size).is_some_and(|(difference, size)| difference.abs() <= size)
    };
    Some(if top == low {
        Move::Same
    } else if steps(|pair| pair[0] < pair[1]) {
        Move::Rises
    } else if steps(|pair| pair[0] > pair[1]) {
        Move::Falls
    } else if little(*top, *low) {
        Move::Level
    } else if little(*first, *last) {
        Move::Returns
    } else if first < last {
        Move::Up
    } else {
        Move::Down
    })
}

/// How far the values go above and below their first and last; none when that is too far to be
/// a number.
fn beyond(values: &[Decimal]) -> Option<[Decimal; 2]> {
    let (first, last) = (values.first()?, values.last()?);
    let (top, low) = (values.iter().max()?, values.iter().min()?);
    Some([top.checked_sub(*first.max(last))?, first.min(last).checked_sub(*low)?])
}

/// The course of one series: its values in the order of time.
struct Trend<'a> {
    facts: &'a Facts<'a>,
    points: Vec<(usize, &'a SpokenValue)>,
    movement: Move,
    /// The ends alone would tell of a calm course: it goes beyond them by more than they differ.
    swings: bool,
    /// It goes farther below its ends than above them.
    deep: bool,
    /// It begins and ends where the time does, so that its ends need no names.
    whole: bool,
    /// Every year has a value.
    every_year: bool,
    rate: bool,
}

impl<'a> Trend<'a> {
    /// None without values.
    fn of(facts: &'a Facts, time: &Time, series: &'a SpokenSeries) -> Option<Self> {
        let there = |&row: &usize| Some((row, series.at(row)?));
        let points: Vec<_> = time.order.iter().filter_map(there).collect();
        let exact: Vec<Decimal> = points.iter().map(|(_, value)| value.exact).collect();
        let movement = movement(&exact, series.rate)?;
        let beyond = beyond(&exact);
        let swings = beyond.is_none_or(|[above, below]| {
            let change = exact[exact.len() - 1].checked_sub(exact[0]);
            change.is_none_or(|change| above.max(below) > change.abs())
        });
        let rows: Vec<usize> = points.iter().map(|(row, _)| *row).collect();
        Some(Trend {
            facts,
            movement,
            swings,
            deep: beyond.is_some_and(|[above, below]| below > above),
            whole: (rows.first(), rows.last()) == (time.order.first(), time.order.last()),
            every_year: time.every_year && points.len() == time.order.len(),
            rate: series.rate,
            points,
        })
    }

    /// `46件から19件へ年々減少`, to stand behind a topic; calm where the extremes follow.
    fn predicate(&self, calm: bool) -> String {
        let [Some(first), Some(last)] = [self.points.first(), self.points.last()] else {
            return String::new();
        };
        let named = |(row, value): &(usize, &SpokenValue)| match self.whole {
            true => value.said.clone(),
            false => format!("{}の{}", self.facts.rows[*row].name.noun(), value.said),
        };
        if self.points.len() == 1 {
            return named(first);
        }
        let (from, to) = (named(first), named(last));
        let every = if self.every_year { "年々" } else { "一貫して" };
        let by_way = if self.swings && !calm { "増減を経て" } else { "" };
        let (up, down) = if self.rate { ("上昇", "低下") } else { ("増加", "減少") };
        match self.movement {
            Move::Same if self.points.len() == 2 => format!("どちらも{}", first.1.said),
            Move::Same => format!("すべて{}", first.1.said),
            Move::Rises => format!("{from}から{to}へ{every}{up}"),
            Move::Falls => format!("{from}から{to}へ{every}{down}"),
            Move::Level if from == to => format!("{from}前後でほぼ横ばい"),
            Move::Level => format!("ほぼ横ばいで、{from}から{to}"),
            Move::Returns if from == to => format!("{from}から増減を経て同じ値"),
            Move::Returns => format!("{from}から増減を経て{to}"),
            Move::Up => format!("{from}から{by_way}{to}へ{up}"),
            Move::Down => format!("{from}から{by_way}{to}へ{down}"),
        }
    }

    /// Whether highest and lowest lie elsewhere than a listener would think.
    fn wanders(&self) -> bool {
        matches!(self.movement, Move::Returns | Move::Up | Move::Down) && self.points.len() > 2
    }

    /// Whether the value is said already, as the first or the last.
    fn at_an_end(&self, value: &SpokenValue) -> bool {
        let ends = [self.points.first(), self.points.last()];
        ends.into_iter().flatten().any(|(_, end)| end.exact == value.exact)
    }
}

/// The only series: the time, its course, its highest and lowest.
pub(super) fn lone(facts: &Facts, time: &Time, series: &SpokenSeries) -> Vec<Sentence> {
    let period = words::period(facts);
    let Some(trend) = Trend::of(facts, time, series) else { return Vec::new() };
    if let [(only, _)] = trend.points.as_slice() {
        return words::row(facts, *only).into_iter().collect();
    }
    let predicate = trend.predicate(false);
    let mut sentences = match period {
        Some(period) if trend.whole => {
            let joint = match trend.movement {
                Move::Same | Move::Level => "は",
                _ => "で、",
            };
            vec![Sentence::body(vec![format!("{period}{joint}{predicate}。")])]
        }
        period => {
            let period = period.map(|period| Sentence::body(vec![format!("{period}。")]));
            period.into_iter().chain([Sentence::body(vec![format!("{predicate}。")])]).collect()
        }
    };
    if trend.wanders()
        && let Some(Extremes { top, top_names, low, low_names, .. }) = extremes::of(facts, series)
    {
        sentences.push(match (trend.at_an_end(top), trend.at_an_end(low)) {
            (true, true) => Sentence::body(vec![format!("最大は{top_names}、最小は{low_names}。")]),
            _ => return sentences.into_iter().chain(extremes::lone(facts, series)).collect(),
        });
    }
    sentences
}

/// One of several series: its course, and the highest and lowest that it does not tell.
pub(super) fn with_topic(
    facts: &Facts,
    time: &Time,
    series: &SpokenSeries,
    topic: &str,
) -> Option<Sentence> {
    let trend = Trend::of(facts, time, series)?;
    let mut wordings = Vec::new();
    if trend.wanders() {
        let Extremes { top, top_names, low, low_names, .. } = extremes::of(facts, series)?;
        let top_words = format!("、最大は{top_names}の{}", top.said);
        let low_words = format!("、最小は{low_names}の{}", low.said);
        let calm = trend.predicate(true);
        match (trend.at_an_end(top), trend.at_an_end(low)) {
            (true, true) => {}
            (false, true) => wordings.push(calm + &top_words),
            (true, false) => wordings.push(calm + &low_words),
            (false, false) => {
                let farther = if trend.deep { &low_words } else { &top_words };
                wordings.push(format!("{calm}{top_words}{low_words}"));
                wordings.push(format!("{calm}{farther}"));
            }
        }
    }
    wordings.push(trend.predicate(false));
    Some(Sentence::body(wordings.iter().map(|words| format!("{topic}{words}。")).collect()))
}
