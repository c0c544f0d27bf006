//! What stands where on the pages: lines of text, and the cells of tables with their edges.

use std::collections::HashMap;

use typst::foundations::{Content, Smart, StyleChain};
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, GridCell, GridElem, Point, Rect, Size, Transform};
use typst::model::{TableCell, TableElem};
use typst::pdf::ArtifactElem;
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// What is seen of a page.
pub(super) struct Seen {
    pub paper: Point,
    /// The lower edge of the type area, where the layout tells it.
    pub bottom: Option<Abs>,
    pub lines: Vec<Line>,
    pub cells: Vec<CellText>,
}

/// A run of text in one line.
pub(super) struct Line {
    pub text: String,
    /// Without blanks at its ends.
    pub area: Rect,
    /// How far below the line letters may reach.
    pub descent: Abs,
    /// How far punctuation at its end may hang over.
    pub hanging: Abs,
    /// Where each character begins in the text, and where it ends on the page.
    pub ends: Vec<(usize, Abs)>,
    pub span: Option<Span>,
    /// It stands in a header, a footer or behind the page.
    pub furniture: bool,
    pub in_cell: bool,
}

/// A cell with what it holds on one page.
pub(super) struct CellText {
    pub table: usize,
    pub x: usize,
    pub y: usize,
    pub columns: usize,
    pub rows: usize,
    pub text: String,
    /// Where its text comes from.
    pub span: Option<Span>,
    left: Abs,
    right: Option<Abs>,
    /// The text from its leftmost to its rightmost point.
    ink: Option<(Abs, Abs)>,
}

impl CellText {
    /// How far its text reaches over its edges.
    pub fn beyond(&self) -> Abs {
        let Some((from, to)) = self.ink else { return Abs::zero() };
        let right = self.right.map_or(Abs::zero(), |right| to - right);
        right.max(self.left - from)
    }
}

/// A column of a table, from 0.
pub(super) struct Column(pub usize);

impl Seen {
    /// The name of a column: what stands over it in the first row.
    pub fn heading(&self, table: usize, column: Column) -> String {
        let over = |cell: &&CellText| {
            cell.table == table
                && cell.y == 0
                && (cell.x..cell.x + cell.columns).contains(&column.0)
        };
        let found = self.cells.iter().find(over);
        let name = found.map(|cell| cell.text.trim()).filter(|name| !name.is_empty());
        name.map_or_else(|| format!("{}列目", column.0 + 1), str::to_owned)
    }

    /// The name of a row: its first cell.
    pub fn row_name(&self, table: usize, row: usize) -> String {
        let before = |cell: &&CellText| {
            cell.table == table && cell.x == 0 && (cell.y..cell.y + cell.rows).contains(&row)
        };
        self.cells.iter().find(before).map_or(String::new(), |cell| cell.text.trim().to_owned())
    }
}

/// What is seen of every page.
pub(super) fn seen(document: &PagedDocument) -> Vec<Seen> {
    let bottoms = bottoms(document);
    let mut walk = Walk::default();
    let page = |(page, bottom): (&typst_layout::Page, Option<Abs>)| {
        walk.frame(&page.frame, Transform::identity());
        walk.turn(page.frame.size(), bottom)
    };
    document.pages().iter().zip(bottoms).map(page).collect()
}

/// The lower edge of the type area of each page. The layout keeps the area as a frame of its own
/// on most pages; on the others it is that of pages of the same size.
fn bottoms(document: &PagedDocument) -> Vec<Option<Abs>> {
    let own = |page: &typst_layout::Page| {
        let size = page.frame.size();
        let area = |(at, item): &(Point, FrameItem)| match item {
            FrameItem::Group(group) if group.parent.is_none() => {
                let inner = group.frame.size();
                let holds = inner.x > size.x * 0.5 && inner.y > size.y * 0.5;
                (holds && inner.x < size.x && inner.y < size.y).then_some(at.y + inner.y)
            }
            _ => None,
        };
        page.frame.items().find_map(area)
    };
    let found: Vec<(Size, Option<Abs>)> =
        document.pages().iter().map(|page| (page.frame.size(), own(page))).collect();
    let like = |size: Size| {
        let edges = found.iter().filter(|(other, _)| *other == size).filter_map(|(_, edge)| *edge);
        edges.reduce(Abs::max)
    };
    found.iter().map(|(size, edge)| edge.or_else(|| like(*size))).collect()
}

