//! Names of categories: whether they are times, and whether they stand in an order of their own,
//! so that a line may lead from one to the next.

use rust_decimal::Decimal;

use super::figure::{is_rest, is_total};
use super::period::Period;
use super::width::half_width;

/// What a first column is called whose rows stand in an order that their names need not show.
const ORDERED_DIMENSIONS: [&str; 28] = [
    "年度",
    "年",
    "月",
    "年月",
    "年月日",
    "期日",
    "時点",
    "時期",
    "期",
    "期間",
    "曜日",
    "時刻",
    "時間帯",
    "年齢",
    "年齢階級",
    "年齢層",
    "年代",
    "階級",
    "職階",
    "職位",
    "階層",
    "等級",
    "段階",
    "規模",
    "学年",
    "頻度",
    "要介護度",
    "順位",
];

/// Words that stand in an order, from the lowest to the highest. A name counts as the longest word
/// that it begins with.
const LADDERS: [&[&str]; 8] = [
    &["主事", "主任", "主査", "係長", "主幹", "課長補佐", "課長", "次長", "部長"],
    &["未就学", "幼稚園", "小学", "中学", "高校", "大学", "大学院"],
    &["日曜", "月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"],
    &["日", "月", "火", "水", "木", "金", "土", "日"],
    &["春", "夏", "秋", "冬", "春", "夏", "秋"],
    &["早朝", "朝", "午前", "昼", "午後", "夕", "夜", "深夜"],
    &["小", "中", "大"],
    &["低", "中", "高"],
];

/// The categories among which an order is looked for: neither totals nor what is left over.
fn named(categories: &[String]) -> impl Iterator<Item = &str> + Clone {
    let names = categories.iter().map(String::as_str);
    names.filter(|name| !is_total(name) && !is_rest(name))
}

/// Whether all categories are points in time: fiscal years, days, months. Totals may stand among
/// them.
pub fn are_times(categories: &[String]) -> bool {
    let mut names = named(categories).peekable();
    names.peek().is_some() && names.all(|name| Period::parse(name).is_some() || is_month(name))
}

/// `4月`, `R6.4`, `令和6年4月`, `2024-04`.
pub fn is_month(name: &str) -> bool {
    let half = half_width(name.trim());
    let month = |text: &str| text.parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    let body = half.strip_suffix('月').unwrap_or(&half);
    let parted = body.rsplit_once(['年', '.', '-', '/']);
    match parted {
        Some((year, last)) => month(last) && Period::parse(year).is_some(),
        None => half.ends_with('月') && month(body),
    }
}

/// Whether the categories stand in an order of their own: times, numbers that rise or fall
/// throughout (10代, 20代; 18〜39歳, 40〜64歳), the steps of a ladder (係長級, 課長級), or anything
/// under a heading such as 職階. Totals and what is left over are not looked at.
pub fn are_ordered(dimension: &str, categories: &[String]) -> bool {
    let names: Vec<&str> = named(categories).collect();
    let dimension: String = dimension.chars().filter(|c| !c.is_whitespace()).collect();
    let dimension = dimension.trim_end_matches('別');
    names.len() < 2
        || ORDERED_DIMENSIONS.contains(&dimension)
        || are_times(categories)
        || [false, true].iter().any(|scaled| {
            let keys: Option<Vec<_>> = names.iter().map(|name| number_of(name, *scaled)).collect();
            keys.is_some_and(|keys| is_monotone(&keys))
        })
        || LADDERS.iter().any(|ladder| stands_on(ladder, &names))
}

fn is_monotone<T: PartialOrd>(keys: &[T]) -> bool {
    keys.windows(2).all(|pair| pair[0] < pair[1]) || keys.windows(2).all(|pair| pair[0] > pair[1])
}

/// What a number in front of it names, and does not measure: 第1地区, 2班.
const NUMBERED: [&str; 7] = ["地区", "区", "中学校", "小学校", "分団", "班", "課"];

