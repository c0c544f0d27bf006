//! Nothing runs over sideways: every letter of every sample stands on its paper, within its type
//! area, between the rules of its table, and over no other letter.
//!
//! Independent of `compile::overruns`, which finds cells by their elements: here only what is drawn
//! counts, texts and rules.

use crate::built;
use crate::common;
use soukatsu::app::Build;
use soukatsu_core::load::Folder;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::visualize::{Color, Geometry, Paint};

/// In points. Bearings of glyphs, and what justified lines are stretched behind their last letter,
/// stay below.
const NEAR: f64 = 1.0;
/// The margins of the template at both sides.
const MARGIN: f64 = (595.276 - 483.0) / 2.0;
/// The tabs at the fore-edge, from the edge of the paper.
const TAB: f64 = 8.0 / 25.4 * 72.0;

/// A run of text: its edges in points, without blanks at its ends.
#[derive(Debug, Clone)]
struct Run {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    upright: bool,
    /// Its last character is punctuation whose right half is empty.
    ends_empty: bool,
}

/// An upright rule of a table.
#[derive(Debug, Clone, Copy)]
struct Rule {
    x: f64,
    top: f64,
    bottom: f64,
}

#[derive(Default)]
struct Drawn {
    runs: Vec<Run>,
    rules: Vec<Rule>,
}

impl Drawn {
    fn frame(&mut self, frame: &Frame, at: Transform) {
        for (offset, item) in frame.items() {
            let at = at.pre_concat(Transform::translate(offset.x, offset.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, at.pre_concat(group.transform));
                }
                FrameItem::Text(text) => self.runs.extend(run(text, at)),
                FrameItem::Shape(shape, _) => {
                    let Geometry::Line(to) = shape.geometry else { continue };
                    let Some(stroke) = &shape.stroke else { continue };
                    // Rules of tables; those of charts have inks of their own.
                    let rule = Paint::Solid(Color::from_u8(140, 140, 140, 255));
                    let is_rule = same_grey(&stroke.paint, &rule);
                    let (from, to) = (Point::zero().transform(at), to.transform(at));
                    if is_rule && (from.x - to.x).to_pt().abs() < 0.01 {
                        let (from_y, to_y) = (from.y.to_pt(), to.y.to_pt());
                        let (top, bottom) = (from_y.min(to_y), from_y.max(to_y));
                        self.rules.push(Rule { x: from.x.to_pt(), top, bottom });
                    }
                }
                _ => {}
            }
        }
    }
}

fn same_grey(one: &Paint, other: &Paint) -> bool {
    let (Paint::Solid(one), Paint::Solid(other)) = (one, other) else { return false };
    let (one, other) = (one.to_rgb(), other.to_rgb());
    (one.red - other.red).abs() < 0.01
        && (one.green - other.green).abs() < 0.01
        && (one.blue - other.blue).abs() < 0.01
}

fn run(item: &TextItem, at: Transform) -> Option<Run> {
    let text = item.text.to_string();
    if text.trim().is_empty() {
        return None;
    }
    let width = |range: std::ops::Range<usize>| -> Abs {
        let inside =
            item.glyphs.iter().filter(|glyph| range.contains(&(glyph.range.start as usize)));
        inside.map(|glyph| glyph.x_advance.at(item.size)).sum()
    };
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    let left = width(0..start);
    let right = left + width(start..end);
    let (up, down) = (-item.size * 0.8, item.size * 0.1);
    let corners = [(left, up), (right, up), (left, down), (right, down)];
    let corners = corners.map(|(x, y)| Point::new(x, y).transform(at));
    let least = |side: fn(&Point) -> Abs| corners.iter().map(side).fold(Abs::inf(), Abs::min);
    let most = |side: fn(&Point) -> Abs| corners.iter().map(side).fold(-Abs::inf(), Abs::max);
    let ends_empty = text.trim_end().ends_with(['。', '、', '，', '．', '」', '）', '】', '』']);
    Some(Run {
        left: least(|point| point.x).to_pt(),
        right: most(|point| point.x).to_pt(),
        top: least(|point| point.y).to_pt(),
        bottom: most(|point| point.y).to_pt(),
        upright: at.ky.is_zero() && at.kx.is_zero(),
        ends_empty,
        text,
    })
}

