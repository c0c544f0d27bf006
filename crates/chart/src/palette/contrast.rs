//! Lightness: neighbours that can be told apart, patterns that show, text that can be read.

use super::fault::{PaletteFault, fault};
use super::file::{Palette, Pattern, PatternKind, SERIES, SeriesLook, named};
use super::undefined::role;
use super::vision::{Light, Tone, Tones, View, WHITE, contrast, l_star, lightness, mean};
use crate::mark::{Paint, Stroke};
use ::palette::Mix;

/// Steps of CIE L* between neighbours, between looks of the same pattern, and between a pattern
/// and its ground.
const LEAST_STEP: f64 = 20.0;
/// The same between values that are not final: half of their paint is white.
const LEAST_UNSETTLED_STEP: f64 = 10.0;
/// Percent of ink in anything that is not white: less is lost in a copy.
const LEAST_TINT: f64 = 15.0;
/// WCAG 2.1, 1.4.3 for text and 1.4.11 for what has to be seen.
const LEAST_TEXT: f64 = 4.5;
const LEAST_LINE: f64 = 3.0;

const STEP: &str = "tones の明るさか、模様の太さ（width）と間隔（pitch）を変えてください。\
    明るさは模様をならして計算しています";
const TINT: &str = "薄い色は複写で消えます。白にするか、濃くしてください";
const TEXT: &str = "text の色を変えるか、halo を true にして、地の色の下敷きを敷いてください";
const LINE: &str = "strokes の ink を濃くするか、dash を変えてください";

/// A series with its tones.
#[derive(Clone, Copy)]
struct Look<'a> {
    ground: Tone,
    pattern: Option<(&'a Pattern, Tone)>,
}

impl Look<'_> {
    fn kind(&self) -> Option<PatternKind> {
        self.pattern.map(|(pattern, _)| pattern.kind)
    }

    fn lightness(&self, view: View) -> f64 {
        lightness(view, self.ground, self.pattern)
    }

    /// The same in stripes with white between them.
    fn striped(&self, view: View, white: f64) -> Light {
        mean(view, self.ground, self.pattern).mix(view.see(WHITE), white)
    }
}

pub(super) fn faults(palette: &Palette, tones: &Tones) -> Vec<PaletteFault> {
    let looks: Vec<Option<Look>> =
        palette.series.iter().take(SERIES).map(|series| look(series, tones)).collect();
    let mut faults = tints(palette, tones);
    faults.extend(steps(&looks));
    faults.extend(faint_patterns(&looks));
    faults.extend(unsettled_steps(palette, &looks));
    faults.extend(texts(palette, tones, &looks));
    faults.extend(lines(palette, tones));
    faults
}

fn look<'a>(series: &'a SeriesLook, tones: &Tones) -> Option<Look<'a>> {
    let tone = |name: &String| tones.get(name.as_str()).copied();
    let pattern = match &series.pattern {
        Some(pattern) => Some((pattern, tone(&pattern.ink)?)),
        None => None,
    };
    Some(Look { ground: tone(&series.ground)?, pattern })
}

/// The least value, and the view it is found in: of the colours, and of the greys of mono output,
/// which are written apart and so are mended apart.
fn worst(value: impl Fn(View) -> f64) -> [(View, f64); 2] {
    let colored = || View::ALL.into_iter().filter(|view| *view != View::Mono);
    let least = colored().map(&value).fold(f64::INFINITY, f64::min);
    // Of views that print the same number the first: greys are no matter of colour vision.
    let view = colored().find(|view| value(*view) < least + 0.05);
    [(view.unwrap_or(View::Screen), least), (View::Mono, value(View::Mono))]
}

/// The faults of something that has to reach a least value in every view.
fn too_little(
    least: f64,
    hint: &'static str,
    value: impl Fn(View) -> f64,
    message: impl Fn(&str) -> String,
) -> Vec<PaletteFault> {
    let short = worst(value).into_iter().filter(|(_, found)| *found < least);
    short
        .map(|(view, found)| {
            let range = format!("{} しかありません（{}・{least}以上）", cut(found), view.name());
            fault(message(&range), hint)
        })
        .collect()
}

/// One decimal, cut and not rounded: 19.97 must not read as 20.0.
fn cut(found: f64) -> String {
    format!("{:.1}", (found * 10.0 + 1e-6).floor() / 10.0)
}

fn steps(looks: &[Option<Look>]) -> Vec<PaletteFault> {
    let mut faults = Vec::new();
    for (first, second, a, b) in pairs(looks) {
        let step = |view| (a.lightness(view) - b.lightness(view)).abs();
        let (one, two) = (named(first), named(second));
        if second == first + 1 {
            faults.extend(too_little(LEAST_STEP, STEP, step, |found| {
                format!("{one}と{two}の明るさの差が {found}")
            }));
        } else if a.kind() == b.kind() {
            faults.extend(too_little(LEAST_STEP, STEP, step, |found| {
                format!("{one}と{two}は模様が同じで、明るさの差が {found}")
            }));
        }
    }
    faults
}

