//! A comparison as people read it.

use std::fmt;

use super::paper::Paper;
use crate::compare::{
    CellChange, Comparison, MANIFEST, PageName, PageNumber, Presence, PrintedChange, Segment,
};
use soukatsu_core::problem::look_alike;

/// A line of text in which some parts may stand out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Span>);

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub look: Look,
}

/// How a part of a line stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    Heading,
    /// Only in the older edition.
    Removed,
    /// Only in the newer edition.
    Added,
}

impl Line {
    fn plain(text: impl Into<String>) -> Self {
        Line(vec![Span { text: text.into(), look: Look::Plain }])
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| f.write_str(&span.text))
    }
}

/// The lines of the result. `same_pages`: whether no page looks otherwise than before, which the
/// comparison itself does not know; `None` when pages were not compared.
pub fn lines(comparison: &Comparison, names: [&str; 2], same_pages: Option<bool>) -> Vec<Line> {
    let mut lines =
        vec![Line::plain(format!("前 {}", names[0])), Line::plain(format!("後 {}", names[1]))];
    if comparison.is_empty() {
        let told = match same_pages {
            Some(true) => "同じです。データ、文章、紙面に変わった所はありません。",
            Some(false) => "データと文章に変わった所はありませんが、ページが同じとはいえません。",
            None => "データと文章に変わった所はありません。ページは比べていません。",
        };
        lines.push(Line::plain(told));
        return lines;
    }
    let heading = |lines: &mut Vec<Line>, name: &str, count: usize, unit: &str| {
        if count > 0 {
            lines.push(Line::default());
            lines.push(Line(vec![
                Span { text: name.to_owned(), look: Look::Heading },
                Span { text: format!(" {count}{unit}"), look: Look::Plain },
            ]));
        }
    };
    let data = comparison.data.cells.len() + comparison.data.parts.len();
    heading(&mut lines, "データ", data, "か所");
    for change in &comparison.data.cells {
        lines.push(Line::plain(format!(
            "  {} {} {}: {} → {}",
            change.new_place.located(),
            change.row,
            change.column,
            shown(&change.old),
            shown(&change.new)
        )));
    }
    for part in &comparison.data.parts {
        let what = &part.part;
        let verb = match part.presence {
            Presence::Added => "加わりました",
            Presence::Removed => "なくなりました",
            Presence::Reordered => "変わりました",
        };
        lines.push(Line::plain(format!("  {} {what}が{verb}", part.place)));
    }
    let others = other_files(comparison);
    heading(&mut lines, "ほかに変わったファイル", others.len(), "個");
    lines.extend(others.iter().map(|file| Line::plain(format!("  {file}"))));
    heading(&mut lines, "文章のうち、文のほかの所", comparison.markup.len(), "か所");
    for change in &comparison.markup {
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "（なし）".to_owned());
        let (old, new) = (shown(&change.old), shown(&change.new));
        lines.push(Line::plain(format!("  {}: {old} → {new}", change.place)));
    }
    heading(&mut lines, "計算した値", comparison.values.len(), "か所");
    for value in &comparison.values {
        lines.push(Line::plain(format!(
            "  {} {}: {} → {}",
            value.place,
            value.call,
            shown(&value.old),
            shown(&value.new)
        )));
    }
    heading(&mut lines, "成り立つかどうかが変わった主張", comparison.claims.len(), "件");
    for claim in &comparison.claims {
        let verdict = |holds| if holds { "成り立つ" } else { "成り立たない" };
        lines.push(Line::plain(format!(
            "  {} {}: {} → {}（{}）",
            claim.place,
            claim.condition,
            verdict(claim.held),
            verdict(claim.holds),
            claim.finding
        )));
    }
    heading(&mut lines, "場所だけが変わった文", comparison.moved.len(), "個");
    for moved in &comparison.moved {
        lines.push(Line::plain(format!("  {} → {}: {}", moved.old, moved.new, moved.text)));
    }
    heading(&mut lines, "紙面", comparison.printed.len(), "か所");
    for change in &comparison.printed {
        lines.push(Line::plain(format!("  {} {}", pages(&change.pages), change.spot)));
        if change.old.is_some() {
            lines.push(marked("    前 ", &change.old_parts, Look::Removed));
        }
        if change.new.is_some() {
            lines.push(marked("    後 ", &change.new_parts, Look::Added));
        }
        let texts = change.old.as_deref().zip(change.new.as_deref());
        if let Some(difference) = texts.and_then(|(old, new)| look_alike(old, new)) {
            lines.push(Line::plain(format!("    よく似た別の字 {difference}")));
        }
        let causes = causes(comparison, change);
        if !causes.is_empty() {
            lines.push(Line::plain(format!("    もと {causes}")));
        }
    }
    lines
}

