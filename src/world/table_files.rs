//! Tables as virtual JSON files, one a table.

use serde_json::{Value, json};

use super::phrase_widths::{em, phrases};
use super::virtual_file::{VirtualFile, file};
use soukatsu_core::model::data_table::{DataTable, MergedLabel, RowKind, TableCell, TableColumn};
use soukatsu_core::model::name::name_key;
use soukatsu_core::model::report::{Prose, Report};
use soukatsu_core::problem::Place;

/// So many cells of a computation are listed: a rank rests on all of its column.
const MOST_LISTED: usize = 100;

/// Between the cells of a computation, where the trace lists them.
pub const BETWEEN_CELLS: char = '\u{1f}';

/// The files of all tables, and their numbers.
pub(super) fn table_files(report: &Report) -> Vec<VirtualFile> {
    let mut names: Vec<(&str, &DataTable)> =
        report.tables.iter().map(|table| (table.number.as_str(), table)).collect();
    // The prose may write a number in another form (１): the template looks for what the call says.
    let placed = report.prose.iter().flat_map(Prose::placed_tables);
    for (name, _) in placed {
        let known = report.tables.iter().find(|table| table.number == *name_key(name));
        if let Some(table) = known
            && !names.iter().any(|(known, _)| *known == name)
        {
            names.push((name, table));
        }
    }
    let numbers: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let mut files = vec![file("data-tables", &json!(numbers))];
    files.extend(
        names.iter().map(|(name, table)| file(&format!("data-tables/{name}"), &content(table))),
    );
    files
}

fn content(table: &DataTable) -> Value {
    let column = |(index, column): (usize, &TableColumn)| {
        let (least, natural) = column_widths(table, index, LONGEST_PHRASE);
        let (cut, _) = column_widths(table, index, LONGEST_CUT);
        json!({
            "cut": cut, "least": least, "natural": natural,
            "align": column.align.name(), "width": column.width_mm,
            "number": column.is_number, "label": column.is_label,
        })
    };
    let mut header: Vec<Vec<Value>> = Vec::new();
    for heading in &table.headings {
        header.resize_with(header.len().max(heading.y + 1), Vec::new);
        let from = match &heading.cell {
            Some(cell) => origin_of_cell(cell),
            None => format!("manifest|{}", table.place.located()),
        };
        header[heading.y].push(json!({
            "text": heading.text, "from": from, "unit": heading.unit, "phrases": phrases(&heading.text),
            "x": heading.x, "columns": heading.columns, "rows": heading.rows,
        }));
    }
    json!({
        "at": table.place.located(), "number": table.number, "title": table.title,
        "state": table.state, "unit": (!table.unit.is_empty()).then_some(&table.unit),
        "alt": table.alt.clone().unwrap_or_else(|| table.summary()),
        "source": table.source, "notes": table.notes, "basis": table.basis,
        "rounded": table.is_rounded, "signs": table.signs_explained(),
        "columns": table.columns.iter().enumerate().map(column).collect::<Vec<_>>(),
        "header": header, "rows": rows(table),
    })
}

fn rows(table: &DataTable) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut group = None;
    for (index, row) in table.rows.iter().enumerate() {
        if row.group != group
            && let Some((name, place)) = row.group.and_then(|at| table.groups.get(at))
        {
            rows.push(json!({"kind": "group", "merged": {}, "cells": [{
                "x": 0, "text": name, "from": origin_of_cell(place), "phrases": phrases(name),
                "rows": 1, "columns": table.columns.len(), "header": true, "state": null,
            }]}));
        }
        group = row.group;
        let cells = cells(table, index);
        let merged = going_on(table, index);
        rows.push(json!({"kind": row.kind.name(), "cells": cells, "merged": merged}));
    }
    rows
}

/// The merged labels that began above a row and stand over it, too.
fn going_on(table: &DataTable, row: usize) -> Value {
    let over =
        table.merged.iter().filter(|merged| merged.row < row && row < merged.row + merged.rows);
    let each = over.map(|merged| {
        let column = &table.columns[merged.column];
        let last = merged.row + merged.rows == row + 1;
        let label = json!({
            "x": merged.column, "text": column.cells[merged.row].text(), "last": last,
            "phrases": phrases(column.cells[merged.row].text()), "header": column.is_label,
        });
        (merged.column.to_string(), label)
    });
    Value::Object(each.collect())
}