/// The first number of a name, with -1 behind it for what lies below (20歳未満) and 1 for what lies
/// at or above (70代以上). `scaled`: 100万円 is a million.
fn number_of(name: &str, scaled: bool) -> Option<(Decimal, i8)> {
    let half = half_width(name);
    let start = half.find(|c: char| c.is_ascii_digit())?;
    let rest = &half[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && !",.".contains(c)).unwrap_or(rest.len());
    if NUMBERED.iter().any(|place| rest[end..].starts_with(place)) {
        return None;
    }
    // 「1.総務」 is the first, not one point something.
    let digits = rest[..end].replace(',', "");
    let mut number: Decimal = digits.trim_end_matches('.').parse().ok()?;
    for word in rest[end..].chars().take_while(|_| scaled) {
        let scale = match word {
            '千' => 1_000_i64,
            '万' => 10_000,
            '億' => 100_000_000,
            _ => break,
        };
        number = number.checked_mul(scale.into())?;
    }
    // 100万円以上300万円未満 begins at 100万円.
    let side = ["未満", "以下", "まで"].iter().any(|word| half.ends_with(word));
    let several = rest[end..].contains(|c: char| c.is_ascii_digit());
    let above = half.ends_with("以上") || half.ends_with('超');
    Some((number, i8::from(above) - i8::from(side && !several)))
}

/// Whether the names are steps of a ladder, going one way. A ladder that turns (weekdays, seasons)
/// has its first steps again at its end.
fn stands_on(ladder: &[&str], names: &[&str]) -> bool {
    let word = |name: &str| {
        let words = ladder.iter().filter(|word| name.starts_with(**word));
        words.max_by_key(|word| word.len()).copied()
    };
    let Some(words) = names.iter().map(|name| word(name)).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let climbs = |steps: &[&str]| {
        let mut left = steps.iter();
        words.iter().all(|word| left.any(|step| step == word))
    };
    let down: Vec<&str> = ladder.iter().rev().copied().collect();
    climbs(ladder) || climbs(&down)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(names: &[&str]) -> bool {
        are_ordered("項目", &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn years_months_ages_amounts_and_grades_stand_in_an_order() {
        for names in [
            &["H30", "R1", "令和2年度"][..],
            &["4月", "10月", "１月", "3月"],
            &["R6.4", "R6.5", "2024-06"],
            &["10〜20代", "30代", "70代以上", "全体"],
            &["20歳未満", "20代", "30代", "無回答"],
            &["100万円未満", "100万円以上300万円未満", "300万円以上", "1,000万円以上"],
            &["100万円未満", "100〜200万円", "200〜300万円"],
            &["9千人", "1万人", "1.5億人"],
            &["係長級", "課長補佐級", "課長級以上"],
            &["部長", "課長", "係長"],
            &["月曜日", "火曜日", "土曜日", "日曜日"],
            &["日", "月", "火"],
            &["3丁目", "2丁目", "1丁目"],
            &["全体"],
        ] {
            assert!(ordered(names), "{names:?}");
        }
    }

    #[test]
    fn reasons_places_and_mixed_numbers_stand_in_none() {
        for names in [
            &["交通の便が悪い", "働く場が少ない"][..],
            &["総務部", "産業建設部", "教育委員会"],
            &["10代", "30代", "20代"],
            &["1丁目", "1丁目"],
            &["課長", "係長", "部長"],
            &["10代", "その他の年代"],
            &["中央", "東", "西"],
        ] {
            assert!(!ordered(names), "{names:?}");
        }
    }

    #[test]
    fn a_heading_can_say_that_its_rows_stand_in_an_order() {
        let names = ["若年".to_owned(), "壮年".to_owned()];
        assert!(are_ordered("年齢 階級", &names) && are_ordered("年代別", &names));
        assert!(!are_ordered("地区", &names));
    }

    #[test]
    fn only_points_in_time_are_times() {
        let times =
            |names: &[&str]| are_times(&names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>());
        assert!(times(&["R5", "R6", "合計"]) && times(&["4月", "5月"]) && times(&["R6.4.1"]));
        assert!(!times(&["10代", "20代"]) && !times(&["合計"]) && !times(&["13月", "1月"]));
    }
}