/// The lines on pages, below those of the data.
pub fn pages_behind(paper: Option<&Paper>) -> Vec<Line> {
    let lines = paper.map(Paper::lines).unwrap_or_default();
    if lines.is_empty() {
        return Vec::new();
    }
    let heading = [Line::plain(""), Line::plain("ページ")];
    heading.into_iter().chain(lines.into_iter().map(Line::plain)).collect()
}

/// The lines of a comparison of pages alone.
pub fn pages_only(paper: &Paper, names: [&str; 2]) -> Vec<Line> {
    let mut lines =
        vec![Line::plain(format!("前 {}", names[0])), Line::plain(format!("後 {}", names[1]))];
    let pages = pages_behind(Some(paper));
    lines.push(Line::plain(match (pages.is_empty(), paper.is_damaged()) {
        (true, false) => {
            "ページは同じです。絵に変わった所はありません（データと文章は比べていません）。"
        }
        (true, true) => {
            "読めた部分のページの絵は同じですが、壊れたPDFがあるので、同じ版とはいえません。"
        }
        (false, _) => "ページだけを絵で比べました（データと文章は比べていません）。",
    }));
    lines.extend(pages);
    lines
}

/// The changed files of which no cell is told.
pub fn other_files(comparison: &Comparison) -> Vec<&String> {
    let told =
        |file: &&String| comparison.data.cells.iter().any(|cell| cell.table.starts_with(*file));
    comparison.files.iter().filter(|file| !told(file)).collect()
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

/// 〔 〕 around what differs.
fn marked(name: &str, parts: &[Segment], look: Look) -> Line {
    let part = |part: &Segment| match part.changed {
        true => Span { text: format!("〔{}〕", part.text), look },
        false => Span { text: part.text.clone(), look: Look::Plain },
    };
    let name = Span { text: name.to_owned(), look: Look::Plain };
    Line(std::iter::once(name).chain(parts.iter().map(part)).collect())
}

/// `3、20–21ページ`, and pages without a number by their place: `表紙から1枚目`.
pub fn pages(pages: &[PageNumber]) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut index = 0;
    while let Some(page) = pages.get(index) {
        let mut last = index;
        // もくじ and the page behind it have no name in common.
        let goes_on = |next: &PageNumber, last: &PageNumber| {
            next.physical == last.physical + 1
                && (next.printed.is_some(), next.kind) == (last.printed.is_some(), last.kind)
        };
        while pages.get(last + 1).is_some_and(|next| goes_on(next, &pages[last])) {
            last += 1;
        }
        names.push(match (page.printed, pages[last].printed) {
            (Some(first), Some(end)) if end > first => format!("{first}–{end}ページ"),
            (Some(first), _) => format!("{first}ページ"),
            (None, _) => match page.kind {
                PageName::Cover => "表紙".to_owned(),
                PageName::Contents => "もくじ".to_owned(),
                PageName::Body => format!("前から{}枚目", page.physical),
            },
        });
        index = last + 1;
    }
    if names.is_empty() { "（ページなし）".to_owned() } else { names.join("、") }
}

/// The changed cells behind a change: `市民満足度 R6`.
pub fn causes(comparison: &Comparison, change: &PrintedChange) -> String {
    let cells = change.causes.iter().filter_map(|index| comparison.data.cells.get(*index));
    // A key of report.toml is its own name.
    let name = |cell: &CellChange| match cell.table.as_str() {
        MANIFEST => cell.row.clone(),
        _ => format!("{} {}", cell.row, cell.column),
    };
    cells.map(name).collect::<Vec<_>>().join("、")
}
