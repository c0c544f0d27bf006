//! What is seen on a page, item by item, and what it tells beyond that: taken from the frames of
//! the layout.

use std::hash::{Hash, Hasher};

use typst::foundations::{Content, Selector, StyleChain};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst::math::EquationElem;
use typst::model::{Destination, FigureElem};
use typst::pdf::{ArtifactElem, ArtifactKind};
use typst::text::TextItem;
use typst::utils::hash128;
use typst::visualize::{Curve, Shape};
use typst_layout::PagedDocument;

use super::drawing_digests::{curve_steps, paint, place, shape_digest, steps, stroke_digest};
use super::page_areas::PageArea;
use crate::export::Pages;

/// One thing that is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// What it is and where.
    pub digest: u128,
    /// The characters of a text, wherever they stand.
    pub words: Option<u128>,
    pub area: PageArea,
}

/// What is seen on a page, and what is told of it without being seen.
///
/// Two looks are equal when nothing seen differs by 1/1000 pt or more, nor the printed page
/// number, nor where links lead, nor an alternative text. The number of all pages that stands
/// behind it does not count.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The page number as printed, where the page has one.
    pub printed: Option<String>,
    /// In the order in which it is drawn; the page number in header or footer is left out.
    pub inks: Vec<Ink>,
    /// All of `inks`, and the size of the page.
    pub body: u128,
    /// The printed page number.
    pub number: u128,
    /// Targets of links and alternative texts.
    pub unseen: u128,
}

/// The look of every page.
pub fn looks(document: &PagedDocument) -> Vec<Look> {
    let labels = Pages::Laid(document).labels();
    let total = labels.iter().rev().flatten().next().cloned();
    document
        .pages()
        .iter()
        .zip(labels)
        .map(|(page, printed)| look(document, page, printed, total.as_deref()))
        .collect()
}

fn look(
    document: &PagedDocument,
    page: &typst_layout::Page,
    printed: Option<String>,
    total: Option<&str>,
) -> Look {
    let mut walk = Walk {
        document,
        printed: printed.as_deref(),
        total,
        after_slash: false,
        inks: Vec::new(),
        numbers: Vec::new(),
        number_with_total: None,
        unseen: Vec::new(),
        furniture: Vec::new(),
        beside: Vec::new(),
    };
    let size = page.frame.size();
    walk.frame(&page.frame, Transform::identity(), None);
    let Walk { mut inks, numbers, number_with_total, unseen, .. } = walk;
    // A date may hold the same number; the one in front of the number of all pages is sure.
    let numbers = number_with_total.map_or(numbers, |number| vec![number]);
    // Their places are left out: a centred number moves when it gets a digit more.
    for number in numbers.iter().rev() {
        inks.remove(number.ink);
    }
    let numbers: Vec<u128> = numbers.into_iter().map(|number| number.digest).collect();
    let digests: Vec<u128> = inks.iter().map(|ink| ink.digest).collect();
    let fill = page.fill.clone().unwrap_or(None).map(|fill| paint(&fill));
    let bleed = [page.bleed.left, page.bleed.top, page.bleed.right, page.bleed.bottom].map(steps);
    let body = hash128(&(steps(size.x), steps(size.y), bleed, fill, digests));
    Look { body, inks, number: hash128(&numbers), unseen: hash128(&unseen), printed }
}

impl Look {
    /// Whether the pages look the same but for their page number.
    pub fn same_body(&self, other: &Look) -> bool {
        self.body == other.body
    }

    /// The digests of the texts, sorted.
    pub fn words(&self) -> Vec<u128> {
        let mut words: Vec<u128> = self.inks.iter().filter_map(|ink| ink.words).collect();
        words.sort_unstable();
        words
    }

