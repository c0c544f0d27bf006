//! Figures that are drawn otherwise although every text of them is the same.

use std::collections::BTreeSet;

use super::grids::GridChanges;
use super::items::placed;
use crate::model::figure::{Figure, ReferenceLine};
use crate::model::quantity::Quantity;
use crate::model::report::Report;
use crate::problem::Place;

/// The table of the settings among the cells that changed.
const MANIFEST: &str = "report.toml";

/// A figure that is drawn otherwise.
pub(super) struct Manner {
    number: String,
    /// The rows of the new page map on which it stands, and the appendix behind them.
    pub rows: Vec<usize>,
    pub was: String,
    pub is: String,
}

impl Manner {
    /// What the 正誤表 calls it.
    pub fn spot(&self) -> String {
        format!("図{}の表し方", self.number)
    }

    /// The settings of the figure that changed.
    pub fn causes(&self, data: &GridChanges) -> BTreeSet<usize> {
        let name = format!("「{}」", self.number);
        let cells = data.cells.iter().enumerate().filter(|(_, cell)| cell.table == MANIFEST);
        let own = cells
            .filter(|(_, cell)| cell.row.starts_with("figure") && cell.row.contains(name.as_str()));
        own.map(|(index, _)| index).collect()
    }
}

/// The figures that differ and are not `told` already by a text that does.
pub(super) fn manners(old: &Report, new: &Report, told: &BTreeSet<String>) -> Vec<Manner> {
    let differing = new.figures.iter().filter_map(|is| {
        let was = old.figure(&is.number)?;
        let (was, is) = (bare(was), bare(is));
        (was != is && !told.contains(&is.number)).then_some((was, is))
    });
    differing
        .filter_map(|(was, is)| {
            let mut rows = rows(new, &is.number);
            if is.table && !rows.is_empty() {
                rows.push(new.pages.len());
            }
            let aspects = aspects(&was, &is).join("、");
            (!rows.is_empty()).then(|| Manner {
                number: is.number,
                rows,
                was: "（前の図）".to_owned(),
                is: format!("（{aspects}を改めた図。差し替えたページのとおり）"),
            })
        })
        .collect()
}

/// The rows of the page map that place a figure.
fn rows(report: &Report, number: &str) -> Vec<usize> {
    let places = |row: &usize| {
        let prose = report.pages[*row].prose.and_then(|index| report.prose.get(index));
        let calls = prose.into_iter().flat_map(|prose| &prose.calls);
        calls.flat_map(|call| placed(report, call)).any(|figure| figure.number == number)
    };
    (0..report.pages.len()).filter(places).collect()
}

/// The figure without what is never seen: where its parts stand in the files, and its
/// alternative text, which is an item of its own.
fn bare(figure: &Figure) -> Figure {
    let mut figure = Figure { place: Place::file(""), alt: None, ..figure.clone() };
    for value in figure.data.series.iter_mut().flat_map(|series| &mut series.values).flatten() {
        value.place = Place::file("");
    }
    figure
}

/// What differs, in the words of those who read the report.
fn aspects(was: &Figure, is: &Figure) -> Vec<&'static str> {
    let exact = |line: &Option<ReferenceLine>| line.as_ref().map(|line| line.value);
    let values = |figure: &Figure| -> Vec<Vec<Option<Quantity>>> {
        figure.data.series.iter().map(|series| series.values.clone()).collect()
    };
    let size = |figure: &Figure| (figure.width, figure.height_mm);
    let order = |figure: &Figure| {
        let series = figure.data.series.iter().map(|series| series.name.clone());
        (figure.order, figure.data.categories.clone(), series.collect::<Vec<_>>())
    };
    let lines = [(&was.target, &is.target), (&was.baseline, &is.baseline)];
    let known: Vec<&'static str> = [
        (was.kind != is.kind || was.panel != is.panel, "図の種類"),
        (order(was) != order(is), "並び順"),
        (was.highlight != is.highlight, "強調する所"),
        (was.annotations != is.annotations, "注記の位置"),
        (was.data.unsettled != is.data.unsettled, "速報値・仮データの印"),
        (was.line_series != is.line_series, "折れ線にする系列"),
        (size(was) != size(is), "大きさ"),
        (lines.iter().any(|(was, is)| exact(was) != exact(is)), "目標・基準の線"),
        (order(was) == order(is) && values(was) != values(is), "値の描き方"),
    ]
    .into_iter()
    .filter_map(|(differs, what)| differs.then_some(what))
    .collect();
    if known.is_empty() { vec!["表し方"] } else { known }
}
