//! The pages of two editions, held against each other: by their layout, and where that differs
//! by their pictures.

use typst_layout::PagedDocument;

use super::page_alignment::{Key, Pair, align};
use super::page_areas::{PageArea, merge};
use super::page_look::{Look, looks};
use super::pixel_comparison::differing_pages;
use crate::export::Pages;

/// Drawn edges reach this far beyond their outline, in points.
const HALO: f64 = 2.0;

/// A page of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAt {
    /// Counted from the cover, which is 1.
    pub physical: usize,
    /// The page number as printed, where the page has one.
    pub printed: Option<String>,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageChangeKind {
    /// Something else is seen on it than its page number.
    Changed,
    /// The same page elsewhere in the stack; its page number may differ, too.
    Moved,
    /// Only its page number differs.
    Renumbered,
    Added,
    Removed,
    /// Nothing that is seen: a link that leads elsewhere, an alternative text, or a layout whose
    /// picture is the same.
    InvisibleOnly,
}

/// A page that is not the same in both editions.
#[derive(Debug, Clone, PartialEq)]
pub struct PageChange {
    /// Where it stood; `None` of an added page.
    pub old: Option<PageAt>,
    /// Where it stands; `None` of a removed page.
    pub new: Option<PageAt>,
    pub kind: PageChangeKind,
    /// Of a changed page: a few rectangles around all that differs, top first.
    pub areas: Vec<PageArea>,
    /// Of a changed page: whether its pictures differ, too. `None` when it cannot be drawn.
    pub in_pixels: Option<bool>,
    /// Whether links or alternative texts differ, beside what is seen.
    pub in_telling: bool,
}

impl PageChange {
    /// Whether the printed page is another one than before, in its place in the stack.
    pub fn is_seen(&self) -> bool {
        self.kind != PageChangeKind::InvisibleOnly
    }
}

/// The pages that differ, in the order of the new edition; removed ones stand where they stood.
///
/// Both layouts are compared item by item; only pages that differ there are drawn.
pub fn compare_pages(old: &PagedDocument, new: &PagedDocument) -> Vec<PageChange> {
    let (was, is) = std::thread::scope(|scope| {
        let looking = scope.spawn(|| looks(old));
        let is = looks(new);
        (looking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), is)
    });
    let pairs = align(&keys(&was), &keys(&is));
    let drawn: Vec<(usize, usize)> = pairs
        .iter()
        .filter_map(|pair| pair.0.zip(pair.1))
        .filter(|(a, b)| !was[*a].same_body(&is[*b]))
        .collect();
    let mut pictures = differing_pages(&Pages::Laid(old), &Pages::Laid(new), &drawn).into_iter();
    let compare = |pair: Pair| match pair {
        (Some(a), Some(b)) if !was[a].same_body(&is[b]) => {
            Some(changed((&was, a), (&is, b), pictures.next().flatten()))
        }
        _ => same_or_alone(&was, &is, pair),
    };
    pairs.into_iter().filter_map(compare).collect()
}

fn keys(looks: &[Look]) -> Vec<Key> {
    looks.iter().map(|look| Key { body: look.body, words: look.words() }).collect()
}

fn at(looks: &[Look], page: usize) -> PageAt {
    PageAt { physical: page + 1, printed: looks[page].printed.clone() }
}

/// A pair whose layout differs; `seen`: where its pictures do.
fn changed(
    old: (&[Look], usize),
    new: (&[Look], usize),
    seen: Option<Vec<PageArea>>,
) -> PageChange {
    let (was, is) = (&old.0[old.1], &new.0[new.1]);
    let places = (at(old.0, old.1), at(new.0, new.1));
    let layout = merge(is.differing(was));
    // The page number is no part of the layout's difference, but it is in the picture.
    let shows = |seen: &PageArea| {
        layout.is_empty() || layout.iter().any(|area| area.grown(HALO).touches(*seen))
    };
    let in_pixels = seen.as_ref().map(|seen| seen.iter().any(shows));
    let (kind, areas) = match in_pixels {
        Some(false) => (unseen(&places, was.number != is.number), Vec::new()),
        // Without a layout's difference: the same items in another order, or on other paper.
        _ if layout.is_empty() => (PageChangeKind::Changed, seen.unwrap_or_default()),
        _ => (PageChangeKind::Changed, layout),
    };
    let in_telling = was.unseen != is.unseen;
    PageChange { old: Some(places.0), new: Some(places.1), kind, areas, in_pixels, in_telling }
}

/// What became of a page on which nothing is seen to differ, except perhaps its number.
fn unseen((old, new): &(PageAt, PageAt), number_differs: bool) -> PageChangeKind {
    match (old.physical == new.physical, number_differs) {
        (false, _) => PageChangeKind::Moved,
        (true, true) => PageChangeKind::Renumbered,
        (true, false) => PageChangeKind::InvisibleOnly,
    }
}

fn same_or_alone(was: &[Look], is: &[Look], pair: Pair) -> Option<PageChange> {
    let (old, new) = (pair.0.map(|a| at(was, a)), pair.1.map(|b| at(is, b)));
    let (kind, in_telling) = match pair {
        (Some(a), Some(b)) => {
            let (old, new) = (&was[a], &is[b]);
            // A label that is not printed, of a blank side, is told by readers on a screen only.
            let in_telling = old.unseen != new.unseen || old.printed != new.printed && a == b;
            if a == b && old.number == new.number && !in_telling {
                return None;
            }
            (unseen(&(at(was, a), at(is, b)), old.number != new.number), old.unseen != new.unseen)
        }
        (None, _) => (PageChangeKind::Added, false),
        (_, None) => (PageChangeKind::Removed, false),
    };
    Some(PageChange { old, new, kind, areas: Vec::new(), in_pixels: None, in_telling })
}
