//! Bars and columns: side by side, stacked, as shares of 100, ranked, and columns with a line
//! above them.

use crate::canvas::label::Label;
use crate::canvas::{Canvas, Rank};
use crate::data::stack::{NEGLIGIBLE, Segment};
use crate::data::table::{Datum, SeriesColumn, Table, unit_text};
use crate::frame::cartesian::{Cartesian, Spec};
use crate::frame::horizontal::{self, Rows};
use crate::frame::legend::LegendEntry;
use crate::frame::periods;
use crate::frame::reference::{self, Reference};
use crate::frame::scale::ValueAxis;
use crate::frame::vertical::{self, LineSpec};
use crate::kinds::lines;
use crate::label::candidates::Owner;
use crate::label::notes::Notes;
use crate::label::side::{self, SideLabel};
use crate::label::strategy::{NamePlace, ReferencePlace, Strategy};
use crate::label::values::{self, ValueLabel};
use crate::mark::Anchor;
use crate::space::{Frame, Orientation, SMALLEST, small};
use crate::text_metrics;
use soukatsu_core::model::figure::{ChartKind, Figure};

/// Share of its slot that a lone column takes, and the widest column in points.
const FILL: f64 = 0.6;
const WIDEST: f64 = 36.0;
/// Share of its slot that a stack may take.
const COLUMN: f64 = 0.8;
/// Share of the width that names beside the last stack may take, and how far one may be moved
/// from the middle of its part, in ems.
const NAMES: f64 = 0.22;
const NEAR: f64 = 0.4;

/// How the values of one category stand together.
#[derive(Clone, Copy, PartialEq)]
enum Stacking {
    SideBySide,
    Stacked,
    Percent,
}

/// What is drawn.
struct Bars<'a> {
    figure: &'a Figure,
    table: Table,
    references: Vec<Reference>,
    orientation: Orientation,
    stacking: Stacking,
}

/// Draws all kinds of bars and columns.
pub(crate) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    let bars = Bars::of(figure);
    // Beside a chart with a line stands the line's scale, beside horizontal bars their numbers:
    // then there is no room for labels.
    let lone = bars.table.line.is_none();
    let named = lone && bars.is_stacked() && bars.table.columns.len() > 1;
    Strategy::tries(named, lone && bars.orientation == Orientation::Vertical)
        .find_map(|strategy| bars.attempt(frame, strategy))
        .unwrap_or_else(|| Canvas::new(frame.width, frame.default_height))
}

