//! Several pages on one sheet, for the copier: a booklet to be folded, or two pages for reading.
//!
//! Every page becomes a form that the sheets show, so that text stays text. The result is for
//! machines that print: what spoke of single pages (tags, links, outlines) is dropped.
//!
//! Pages on their side are turned, their head to the left, as in bound books. Pages that are twice
//! as wide as the others are folded in by hand: in a booklet they are sheets of their own behind
//! all others, and of two pages a sheet they take both places.

mod order;
mod shape;

use lopdf::{Document, Error, Object, ObjectId, Stream, dictionary};

use super::boxes::{Area, MM, PageBoxes};
use super::strip::strip;
pub use order::{Printed, Side, booklet_sides, two_up_sides};
pub use shape::{Shape, shapes};

/// How pages come onto sheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Imposition {
    /// Sheets twice as wide as the page, folded in the middle and stitched through the fold.
    Booklet {
        /// In millimetres. Every sheet lies by so much further out than the one around it.
        paper_thickness: f32,
    },
    /// Two pages side by side on a sheet of A4, each made smaller to fit its half.
    TwoUp,
}

impl Imposition {
    /// The word for it in the command and in names of files.
    pub fn name(self) -> &'static str {
        match self {
            Imposition::Booklet { .. } => "booklet",
            Imposition::TwoUp => "2up",
        }
    }

    /// The sides of the sheets in the order in which they are printed.
    pub fn sides(self, pages: &[Shape]) -> Vec<Printed> {
        match self {
            Imposition::Booklet { .. } => booklet_sides(pages),
            Imposition::TwoUp => two_up_sides(pages),
        }
    }

    /// How far the pages of a sheet (from 0, outermost first) move towards the fold, in points.
    ///
    /// In a folded stack every sheet is pushed out at the fore edge by the thickness of each
    /// sheet around it: `thickness × sheet`. Moved back by as much, all pages keep the same
    /// margin once the fore edge is cut.
    pub fn creep(self, sheet: usize) -> f32 {
        match self {
            Imposition::Booklet { paper_thickness } => paper_thickness * MM * sheet as f32,
            Imposition::TwoUp => 0.0,
        }
    }
}

/// A4 on its side.
const TWO_UP_SHEET: Area = Area { left: 0.0, bottom: 0.0, right: 297.0 * MM, top: 210.0 * MM };

/// Replaces the pages of a document by sheets.
///
/// # Errors
/// Only when the document is broken: a page without size or content.
pub(super) fn impose(document: &mut Document, imposition: Imposition) -> Result<(), Error> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let boxes: Vec<PageBoxes> =
        pages.iter().map(|page| PageBoxes::of(document, *page)).collect::<Result<_, _>>()?;
    let sizes: Vec<[f32; 2]> =
        boxes.iter().map(|page| [page.trim.width(), page.trim.height()]).collect();
    let shapes = shapes(&sizes);
    let halves: Vec<(PageBoxes, Shape)> =
        boxes.iter().copied().zip(shapes.iter().copied()).collect();
    let common = Sheet::new(imposition, &halves);
    let tree = document.catalog()?.get(b"Pages")?.as_reference()?;
    let sides = imposition.sides(&shapes);
    let mut kids = Vec::new();
    for (index, side) in sides.iter().enumerate() {
        let creep = imposition.creep(index / 2);
        let mut content = String::new();
        let mut forms = lopdf::Dictionary::new();
        let (sheet, placed) = match *side {
            Printed::Halves(side) => {
                let pages = Half::BOTH.into_iter().zip(side);
                let pages = pages.filter_map(|(half, page)| Some((half, page?)));
                let place = |(half, page): (Half, usize)| {
                    (half.name(), page, common.place(&boxes[page], shapes[page], half, creep))
                };
                (common, pages.map(place).collect::<Vec<_>>())
            }
            Printed::Whole(page) => {
                let (sheet, placed) = common.whole(&boxes[page]);
                (sheet, vec![("Whole", page, placed)])
            }
        };
        for (name, page, placed) in placed {
            let form = form(document, pages[page], placed.shown)?;
            forms.set(name, form);
            content.push_str(&placed.operators(name));
        }
        let mut content = Stream::new(dictionary! {}, content.into_bytes());
        content.compress()?;
        let content = document.add_object(content);
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => sheet.bleed,
            "Resources" => dictionary! { "XObject" => forms },
            "Contents" => content,
        };
        if sheet.bleed != sheet.trim {
            page.set("BleedBox", sheet.bleed);
            page.set("TrimBox", sheet.trim);
        }
        kids.push(Object::Reference(document.add_object(page)));
    }
    let count = kids.len() as i64;
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.set_object(tree, pages);
    let folded = matches!(imposition, Imposition::Booklet { .. });
    strip(document, sides.len(), imposition.name(), folded.then_some("DuplexFlipShortEdge"))
}

