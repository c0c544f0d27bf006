//! A ring with its names around it, each beside its part.

use super::whole::{Joined, Ring, Slice, Whole};
use crate::canvas::area::Area;
use crate::canvas::hit_test::Backdrop;
use crate::canvas::label::Label;
use crate::canvas::sector::direction;
use crate::canvas::{Canvas, Rank};
use crate::label::declutter::{Block, declutter};
use crate::mark::{Anchor, Stroke};
use crate::space::{Frame, small};
use crate::text_metrics::{self, LEADING};

/// How the names stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Touching their parts.
    Around,
    /// Those that would touch each other under one another, joined to their parts by lines.
    Mixed,
    /// All under one another at both sides, joined to their parts by lines.
    Beside,
}

/// Where the ring stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Height {
    Middle,
    /// With no more than a line of text below it: small parts come last as a rule, so that
    /// names crowd above the ring.
    Low,
}

/// The ways to stand, each with the least share of the largest radius that it is worth.
const TRIES: [(Standing, Height, f64); 5] = [
    (Standing::Around, Height::Middle, 0.8),
    (Standing::Mixed, Height::Middle, 0.75),
    (Standing::Mixed, Height::Low, 0.65),
    (Standing::Beside, Height::Middle, 0.65),
    (Standing::Around, Height::Middle, 0.6),
];
/// More names around a ring than this could not be told apart.
const MOST: usize = 15;
/// Space between ring and names; with lines between them, and between the names.
const GAP: f64 = 3.5;
const LINE_GAP: f64 = 9.0;
const APART: f64 = 2.5;
/// How much further out the names of parts at the top and at the bottom may look for room.
const LIFTS: [f64; 4] = [0.0, 10.0, 20.0, 30.0];
/// The least cosine of the angle at which a line may leave the ring.
const SLANT: f64 = 0.2;

/// Draws the ring as large as its names let it be; `None` when they have no room around it.
pub(crate) fn draw(whole: &Whole, frame: &Frame) -> Option<Canvas> {
    if whole.rows.len() > MOST || whole.rows.iter().any(|row| row.share.is_none()) {
        return None;
    }
    let most = frame.default_height.min(frame.width) / 2.0 - 0.5;
    let sizes = [frame.text_size, small(frame.text_size)];
    TRIES.iter().find_map(|(standing, height, least)| {
        let outers =
            (0..).map(|step| most - 1.5 * f64::from(step)).take_while(|r| *r >= least * most);
        outers.flat_map(|outer| sizes.map(|size| (outer, size))).find_map(|(outer, size)| {
            let y = match height {
                Height::Middle => frame.default_height / 2.0,
                Height::Low => frame.default_height - outer - GAP - 1.2 * size,
            };
            let ring = Ring { middle: [frame.width / 2.0, y.max(outer + 0.5)], outer };
            attempt(whole, frame, *standing, ring, size)
        })
    })
}

/// A name with its value, where that stands outside; in lines.
struct NameBlock<'a> {
    row: &'a Slice<'a>,
    turn: f64,
    lines: Vec<String>,
    w: f64,
    h: f64,
}

fn attempt(
    whole: &Whole,
    frame: &Frame,
    standing: Standing,
    ring: Ring,
    size: f64,
) -> Option<Canvas> {
    let mut canvas = Canvas::new(frame.width, frame.default_height);
    let outer = ring.outer;
    let room = |turn: f64| match standing {
        Standing::Around | Standing::Mixed => {
            frame.width / 2.0 - (outer + GAP) * direction(turn)[0].abs()
        }
        Standing::Beside => frame.width / 2.0 - outer - LINE_GAP,
    };
    let fits = |text: &str, turn: f64| text_metrics::fits_well(text, room(turn) / size, 3);
    let turns = || whole.parts().map(|(row, (from, to))| (row, (from + to) / 2.0));
    if !turns().all(|(row, turn)| fits(row.name, turn)) {
        return None;
    }
    whole.draw(&mut canvas, &ring, Joined::ByPlace);
    // Names are read before values, but which values stand outside must be known first.
    let inside = whole.set_values(&mut canvas.clone(), &ring, small(size));
    let mut blocks = Vec::new();
    for (row, turn) in turns() {
        let text = match inside.contains(&row.category) {
            true => row.name.to_string(),
            false => format!("{} {}", row.name, row.text),
        };
        if !fits(&text, turn) {
            return None;
        }
        let lines = text_metrics::wrap(&text, room(turn) / size, 3);
        let (w, h) =
            (text_metrics::widest(&lines) * size, text_metrics::height(lines.len()) * size);
        blocks.push(NameBlock { row, turn, lines, w, h });
    }
    let places: Vec<Area> = blocks.iter().map(|block| around(block, &ring)).collect();
    let touching = |index: usize| {
        let own = places[index].grown(APART);
        (0..places.len()).any(|other| other != index && places[other].overlaps(&own))
    };
    let (stacked, free): (Vec<usize>, Vec<usize>) =
        (0..blocks.len()).partition(|index| match standing {
            Standing::Around => false,
            Standing::Mixed => touching(*index),
            Standing::Beside => true,
        });
    for index in free {
        if touching(index) && standing == Standing::Around {
            return None;
        }
        set_around(&mut canvas, &blocks[index], &places[index], size)?;
    }
    let stacked: Vec<&NameBlock> = stacked.into_iter().map(|index| &blocks[index]).collect();
    canvas = LIFTS.iter().find_map(|lift| {
        let mut tried = canvas.clone();
        set_beside(&mut tried, &ring, &stacked, size, *lift).map(|()| tried)
    })?;
    whole.set_values(&mut canvas, &ring, small(size));
    whole.set_total(&mut canvas, &ring, size).then_some(canvas)
}

