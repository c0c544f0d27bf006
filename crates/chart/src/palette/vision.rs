//! How a palette looks to those who read it: on the screen, as a copy, with a colour vision
//! deficiency.

use ::palette::color_difference::Wcag21RelativeContrast;
use ::palette::convert::{ConvertOnce, Matrix3};
use ::palette::{Clamp, FromColor, Lab, LinSrgb, Mix, Srgb};

use super::file::{Pattern, RawTone};
use std::collections::BTreeMap;

/// A colour in linear light.
pub(super) type Light = LinSrgb<f64>;

/// A tone as it is shown and as it is printed in black and white.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tone {
    screen: Srgb<f64>,
    mono: Srgb<f64>,
}

pub(super) const WHITE: Tone =
    Tone { screen: Srgb::new(1.0, 1.0, 1.0), mono: Srgb::new(1.0, 1.0, 1.0) };

/// The tones that can be read, by name.
pub(super) type Tones<'a> = BTreeMap<&'a str, Tone>;

/// A way to see the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Screen,
    /// The coloured pages from a black and white copier or printer.
    Copy,
    Protan,
    Deutan,
    Tritan,
    /// The pages of `--profile mono`.
    Mono,
}

impl View {
    pub const ALL: [View; 6] =
        [View::Screen, View::Copy, View::Protan, View::Deutan, View::Tritan, View::Mono];

    pub fn name(self) -> &'static str {
        match self {
            View::Screen => "画面",
            View::Copy => "白黒",
            View::Protan => "1型色覚",
            View::Deutan => "2型色覚",
            View::Tritan => "3型色覚",
            View::Mono => "用途 mono",
        }
    }

    pub fn see(self, tone: Tone) -> Light {
        let light = tone.screen.into_linear();
        match self {
            View::Screen => light,
            View::Copy => {
                let grey = luma(tone.screen);
                Srgb::new(grey, grey, grey).into_linear()
            }
            View::Protan => through(PROTANOPIA, light),
            View::Deutan => through(DEUTERANOPIA, light),
            View::Tritan => through(TRITANOPIA, light),
            View::Mono => tone.mono.into_linear(),
        }
    }
}

/// Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision
/// Deficiency. IEEE TVCG 15 (6), 2009; the matrices of severity 1.0 for linear RGB.
const PROTANOPIA: [f64; 9] = [
    0.152286, 1.052583, -0.204868, //
    0.114503, 0.786281, 0.099216, //
    -0.003882, -0.048116, 1.051998,
];
const DEUTERANOPIA: [f64; 9] = [
    0.367322, 0.860646, -0.227968, //
    0.280085, 0.672501, 0.047413, //
    -0.011820, 0.042940, 0.968881,
];
const TRITANOPIA: [f64; 9] = [
    1.255528, -0.076749, -0.178779, //
    -0.078411, 0.930809, 0.147602, //
    0.004733, 0.691367, 0.303900,
];

fn through(deficiency: [f64; 9], light: Light) -> Light {
    Matrix3::<Light, Light>::from_array(deficiency).convert_once(light).clamp()
}

/// What PDF viewers and printers make of DeviceRGB where they have grey only
/// (ISO 32000-1, 10.3.3): 0 to 1, not linear.
fn luma(color: Srgb<f64>) -> f64 {
    0.3 * color.red + 0.59 * color.green + 0.11 * color.blue
}

/// Mean CIE L* (0 to 100) of a ground under lines or dots, mixed as light mixes in the eye.
pub(super) fn lightness(view: View, ground: Tone, pattern: Option<(&Pattern, Tone)>) -> f64 {
    l_star(mean(view, ground, pattern))
}

/// The mean light of a look.
pub(super) fn mean(view: View, ground: Tone, pattern: Option<(&Pattern, Tone)>) -> Light {
    let ground = view.see(ground);
    match pattern {
        Some((pattern, ink)) => ground.mix(view.see(ink), pattern.cover()),
        None => ground,
    }
}

pub(super) fn l_star(light: Light) -> f64 {
    Lab::from_color(light).l
}

/// WCAG 2.1 contrast of two tones in a view, 1 to 21.
pub(super) fn contrast(view: View, a: Tone, b: Tone) -> f64 {
    let sight = |tone| Srgb::from_linear(view.see(tone));
    sight(a).relative_contrast(sight(b))
}

impl Tone {
    /// Percent of ink in its grey copy and in the mono profile.
    pub fn tints(self) -> [(View, f64); 2] {
        [(View::Copy, self.screen), (View::Mono, self.mono)]
            .map(|(view, color)| (view, (1.0 - luma(color)) * 100.0))
    }

    pub fn is_white(self) -> bool {
        self.tints().iter().all(|(_, tint)| *tint < 0.01)
    }
}

impl RawTone {
    /// None for a colour or grey that is none.
    pub fn tone(&self) -> Option<Tone> {
        let grey = (0.0..=100.0).contains(&self.grey).then_some(self.grey / 100.0)?;
        let mono = Srgb::new(grey, grey, grey);
        let screen = match self.screen.as_deref() {
            // Without the sign and the length other spellings would pass that Typst refuses.
            Some(text) if text.len() == 7 && text.is_ascii() && text.starts_with('#') => {
                text.parse::<Srgb<u8>>().ok()?.into_format()
            }
            Some(_) => return None,
            None => mono,
        };
        Some(Tone { screen, mono })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_the_contrast_of_wcag_in_every_view() {
        let black = RawTone { screen: Some("#000000".into()), grey: 0.0 }.tone().unwrap();
        for view in View::ALL {
            assert!((contrast(view, black, WHITE) - 21.0).abs() < 1e-3, "{view:?}");
        }
    }

    #[test]
    fn greys_look_the_same_to_everyone() {
        let grey = RawTone { screen: None, grey: 50.0 }.tone().unwrap();
        for view in View::ALL {
            assert!((l_star(view.see(grey)) - 53.4).abs() < 0.1, "{view:?}");
        }
    }
}