fn cells(table: &DataTable, row: usize) -> Vec<Value> {
    let covers = |merged: &&MergedLabel, column: usize| {
        merged.column == column && (merged.row..merged.row + merged.rows).contains(&row)
    };
    let labels = table.columns.iter().take_while(|column| column.is_label).count();
    let is_sum = matches!(table.rows[row].kind, RowKind::Total | RowKind::Subtotal);
    let blank = |column: usize| matches!(table.columns[column].cells[row], TableCell::Blank(_));
    let mut found = Vec::new();
    let mut column = 0;
    while column < table.columns.len() {
        let own = &table.columns[column];
        let merged = table.merged.iter().find(|merged| covers(merged, column));
        if merged.is_some_and(|merged| merged.row != row) {
            column += 1;
            continue;
        }
        // 合計 stands over all labels.
        let mut columns = 1;
        if is_sum && own.is_label && merged.is_none() {
            let free =
                |at: usize| blank(at) && !table.merged.iter().any(|merged| covers(&merged, at));
            while column + columns < labels && free(column + columns) {
                columns += 1;
            }
        }
        let cell = &own.cells[row];
        let state = match cell {
            TableCell::Number(number) => number.unsettled,
            _ => None,
        };
        let phrases = matches!(cell, TableCell::Text { .. }).then(|| phrases(cell.text()));
        found.push(json!({
            "x": column, "text": cell.text(), "from": origin(table, own, cell), "phrases": phrases,
            "rows": merged.map_or(1, |merged| merged.rows), "columns": columns,
            "header": own.is_label, "state": state,
        }));
        column += columns;
    }
    found
}

/// A phrase that is wider breaks anywhere.
const LONGEST_PHRASE: f64 = 12.0;

/// The same in a table that would be too wide otherwise.
const LONGEST_CUT: f64 = 8.0;

/// How narrow a column may be, and how wide it need not be wider, in em; `longest`: a phrase that is
/// wider is cut.
fn column_widths(table: &DataTable, index: usize, longest: f64) -> (f64, f64) {
    let column = &table.columns[index];
    let own = table.headings.iter().filter(|heading| heading.x == index && heading.columns == 1);
    let (mut least, mut natural) = (1.5_f64, 2.0_f64);
    for heading in own {
        let unit = heading.unit.as_ref().map_or(0.0, |unit| em(unit) + 2.0);
        let widest =
            phrases(&heading.text).into_iter().map(|(_, width)| width).fold(unit, f64::max);
        least = least.max(widest.min(longest));
        natural = natural.max((em(&heading.text) + unit).min(10.0).max(widest));
    }
    for (row, cell) in table.rows.iter().zip(&column.cells) {
        let text = cell.text();
        // The name of a part of the row above stands a letter further in.
        let inside = if column.is_label && row.kind == RowKind::OfWhich { 1.0 } else { 0.0 };
        let state = if let TableCell::Number(number) = cell
            && number.unsettled.is_some()
        {
            4.0
        } else {
            0.0
        };
        natural = natural.max(em(text) + state + inside);
        least = least.max(
            inside
                + match cell {
                    TableCell::Text { .. } => {
                        let widths = phrases(text).into_iter().map(|(_, width)| width);
                        widths.fold(0.0, f64::max).min(longest)
                    }
                    _ => em(text),
                },
        );
    }
    (least, natural.max(least))
}

/// What the trace says of a cell.
fn origin(table: &DataTable, column: &TableColumn, cell: &TableCell) -> String {
    let cells = cell.cells();
    match cell.is_computed() {
        true => {
            let cells: Vec<String> = cells.iter().take(MOST_LISTED).map(Place::located).collect();
            let between = BETWEEN_CELLS.to_string();
            format!(
                "computed|{}の{}{between}{}",
                table.called(),
                column.label,
                cells.join(&between)
            )
        }
        false => cells.first().map_or(String::new(), origin_of_cell),
    }
}

