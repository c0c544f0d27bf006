//! Holds a drawing against the rule of the house: no label touches anything.
//!
//! Written apart from the code that places labels, from nothing but the finished marks, so
//! that a mistake there is not repeated here.

use soukatsu_chart::{Anchor, Drawing, Ink, Mark, Paint, Stroke};

/// What is wrong with a drawing, in words; empty when nothing is.
pub fn faults(drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    let mut texts: Vec<(Edges, &str)> = Vec::new();
    for (index, mark) in drawing.marks.iter().enumerate() {
        let edges = edges(mark);
        if !edges.iter().all(|edge| edge.is_finite() && is_hundredth(*edge)) {
            faults.push(format!("not a multiple of 0.01 pt: {mark:?}"));
        }
        let slack = if matches!(mark, Mark::Text(_)) { 0.02 } else { 1.0 };
        if leaves(edges, drawing, slack) {
            faults.push(format!("outside of {} x {}: {mark:?}", drawing.width, drawing.height));
        }
        let Mark::Text(text) = mark else { continue };
        if text.size < 7.0 || text.text.trim().is_empty() {
            faults.push(format!("unreadable: {text:?}"));
        }
        for (other, name) in &texts {
            if overlap(edges, *other, 0.3) {
                faults.push(format!("「{}」 touches 「{name}」", text.text));
            }
        }
        texts.push((edges, &text.text));
        let mut ground = None;
        for (at, shape) in drawing.marks.iter().enumerate() {
            match touch(edges, shape) {
                _ if matches!(shape, Mark::Text(_)) => {}
                Touch::Apart => {}
                Touch::Inside(paint) => ground = Some(paint),
                Touch::Crossed => faults.push(format!("「{}」 touches {shape:?}", text.text)),
            }
            if at > index && !matches!(shape, Mark::Text(_)) {
                faults.push(format!("painted over text: {shape:?}"));
            }
        }
        let told = match text.ink {
            Ink::On(paint) => Some(paint),
            Ink::Normal | Ink::Muted => None,
        };
        if told != ground {
            faults.push(format!("「{}」 has the ink {:?} on {ground:?}", text.text, text.ink));
        }
    }
    faults
}

/// Left, top, right, bottom.
type Edges = [f64; 4];

enum Touch {
    Apart,
    Inside(Paint),
    Crossed,
}

