//! `charts/palette.json` as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::mark::Paint;

/// How many series have a look of their own.
pub(super) const SERIES: usize = 6;

/// The file. All lengths are points; every other colour is the name of a tone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Palette {
    pub tones: BTreeMap<String, RawTone>,
    pub outline: Outline,
    pub series: Vec<SeriesLook>,
    pub unsettled: Unsettled,
    pub text: OnPaper,
    pub strokes: BTreeMap<String, LineLook>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTone {
    /// `#rrggbb`; without it the tone is grey on every output.
    pub screen: Option<String>,
    /// Percent of white in black and white output.
    pub grey: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outline {
    pub ink: String,
    pub width: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "struct Series")]
pub(super) struct SeriesLook {
    pub ground: String,
    pub pattern: Option<Pattern>,
    pub text: String,
    /// Whether text stands on white of its own.
    #[serde(default)]
    pub halo: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pattern {
    pub kind: PatternKind,
    pub ink: String,
    /// Of a line, or the diameter of a dot.
    pub width: f64,
    /// From line to line, or from dot to the nearest dot.
    pub pitch: f64,
}

/// Lines that fall (`\`) are none of these: they mean that a value is not final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PatternKind {
    Rising,
    Horizontal,
    Vertical,
    Grid,
    Dots,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unsettled {
    pub stripe: Stripe,
    pub outline: DashedOutline,
    pub text: String,
}

/// Falling stripes of the series' own look, with white between them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stripe {
    pub width: f64,
    pub pitch: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DashedOutline {
    pub ink: String,
    pub width: f64,
    pub dash: Vec<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnPaper {
    pub normal: String,
    pub muted: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "struct Line")]
pub(super) struct LineLook {
    pub ink: String,
    pub width: f64,
    /// Drawn and left out, in turns; none for a line without gaps.
    #[serde(default)]
    pub dash: Vec<f64>,
    /// White on either side.
    #[serde(default)]
    pub casing: f64,
}

impl Pattern {
    /// Which part of the ground its lines or dots cover, 0 to 1.
    pub fn cover(&self) -> f64 {
        let part = self.width / self.pitch;
        match self.kind {
            PatternKind::Rising | PatternKind::Horizontal | PatternKind::Vertical => part,
            PatternKind::Grid => part * (2.0 - part),
            // Each dot stands in a square whose side is the distance to its nearest neighbour.
            PatternKind::Dots => std::f64::consts::FRAC_PI_4 * part * part,
        }
        .clamp(0.0, 1.0)
    }
}

/// `系列3（series-2）`.
pub(super) fn named(slot: usize) -> String {
    format!("系列{}（{}）", slot + 1, Paint::Series(slot))
}
