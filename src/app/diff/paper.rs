//! `diff`, the paper side: which pages differ, and which sheets to exchange.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::built_side::BuiltSide;
use super::page_names::PageNames;
use super::pictures::{PagesNotCompared, PictureNote, Pictures};
use super::version_marks::{otherwise_marked, with_marked};
use crate::app::{Build, Workshop};
use crate::compare::paper::{
    Exchange, PageAt, PageChange, PageChangeKind, Sheet, SheetSide, compare_pages, shifts,
};
use crate::compare::{Comparison, PrintedChange, without_blanks};
use crate::export::{Pages, page_texts};
use soukatsu_core::problem::Problem;

/// What is said when the version has another mark.
const REMARKED: &str = "  版の印（各ページの下の版と番号）が変わったので、印のある全てのページが変わっています。`--edition-mark` を付けた版では、1か所の訂正でも全ての用紙を差し替えることになります";

/// The pages of both editions, compared.
pub struct Paper {
    pub changes: Vec<PageChange>,
    /// The same without the pages on which only the mark of the version is another one.
    pub content: Vec<PageChange>,
    /// Whether the mark of the version is another one.
    remarked: bool,
    /// Whether only one edition has crop marks, and with them larger sheets.
    resized: bool,
    pub exchange: Exchange,
    names: [PageNames; 2],
    by_pictures: bool,
    /// Whether pages of a damaged PDF may have been drawn wrong, so that nothing proves the
    /// editions the same.
    damaged: bool,
    /// What is said of the pictures, beside the result.
    pub notes: Vec<PictureNote>,
}

impl Paper {
    /// Compares the pages: by their layout where this program lays both editions out as they
    /// were, else by the pictures of two PDFs.
    ///
    /// # Errors
    /// Why neither can be done.
    pub fn of(built: &[BuiltSide; 2], workshop: &Workshop) -> Result<Self, PagesNotCompared> {
        let drafts = built.each_ref().map(|built| {
            let draft = built.build.as_ref()?.draft.as_ref()?;
            (built.side.pdf().is_none() || built.is_laid_out_here()).then_some(draft)
        });
        // Crop marks are no part of the pages, but of the sheets.
        let cropped = built.each_ref().map(|built| Some(built.side.record()?.options.marks));
        let resized = matches!(cropped, [Some(old), Some(new)] if old != new);
        if let [Some(before), Some(after)] = drafts {
            let content = compare_pages(before, after);
            let labels = [before, after].map(|document| Pages::Laid(document).labels());
            let marked = otherwise_marked(built, after);
            let changes = with_marked(&content, &marked, &labels);
            let paper = Self::new(changes, labels, built, false);
            return Ok(Paper { content, remarked: !marked.is_empty(), resized, ..paper });
        }
        let Pictures { changes, labels, damaged, notes } = Pictures::compare(built, workshop)?;
        Ok(Paper { damaged, resized, notes, ..Self::new(changes, labels, built, true) })
    }

    fn new(
        changes: Vec<PageChange>,
        labels: [Vec<Option<String>>; 2],
        built: &[BuiltSide; 2],
        by_pictures: bool,
    ) -> Self {
        // Whole sheets are right for both: a single side only lacks its back.
        let exchange = Exchange::new(&changes, &labels[0], &labels[1], true);
        let mut names = [0, 1].map(|edition| built[edition].page_names(&labels[edition]));
        // One page shall not have two names because only one edition knows what it is.
        if labels[0] == labels[1] {
            let [old, new] = &mut names;
            old.learn(new);
            new.learn(old);
        }
        let (content, notes) = (changes.clone(), Vec::new());
        Paper {
            changes,
            content,
            remarked: false,
            resized: false,
            exchange,
            names,
            by_pictures,
            damaged: false,
            notes,
        }
    }

