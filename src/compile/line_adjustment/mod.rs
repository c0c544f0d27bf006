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
    if is_line(frame) {
        flatten(frame, Point::zero(), &mut items);
    } else {
        for (pos, item) in frame.items() {
            let item = match item {
                FrameItem::Group(group) => match adjusted(&group.frame) {
                    Some(frame) => {
                        inner = true;
                        FrameItem::Group(GroupItem { frame, ..group.clone() })
                    }
                    None => item.clone(),
                },
                other => other.clone(),
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

/// Whether all texts of a frame, of which there are some, stand on one line.
fn is_line(frame: &Frame) -> bool {
    fn baselines(frame: &Frame, at: Abs, found: &mut Option<Abs>) -> bool {
        frame.items().all(|(pos, item)| match item {
            FrameItem::Text(_) => {
                let own = at + pos.y;
                (*found.get_or_insert(own) - own).abs() < Abs::pt(0.02)
            }
            FrameItem::Group(group) => baselines(&group.frame, at + pos.y, found),
            _ => true,
        })
    }
    let mut found = None;
    baselines(frame, Abs::zero(), &mut found) && found.is_some()
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
                    if let Some(last) = segments.last_mut().filter(|last| segment.is_level(last)) {
                        last.is_followed = true;
                        segment.goes_on = true;
                    }
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
