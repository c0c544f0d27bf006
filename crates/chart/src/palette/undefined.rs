//! What a palette names but does not have: tones, series and roles of lines.

use super::fault::{PaletteFault, fault};
use super::file::{Palette, SERIES};
use crate::mark::Stroke;
use soukatsu_core::problem::closest;

const TONES: &str = "tones に明るさを書き、ほかの項目からはその名前で呼びます";
const ROLES: &str =
    "strokes には、エンジンが描く線の役割を全て、1つずつ書きます（docs/template.md）";

pub(super) fn faults(palette: &Palette) -> Vec<PaletteFault> {
    let mut faults = Vec::new();
    for (name, tone) in palette.tones.iter().filter(|(_, tone)| tone.tone().is_none()) {
        let grey = tone.grey;
        let found = match &tone.screen {
            Some(screen) => format!("screen が「{screen}」、grey が {grey}"),
            None => format!("grey が {grey}"),
        };
        let needed = "screen は「#2f4156」の形、grey は0から100まで";
        faults.push(fault(format!("tones の「{name}」の {found} です（{needed}）"), TONES));
    }
    for (place, name) in used_tones(palette) {
        if palette.tones.contains_key(name) {
            continue;
        }
        let near = closest(name, palette.tones.keys().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!("（「{near}」ではありませんか）"));
        faults.push(fault(format!("{place}に書いた「{name}」が tones にありません{near}"), TONES));
    }
    let count = palette.series.len();
    if count != SERIES {
        faults.push(fault(
            format!("series に系列が{count}個あります（{SERIES}個必要です）"),
            "系列の色は6つを順に使い、7つ目から初めに戻ります",
        ));
    }
    let known: Vec<String> = roles().map(role).collect();
    for name in known.iter().filter(|name| !palette.strokes.contains_key(*name)) {
        faults.push(fault(format!("strokes に「{name}」がありません"), ROLES));
    }
    for name in palette.strokes.keys().filter(|name| !known.contains(name)) {
        faults.push(fault(format!("strokes の「{name}」という役割はありません"), ROLES));
    }
    faults
}

/// Every role of a line that a chart can draw.
pub(super) fn roles() -> impl Iterator<Item = Stroke> {
    let fixed = [
        Stroke::Grid,
        Stroke::Axis,
        Stroke::Target,
        Stroke::Baseline,
        Stroke::Period,
        Stroke::Leader,
        Stroke::Highlight,
        Stroke::Thin,
    ];
    fixed.into_iter().chain((0..SERIES).map(Stroke::Line))
}

/// The name of a role as drawings write it.
pub(super) fn role(stroke: Stroke) -> String {
    match serde_json::to_value(stroke) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Where each tone is used, and its name.
fn used_tones(palette: &Palette) -> Vec<(String, &str)> {
    let mut used = vec![("outline の ink ".to_owned(), &*palette.outline.ink)];
    for (slot, series) in palette.series.iter().enumerate() {
        used.push((format!("series-{slot} の ground "), &series.ground));
        used.extend(
            series.pattern.iter().map(|it| (format!("series-{slot} の模様の ink "), &*it.ink)),
        );
        used.push((format!("series-{slot} の text "), &series.text));
    }
    used.push(("unsettled の outline の ink ".into(), &palette.unsettled.outline.ink));
    used.push(("unsettled の text ".into(), &palette.unsettled.text));
    used.push(("text の normal ".into(), &palette.text.normal));
    used.push(("text の muted ".into(), &palette.text.muted));
    used.extend(
        palette.strokes.iter().map(|(name, line)| (format!("strokes の {name} "), &*line.ink)),
    );
    used
}
