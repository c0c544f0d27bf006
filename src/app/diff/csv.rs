//! A comparison as a CSV table: everything that differs, a row each.

use super::paper::Paper;
use super::text;
use crate::compare::{Comparison, Presence};

const HEADER: [&str; 7] = ["種類", "ページ", "章", "箇所", "前", "後", "もとになったセル"];

/// All differences, with a byte order mark for Excel; `paper` is `None` when pages were not
/// compared.
pub fn of(comparison: &Comparison, paper: Option<&Paper>) -> Vec<u8> {
    let mut rows = data(comparison);
    rows.extend(calls(comparison));
    rows.extend(printed(comparison));
    rows.extend(pages(paper));
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    // Writing into memory never fails.
    _ = writer.write_record(HEADER);
    for row in rows {
        _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

type Row = [String; 7];

/// A row that stands on no page.
fn row(kind: &str, spot: String, old: &str, new: &str) -> Row {
    let none = String::new;
    [kind.to_owned(), none(), none(), spot, old.to_owned(), new.to_owned(), none()]
}

fn data(comparison: &Comparison) -> Vec<Row> {
    let cells = comparison.data.cells.iter().map(|cell| {
        let spot = format!("{} {} {}", cell.new_place.located(), cell.row, cell.column);
        row("データ", spot, &cell.old, &cell.new)
    });
    let parts = comparison.data.parts.iter().map(|part| {
        let what = &part.part;
        let text = if part.text.is_empty() { "（あり）" } else { &part.text };
        let (old, new) = match part.presence {
            Presence::Added => ("（なし）", text),
            Presence::Removed => (text, "（なし）"),
            Presence::Reordered => ("", text),
        };
        row("データ", format!("{} {what}", part.place), old, new)
    });
    let files = text::other_files(comparison);
    let files = files.into_iter().map(|file| row("ファイル", file.clone(), "", ""));
    let markup = comparison.markup.iter().map(|change| {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "（なし）".to_owned());
        row("文章", change.place.to_string(), &text(&change.old), &text(&change.new))
    });
    cells.chain(parts).chain(files).chain(markup).collect()
}

fn calls(comparison: &Comparison) -> Vec<Row> {
    let values = comparison.values.iter().map(|value| {
        row("計算した値", format!("{} {}", value.place, value.call), &value.old, &value.new)
    });
    let verdict = |holds| if holds { "成り立つ" } else { "成り立たない" };
    let claims = comparison.claims.iter().map(|claim| {
        let new = format!("{}（{}）", verdict(claim.holds), claim.finding);
        row("主張", format!("{} {}", claim.place, claim.condition), verdict(claim.held), &new)
    });
    values.chain(claims).collect()
}

fn printed(comparison: &Comparison) -> Vec<Row> {
    let moved = comparison.moved.iter().map(|moved| {
        let place = |place: &soukatsu_core::problem::Place| place.to_string();
        row(
            "紙面",
            format!("場所だけが変わった文「{}」", moved.text),
            &place(&moved.old),
            &place(&moved.new),
        )
    });
    let printed = comparison.printed.iter().map(|change| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            "紙面".to_owned(),
            text::pages(&change.pages),
            change.chapter.clone(),
            change.spot.to_string(),
            text(&change.old),
            text(&change.new),
            text::causes(comparison, change),
        ]
    });
    moved.chain(printed).collect()
}

fn pages(paper: Option<&Paper>) -> Vec<Row> {
    let Some(paper) = paper else {
        return vec![row("ページ", "ページは比べていません".to_owned(), "", "")];
    };
    let damaged = paper
        .is_damaged()
        .then(|| row("ページ", "壊れたPDFがあるので、同じページとはいえません".to_owned(), "", ""));
    let changes = paper.changes.iter().map(|change| {
        let kinds = paper.kinds();
        let kind = kinds.iter().find(|(kind, _)| *kind == change.kind).map_or("", |(_, name)| name);
        let (old, new) = (paper.old_name(change), paper.new_name(change));
        let page = new.clone().or(old.clone()).unwrap_or_default();
        let mut row =
            row("ページ", kind.to_owned(), &old.unwrap_or_default(), &new.unwrap_or_default());
        row[1] = page;
        row
    });
    damaged.into_iter().chain(changes).collect()
}