    /// Whether both editions are proven to have the same pages.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && !self.damaged && !self.resized
    }

    /// Whether pages may have been drawn wrong, because a PDF is damaged.
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// A row over several pages prints a change on those of them that differ. Brings the changes
    /// into the order of the pages.
    pub fn narrow(&self, printed: &mut [PrintedChange], editions: [&Build; 2]) {
        let texts = editions.map(|build| {
            let texts = build.draft.as_ref().map(page_texts).unwrap_or_default();
            texts.iter().map(|text| without_blanks(text)).collect::<Vec<_>>()
        });
        let text = |physical: usize, gone: bool| {
            texts[usize::from(!gone)].get(physical.checked_sub(1)?).map(String::as_str)
        };
        let differs = |physical: usize, gone: bool| {
            self.content.iter().any(|page| {
                let (side, whole) = match gone {
                    true => (&page.old, PageChangeKind::Removed),
                    false => (&page.new, PageChangeKind::Added),
                };
                (page.kind == PageChangeKind::Changed || page.kind == whole)
                    && side.as_ref().is_some_and(|at| at.physical == physical)
            })
        };
        for change in &mut *printed {
            let gone = change.is_gone();
            change.narrow(|physical| differs(physical, gone), |physical| text(physical, gone));
        }
        printed.sort_by_key(|change| change.pages.first().map_or(usize::MAX, |page| page.physical));
    }

    /// What moved without a correction; see [`shifts`].
    /// `free`: whether a page of the new edition may look otherwise, because what it prints is to.
    pub fn shifts(
        &self,
        comparison: &Comparison,
        editions: [&Build; 2],
        free: impl Fn(usize) -> bool,
    ) -> Vec<Problem> {
        let texts = editions.map(|build| build.draft.as_ref().map(page_texts).unwrap_or_default());
        let listed = |change: &&PageChange| {
            let in_place =
                matches!(change.kind, PageChangeKind::Changed | PageChangeKind::InvisibleOnly);
            !(in_place && change.new.as_ref().is_some_and(|at| free(at.physical)))
        };
        let changes: Vec<PageChange> = self.content.iter().filter(listed).cloned().collect();
        shifts(&changes, &comparison.printed, [&texts[0], &texts[1]])
    }

    /// What holders of the edition before do with which of its pages to have the new one.
    pub fn pages_to_exchange(&self) -> Vec<(&'static str, String)> {
        let [old, new] = &self.names;
        let differing = |names: &PageNames, sheets: &[Sheet]| {
            let sides = sheets.iter().flat_map(Sheet::sides).filter(|side| side.differs);
            names.pages(sides.map(SheetSide::page))
        };
        let (out, into) = (&self.exchange.take_out, &self.exchange.put_in);
        let (gone, come) = (differing(old, out), differing(new, into));
        if gone == come {
            return if come.is_empty() { Vec::new() } else { vec![("差替え", come)] };
        }
        // Sheets come, go or move: all of them are named, with both of their sides.
        let all = |names: &PageNames, sheets: &[Sheet]| {
            names.pages(sheets.iter().flat_map(Sheet::sides).map(SheetSide::page))
        };
        let told = [("抜くページ", all(old, out)), ("入れるページ", all(new, into))];
        told.into_iter().filter(|(_, pages)| !pages.is_empty()).collect()
    }

    /// The pages of the new edition that look otherwise and are among these, by their place in the
    /// stack, in words.
    pub fn changed_among(&self, physical: &BTreeSet<usize>) -> String {
        let changed = self.content.iter().filter(|change| change.kind == PageChangeKind::Changed);
        let pages = changed.filter_map(|change| change.new.clone());
        self.names[1].pages(pages.filter(|page| physical.contains(&page.physical)))
    }

    /// Lines for people.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (kind, name) in self.kinds() {
            let of_kind: Vec<String> = self
                .changes
                .iter()
                .filter(|change| change.kind == kind)
                .map(|change| self.new_name(change).or(self.old_name(change)).unwrap_or_default())
                .collect();
            if !of_kind.is_empty() {
                lines.push(format!("  {name} {}枚: {}", of_kind.len(), of_kind.join("、")));
            }
        }
        if self.remarked {
            lines.push(REMARKED.to_owned());
        }
        let [old, new] = &self.names;
        for (sheets, names, verb) in
            [(&self.exchange.take_out, old, "抜く用紙"), (&self.exchange.put_in, new, "入れる用紙")]
        {
            if !sheets.is_empty() {
                let told: Vec<String> = sheets.iter().map(|sheet| names.sheet(sheet)).collect();
                lines.push(format!("  {verb}（両面） {}枚: {}", sheets.len(), told.join("、")));
            }
        }
        lines
    }

    pub(super) fn kinds(&self) -> [(PageChangeKind, &'static str); 6] {
        let unseen = match self.by_pictures {
            true => "見た目は同じで、PDFの中のページ番号が変わったページ",
            false => "見た目は同じで、リンクや代替テキストが変わったページ",
        };
        [
            (PageChangeKind::Changed, "変わったページ"),
            (PageChangeKind::Added, "加わったページ"),
            (PageChangeKind::Removed, "なくなったページ"),
            (PageChangeKind::Moved, "中身はそのままで、動いたページ"),
            (PageChangeKind::Renumbered, "番号だけが変わったページ"),
            (PageChangeKind::InvisibleOnly, unseen),
        ]
    }

    pub(super) fn old_name(&self, change: &PageChange) -> Option<String> {
        change.old.as_ref().map(|at| self.names[0].page(at))
    }

    pub(super) fn new_name(&self, change: &PageChange) -> Option<String> {
        change.new.as_ref().map(|at| self.names[1].page(at))
    }

    /// One row a page that differs, with a byte order mark for Excel.
    pub fn table(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        // Writing into memory never fails.
        _ = writer.write_record([
            "変化",
            "前の版のページ",
            "前の版で前から何枚目",
            "後の版のページ",
            "後の版で前から何枚目",
        ]);
        let physical = |at: &Option<PageAt>| {
            at.as_ref().map_or_else(String::new, |at| at.physical.to_string())
        };
        if self.damaged {
            let told = "壊れたPDFがあるので、同じ版とはいえません";
            _ = writer.write_record([told, "", "", "", ""]);
        }
        for change in &self.changes {
            let kind = self.kinds().into_iter().find(|(kind, _)| *kind == change.kind);
            _ = writer.write_record([
                kind.map_or("", |(_, name)| name).to_owned(),
                self.old_name(change).unwrap_or_default(),
                physical(&change.old),
                self.new_name(change).unwrap_or_default(),
                physical(&change.new),
            ]);
        }
        writer.into_inner().unwrap_or_default()
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
            "compared-by": if self.by_pictures { "pictures" } else { "layout" },
            "damaged": self.damaged,
            "edition-mark-changed": self.remarked,
            "notes": self.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
            "take-out": sheets(&self.exchange.take_out),
            "put-in": sheets(&self.exchange.put_in),
        })
    }
}
