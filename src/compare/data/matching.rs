//! What is the same thing in two editions although its name on the pages changed.

use std::collections::{BTreeMap, BTreeSet};

use soukatsu_core::model::data_table::{DataTable, TableColumn};
use soukatsu_core::model::figure::Figure;
use soukatsu_core::model::name::same_name;
use soukatsu_core::model::quantity::Quantity;
use soukatsu_core::model::report::{PageRow, Report};

/// The matched ids of the things of an edition: things of two editions with the same number are
/// the same thing. All are by index in their list, where nothing else is said.
#[derive(Debug, Default)]
pub struct MatchedIds {
    pub pages: Vec<usize>,
    /// By row of the page map.
    pub chapters: BTreeMap<usize, usize>,
    /// The ids of chapters that both editions have.
    pub shared_chapters: BTreeSet<usize>,
    pub pillars: Vec<usize>,
    /// By name.
    pub measures: BTreeMap<String, usize>,
    pub indicators: Vec<usize>,
    /// By id of the indicator.
    pub breakdowns: BTreeMap<usize, Vec<usize>>,
    /// By number; a figure that both editions have has the number of the edition before.
    pub figures: BTreeMap<String, String>,
    /// The ids of figures that both editions have.
    pub shared_figures: BTreeSet<String>,
    /// By id of the figure.
    pub annotations: BTreeMap<String, Vec<usize>>,
    pub categories: BTreeMap<String, Vec<usize>>,
    pub series: BTreeMap<String, Vec<usize>>,
    /// The ids of the figures that have a table in the appendix in both editions.
    pub tables: BTreeSet<String>,
    /// Tables by number; one that both editions have has the number of the edition before.
    pub data_tables: BTreeMap<String, String>,
    /// The ids of tables that both editions have.
    pub shared_tables: BTreeSet<String>,
    /// By id of the table.
    pub table_rows: BTreeMap<String, Vec<usize>>,
    pub table_columns: BTreeMap<String, Vec<usize>>,
}

impl MatchedIds {
    /// What a figure is called in both editions.
    pub fn figure<'a>(&'a self, number: &'a str) -> &'a str {
        self.figures.get(number).map_or(number, String::as_str)
    }

    /// What a table is called in both editions.
    pub fn table<'a>(&'a self, number: &'a str) -> &'a str {
        self.data_tables.get(number).map_or(number, String::as_str)
    }
}

/// The matched ids of the things of two editions.
pub fn match_things(old: &Report, new: &Report) -> [MatchedIds; 2] {
    let mut both = [MatchedIds::default(), MatchedIds::default()];
    let [of_old, of_new] = &mut both;
    (of_old.pages, of_new.pages) = pages(old, new);
    chapters(old, new, of_old, of_new);
    measures(old, new, of_old, of_new);
    let (was, is) = (&old.pillars, &new.pillars);
    (of_old.pillars, of_new.pillars) = pair(
        (was.len(), is.len()),
        &[
            &|a, b| same_name(&was[a].name, &is[b].name),
            &|a, b| was[a].number == is[b].number,
            &|a, b| a == b,
        ],
    );
    let (was, is) = (&old.indicators.rows, &new.indicators.rows);
    let short =
        |a: usize, b: usize| !was[a].short.is_empty() && same_name(&was[a].short, &is[b].short);
    (of_old.indicators, of_new.indicators) =
        with_single((was.len(), is.len()), &[&|a, b| same_name(&was[a].name, &is[b].name), &short]);
    for (index, id) in of_new.indicators.iter().enumerate() {
        let Some(before) = was.get(*id) else { continue };
        let (was, is) = (&before.breakdowns, &is[index].breakdowns);
        let by_name = |a: usize, b: usize| same_name(&was[a].name, &is[b].name);
        let ids = pair((was.len(), is.len()), &[&by_name, &|a, b| a == b]);
        of_old.breakdowns.insert(*id, ids.0);
        of_new.breakdowns.insert(*id, ids.1);
    }
    for (before, after) in figures(old, new, of_old, of_new) {
        if before.table && after.table {
            of_old.tables.insert(before.number.clone());
            of_new.tables.insert(before.number.clone());
        }
        let (was, is) = (&before.annotations, &after.annotations);
        let ids = pair(
            (was.len(), is.len()),
            &[&|a, b| was[a] == is[b], &|a, b| was[a].text() == is[b].text(), &|a, b| a == b],
        );
        of_old.annotations.insert(before.number.clone(), ids.0);
        of_new.annotations.insert(before.number.clone(), ids.1);
        let (was, is) = (&before.data.categories, &after.data.categories);
        let values = |a: usize, b: usize| category_values(before, a) == category_values(after, b);
        let ids = pair(
            (was.len(), is.len()),
            &[&|a, b| was[a] == is[b], &|a, b| same_name(&was[a], &is[b]), &values, &|a, b| {
                a == b && was.len() == is.len()
            }],
        );
        of_old.categories.insert(before.number.clone(), ids.0);
        of_new.categories.insert(before.number.clone(), ids.1);
        let (was, is) = (&before.data.series, &after.data.series);
        let values = |a: usize, b: usize| texts(was[a].values.iter()) == texts(is[b].values.iter());
        let ids = pair(
            (was.len(), is.len()),
            &[
                &|a, b| was[a].name == is[b].name,
                &|a, b| same_name(&was[a].name, &is[b].name),
                &values,
                &|a, b| a == b && was.len() == is.len(),
            ],
        );
        of_old.series.insert(before.number.clone(), ids.0);
        of_new.series.insert(before.number.clone(), ids.1);
    }
    tables(old, new, of_old, of_new);
    both
}