/// A page as a form that shows `shown` of it, in the coordinates of the page.
pub(super) fn form(
    document: &mut Document,
    page: ObjectId,
    shown: Area,
) -> Result<ObjectId, Error> {
    let contents = document.get_page_contents(page);
    let dictionary = document.get_dictionary(page)?;
    let resources = dictionary.get(b"Resources").cloned().unwrap_or(dictionary! {}.into());
    let mut stream = match contents[..] {
        [only] => document.get_object(only)?.as_stream()?.clone(),
        _ => Stream::new(dictionary! {}, document.get_page_content(page)),
    };
    stream.compress()?;
    stream.dict.set("Type", "XObject");
    stream.dict.set("Subtype", "Form");
    stream.dict.set("BBox", shown);
    stream.dict.set("Resources", resources);
    Ok(document.add_object(stream))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Half {
    Left,
    Right,
}

impl Half {
    const BOTH: [Half; 2] = [Half::Left, Half::Right];

    fn name(self) -> &'static str {
        match self {
            Half::Left => "Left",
            Half::Right => "Right",
        }
    }
}

/// One side of a sheet, its lower left corner (before the cut, with its bleed) at 0, 0.
#[derive(Debug, Clone, Copy)]
struct Sheet {
    trim: Area,
    bleed: Area,
    /// Pages are made smaller to fit their half, and lose what lies beyond their edges.
    fits: bool,
}

/// A page on a sheet: what is shown of it, and how it comes there.
struct Placed {
    shown: Area,
    scale: f32,
    /// Its head is to the left: x of the sheet is -y of the page, y of the sheet is its x.
    turned: bool,
    x: f32,
    y: f32,
}

impl Placed {
    fn operators(&self, form: &str) -> String {
        let Placed { scale, x, y, .. } = self;
        match self.turned {
            false => format!("q {scale:.6} 0 0 {scale:.6} {x:.4} {y:.4} cm /{form} Do Q\n"),
            true => format!("q 0 {scale:.6} -{scale:.6} 0 {x:.4} {y:.4} cm /{form} Do Q\n"),
        }
    }
}

impl Sheet {
    /// The sheet for these pages: the largest decides where sizes differ.
    fn new(imposition: Imposition, pages: &[(PageBoxes, Shape)]) -> Self {
        if imposition == Imposition::TwoUp {
            return Sheet { trim: TWO_UP_SHEET, bleed: TWO_UP_SHEET, fits: true };
        }
        let most = |length: fn(Area, bool) -> f32| {
            let halves = pages.iter().filter(|(_, shape)| *shape != Shape::Double);
            let lengths = halves.map(|(page, shape)| length(page.trim, *shape == Shape::Turned));
            lengths.fold(0.0, f32::max)
        };
        let width = 2.0 * most(|trim, turned| if turned { trim.height() } else { trim.width() });
        let height = most(|trim, turned| if turned { trim.width() } else { trim.height() });
        let beyond = pages.iter().map(|(page, _)| page.trim.left - page.bleed.left);
        let beyond = beyond.fold(0.0, f32::max);
        let trim = Area::new(beyond, beyond, beyond + width, beyond + height);
        Sheet { trim, bleed: trim.grown(beyond), fits: false }
    }

