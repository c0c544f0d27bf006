//! Totals among the columns and rows of a table: which of them sums up the others, and where one
//! that is named so does not.
//!
//! A name alone proves nothing (男計 and 女計 are parts, 全体 may be an average), so the sums are
//! looked at: within what rounding the written digits allows, the total is what the others make.

use rust_decimal::Decimal;

use super::quantity::{Quantity, allowance};
use super::width::half_width;

/// Names of what stands for all the others.
const TOTALS: [&str; 8] = ["全体", "合計", "総数", "総計", "計", "総額", "総合計", "男女計"];

/// Words that end in 計 and sum nothing up.
const NO_SUMS: [&str; 10] =
    ["会計", "時計", "統計", "設計", "家計", "生計", "推計", "累計", "温度計", "血圧計"];

/// Words that begin with 総 and name a part: 総務費, 総合政策課.
const NO_TOTALS: [&str; 9] =
    ["総務", "総合", "総括", "総会", "総体", "総論", "総社", "総菜", "総選挙"];

/// Whether a name says that it stands for all others: 計, 「総　数」, 合計（人）.
pub fn is_total(name: &str) -> bool {
    TOTALS.contains(&name) || TOTALS.contains(&core(name).as_str())
}

/// Whether a name may say so: 全市計, 総人口, 人口総数.
pub fn sums_by_name(name: &str) -> bool {
    let name = core(name);
    let sums = ["計", "総数", "総額", "全体"].iter().any(|word| name.ends_with(word));
    let sums = sums && !NO_SUMS.iter().any(|word| name.ends_with(word));
    let all = name.starts_with('総') && !NO_TOTALS.iter().any(|word| name.starts_with(word));
    sums || all || name.starts_with("全体")
}

/// A name without blanks, brackets around it, and a unit or remark in brackets behind it.
fn core(name: &str) -> String {
    let plain: String = half_width(name).chars().filter(|c| !c.is_whitespace()).collect();
    let pairs = [('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕'), ('<', '>')];
    let inner = pairs.iter().find_map(|(open, close)| {
        plain.strip_prefix(*open)?.strip_suffix(*close).map(str::to_owned)
    });
    let plain = inner.unwrap_or(plain);
    match plain.split_once('(') {
        Some((name, rest)) if !name.is_empty() && rest.ends_with(')') => name.to_owned(),
        _ => plain,
    }
}

/// The columns and rows of a figure's data that sum up the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Indices of series.
    pub series: Vec<usize>,
    /// Indices of categories.
    pub rows: Vec<usize>,
}

/// A column or a row: its name and its values.
pub struct Line<'d> {
    pub name: &'d str,
    pub values: Vec<Option<&'d Quantity>>,
}

/// A value that is named a total and is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch<'d> {
    /// Which of the values of the line.
    pub position: usize,
    pub total: &'d Quantity,
    pub parts: Vec<(&'d str, &'d Quantity)>,
    pub sum: Decimal,
}

/// What a line is among the others.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing<'d> {
    /// One of them.
    Part,
    /// What they make together: at so many places it is, at so many a value is missing, and nobody
    /// can tell.
    Total { proved: usize, unproved: usize },
    /// Named so, and not what they make.
    Off(Vec<Mismatch<'d>>),
}

/// How a name speaks: of a total, perhaps of one, or of a part.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    Total,
    Perhaps,
    Part,
}

/// More lines than these that are named a total are another kind of table.
const MOST_NAMED: usize = 8;

/// What every line is among the others.
pub fn standings<'d>(lines: &[Line<'d>]) -> Vec<Standing<'d>> {
    let named = |line: &Line<'_>| match line.name {
        name if is_total(name) => Named::Total,
        name if sums_by_name(name) => Named::Perhaps,
        _ => Named::Part,
    };
    let names: Vec<Named> = lines.iter().map(named).collect();
    let many = names.iter().filter(|name| **name != Named::Part).count() > MOST_NAMED;
    let each = (0..lines.len()).map(|index| match many {
        true => Standing::Part,
        false => standing(lines, &names, index),
    });
    each.collect()
}

