//! Rows of tables: what names them, and which of two editions belong together.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use soukatsu_core::model::grid::{Grid, GridRow};
use soukatsu_core::model::name::{NameIndex, name_key, same_name};

/// Among more rows without a namesake none is looked for under another name.
const MOST_RENAMED: usize = 2_000;

/// A row by the name that its changes have.
pub struct NamedRow<'a> {
    pub name: String,
    /// The texts of its cells, in both editions.
    pub texts: Vec<&'a str>,
}

/// The rows of a table in both editions; rows of one name once.
pub fn named_rows<'a>(old: Option<&'a Grid>, new: Option<&'a Grid>) -> Vec<NamedRow<'a>> {
    let empty = Grid::default();
    let (was, is) = (old.or(new).unwrap_or(&empty), new.or(old).unwrap_or(&empty));
    let keys = key_columns(was, is, &shared_columns(was, is));
    let mut named: Vec<NamedRow<'a>> = Vec::new();
    let mut taken = NameIndex::default();
    let mut add = |name: String, texts: Vec<&'a str>| match taken.add(&name, named.len()) {
        Some(known) => named[known].texts.extend(texts),
        None => named.push(NamedRow { name, texts }),
    };
    let texts = |row: &'a GridRow| row.cells.iter().map(|(text, _)| text.as_str());
    let in_new = |row: &GridRow| row_name(is, row, keys.iter().map(|key| key.1));
    if let (Some(old), Some(new)) = (old, new) {
        // A row that was renamed is one row, by both its names.
        let (pairs, removed, added) = pair_rows(old, new, &shared_columns(old, new), &keys);
        for (before, after) in pairs {
            add(in_new(after), texts(after).chain(texts(before)).collect());
        }
        added.into_iter().for_each(|row| add(in_new(row), texts(row).collect()));
        for row in removed {
            add(row_name(was, row, keys.iter().map(|key| key.0)), texts(row).collect());
        }
    } else {
        new.or(old).into_iter().flat_map(|grid| &grid.rows).for_each(|row| {
            add(in_new(row), texts(row).collect());
        });
    }
    named
}

/// The columns that both tables have: header, index in the old one, index in the new one.
pub fn shared_columns<'a>(old: &Grid, new: &'a Grid) -> Vec<(&'a str, usize, usize)> {
    let column = |header: &str| {
        let exact = old.header.iter().position(|other| other == header);
        // In another form it is the same column, unless that is another one of the new table.
        let is_free = |other: &String| same_name(other, header) && !new.header.contains(other);
        exact.or_else(|| old.header.iter().position(is_free))
    };
    let headers = new.header.iter().enumerate();
    headers.filter_map(|(index, header)| Some((header.as_str(), column(header)?, index))).collect()
}

/// What names a row, in the form in which names are compared.
fn key(row: &GridRow, columns: impl Iterator<Item = usize>) -> Vec<Cow<'_, str>> {
    columns.map(|column| name_key(row.text(column))).collect()
}

/// 市民満足度, 観光客・宿泊, and 整理番号18 where a bare number would name nothing.
pub fn row_name(grid: &Grid, row: &GridRow, columns: impl Iterator<Item = usize>) -> String {
    let name = |column: usize| {
        let (header, text) = (grid.header.get(column).map_or("", String::as_str), row.text(column));
        match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => format!("{header}{text}"),
            false => text.to_owned(),
        }
    };
    let filled = columns.filter(|column| !row.text(*column).is_empty());
    filled.map(name).collect::<Vec<_>>().join("・")
}

/// The columns, in both tables, whose texts name a row: the first, or with one more, or as many
/// from the left as tell all rows apart; the first when none do.
pub fn key_columns(old: &Grid, new: &Grid, shared: &[(&str, usize, usize)]) -> Vec<(usize, usize)> {
    let distinct = |grid: &Grid, columns: &[usize]| {
        let key = |row| key(row, columns.iter().copied());
        let keys: HashSet<Vec<Cow<'_, str>>> = grid.rows.iter().map(key).collect();
        keys.len() == grid.rows.len()
    };
    let fits = |columns: &[(usize, usize)]| {
        let (in_old, in_new): (Vec<_>, Vec<_>) = columns.iter().copied().unzip();
        distinct(old, &in_old) && distinct(new, &in_new)
    };
    let columns: Vec<(usize, usize)> = shared.iter().map(|(_, old, new)| (*old, *new)).collect();
    let Some((first, others)) = columns.split_first() else { return Vec::new() };
    let alone = vec![*first];
    if fits(&alone) {
        return alone;
    }
    // A column that is mostly empty names what is special about a row (区分), not all rows twice.
    let filled = |pair: &Vec<(usize, usize)>| {
        new.rows.iter().filter(|row| !row.text(pair[1].1).is_empty()).count()
    };
    let pairs = others.iter().map(|other| vec![*first, *other]);
    let prefix = || (3..columns.len()).map(|count| &columns[..count]).find(|prefix| fits(prefix));
    let pair = pairs.filter(|pair| fits(pair)).min_by_key(filled);
    pair.unwrap_or_else(|| prefix().map_or(alone, <[_]>::to_vec))
}

pub type Pairs<'a> = (Vec<(&'a GridRow, &'a GridRow)>, Vec<&'a GridRow>, Vec<&'a GridRow>);

/// Rows of the same name belong together; of the rest those that share most of their cells.
pub fn pair_rows<'a>(
    old: &'a Grid,
    new: &'a Grid,
    shared: &[(&str, usize, usize)],
    keys: &[(usize, usize)],
) -> Pairs<'a> {
    let mut named: HashMap<Vec<Cow<'_, str>>, VecDeque<usize>> = HashMap::new();
    for (index, row) in old.rows.iter().enumerate() {
        named.entry(key(row, keys.iter().map(|key| key.0))).or_default().push_back(index);
    }
    let mut left: Vec<Option<&GridRow>> = old.rows.iter().map(Some).collect();
    let (mut pairs, mut added) = (Vec::new(), Vec::new());
    for row in &new.rows {
        let of_name = named.get_mut(&key(row, keys.iter().map(|key| key.1)));
        let same = of_name.and_then(VecDeque::pop_front).and_then(|index| left[index].take());
        match same {
            Some(before) => pairs.push((before, row)),
            None => added.push(row),
        }
    }
    let mut left: Vec<&GridRow> = left.into_iter().flatten().collect();
    // A row that was only renamed still has its values.
    let values: Vec<_> =
        shared.iter().filter(|(_, old, _)| keys.iter().all(|key| key.0 != *old)).collect();
    let mut lonely = Vec::new();
    for row in added {
        let same = |other: &GridRow| {
            values.iter().filter(|(_, o, n)| other.text(*o) == row.text(*n)).count()
        };
        let few = left.len() <= MOST_RENAMED;
        let best = (0..left.len())
            .filter(|_| few)
            .max_by_key(|index| (same(left[*index]), usize::MAX - index));
        let is_it = |index: &usize| {
            let same = same(left[*index]);
            same > 0 && 2 * same >= values.len()
        };
        match best.filter(is_it) {
            Some(index) => pairs.push((left.remove(index), row)),
            None => lonely.push(row),
        }
    }
    pairs.sort_by_key(|(_, row)| (row.place.line, row.place.cell.clone()));
    (pairs, left, lonely)
}