/// Tables are their numbers, or their title; rows and columns are their names, or what they hold.
fn tables(old: &Report, new: &Report, of_old: &mut MatchedIds, of_new: &mut MatchedIds) {
    let (was, is) = (&old.tables, &new.tables);
    let ids = pair(
        (was.len(), is.len()),
        &[&|a, b| was[a].number == is[b].number, &|a, b| was[a].title == is[b].title],
    );
    for (after, id) in is.iter().zip(ids.1) {
        let Some(before) = was.get(id) else { continue };
        let id = &before.number;
        of_new.data_tables.insert(after.number.clone(), id.clone());
        let (was, is) = (&before.rows, &after.rows);
        let texts = |table: &DataTable, row: usize| -> Vec<String> {
            let cells = table.columns.iter().filter(|column| !column.is_label);
            cells.map(|column| column.cells[row].text().to_owned()).collect()
        };
        let held = |a: usize, b: usize| texts(before, a) == texts(after, b);
        let rows = pair(
            (was.len(), is.len()),
            &[
                &|a, b| was[a].name == is[b].name,
                &|a, b| same_name(&was[a].name, &is[b].name),
                &held,
                &|a, b| a == b && was.len() == is.len(),
            ],
        );
        let (was, is) = (&before.columns, &after.columns);
        let texts = |column: &TableColumn| -> Vec<String> {
            column.cells.iter().map(|cell| cell.text().to_owned()).collect()
        };
        let columns = pair(
            (was.len(), is.len()),
            &[
                &|a, b| was[a].name == is[b].name,
                &|a, b| same_name(&was[a].name, &is[b].name),
                &|a, b| texts(&was[a]) == texts(&is[b]),
                &|a, b| a == b && was.len() == is.len(),
            ],
        );
        for (ids, rows, columns) in
            [(&mut *of_old, rows.0, columns.0), (&mut *of_new, rows.1, columns.1)]
        {
            ids.shared_tables.insert(id.clone());
            ids.table_rows.insert(id.clone(), rows);
            ids.table_columns.insert(id.clone(), columns);
        }
    }
}

/// Figures are their numbers; one under a new number that no figure had, its title and data.
fn figures<'a>(
    old: &'a Report,
    new: &'a Report,
    of_old: &mut MatchedIds,
    of_new: &mut MatchedIds,
) -> Vec<(&'a Figure, &'a Figure)> {
    let (was, is) = (&old.figures, &new.figures);
    let words = |figure: &Figure| (figure.title.clone(), figure.data.categories.clone());
    let ids = pair(
        (was.len(), is.len()),
        &[&|a, b| was[a].number == is[b].number, &|a, b| words(&was[a]) == words(&is[b])],
    );
    let mut both = Vec::new();
    for (after, id) in is.iter().zip(ids.1) {
        let Some(before) = was.get(id) else { continue };
        of_new.figures.insert(after.number.clone(), before.number.clone());
        for ids in [&mut *of_old, &mut *of_new] {
            ids.shared_figures.insert(before.number.clone());
        }
        both.push((before, after));
    }
    both
}

type Rule<'a> = &'a dyn Fn(usize, usize) -> bool;