impl Bars<'_> {
    fn of(figure: &Figure) -> Bars<'_> {
        let table = Table::of(figure);
        let stacking = match figure.kind {
            ChartKind::PercentColumns | ChartKind::PercentBars => Stacking::Percent,
            ChartKind::StackedColumns | ChartKind::StackedBars => Stacking::Stacked,
            ChartKind::ColumnsAndLine if figure.stacked && table.columns.len() > 1 => {
                Stacking::Stacked
            }
            _ => Stacking::SideBySide,
        };
        let orientation = match figure.kind {
            ChartKind::Columns
            | ChartKind::StackedColumns
            | ChartKind::PercentColumns
            | ChartKind::ColumnsAndLine => Orientation::Vertical,
            _ => Orientation::Horizontal,
        };
        Bars { figure, table, references: reference::of(figure), orientation, stacking }
    }

    fn is_stacked(&self) -> bool {
        self.stacking != Stacking::SideBySide
    }

    fn is_percent(&self) -> bool {
        self.stacking == Stacking::Percent
    }

    /// One try with labels in the given places; `None` when they do not fit there.
    fn attempt(&self, frame: &Frame, strategy: Strategy) -> Option<Canvas> {
        let (table, size) = (&self.table, frame.text_size);
        let range = match self.stacking {
            Stacking::Percent => table.percent_range(),
            Stacking::Stacked => table.stacked_range(),
            Stacking::SideBySide => table.range(),
        };
        let (low, high) = reference::widened(range, &self.references);
        let (periods, foot) = match self.orientation {
            Orientation::Vertical => periods::of(self.figure, table),
            Orientation::Horizontal => (Vec::new(), periods::in_words(self.figure)),
        };
        let notes = Notes::new(self.figure, table, strategy.notes, self.is_stacked(), size);
        let notes = notes.with_foot(foot);
        let spec = Spec {
            unit: unit_text(if self.is_percent() { "%" } else { &self.figure.unit }),
            plain_unit: &self.figure.unit,
            categories: &table.categories,
            led_to: table.led_to,
            entries: self.entries(strategy),
            low,
            high,
            whole: table.whole() && !self.is_percent(),
            stacked: self.is_stacked(),
            notes: &notes,
        };
        let named = strategy.names == NamePlace::Direct;
        let (mut drawn, values) = match self.orientation {
            Orientation::Vertical => {
                let options = vertical::Options {
                    side: self.margin(frame, strategy),
                    after_last: 0.0,
                    labelled: if self.is_percent() { (0.0, 0.0) } else { range },
                    widest: table.widest(),
                    line: self.line_spec(),
                    below: 0.0,
                    periods: &periods,
                };
                let mut drawn = vertical::frame(frame, &spec, &options);
                let values = self.draw_columns(&mut drawn);
                (drawn, values)
            }
            Orientation::Horizontal => {
                let (before, after) = self.number_widths(size);
                let options = horizontal::Options {
                    // One bar a row carries its number: a scale would say the same again.
                    ticked: self.is_stacked() || table.columns.len() > 1,
                    before,
                    after,
                    per_row: if self.is_stacked() { 1 } else { table.columns.len() },
                    labelled: !self.references.is_empty()
                        && strategy.references == ReferencePlace::Inside,
                    named: self.last_name(size).filter(|_| named),
                };
                let crowded = |axis: &ValueAxis| self.crowded(axis);
                let (mut drawn, rows) = horizontal::frame(frame, &spec, &options, crowded);
                if named && !self.name_above(&mut drawn, rows.names_top) {
                    return None;
                }
                let values = self.draw_rows(&mut drawn, &rows);
                (drawn, values)
            }
        };
        drawn.draw_axis();
        drawn.draw_references(&self.references, strategy.references);
        if let Some(line) = &table.line {
            lines::draw_line(&mut drawn, line);
        }
        let beside = named && self.orientation == Orientation::Vertical;
        if beside && !self.name_beside(&mut drawn) {
            return None;
        }
        match self.is_stacked() {
            true => values::set_parts(&mut drawn.canvas, &values, small(size)),
            false => values::set_all(&mut drawn.canvas, &values, size),
        }
        if let Some(line) = &table.line {
            let values = lines::point_values(&drawn, line);
            values::set_all(&mut drawn.canvas, &values, size);
        }
        let line_cells = table.line.iter().flat_map(|line| line.cells.iter().flatten());
        if table.cells().chain(line_cells).next().is_none() {
            drawn.say_empty();
        }
        let labelled = drawn.label_references(&self.references, strategy.references);
        (labelled && notes.draw_inside(&mut drawn.canvas, self.orientation)).then_some(drawn.canvas)
    }

    /// Legend entries: needed as soon as there is more than one thing to tell apart.
    fn entries(&self, strategy: Strategy) -> Vec<LegendEntry> {
        let table = &self.table;
        let several = table.columns.len() > 1 || table.line.is_some();
        let several = several && strategy.names == NamePlace::Legend;
        let mut entries: Vec<LegendEntry> =
            table.columns.iter().filter(|_| several).map(LegendEntry::bars).collect();
        entries.extend(table.line.iter().map(|line| {
            let entry = LegendEntry::line(line);
            LegendEntry { name: format!("{}（右目盛）", entry.name), ..entry }
        }));
        entries.extend(LegendEntry::unsettled(self.figure, table));
        if strategy.references == ReferencePlace::Legend {
            entries.extend(reference::entries(&self.references));
        }
        entries
    }

    /// Draws bars side by side, `group` points wide in all, or stacked. Gives their numbers.
    fn draw_bars(
        &self,
        drawn: &mut Cartesian,
        group: f64,
        thickness: f64,
        headroom: f64,
    ) -> Vec<ValueLabel> {
        let base = drawn.values.position(0.0);
        (0..self.table.categories.len())
            .flat_map(|category| match self.is_stacked() {
                true => self.draw_stack(drawn, category, base, thickness, headroom),
                false => self.draw_group(drawn, category, base, group, thickness),
            })
            .collect()
    }

    fn draw_group(
        &self,
        drawn: &mut Cartesian,
        category: usize,
        base: f64,
        group: f64,
        thickness: f64,
    ) -> Vec<ValueLabel> {
        let start = drawn.categories.middle(category) - group / 2.0;
        let orientation = self.orientation;
        let bars = self.table.row(category).enumerate().map(|(index, (column, cell))| {
            let middle = start + (index as f64 + 0.5) * thickness;
            let end = cell.map_or(base, |cell| drawn.values.position(cell.value));
            if end != base {
                let area = drawn.bar(middle, thickness, base, end);
                let paint = self.table.paint(column, category);
                drawn.canvas.rect(area, paint, cell.map(|cell| cell.at));
            }
            let owner = Owner::BarEnd { orientation, middle, end, base };
            let value = ValueLabel::new(category, cell, owner).or_sign(column.absent[category]);
            value.bold_if(self.table.stands_out(category))
        });
        bars.collect()
    }

    /// One stack, negative values on the other side of zero; for percent it fills the scale.
    fn draw_stack(
        &self,
        drawn: &mut Cartesian,
        category: usize,
        base: f64,
        thickness: f64,
        headroom: f64,
    ) -> Vec<ValueLabel> {
        let orientation = self.orientation;
        let middle = drawn.categories.middle(category);
        let mut end = base;
        let mut values = Vec::new();
        for segment in self.table.segments(category, self.is_percent()) {
            let from = drawn.values.position(segment.from);
            let to = drawn.values.position(segment.to);
            end = drawn.further(end, drawn.further(from, to));
            if from == to {
                continue;
            }
            let area = drawn.bar(middle, thickness, from, to);
            drawn.canvas.rect(area, segment.paint(), Some(segment.cell.at));
            let negligible = self.is_percent() && segment.to - segment.from < NEGLIGIBLE;
            let owner = Owner::Segment { orientation, area, headroom };
            let value = ValueLabel::new(category, Some(segment.cell), owner).optional(negligible);
            values.push(value.bold_if(self.table.stands_out(category)));
        }
        if let Some(text) = self.no_share(category) {
            let room = match orientation {
                Orientation::Vertical => drawn.categories.pitch,
                Orientation::Horizontal => f64::INFINITY,
            };
            let whole = format!("合計{text}");
            let fits = text_metrics::width(&whole) * small(drawn.size) <= room;
            let text = if fits { whole } else { text };
            let owner = Owner::BarEnd { orientation, middle, end, base };
            values.push(ValueLabel {
                text,
                muted: false,
                ..ValueLabel::new(category, None, owner)
            });
        } else if self.is_percent() && self.table.row(category).all(|(_, cell)| cell.is_none()) {
            let owner = Owner::BarEnd { orientation, middle, end, base };
            values.push(ValueLabel::new(category, None, owner));
        }
        // Under a line, a sum could be taken for a number of the line.
        let line = &self.table.line;
        if let (false, None, Some(total)) = (self.is_percent(), line, self.table.total(category)) {
            let owner = Owner::BarEnd { orientation, middle, end, base };
            values.push(ValueLabel::new(category, Some(&total), owner).bold_if(true));
        }
        values
    }
}

