//! Widths: what a copier loses, and what labels keep clear of.

use super::fault::{PaletteFault, fault};
use super::file::{Palette, named};
use super::undefined::{role, roles};

/// Points: thinner lines and gaps break up or close in a copy.
const LEAST: f64 = 0.5;
/// Points: the stripes of values that are not final are broader than any pattern.
const LEAST_STRIPE: f64 = 1.5;
/// Points: a pattern has to show in the key of a legend, a box of about 11 by 6 points.
const MOST_PITCH: f64 = 8.0;
/// How much wider the line that the author highlights is than any other series.
const HIGHLIGHT: f64 = 1.5;

const COPY: &str = "細い線と狭いすき間は、複写でかすれ、つぶれます";

pub(super) fn faults(palette: &Palette) -> Vec<PaletteFault> {
    let mut faults = Vec::new();
    let mut least = |what: String, found: f64, needed: f64| {
        if found < needed {
            let found = written(found);
            let message = format!("{what}が {found}pt しかありません（{needed}pt以上）");
            faults.push(fault(message, COPY));
        }
    };
    least("図形の輪郭（outline）の太さ".into(), palette.outline.width, LEAST);
    for (slot, series) in palette.series.iter().enumerate() {
        let Some(pattern) = &series.pattern else { continue };
        least(format!("{}の模様の太さ", named(slot)), pattern.width, LEAST);
        least(format!("{}の模様のすき間", named(slot)), pattern.pitch - pattern.width, LEAST);
    }
    let unsettled = &palette.unsettled;
    least("unsettled の縞の幅".into(), unsettled.stripe.width, LEAST_STRIPE);
    let gap = unsettled.stripe.pitch - unsettled.stripe.width;
    least("unsettled の縞のすき間".into(), gap, LEAST_STRIPE);
    least("unsettled の輪郭の太さ".into(), unsettled.outline.width, LEAST);
    for length in &unsettled.outline.dash {
        least("unsettled の輪郭の破線の1区切り".into(), *length, LEAST);
    }
    for (name, line) in &palette.strokes {
        least(format!("{name} の線の太さ"), line.width, LEAST);
        for length in &line.dash {
            least(format!("{name} の破線の1区切り"), *length, LEAST);
        }
        least(format!("{name} の白い縁"), line.casing, 0.0);
    }
    faults.extend(dashless(palette));
    faults.extend(wide_pitches(palette));
    faults.extend(beyond_reach(palette));
    faults.extend(lost_highlight(palette));
    faults
}

fn dashless(palette: &Palette) -> Option<PaletteFault> {
    palette.unsettled.outline.dash.is_empty().then(|| {
        fault(
            "unsettled の輪郭が破線になっていません（dash に長さが1つ以上必要です）".into(),
            "確定していない値は、縞と破線の輪郭の両方で示します",
        )
    })
}

fn wide_pitches(palette: &Palette) -> Vec<PaletteFault> {
    let series = palette.series.iter().enumerate();
    let patterns = series.filter_map(|(slot, series)| {
        Some((format!("{}の模様", named(slot)), series.pattern.as_ref()?.pitch))
    });
    patterns
        .chain([("unsettled の縞".to_owned(), palette.unsettled.stripe.pitch)])
        .filter(|(_, pitch)| *pitch > MOST_PITCH)
        .map(|(what, pitch)| {
            let pitch = written(pitch);
            fault(
                format!("{what}の間隔が {pitch}pt あります（{MOST_PITCH}pt以下）"),
                "間隔が広いと、凡例の小さな枠に模様が現れません",
            )
        })
        .collect()
}

/// The chart room keeps labels clear of lines by the width it knows.
fn beyond_reach(palette: &Palette) -> Vec<PaletteFault> {
    roles()
        .filter_map(|stroke| {
            let name = role(stroke);
            let line = palette.strokes.get(&name)?;
            let (found, most) = (line.width + 2.0 * line.casing, 2.0 * stroke.reach());
            (found > most + 1e-9).then(|| {
                let found = written(found);
                fault(
                    format!("{name} の線の幅が、白い縁を含めて {found}pt あります（{most}pt以下）"),
                    "エンジンはこの幅を見込んで数値を置くので、太くすると数値に重なります",
                )
            })
        })
        .collect()
}

fn lost_highlight(palette: &Palette) -> Option<PaletteFault> {
    let highlight = palette.strokes.get("highlight")?.width;
    let series = palette.strokes.iter().filter(|(name, _)| name.starts_with("line-"));
    let widest = series.map(|(_, line)| line.width).fold(0.0, f64::max);
    (highlight < widest * HIGHLIGHT).then(|| {
        let needed = written(widest * HIGHLIGHT);
        let found = written(highlight);
        fault(
            format!(
                "highlight の線の太さが {found}pt しかありません（最も太い系列の線の1.5倍、{needed}pt以上）"
            ),
            "強調した系列は、色ではなく太さで見分けます",
        )
    })
}

/// At most two decimals.
fn written(points: f64) -> String {
    ((points * 100.0).round() / 100.0).to_string()
}
