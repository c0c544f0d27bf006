//! The text of the laid-out pages, line by line, in the order in which it is drawn.

use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

/// One text a page. Runs that share a baseline and follow each other are one line.
pub fn page_texts(document: &PagedDocument) -> Vec<String> {
    document.pages().iter().map(|page| frame_text(&page.frame)).collect()
}

fn frame_text(frame: &Frame) -> String {
    let mut text = String::new();
    let mut baseline = None;
    walk(frame, Point::zero(), &mut |at, run| {
        let y = (at.y.to_pt() * 4.0).round();
        if baseline.is_some_and(|last| last != y) {
            text.push('\n');
        }
        baseline = Some(y);
        text.push_str(run);
    });
    text.push('\n');
    text
}

fn walk(frame: &Frame, at: Point, visit: &mut impl FnMut(Point, &str)) {
    for (offset, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, at + *offset, visit),
            FrameItem::Text(run) => visit(at + *offset, &run.text),
            _ => {}
        }
    }
}
