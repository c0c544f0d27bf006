//! The names of tables: the path of a CSV file, or that of a workbook and its sheet
//! (`kpi.xlsx 指標`).

use soukatsu_core::problem::Place;

/// Whether a table is a file, or a sheet of it.
pub fn is_table_of(table: &str, file: &str) -> bool {
    sheet_suffix(table, file).is_some()
}

/// What the name of a table has behind that of its file.
fn sheet_suffix<'t>(table: &'t str, file: &str) -> Option<&'t str> {
    let rest = table.strip_prefix(file)?;
    (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
}

/// The name of a table of a file when that has another name; `None` of other tables.
pub fn moved_table(table: &str, from: &str, to: &str) -> Option<String> {
    Some(format!("{to}{}", sheet_suffix(table, from)?))
}

/// The name of the table in which a cell stands.
pub fn table_at(place: &Place) -> String {
    match &place.sheet {
        Some(sheet) => sheet_table(&place.file, sheet),
        None => place.file.to_string(),
    }
}

/// The name of a sheet among the tables.
pub fn sheet_table(workbook: &str, sheet: &str) -> String {
    format!("{workbook} {sheet}")
}

/// The workbook of a sheet, by the name of the table; `None` of a CSV file.
pub fn workbook_of(table: &str) -> Option<&str> {
    let end = table.to_ascii_lowercase().find(".xlsx ").or_else(|| table.find(".xlsm "))?;
    Some(&table[..end + ".xlsx".len()])
}