    /// The areas of what only one of two pages has.
    pub fn differing(&self, other: &Look) -> Vec<PageArea> {
        let sorted = |look: &Look| {
            let mut inks = look.inks.clone();
            inks.sort_by_key(|ink| ink.digest);
            inks
        };
        let (mine, theirs) = (sorted(self), sorted(other));
        let (mut a, mut b) = (mine.as_slice(), theirs.as_slice());
        let mut areas = Vec::new();
        loop {
            match (a, b) {
                ([x, rest_a @ ..], [y, rest_b @ ..]) if x.digest == y.digest => {
                    (a, b) = (rest_a, rest_b);
                }
                ([x, rest @ ..], [y, ..]) if x.digest < y.digest => {
                    areas.push(x.area);
                    a = rest;
                }
                ([x, rest @ ..], []) => {
                    areas.push(x.area);
                    a = rest;
                }
                (_, [y, rest @ ..]) => {
                    areas.push(y.area);
                    b = rest;
                }
                ([], []) => return areas,
            }
        }
    }
}

/// A text in header or footer that reads like the page number: its place among the inks.
struct Number {
    ink: usize,
    digest: u128,
}

struct Walk<'a> {
    document: &'a PagedDocument,
    printed: Option<&'a str>,
    /// The last printed page number.
    total: Option<&'a str>,
    /// Whether the last text was the stroke between the page number and the last one.
    after_slash: bool,
    inks: Vec<Ink>,
    /// What may be the page number.
    numbers: Vec<Number>,
    number_with_total: Option<Number>,
    unseen: Vec<u128>,
    /// The headers and footers that are open.
    furniture: Vec<Location>,
    /// Open artifacts of the page as a whole, as a tab at its fore-edge: they stand at the other side
    /// of a page that has come to the back of its leaf.
    beside: Vec<Location>,
}

/// What lies outside is not seen: its outline on the page, and the digest of its shape.
type Clip = (PageArea, u128);

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, at: Transform, clip: Option<Clip>) {
        for (offset, item) in frame.items() {
            let at = at.pre_concat(Transform::translate(offset.x, offset.y));
            match item {
                FrameItem::Group(group) => {
                    let at = at.pre_concat(group.transform);
                    let clip = match &group.clip {
                        Some(curve) => Some(clipped(curve, at, clip)),
                        None => clip,
                    };
                    self.frame(&group.frame, at, clip);
                }
                FrameItem::Text(text) => self.text(text, at, clip),
                FrameItem::Shape(shape, _) => {
                    let content = (1u8, shape_digest(shape));
                    self.ink(&content, None, shape_box(shape), at, clip);
                }
                FrameItem::Image(image, size, _) => {
                    let content = (2u8, image.kind(), steps(size.x), steps(size.y));
                    let outline = Rect::from_pos_size(Point::zero(), *size);
                    self.ink(&content, None, outline, at, clip);
                    self.unseen.extend(image.alt().map(hash128));
                }
                FrameItem::Link(destination, _) => {
                    self.unseen.push(hash128(&link_target(self.document, destination)));
                }
                FrameItem::Tag(tag) => self.tag(tag),
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(element, _) => {
                self.unseen.extend(alternative(element));
                match artifact_kind(element) {
                    Some(kind) if is_furniture(kind) => {
                        self.furniture.extend(element.location());
                    }
                    Some(ArtifactKind::Page) => self.beside.extend(element.location()),
                    _ => {}
                }
            }
            Tag::End(location, ..) => {
                self.furniture.retain(|open| open != location);
                self.beside.retain(|open| open != location);
            }
        }
    }

    fn text(&mut self, text: &TextItem, at: Transform, clip: Option<Clip>) {
        let glyphs: Vec<(u16, [i64; 4])> = text
            .glyphs
            .iter()
            .map(|glyph| {
                let moves = [glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset];
                (glyph.id, moves.map(|by| steps(by.at(text.size))))
            })
            .collect();
        let stroke = text.stroke.as_ref().map(stroke_digest);
        let look = (&text.font, steps(text.size), paint(&text.fill), stroke);
        let content = (0u8, look, text.text.as_str(), glyphs);
        let words = text.text.trim();
        // How many pages there are: nobody exchanges a page for that alone.
        let is_total = self.after_slash && self.total == Some(words);
        self.after_slash = !self.furniture.is_empty() && words == "/";
        if is_total {
            return;
        }
        if self.after_slash
            && self.numbers.last().is_some_and(|last| last.ink + 1 == self.inks.len())
        {
            self.number_with_total = self.numbers.pop();
        }
        if !self.furniture.is_empty() && self.printed == Some(words) {
            self.numbers.push(Number { ink: self.inks.len(), digest: hash128(&content) });
        }
        let metrics = text.font.metrics();
        let top = -metrics.ascender.at(text.size);
        let bottom = -metrics.descender.at(text.size);
        let outline = Rect::new(Point::with_y(top), Point::new(text.width(), bottom));
        let words = hash128(text.text.as_str());
        self.ink(&content, Some(words), outline, at, clip);
    }

    fn ink(
        &mut self,
        content: &impl Hash,
        words: Option<u128>,
        outline: Rect,
        at: Transform,
        clip: Option<Clip>,
    ) {
        let place = self.beside.is_empty().then(|| place(at));
        let digest = hash128(&(place, clip.map(|(_, shape)| shape), Hashed(content)));
        let area = on_page(outline, at);
        let area = clip.map_or(area, |(edges, _)| area.within(edges));
        self.inks.push(Ink { digest, words, area });
    }
}