    /// Puts a page into the middle of its half, then `creep` towards the fold.
    fn place(&self, page: &PageBoxes, shape: Shape, half: Half, creep: f32) -> Placed {
        let turned = shape == Shape::Turned;
        let (width, height) = (self.trim.width() / 2.0, self.trim.height());
        let (across, up) = match turned {
            false => (page.trim.width(), page.trim.height()),
            true => (page.trim.height(), page.trim.width()),
        };
        let scale = if self.fits { (width / across).min(height / up) } else { 1.0 };
        let (left, inwards) = match half {
            Half::Left => (self.trim.left, creep),
            Half::Right => (self.trim.left + width, -creep),
        };
        let spare_x = width - scale * across;
        let spare_y = height - scale * up;
        // Where the lower left corner of what is printed comes to.
        let (x, y) = (left + spare_x / 2.0 + inwards, self.trim.bottom + spare_y / 2.0);
        let mut shown = if self.fits { page.trim } else { page.bleed };
        // Nothing of a page reaches over the fold.
        let middle = self.trim.left + width;
        if turned {
            let (x, y) = (x + scale * page.trim.top, y - scale * page.trim.left);
            let fold = (x - middle) / scale;
            match half {
                Half::Left => shown.bottom = shown.bottom.max(fold),
                Half::Right => shown.top = shown.top.min(fold),
            }
            return Placed { shown, scale, turned, x, y };
        }
        let (x, y) = (x - scale * page.trim.left, y - scale * page.trim.bottom);
        let fold = (middle - x) / scale;
        match half {
            Half::Left => shown.right = shown.right.min(fold),
            Half::Right => shown.left = shown.left.max(fold),
        }
        Placed { shown, scale, turned, x, y }
    }

    /// The sheet of a page that takes both places: as large as the page, or as this sheet.
    fn whole(&self, page: &PageBoxes) -> (Sheet, Placed) {
        if !self.fits {
            let beyond = page.trim.left - page.bleed.left;
            let (width, height) = (page.trim.width(), page.trim.height());
            let trim = Area::new(beyond, beyond, beyond + width, beyond + height);
            let (x, y) = (beyond - page.trim.left, beyond - page.trim.bottom);
            let sheet = Sheet { trim, bleed: trim.grown(beyond), fits: false };
            return (sheet, Placed { shown: page.bleed, scale: 1.0, turned: false, x, y });
        }
        let (width, height) = (self.trim.width(), self.trim.height());
        let scale = (width / page.trim.width()).min(height / page.trim.height());
        let x = self.trim.left + (width - scale * page.trim.width()) / 2.0;
        let y = self.trim.bottom + (height - scale * page.trim.height()) / 2.0;
        let (x, y) = (x - scale * page.trim.left, y - scale * page.trim.bottom);
        (*self, Placed { shown: page.trim, scale, turned: false, x, y })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: f32, height: f32, beyond: f32) -> PageBoxes {
        let trim = Area::new(beyond, beyond, beyond + width, beyond + height);
        PageBoxes { trim, bleed: trim.grown(beyond) }
    }

    const BOOKLET: Imposition = Imposition::Booklet { paper_thickness: 0.1 };

    #[test]
    fn the_outermost_sheet_has_no_creep_and_every_inner_one_more() {
        assert_eq!(BOOKLET.creep(0), 0.0);
        assert!((0..50).all(|sheet| BOOKLET.creep(sheet) < BOOKLET.creep(sheet + 1)));
        assert!((BOOKLET.creep(10) - 1.0 * MM).abs() < 1e-4);
    }

    #[test]
    fn paper_without_thickness_has_no_creep() {
        let flat = Imposition::Booklet { paper_thickness: 0.0 };
        assert!((0..50).all(|sheet| flat.creep(sheet) == 0.0));
    }