fn standing<'d>(lines: &[Line<'d>], names: &[Named], index: usize) -> Standing<'d> {
    let line = &lines[index];
    if names[index] == Named::Part {
        return Standing::Part;
    }
    let sure = names[index] == Named::Total;
    let others = (0..lines.len()).filter(|at| *at != index && names[*at] != Named::Total);
    // 男計 and 女計 are parts, and of a single other nothing can be the sum by its name alone.
    let alike = others.clone().any(|at| names[at] == Named::Perhaps);
    let others: Vec<&Line<'d>> = others.map(|at| &lines[at]).collect();
    if others.is_empty() || !sure && (others.len() < 2 || alike) {
        return Standing::Part;
    }
    let (mut proved, mut unproved, mut off) = (0, 0, Vec::new());
    for (position, total) in line.values.iter().enumerate() {
        let parts =
            others.iter().filter_map(|other| Some((other.name, (*other.values.get(position)?)?)));
        let parts: Vec<(&str, &Quantity)> = parts.collect();
        let whole = parts.len() == others.len();
        let Some(total) = total else {
            unproved += usize::from(!parts.is_empty());
            continue;
        };
        let add = |sum: Decimal, part: &(&str, &Quantity)| sum.saturating_add(part.1.exact);
        let sum = parts.iter().fold(Decimal::ZERO, add);
        let written = parts.iter().map(|(_, part)| *part).chain([*total]);
        let slack = allowance(written);
        let apart = sum.saturating_sub(total.exact);
        // What is missing adds to the others, as long as none of them is below zero.
        let may_miss = parts.iter().all(|(_, part)| part.exact >= Decimal::ZERO);
        match whole {
            true if apart.abs() > slack => off.push(Mismatch { position, total, parts, sum }),
            // 0 = 0 + 0 proves nothing of a name that only looks like one.
            true => proved += usize::from(sure || !total.exact.is_zero()),
            false if may_miss && apart > slack => {
                off.push(Mismatch { position, total, parts, sum });
            }
            false => unproved += 1,
        }
    }
    match (sure, off.is_empty()) {
        (true, true) => Standing::Total { proved, unproved },
        (false, true) if proved > 0 => Standing::Total { proved, unproved },
        (true, false) => Standing::Off(off),
        // A name that only looks like one is taken for a total where it mostly is.
        (false, false) if proved > off.len() => Standing::Off(off),
        (false, _) => Standing::Part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Place;

    fn quantity(text: &str) -> Option<Quantity> {
        let exact = text.parse().ok()?;
        Some(Quantity { text: text.to_owned(), exact, place: Place::file("a.csv") })
    }

    /// What the last line of a table is; each line is its name and its values.
    fn last(lines: &[(&str, &[&str])]) -> String {
        let table: Vec<Vec<Option<Quantity>>> = lines
            .iter()
            .map(|(_, texts)| texts.iter().map(|text| quantity(text)).collect())
            .collect();
        let lines: Vec<Line<'_>> = lines
            .iter()
            .zip(&table)
            .map(|((name, _), values)| Line {
                name,
                values: values.iter().map(Option::as_ref).collect(),
            })
            .collect();
        match standings(&lines).pop().unwrap() {
            Standing::Part => "部分".into(),
            Standing::Total { unproved, .. } => format!("合計{unproved}"),
            Standing::Off(off) => format!("違い{}", off.len()),
        }
    }

    #[test]
    fn names_of_totals_may_have_blanks_brackets_and_units() {
        for name in
            ["計", "合　計", "総 数", "【計】", "（総数）", "合計（人）", "総数 (人)", "男女計"]
        {
            assert!(is_total(name), "{name}");
        }
        for name in ["会計", "計画", "総務部", "全体会議", "男計", "合計特殊出生率", "()", ""]
        {
            assert!(!is_total(name), "{name}");
        }
    }

    #[test]
    fn a_line_is_the_total_when_it_is_named_so_and_is_the_sum() {
        let (men, women): (&[&str], &[&str]) = (&["100", "90"], &["116", "95"]);
        for name in ["計", "総　数", "男女計", "全市計", "総人口", "人口総数"] {
            assert_eq!(
                last(&[("男", men), ("女", women), (name, &["216", "185"])]),
                "合計0",
                "{name}"
            );
        }
        let fees: &[(&str, &[&str])] = &[("総務費", &["3"]), ("民生費", &["4"])];
        assert_eq!(last(&[fees[0], fees[1], ("歳出総額", &["7"])]), "合計0");
        assert_eq!(last(&[fees[1], ("土木費", &["1"]), ("総務費", &["5"])]), "部分");
        for name in ["その他", "一般会計", "不明"] {
            assert_eq!(
                last(&[("男", men), ("女", women), (name, &["216", "185"])]),
                "部分",
                "{name}"
            );
        }
    }

    #[test]
    fn a_total_that_is_not_the_sum_is_told_for_names_that_leave_no_doubt() {
        let table = |name: &str, values: &[&str]| {
            last(&[("男", &["100", "90"]), ("女", &["116", "95"]), (name, values)])
        };
        assert_eq!(table("計", &["210", "185"]), "違い1");
        assert_eq!(table("総数", &["500", "400"]), "違い2");
        // Mostly the sum: a slip. Never: another thing.
        assert_eq!(
            last(&[
                ("東", &["1", "2", "3"]),
                ("西", &["4", "5", "6"]),
                ("全市計", &["5", "7", "90"])
            ]),
            "違い1"
        );
        assert_eq!(table("総務費", &["30", "40"]), "部分");
        assert_eq!(last(&[("総数", &["100"]), ("うち女性", &["40"])]), "部分");
        assert_eq!(last(&[("うち女性", &["40"]), ("総数", &["100"])]), "違い1");
    }

    #[test]
    fn rounding_by_the_digits_that_are_written_is_no_difference() {
        let table =
            |a: &str, b: &str, total: &str| last(&[("男", &[a]), ("女", &[b]), ("計", &[total])]);
        assert_eq!(table("33.3", "66.6", "100.0"), "合計0");
        assert_eq!(table("33.3", "66.6", "100.2"), "違い1");
        assert_eq!(table("33", "66", "100"), "合計0");
        assert_eq!(table("33.33", "66.63", "100.00"), "違い1");
        // A sheet drops the 0 of 40.0: the others say how many digits there are.
        assert_eq!(table("40", "59.5", "100"), "違い1");
    }

    #[test]
    fn parts_with_such_names_stay_parts() {
        assert_eq!(last(&[("男計", &["5"]), ("女計", &["5"])]), "部分");
        assert_eq!(last(&[("歳入計", &["5"]), ("繰越", &["3"]), ("歳出計", &["8"])]), "部分");
        assert_eq!(last(&[("計", &["5"])]), "部分");
    }

    #[test]
    fn where_values_are_missing_the_name_decides_unless_it_cannot_be() {
        assert_eq!(last(&[("男", &["－"]), ("女", &["5"]), ("計", &["12"])]), "合計1");
        assert_eq!(last(&[("男", &["－"]), ("女", &["15"]), ("計", &["12"])]), "違い1");
        assert_eq!(last(&[("男", &["5"]), ("女", &["5"]), ("計", &["－"])]), "合計1");
        assert_eq!(last(&[("男", &["5"]), ("女", &["-"]), ("市計", &["9"])]), "部分");
    }
}
