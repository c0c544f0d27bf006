//! `diff`, the paper side: which pages differ, which sheets to exchange, and their PDF.

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::printer::Printer;
use crate::cli::{Ending, build, output};
use crate::compare::paper::{
    Exchange, PageAt, PageChange, PageChangeKind, Replacement, Sheet, compare_pages,
    replacement_pages, shifts,
};
use crate::compare::{Comparison, PrintedChange};
use crate::export::{Pages, page_texts};
use crate::pipeline::{Outcome, Output, Session};
use crate::problem::Problem;

/// The pages of both editions, compared.
pub struct Paper {
    pub changes: Vec<PageChange>,
    pub exchange: Exchange,
}

impl Paper {
    /// `None` when one of the editions could not be laid out.
    pub fn of(old: &Outcome, new: &Outcome) -> Option<Self> {
        let (before, after) = (old.draft.as_ref()?, new.draft.as_ref()?);
        let changes = compare_pages(before, after);
        let labels = |document| Pages::Laid(document).labels();
        // Whole sheets are right for both: a single side only lacks its back.
        let exchange = Exchange::new(&changes, &labels(before), &labels(after), true);
        Some(Paper { changes, exchange })
    }

    /// A row over several pages prints a change on those of them that differ.
    pub fn narrow(&self, printed: &mut [PrintedChange]) {
        let differs = |physical: usize| {
            let at = |page: &PageChange| page.new.as_ref().map(|at| at.physical) == Some(physical);
            self.changes.iter().any(|page| page.kind == PageChangeKind::Changed && at(page))
        };
        for change in printed {
            if change.pages.iter().any(|page| differs(page.physical)) {
                change.pages.retain(|page| differs(page.physical));
            }
        }
    }

    /// What moved without a correction; see [`shifts`].
    pub fn shifts(&self, comparison: &Comparison, editions: [&Outcome; 2]) -> Vec<Problem> {
        let texts =
            editions.map(|outcome| outcome.draft.as_ref().map(page_texts).unwrap_or_default());
        shifts(&self.changes, &comparison.printed, [&texts[0], &texts[1]])
    }

    /// The lines for a terminal.
    pub fn lines(&self) -> Vec<String> {
        let kinds = [
            (PageChangeKind::Changed, "変わったページ"),
            (PageChangeKind::Added, "加わったページ"),
            (PageChangeKind::Removed, "なくなったページ"),
            (PageChangeKind::Moved, "中身はそのままで、動いたページ"),
            (PageChangeKind::Renumbered, "番号だけが変わったページ"),
            (PageChangeKind::InvisibleOnly, "見た目は同じで、リンクや代替テキストが変わったページ"),
        ];
        let mut lines = Vec::new();
        for (kind, name) in kinds {
            let of_kind: Vec<String> = self
                .changes
                .iter()
                .filter(|change| change.kind == kind)
                .filter_map(|change| change.new.as_ref().or(change.old.as_ref()))
                .map(page_name)
                .collect();
            if !of_kind.is_empty() {
                lines.push(format!("  {name} {}枚: {}", of_kind.len(), of_kind.join("、")));
            }
        }
        for (sheets, verb) in
            [(&self.exchange.take_out, "抜く用紙"), (&self.exchange.put_in, "入れる用紙")]
        {
            if !sheets.is_empty() {
                let names: Vec<String> = sheets.iter().map(sheet_name).collect();
                lines.push(format!("  {verb}（両面） {}枚: {}", sheets.len(), names.join("、")));
            }
        }
        lines
    }

    /// For other programs.
    pub fn json(&self) -> Value {
        let at = |page: &Option<PageAt>| {
            page.as_ref().map(|at| json!({"physical": at.physical, "printed": at.printed}))
        };
        let kind = |kind: PageChangeKind| match kind {
            PageChangeKind::Changed => "changed",
            PageChangeKind::Moved => "moved",
            PageChangeKind::Renumbered => "renumbered",
            PageChangeKind::Added => "added",
            PageChangeKind::Removed => "removed",
            PageChangeKind::InvisibleOnly => "invisible-only",
        };
        let change = |change: &PageChange| {
            json!({
                "old": at(&change.old), "new": at(&change.new), "kind": kind(change.kind),
                "in-pixels": change.in_pixels,
            })
        };
        let sheets = |sheets: &[Sheet]| -> Vec<Value> {
            let pages = |sheet: &Sheet| sheet.pages().collect::<Vec<_>>();
            sheets.iter().map(|s| json!({"number": s.number, "pages": pages(s)})).collect()
        };
        json!({
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
            "take-out": sheets(&self.exchange.take_out),
            "put-in": sheets(&self.exchange.put_in),
        })
    }

    /// Writes the sheets to put in as a PDF.
    pub fn write(
        &self,
        target: &Path,
        stamp: Option<&str>,
        new: &Outcome,
        session: &Session,
        printer: &mut Printer,
    ) -> Result<(), Ending> {
        let (Some(report), Some(document)) = (&new.report, new.document()) else {
            printer.note("後の版に誤りがあるので、差替えページは書き出していません。");
            return Err(Ending::ReportAtFault);
        };
        if self.exchange.put_in.is_empty() {
            printer.note("差し替えるページがないので、差替えページは書き出していません。");
            return Ok(());
        }
        let whole = session.export(report, document, &Output::default()).map_err(|problems| {
            printer.problems(&problems, "");
            Ending::ReportAtFault
        })?;
        let wanted = Replacement { stamp: stamp.map(str::to_owned) };
        let pages = replacement_pages(&whole, &self.exchange.put_in, &wanted, session.fonts());
        let pages = pages.map_err(|fault| {
            printer.note(&format!("差替えページを作れません（{fault:?}）。"));
            Ending::ReportAtFault
        })?;
        output::write_pdf(target, &pages)
            .map_err(|reason| build::cannot_write(target, &reason, printer))?;
        printer.note(&format!("差替えページを {} に書き出しました。", target.display()));
        Ok(())
    }
}

fn page_name(at: &PageAt) -> String {
    match &at.printed {
        Some(number) => format!("{number}ページ"),
        None => format!("前から{}枚目", at.physical),
    }
}

/// `2枚目（1ページ・2ページ）`.
fn sheet_name(sheet: &Sheet) -> String {
    let sides = std::iter::once(&sheet.front).chain(&sheet.back);
    let names: Vec<String> = sides
        .map(|side| page_name(&PageAt { physical: side.physical, printed: side.printed.clone() }))
        .collect();
    format!("{}枚目（{}）", sheet.number, names.join("・"))
}