#[derive(Default)]
struct Walk {
    lines: Vec<Line>,
    cells: Vec<CellText>,
    /// The tables that are open, by their numbers.
    tables: Vec<(Location, usize)>,
    /// The right ends of the rules of tables.
    rules: HashMap<usize, Abs>,
    count: usize,
    /// The cells that are open, by their places in `cells`.
    open: Vec<(Location, usize)>,
    /// Cells that go on over pages: their table and elements.
    known: HashMap<Location, (usize, Grid)>,
    furniture: Vec<Location>,
}

/// Where a cell stands in its table.
#[derive(Clone, Copy)]
struct Grid {
    x: usize,
    y: usize,
    columns: usize,
    rows: usize,
}

impl Walk {
    /// Ends a page.
    fn turn(&mut self, size: Size, bottom: Option<Abs>) -> Seen {
        let mut cells = std::mem::take(&mut self.cells);
        let mut lefts: HashMap<(usize, usize), Abs> = HashMap::new();
        for cell in &cells {
            let left = lefts.entry((cell.table, cell.x)).or_insert(cell.left);
            *left = (*left).min(cell.left);
        }
        for cell in &mut cells {
            let end = cell.x + cell.columns;
            let next = lefts.get(&(cell.table, end)).copied();
            cell.right = cell.right.or(next).or_else(|| self.rules.get(&cell.table).copied());
        }
        self.rules.clear();
        self.open.clear();
        let paper = Point::new(size.x, size.y);
        Seen { paper, bottom, lines: std::mem::take(&mut self.lines), cells }
    }

    fn frame(&mut self, frame: &Frame, at: Transform) {
        for (offset, item) in frame.items() {
            let at = at.pre_concat(Transform::translate(offset.x, offset.y));
            match item {
                FrameItem::Group(group) => {
                    let at = at.pre_concat(group.transform);
                    let part = group.parent.as_ref().and_then(|parent| {
                        self.known.get(&parent.location).map(|known| (parent.location, *known))
                    });
                    match part {
                        Some((location, (table, grid))) => {
                            self.begin(location, table, grid, at, Some(group.frame.size()));
                            self.frame(&group.frame, at);
                            self.end(location);
                        }
                        None => self.frame(&group.frame, at),
                    }
                }
                FrameItem::Text(text) => self.text(text, at),
                FrameItem::Shape(shape, _) => {
                    if let (Some((_, table)), true) = (self.tables.last(), self.open.is_empty()) {
                        let right = corners(shape.bbox(false), at).max.x;
                        let edge = self.rules.entry(*table).or_insert(right);
                        *edge = (*edge).max(right);
                    }
                }
                FrameItem::Tag(tag) => self.tag(tag, at),
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag, at: Transform) {
        match tag {
            Tag::Start(element, _) => {
                let Some(location) = element.location() else { return };
                if element.is::<ArtifactElem>() {
                    self.furniture.push(location);
                } else if element.is::<TableElem>() || element.is::<GridElem>() {
                    self.tables.push((location, self.count));
                    self.count += 1;
                } else if let (Some(grid), Some((_, table))) = (grid(element), self.tables.last()) {
                    let table = *table;
                    self.known.insert(location, (table, grid));
                    self.begin(location, table, grid, at, None);
                }
            }
            Tag::End(location, ..) => {
                self.furniture.retain(|open| open != location);
                self.tables.retain(|(open, _)| open != location);
                self.end(*location);
            }
        }
    }

    fn begin(
        &mut self,
        location: Location,
        table: usize,
        grid: Grid,
        at: Transform,
        size: Option<Size>,
    ) {
        let left = Point::zero().transform(at).x;
        let right = size.map(|size| left + size.x);
        let Grid { x, y, columns, rows } = grid;
        let (text, ink, span) = (String::new(), None, None);
        self.cells.push(CellText { table, x, y, columns, rows, text, span, left, right, ink });
        self.open.push((location, self.cells.len() - 1));
    }

    fn end(&mut self, location: Location) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| *open == location) {
            self.open.truncate(at);
        }
    }

