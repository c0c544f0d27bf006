//! The pages of two PDF files, held against each other by their pictures alone.

use super::page_alignment::{Key, Pair, align};
use super::page_areas::PageArea;
use super::page_changes::{PageAt, PageChange, PageChangeKind};
use super::pixel_comparison::{DPI, differing_pages, each};
use crate::compare::edition::Side;
use crate::export::{DrawFault, Pages, PdfFault, Picture};
use typst::utils::hash128;

/// Why two PDF files cannot be compared.
#[derive(Debug, Clone, PartialEq)]
pub enum ComparePdfFault {
    Unreadable(Side, PdfFault),
    Undrawable(Side, DrawFault),
}

/// The strip at the foot of a page that holds the page number, in points: 15 mm.
const FOOT: f64 = 42.5;
/// The side of the squares by which pages are found to be alike, in pixels.
const SQUARE: usize = 24;

/// The pages that differ to the eye, in the order of the new edition.
///
/// Like [`compare_pages`](super::compare_pages), but areas are where the pictures differ, and nothing is known of
/// links and alternative texts: `InvisibleOnly` is a page label that is not printed. A page whose
/// label differs is `Renumbered` or `Moved` when its picture is the same but for the last 15 mm.
/// Labels are not compared with a file that has none at all.
///
/// # Errors
/// When a file is no PDF that can be read, or a page cannot be drawn.
pub fn compare_pdfs(old: &[u8], new: &[u8]) -> Result<Vec<PageChange>, ComparePdfFault> {
    let open = |bytes: &[u8], edition| {
        Pages::of_pdf(bytes.to_vec(), "")
            .map_err(|fault| ComparePdfFault::Unreadable(edition, fault))
    };
    let (old, new) = (open(old, Side::Old)?, open(new, Side::New)?);
    let (was, is) = (views(&old, Side::Old)?, views(&new, Side::New)?);
    let labelled = [&was, &is].map(|views| views.iter().any(|view| view.printed.is_some()));
    let labelled = labelled == [true, true];
    let keys = |views: &[View]| -> Vec<Key> { views.iter().map(|view| view.key.clone()).collect() };
    let pairs = align(&keys(&was), &keys(&is));
    let drawn: Vec<(usize, usize)> = pairs
        .iter()
        .filter_map(|pair| pair.0.zip(pair.1))
        .filter(|(a, b)| was[*a].whole != is[*b].whole)
        .collect();
    let mut pictures = differing_pages(&old, &new, &drawn).into_iter();
    let compare = |pair: Pair| {
        let seen = match pair {
            (Some(a), Some(b)) if was[a].whole != is[b].whole => pictures.next().flatten(),
            _ => Some(Vec::new()),
        };
        change((&was, &is), pair, seen, labelled)
    };
    Ok(pairs.into_iter().filter_map(compare).collect())
}

/// What is kept of the picture of a page.
struct View {
    printed: Option<String>,
    key: Key,
    whole: u128,
}

fn views(pages: &Pages<'_>, edition: Side) -> Result<Vec<View>, ComparePdfFault> {
    let all: Vec<usize> = (0..pages.count()).collect();
    let seen = each(pages, &all, |_, picture| key(&picture))
        .map_err(|fault| ComparePdfFault::Undrawable(edition, fault))?;
    let labelled = pages.labels().into_iter().zip(seen);
    Ok(labelled.map(|(printed, (key, whole))| View { printed, key, whole }).collect())
}

fn key(picture: &Picture) -> (Key, u128) {
    let row = picture.width as usize * 3;
    let foot = (FOOT * DPI / 72.0) as usize;
    let above = (picture.height as usize).saturating_sub(foot) * row;
    let body = hash128(&(picture.width, picture.height, &picture.rgb[..above]));
    let lines: Vec<&[u8]> = picture.rgb[..above].chunks(row.max(1)).collect();
    let mut words = Vec::new();
    for (y, band) in lines.chunks(SQUARE).enumerate() {
        for left in (0..row).step_by(SQUARE * 3) {
            let parts: Vec<&[u8]> =
                band.iter().map(|line| &line[left..(left + SQUARE * 3).min(row)]).collect();
            if parts.iter().any(|part| part.iter().any(|byte| *byte != 255)) {
                words.push(hash128(&(y, left, parts)));
            }
        }
    }
    words.sort_unstable();
    let whole = hash128(&(picture.width, picture.height, &picture.rgb));
    (Key { body, words }, whole)
}

fn change(
    (was, is): (&[View], &[View]),
    pair: Pair,
    seen: Option<Vec<PageArea>>,
    labelled: bool,
) -> Option<PageChange> {
    let at = |views: &[View], page: usize| PageAt {
        physical: page + 1,
        printed: views[page].printed.clone(),
    };
    let kind = match pair {
        (Some(a), Some(b)) => {
            let relabelled = labelled && was[a].printed != is[b].printed;
            let in_place = a == b;
            let same = seen.as_ref().is_some_and(Vec::is_empty);
            // A page with another label has another number at its foot, and where pages come or
            // go, many templates print another number of all pages.
            let renumbered = relabelled || labelled && was.len() != is.len();
            let only_number = renumbered && was[a].key.body == is[b].key.body;
            match (same || only_number, in_place) {
                (false, _) => PageChangeKind::Changed,
                (true, false) => PageChangeKind::Moved,
                (true, true) if !relabelled => return None,
                (true, true) if same => PageChangeKind::InvisibleOnly,
                (true, true) => PageChangeKind::Renumbered,
            }
        }
        (None, _) => PageChangeKind::Added,
        (_, None) => PageChangeKind::Removed,
    };
    let changed = kind == PageChangeKind::Changed;
    Some(PageChange {
        old: pair.0.map(|a| at(was, a)),
        new: pair.1.map(|b| at(is, b)),
        kind,
        in_pixels: seen.as_ref().filter(|_| changed).map(|areas| !areas.is_empty()),
        areas: seen.filter(|_| changed).unwrap_or_default(),
        in_telling: false,
    })
}
