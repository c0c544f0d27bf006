//! The first time against the last: one line for every item, its values written at both ends.

use super::Frame;
use super::canvas::Canvas;
use super::lines::{AROUND, MARKER};
use super::mark::{Shape, Stroke};
use super::slope_plan::{self, Plan};
use super::table::{Cell, SLOTS, Table, unit_text};
use soukatsu_core::model::figure::{Figure, Highlight, Order, is_total};

/// Draws the figure.
pub(super) fn draw(figure: &Figure, frame: &Frame) -> Canvas {
    // Years stay in the order of time, whatever order the author wants.
    let table = Table::of(&Figure { order: Order::Data, ..figure.clone() });
    let slope = Slope::of(&table, figure);
    if slope.items.is_empty() {
        return Canvas::without_data(frame.width, frame.default_height, frame.text_size);
    }
    let plan = slope_plan::plan(&slope, frame);
    let mut canvas = Canvas::new(frame.width, plan.height);
    plan.draw_frame(&mut canvas, &slope);
    // What is highlighted lies above everything else.
    for highlighted in [false, true] {
        for item in slope.items.iter().filter(|item| item.highlighted == highlighted) {
            draw_item(&mut canvas, &plan, item, slope.radius());
        }
    }
    plan.draw_leaders(&mut canvas, slope.radius() + AROUND);
    plan.draw_labels(&mut canvas, &slope);
    canvas
}

/// What goes from one value to another.
pub(super) struct Item<'a> {
    pub name: &'a str,
    /// At the first and at the last time.
    pub ends: [Option<&'a Cell>; 2],
    pub highlighted: bool,
    stroke: Stroke,
    shape: Shape,
}

pub(super) struct Slope<'a> {
    /// Names of the times; where all values are of one time, only the last.
    pub times: [Option<&'a str>; 2],
    pub items: Vec<Item<'a>>,
    pub unit: String,
}

impl Item<'_> {
    pub fn bold(&self) -> bool {
        self.highlighted || is_total(self.name)
    }

    /// How far its value moves; without a limit when one of its values is missing.
    pub fn change(&self) -> f64 {
        match self.ends {
            [Some(first), Some(last)] => (last.value - first.value).abs(),
            _ => f64::INFINITY,
        }
    }
}

impl<'a> Slope<'a> {
    /// Years as categories are the times, and the series the items; else the other way round.
    fn of(table: &'a Table, figure: &Figure) -> Slope<'a> {
        let (rows, columns) = (table.categories.len(), table.columns.len());
        let cell = |row: usize, column: usize| table.columns[column].cells[row].as_ref();
        let years = figure.data.has_years_down();
        let times = if years { rows } else { columns };
        let of_item = |item: usize, time: usize| match years {
            true => cell(time, item),
            false => cell(item, time),
        };
        let count = if years { columns } else { rows };
        // A year that has no value yet is no end.
        let valued = |time: &usize| (0..count).any(|item| of_item(item, *time).is_some());
        let first = (0..times).find(valued);
        let last = (0..times).rev().find(valued);
        let first = first.filter(|first| Some(*first) != last);
        let name_of_time = |time: usize| match years {
            true => table.categories[time].as_str(),
            false => table.columns[time].name.as_str(),
        };
        let mut items: Vec<Item> = (0..count)
            .map(|item| Item {
                name: match years {
                    true => &table.columns[item].name,
                    false => &table.categories[item],
                },
                ends: [first, last].map(|time| of_item(item, time?)),
                highlighted: false,
                stroke: Stroke::Thin,
                shape: Shape::Disc,
            })
            .filter(|item| item.ends.iter().any(Option::is_some))
            .collect();
        for item in &mut items {
            item.highlighted = item.ends.iter().flatten().any(|cell| match figure.highlight {
                Some(Highlight::Series(series)) => years && series == cell.at.0,
                Some(Highlight::Category(row)) => !years && row == cell.at.1,
                None => false,
            });
        }
        let highlighting = items.iter().any(|item| item.highlighted);
        let many = items.len() > SLOTS;
        for (index, item) in items.iter_mut().enumerate() {
            (item.stroke, item.shape) = match (highlighting, item.highlighted) {
                (true, true) => (Stroke::Highlight, Shape::Disc),
                // An open sign weighs less than a filled one.
                (true, false) => (Stroke::Thin, Shape::Ring),
                // More than there are dashes: their labels tell them apart.
                (false, _) if many => (Stroke::Thin, Shape::Disc),
                (false, _) => (Stroke::Line(index), Shape::of(index)),
            };
        }
        let times = [first, last].map(|time| time.map(name_of_time));
        Slope { times, items, unit: unit_text(&figure.unit) }
    }

    /// Radius of the signs; smaller where they are many.
    pub fn radius(&self) -> f64 {
        if self.items.len() > 2 * SLOTS { 0.75 * MARKER } else { MARKER }
    }

    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.items.iter().flat_map(|item| item.ends).flatten().map(|cell| cell.value)
    }
}

fn draw_item(canvas: &mut Canvas, plan: &Plan, item: &Item, r: f64) {
    let end = |side: usize| item.ends[side].map(|cell| [plan.x[side], plan.y(cell.value)]);
    canvas.line([0, 1].into_iter().filter_map(end).collect(), item.stroke);
    for side in [0, 1] {
        let (Some(at), Some(cell)) = (end(side), item.ends[side]) else { continue };
        canvas.marker(at, r, item.shape, Some(cell.at));
        if cell.unsettled {
            canvas.marker(at, r + AROUND, Shape::Around, None);
        }
    }
}
