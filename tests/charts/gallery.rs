//! The gallery of all charts: each figure as a crop, shown in docs/charts.md and held here.
//!
//! `UPDATE_PAGES=1 cargo test --test charts gallery` draws the crops anew; they change in the commit
//! of their cause.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common;
use soukatsu::app::{Build, BuildOptions, Workshop};
use soukatsu::world::{Fonts, Template};
use soukatsu_chart::{Frame, draw};
use soukatsu_core::load::Folder;
use soukatsu_core::model::figure::{ChartKind, Figure, FigureWidth};
use tiny_skia::{IntRect, Pixmap};
use typst::foundations::{Label, Selector};
use typst::introspection::Introspector;
use typst::utils::PicoStr;
use typst_render::RenderOptions;

const SCALE: f64 = 2.0;
/// What stands above a drawing: a caption of one line and its gap, in pt.
const CAPTION: f64 = 20.0;

fn gallery() -> &'static Build {
    static GALLERY: OnceLock<Build> = OnceLock::new();
    GALLERY.get_or_init(|| {
        Workshop::new(Fonts::embedded())
            .build(&Folder::Disk(common::sample("gallery")), &BuildOptions::default())
    })
}

fn figures() -> &'static [Figure] {
    &gallery().report.as_ref().unwrap().figures
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// `images/charts/24-small-multiples.png`, below docs/.
fn image(figure: &Figure) -> String {
    let named = ChartKind::ALL.iter().find(|(_, kind)| *kind == figure.kind).unwrap().0;
    format!("images/charts/{:0>2}-{named}.png", figure.number)
}

/// The figure with its caption, cut out of its page.
fn crop(figure: &Figure) -> Pixmap {
    let document = gallery().document().unwrap();
    let label = Label::new(PicoStr::intern(&format!("図{}", figure.number))).unwrap();
    let found = document.introspector().query(&Selector::Label(label));
    let location = found.first().and_then(|content| content.location()).unwrap();
    let at = document.introspector().as_ref().position(location).unwrap();

    let template = Template::embedded("council").unwrap();
    let settings = template.settings();
    let parts = match figure.width {
        FigureWidth::Full => 1.0,
        FigureWidth::Half => 2.0,
        FigureWidth::Third => 3.0,
    };
    let width = (settings.text_width - (parts - 1.0) * settings.figure_gutter) / parts;
    let frame = Frame::new(width, settings.figure_height, settings.figure_text_size);
    let height = CAPTION + draw(figure, frame).height;

    let options = RenderOptions { pixel_per_pt: SCALE.into(), render_bleed: false };
    let page = typst_render::render(&document.pages()[at.page.get() - 1], &options);
    let pixels = |length: f64| (length * SCALE).round() as i32;
    let (left, top) = (pixels(at.point.x.to_pt() - 2.0), pixels(at.point.y.to_pt() - 2.0));
    let (width, height) = (pixels(width + 4.0) as u32, pixels(height + 4.0) as u32);
    page.clone_rect(IntRect::from_xywh(left, top, width, height).unwrap()).unwrap()
}

#[test]
fn the_gallery_has_no_problems() {
    assert_eq!(gallery().problems, []);
}

#[test]
fn the_gallery_shows_every_kind() {
    let shown: Vec<ChartKind> = figures().iter().map(|figure| figure.kind).collect();
    let missing = ChartKind::ALL.iter().filter(|(_, kind)| !shown.contains(kind));
    assert_eq!(missing.map(|(name, _)| *name).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_chart_is_drawn_as_it_was() {
    let fault = |figure: &Figure| {
        let name = format!("chart-{}", figure.number);
        crate::crops::fault(&name, &crop(figure), &docs().join(image(figure)))
    };
    let faults: Vec<String> = figures().iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_page_on_charts_shows_every_figure_with_the_lines_that_make_it() {
    let page = std::fs::read_to_string(docs().join("charts.md")).unwrap();
    let manifest = std::fs::read_to_string(common::sample("gallery").join("report.toml")).unwrap();
    for figure in figures() {
        let block = manifest.split("\n\n").find(|block| {
            block.starts_with(&format!("[[figure]]\nnumber = \"{}\"\n", figure.number))
        });
        let block = block.unwrap().trim_end();
        assert!(page.contains(&image(figure)), "no picture of 図{}", figure.number);
        assert!(page.contains(block), "図{} is not made by these lines:\n{block}", figure.number);
    }
    let shown: BTreeSet<&str> =
        page.split("(images/charts/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(shown.len(), figures().len(), "a picture of a figure that is not in the gallery");
}

#[test]
fn a_changed_cell_redraws_only_the_charts_of_its_table() {
    let files = common::files("gallery");
    let drawings = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        let workshop = Workshop::new(Fonts::embedded());
        let world = workshop.world_of(&workshop.check(&Folder::Memory(files.clone()))).unwrap();
        let all = world.files().filter(|(path, _)| path.starts_with("model/"));
        all.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
    };
    let before = drawings(&files);
    let manifest = String::from_utf8(files["report.toml"].clone()).unwrap();
    for csv in files.keys().filter(|file| file.ends_with(".csv")) {
        let mut changed = files.clone();
        let text = String::from_utf8(changed[csv].clone()).unwrap();
        // The last digit of the file, one up or down.
        let at = text.rfind(|c: char| c.is_ascii_digit()).unwrap();
        let digit = if &text[at..=at] == "9" { "8" } else { "9" };
        changed.insert(csv.clone(), format!("{}{digit}{}", &text[..at], &text[at + 1..]).into());
        let after = drawings(&changed);
        let redrawn: BTreeSet<&str> = (after.iter())
            .filter(|(path, bytes)| before.get(*path) != Some(bytes))
            .map(|(path, _)| path.as_str())
            .collect();
        let own = manifest.split("\n\n").filter(|block| block.contains(csv.as_str()));
        let own: BTreeSet<String> = own
            .filter_map(|block| block.split("number = \"").nth(1)?.split('"').next())
            .flat_map(|number| {
                ["figures", "tables"].map(|kind| format!("model/{kind}/{number}.json"))
            })
            .collect();
        assert!(!redrawn.is_empty(), "nothing of {csv} is drawn");
        let strangers: Vec<&&str> = redrawn.iter().filter(|path| !own.contains(**path)).collect();
        assert_eq!(strangers, [&""; 0], "{csv}");
    }
}