impl Bars<'_> {
    /// The zero, with its unit, of which the parts of a category are no shares: there is data, and
    /// nothing to draw of it.
    fn no_share(&self, category: usize) -> Option<String> {
        let cells = || self.table.row(category).filter_map(|(_, cell)| cell);
        let first = cells().next().filter(|_| self.is_percent())?;
        let unit = if self.figure.is_in_percent() { self.figure.unit.trim() } else { "" };
        cells().all(|cell| cell.value == 0.0).then(|| format!("{}{unit}", first.text))
    }
}

/// Vertical bars: columns.
impl Bars<'_> {
    /// Points to keep free beside the plot.
    fn margin(&self, frame: &Frame, strategy: Strategy) -> f64 {
        match (strategy.names, strategy.references) {
            (NamePlace::Direct, _) => {
                let em = NAMES * frame.width / small(frame.text_size);
                side::names_width(&self.table.columns, em, small(frame.text_size)) + 4.0
            }
            (_, ReferencePlace::Margin) => reference::margin(&self.references, frame),
            _ => 0.0,
        }
    }

    fn line_spec(&self) -> Option<LineSpec> {
        let line = self.table.line.as_ref()?;
        let cells = || line.cells.iter().flatten();
        Some(LineSpec {
            unit: unit_text(&self.figure.line_unit),
            low: cells().map(|cell| cell.value).fold(0.0, f64::min),
            high: cells().map(|cell| cell.value).fold(0.0, f64::max),
            whole: cells().all(|cell| cell.exact.fract().is_zero()),
        })
    }

    fn draw_columns(&self, drawn: &mut Cartesian) -> Vec<ValueLabel> {
        let slot = drawn.categories.pitch;
        let widest = self.table.widest() * drawn.size;
        if self.is_stacked() {
            let width = (widest + 4.0).clamp(FILL * slot, COLUMN * slot).min(WIDEST);
            return self.draw_bars(drawn, width, width, 0.0);
        }
        // As wide as the numbers need, if the slot has that much; never a wall of columns.
        let count = self.table.columns.len().max(1) as f64;
        let wanted = if count > 1.0 { (widest + 3.0) * count } else { 0.0 };
        let group = wanted.clamp(FILL * slot, 0.86 * slot).min(WIDEST * count);
        self.draw_bars(drawn, group, group / count, 0.0)
    }

    /// Names the parts of the last stack beside it; `false` where that would not be clear, or
    /// the numbers would no longer fit into the columns.
    fn name_beside(&self, drawn: &mut Cartesian) -> bool {
        let table = &self.table;
        let room = COLUMN * drawn.categories.pitch;
        let Some(last) = table.categories.len().checked_sub(1) else { return false };
        let segments = table.segments(last, self.is_percent());
        if segments.len() < table.columns.len() || table.widest() * SMALLEST + 2.0 > room {
            return false;
        }
        let em = NAMES * drawn.canvas.width / small(drawn.size);
        let y = |value: f64| drawn.values.position(value);
        let high = |part: &Segment| (y(part.from) - y(part.to)).abs() >= 0.7 * drawn.size;
        if !segments.iter().all(high) {
            return false;
        }
        let label = |(column, part): (&SeriesColumn, &Segment)| {
            SideLabel::new(&column.name, y((part.from + part.to) / 2.0), em)
        };
        let labels = table.columns.iter().zip(&segments).map(label).collect();
        let x = drawn.plot.right + 1.0;
        drawn.set_beside(labels, Rank::Legend, x, NEAR)
    }
}

