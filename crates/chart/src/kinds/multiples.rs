//! One small chart a series, all on one scale, row by row.

use crate::canvas::area::Area;
use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::table::{SeriesColumn, Table, paint, unit_text};
use crate::frame::cartesian;
use crate::frame::category_names::Names;
use crate::frame::header::Header;
use crate::frame::reference::{self, Reference};
use crate::frame::scale::{Scale, ValueAxis};
use crate::kinds::lines;
use crate::label::candidates::Owner;
use crate::label::values::{self, ValueLabel};
use crate::mark::{Anchor, CellAt, MARKER, Shape, Stroke};
use crate::space::{Frame, SMALLEST, TALLEST, small};
use crate::text_metrics::{self, LEADING};
use soukatsu_core::model::figure::{Figure, Highlight, Panel, is_total};

/// Share of its slot that a column takes, and the widest column in points.
const FILL: f64 = 0.66;
const WIDEST: f64 = 22.0;
/// The paint of all columns that nothing sets apart, and with something highlighted.
const PLAIN: usize = 1;
const PALE: usize = 2;

/// Draws the figure.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let table = Table::of(figure);
    if table.cells().next().is_none() {
        return Canvas::without_data(frame.width, frame.default_height, frame.text_size);
    }
    let references = reference::of(figure);
    let range = match figure.panel {
        Panel::Columns => table.range(),
        Panel::Lines => lines::range(&table),
    };
    let (low, high) = reference::widened(range, &references);
    let whole = table.whole();
    let scale = |most: i64| Scale::covering(low, high, most, whole).spoken(&figure.unit);
    let grid = PanelGrid::new(&table, figure, frame, &references, scale);
    let mut canvas = Canvas::new(frame.width, grid.height);
    grid.draw_frame(&mut canvas, &table);
    let painter = Panels { grid, table: &table, figure, references };
    let panels = 0..table.columns.len();
    let values: Vec<ValueLabel> =
        panels.flat_map(|panel| painter.draw_panel(&mut canvas, panel)).collect();
    painter.set_values(&mut canvas, &values, frame.text_size);
    canvas
}

struct Panels<'a> {
    grid: PanelGrid,
    table: &'a Table,
    figure: &'a Figure,
    references: Vec<Reference>,
}

impl Panels<'_> {
    /// The marks of one series. Gives their numbers.
    fn draw_panel(&self, canvas: &mut Canvas, panel: usize) -> Vec<ValueLabel> {
        let column = &self.table.columns[panel];
        let plot = self.grid.plot(panel);
        let values = match self.figure.panel {
            Panel::Columns => self.draw_columns(canvas, panel, column),
            Panel::Lines => Vec::new(),
        };
        if let Some(y) = self.grid.axis_y(panel) {
            canvas.line(vec![[plot.left, y], [plot.right, y]], Stroke::Axis);
        }
        for line in &self.references {
            let y = self.grid.y(panel, line.value);
            canvas.line(vec![[plot.left, y], [plot.right, y]], line.stroke);
        }
        match self.figure.panel {
            Panel::Columns => values,
            Panel::Lines => self.draw_line(canvas, panel, column),
        }
    }

    fn draw_columns(
        &self,
        canvas: &mut Canvas,
        panel: usize,
        column: &SeriesColumn,
    ) -> Vec<ValueLabel> {
        let base = self.grid.y(panel, 0.0);
        let width = (FILL * self.grid.slot).min(WIDEST);
        let mut values = Vec::new();
        for (category, cell) in column.cells.iter().enumerate() {
            let x = self.grid.x(panel, category);
            let end = cell.as_ref().map_or(base, |cell| self.grid.y(panel, cell.value));
            if let Some(cell) = cell.as_ref().filter(|_| end != base) {
                let (top, bottom) = (end.min(base), end.max(base));
                let area = Area::new(x - width / 2.0, top, width, bottom - top);
                let total = is_total(&self.table.categories[category]);
                let slot = match self.figure.highlight {
                    None if total => 0,
                    None => PLAIN,
                    Some(_) if self.highlighted(cell.at) => 0,
                    Some(_) => PALE,
                };
                canvas.rect(area, paint(slot, cell.unsettled), Some(cell.at));
            }
            let owner = Owner::NearColumnEnd { x, end, base };
            let value = ValueLabel::new(self.grid.turn(panel, category), cell.as_ref(), owner);
            values.push(value.or_sign(column.absent[category]));
        }
        values
    }

    fn draw_line(
        &self,
        canvas: &mut Canvas,
        panel: usize,
        column: &SeriesColumn,
    ) -> Vec<ValueLabel> {
        let point = |category: usize| {
            let cell = column.cells.get(category)?.as_ref()?;
            Some([self.grid.x(panel, category), self.grid.y(panel, cell.value)])
        };
        let points: Vec<Option<[f64; 2]>> = (0..column.cells.len()).map(point).collect();
        let series = column
            .cells
            .iter()
            .flatten()
            .any(|cell| self.figure.highlight == Some(Highlight::Series(cell.at.0)));
        let stroke = match self.figure.highlight {
            _ if series => Stroke::Highlight,
            Some(Highlight::Series(_)) => Stroke::Thin,
            _ => Stroke::Line(0),
        };
        lines::draw_runs(canvas, &points, stroke);
        let plain = MARKER.min(0.3 * self.grid.slot).max(1.0) * 0.85;
        let mut values = Vec::new();
        for (category, (cell, at)) in column.cells.iter().zip(&points).enumerate() {
            let (Some(cell), Some(at)) = (cell, *at) else { continue };
            let lit = self.highlighted(cell.at);
            let faded = self.figure.highlight.is_some() && !lit;
            // An open sign weighs less than a filled one.
            let shape = if faded { Shape::Ring } else { Shape::Disc };
            let r = lines::draw_sign(canvas, at, plain, shape, cell);
            let valley = lines::is_valley(&points, category);
            let owner = Owner::Point { at, r, valley };
            values.push(ValueLabel::new(self.grid.turn(panel, category), Some(cell), owner));
        }
        values
    }

    fn highlighted(&self, at: CellAt) -> bool {
        match self.figure.highlight {
            Some(Highlight::Series(series)) => series == at.0,
            Some(Highlight::Category(row)) => row == at.1,
            None => false,
        }
    }

    /// Whether a cell is of the category that the author highlights.
    fn marked(&self, at: CellAt) -> bool {
        self.figure.highlight == Some(Highlight::Category(at.1))
    }

    /// Sets all numbers where every one of them has room over its mark; else the first and the
    /// last of each panel, and the highlighted and the largest where they have room beside them.
    fn set_values(&self, canvas: &mut Canvas, values: &[ValueLabel], size: f64) {
        let before = canvas.text_count();
        if self.table.widest() * SMALLEST + 2.0 <= self.grid.slot {
            values::set_all(canvas, values, small(size));
        }
        if canvas.text_count() > before {
            return;
        }
        let mut telling = Vec::new();
        for (panel, column) in self.table.columns.iter().enumerate() {
            let cells = || {
                column.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.as_ref()?)))
            };
            let ends = [cells().next(), cells().next_back()].map(|end| end.map(|(at, _)| at));
            // The first of several that are equally large.
            let largest = cells().rev().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
            let lit = cells().find(|(_, cell)| self.marked(cell.at));
            let [lit, largest] = [lit, largest].map(|found| found.map(|(at, _)| at));
            let wanted = [(ends[0], false), (ends[1], false), (lit, true), (largest, true)];
            let mut turns = Vec::new();
            for (category, optional) in wanted {
                let Some(category) = category else { continue };
                let turn = self.grid.turn(panel, category);
                if turns.contains(&turn) {
                    continue;
                }
                turns.push(turn);
                let value = values.iter().find(|value| value.category == turn);
                telling.extend(value.cloned().map(|value| value.optional(optional)));
            }
        }
        values::set_all(canvas, &telling, small(size));
    }
}

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

