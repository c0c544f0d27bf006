//! The lines of running text, character by character: what a typesetter would measure (JLREQ).

use soukatsu::app::Build;
use typst::layout::{Frame, FrameItem, Point};

use crate::built::build;
use crate::common;
use soukatsu_core::load::Folder;

/// A character of a line: where its glyph begins and ends, in em.
struct Set {
    c: char,
    from: f64,
    to: f64,
}

struct Line {
    page: usize,
    /// In points.
    baseline: f64,
    size: f64,
    from: f64,
    chars: Vec<Set>,
}

impl Line {
    fn text(&self) -> String {
        self.chars.iter().map(|set| set.c).collect()
    }

    /// The white between neighbours, with both; punctuation is half an em wide.
    fn gaps(&self) -> impl Iterator<Item = (char, char, f64)> {
        self.chars.windows(2).map(|pair| {
            let (before, after) = (&pair[0], &pair[1]);
            let mut gap = after.from - before.to;
            gap += if is_closing(before.c) { 0.5 } else { 0.0 };
            gap += if is_opening(after.c) { 0.5 } else { 0.0 };
            (before.c, after.c, gap)
        })
    }

    /// How far Japanese characters stand apart on the whole.
    fn tracking(&self) -> f64 {
        let plain = self.gaps().filter(|(a, b, _)| is_japanese(*a) && is_japanese(*b));
        let plain: Vec<f64> = plain.map(|(.., gap)| gap).collect();
        plain.iter().sum::<f64>() / plain.len().max(1) as f64
    }
}

fn is_opening(c: char) -> bool {
    "「『（【〔".contains(c)
}

fn is_closing(c: char) -> bool {
    "」』）】〕、。".contains(c)
}

fn is_japanese(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '々')
}

fn is_half(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '%'
}

/// The lines of a report that run from edge to edge of the measure, in the size of the text.
fn full_lines(build: &Build) -> Vec<Line> {
    let document = build.document().unwrap_or_else(|| panic!("{:#?}", build.problems));
    let mut found = Vec::new();
    for (page, laid) in document.pages().iter().enumerate() {
        let mut lines: Vec<Line> = Vec::new();
        collect(&laid.frame, Point::zero(), page, &mut lines);
        let right =
            lines.iter().filter_map(|line| Some(line.from + line.chars.last()?.to * line.size));
        let right = right.fold(0.0, f64::max);
        found.extend(lines.into_iter().filter(|line| {
            let end = line.chars.last().map_or(0.0, |last| {
                let white = if is_closing(last.c) { 0.5 } else { 0.0 };
                line.from + (last.to - white) * line.size
            });
            let is_leader = line.text().contains("・・・");
            !is_leader
                && line.chars.len() > 25
                && (line.size > 9.9 && line.size < 11.1)
                && end > right - 6.0
        }));
    }
    found
}

fn collect(frame: &Frame, at: Point, page: usize, lines: &mut Vec<Line>) {
    for (pos, item) in frame.items() {
        let at = at + *pos;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, page, lines),
            FrameItem::Text(text) => {
                let (size, baseline) = (text.size.to_pt(), at.y.to_pt());
                let same = |line: &&mut Line| {
                    (line.baseline - baseline).abs() < 0.05 && (line.size - size).abs() < 0.05
                };
                if lines.last_mut().filter(same).is_none() {
                    let from = at.x.to_pt();
                    lines.push(Line { page, baseline, size, from, chars: Vec::new() });
                }
                let Some(line) = lines.last_mut() else { continue };
                let mut pen = (at.x.to_pt() - line.from) / size;
                for glyph in &text.glyphs {
                    let c = text.text[glyph.range()].chars().next().unwrap_or(' ');
                    let from = pen + glyph.x_offset.get();
                    let wide = text.font.x_advance(glyph.id).map_or(0.0, |advance| advance.get());
                    line.chars.push(Set { c, from, to: from + wide });
                    pen += glyph.x_advance.get();
                }
            }
            _ => {}
        }
    }
}

fn sample(name: &str) -> Vec<Line> {
    let lines = full_lines(&build(&Folder::Disk(common::sample(name))));
    assert!(lines.len() >= 3, "{name}: only {} full lines", lines.len());
    lines
}

fn samples() -> impl Iterator<Item = (&'static str, Vec<Line>)> {
    ["arao-r7", "mihon-r8", "kessan-r7"].into_iter().map(|name| (name, sample(name)))
}

#[test]
fn stops_keep_their_half_em_and_commas_and_brackets_give_a_quarter_at_most() {
    for (name, lines) in samples() {
        for line in lines {
            for (before, after, gap) in line.gaps() {
                let near = |low: f64, high: f64| (low - 0.01..high + 0.01).contains(&gap);
                let fits = match (before, after) {
                    // Neighbours share their white.
                    (a, b) if is_closing(a) && is_closing(b) => near(0.0, 0.0),
                    (a, b) if is_opening(a) && is_opening(b) => near(0.0, 0.0),
                    ('・', _) | (_, '・') => true,
                    ('。', _) => near(0.5, 0.5),
                    (a, b) if is_closing(a) || is_opening(b) => near(0.25, 0.5),
                    _ => true,
                };
                let text = line.text();
                assert!(fits, "{name} p. {}: {before}{after} {gap:.3} in {text}", line.page + 1);
            }
        }
    }
}

#[test]
fn a_quarter_em_parts_japanese_and_half_width_characters_and_moves_by_an_eighth_at_most() {
    for (name, lines) in samples() {
        for line in lines {
            let tracking = line.tracking().abs();
            let western =
                |a: char, b: char| is_japanese(a) && is_half(b) || is_half(a) && is_japanese(b);
            for (before, after, gap) in line.gaps().filter(|(a, b, _)| western(*a, *b)) {
                let fits = (0.125 - tracking - 0.01..0.375 + tracking + 0.01).contains(&gap);
                let text = line.text();
                assert!(fits, "{name} p. {}: {before}{after} {gap:.3} in {text}", line.page + 1);
            }
        }
    }
}

#[test]
fn lines_are_neither_torn_nor_crushed_and_neighbours_are_alike() {
    for (name, lines) in samples() {
        let tracking: Vec<f64> = lines.iter().map(Line::tracking).collect();
        for (line, tracking) in lines.iter().zip(&tracking) {
            let fits = (-0.03..0.075).contains(tracking);
            assert!(fits, "{name} p. {}: {tracking:.3} em in {}", line.page + 1, line.text());
        }
        let unlike = tracking.windows(2).filter(|pair| (pair[0] - pair[1]).abs() > 0.04).count();
        assert!(unlike * 20 <= lines.len(), "{name}: {unlike} of {} lines", lines.len());
    }
}

#[test]
fn half_a_line_of_white_parts_the_lines_and_none_is_longer_than_44_em() {
    for (name, lines) in samples() {
        for pair in lines.windows(2) {
            let (above, below) = (&pair[0], &pair[1]);
            if above.page == below.page && below.baseline > above.baseline {
                let pitch = (below.baseline - above.baseline) / below.size;
                assert!(pitch > 1.499, "{name} p. {}: {pitch:.3} em", below.page + 1);
            }
        }
        for line in &lines {
            let long = line.chars.last().map_or(0.0, |last| last.to);
            assert!(long < 44.51, "{name} p. {}: {long:.2} em: {}", line.page + 1, line.text());
        }
    }
}
