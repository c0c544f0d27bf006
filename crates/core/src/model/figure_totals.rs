//! The totals among the columns and rows of a figure, and what of it is drawn without them.

use super::figure::{Annotation, ChartKind, Figure, FigureData, Highlight, Series};
use super::totals::{Line, Standing, Totals, is_total, standings};

impl FigureData {
    /// Its columns with these indices, as lines.
    fn columns(&self, indices: &[usize]) -> Vec<Line<'_>> {
        let columns = indices.iter().filter_map(|index| self.series.get(*index));
        let mut lines = Vec::new();
        for Series { name, values } in columns {
            lines.push(Line { name, values: values.iter().map(Option::as_ref).collect() });
        }
        lines
    }

    /// Its rows over the columns with these indices, as lines.
    fn rows(&self, indices: &[usize]) -> Vec<Line<'_>> {
        let values = |row| indices.iter().map(|series| self.value(*series, row)).collect();
        let rows = self.categories.iter().enumerate();
        rows.map(|(row, name)| Line { name, values: values(row) }).collect()
    }
}

/// A line with its index among the series or categories, and what it is among the others.
pub type Found<'d> = (usize, Standing<'d>);

impl Figure {
    /// What its columns and its rows are among each other.
    pub fn standings(&self) -> (Vec<Found<'_>>, Vec<Found<'_>>) {
        let line = self.line_series.filter(|_| self.kind == ChartKind::ColumnsAndLine);
        let columns: Vec<usize> =
            (0..self.data.series.len()).filter(|index| Some(*index) != line).collect();
        let found = standings(&self.data.columns(&columns));
        let series: Vec<Found<'_>> = columns.iter().copied().zip(found).collect();
        let is_total = |(_, standing): &&Found<'_>| matches!(standing, Standing::Total { .. });
        let totals: Vec<usize> = series.iter().filter(is_total).map(|(index, _)| *index).collect();
        let parts: Vec<usize> =
            columns.into_iter().filter(|index| !totals.contains(index)).collect();
        let rows = standings(&self.data.rows(&parts)).into_iter().enumerate().collect();
        (series, rows)
    }

    /// The totals among them. Where lines need not be parts, 全体 may as well be an average: then
    /// the name alone is not enough.
    pub fn totals(&self, (series, rows): (&[Found<'_>], &[Found<'_>])) -> Totals {
        let those = |found: &[Found<'_>], parts: bool| {
            let found = found.iter().filter(|(_, standing)| match standing {
                Standing::Total { proved, unproved } => parts || *proved > 0 && *unproved == 0,
                _ => false,
            });
            found.map(|(index, _)| *index).collect()
        };
        let sums_down = self.has_parts_down() || !self.is_in_percent();
        Totals {
            series: those(series, self.has_parts_across()),
            rows: if sums_down { those(rows, self.has_parts_down()) } else { Vec::new() },
        }
    }

    /// Whether its columns are the parts of what each row stands for.
    pub fn has_parts_across(&self) -> bool {
        match self.kind {
            ChartKind::StackedColumns
            | ChartKind::StackedBars
            | ChartKind::PercentColumns
            | ChartKind::PercentBars
            | ChartKind::Shares
            | ChartKind::Ring
            | ChartKind::PairedBars => true,
            ChartKind::ColumnsAndLine => self.stacked,
            _ => false,
        }
    }

    /// Whether its rows stand one beside the other as stacks of amounts.
    pub fn stacks_rows(&self) -> bool {
        matches!(self.kind, ChartKind::StackedColumns | ChartKind::StackedBars)
            || self.kind == ChartKind::ColumnsAndLine && self.stacked
    }

    /// Whether its rows are the parts of one whole.
    pub fn has_parts_down(&self) -> bool {
        matches!(self.kind, ChartKind::Shares | ChartKind::Ring)
    }

    /// The indices of the series and of the categories that are drawn: all but the totals that
    /// would stand on, or beside, what they sum up.
    pub fn drawn(&self) -> (Vec<usize>, Vec<usize>) {
        let Totals { series, rows } = &self.data.totals;
        let across = |index: &usize| !(self.has_parts_across() && series.contains(index));
        let down = |index: &usize| !(self.hides_row(*index) && rows.contains(index));
        let all = |count| 0..count;
        (
            all(self.data.series.len()).filter(across).collect(),
            all(self.data.categories.len()).filter(down).collect(),
        )
    }

    /// Whether a total row has no place of its own in the drawing.
    fn hides_row(&self, row: usize) -> bool {
        match self.kind {
            // A ring has its total in the hole, bars back to back have it in their headings.
            ChartKind::Ring | ChartKind::PairedBars => {
                !self.data.categories.get(row).is_some_and(|name| is_total(name))
            }
            ChartKind::Shares => true,
            _ => self.stacks_rows(),
        }
    }

    /// The figure without what is not drawn; `None` where all of it is.
    pub fn without_totals(&self) -> Option<Figure> {
        let (series, rows) = self.drawn();
        let data = &self.data;
        if series.len() == data.series.len() && rows.len() == data.categories.len() {
            return None;
        }
        let place = |kept: &[usize], index: usize| kept.iter().position(|own| *own == index);
        let column = |index: &usize| {
            let series = &data.series[*index];
            let values = rows.iter().map(|row| series.values.get(*row).cloned().flatten());
            Series { name: series.name.clone(), values: values.collect() }
        };
        let moved =
            |(column, row): (usize, usize)| Some((place(&series, column)?, place(&rows, row)?));
        let unsettled = data.unsettled.iter().filter_map(|(at, state)| Some((moved(*at)?, *state)));
        let annotation = |annotation: &Annotation| {
            Some(match annotation {
                Annotation::Period { from, to, text } => Annotation::Period {
                    from: place(&rows, *from)?,
                    to: place(&rows, *to)?,
                    text: text.clone(),
                },
                Annotation::Point { series: own, category, text } => Annotation::Point {
                    series: match own {
                        Some(own) => Some(place(&series, *own)?),
                        None => None,
                    },
                    category: place(&rows, *category)?,
                    text: text.clone(),
                },
            })
        };
        let highlight = self.highlight.and_then(|highlight| match highlight {
            Highlight::Series(index) => place(&series, index).map(Highlight::Series),
            Highlight::Category(index) => place(&rows, index).map(Highlight::Category),
        });
        let kept = FigureData {
            dimension: data.dimension.clone(),
            categories: rows.iter().map(|row| data.categories[*row].clone()).collect(),
            series: series.iter().map(column).collect(),
            unsettled: unsettled.collect(),
            totals: Totals::default(),
            signs: data.signs.iter().filter_map(|(at, sign)| Some((moved(*at)?, *sign))).collect(),
            revised: data.revised.iter().filter_map(|at| moved(*at)).collect(),
        };
        Some(Figure {
            data: kept,
            line_series: self.line_series.and_then(|index| place(&series, index)),
            highlight,
            annotations: self.annotations.iter().filter_map(annotation).collect(),
            ..self.clone()
        })
    }
}
