//! How large what is read may be. A report of a city is far below each of these; what is above is
//! refused by its size or while it streams in, before memory is spent on it (docs/security.md).

use crate::problem::{Code, Place, Problem};

const KB: u64 = 1 << 10;
const MB: u64 = 1 << 20;

/// The largest CSV file, in bytes.
pub const LARGEST_CSV: u64 = 16 * MB;
/// The largest TOML file: report.toml, approvals.toml, a list of corrections.
pub const LARGEST_TOML: u64 = 2 * MB;
/// The largest prose file.
pub const LARGEST_PROSE: u64 = 2 * MB;
/// The largest workbook, packed.
pub const LARGEST_WORKBOOK: u64 = 32 * MB;
/// The most bytes that may come out of a workbook, which is a packed file.
pub const LARGEST_UNPACKED: u64 = 256 * MB;
/// The most bytes that the files of a report may have that are read for one build.
pub const LARGEST_REPORT: u64 = 128 * MB;
/// The most bytes that all prose files of a report may have.
pub const LARGEST_ALL_PROSE: u64 = 8 * MB;
/// The largest report folder that is taken in whole, with the files that no build reads.
pub const LARGEST_FOLDER: u64 = 256 * MB;
/// The most files in such a folder.
pub const MOST_FILES: usize = 20_000;

/// The most rows and columns of a table, and the cells of it and of all tables together.
pub const MOST_ROWS: usize = 200_000;
pub const MOST_COLUMNS: usize = 1_000;
pub const MOST_CELLS: usize = 600_000;
pub const MOST_ALL_CELLS: usize = 1_000_000;
/// The longest cell, in bytes: Excel has no longer one.
pub const LONGEST_CELL: usize = 96 * KB as usize;

/// How deep keys and values of TOML may nest.
pub const DEEPEST_TOML: usize = 64;

/// The most parts of a workbook, and of each kind of element in all of them. Excel itself has fewer
/// styles.
pub const MOST_PARTS: usize = 10_000;
pub const MOST_SHEETS: u64 = 1_000;
pub const MOST_STYLES: u64 = 66_000;
pub const MOST_MERGED: u64 = 100_000;
pub const MOST_STRINGS: u64 = 1_000_000;
pub const MOST_BOOK_CELLS: u64 = 5_000_000;
pub const MOST_BOOK_ROWS: u64 = 5_000_000;
pub const MOST_LINKS: u64 = 100_000;
/// The most elements in all parts of a workbook.
pub const MOST_ELEMENTS: u64 = 20_000_000;
/// The longest tag of a workbook's XML, and the longest text between two, in bytes.
pub const LONGEST_TAG: usize = 256 * KB as usize;

/// The largest file with this name.
pub fn largest_file(name: &str) -> u64 {
    let lower = name.to_ascii_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    match ending {
        "toml" => LARGEST_TOML,
        "typ" => LARGEST_PROSE,
        "xlsx" => LARGEST_WORKBOOK,
        _ => LARGEST_CSV,
    }
}

/// `16MB`, `96KB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        bytes if bytes >= MB => format!("{}MB", bytes / MB),
        bytes if bytes >= KB => format!("{}KB", bytes / KB),
        bytes => format!("{bytes}バイト"),
    }
}

/// `2.1MB`, for a size that is a little more than may be.
fn exact_size(bytes: u64) -> String {
    match bytes {
        bytes if bytes >= 100 * MB => size(bytes),
        bytes if bytes >= MB => {
            let tenths = (bytes * 10).div_ceil(MB);
            format!("{}.{}MB", tenths / 10, tenths % 10)
        }
        bytes => size(bytes),
    }
}

/// `200,000`.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A table with more rows, columns, cells or text in a cell than there may be.
pub(super) fn large_table(place: Place, what: &str, most: usize, unit: &str) -> Problem {
    let most = count(most as u64);
    Problem::error(Code::TooLarge, place)
        .message(format!("表の{what}が多すぎます（{most}{unit}まで）"))
        .expected(format!("{most}{unit}以内の表"))
        .hint("紙面に要る行と列だけを、別のファイルに写してください")
}

/// A file that is too large, told where it is named.
pub fn large_file(file: &str, place: Place, found: Option<u64>) -> Problem {
    let largest = size(largest_file(file));
    let now = found.map(|found| format!("{}あります。", exact_size(found))).unwrap_or_default();
    let hint = match file.to_ascii_lowercase() {
        name if name.ends_with(".toml") => "使われない行を消してください",
        name if name.ends_with(".typ") => "文章をページごとのファイルに分けてください",
        _ => "紙面に要る行と列だけを、別のファイルに写してください",
    };
    Problem::error(Code::TooLarge, place)
        .text(file)
        .message(format!("「{file}」が大きすぎます（{now}{largest}まで）"))
        .expected(format!("{largest}以内のファイル"))
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_counts_are_said_as_people_say_them() {
        assert_eq!(
            (size(16 * MB), size(96 * KB), size(7)),
            ("16MB".into(), "96KB".into(), "7バイト".into())
        );
        assert_eq!([7, 1_000, 1_234_567].map(count), ["7", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_file_is_held_to_the_limit_of_its_kind() {
        let names = ["report.toml", "prose/a.typ", "KPI.XLSX", "csv/a.csv", "x"];
        let limits = [LARGEST_TOML, LARGEST_PROSE, LARGEST_WORKBOOK, LARGEST_CSV, LARGEST_CSV];
        assert_eq!(names.map(largest_file), limits);
    }
}
