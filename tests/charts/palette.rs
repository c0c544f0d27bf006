//! The colours and patterns of a template's charts: told where a template is used, and painted
//! as light as the rules believe.

use std::path::Path;

use crate::common;
use soukatsu::app::{Build, BuildOptions, Workshop};
use soukatsu::world::{Fonts, Template};
use soukatsu_core::load::Folder;
use soukatsu_core::problem::Code;
use tempfile::TempDir;
use typst_render::RenderOptions;

const PALETTE: &str = "own/charts/palette.json";

/// The tutorial report with a copy of the council's template, changed by `edit`.
fn report(edit: impl Fn(&Path)) -> (TempDir, Folder) {
    let desk = tempfile::tempdir().unwrap();
    let mut files = common::files("mihon-r8");
    let template = Template::embedded("council").unwrap();
    for (path, text) in template.files() {
        files.insert(format!("own/{path}"), text.as_bytes().to_vec());
    }
    common::replace(&mut files, "report.toml", "template = \"council\"", "template = \"own\"");
    for (name, bytes) in files {
        let path = desk.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    edit(desk.path());
    let folder = Folder::Disk(desk.path().to_owned());
    (desk, folder)
}

fn edit_palette(root: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(root.join(PALETTE)).unwrap();
    assert!(text.contains(from), "the palette holds no {from}");
    std::fs::write(root.join(PALETTE), text.replacen(from, to, 1)).unwrap();
}

/// Place and message of what is told of the palette.
fn told(outcome: &Build) -> Vec<String> {
    let palette = outcome.problems.iter().filter(|problem| problem.code == Code::Palette);
    palette.map(|problem| format!("{} {}", problem.place, problem.message)).collect()
}

#[test]
fn check_and_build_refuse_a_palette_that_breaks_the_rules() {
    let (_desk, folder) = report(|root| edit_palette(root, "\"grey\": 84", "\"grey\": 75"));
    let expected = [
        "系列2（series-1）と系列3（series-2）の明るさの差が 14.2 しかありません（用途 mono・20以上）",
        "系列3（series-2）と系列4（series-3）の明るさの差が 12.9 しかありません（用途 mono・20以上）",
    ]
    .map(|message| format!("{PALETTE} {message}"));
    let checked = Workshop::new(Fonts::embedded()).check(&folder);
    assert_eq!(told(&checked), expected);
    let built = Workshop::new(Fonts::embedded()).build(&folder, &BuildOptions::default());
    assert_eq!(told(&built), expected);
    assert!(built.document().is_none());
    assert!(built.draft.is_some(), "the pages are there to be looked at");
}

#[test]
fn a_palette_that_cannot_be_read_is_the_only_thing_told() {
    let (_desk, folder) = report(|root| edit_palette(root, "\"outline\":", "\"outlines\":"));
    let built = Workshop::new(Fonts::embedded()).build(&folder, &BuildOptions::default());
    let errors: Vec<_> = built.problems.iter().filter(|problem| problem.is_error()).collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!((errors[0].code, errors[0].place.line), (Code::Palette, Some(15)));
}

#[test]
fn a_template_without_charts_needs_no_palette() {
    let (_desk, folder) = report(|root| std::fs::remove_file(root.join(PALETTE)).unwrap());
    let checked = Workshop::new(Fonts::embedded()).check(&folder);
    assert!(!checked.has_errors(), "{:#?}", checked.problems);
}

/// A page of twelve squares of 60 pt: the series, and below them the same not final.
const SWATCHES: &str = r#"
#import "charts/chart.typ": drawing
#set page(width: 360pt, height: 120pt, margin: 0pt)
#drawing((width: 360, height: 120, marks: range(12).map(k => (
  mark: "rect", x: calc.rem(k, 6) * 60, y: calc.quo(k, 6) * 60, w: 60, h: 60,
  fill: ("series-", "unsettled-").at(calc.quo(k, 6)) + str(calc.rem(k, 6)),
))))
"#;

#[test]
fn fills_are_painted_as_light_as_the_rules_believe() {
    // The same numbers are computed in crates/chart/src/palette/tests.rs.
    let expected = [
        [32.5, 64.2, 86.3, 64.5, 94.3, 65.5], //
        [68.8, 79.6, 91.4, 79.8, 96.3, 80.2],
    ];
    let (_desk, folder) =
        report(|root| std::fs::write(root.join("own/report.typ"), SWATCHES).unwrap());
    let build = Workshop::new(Fonts::embedded()).build(&folder, &BuildOptions::default());
    let document = build.draft.as_ref().unwrap();
    let options = RenderOptions { pixel_per_pt: 8.0.into(), render_bleed: false };
    let page = typst_render::render(&document.pages()[0], &options);
    for (row, lights) in expected.iter().enumerate() {
        for (slot, expected) in lights.iter().enumerate() {
            // The inner 56 pt: without the outline.
            let pixels = |from: usize| (from * 60 + 2) * 8..(from * 60 + 58) * 8;
            let lights = pixels(row).flat_map(|y| pixels(slot).map(move |x| (x as u32, y as u32)));
            let lights: Vec<f64> =
                lights.map(|(x, y)| luminance(page.pixel(x, y).unwrap())).collect();
            let mean = lights.iter().sum::<f64>() / lights.len() as f64;
            let found = 116.0 * mean.cbrt() - 16.0;
            assert!((found - expected).abs() < 0.7, "row {row}, slot {slot}: {found} {expected}");
        }
    }
}

/// Relative luminance, 0 to 1 (IEC 61966-2-1).
fn luminance(pixel: tiny_skia::PremultipliedColorU8) -> f64 {
    let linear = |byte: u8| match f64::from(byte) / 255.0 {
        dark if dark <= 0.04045 => dark / 12.92,
        light => ((light + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(pixel.red()) + 0.7152 * linear(pixel.green()) + 0.0722 * linear(pixel.blue())
}