/// The place outside of a part at its middle angle.
fn around(block: &NameBlock, ring: &Ring) -> Area {
    let [dx, dy] = direction(block.turn);
    let [x, y] = ring.sector((0.0, 1.0)).at(block.turn, ring.outer + GAP);
    let (left, top) = (x - block.w * (1.0 - dx) / 2.0, y - block.h * (1.0 - dy) / 2.0);
    let pushed = |by: f64| Area::new(left + by * dx, top + by * dy, block.w, block.h);
    // A corner may reach into the ring: outwards until none does.
    (0..40)
        .map(|step| pushed(0.5 * f64::from(step)))
        .find(|area| area.distance(ring.middle) >= ring.outer + GAP - 1e-6)
        .unwrap_or(pushed(0.0))
}

fn set_around(canvas: &mut Canvas, block: &NameBlock, area: &Area, size: f64) -> Option<()> {
    let (anchor, x) = match direction(block.turn)[0] {
        dx if dx > 0.3 => (Anchor::Start, area.left),
        dx if dx < -0.3 => (Anchor::End, area.right),
        _ => (Anchor::Middle, area.middle_x()),
    };
    set_lines(canvas, block, anchor, x, area.top, size)
}

/// Sets the names of the right half under each other along the ring's right side, and those of
/// the left half along its left side, all joined to their parts by lines.
fn set_beside(
    canvas: &mut Canvas,
    ring: &Ring,
    blocks: &[&NameBlock],
    size: f64,
    lift: f64,
) -> Option<()> {
    let circle = ring.sector((0.0, 1.0));
    for (side, anchor) in [(1.0, Anchor::Start), (-1.0, Anchor::End)] {
        let here = |block: &&&NameBlock| (direction(block.turn)[0] >= 0.0) == (side > 0.0);
        let blocks: Vec<&NameBlock> = blocks.iter().filter(here).copied().collect();
        let want = |block: &&NameBlock| {
            let steep = direction(block.turn)[1].abs().powi(3);
            let radius = ring.outer + LINE_GAP + lift * steep;
            Block { middle: circle.at(block.turn, radius)[1], height: block.h }
        };
        let wanted: Vec<Block> = blocks.iter().map(want).collect();
        let tops = declutter(&wanted, 0.0, canvas.height)?;
        let x = |block: &NameBlock, top: f64| {
            // How far the ring with its gap reaches aside at the block's height.
            let (above, below) = (ring.middle[1] - top - block.h, top - ring.middle[1]);
            let away = above.max(below).max(0.0);
            let reach = ring.outer + LINE_GAP;
            let hugging = (reach * reach - away * away).max(0.0).sqrt();
            // A line always leads away from the middle.
            let start = ring.outer * direction(block.turn)[0].abs();
            ring.middle[0] + side * hugging.max(start + LINE_GAP)
        };
        let mut lines: Vec<[[f64; 2]; 2]> = Vec::new();
        for (block, top) in blocks.iter().zip(&tops) {
            let from = circle.at(block.turn, ring.outer + 1.0);
            let to = [x(block, *top) - side * 2.0, top + block.h / 2.0];
            let [dx, dy] = direction(block.turn);
            let (across, along) = (to[0] - from[0], to[1] - from[1]);
            // A flat line would run along the ring, or back into it.
            let flat = across * dx + along * dy < SLANT * across.hypot(along);
            if flat || lines.iter().any(|line| cross(*line, [from, to])) {
                return None;
            }
            lines.push([from, to]);
            canvas.line(vec![from, to], Stroke::Leader);
        }
        for (block, top) in blocks.iter().zip(&tops) {
            set_lines(canvas, block, anchor, x(block, *top), *top, size)?;
        }
    }
    Some(())
}

/// Whether two straight lines have a point in common.
fn cross([a, b]: [[f64; 2]; 2], [c, d]: [[f64; 2]; 2]) -> bool {
    let side = |[x, y]: [f64; 2], [p, q]: [[f64; 2]; 2]| {
        (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])
    };
    side(c, [a, b]) * side(d, [a, b]) <= 0.0 && side(a, [c, d]) * side(b, [c, d]) <= 0.0
}

/// Sets a block line by line; `None` when one of them touches something.
fn set_lines(
    canvas: &mut Canvas,
    block: &NameBlock,
    anchor: Anchor,
    x: f64,
    top: f64,
    size: f64,
) -> Option<()> {
    for (index, line) in block.lines.iter().enumerate() {
        let label = Label::new(line, size);
        let y = top + index as f64 * LEADING * size;
        if canvas.backdrop(&label.area(anchor, x, y)) != Backdrop::Paper {
            return None;
        }
        canvas.text(Rank::Category(block.row.category), &label, anchor, x, y);
    }
    Some(())
}
