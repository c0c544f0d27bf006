//! Totals among the columns and rows of a table: which of them sums up the others, and where one
//! that is named so does not.
//!
//! A name alone proves nothing (男計 and 女計 are parts, 全体 may be an average), so the sums are
//! looked at: within what rounding the written digits allows, the total is what the others make.

use rust_decimal::Decimal;

use super::figure::{Annotation, ChartKind, Figure, FigureData, Highlight, Series};
use super::parts::allowance;
use super::quantity::Quantity;
use super::width::half_width;

/// Names of what stands for all the others.
const TOTALS: [&str; 8] = ["全体", "合計", "総数", "総計", "計", "総額", "総合計", "男女計"];

/// Words that end in 計 and sum nothing up.
const NO_SUMS: [&str; 10] =
    ["会計", "時計", "統計", "設計", "家計", "生計", "推計", "累計", "温度計", "血圧計"];

/// Whether a name says that it stands for all others: 計, 「総　数」, 合計（人）.
pub fn is_total(name: &str) -> bool {
    TOTALS.contains(&name) || TOTALS.contains(&core(name).as_str())
}

/// Whether a name may say so: 全市計, 総人口, 人口総数.
fn may_be_total(name: &str) -> bool {
    let name = core(name);
    let sums = ["計", "総数", "総額", "全体"].iter().any(|word| name.ends_with(word));
    let sums = sums && !NO_SUMS.iter().any(|word| name.ends_with(word));
    sums || name.starts_with("総") || name.starts_with("全体")
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
        name if may_be_total(name) => Named::Perhaps,
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

impl FigureData {
    /// Its columns with these indices, as lines.
    fn columns(&self, indices: &[usize]) -> Vec<Line<'_>> {
        let columns = indices.iter().filter_map(|index| self.series.get(*index));
        let mut lines = Vec::new();
        for Series { name, values } in columns {
            lines.push(Line { name, values: values.iter().map(Option::as_ref).collect() });
        }
        lines
    }

    /// Its rows over the columns with these indices, as lines.
    fn rows(&self, indices: &[usize]) -> Vec<Line<'_>> {
        let values = |row| indices.iter().map(|series| self.value(*series, row)).collect();
        let rows = self.categories.iter().enumerate();
        rows.map(|(row, name)| Line { name, values: values(row) }).collect()
    }
}

/// A line with its index among the series or categories, and what it is among the others.
pub type Found<'d> = (usize, Standing<'d>);

impl Figure {
    /// What its columns and its rows are among each other.
    pub fn standings(&self) -> (Vec<Found<'_>>, Vec<Found<'_>>) {
        let line = self.line_series.filter(|_| self.kind == ChartKind::ColumnsAndLine);
        let columns: Vec<usize> =
            (0..self.data.series.len()).filter(|index| Some(*index) != line).collect();
        let found = standings(&self.data.columns(&columns));
        let series: Vec<Found<'_>> = columns.iter().copied().zip(found).collect();
        let is_total = |(_, standing): &&Found<'_>| matches!(standing, Standing::Total { .. });
        let totals: Vec<usize> = series.iter().filter(is_total).map(|(index, _)| *index).collect();
        let parts: Vec<usize> =
            columns.into_iter().filter(|index| !totals.contains(index)).collect();
        let rows = standings(&self.data.rows(&parts)).into_iter().enumerate().collect();
        (series, rows)
    }

    /// The totals among them. Where lines need not be parts, 全体 may as well be an average: then
    /// the name alone is not enough.
    pub fn totals(&self, (series, rows): (&[Found<'_>], &[Found<'_>])) -> Totals {
        let those = |found: &[Found<'_>], parts: bool| {
            let found = found.iter().filter(|(_, standing)| match standing {
                Standing::Total { proved, unproved } => parts || *proved > 0 && *unproved == 0,
                _ => false,
            });
            found.map(|(index, _)| *index).collect()
        };
        let sums_down = self.has_parts_down() || !self.is_in_percent();
        Totals {
            series: those(series, self.has_parts_across()),
            rows: if sums_down { those(rows, self.has_parts_down()) } else { Vec::new() },
        }
    }

