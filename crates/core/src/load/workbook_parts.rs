//! What is inside of a workbook's package, before its reader gets it: how much of everything, and
//! what a sheet hides.

use std::collections::{BTreeSet, HashSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::limits::{
    LARGEST_UNPACKED, LONGEST_TAG, MOST_BOOK_CELLS, MOST_BOOK_ROWS, MOST_ELEMENTS, MOST_LINKS,
    MOST_MERGED, MOST_PARTS, MOST_SHEETS, MOST_STRINGS, MOST_STYLES, count, size,
};
use super::xml_tags::{BrokenPart, Tag, Tags};

type Package<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Why a package is not opened.
#[derive(Debug)]
pub(super) enum PackageFault {
    /// It is no package, or a part of it is damaged.
    Broken,
    /// It holds more than it may: the words for what, and how much may be.
    TooLarge(String),
}

impl From<BrokenPart> for PackageFault {
    fn from(fault: BrokenPart) -> Self {
        match fault {
            BrokenPart::Damaged => PackageFault::Broken,
            BrokenPart::TooLong => {
                let most = size(LONGEST_TAG as u64);
                PackageFault::TooLarge(format!("1つの文字列が長すぎます（{most}まで）"))
            }
        }
    }
}

/// What is counted over all parts, and how it is called.
const COUNTED: [(&[&str], u64, &str); 7] = [
    (&["xf", "font", "fill", "border", "numFmt", "dxf", "cellStyle"], MOST_STYLES, "書式"),
    (&["mergeCell"], MOST_MERGED, "結合したセル"),
    (&["si"], MOST_STRINGS, "文字列"),
    (&["c"], MOST_BOOK_CELLS, "セル"),
    (&["row"], MOST_BOOK_ROWS, "行"),
    (&["sheet"], MOST_SHEETS, "シート"),
    (
        &["hyperlink", "definedName", "Relationship", "tableColumn", "col"],
        MOST_LINKS,
        "リンクや名前",
    ),
];

/// Holds all parts against the limits.
///
/// The sizes that a package declares are not believed: it is unpacked once, into nothing.
///
/// # Errors
/// See [`PackageFault`]; the first thing there is too much of.
pub(super) fn check_package(bytes: &[u8]) -> Result<(), PackageFault> {
    let mut package = open(bytes)?;
    if package.len() > MOST_PARTS {
        let most = count(MOST_PARTS as u64);
        return Err(PackageFault::TooLarge(format!("中のファイルが多すぎます（{most}個まで）")));
    }
    let mut left = LARGEST_UNPACKED;
    let mut counts = [0_u64; COUNTED.len()];
    let mut elements = 0_u64;
    for index in 0..package.len() {
        let part = package.by_index(index).map_err(|_| PackageFault::Broken)?;
        let is_xml = part.name().is_ok_and(|name| {
            let name = name.to_ascii_lowercase();
            name.ends_with(".xml") || name.ends_with(".rels")
        });
        let large = || {
            PackageFault::TooLarge(format!(
                "展開すると大きすぎます（{}まで）",
                size(LARGEST_UNPACKED)
            ))
        };
        let mut part = part.take(left + 1);
        if is_xml {
            let mut tags = Tags::new(&mut part);
            while let Some(tag) = tags.next()? {
                take_count(tag, &mut counts)?;
                elements += u64::from(!tag.is_end());
                if elements > MOST_ELEMENTS {
                    let most = count(MOST_ELEMENTS);
                    return Err(PackageFault::TooLarge(format!(
                        "要素が多すぎます（{most}個まで）"
                    )));
                }
                if tags.read > left {
                    return Err(large());
                }
            }
        } else {
            std::io::copy(&mut part, &mut std::io::sink()).map_err(|_| PackageFault::Broken)?;
        }
        left = (part.limit()).checked_sub(1).ok_or_else(large)?;
    }
    Ok(())
}

fn take_count(tag: &Tag, counts: &mut [u64; COUNTED.len()]) -> Result<(), PackageFault> {
    let name = tag.name();
    if tag.is_end() {
        return Ok(());
    }
    let too_many = |(_, most, what): (&[&str], u64, &str)| {
        PackageFault::TooLarge(format!("{what}が多すぎます（{}個まで）", count(most)))
    };
    if !matches!(
        name.first(),
        Some(b'x' | b'f' | b'b' | b'n' | b'd' | b'c' | b'm' | b's' | b'r' | b'h' | b'R' | b't')
    ) {
        return Ok(());
    }
    for (known, count) in COUNTED.iter().zip(counts) {
        if known.0.iter().any(|known| known.as_bytes() == name) {
            *count += 1;
            if *count > known.1 {
                return Err(too_many(*known));
            }
        }
    }
    // The reader makes room for as many strings as are announced.
    let announced = tag.attribute("uniqueCount").filter(|_| name == b"sst");
    match announced.map(str::parse::<u64>) {
        Some(Ok(announced)) if announced > MOST_STRINGS => Err(too_many(COUNTED[2])),
        _ => Ok(()),
    }
}

fn open(bytes: &[u8]) -> Result<Package<'_>, PackageFault> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageFault::Broken)
}

