//! Periods that the author marks over a vertical chart: a bracket with its name, and the edges
//! of the period down to the axis.

use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::Table;
use crate::mark::{Anchor, Stroke};
use crate::space::small;
use crate::text_metrics::{self, clean};
use soukatsu_core::model::figure::{Annotation, Figure};

/// A stretch of categories as they are drawn, both ends included.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Period {
    from: usize,
    to: usize,
    text: String,
}

/// The periods of a figure in the places where they are drawn, and what has none there: with
/// its categories in another order, a period is no stretch any more.
pub(crate) fn of(figure: &Figure, table: &Table) -> (Vec<Period>, Vec<String>) {
    let (mut periods, mut elsewhere) = (Vec::new(), Vec::new());
    for annotation in &figure.annotations {
        let Annotation::Period { from, to, text } = annotation else { continue };
        let at = |row: &usize| table.rows.iter().position(|own| own == row);
        match (at(from), at(to)) {
            (Some(start), Some(end))
                if to.checked_sub(*from) == end.checked_sub(start) && end >= start =>
            {
                periods.push(Period { from: start, to: end, text: clean(text) });
            }
            _ => elsewhere.extend(period_in_words(figure, annotation)),
        }
    }
    (periods, elsewhere)
}

/// All periods in words, for charts that have no place to draw them.
pub(crate) fn in_words(figure: &Figure) -> Vec<String> {
    figure.annotations.iter().filter_map(|annotation| period_in_words(figure, annotation)).collect()
}

fn period_in_words(figure: &Figure, annotation: &Annotation) -> Option<String> {
    let Annotation::Period { from, to, text } = annotation else { return None };
    let name = |row: &usize| figure.data.categories.get(*row).map(|name| clean(name));
    let (first, last) = (name(from)?, name(to)?);
    let span = if from == to { first } else { format!("{first}から{last}まで") };
    Some(format!("{span}：{}", clean(text)))
}

/// Periods with their places: rows of brackets above the plot.
pub(crate) struct Brackets {
    placed: Vec<Placed>,
    rows: usize,
    size: f64,
}

struct Placed {
    left: f64,
    right: f64,
    /// Left edge and text of the name.
    name: (f64, String),
    row: usize,
}

/// Space between a name and its bracket.
const GAP: f64 = 2.0;

impl Brackets {
    /// For slots of `slot` points from `left` on, on a page of `width` points.
    pub fn new(periods: &[Period], left: f64, slot: f64, width: f64, size: f64) -> Brackets {
        let size = small(size);
        let mut brackets = Brackets { placed: Vec::new(), rows: 0, size };
        for period in periods {
            let (start, end) =
                (left + period.from as f64 * slot, left + (period.to + 1) as f64 * slot);
            let text = text_metrics::truncated(&period.text, width / size);
            let w = text_metrics::width(&text) * size;
            let name = ((start + end - w) / 2.0).min(width - w).max(0.0);
            let free = |row: &usize| {
                let mut others = brackets.placed.iter().filter(|other| other.row == *row);
                others.all(|other| {
                    let (from, to) = other.name_span(size);
                    let names = name >= to + size || name + w + size <= from;
                    names && (start >= other.right - 0.01 || end <= other.left + 0.01)
                })
            };
            let row = (0..=brackets.rows).find(free).unwrap_or(brackets.rows);
            brackets.rows = brackets.rows.max(row + 1);
            brackets.placed.push(Placed { left: start, right: end, name: (name, text), row });
        }
        brackets
    }

    fn pitch(&self) -> f64 {
        self.size + GAP + 3.0
    }

    /// Height of all rows in points.
    pub fn height(&self) -> f64 {
        self.rows as f64 * self.pitch()
    }

    /// Draws the rows from `top` on, and the edges down to `bottom`.
    pub fn draw(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        for period in &self.placed {
            let row_top = top + period.row as f64 * self.pitch();
            let y = row_top + self.size + GAP;
            let (x, text) = &period.name;
            canvas.text(Rank::Notes, &Label::new(text, self.size), Anchor::Start, *x, row_top);
            let (left, right) = (period.left + 1.0, period.right - 1.0);
            canvas.scale_line([left, y], [right, y], Stroke::Period);
            for x in [left, right] {
                canvas.scale_line([x, y], [x, bottom], Stroke::Period);
            }
        }
    }
}

impl Placed {
    fn name_span(&self, size: f64) -> (f64, f64) {
        let (left, text) = &self.name;
        (*left, left + text_metrics::width(text) * size)
    }
}