/// Horizontal bars.
impl Bars<'_> {
    fn draw_rows(&self, drawn: &mut Cartesian, rows: &Rows) -> Vec<ValueLabel> {
        let group = rows.thickness * self.table.columns.len() as f64;
        self.draw_bars(drawn, group, rows.thickness, rows.headroom)
    }

    /// The middle of the last part of the first row on the scale, and the width of its name.
    fn last_name(&self, size: f64) -> Option<(f64, f64)> {
        self.table.categories.first()?;
        let part = self.table.segments(0, self.is_percent()).pop()?;
        let name = &self.table.columns.last()?.name;
        Some(((part.from + part.to) / 2.0, text_metrics::width(name) * size))
    }

    /// Names the parts of the first row above it; `false` where a name is wider than its part.
    fn name_above(&self, drawn: &mut Cartesian, top: f64) -> bool {
        let table = &self.table;
        let segments = match table.categories.is_empty() {
            true => Vec::new(),
            false => table.segments(0, self.is_percent()),
        };
        !segments.is_empty()
            && segments.len() == table.columns.len()
            && table.columns.iter().zip(&segments).all(|(column, part)| {
                let (from, to) = (drawn.values.position(part.from), drawn.values.position(part.to));
                let label = Label::new(&column.name, drawn.size);
                let fits = label.width() + 3.0 <= (to - from).abs() && !column.name.is_empty();
                if fits {
                    let middle = (from + to) / 2.0;
                    drawn.canvas.text(Rank::Legend, &label, Anchor::Middle, middle, top);
                }
                fits
            })
    }

    /// Points that numbers need beyond the ends of negative and of positive bars.
    fn number_widths(&self, size: f64) -> (f64, f64) {
        let table = &self.table;
        let number = |cell: &Datum| text_metrics::width(&cell.text) * size + 4.0;
        let widest = |negative: bool| {
            let cells = table.cells().filter(|cell| (cell.value < 0.0) == negative);
            cells.map(number).fold(0.0, f64::max)
        };
        match self.stacking {
            Stacking::Percent => (0.0, 0.0),
            Stacking::Stacked => {
                let totals = (0..table.categories.len()).filter_map(|row| table.total(row));
                (0.0, totals.map(|cell| number(&cell)).fold(0.0, f64::max))
            }
            Stacking::SideBySide => (widest(true), widest(false)),
        }
    }

    /// Whether a segment that needs its number is too narrow for it.
    fn crowded(&self, axis: &ValueAxis) -> bool {
        let rows = 0..self.table.categories.len();
        rows.flat_map(|row| self.table.segments(row, self.is_percent())).any(|part| {
            let width = (axis.position(part.to) - axis.position(part.from)).abs();
            let needed = text_metrics::width(&part.cell.text) * SMALLEST + 2.0;
            let matters = !self.is_percent() || part.to - part.from >= NEGLIGIBLE;
            matters && width > 0.0 && width < needed
        })
    }
}