/// Passes a hash on, so that a tuple may hold any of them.
struct Hashed<'a, T>(&'a T);

impl<T: Hash> Hash for Hashed<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

fn artifact_kind(element: &Content) -> Option<ArtifactKind> {
    let artifact = element.to_packed::<ArtifactElem>()?;
    Some(artifact.kind.get(StyleChain::default()))
}

fn is_furniture(kind: ArtifactKind) -> bool {
    matches!(kind, ArtifactKind::Header | ArtifactKind::Footer | ArtifactKind::PageNumber)
}

fn alternative(element: &Content) -> Option<u128> {
    let figure = element
        .to_packed::<FigureElem>()
        .and_then(|figure| figure.alt.get_ref(StyleChain::default()).as_ref());
    let equation = || {
        element
            .to_packed::<EquationElem>()
            .and_then(|equation| equation.alt.get_ref(StyleChain::default()).as_ref())
    };
    figure.or_else(equation).map(|alt| hash128(alt.as_str()))
}

fn clipped(curve: &Curve, at: Transform, around: Option<Clip>) -> Clip {
    let edges = on_page(curve.bbox(None), at);
    let shape = hash128(&(place(at), curve_steps(curve), around.map(|(_, shape)| shape)));
    (around.map_or(edges, |(outer, _)| edges.within(outer)), shape)
}

fn on_page(outline: Rect, at: Transform) -> PageArea {
    let (min, max) = (outline.min, outline.max);
    let corner = |x: Abs, y: Abs| {
        let corner = Point::new(x, y).transform(at);
        [corner.x.to_pt(), corner.y.to_pt()]
    };
    PageArea::between(corner(min.x, min.y), corner(max.x, max.y))
        .with(PageArea::between(corner(min.x, max.y), corner(max.x, min.y)))
}

fn shape_box(shape: &Shape) -> Rect {
    let outline = shape.bbox(false);
    let half = shape.stroke.as_ref().map_or(Abs::zero(), |stroke| stroke.thickness / 2.0);
    Rect::new(outline.min - Point::splat(half), outline.max + Point::splat(half))
}

/// The name of a link's target: an address, the label of the target, or what it says. The place of
/// the target may move.
fn link_target(document: &PagedDocument, destination: &Destination) -> String {
    match destination {
        Destination::Url(url) => url.as_str().to_owned(),
        Destination::Position(at) => format!("page {}", at.page),
        Destination::Location(location) => linked_element(document, *location),
    }
}

fn linked_element(document: &PagedDocument, location: Location) -> String {
    let found = document.introspector().query_first(&Selector::Location(location));
    let Some(found) = found else { return String::new() };
    match found.label() {
        Some(label) => format!("<{}>", label.resolve().as_str()),
        None => format!("{} {}", found.elem().name(), found.plain_text()),
    }
}
