//! The boxes of a page: what is cut to (TrimBox), what is printed beyond the cut (BleedBox).

use lopdf::{Dictionary, Document, Error, Object, ObjectId};

/// Points in one millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// An upright rectangle in points; y grows upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f32,
    pub bottom: f32,
    pub right: f32,
    pub top: f32,
}

impl Area {
    pub fn new(left: f32, bottom: f32, right: f32, top: f32) -> Self {
        Area { left, bottom, right, top }
    }

    pub fn width(self) -> f32 {
        self.right - self.left
    }

    pub fn height(self) -> f32 {
        self.top - self.bottom
    }

    /// The area with this much more on every side.
    pub fn grown(self, by: f32) -> Self {
        Area::new(self.left - by, self.bottom - by, self.right + by, self.top + by)
    }
}

impl From<Area> for Object {
    fn from(area: Area) -> Self {
        let edges = [area.left, area.bottom, area.right, area.top];
        // Whole multiples of 0.001 pt: sums of floats would write noise into the file.
        Object::Array(edges.map(|edge| Object::Real((edge * 1e3).round() / 1e3)).to_vec())
    }
}

/// What is known of the size of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PageBoxes {
    pub trim: Area,
    pub bleed: Area,
}

impl PageBoxes {
    /// Without a TrimBox the whole page is kept, and nothing is printed beyond it.
    pub fn of(document: &Document, page: ObjectId) -> Result<Self, Error> {
        let page = document.get_dictionary(page)?;
        let media = area(document, page, b"MediaBox")?;
        let trim = area(document, page, b"TrimBox").unwrap_or(media);
        let bleed = area(document, page, b"BleedBox").unwrap_or(media);
        Ok(PageBoxes { trim, bleed })
    }

    /// The whole page, with whatever is printed around the cut.
    pub fn media(document: &Document, page: ObjectId) -> Result<Area, Error> {
        area(document, document.get_dictionary(page)?, b"MediaBox")
    }
}

fn area(document: &Document, page: &Dictionary, name: &[u8]) -> Result<Area, Error> {
    let edges = page.get_deref(name, document)?.as_array()?;
    let edges: Vec<f32> = edges.iter().map(Object::as_float).collect::<Result<_, _>>()?;
    match edges[..] {
        [left, bottom, right, top] => Ok(Area::new(left, bottom, right, top)),
        _ => Err(Error::DictKey(String::from_utf8_lossy(name).into_owned())),
    }
}

/// Says of pages that are cut how far they are printed: Typst writes the TrimBox only, and its
/// page ends where the bleed does.
pub(super) fn add_bleed_boxes(document: &mut Document) -> Result<(), Error> {
    for page in document.page_iter().collect::<Vec<_>>() {
        let page = document.get_dictionary_mut(page)?;
        if page.has(b"TrimBox") && !page.has(b"BleedBox") {
            let media = page.get(b"MediaBox")?.clone();
            page.set("BleedBox", media);
        }
    }
    Ok(())
}
