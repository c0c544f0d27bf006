//! Digests of what is drawn: equal when nothing is seen to differ.
//!
//! Typst's own hashes hold the places in the sources, which change when nothing on the page does,
//! and lengths to the last bit.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::utils::hash128;
use typst::visualize::{Curve, CurveItem, FixedStroke, Geometry, Paint, Shape};

/// Lengths in 1/1000 pt, so that the noise of sums is no difference.
pub fn steps(length: Abs) -> i64 {
    (length.to_pt() * 1e3).round() as i64
}

fn point(point: Point) -> [i64; 2] {
    [steps(point.x), steps(point.y)]
}

pub fn place(at: Transform) -> [i64; 6] {
    let [sx, ky, kx, sy] =
        [at.sx, at.ky, at.kx, at.sy].map(|ratio| (ratio.get() * 1e6).round() as i64);
    [sx, ky, kx, sy, steps(at.tx), steps(at.ty)]
}

pub fn shape_digest(shape: &Shape) -> u128 {
    let geometry = match &shape.geometry {
        Geometry::Line(to) => hash128(&(0u8, point(*to))),
        Geometry::Rect(size) => hash128(&(1u8, point(size.to_point()))),
        Geometry::Curve(curve) => hash128(&(2u8, curve_steps(curve))),
    };
    let fill = shape.fill.as_ref().map(paint);
    hash128(&(geometry, fill, shape.fill_rule, shape.stroke.as_ref().map(stroke_digest)))
}

pub fn curve_steps(curve: &Curve) -> Vec<[i64; 7]> {
    let step = |item: &CurveItem| {
        let (kind, [a, b, c]) = match item {
            CurveItem::Move(to) => (0, [*to, Point::zero(), Point::zero()]),
            CurveItem::Line(to) => (1, [*to, Point::zero(), Point::zero()]),
            CurveItem::Cubic(first, second, to) => (2, [*first, *second, *to]),
            CurveItem::Close => (3, [Point::zero(); 3]),
        };
        let [a, b, c] = [a, b, c].map(point);
        [kind, a[0], a[1], b[0], b[1], c[0], c[1]]
    };
    curve.0.iter().map(step).collect()
}

pub fn stroke_digest(stroke: &FixedStroke) -> u128 {
    let dash = stroke.dash.as_ref().map(|dash| {
        let parts: Vec<i64> = dash.array.iter().map(|part| steps(*part)).collect();
        (parts, steps(dash.phase))
    });
    let ends = (stroke.cap, stroke.join, stroke.miter_limit);
    hash128(&(paint(&stroke.paint), steps(stroke.thickness), ends, dash))
}

/// A pattern is what is seen of its tile: the tile, too, holds places of the sources.
pub fn paint(paint: &Paint) -> u128 {
    let Paint::Tiling(tiling) = paint else { return hash128(paint) };
    let mut tile = Vec::new();
    tile_inks(tiling.frame(), Transform::identity(), &mut tile);
    let [size, spacing] = [tiling.size(), tiling.spacing()].map(|size| point(size.to_point()));
    hash128(&(size, spacing, tiling.relative(), tile))
}

fn tile_inks(frame: &Frame, at: Transform, inks: &mut Vec<u128>) {
    for (offset, item) in frame.items() {
        let at = at.pre_concat(Transform::translate(offset.x, offset.y));
        match item {
            FrameItem::Group(group) => {
                tile_inks(&group.frame, at.pre_concat(group.transform), inks)
            }
            FrameItem::Shape(shape, _) => inks.push(hash128(&(place(at), shape_digest(shape)))),
            FrameItem::Text(text) => {
                let fill = paint(&text.fill);
                inks.push(hash128(&(place(at), text.text.as_str(), steps(text.size), fill)));
            }
            FrameItem::Image(image, size, _) => {
                inks.push(hash128(&(place(at), image.kind(), point(size.to_point()))));
            }
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