    #[test]
    fn pages_of_a_booklet_move_towards_the_fold_and_end_there() {
        let page = page(200.0, 300.0, 8.0);
        let sheet = Sheet::new(BOOKLET, &[(page, Shape::Upright)]);
        assert_eq!((sheet.trim.width(), sheet.bleed.width()), (400.0, 416.0));
        for (half, inwards) in [(Half::Left, 5.0), (Half::Right, -5.0)] {
            let (still, moved) = (
                sheet.place(&page, Shape::Upright, half, 0.0),
                sheet.place(&page, Shape::Upright, half, 5.0),
            );
            assert_eq!(moved.x - still.x, inwards);
            let fold = sheet.trim.left + 200.0;
            match half {
                Half::Left => assert_eq!(moved.shown.right + moved.x, fold),
                Half::Right => assert_eq!(moved.shown.left + moved.x, fold),
            }
        }
    }

    #[test]
    fn pages_of_any_size_fit_their_half_of_a4() {
        for (width, height) in [(595.0, 842.0), (842.0, 595.0), (300.0, 300.0)] {
            let page = page(width, height, 8.0);
            let sheet = Sheet::new(Imposition::TwoUp, &[(page, Shape::Upright)]);
            let placed = sheet.place(&page, Shape::Upright, Half::Right, 0.0);
            let left = placed.x + placed.scale * placed.shown.left;
            let right = placed.x + placed.scale * placed.shown.right;
            let half = sheet.trim.width() / 2.0;
            assert!(left > half - 0.01 && right < sheet.trim.right + 0.01, "{left} {right}");
            assert!(placed.scale * height < sheet.trim.height() + 0.01);
        }
    }

    /// Where a point of a page comes to on the sheet.
    fn on_the_sheet(placed: &Placed, x: f32, y: f32) -> (f32, f32) {
        match placed.turned {
            false => (placed.x + placed.scale * x, placed.y + placed.scale * y),
            true => (placed.x - placed.scale * y, placed.y + placed.scale * x),
        }
    }

    #[test]
    fn a_page_on_its_side_is_turned_with_its_head_to_the_left() {
        let (upright, turned) = (page(200.0, 300.0, 8.0), page(300.0, 200.0, 8.0));
        let pages = [(upright, Shape::Upright), (turned, Shape::Turned)];
        let sheet = Sheet::new(BOOKLET, &pages);
        assert_eq!((sheet.trim.width(), sheet.trim.height()), (400.0, 300.0));
        for (half, left) in [(Half::Left, 8.0), (Half::Right, 208.0)] {
            let placed = sheet.place(&turned, Shape::Turned, half, 0.0);
            let trim = turned.trim;
            let head = on_the_sheet(&placed, trim.left, trim.top);
            let foot = on_the_sheet(&placed, trim.right, trim.bottom);
            assert_eq!((head, foot), ((left, 8.0), (left + 200.0, 308.0)));
            let fold = on_the_sheet(
                &placed,
                0.0,
                match half {
                    Half::Left => placed.shown.bottom,
                    Half::Right => placed.shown.top,
                },
            );
            assert_eq!(fold.0, 208.0);
        }
    }

    #[test]
    fn two_pages_on_a_sheet_make_turned_and_upright_letters_alike() {
        let (upright, turned) = (page(595.0, 842.0, 0.0), page(842.0, 595.0, 0.0));
        let pages = [(upright, Shape::Upright), (turned, Shape::Turned)];
        let sheet = Sheet::new(Imposition::TwoUp, &pages);
        let scale = |page, shape| sheet.place(page, shape, Half::Left, 0.0).scale;
        assert_eq!(scale(&upright, Shape::Upright), scale(&turned, Shape::Turned));
        // A page twice as wide fills the sheet, with letters as large.
        let (_, whole) = sheet.whole(&page(1190.0, 842.0, 0.0));
        assert!((whole.scale - scale(&upright, Shape::Upright)).abs() < 0.001);
    }

    #[test]
    fn a_sheet_that_is_folded_in_keeps_its_size_and_its_bleed() {
        let double = page(400.0, 300.0, 8.0);
        let pages = [(page(200.0, 300.0, 8.0), Shape::Upright), (double, Shape::Double)];
        let (sheet, placed) = Sheet::new(BOOKLET, &pages).whole(&double);
        assert_eq!((sheet.bleed.width(), sheet.bleed.height()), (416.0, 316.0));
        assert_eq!(placed.shown, double.bleed);
    }
}
