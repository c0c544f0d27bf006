//! Contact sheets: many pages small on one A4 picture, each with its number below.

use typst::foundations::Smart;
use typst::layout::{Abs, Frame, FrameItem, Point, Sides, Size};
use typst::syntax::Span;
use typst::text::{Font, FontVariant, FontVariations, Glyph, Lang, TextItem};
use typst::utils::Scalar;
use typst::visualize::{Color, FixedStroke, Geometry};
use typst_layout::Page;
use typst_render::RenderOptions;

use super::drawing::{DrawFault, Pages};
use super::png::Picture;

// All in points of an A4 page.
const SHEET: [f64; 2] = [595.276, 841.89];
const MARGIN: f64 = 28.0;
const GUTTER: f64 = 12.0;
// Small enough that four columns of A4 pages make four rows, and five make five.
const ROW_GUTTER: f64 = 6.0;
const LABEL: f64 = 12.0;
const LABEL_SIZE: f64 = 8.0;

/// How the pages stand on the sheets.
#[derive(Debug, Clone)]
pub struct Sheets {
    columns: usize,
    rows: usize,
    cell: [f64; 2],
    pages: Vec<usize>,
}

impl Sheets {
    /// Places some pages in so many columns; cells are as high as the tallest page needs.
    pub fn new(pages: &Pages<'_>, chosen: &[usize], columns: usize) -> Self {
        let width = (SHEET[0] - 2.0 * MARGIN - GUTTER * (columns - 1) as f64) / columns as f64;
        let most = SHEET[1] - 2.0 * MARGIN - LABEL;
        let shape = |page: &usize| {
            let [width, height] = pages.size(*page);
            height / width
        };
        // One very long page shall not make the others small.
        let tallest = chosen.iter().map(shape).fold(0.0, f64::max).clamp(0.5, 1.5);
        let height = (width * tallest).min(most);
        let rows =
            ((most + LABEL + ROW_GUTTER) / (height + LABEL + ROW_GUTTER)).floor().max(1.0) as usize;
        Sheets { columns, rows, cell: [width, height], pages: chosen.to_vec() }
    }

    /// How many sheets there are.
    pub fn count(&self) -> usize {
        self.pages.len().div_ceil(self.columns * self.rows)
    }

    /// Draws one sheet, counted from 0, at a resolution in dots per inch.
    ///
    /// # Errors
    /// When one of its pages cannot be drawn.
    pub fn draw(
        &self,
        sheet: usize,
        pages: &Pages<'_>,
        labels: &[Option<String>],
        font: &Font,
        dpi: f64,
    ) -> Result<Picture, DrawFault> {
        let resolution = dpi / 72.0;
        let shown = self.pages.chunks(self.columns * self.rows).nth(sheet).unwrap_or_default();
        let scale = |page: usize| {
            let [width, height] = pages.size(page);
            (self.cell[0] / width).min(self.cell[1] / height)
        };
        let mut frame = Frame::hard(Size::new(Abs::pt(SHEET[0]), Abs::pt(SHEET[1])));
        let mut corners = Vec::new();
        for (index, page) in shown.iter().enumerate() {
            let [width, height] = pages.size(*page).map(|side| side * scale(*page));
            let column = (index % self.columns) as f64;
            let row = (index / self.columns) as f64;
            let middle = MARGIN + column * (self.cell[0] + GUTTER) + self.cell[0] / 2.0;
            let top = MARGIN + row * (self.cell[1] + LABEL + ROW_GUTTER);
            let left = middle - width / 2.0;
            let outline = Geometry::Rect(Size::new(Abs::pt(width + 1.0), Abs::pt(height + 1.0)))
                .stroked(FixedStroke::from_pair(Color::from_u8(150, 150, 150, 255), Abs::pt(0.5)));
            let corner = Point::new(Abs::pt(left - 0.5), Abs::pt(top - 0.5));
            frame.push(corner, FrameItem::Shape(outline, Span::detached()));
            let label = label(&labels[*page], *page, pages.count());
            let text = text(&label, font);
            let at = Point::new(
                Abs::pt(middle) - text.width() / 2.0,
                Abs::pt(top + height + LABEL - 2.5),
            );
            frame.push(at, FrameItem::Text(text));
            corners.push((*page, [left, top].map(|side| (side * resolution).round() as u32)));
        }
        let drawn = std::sync::Mutex::new(blank(frame, resolution));
        pages.each(
            shown,
            |page| scale(page) * resolution,
            |page, picture| {
                let corner = corners.iter().find(|(shown, _)| *shown == page);
                if let (Some((_, [left, top])), Ok(mut drawn)) = (corner, drawn.lock()) {
                    drawn.paste(&picture, *left, *top);
                }
                Ok(())
            },
        )?;
        Ok(drawn.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

/// 「3ページ（5/23）」: the number as printed, and which of all pages it is.
fn label(printed: &Option<String>, page: usize, count: usize) -> String {
    let place = format!("（{}/{count}）", page + 1);
    printed.as_ref().map_or(String::new(), |printed| format!("{printed}ページ")) + &place
}

/// A text on one line, glyph by glyph; a character that the font lacks is left out.
fn text(text: &str, font: &Font) -> TextItem {
    let size = Abs::pt(LABEL_SIZE);
    let font = font.clone().instantiate(FontVariant::default(), size, &FontVariations::default());
    let glyph = |(start, character): (usize, char)| {
        let id = font.ttf().glyph_index(character)?.0;
        let end = start + character.len_utf8();
        Some(Glyph {
            id,
            x_advance: font.x_advance(id)?,
            x_offset: Default::default(),
            y_advance: Default::default(),
            y_offset: Default::default(),
            range: start as u16..end as u16,
            span: (Span::detached(), 0),
        })
    };
    TextItem {
        glyphs: text.char_indices().filter_map(glyph).collect(),
        size,
        fill: Color::BLACK.into(),
        stroke: None,
        lang: Lang::JAPANESE,
        region: None,
        text: text.into(),
        font,
    }
}

/// The sheet with its frames and numbers, before the pages are laid on it.
fn blank(frame: Frame, resolution: f64) -> Picture {
    let page = Page {
        frame,
        bleed: Sides::default(),
        fill: Smart::Auto,
        numbering: None,
        supplement: Default::default(),
        number: 1,
    };
    let options = RenderOptions { pixel_per_pt: Scalar::new(resolution), render_bleed: false };
    let drawn = typst_render::render(&page, &options);
    Picture::on_white(drawn.width(), drawn.height(), drawn.take())
}
