//! What moved on the pages although nothing printed there was corrected.

use std::collections::{BTreeMap, BTreeSet};

use super::page_changes::{PageAt, PageChange, PageChangeKind};
use crate::compare::printed::PrintedChange;
use crate::compare::prose::without_blanks;
use soukatsu_core::problem::{Code, Place, Problem};

/// Shorter lines are found on many pages.
const SHORTEST: usize = 8;
/// So much of a line names it.
const QUOTED: usize = 16;

/// Pages that changed without a changed text, table or chart on them, pages that moved or got
/// another number, and lines that are on another page than before.
///
/// `old` and `new` are the texts of all pages; see [`crate::export::page_texts`].
pub fn shifts(
    changes: &[PageChange],
    printed: &[PrintedChange],
    [old, new]: [&[String]; 2],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let explained: BTreeSet<usize> =
        printed.iter().flat_map(|change| &change.pages).map(|page| page.physical).collect();
    for change in changes {
        let Some(at) = change.new.as_ref().or(change.old.as_ref()) else { continue };
        let message = match change.kind {
            PageChangeKind::Changed | PageChangeKind::InvisibleOnly
                if explained.contains(&at.physical) =>
            {
                continue;
            }
            PageChangeKind::Changed => "予定した訂正のないページが変わっています",
            PageChangeKind::InvisibleOnly => {
                "予定した訂正のないページの、リンクか代替テキストが変わっています"
            }
            PageChangeKind::Added => "ページが加わっています",
            PageChangeKind::Removed => "ページがなくなっています",
            PageChangeKind::Moved => "ページが動いています",
            PageChangeKind::Renumbered => "ページ番号が変わっています",
        };
        let mut problem = moved(at).message(message);
        if let (Some(old), Some(new)) = (&change.old, &change.new)
            && old != new
        {
            problem = problem.text(name(new)).expected(name(old));
        }
        problems.push(problem);
    }
    let in_place = |change: &PageChange| {
        matches!(change.kind, PageChangeKind::Changed | PageChangeKind::InvisibleOnly)
    };
    // Where whole pages moved, their lines did, too.
    if changes.iter().all(in_place) {
        problems.extend(jumps(changes, old, new));
    }
    problems
}

fn jumps(changes: &[PageChange], old: &[String], new: &[String]) -> Vec<Problem> {
    let flat = |pages: &[String]| -> Vec<String> {
        pages.iter().map(|page| without_blanks(page)).collect()
    };
    let (was, is) = (flat(old), flat(new));
    let mut found: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for (page, text) in new.iter().enumerate() {
        for line in text.lines().map(without_blanks) {
            let holds = |pages: &[String], page: usize| {
                pages.get(page).is_some_and(|text| text.contains(&line))
            };
            if line.chars().count() < SHORTEST || holds(&was, page) {
                continue;
            }
            let mut from = (0..was.len()).filter(|other| holds(&was, *other));
            if let (Some(before), None) = (from.next(), from.next())
                && !holds(&is, before)
            {
                found.entry((before, page)).or_default().push(line);
            }
        }
    }
    let at = |page: usize, old: bool| {
        let sides = changes
            .iter()
            .filter_map(|change| if old { change.old.as_ref() } else { change.new.as_ref() });
        let known = sides.into_iter().find(|at| at.physical == page + 1).cloned();
        known.unwrap_or(PageAt { physical: page + 1, printed: None })
    };
    let problem = |((from, to), lines): ((usize, usize), Vec<String>)| {
        let quote: String = lines[0].chars().take(QUOTED).collect();
        let (from, to) = (name(&at(from, true)), name(&at(to, false)));
        let rest =
            if lines.len() > 1 { format!("など{}行", lines.len()) } else { String::new() };
        Problem::error(Code::PagesMoved, Place::file(to.as_str()))
            .text(&to)
            .expected(&from)
            .message(format!("「{quote}…」{rest}が、別のページに移っています"))
            .hint("訂正する文の長さを、前の版に近づけてください")
    };
    found.into_iter().map(problem).collect()
}

fn moved(at: &PageAt) -> Problem {
    Problem::error(Code::PagesMoved, Place::file(name(at)))
        .hint("`soukatsu diff` の「紙面」と「ページ」で、何が変わったかを確かめてください")
}

fn name(at: &PageAt) -> String {
    match &at.printed {
        Some(number) => format!("{number}ページ"),
        None => format!("前から{}枚目", at.physical),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(physical: usize, kind: PageChangeKind) -> PageChange {
        let at = Some(PageAt { physical, printed: Some(physical.to_string()) });
        PageChange {
            old: at.clone(),
            new: at,
            kind,
            areas: Vec::new(),
            in_pixels: None,
            in_telling: false,
        }
    }

    fn told(changes: &[PageChange], old: [&str; 2], new: [&str; 2]) -> Vec<String> {
        let texts = |pages: [&str; 2]| pages.map(str::to_owned).to_vec();
        let problems = shifts(changes, &[], [&texts(old), &texts(new)]);
        problems.iter().map(|problem| format!("{} {}", problem.place, problem.message)).collect()
    }

    #[test]
    fn a_line_on_another_page_is_told() {
        let (line, other) = ("この行は次のページに移る。", "この行は前からここにある。");
        let old = [format!("{other}\n{line}\n"), "三つ目の行は動かない。\n".to_owned()];
        let new = [format!("{other}\n"), format!("{line}\n三つ目の行は動かない。\n")];
        let problems = told(&[], [&old[0], &old[1]], [&new[0], &new[1]]);
        assert_eq!(
            problems,
            ["前から2枚目 「この行は次のページに移る。…」が、別のページに移っています"]
        );
    }

    #[test]
    fn a_line_that_only_breaks_elsewhere_stays() {
        let old = ["あいうえおかきくけこ\nさしすせそたちつてと\n", ""];
        let new = ["あいうえおかきくけ\nこさしすせそたちつて\nと\n", ""];
        assert_eq!(told(&[], old, new), [""; 0]);
    }

    #[test]
    fn pages_without_a_changed_text_are_told() {
        let changes = [changed(1, PageChangeKind::Changed), changed(2, PageChangeKind::Renumbered)];
        let problems = told(&changes, ["", ""], ["", ""]);
        assert_eq!(
            problems,
            [
                "1ページ 予定した訂正のないページが変わっています",
                "2ページ ページ番号が変わっています"
            ]
        );
    }
}
