//! Lines as JLREQ wants them: which white of a line gives and takes, after Typst has broken them.
//!
//! Typst takes what a line is too long from all punctuation alike, down to nothing, 。 included, and
//! cannot be told otherwise. So the breaks are Typst's, and the white between the characters of
//! each line is shared out anew here (`spacing`). Where a line begins and ends stays as it was;
//! what belongs to its text (the line under a link, the ground of a badge) moves with it.

mod segment;
mod spacing;

use typst::foundations::Content;
use typst::introspection::Tag;
use typst::layout::{Abs, Frame, FrameItem, GridCell, GroupItem, Point};
use typst::model::TableCell;
use typst_layout::PagedDocument;

use segment::Segment;

/// The document with its lines adjusted.
pub fn adjust_lines(document: PagedDocument) -> PagedDocument {
    let mut changed = false;
    let mut pages = document.pages().to_vec();
    for page in &mut pages {
        if let Some(frame) = adjusted(&page.frame) {
            page.frame = frame;
            changed = true;
        }
    }
    if !changed {
        return document;
    }
    PagedDocument::new(pages.into(), document_info(&document))
}

fn document_info(document: &PagedDocument) -> typst::model::DocumentInfo {
    use typst::model::Document as _;
    document.info().clone()
}

/// A frame with its lines adjusted; none when nothing changes.
fn adjusted(frame: &Frame) -> Option<Frame> {
    let mut items: Vec<(Point, FrameItem)> = Vec::new();
    let mut inner = false;
    if baseline(frame).is_some() {
        flatten(frame, Point::zero(), &mut items);
    } else {
        let levels: Vec<Option<Abs>> = frame.items().map(|(pos, item)| level(*pos, item)).collect();
        for (index, (pos, item)) in frame.items().enumerate() {
            let FrameItem::Group(group) = item else {
                items.push((*pos, item.clone()));
                continue;
            };
            // A short line has no group of its own, only its runs of text have.
            let others = levels[..index].iter().rev().flatten().next();
            let others = others.into_iter().chain(levels[index + 1..].iter().flatten().next());
            let is_level = |own: Abs| others.into_iter().any(|other| is_same(own, *other));
            if is_plain(group) && levels[index].is_some_and(is_level) {
                flatten(&group.frame, *pos, &mut items);
                continue;
            }
            let item = match adjusted(&group.frame) {
                Some(frame) => {
                    inner = true;
                    FrameItem::Group(GroupItem { frame, ..group.clone() })
                }
                None => item.clone(),
            };
            items.push((*pos, item));
        }
    }
    let mut moved = false;
    for segment in segments(&items) {
        moved |= segment.adjust(&mut items, frame.width());
    }
    if !inner && !moved {
        return None;
    }
    let mut new = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        new.set_baseline(frame.baseline());
    }
    new.push_multiple(items);
    Some(new)
}

fn is_same(one: Abs, other: Abs) -> bool {
    (one - other).abs() < Abs::pt(0.02)
}

/// The line on which all texts of a frame stand, of which there are some.
fn baseline(frame: &Frame) -> Option<Abs> {
    let mut found = None;
    for (pos, item) in frame.items() {
        let own = match item {
            FrameItem::Text(_) => pos.y,
            FrameItem::Group(group) if has_text(&group.frame) => pos.y + baseline(&group.frame)?,
            _ => continue,
        };
        if !is_same(*found.get_or_insert(own), own) {
            return None;
        }
    }
    found
}

fn has_text(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Text(_) => true,
        FrameItem::Group(group) => has_text(&group.frame),
        _ => false,
    })
}

/// The line on which an item stands, if it is text of a single line.
fn level(pos: Point, item: &FrameItem) -> Option<Abs> {
    match item {
        FrameItem::Text(_) => Some(pos.y),
        FrameItem::Group(group) => baseline(&group.frame).map(|own| pos.y + own),
        _ => None,
    }
}

/// The items of a line: Typst puts a run of text in several fonts into a group of its own.
fn flatten(frame: &Frame, at: Point, items: &mut Vec<(Point, FrameItem)>) {
    for (pos, item) in frame.items() {
        match item {
            FrameItem::Group(group) if is_plain(group) => {
                flatten(&group.frame, at + *pos, items);
            }
            _ => items.push((at + *pos, item.clone())),
        }
    }
}

fn is_plain(group: &GroupItem) -> bool {
    group.transform.is_identity()
        && group.clip.is_none()
        && group.label.is_none()
        && group.parent.is_none()
        && group.frame.kind().is_soft()
}

/// The runs of text in lines, where nothing but text follows on text.
fn segments(items: &[(Point, FrameItem)]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut open = false;
    for (index, (pos, item)) in items.iter().enumerate() {
        match item {
            FrameItem::Text(_) | FrameItem::Group(_) => {
                if open
                    && let Some(segment) = segments.last_mut()
                    && segment.extend(index, *pos, item)
                {
                    continue;
                }
                if let Some(mut segment) = Segment::begin(index, *pos, item) {
                    segment.goes_on = segments.last().is_some_and(|last| segment.is_level(last));
                    segments.push(segment);
                    open = true;
                }
            }
            // Cells of a table stand in lines, too, and are no part of one.
            FrameItem::Tag(Tag::Start(element, _)) if parts(element) => open = false,
            _ => {}
        }
    }
    segments
}

fn parts(element: &Content) -> bool {
    element.is::<TableCell>() || element.is::<GridCell>()
}
