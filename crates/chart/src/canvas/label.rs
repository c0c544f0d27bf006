//! A line of text that looks for its place.

use crate::canvas::area::Area;
use crate::mark::{Anchor, Weight};
use crate::text_metrics;

/// A line of text that has no place yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label<'a> {
    pub text: &'a str,
    pub size: f64,
    pub weight: Weight,
    pub muted: bool,
}

impl<'a> Label<'a> {
    pub fn new(text: &'a str, size: f64) -> Label<'a> {
        Label { text, size, weight: Weight::Regular, muted: false }
    }

    pub fn muted(self) -> Label<'a> {
        Label { muted: true, ..self }
    }

    pub fn bold(self) -> Label<'a> {
        Label { weight: Weight::Bold, ..self }
    }

    pub fn bold_if(self, bold: bool) -> Label<'a> {
        if bold { self.bold() } else { self }
    }

    pub fn width(&self) -> f64 {
        text_metrics::width(self.text) * self.size
    }

    /// The box whose anchor is at `x` and whose top is at `top`.
    pub fn area(&self, anchor: Anchor, x: f64, top: f64) -> Area {
        let w = self.width();
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - w / 2.0,
            Anchor::End => x - w,
        };
        Area::new(left, top, w, self.size)
    }
}