    /// Whether its columns are the parts of what each row stands for.
    pub fn has_parts_across(&self) -> bool {
        match self.kind {
            ChartKind::StackedColumns
            | ChartKind::StackedBars
            | ChartKind::PercentColumns
            | ChartKind::PercentBars
            | ChartKind::Shares
            | ChartKind::Ring
            | ChartKind::PairedBars => true,
            ChartKind::ColumnsAndLine => self.stacked,
            _ => false,
        }
    }

    /// Whether its rows stand one beside the other as stacks of amounts.
    pub fn stacks_rows(&self) -> bool {
        matches!(self.kind, ChartKind::StackedColumns | ChartKind::StackedBars)
            || self.kind == ChartKind::ColumnsAndLine && self.stacked
    }

    /// Whether its rows are the parts of one whole.
    pub fn has_parts_down(&self) -> bool {
        matches!(self.kind, ChartKind::Shares | ChartKind::Ring)
    }

    /// The indices of the series and of the categories that are drawn: all but the totals that
    /// would stand on, or beside, what they sum up.
    pub fn drawn(&self) -> (Vec<usize>, Vec<usize>) {
        let Totals { series, rows } = &self.data.totals;
        let across = |index: &usize| !(self.has_parts_across() && series.contains(index));
        let down = |index: &usize| !(self.hides_row(*index) && rows.contains(index));
        let all = |count| 0..count;
        (
            all(self.data.series.len()).filter(across).collect(),
            all(self.data.categories.len()).filter(down).collect(),
        )
    }

    /// Whether a total row has no place of its own in the drawing.
    fn hides_row(&self, row: usize) -> bool {
        match self.kind {
            // A ring has its total in the hole, bars back to back have it in their headings.
            ChartKind::Ring | ChartKind::PairedBars => {
                !self.data.categories.get(row).is_some_and(|name| is_total(name))
            }
            ChartKind::Shares => true,
            _ => self.stacks_rows(),
        }
    }

    /// The figure without what is not drawn; `None` where all of it is.
    pub fn without_totals(&self) -> Option<Figure> {
        let (series, rows) = self.drawn();
        let data = &self.data;
        if series.len() == data.series.len() && rows.len() == data.categories.len() {
            return None;
        }
        let place = |kept: &[usize], index: usize| kept.iter().position(|own| *own == index);
        let column = |index: &usize| {
            let series = &data.series[*index];
            let values = rows.iter().map(|row| series.values.get(*row).cloned().flatten());
            Series { name: series.name.clone(), values: values.collect() }
        };
        let moved =
            |(column, row): (usize, usize)| Some((place(&series, column)?, place(&rows, row)?));
        let unsettled = data.unsettled.iter().filter_map(|(at, state)| Some((moved(*at)?, *state)));
        let annotation = |annotation: &Annotation| {
            Some(match annotation {
                Annotation::Period { from, to, text } => Annotation::Period {
                    from: place(&rows, *from)?,
                    to: place(&rows, *to)?,
                    text: text.clone(),
                },
                Annotation::Point { series: own, category, text } => Annotation::Point {
                    series: match own {
                        Some(own) => Some(place(&series, *own)?),
                        None => None,
                    },
                    category: place(&rows, *category)?,
                    text: text.clone(),
                },
            })
        };
        let highlight = self.highlight.and_then(|highlight| match highlight {
            Highlight::Series(index) => place(&series, index).map(Highlight::Series),
            Highlight::Category(index) => place(&rows, index).map(Highlight::Category),
        });
        let kept = FigureData {
            dimension: data.dimension.clone(),
            categories: rows.iter().map(|row| data.categories[*row].clone()).collect(),
            series: series.iter().map(column).collect(),
            unsettled: unsettled.collect(),
            totals: Totals::default(),
            signs: data.signs.iter().filter_map(|(at, sign)| Some((moved(*at)?, *sign))).collect(),
            revised: data.revised.iter().filter_map(|at| moved(*at)).collect(),
        };
        Some(Figure {
            data: kept,
            line_series: self.line_series.and_then(|index| place(&series, index)),
            highlight,
            annotations: self.annotations.iter().filter_map(annotation).collect(),
            ..self.clone()
        })
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