    fn text(&mut self, text: &TextItem, at: Transform) {
        let mut x = Abs::zero();
        let mut ends = Vec::with_capacity(text.glyphs.len());
        let (mut from, mut to) = (None, Abs::zero());
        for glyph in &text.glyphs {
            let begins = x;
            x += glyph.x_advance.at(text.size);
            ends.push((usize::from(glyph.range.start), Point::with_x(x).transform(at).x));
            let blank = text.text.get(glyph.range()).is_none_or(|part| part.trim().is_empty());
            if !blank {
                from.get_or_insert(begins);
                // In a justified line the last glyph has room behind it that nothing stands in.
                let own = text.font.x_advance(glyph.id).unwrap_or(glyph.x_advance);
                to = begins + own.min(glyph.x_advance).at(text.size);
            }
        }
        let Some(from) = from else { return };
        // From the line up to the height of capitals.
        let outline = Rect::new(Point::new(from, -text.size * 0.7), Point::new(to, Abs::zero()));
        let area = corners(outline, at);
        let span = text.glyphs.first().map(|glyph| glyph.span.0).filter(|span| !span.is_detached());
        for (_, index) in &self.open {
            let cell = &mut self.cells[*index];
            let (left, right) = cell.ink.unwrap_or((area.min.x, area.max.x));
            cell.ink = Some((left.min(area.min.x), right.max(area.max.x)));
            cell.text.push_str(&text.text);
            cell.span = cell.span.or(span);
        }
        let last = text.text.trim_end().chars().next_back();
        let hangs = last.is_some_and(|c| "、。，．」』）】｝〕〉》,.-‐".contains(c));
        self.lines.push(Line {
            text: text.text.to_string(),
            area,
            descent: text.size * 0.3,
            hanging: if hangs { text.size } else { Abs::zero() },
            ends,
            span,
            furniture: !self.furniture.is_empty(),
            in_cell: !self.open.is_empty(),
        });
    }
}

/// Where an element stands in its table, when it is a cell.
fn grid(element: &Content) -> Option<Grid> {
    let place = |place: Smart<usize>| place.custom();
    let styles = StyleChain::default();
    if let Some(cell) = element.to_packed::<TableCell>() {
        let (columns, rows) = (cell.colspan.get(styles), cell.rowspan.get(styles));
        let (x, y) = (place(cell.x.get(styles))?, place(cell.y.get(styles))?);
        return Some(Grid { x, y, columns: columns.get(), rows: rows.get() });
    }
    let cell = element.to_packed::<GridCell>()?;
    let (columns, rows) = (cell.colspan.get(styles), cell.rowspan.get(styles));
    let (x, y) = (place(cell.x.get(styles))?, place(cell.y.get(styles))?);
    Some(Grid { x, y, columns: columns.get(), rows: rows.get() })
}

fn corners(outline: Rect, at: Transform) -> Rect {
    let Rect { min, max } = outline;
    let points = [min, Point::new(max.x, min.y), max, Point::new(min.x, max.y)];
    let points = points.map(|point| point.transform(at));
    let low = |of: fn(&Point) -> Abs| points.iter().map(of).fold(Abs::inf(), Abs::min);
    let high = |of: fn(&Point) -> Abs| points.iter().map(of).fold(-Abs::inf(), Abs::max);
    Rect::new(Point::new(low(|p| p.x), low(|p| p.y)), Point::new(high(|p| p.x), high(|p| p.y)))
}
