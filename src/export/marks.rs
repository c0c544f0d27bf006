//! Crop and registration marks around the page, the way Japanese printers know them (トンボ).
//!
//! Every corner has two angles, one for the cut and one for the end of the bleed; the middle
//! of every edge has a cross with a ring. They are artifacts in the colour of all plates.

use std::fmt::Write as _;

use lopdf::{Document, Error, Object, ObjectId, Stream, dictionary};

use super::boxes::{Area, MM, PageBoxes};

/// The paper around the cut that holds the marks.
const MARGIN: f32 = 10.0 * MM;
/// Where marks end, from the cut.
const END: f32 = 9.5 * MM;
/// Crosses stand in the middle of what the bleed leaves.
const CROSS: f32 = 6.5 * MM;
const CROSS_ARM: f32 = 7.0 * MM;
const RING: f32 = 1.5 * MM;
/// In points: every machine prints it, and no eye takes it for a rule.
const LINE: f32 = 0.3;

/// Enlarges every page that is cut and puts marks around it; `folded` adds the marks of a fold
/// in the middle of the sheet.
pub(super) fn add_marks(document: &mut Document, folded: bool) -> Result<(), Error> {
    let mut drawn: Vec<(PageBoxes, ObjectId)> = Vec::new();
    let colour = all_plates(document);
    let call = Stream::new(dictionary! {}, b"\n/Artifact BMC /Marks Do EMC".to_vec());
    let call = document.add_object(call);
    for page in document.page_iter().collect::<Vec<_>>() {
        if !document.get_dictionary(page)?.has(b"TrimBox") {
            continue;
        }
        let boxes = PageBoxes::of(document, page)?;
        let known = drawn.iter().find(|(known, _)| *known == boxes).map(|(_, form)| *form);
        let form = match known {
            Some(form) => form,
            None => {
                let form = form(document, &boxes, folded, colour)?;
                drawn.push((boxes, form));
                form
            }
        };
        document.add_xobject(page, "Marks", form)?;
        let mut contents: Vec<Object> =
            document.get_page_contents(page).into_iter().map(Object::Reference).collect();
        contents.push(Object::Reference(call));
        let page = document.get_dictionary_mut(page)?;
        page.set("Contents", contents);
        page.set("MediaBox", boxes.trim.grown(MARGIN));
    }
    Ok(())
}

/// The colour that stands on every plate; on a screen it is black.
fn all_plates(document: &mut Document) -> ObjectId {
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![1.into()],
        "C1" => vec![0.into()],
        "N" => 1,
    };
    let tint = document.add_object(tint);
    document.add_object(Object::Array(vec![
        "Separation".into(),
        "All".into(),
        "DeviceGray".into(),
        tint.into(),
    ]))
}

fn form(
    document: &mut Document,
    boxes: &PageBoxes,
    folded: bool,
    colour: ObjectId,
) -> Result<ObjectId, Error> {
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => boxes.trim.grown(MARGIN),
        "Resources" => dictionary! { "ColorSpace" => dictionary! { "All" => colour } },
    };
    let mut stream = Stream::new(dictionary, marks(boxes, folded).into_bytes());
    stream.compress()?;
    Ok(document.add_object(stream))
}

/// The operators that draw the marks.
fn marks(boxes: &PageBoxes, folded: bool) -> String {
    let mut pen = Pen(format!("/All CS 1 SCN {LINE} w\n"));
    corners(&mut pen, boxes);
    let Area { left, bottom, right, top } = boxes.trim;
    let (middle_x, middle_y) = ((left + right) / 2.0, (bottom + top) / 2.0);
    let start = boxes.trim.left - boxes.bleed.left + 0.5 * MM;
    for (edge, out) in [(left, -1.0), (right, 1.0)] {
        pen.line(&[(edge + out * start, middle_y), (edge + out * END, middle_y)]);
        let x = edge + out * CROSS;
        pen.line(&[(x, middle_y - CROSS_ARM), (x, middle_y + CROSS_ARM)]);
        pen.ring(x, middle_y);
    }
    for (edge, out) in [(bottom, -1.0), (top, 1.0)] {
        let y = edge + out * CROSS;
        pen.line(&[(middle_x - CROSS_ARM, y), (middle_x + CROSS_ARM, y)]);
        pen.ring(middle_x, y);
    }
    if folded {
        // Dashes tell the fold from a cut.
        _ = writeln!(pen.0, "[{0} {0}] 0 d", 0.8 * MM);
    }
    for (edge, out) in [(bottom, -1.0), (top, 1.0)] {
        pen.line(&[(middle_x, edge + out * start), (middle_x, edge + out * END)]);
    }
    pen.0
}

/// Two angles a corner: each runs along the cut on one axis and along the bleed on the other.
fn corners(pen: &mut Pen, boxes: &PageBoxes) {
    let (trim, bleed) = (boxes.trim, boxes.bleed);
    for (x, bleed_x, out_x) in [(trim.left, bleed.left, -END), (trim.right, bleed.right, END)] {
        for (y, bleed_y, out_y) in [(trim.bottom, bleed.bottom, -END), (trim.top, bleed.top, END)] {
            pen.line(&[(x, y + out_y), (x, bleed_y), (x + out_x, bleed_y)]);
            pen.line(&[(x + out_x, y), (bleed_x, y), (bleed_x, y + out_y)]);
        }
    }
}

struct Pen(String);

impl Pen {
    fn line(&mut self, points: &[(f32, f32)]) {
        for (index, (x, y)) in points.iter().enumerate() {
            _ = write!(self.0, "{x:.3} {y:.3} {} ", if index == 0 { "m" } else { "l" });
        }
        self.0.push_str("S\n");
    }

    /// A circle of four curves.
    fn ring(&mut self, x: f32, y: f32) {
        const BEND: f32 = 0.5523 * RING;
        _ = write!(self.0, "{:.3} {y:.3} m ", x + RING);
        for (cos, sin) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
            let at = |along: f32, across: f32| {
                (x + cos * along - sin * across, y + sin * along + cos * across)
            };
            let [(ax, ay), (bx, by), (cx, cy)] = [at(RING, BEND), at(BEND, RING), at(0.0, RING)];
            _ = write!(self.0, "{ax:.3} {ay:.3} {bx:.3} {by:.3} {cx:.3} {cy:.3} c ");
        }
        self.0.push_str("S\n");
    }
}
