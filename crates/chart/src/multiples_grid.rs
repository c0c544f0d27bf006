//! Where the panels of small multiples stand, and what they share: scale, names, headings.

use super::area::Area;
use super::band::Band;
use super::canvas::{Canvas, Rank};
use super::header::Header;
use super::label::Label;
use super::lettering::{self, LEADING};
use super::lying::TALLEST;
use super::mark::Anchor;
use super::names::Names;
use super::reference::{self, Reference};
use super::scale::Scale;
use super::table::{Table, unit_text};
use super::upright;
use super::{Frame, small};
use soukatsu_core::model::figure::{Figure, Panel};

/// The narrowest panel, and the most panels beside each other.
const NARROWEST: f64 = 105.0;
const ACROSS: usize = 4;
/// Space between panels across and down.
const GUTTER: f64 = 14.0;
const ROW_GAP: f64 = 11.0;
/// Height of a plot for which the drawing grows, and what is left of it on a full page.
const LOWEST: f64 = 45.0;
const FLATTEST: f64 = 16.0;
/// Space between ticks and plot, heading and plot, plot and names; below a line the sign of its
/// lowest point may hang over.
const GAP: f64 = 3.0;
const BELOW_LINES: f64 = 4.5;

pub(super) struct Grid {
    pub height: f64,
    /// Width of a category in every panel.
    pub slot: f64,
    across: usize,
    categories: usize,
    header: Header,
    headings: Vec<Vec<String>>,
    /// Tops of the plots, a row of panels each, and their common height.
    tops: Vec<f64>,
    plot_height: f64,
    left: f64,
    panel_width: f64,
    names: Option<Names>,
    size: f64,
    /// Space between a plot and its names.
    below: f64,
    band: Band,
}

impl Grid {
    pub fn new(
        table: &Table,
        figure: &Figure,
        frame: &Frame,
        references: &[Reference],
        scale: impl Fn(i64) -> Scale,
    ) -> Grid {
        let (size, width) = (frame.text_size, frame.width);
        let panels = table.columns.len().max(1);
        let categories = table.categories.len().max(1);
        let most = (((width + GUTTER) / (NARROWEST + GUTTER)) as usize).clamp(1, ACROSS);
        // As many rows as that needs, and the panels spread evenly over them.
        let rows = panels.div_ceil(most);
        let across = panels.div_ceil(rows);

        let below = if figure.panel == Panel::Lines { BELOW_LINES } else { GAP };
        let entries: Vec<_> = reference::entries(references).collect();
        let header = |start: &str| {
            let unit = format!("{}{start}", unit_text(&figure.unit));
            Header::new(&unit, None, &entries, width, size)
        };
        let header_space = |header: &Header| match header.height {
            height if height > 0.0 => height + 4.0,
            _ => 0.0,
        };
        let fixed = |head: f64, headings: &[Vec<String>], names: f64| {
            let lines = headings.chunks(across).map(deepest).map(lettering::height);
            let gaps = ROW_GAP * (rows - 1) as f64;
            head + lines.sum::<f64>() * size + rows as f64 * (GAP + below + names) + gaps
        };

        // The scale depends on the height of the plots, which depends on what the widths of
        // its ticks leave for headings and names: guess, then settle.
        let head = header_space(&header(""));
        let one_line = vec![vec![String::new()]; panels];
        let guess = (frame.default_height - fixed(head, &one_line, size)) / rows as f64;
        let scale = scale(((guess.max(LOWEST) / (1.8 * size)) as i64).clamp(2, 4));
        let header = header(&upright::start(&scale));
        let head = header_space(&header);
        let left = (upright::tick_width(&scale, small(size)) + GAP).min(0.35 * width);
        let panel_width = (width - left - 1.0 - GUTTER * (across - 1) as f64) / across as f64;
        let slot = panel_width / categories as f64;
        let heading = |name: &String| lettering::wrap(name, panel_width / size, 2);
        let headings: Vec<Vec<String>> =
            table.columns.iter().map(|column| heading(&column.name)).collect();

        let names = (!table.categories.is_empty()).then(|| {
            // Hardly wider than the panel: beside its lower corner stands a tick.
            let names =
                Names::new(&table.categories, table.led_to, slot, 1.0, panel_width + 2.0, size);
            match names.every {
                1 => names,
                _ => names.or_ends(&table.categories, slot, 1.0),
            }
        });
        let names_height = names.as_ref().map_or(0.0, Names::height);
        let fixed = fixed(head, &headings, names_height);
        let rows_f = rows as f64;
        let room = |height: f64| (height - fixed) / rows_f;
        let plot_height = match room(frame.default_height) {
            enough if enough >= LOWEST => enough,
            _ => LOWEST.min(room(TALLEST)).max(FLATTEST),
        };
        let mut tops = Vec::new();
        let mut y = head;
        for row in 0..rows {
            let row = headings.chunks(across).nth(row).unwrap_or_default();
            y += lettering::height(deepest(row)) * size + GAP;
            tops.push(y);
            y += plot_height + below + names_height + ROW_GAP;
        }
        let mut band = Band { top: 0.0, bottom: plot_height, scale };
        let (low, high) = table.range();
        band.leave_above(high, small(size) + 2.5);
        if low < 0.0 {
            band.leave_below(low, small(size) + 2.5);
        }
        Grid {
            height: (y - ROW_GAP).max(frame.default_height),
            slot,
            across,
            categories,
            header,
            headings,
            tops,
            plot_height,
            left,
            panel_width,
            names,
            size,
            below,
            band,
        }
    }

