//! Small crops of the handout's pages, held pixel by pixel.
//!
//! A wrong digit changes under a hundred pixels, so every channel of every pixel counts: a
//! difference of at most 1. `UPDATE_PAGES=1 cargo test --test build page_crops` draws the references
//! anew; they change in the commit of their cause.

use std::path::Path;

use crate::handout::handout;
use tiny_skia::{IntRect, Pixmap};
use typst_render::RenderOptions;

/// Name, physical page from 0, and left, top, width, height of the crop in pt.
type Crop = (&'static str, usize, [i32; 4]);

const CROPS: [Crop; 8] = [
    ("cover-title", 0, [54, 240, 487, 200]),
    ("contents", 1, [54, 90, 487, 180]),
    ("statements", 2, [54, 40, 487, 140]),
    ("stacked-bars", 4, [54, 200, 487, 200]),
    ("initiative-not-done", 8, [54, 40, 487, 120]),
    ("indicator-table", 9, [54, 40, 487, 130]),
    ("columns-and-line", 10, [54, 560, 487, 180]),
    ("status-list", 21, [54, 40, 487, 260]),
];

const SCALE: f64 = 1.5;

fn draw(page: usize, [left, top, width, height]: [i32; 4]) -> Pixmap {
    let document = handout().draft.as_ref().unwrap();
    let options = RenderOptions { pixel_per_pt: SCALE.into(), render_bleed: false };
    let page = typst_render::render(&document.pages()[page], &options);
    let scaled = |length: i32| (f64::from(length) * SCALE) as i32;
    let (width, height) = (scaled(width) as u32, scaled(height) as u32);
    page.clone_rect(IntRect::from_xywh(scaled(left), scaled(top), width, height).unwrap()).unwrap()
}

#[test]
fn crops_are_what_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/build/page_crops");
    let crops = CROPS.iter().map(|(name, page, rect)| (name, draw(*page, *rect)));
    let faults: Vec<String> = crops
        .filter_map(|(name, drawn)| {
            crate::crops::fault(name, &drawn, &folder.join(format!("{name}.png")))
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