/// What runs over on the pages of a report, and how many texts and rules were looked at.
fn faults(build: &Build) -> (Vec<String>, usize, usize) {
    let document = build.draft.as_ref().unwrap();
    let (mut faults, mut texts, mut rules) = (Vec::new(), 0, 0);
    for (index, page) in document.pages().iter().enumerate() {
        let mut drawn = Drawn::default();
        drawn.frame(&page.frame, Transform::identity());
        texts += drawn.runs.len();
        rules += drawn.rules.len();
        let width = page.frame.width().to_pt();
        let mut fault = |what: &str, text: &str, by: f64| {
            faults.push(format!("page {}: {what} by {by:.1} pt: {text}", index + 1));
        };
        for run in &drawn.runs {
            // Punctuation at the end of a line may hang over by its empty half.
            let size = (run.bottom - run.top) / 0.9;
            let hanging = if run.ends_empty { size / 2.0 } else { 0.0 };
            let in_tab = run.right < TAB || run.left > width - TAB;
            for (by, what) in [
                (-run.left, "off the paper to the left"),
                (run.right - width, "off the paper to the right"),
                (MARGIN - run.left, "out of the type area to the left"),
                (run.right - hanging - (width - MARGIN), "out of the type area to the right"),
            ] {
                if by > NEAR && !(in_tab && what.starts_with("out of")) {
                    fault(what, &run.text, by);
                }
            }
            let middle = (run.top + run.bottom) / 2.0;
            for rule in &drawn.rules {
                let beside = middle < rule.top || middle > rule.bottom;
                let within = (rule.x - run.left).min(run.right - hanging - rule.x);
                if !beside && within > NEAR {
                    fault("over the rule of a cell", &run.text, within);
                }
            }
        }
        for (at, one) in drawn.runs.iter().enumerate() {
            for other in &drawn.runs[at + 1..] {
                let across = one.right.min(other.right) - one.left.max(other.left);
                let down = one.bottom.min(other.bottom) - one.top.max(other.top);
                let lower = (one.bottom - one.top).min(other.bottom - other.top);
                // Full-width brackets side by side are set without their empty halves.
                let size = lower / 0.9;
                let is_empty =
                    |run: &Run| run.ends_empty || run.text.starts_with(['（', '「', '【', '『']);
                let empty = if is_empty(one) || is_empty(other) { size / 2.0 } else { 0.0 };
                if one.upright && other.upright && across - empty > 1.0 && down > 0.5 * lower {
                    fault("over another text", &format!("{} / {}", one.text, other.text), across);
                }
            }
        }
    }
    (faults, texts, rules)
}

#[test]
fn no_letter_of_any_sample_runs_over_sideways() {
    let mut seen = 0;
    for folder in std::fs::read_dir(common::sample("")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.join("report.toml").is_file() {
            continue;
        }
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let build = built::build(&Folder::Disk(folder));
        let (faults, texts, rules) = faults(&build);
        assert_eq!(faults, Vec::<String>::new(), "{name}");
        assert!(texts > 300, "{name}: {texts}");
        assert!(rules > 20 || name == "gallery", "{name}: {rules}");
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn each_way_to_run_over_is_found() {
    let word = "Z".repeat(25);
    for (prose, told) in [
        (
            format!("#table(columns: (20mm, 20mm), stroke: 0.5pt + luma(55%), [{word}], [1])"),
            "over the rule of a cell",
        ),
        (
            "#box(width: 480pt)[#box(width: 600pt)[".to_owned() + &"あ".repeat(50) + "]]",
            "out of the type area to the right",
        ),
        ("#place(dx: -50pt)[左]".to_owned(), "out of the type area to the left"),
        ("#place(dx: 530pt)[ああああああ]".to_owned(), "off the paper to the right"),
        ("あああああああ#h(-30pt)いいいいい".to_owned(), "over another text"),
    ] {
        let mut files = common::files("mihon-r8");
        let file = "prose/04-shiyakusho.typ";
        let text = String::from_utf8(files[file].clone()).unwrap();
        files.insert(file.to_owned(), format!("{text}\n{prose}\n").into_bytes());
        let (found, ..) = faults(&built::build(&Folder::Memory(files)));
        assert!(found.iter().any(|fault| fault.contains(told)), "{told}: {found:?}");
    }
}