    pub fn plot(&self, panel: usize) -> Area {
        let left = self.left + (panel % self.across) as f64 * (self.panel_width + GUTTER);
        Area::new(left, self.tops[panel / self.across], self.panel_width, self.plot_height)
    }

    /// The middle of a category.
    pub fn x(&self, panel: usize, category: usize) -> f64 {
        self.plot(panel).left + (category as f64 + 0.5) * self.slot
    }

    pub fn y(&self, panel: usize, value: f64) -> f64 {
        self.tops[panel / self.across] + self.band.y(value)
    }

    /// The line where columns start; a scale without zero has none.
    pub fn axis(&self, panel: usize) -> Option<f64> {
        let scale = &self.band.scale;
        (scale.low() <= 0.0 && scale.high() >= 0.0).then(|| self.y(panel, 0.0))
    }

    /// A value's turn in the reading order: panel by panel, each after its heading.
    pub fn turn(&self, panel: usize, category: usize) -> usize {
        panel * (self.categories + 1) + category + 1
    }

    /// Unit, headings, grid, ticks and names.
    pub fn draw_frame(&self, canvas: &mut Canvas, table: &Table) {
        let size = self.size;
        self.header.draw(canvas, 0.0, None);
        for panel in 0..table.columns.len() {
            let plot = self.plot(panel);
            let row = self.headings.chunks(self.across).nth(panel / self.across);
            let depth = deepest(row.unwrap_or_default());
            // A short heading stands as near to its plot as a long one ends.
            let lines = &self.headings[panel];
            let above = depth - lines.len();
            let top = plot.top - GAP - lettering::height(depth) * size;
            for (index, line) in lines.iter().enumerate() {
                let y = top + (above + index) as f64 * LEADING * size;
                let rank = Rank::Category(self.turn(panel, 0) - 1);
                canvas.text(rank, &Label::new(line, size).bold(), Anchor::Start, plot.left, y);
            }
            self.draw_ticks(canvas, panel);
            if let Some(names) = &self.names {
                let rank = |category: usize| Rank::Category(self.turn(panel, category));
                let top = plot.bottom + self.below;
                names.draw_ranked(canvas, plot.left, self.slot, top, rank);
            }
        }
    }

    /// The grid of a panel, and the texts beside those at the left.
    fn draw_ticks(&self, canvas: &mut Canvas, panel: usize) {
        let size = small(self.size);
        let plot = self.plot(panel);
        let scale = &self.band.scale;
        let pitch = self.band.height() / scale.intervals().max(1) as f64;
        let every = scale.every(size + 1.0, pitch);
        for (value, text) in scale.ticks().into_iter().step_by(every) {
            let y = self.y(panel, value);
            if value != 0.0 {
                canvas.grid([plot.left, y], [plot.right, y]);
            }
            if panel.is_multiple_of(self.across) {
                let label = Label::new(&text, size).muted();
                canvas.text(Rank::Ticks, &label, Anchor::End, plot.left - GAP, y - size / 2.0);
            }
        }
    }
}

fn deepest(headings: &[Vec<String>]) -> usize {
    headings.iter().map(Vec::len).max().unwrap_or(0)
}