/// What of a sheet is not to be seen, or is to be seen as struck out.
#[derive(Debug, Default)]
pub(super) struct SheetLook {
    /// Rows and columns from 0.
    pub hidden_rows: BTreeSet<u32>,
    /// First and last.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Rows are hidden by a filter, as far as can be told.
    pub is_filtered: bool,
    /// Cells with struck-out words among others.
    pub struck_parts: Vec<(u32, u32)>,
}

/// The look of the sheet that stands at this place in the list of the workbook, from 0.
///
/// What cannot be found out is taken for plain: the sheet itself is read by others.
pub(super) fn sheet_look(bytes: &[u8], sheet: usize) -> SheetLook {
    look(bytes, sheet).unwrap_or_default()
}

fn look(bytes: &[u8], sheet: usize) -> Option<SheetLook> {
    let mut package = open(bytes).ok()?;
    let book = relations(&mut package, "_rels/.rels")
        .and_then(|all| all.into_iter().find(|one| one.kind.ends_with("/officeDocument")))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |one| joined("", &one.target));
    let (folder, name) = book.rsplit_once('/').unwrap_or(("", &book));
    let parts = relations(&mut package, &format!("{folder}/_rels/{name}.rels"))?;
    let mut sheets = Vec::new();
    each_tag(&mut package, &book, |tag| {
        if !tag.is_end() && tag.name() == b"sheet" {
            sheets.push(tag.attribute("id").unwrap_or_default().to_owned());
        }
    })?;
    let id = sheets.get(sheet)?;
    let path = joined(folder, &parts.iter().find(|part| part.id == *id)?.target);
    let strings = parts.iter().find(|part| part.kind.ends_with("/sharedStrings"));
    let struck = strings
        .and_then(|part| struck_strings(&mut package, &joined(folder, &part.target)))
        .unwrap_or_default();
    let mut reading = Reading { look: SheetLook::default(), struck, ..Reading::default() };
    each_tag(&mut package, &path, |tag| reading.take(tag))?;
    Some(reading.look)
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(package: &mut Package<'_>, path: &str) -> Option<Vec<Relation>> {
    let mut found = Vec::new();
    each_tag(package, path, |tag| {
        if !tag.is_end() && tag.name() == b"Relationship" {
            let text = |name| tag.attribute(name).unwrap_or_default().to_owned();
            found.push(Relation { id: text("Id"), kind: text("Type"), target: text("Target") });
        }
    })?;
    Some(found)
}

/// A path that is absolute or relative to a folder of the package.
fn joined(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{}", target.trim_start_matches("./")),
    }
}

fn each_tag(package: &mut Package<'_>, path: &str, mut take: impl FnMut(&Tag)) -> Option<()> {
    // Programs do not agree on upper and lower case in names of parts.
    let named = |name: &&str| name.eq_ignore_ascii_case(path);
    let name = package.file_names().filter_map(Result::ok).find(|name| named(&name.as_ref()))?;
    let name = name.to_string();
    let part = package.by_name(&name).ok()?;
    let mut tags = Tags::new(part);
    while let Some(tag) = tags.next().ok()? {
        take(tag);
    }
    Some(())
}

