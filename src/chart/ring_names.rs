//! A ring with its names around it, each beside its part.

use super::area::Area;
use super::canvas::{Canvas, Ground, Rank};
use super::label::Label;
use super::lettering::{self, LEADING};
use super::mark::{Anchor, Stroke};
use super::ring::{Joined, Ring, Row, Whole};
use super::sector::direction;
use super::spread::{Wish, spread};
use super::{Frame, small};

/// How the names stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Touching their parts.
    Around,
    /// In a column at each side, joined to their parts by lines.
    Columns,
}

/// The ways to stand, each with the least share of the largest radius that it is worth.
const TRIES: [(Standing, f64); 3] =
    [(Standing::Around, 0.8), (Standing::Columns, 0.72), (Standing::Around, 0.6)];
/// Space between ring and names; with lines between them, and between the names.
const GAP: f64 = 3.5;
const COLUMN_GAP: f64 = 11.0;
const APART: f64 = 2.5;
/// The least cosine of the angle at which a line may leave the ring.
const SLANT: f64 = 0.2;

/// Draws the ring as large as its names let it be; `None` when they have no room around it.
pub(super) fn draw(whole: &Whole, frame: &Frame) -> Option<Canvas> {
    if whole.rows.iter().any(|row| row.share.is_none()) {
        return None;
    }
    let most = frame.default_height.min(frame.width) / 2.0 - 0.5;
    let sizes = [frame.text_size, small(frame.text_size)];
    TRIES.iter().find_map(|(standing, least)| {
        let outers = (0..).map(|step| most - f64::from(step)).take_while(|r| *r >= least * most);
        outers
            .flat_map(|outer| sizes.map(|size| (outer, size)))
            .find_map(|(outer, size)| attempt(whole, frame, *standing, outer, size))
    })
}

/// A name with its value, where that stands outside; in lines.
struct Block<'a> {
    row: &'a Row<'a>,
    turn: f64,
    lines: Vec<String>,
    w: f64,
    h: f64,
}

fn attempt(
    whole: &Whole,
    frame: &Frame,
    standing: Standing,
    outer: f64,
    size: f64,
) -> Option<Canvas> {
    let mut canvas = Canvas::new(frame.width, frame.default_height);
    let ring = Ring { middle: [frame.width / 2.0, frame.default_height / 2.0], outer };
    whole.draw(&mut canvas, &ring, Joined::ByPlace);
    // Names are read before values, but which values stand outside must be known first.
    let inside = whole.set_values(&mut canvas.clone(), &ring, small(size));
    let room = |turn: f64| match standing {
        Standing::Around => frame.width / 2.0 - (outer + GAP) * direction(turn)[0].abs(),
        Standing::Columns => frame.width / 2.0 - outer - COLUMN_GAP,
    };
    let mut blocks = Vec::new();
    for (row, (from, to)) in whole.parts() {
        let turn = (from + to) / 2.0;
        let text = match inside.contains(&row.category) {
            true => row.name.to_string(),
            false => format!("{} {}", row.name, row.text),
        };
        let em = room(turn) / size;
        if !lettering::fits(&text, em, 3) {
            return None;
        }
        let lines = lettering::wrap(&text, em, 3);
        let (w, h) = (lettering::widest(&lines) * size, lettering::height(lines.len()) * size);
        blocks.push(Block { row, turn, lines, w, h });
    }
    let placed = match standing {
        Standing::Around => set_around(&mut canvas, &ring, &blocks, size),
        Standing::Columns => set_columns(&mut canvas, &ring, &blocks, size),
    };
    placed?;
    whole.set_values(&mut canvas, &ring, small(size));
    whole.set_total(&mut canvas, &ring, size).then_some(canvas)
}

/// Sets each name outside of its part at the part's middle angle.
fn set_around(canvas: &mut Canvas, ring: &Ring, blocks: &[Block], size: f64) -> Option<()> {
    let mut taken: Vec<Area> = Vec::new();
    for block in blocks {
        let [dx, dy] = direction(block.turn);
        let [x, y] = ring.sector((0.0, 1.0)).at(block.turn, ring.outer + GAP);
        let (left, top) = (x - block.w * (1.0 - dx) / 2.0, y - block.h * (1.0 - dy) / 2.0);
        let start = Area::new(left, top, block.w, block.h);
        let pushed = |by: f64| Area::new(left + by * dx, top + by * dy, block.w, block.h);
        // A corner may reach into the ring: outwards until none does.
        let area = (0..40)
            .map(|step| pushed(0.5 * f64::from(step)))
            .find(|area| area.distance(ring.middle) >= ring.outer + GAP - 1e-6)
            .unwrap_or(start);
        if taken.iter().any(|other| other.overlaps(&area.grown(APART))) {
            return None;
        }
        taken.push(area);
        let (anchor, x) = match dx {
            dx if dx > 0.3 => (Anchor::Start, area.left),
            dx if dx < -0.3 => (Anchor::End, area.right),
            _ => (Anchor::Middle, area.middle_x()),
        };
        set_lines(canvas, block, anchor, x, area.top, size)?;
    }
    Some(())
}

/// Sets the names of the right half under each other at the right, and those of the left half.
fn set_columns(canvas: &mut Canvas, ring: &Ring, blocks: &[Block], size: f64) -> Option<()> {
    for (side, anchor) in [(1.0, Anchor::Start), (-1.0, Anchor::End)] {
        let here = |block: &&Block| (direction(block.turn)[0] >= 0.0) == (side > 0.0);
        let blocks: Vec<&Block> = blocks.iter().filter(here).collect();
        let circle = ring.sector((0.0, 1.0));
        let wish = |block: &&Block| Wish {
            middle: circle.at(block.turn, ring.outer + GAP)[1],
            height: block.h,
        };
        let wishes: Vec<Wish> = blocks.iter().map(wish).collect();
        let tops = spread(&wishes, 0.0, canvas.height)?;
        let x = ring.middle[0] + side * (ring.outer + COLUMN_GAP);
        for (block, top) in blocks.iter().zip(&tops) {
            let from = circle.at(block.turn, ring.outer + 1.0);
            let to = [x - side * 2.0, top + block.h / 2.0];
            let [dx, dy] = direction(block.turn);
            let (across, along) = (to[0] - from[0], to[1] - from[1]);
            // A flat line would run along the ring, or back into it.
            if across * dx + along * dy < SLANT * across.hypot(along) {
                return None;
            }
            canvas.line(vec![from, to], Stroke::Leader);
        }
        for (block, top) in blocks.iter().zip(&tops) {
            set_lines(canvas, block, anchor, x, *top, size)?;
        }
    }
    Some(())
}

/// Sets a block line by line; `None` when one of them touches something.
fn set_lines(
    canvas: &mut Canvas,
    block: &Block,
    anchor: Anchor,
    x: f64,
    top: f64,
    size: f64,
) -> Option<()> {
    for (index, line) in block.lines.iter().enumerate() {
        let label = Label::new(line, size);
        let y = top + index as f64 * LEADING * size;
        if canvas.ground(&label.area(anchor, x, y)) != Ground::Paper {
            return None;
        }
        canvas.text(Rank::Category(block.row.category), &label, anchor, x, y);
    }
    Some(())
}
