//! Labels beside a plot, one under the other, each at the height of what it names.

use crate::canvas::area::Area;
use crate::canvas::hit_test::Backdrop;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::SeriesColumn;
use crate::label::declutter::{Block, declutter};
use crate::mark::Anchor;
use crate::text_metrics::{self, LEADING};

/// Lines of one label stand closer together than labels do.
const CLOSE: f64 = 0.4;

/// Sets labels beside a plot, one under the other with their left edges at `x`, each at most
/// `far` ems from its height; `false` when there is no room.
pub(crate) fn set_beside(
    canvas: &mut Canvas,
    plot: &Area,
    size: f64,
    mut labels: Vec<SideLabel>,
    rank: Rank,
    x: f64,
    far: f64,
) -> bool {
    let (top, bottom) = (plot.top - size / 2.0, plot.bottom + size / 2.0);
    if !move_apart(&mut labels, size, far, top, bottom) {
        return false;
    }
    for label in &labels {
        for (top, line) in label.line_tops(size) {
            let line = Label::new(line, size);
            let place = line.area(Anchor::Start, x, top);
            // A number of the last column may reach over.
            if canvas.backdrop(&place.grown(-CLOSE)) != Backdrop::Paper {
                return false;
            }
            canvas.text(rank, &line, Anchor::Start, x, top);
        }
    }
    true
}

/// Width of the widest of these names in points, when they stand beside a chart and none may be
/// wider than `em`.
pub(crate) fn names_width(columns: &[SeriesColumn], em: f64, size: f64) -> f64 {
    let label = |column: &SeriesColumn| SideLabel::new(&column.name, 0.0, em);
    let widths = columns.iter().map(|column| text_metrics::widest(&label(column).lines));
    widths.fold(0.0, f64::max) * size
}

/// A block of lines that stands beside the chart at the height of something in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SideLabel {
    pub lines: Vec<String>,
    /// The height it belongs to.
    y: f64,
    /// Where it came to stand: the top of its first line.
    top: f64,
}

impl SideLabel {
    pub fn new(text: &str, y: f64, em: f64) -> SideLabel {
        SideLabel { lines: text_metrics::wrap(text, em, 3), y, top: 0.0 }
    }

    fn height(&self, size: f64) -> f64 {
        text_metrics::height(self.lines.len()) * size
    }

    /// Tops of the lines.
    fn line_tops(&self, size: f64) -> impl Iterator<Item = (f64, &String)> {
        let line_top = move |index: usize| self.top + index as f64 * LEADING * size;
        self.lines.iter().enumerate().map(move |(index, line)| (line_top(index), line))
    }
}

/// Moves labels apart between `top` and `bottom`, each as near to its height as possible.
///
/// `false` when there is no room, or a label would end up too far away to be understood.
fn move_apart(labels: &mut [SideLabel], size: f64, far: f64, top: f64, bottom: f64) -> bool {
    let block = |label: &SideLabel| Block { middle: label.y, height: label.height(size) };
    let blocks: Vec<Block> = labels.iter().map(block).collect();
    let Some(tops) = declutter(&blocks, top, bottom) else { return false };
    for (label, top) in labels.iter_mut().zip(tops) {
        label.top = top;
    }
    let near = |label: &SideLabel| {
        let middle = label.top + label.height(size) / 2.0;
        (middle - label.y).abs() <= far * size
    };
    labels.iter().all(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_at_one_height_are_moved_apart() {
        let mut labels = [SideLabel::new("甲", 50.0, 10.0), SideLabel::new("乙", 51.0, 10.0)];
        assert!(move_apart(&mut labels, 8.0, 1.1, 0.0, 100.0));
        assert!(labels[1].top - labels[0].top >= 10.0);
    }

    #[test]
    fn labels_without_room_are_refused() {
        let mut labels = [SideLabel::new("甲", 5.0, 10.0), SideLabel::new("乙", 5.0, 10.0)];
        assert!(!move_apart(&mut labels, 8.0, 1.1, 0.0, 12.0));
    }
}
