//! Where things stand on the laid-out pages, in points from the top left corner.

use typst::foundations::Content;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point};
use typst::model::{Destination, FigureElem};
use typst_layout::PagedDocument;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// A figure of the pages. `page` is the physical page from 0.
#[derive(Debug, Clone)]
pub struct PlacedFigure {
    pub page: usize,
    /// `図9`.
    pub label: String,
    pub caption: Area,
    pub drawing: Area,
}

/// A piece of text as it was set: its baseline begins at `x`, `y`.
#[derive(Debug, Clone)]
pub struct PlacedText {
    pub page: usize,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    pub text: String,
}

/// Every drawn figure (tables apart) in the order of the pages.
pub fn figures(document: &PagedDocument) -> Vec<PlacedFigure> {
    let mut found = Vec::new();
    each_frame(document, &mut |page, frame, at| {
        let mut label = None;
        for (offset, item) in frame.items() {
            match item {
                FrameItem::Tag(Tag::Start(content, _)) => label = figure_label(content),
                FrameItem::Group(group) => {
                    let Some(label) = label.take() else { continue };
                    let parts: Vec<Area> = (group.frame.items())
                        .filter_map(|(inner, item)| match item {
                            FrameItem::Group(part) => {
                                Some(area(at + *offset + *inner, &part.frame))
                            }
                            _ => None,
                        })
                        .collect();
                    if let [caption, .., drawing] = parts[..] {
                        found.push(PlacedFigure { page, label, caption, drawing });
                    }
                }
                _ => {}
            }
        }
    });
    found
}

/// Every piece of text in the order of drawing.
pub fn texts(document: &PagedDocument) -> Vec<PlacedText> {
    let mut found = Vec::new();
    each_frame(document, &mut |page, frame, at| {
        for (offset, item) in frame.items() {
            if let FrameItem::Text(text) = item {
                let at = at + *offset;
                let (x, y, width) = (at.x.to_pt(), at.y.to_pt(), text.width().to_pt());
                let size = text.size.to_pt();
                found.push(PlacedText { page, x, y, width, size, text: text.text.to_string() });
            }
        }
    });
    found
}

/// Every link inside the document: the page it stands on, and the page it leads to.
pub fn links(document: &PagedDocument) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    each_frame(document, &mut |page, frame, _| {
        for (_, item) in frame.items() {
            if let FrameItem::Link(Destination::Location(location), _) = item
                && let Some(position) = document.introspector().as_ref().position(*location)
            {
                found.push((page, position.page.get() - 1));
            }
        }
    });
    found
}

fn figure_label(content: &Content) -> Option<String> {
    content.to_packed::<FigureElem>()?;
    let label = content.label()?.resolve().as_str().to_owned();
    label.starts_with('図').then_some(label)
}

fn area(at: Point, frame: &Frame) -> Area {
    Area {
        left: at.x.to_pt(),
        top: at.y.to_pt(),
        width: frame.width().to_pt(),
        height: frame.height().to_pt(),
    }
}

fn each_frame(document: &PagedDocument, visit: &mut dyn FnMut(usize, &Frame, Point)) {
    for (page, laid_out) in document.pages().iter().enumerate() {
        walk(page, &laid_out.frame, Point::zero(), visit);
    }
}

fn walk(page: usize, frame: &Frame, at: Point, visit: &mut dyn FnMut(usize, &Frame, Point)) {
    visit(page, frame, at);
    for (offset, item) in frame.items() {
        if let FrameItem::Group(group) = item {
            walk(page, &group.frame, at + *offset, visit);
        }
    }
}