/// Pairs what two lists hold: by the first rule, and what is left by the next.
fn pair((old, new): (usize, usize), rules: &[Rule<'_>]) -> (Vec<usize>, Vec<usize>) {
    let mut left: BTreeSet<usize> = (0..old).collect();
    let mut found: Vec<Option<usize>> = vec![None; new];
    for rule in rules {
        for (index, id) in found.iter_mut().enumerate().filter(|(_, id)| id.is_none()) {
            *id = left.iter().copied().find(|other| rule(*other, index));
            if let Some(id) = id {
                left.remove(id);
            }
        }
    }
    let ids = found.into_iter().enumerate().map(|(index, id)| id.unwrap_or(old + index));
    ((0..old).collect(), ids.collect())
}

/// The same, and when a single one is left on either side, those two.
fn with_single((old, new): (usize, usize), rules: &[Rule<'_>]) -> (Vec<usize>, Vec<usize>) {
    let (of_old, mut of_new) = pair((old, new), rules);
    let gone: Vec<usize> = (0..old).filter(|id| !of_new.contains(id)).collect();
    let mut come = of_new.iter_mut().filter(|id| **id >= old);
    if let ([id], Some(single), None) = (&gone[..], come.next(), come.next()) {
        *single = *id;
    }
    (of_old, of_new)
}

/// Pages are their prose; of those without, or with another, what the page map says of them.
fn pages(old: &Report, new: &Report) -> (Vec<usize>, Vec<usize>) {
    let (was, is) = (&old.pages, &new.pages);
    let file = |report: &Report, row: &PageRow| -> Option<String> {
        row.prose.and_then(|index| report.prose.get(index)).map(|prose| prose.file.clone())
    };
    let prose = |a: usize, b: usize| {
        let before = file(old, &was[a]);
        before.is_some() && before == file(new, &is[b])
    };
    let written = |row: &PageRow| {
        let chapter = row.chapter.as_ref().map(|chapter| chapter.1.clone());
        (row.pillar.clone(), row.measure.clone(), row.title.clone(), chapter)
    };
    let same =
        |a: usize, b: usize| was[a].kind == is[b].kind && written(&was[a]) == written(&is[b]);
    let place = |a: usize, b: usize| a == b && was[a].kind == is[b].kind;
    pair((was.len(), is.len()), &[&prose, &same, &place])
}

/// Chapters are their titles; a new title is that of the chapter with its number.
fn chapters(old: &Report, new: &Report, of_old: &mut MatchedIds, of_new: &mut MatchedIds) {
    let begun = |report: &Report| -> Vec<(usize, (usize, String))> {
        let rows = report.pages.iter().enumerate();
        rows.filter_map(|(row, page)| Some((row, page.chapter.clone()?))).collect()
    };
    let (was, is) = (begun(old), begun(new));
    let title = |a: usize, b: usize| was[a].1.1 == is[b].1.1;
    let number = |a: usize, b: usize| was[a].1.0 == is[b].1.0;
    let ids = pair((was.len(), is.len()), &[&title, &number]);
    let shared = || ids.1.iter().copied().filter(|id| *id < was.len()).collect();
    (of_old.shared_chapters, of_new.shared_chapters) = (shared(), shared());
    of_old.chapters = was.iter().map(|(row, _)| *row).zip(ids.0).collect();
    of_new.chapters = is.iter().map(|(row, _)| *row).zip(ids.1).collect();
}

/// Measures are their names; under a new name, the initiatives below it.
fn measures(old: &Report, new: &Report, of_old: &mut MatchedIds, of_new: &mut MatchedIds) {
    let names = |report: &Report| -> Vec<String> {
        let listed = report.initiatives.iter().map(|item| &item.measure);
        let headed = report.pages.iter().filter_map(|page| page.measure.as_ref());
        let mut seen = BTreeSet::new();
        listed.chain(headed).filter(|name| seen.insert(*name)).cloned().collect()
    };
    let below = |report: &Report, name: &str| -> Vec<u32> {
        let items = report.initiatives.iter().filter(|item| item.measure == name);
        items.map(|item| item.number).collect()
    };
    let (was, is) = (names(old), names(new));
    let same = |a: usize, b: usize| {
        let items = below(old, &was[a]);
        !items.is_empty() && items == below(new, &is[b])
    };
    let ids = with_single((was.len(), is.len()), &[&|a, b| same_name(&was[a], &is[b]), &same]);
    of_old.measures = was.into_iter().zip(ids.0).collect();
    of_new.measures = is.into_iter().zip(ids.1).collect();
}

fn texts<'a>(values: impl Iterator<Item = &'a Option<Quantity>>) -> Vec<Option<&'a str>> {
    values.map(|value| value.as_ref().map(|value| value.text.as_str())).collect()
}

fn category_values(figure: &Figure, category: usize) -> Vec<Option<&str>> {
    let series = figure.data.series.iter();
    series
        .map(|series| series.values.get(category)?.as_ref().map(|value| value.text.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_paired_by_the_first_rule_that_fits() {
        let (was, is) = (["甲", "乙", "丙"], ["丙", "丁", "甲"]);
        let ids = pair((3, 3), &[&|a, b| was[a] == is[b]]);
        assert_eq!(ids, (vec![0, 1, 2], vec![2, 4, 0]));
    }

    #[test]
    fn the_single_ones_that_are_left_are_the_same_thing() {
        let (was, is) = (["甲", "乙"], ["丁", "甲"]);
        assert_eq!(with_single((2, 2), &[&|a, b| was[a] == is[b]]).1, [1, 0]);
        assert_eq!(with_single((2, 3), &[&|_, _| false]).1, [2, 3, 4]);
    }
}
