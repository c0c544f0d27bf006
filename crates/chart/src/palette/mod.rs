//! The looks of a template's charts (`charts/palette.json`), and whether they survive a black
//! and white copier and eyes that see colours differently.
//!
//! In: the text of the file. Out: every fault at once, each with what was found and what is
//! needed. The painting is the template's; it reads the same file.

mod broken;
mod looks;
mod sight;
#[cfg(test)]
mod tests;
mod width;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::mark::Paint;
use sight::Tone;

/// What is wrong with a palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteFault {
    /// Line and column from 1, when the file cannot be read as what it should be.
    pub at: Option<(u32, u32)>,
    /// One sentence with what was found and what is needed.
    pub message: String,
    /// How to mend it.
    pub hint: &'static str,
}

/// Every fault of a palette, in the order of the file's keys.
pub fn palette_faults(json: &str) -> Vec<PaletteFault> {
    let palette: Palette = match serde_json::from_str(json) {
        Ok(palette) => palette,
        Err(error) => {
            let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            return vec![PaletteFault {
                at: Some((place(error.line()), place(error.column()))),
                message: format!("図の色と模様のファイルを読めません（{error}）"),
                hint: "項目の名前と値を、docs/template.md の「図の色と模様」と見比べてください",
            }];
        }
    };
    let mut faults = broken::faults(&palette);
    let tones = palette.tones.iter().filter_map(|(name, tone)| Some((&**name, tone.tone()?)));
    let tones: Tones = tones.collect();
    faults.extend(width::faults(&palette));
    faults.extend(looks::faults(&palette, &tones));
    faults
}

fn fault(message: String, hint: &'static str) -> PaletteFault {
    PaletteFault { at: None, message, hint }
}

/// `系列3（series-2）`.
fn named(slot: usize) -> String {
    format!("系列{}（{}）", slot + 1, Paint::Series(slot))
}

/// The tones that can be read, by name.
type Tones<'a> = BTreeMap<&'a str, Tone>;

/// How many series have a look of their own.
const SERIES: usize = 6;

/// The file. All lengths are points; every other colour is the name of a tone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Palette {
    tones: BTreeMap<String, RawTone>,
    outline: Outline,
    series: Vec<Series>,
    unsettled: Unsettled,
    text: OnPaper,
    strokes: BTreeMap<String, Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTone {
    /// `#rrggbb`; without it the tone is grey on every output.
    screen: Option<String>,
    /// Percent of white in black and white output.
    grey: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outline {
    ink: String,
    width: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    ground: String,
    pattern: Option<Pattern>,
    text: String,
    /// Whether text stands on white of its own.
    #[serde(default)]
    halo: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    kind: Kind,
    ink: String,
    /// Of a line, or the diameter of a dot.
    width: f64,
    /// From line to line, or from dot to the nearest dot.
    pitch: f64,
}

/// Lines that fall (`\`) are none of these: they mean that a value is not final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Rising,
    Horizontal,
    Vertical,
    Grid,
    Dots,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unsettled {
    stripe: Stripe,
    outline: DashedOutline,
    text: String,
}

/// Falling stripes of the series' own look, with white between them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stripe {
    width: f64,
    pitch: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DashedOutline {
    ink: String,
    width: f64,
    dash: Vec<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnPaper {
    normal: String,
    muted: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    ink: String,
    width: f64,
    /// Drawn and left out, in turns; none for a line without gaps.
    #[serde(default)]
    dash: Vec<f64>,
    /// White on either side.
    #[serde(default)]
    casing: f64,
}

impl Pattern {
    /// Which part of the ground its lines or dots cover, 0 to 1.
    fn cover(&self) -> f64 {
        let part = self.width / self.pitch;
        match self.kind {
            Kind::Rising | Kind::Horizontal | Kind::Vertical => part,
            Kind::Grid => part * (2.0 - part),
            // Each dot stands in a square whose side is the distance to its nearest neighbour.
            Kind::Dots => std::f64::consts::FRAC_PI_4 * part * part,
        }
        .clamp(0.0, 1.0)
    }
}
