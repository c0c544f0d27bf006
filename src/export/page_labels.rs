//! The page labels of a PDF: the numbers that are printed on its pages.

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

/// How deep a tree of labels may be; a damaged one may hold itself.
const DEEPEST: usize = 8;

/// A run of pages that are numbered on.
struct Run {
    first: usize,
    style: Option<u8>,
    prefix: String,
    start: u64,
}

/// The label of every page; none where the file gives none or an empty one.
pub fn page_labels(pdf: &Pdf) -> Vec<Option<String>> {
    let mut runs = Vec::new();
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    if let Some(tree) = root.and_then(|root| root.get::<Dict<'_>>("PageLabels")) {
        collect(&tree, DEEPEST, &mut runs);
    }
    runs.sort_by_key(|run: &Run| run.first);
    let label = |page: usize| {
        let run = runs.iter().rev().find(|run| run.first <= page)?;
        let number = run.start.saturating_add((page - run.first) as u64);
        let label = run.prefix.clone() + &numeral(run.style, number);
        (!label.is_empty()).then_some(label)
    };
    (0..pdf.pages().len()).map(label).collect()
}

fn collect(tree: &Dict<'_>, deeper: usize, runs: &mut Vec<Run>) {
    if let Some(kids) = tree.get::<Array<'_>>("Kids").filter(|_| deeper > 0) {
        for kid in kids.iter::<Dict<'_>>() {
            collect(&kid, deeper - 1, runs);
        }
    }
    let Some(numbers) = tree.get::<Array<'_>>("Nums") else { return };
    let entries: Vec<Object<'_>> = numbers.iter::<Object<'_>>().collect();
    for pair in entries.chunks_exact(2) {
        let [Object::Number(first), Object::Dict(label)] = pair else { continue };
        let Ok(first) = usize::try_from(first.as_i64()) else { continue };
        let style = label.get::<Name<'_>>("S").and_then(|name| name.as_ref().first().copied());
        let prefix = label.get::<PdfString<'_>>("P").map_or(String::new(), |p| text(p.as_bytes()));
        let start = label.get::<i32>("St").and_then(|start| u64::try_from(start).ok()).unwrap_or(1);
        runs.push(Run { first, style, prefix, start });
    }
}

/// Text of a PDF: UTF-16 with its mark, else taken as Latin.
fn text(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xFE\xFF") {
        Some(units) => {
            let units = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The longest numeral in letters or Roman that is written out; damaged files have any number.
const MOST_IN_LETTERS: u64 = 4_000;

fn numeral(style: Option<u8>, number: u64) -> String {
    match style {
        Some(b'r') if number <= MOST_IN_LETTERS => roman(number).to_lowercase(),
        Some(b'R') if number <= MOST_IN_LETTERS => roman(number),
        Some(b'a') if number <= MOST_IN_LETTERS => letters(number, b'a'),
        Some(b'A') if number <= MOST_IN_LETTERS => letters(number, b'A'),
        Some(_) => number.to_string(),
        None => String::new(),
    }
}

fn roman(mut number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

/// a to z, then aa to zz, as PDF counts.
fn letters(number: u64, first: u8) -> String {
    let Some(before) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(first + (before % 26) as u8);
    std::iter::repeat_n(letter, (before / 26 + 1) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_written_as_pdf_counts() {
        let told = [(b'D', 12), (b'r', 4), (b'R', 1994), (b'a', 28), (b'A', 26)]
            .map(|(style, number)| numeral(Some(style), number));
        assert_eq!(told, ["12", "iv", "MCMXCIV", "bb", "Z"]);
        assert_eq!(numeral(None, 3), "");
    }
}
