//! What the soft words of the prose are taken to mean, as numbers.
//!
//! The prose says ほぼ同じ or 大幅に and leaves open how much that is. Each limit stands where a
//! reader with the table in hand would begin to object. docs/trust.md lists them all.

use rust_decimal::Decimal;

const fn tenths_of_a_point(count: u32) -> Decimal {
    Decimal::from_parts(count, 0, 0, false, 1)
}

/// ほぼ同じ水準: less than this many points between two years. No survey of some hundred answers
/// can tell smaller changes from chance, and 1.0 is the first change that a reader counts in whole
/// points.
pub const ALMOST_SAME: Decimal = tenths_of_a_point(10);

/// おおよそ70%台: a year may lie outside 70–80 by less than this.
pub const ROUGHLY: Decimal = tenths_of_a_point(10);

/// 2割前後: 17–23%. From 23 on a reader would say 2割強 or 4分の1, below 17 2割弱.
pub const AROUND: Decimal = tenths_of_a_point(30);

/// 半数: 45–55%.
pub const HALF: Decimal = tenths_of_a_point(50);

/// 20%程度で推移: every year within 18–22%, which rounds to 20 in steps of four points.
pub const ABOUT: Decimal = tenths_of_a_point(20);

/// やや高い: higher, but on average by no more than this.
pub const SOMEWHAT: Decimal = tenths_of_a_point(100);

/// 大幅に上回り: by at least this many points.
pub const GREATLY: Decimal = tenths_of_a_point(200);

/// 特に低い: below the next lowest by at least this many points.
pub const ESPECIALLY: Decimal = tenths_of_a_point(30);

/// 高い水準で推移: every year at most this many points below the target value.
pub const HIGH_LEVEL: Decimal = tenths_of_a_point(50);

/// ほぼ横ばい: the years differ by no more than this, in points.
pub const LEVEL: Decimal = tenths_of_a_point(5);

/// 大きな増減はなく, 変動も小さい: the years differ by no more than this, in points.
pub const SMALL_MOVES: Decimal = tenths_of_a_point(10);

/// 増加・減少の傾向: Kendall's τ over the years, beside a last year that lies on the right side of
/// the first. 0.5 is where three of four pairs of years go the same way.
pub const TREND: Decimal = tenths_of_a_point(5);

fn highest(values: &[Decimal]) -> Decimal {
    values.iter().copied().max().unwrap_or_default()
}

fn lowest(values: &[Decimal]) -> Decimal {
    values.iter().copied().min().unwrap_or_default()
}

fn mean(values: &[Decimal]) -> Decimal {
    values.iter().sum::<Decimal>() / Decimal::from(values.len().max(1))
}

/// Within a distance, limits included.
pub fn near(value: Decimal, middle: Decimal, distance: Decimal) -> bool {
    (value - middle).abs() <= distance
}

/// The distance between the highest and the lowest is no more than this.
pub fn within(values: &[Decimal], distance: Decimal) -> bool {
    highest(values) - lowest(values) <= distance
}

/// N割: the nearest 割 of a percentage, half up.
pub fn tenths(percent: Decimal) -> Decimal {
    super::format::rounded(percent / Decimal::TEN, 0)
}

/// N割強: above N割, and not yet the next.
pub fn a_little_over(percent: Decimal, tenths: u32) -> bool {
    let floor = Decimal::from(tenths * 10);
    percent > floor && percent < floor + Decimal::TEN
}

/// Every value lies above every other one.
pub fn all_above(values: &[Decimal], others: &[Decimal]) -> bool {
    lowest(values) > highest(others)
}

/// Higher than the others, but not by much.
pub fn somewhat_above(values: &[Decimal], others: &[Decimal]) -> bool {
    all_above(values, others) && mean(values) - mean(others) <= SOMEWHAT
}

/// Every year higher than the one before it.
pub fn rises_yearly(values: &[Decimal]) -> bool {
    values.windows(2).all(|pair| pair[0] < pair[1])
}

/// Kendall's τ: pairs of years that rise minus pairs that fall, of all pairs.
fn tau(values: &[Decimal]) -> Decimal {
    let later = |(first, value): (usize, &Decimal)| -> i64 {
        let sign = |next: &Decimal| i64::from(next > value) - i64::from(next < value);
        values[first + 1..].iter().map(sign).sum()
    };
    let pairs = values.len() * values.len().saturating_sub(1) / 2;
    let balance: i64 = values.iter().enumerate().map(later).sum();
    Decimal::from(balance) / Decimal::from(pairs.max(1))
}

/// 増える傾向.
pub fn tends_up(values: &[Decimal]) -> bool {
    values.last() > values.first() && tau(values) >= TREND
}

/// 減る傾向.
pub fn tends_down(values: &[Decimal]) -> bool {
    values.last() < values.first() && tau(values) <= -TREND
}

/// 増減を繰り返し: at least one year rises and one falls.
pub fn goes_up_and_down(values: &[Decimal]) -> bool {
    let step =
        |up: bool| move |pair: &[Decimal]| if up { pair[1] > pair[0] } else { pair[1] < pair[0] };
    values.windows(2).any(step(true)) && values.windows(2).any(step(false))
}

#[test]
fn a_trend_bears_one_year_against_it_but_not_a_return() {
    let years = |values: [u32; 5]| values.map(Decimal::from);
    assert!(tends_down(&years([70, 69, 68, 61, 62])));
    assert!(!tends_down(&years([70, 69, 86, 61, 62])));
    assert!(!tends_down(&years([70, 60, 62, 65, 69])));
    assert!(tends_up(&years([1, 2, 4, 3, 5])));
    assert!(!rises_yearly(&years([1, 2, 4, 3, 5])));
}