fn edges(mark: &Mark) -> Edges {
    match mark {
        Mark::Rect { x, y, w, h, .. } => [*x, *y, hundredth(x + w), hundredth(y + h)],
        Mark::Sector { x, y, outer: r, .. } | Mark::Marker { x, y, r, .. } => {
            [x - r, y - r, x + r, y + r].map(hundredth)
        }
        Mark::Line { points, .. } => points.iter().fold(
            [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
            |e, [x, y]| [e[0].min(*x), e[1].min(*y), e[2].max(*x), e[3].max(*y)],
        ),
        Mark::Text(text) => {
            let left = match text.anchor {
                Anchor::Start => text.x,
                Anchor::Middle => text.x - text.w / 2.0,
                Anchor::End => text.x - text.w,
            };
            let floor = |value: f64| (value * 100.0).floor() / 100.0;
            [floor(left), text.y, floor(left) + text.w, text.y + text.size].map(hundredth)
        }
    }
}

fn touch(text: Edges, shape: &Mark) -> Touch {
    let [left, top, right, bottom] = text;
    match shape {
        Mark::Text(_) => Touch::Apart,
        Mark::Rect { fill, .. } => {
            let [l, t, r, b] = edges(shape);
            if !overlap(text, [l, t, r, b], 0.5) {
                Touch::Apart
            } else if left - l > 0.5 && top - t > 0.5 && r - right > 0.5 && b - bottom > 0.5 {
                Touch::Inside(*fill)
            } else {
                Touch::Crossed
            }
        }
        Mark::Sector { .. } => touch_sector(text, shape),
        Mark::Marker { .. } if overlap(text, edges(shape), 0.3) => Touch::Crossed,
        Mark::Marker { .. } => Touch::Apart,
        Mark::Line { points, stroke } => {
            let pad = reach(*stroke) + 0.2;
            let near = [left - pad, top - pad, right + pad, bottom + pad];
            let crossed = points.windows(2).any(|pair| {
                // Close steps along the stroke: crude, but nothing to get wrong.
                let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
                let steps = ((bx - ax).abs().max((by - ay).abs()) / 0.25).ceil().max(1.0) as usize;
                (0..=steps).any(|step| {
                    let part = step as f64 / steps as f64;
                    let (x, y) = (ax + part * (bx - ax), ay + part * (by - ay));
                    x > near[0] && x < near[2] && y > near[1] && y < near[3]
                })
            });
            if crossed { Touch::Crossed } else { Touch::Apart }
        }
    }
}

/// Asks points all over the text, and half a point around it, whether they are in the sector.
fn touch_sector(text: Edges, shape: &Mark) -> Touch {
    let Mark::Sector { x, y, inner, outer, from, to, fill, .. } = shape else {
        return Touch::Apart;
    };
    if !overlap(text, edges(shape), 0.5) {
        return Touch::Apart;
    }
    let [left, top, right, bottom] = text;
    let near = [left - 0.5, top - 0.5, right + 0.5, bottom + 0.5];
    let steps = |low: f64, high: f64| {
        let count = ((high - low) / 0.4).ceil() as usize;
        (0..=count).map(move |step| low + (high - low) * step as f64 / count as f64)
    };
    let turn = std::f64::consts::TAU;
    let in_sector = |px: f64, py: f64| {
        let (dx, dy) = (px - x, y - py);
        let mut angle = dx.atan2(dy) / turn;
        while angle < *from {
            angle += 1.0;
        }
        let distance = (dx * dx + dy * dy).sqrt();
        distance > *inner && distance < *outer && angle < *to
    };
    let (mut hit, mut missed) = (false, false);
    for py in steps(near[1], near[3]) {
        for px in steps(near[0], near[2]) {
            if in_sector(px, py) { hit = true } else { missed = true }
        }
    }
    // A part too thin to be met by any of these points still has its edges.
    let whole = to - from > 0.999_99;
    let on_edge = [*from, *to].into_iter().filter(|_| !whole).any(|angle| {
        steps(*inner, *outer).any(|distance| {
            let px = x + distance * (angle * turn).sin();
            let py = y - distance * (angle * turn).cos();
            px > near[0] && px < near[2] && py > near[1] && py < near[3]
        })
    });
    match (hit || on_edge, missed || on_edge) {
        (false, _) => Touch::Apart,
        (true, false) => Touch::Inside(*fill),
        (true, true) => Touch::Crossed,
    }
}

/// Half the ink of a stroke, without its white casing.
fn reach(stroke: Stroke) -> f64 {
    match stroke {
        Stroke::Grid => 0.25,
        Stroke::Period | Stroke::Leader => 0.25,
        Stroke::Axis => 0.35,
        Stroke::Target | Stroke::Baseline => 0.5,
        Stroke::Line(_) => 0.6,
        Stroke::Highlight => 1.0,
        Stroke::Thin => 0.4,
    }
}

fn overlap(a: Edges, b: Edges, gap: f64) -> bool {
    a[0] < b[2] + gap && b[0] < a[2] + gap && a[1] < b[3] + gap && b[1] < a[3] + gap
}

fn leaves(edges: Edges, drawing: &Drawing, slack: f64) -> bool {
    let [left, top, right, bottom] = edges;
    left < -slack
        || top < -slack
        || right > drawing.width + slack
        || bottom > drawing.height + slack
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn is_hundredth(value: f64) -> bool {
    (value * 100.0 - (value * 100.0).round()).abs() < 1e-6
}