/// A text of report.toml stands among the cells of a row that is worked out.
fn origin_of_cell(place: &Place) -> String {
    let kind = if &*place.file == "report.toml" { "manifest" } else { "cell" };
    format!("{kind}|{}", place.located())
}

#[cfg(test)]
mod tests {
    use super::*;
    use soukatsu_core::load::Folder;
    use soukatsu_core::validate::read_report;

    fn tables(toml: &str, csv: &str) -> Value {
        let report = format!(
            "format = 1\n[report]\ntitle = \"甲\"\nauthor = \"乙市\"\ncouncil = \"会議\"\ndate = 2026-07-16\n[[page]]\nchapter = \"章\"\nprose = \"a.typ\"\n[[table]]\nnumber = \"1\"\ntitle = \"表題\"\ncsv = \"a.csv\"\n{toml}"
        );
        let files = [
            ("report.toml", report.as_str()),
            ("a.csv", csv),
            ("a.typ", "#import \"/template/author.typ\": *\n#表(\"表1\")\n"),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let (report, problems) = read_report(&Folder::Memory(files.into()));
        let report = report.unwrap();
        assert!(!report.tables.is_empty(), "{problems:?}");
        content(&report.tables[0])
    }

    fn texts(table: &Value) -> Vec<String> {
        let rows = table["rows"].as_array().unwrap().iter();
        let cell = |cell: &Value| {
            let span = (cell["columns"].as_u64(), cell["rows"].as_u64());
            let text = cell["text"].as_str().unwrap();
            if span == (Some(1), Some(1)) {
                text.to_owned()
            } else {
                format!("{text}[{}x{}]", span.0.unwrap(), span.1.unwrap())
            }
        };
        rows.map(|row| {
            let cells = row["cells"].as_array().unwrap().iter().map(cell);
            format!("{}:{}", row["kind"].as_str().unwrap(), cells.collect::<Vec<_>>().join(","))
        })
        .collect()
    }

    #[test]
    fn a_total_stands_over_all_labels_and_merged_labels_over_their_rows() {
        let table = tables(
            "merge = [\"款\"]\ntotal = \"合計\"\nunit = \"千円\"\n",
            "款,項,R6\n市税,市民税,10\n市税,固定資産税,20\n地方譲与税,,5\n",
        );
        assert_eq!(
            texts(&table),
            [
                "data:市税[1x2],市民税,10",
                "data:固定資産税,20",
                "data:地方譲与税,,5",
                "total:合計[2x1],35"
            ]
        );
        assert_eq!(table["unit"], "千円");
    }

    #[test]
    fn groups_have_a_heading_over_the_whole_table() {
        let table = tables(
            "group = \"部\"\nsubtotal = \"小計\"\ntotal = \"計\"\nsign = \"▲\"\n",
            "部,事業,額\n総務部,甲,10\n,乙,-3\n市民部,丙,4\n",
        );
        assert_eq!(
            texts(&table),
            [
                "group:総務部[2x1]",
                "data:甲,10",
                "data:乙,▲3",
                "subtotal:小計,7",
                "group:市民部[2x1]",
                "data:丙,4",
                "subtotal:小計,4",
                "total:計,11"
            ]
        );
    }

    #[test]
    fn what_is_worked_out_lists_its_cells_for_the_trace() {
        let table = tables(
            "columns = [\"款\", { compute = \"増減\", of = \"R7\", from = \"R6\", label = \"増減\" }]\nunit = \"千円\"\n",
            "款,R6,R7\n市税,10,25\n",
        );
        let cell = &table["rows"][0]["cells"][1];
        assert_eq!(
            (&cell["text"], &cell["from"]),
            (&json!("15"), &json!("computed|表1の増減\u{1f}a.csv:2:7 C2\u{1f}a.csv:2:4 B2"))
        );
        assert_eq!(table["basis"], json!(["増減は「R7」から「R6」を引いた差"]));
    }
}
