//! Text against what lies under it: 4.5 to 1 at least (JIS X 8341-3, 1.4.3), computed from the
//! colours that the template names, for the screen and for black and white copiers.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

const LEAST: f64 = 4.5;
const WHITE: f64 = 1.0;
const BLACK: f64 = 0.0;

fn template() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/council")
}

/// Contrast of two relative luminances, 1 to 21.
fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance of a value of sRGB, 0 to 1, as WCAG defines it.
fn linear(value: f64) -> f64 {
    if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn hex(colour: &str) -> f64 {
    let part =
        |at: usize| linear(f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0);
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

/// The luminances of all colours in a piece of Typst: `luma(45%)`, `rgb("#2f4156")`.
fn colours(typst: &str) -> Vec<f64> {
    let after = |start: &'static str| {
        typst.match_indices(start).map(move |(at, _)| &typst[at + start.len()..])
    };
    let greys = after("luma(").map(|rest| {
        let (percent, _) = rest.split_once("%)").unwrap();
        linear(percent.parse::<f64>().unwrap() / 100.0)
    });
    greys.chain(after("rgb(\"").map(|rest| hex(&rest[..7]))).collect()
}

fn typst_files() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["", "blocks", "charts"] {
        for entry in fs::read_dir(template().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "typ") {
                found.push((path.clone(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// The colours of a name of the theme.
fn theme(name: &str) -> Vec<f64> {
    let text = fs::read_to_string(template().join("theme.typ")).unwrap();
    let start = format!("#let {name} = ");
    colours(text.lines().find(|line| line.starts_with(&start)).unwrap())
}

#[test]
fn coloured_text_stands_out_from_paper_and_tint() {
    let text = fs::read_to_string(template().join("theme.typ")).unwrap();
    let named = |line: &&str| {
        let name = line.strip_prefix("#let ").and_then(|rest| rest.split_once(" = "));
        name.is_some_and(|(name, _)| name.contains("accent") || name.contains("ink"))
    };
    let inks: Vec<f64> = text.lines().filter(named).flat_map(colours).collect();
    assert!(inks.len() >= 2, "the accent for the screen and for mono");
    for ground in theme("tint").into_iter().chain([WHITE]) {
        for ink in &inks {
            assert!(contrast(*ink, ground) >= LEAST, "{ink:.3} on {ground:.3}");
        }
    }
}

#[test]
fn every_other_colour_of_text_stands_out_from_paper() {
    let mut inks = Vec::new();
    for (_, text) in typst_files() {
        for line in text.lines() {
            let Some((_, set)) = line.split_once("text(") else { continue };
            inks.extend(
                set.split_once("fill: ").map(|(_, fill)| colours(fill)).unwrap_or_default(),
            );
        }
    }
    assert!(!inks.is_empty(), "the leaders of もくじ are grey");
    for ink in inks {
        assert!(contrast(ink, WHITE) >= LEAST, "{ink:.3} on paper: {:.2}", contrast(ink, WHITE));
    }
}

#[test]
fn black_text_stands_out_from_every_tinted_ground() {
    let mut grounds = theme("tint");
    for (_, text) in typst_files() {
        for line in text.lines().filter(|line| line.contains("highlight(fill:")) {
            grounds.extend(colours(line));
        }
    }
    assert!(grounds.len() > 2, "the badge of what is not done stands on grey");
    for ground in grounds {
        assert!(contrast(BLACK, ground) >= LEAST, "black on {ground:.3}");
    }
}

/// The luminances of a tone of the palette: on the screen and for mono.
fn tone(palette: &Value, name: &Value) -> [f64; 2] {
    let tone = &palette["tones"][name.as_str().unwrap()];
    let grey = linear(tone["grey"].as_f64().unwrap() / 100.0);
    [tone["screen"].as_str().map_or(grey, hex), grey]
}

fn palette() -> Value {
    let text = fs::read_to_string(template().join("charts/palette.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn labels_stand_out_from_the_series_they_stand_on() {
    let palette = palette();
    for (slot, series) in palette["series"].as_array().unwrap().iter().enumerate() {
        // A plate of the ground's tone lies under labels on patterns.
        let halo = series["halo"] == true;
        let ink = tone(&palette, &series["text"]);
        let ground = tone(&palette, &series["ground"]);
        assert!(halo || series.get("pattern").is_none(), "series {slot}: a label on a pattern");
        for output in 0..2 {
            let found = contrast(ink[output], ground[output]);
            assert!(found >= LEAST, "series {slot}, output {output}: {found:.2}");
        }
    }
}

#[test]
fn labels_beside_the_shapes_stand_out_from_paper() {
    let palette = palette();
    let inks = palette["text"].as_object().unwrap().values();
    // Values that are not final have white under their labels.
    for ink in inks.chain([&palette["unsettled"]["text"]]) {
        for luminance in tone(&palette, ink) {
            assert!(contrast(luminance, WHITE) >= LEAST, "{ink}: {luminance:.3}");
        }
    }
}

#[test]
fn the_ratio_of_black_and_white_is_21() {
    assert!((contrast(hex("#000000"), hex("#ffffff")) - 21.0).abs() < 1e-9);
    // A pair that is known to fail just so.
    assert!((contrast(hex("#777777"), WHITE) - 4.48).abs() < 0.01);
}