pub(crate) struct PanelGrid {
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
    axis: ValueAxis,
}

impl PanelGrid {
    pub fn new(
        table: &Table,
        figure: &Figure,
        frame: &Frame,
        references: &[Reference],
        scale: impl Fn(i64) -> Scale,
    ) -> PanelGrid {
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
            let lines = headings.chunks(across).map(deepest).map(text_metrics::height);
            let gaps = ROW_GAP * (rows - 1) as f64;
            head + lines.sum::<f64>() * size + rows as f64 * (GAP + below + names) + gaps
        };

        // The scale depends on the height of the plots, which depends on what the widths of
        // its ticks leave for headings and names: guess, then settle.
        let head = header_space(&header(""));
        let one_line = vec![vec![String::new()]; panels];
        let guess = (frame.default_height - fixed(head, &one_line, size)) / rows as f64;
        let scale = scale(((guess.max(LOWEST) / (1.8 * size)) as i64).clamp(2, 4));
        let header = header(&cartesian::start(&scale));
        let head = header_space(&header);
        let left = (cartesian::tick_width(&scale, small(size)) + GAP).min(0.35 * width);
        let panel_width = (width - left - 1.0 - GUTTER * (across - 1) as f64) / across as f64;
        let slot = panel_width / categories as f64;
        let heading = |name: &String| text_metrics::wrap(name, panel_width / size, 2);
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
            y += text_metrics::height(deepest(row)) * size + GAP;
            tops.push(y);
            y += plot_height + below + names_height + ROW_GAP;
        }
        let mut axis = ValueAxis::vertical(scale, 0.0, plot_height);
        let (low, high) = table.range();
        axis.leave_above(high, small(size) + 2.5);
        if low < 0.0 {
            axis.leave_below(low, small(size) + 2.5);
        }
        PanelGrid {
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
            axis,
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
        self.tops[panel / self.across] + self.axis.position(value)
    }

    /// The line where columns start; a scale without zero has none.
    pub fn axis_y(&self, panel: usize) -> Option<f64> {
        let scale = &self.axis.scale;
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
            let top = plot.top - GAP - text_metrics::height(depth) * size;
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
        let scale = &self.axis.scale;
        let pitch = self.axis.length() / scale.intervals().max(1) as f64;
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