/// Every two looks, the first before the second.
fn pairs<'a, 'b>(
    looks: &'b [Option<Look<'a>>],
) -> impl Iterator<Item = (usize, usize, Look<'a>, Look<'a>)> + use<'a, 'b> {
    let known = |(slot, look): (usize, &Option<Look<'a>>)| look.map(|look| (slot, look));
    looks.iter().enumerate().filter_map(known).flat_map(move |(first, a)| {
        let later = looks.iter().enumerate().skip(first + 1).filter_map(known);
        later.map(move |(second, b)| (first, second, a, b))
    })
}

fn faint_patterns(looks: &[Option<Look>]) -> Vec<PaletteFault> {
    let patterned = looks.iter().enumerate().filter_map(|(slot, look)| {
        let look = (*look)?;
        Some((slot, look.ground, look.pattern?.1))
    });
    patterned
        .flat_map(|(slot, ground, ink)| {
            let step = |view: View| (l_star(view.see(ground)) - l_star(view.see(ink))).abs();
            too_little(LEAST_STEP, STEP, step, |found| {
                format!("{}の模様と地の明るさの差が {found}", named(slot))
            })
        })
        .collect()
}

fn unsettled_steps(palette: &Palette, looks: &[Option<Look>]) -> Vec<PaletteFault> {
    let stripe = &palette.unsettled.stripe;
    let white = (1.0 - stripe.width / stripe.pitch).clamp(0.0, 1.0);
    let mut faults = Vec::new();
    for (first, second, a, b) in pairs(looks) {
        let settled = worst(|view| (a.lightness(view) - b.lightness(view)).abs());
        let reported = settled.map(|(_, step)| step < LEAST_STEP);
        let step = |view| {
            // What is too near without the stripes needs no second fault.
            if reported[usize::from(view == View::Mono)] {
                return f64::INFINITY;
            }
            (l_star(a.striped(view, white)) - l_star(b.striped(view, white))).abs()
        };
        if second == first + 1 || a.kind() == b.kind() {
            faults.extend(too_little(LEAST_UNSETTLED_STEP, STEP, step, |found| {
                let (one, two) = (Paint::Unsettled(first), Paint::Unsettled(second));
                format!("確定していない値の縞（{one} と {two}）の明るさの差が {found}")
            }));
        }
    }
    faults
}

fn tints(palette: &Palette, tones: &Tones) -> Vec<PaletteFault> {
    let mut used = Vec::new();
    for (slot, series) in palette.series.iter().enumerate() {
        used.push((format!("{}の地", named(slot)), &series.ground, true));
        let ink = series.pattern.as_ref().map(|pattern| &pattern.ink);
        used.extend(ink.map(|ink| (format!("{}の模様", named(slot)), ink, false)));
    }
    used.extend(
        palette.strokes.iter().map(|(name, line)| (format!("{name} の線"), &line.ink, false)),
    );
    let mut faults = Vec::new();
    for (what, name, may_be_white) in used {
        let Some(tone) = tones.get(name.as_str()) else { continue };
        if may_be_white && tone.is_white() {
            continue;
        }
        for (view, tint) in tone.tints() {
            if tint < LEAST_TINT {
                let (tint, view) = (cut(tint), view.name());
                faults.push(fault(
                    format!("{what}の濃さが {tint}% しかありません（{view}・{LEAST_TINT}%以上）"),
                    TINT,
                ));
            }
        }
    }
    faults
}

fn texts(palette: &Palette, tones: &Tones, looks: &[Option<Look>]) -> Vec<PaletteFault> {
    let white = || vec![WHITE];
    let mut written = vec![
        ("図の文字（normal）".to_owned(), &palette.text.normal, white()),
        ("図の文字（muted）".to_owned(), &palette.text.muted, white()),
        ("確定していない値の文字".to_owned(), &palette.unsettled.text, white()),
    ];
    for (slot, (series, look)) in palette.series.iter().zip(looks).enumerate() {
        let Some(look) = look else { continue };
        // A plate of the ground's own tone lies under labels on a pattern.
        let pattern = look.pattern.map(|(_, ink)| ink).filter(|_| !series.halo);
        let grounds = [look.ground].into_iter().chain(pattern).collect();
        written.push((format!("{}の上の文字", named(slot)), &series.text, grounds));
    }
    written
        .into_iter()
        .filter_map(|(what, ink, grounds)| Some((what, *tones.get(ink.as_str())?, grounds)))
        .flat_map(|(what, ink, grounds)| {
            let value = |view| {
                grounds.iter().map(|ground| contrast(view, ink, *ground)).fold(21.0, f64::min)
            };
            too_little(LEAST_TEXT, TEXT, value, |found| format!("{what}のコントラストが {found}"))
        })
        .collect()
}

fn lines(palette: &Palette, tones: &Tones) -> Vec<PaletteFault> {
    let tone = |name: &String| tones.get(name.as_str()).copied();
    let grid = role(Stroke::Grid);
    let strokes = palette.strokes.iter().filter(|(name, _)| **name != grid);
    let named = strokes.map(|(name, line)| (format!("{name} の線"), &line.ink));
    let outlines = [
        ("図形の輪郭（outline）".to_owned(), &palette.outline.ink),
        ("unsettled の輪郭".to_owned(), &palette.unsettled.outline.ink),
    ];
    let mut faults = Vec::new();
    for (what, ink) in outlines.into_iter().chain(named) {
        let Some(ink) = tone(ink) else { continue };
        let value = |view| contrast(view, ink, WHITE);
        faults.extend(too_little(LEAST_LINE, LINE, value, |found| {
            format!("{what}の、紙とのコントラストが {found}")
        }));
    }
    let series: Vec<_> =
        palette.strokes.iter().filter(|(name, _)| name.starts_with("line-")).collect();
    for (index, (first, a)) in series.iter().enumerate() {
        for (second, b) in &series[index + 1..] {
            let (Some(one), Some(two)) = (tone(&a.ink), tone(&b.ink)) else { continue };
            if a.dash != b.dash {
                continue;
            }
            let step = |view: View| (l_star(view.see(one)) - l_star(view.see(two))).abs();
            faults.extend(too_little(LEAST_STEP, LINE, step, |found| {
                format!("{first} と {second} は破線の形が同じで、明るさの差が {found}")
            }));
        }
    }
    faults
}