/// The shared strings of which a part, or all, is struck out, by their numbers.
fn struck_strings(package: &mut Package<'_>, path: &str) -> Option<HashSet<u64>> {
    let (mut struck, mut number) = (HashSet::new(), 0_u64);
    each_tag(package, path, |tag| match (tag.name(), tag.is_end()) {
        (b"si", false) if tag.is_empty() => number += 1,
        (b"si", true) => number += 1,
        (b"strike", false) if !is_off(tag) => _ = struck.insert(number),
        _ => {}
    })?;
    Some(struck)
}

fn is_off(tag: &Tag) -> bool {
    matches!(tag.attribute("val"), Some("0" | "false" | "off"))
}

/// Reads a sheet, tag by tag.
#[derive(Default)]
struct Reading {
    look: SheetLook,
    struck: HashSet<u64>,
    /// Rows without a word of their own are hidden.
    zero_height: bool,
    row: u32,
    cell: Option<(u32, u32)>,
    column: u32,
    is_shared: bool,
}

impl Reading {
    fn take(&mut self, tag: &Tag) {
        match (tag.name(), tag.is_end()) {
            (b"sheetFormatPr", false) => self.zero_height = tag.is_set("zeroHeight"),
            (b"col", false) => self.column_style(tag),
            (b"row", false) => {
                let number = tag.attribute("r").and_then(|row| row.parse::<u32>().ok());
                self.row = number.map_or(self.row + 1, |row| row.max(1));
                self.column = 0;
                let no_height = tag.attribute("ht").is_some_and(is_zero);
                let said = tag.attribute("hidden").is_some() || tag.attribute("ht").is_some();
                if tag.is_set("hidden") || no_height || (self.zero_height && !said) {
                    self.look.hidden_rows.insert(self.row - 1);
                }
            }
            (b"c", false) => {
                let place = tag.attribute("r").and_then(position);
                let place = place.unwrap_or((self.row.saturating_sub(1), self.column));
                self.column = place.1 + 1;
                self.cell = Some(place);
                self.is_shared = tag.attribute("t") == Some("s");
            }
            (b"v", true) if self.is_shared => {
                let number = std::str::from_utf8(&tag.text_before).ok();
                let number = number.and_then(|text| text.trim().parse().ok());
                if number.is_some_and(|number| self.struck.contains(&number)) {
                    self.look.struck_parts.extend(self.cell);
                }
            }
            (b"strike", false) if !is_off(tag) => {
                self.look.struck_parts.extend(self.cell);
                self.look.struck_parts.dedup();
            }
            (b"filterColumn", false) => self.look.is_filtered = true,
            _ => {}
        }
    }

    fn column_style(&mut self, tag: &Tag) {
        let number = |name| tag.attribute(name).and_then(|text| text.parse::<u32>().ok());
        let no_width = tag.attribute("width").is_some_and(is_zero);
        if (tag.is_set("hidden") || no_width)
            && let (Some(first @ 1..), Some(last)) = (number("min"), number("max"))
        {
            self.look.hidden_columns.push((first - 1, last.max(first) - 1));
        }
    }
}

fn is_zero(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|number| number == 0.0)
}

/// `B5` is row 4, column 1.
fn position(name: &str) -> Option<(u32, u32)> {
    let letters = name.find(|c: char| c.is_ascii_digit())?;
    let column = name[..letters].bytes().try_fold(0_u32, |sum, byte| {
        let digit = byte.to_ascii_uppercase().checked_sub(b'A').filter(|digit| *digit < 26)?;
        sum.checked_mul(26)?.checked_add(u32::from(digit) + 1)
    })?;
    let row: u32 = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        assert_eq!((position("A1"), position("AB12")), (Some((0, 0)), Some((11, 27))));
        for name in ["", "A", "A0", "1", "あ1", "ZZZZZZZZZZ1"] {
            assert_eq!(position(name), None, "{name}");
        }
    }

    #[test]
    fn paths_of_parts_are_joined() {
        assert_eq!(joined("xl", "worksheets/a.xml"), "xl/worksheets/a.xml");
        assert_eq!(joined("xl", "/xl/a.xml"), "xl/a.xml");
    }
}
