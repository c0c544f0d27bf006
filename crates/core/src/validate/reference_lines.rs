//! Target and base line of a figure: from the table of indicators, or from report.toml for a
//! figure with a table of its own.

use rust_decimal::Decimal;

use super::fields::Fields;
use crate::model::figure::{ChartKind, ReferenceLine};
use crate::model::indicator::Indicator;
use crate::model::quantity::grouped;
use crate::problem::{Code, Place, Problem};

/// The two lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Target,
    Baseline,
}

impl Line {
    fn key(self) -> &'static str {
        match self {
            Line::Target => "target",
            Line::Baseline => "baseline",
        }
    }

    fn value_key(self) -> &'static str {
        match self {
            Line::Target => "target-value",
            Line::Baseline => "baseline-value",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Line::Target => "目標値",
            Line::Baseline => "基準値",
        }
    }
}

/// What report.toml says of one line.
pub(super) struct LineSource {
    line: Line,
    /// Whether the line is drawn, when that is said.
    draw: Option<(bool, Place)>,
    value: Option<(Decimal, Place)>,
}

impl LineSource {
    /// Reads `target` and `target-value`, or `baseline` and `baseline-value`.
    pub fn read(line: Line, fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Self {
        let key = line.key();
        let place = || fields.node(key).map_or(fields.place, |node| &node.place).clone();
        let draw = fields.switch(key, problems).map(|draw| (draw, place()));
        LineSource { line, draw, value: fields.number(line.value_key(), problems) }
    }

    /// The line of an indicator: the target unless the report says no, the base line only where it
    /// says yes.
    pub fn of_indicator(
        &self,
        row: &Indicator,
        problems: &mut Vec<Problem>,
    ) -> Option<ReferenceLine> {
        if let Some((_, place)) = &self.value {
            let (key, name) = (self.line.value_key(), self.line.name());
            problems.push(
                Problem::error(Code::WrongValue, place.clone())
                    .text(key)
                    .message(format!("「{key}」は csv の図だけに書けます"))
                    .hint(format!(
                        "この行を消してください。indicator の図の線は、指標の表の「{name}」から引きます"
                    )),
            );
        }
        let wanted = self.draw.as_ref().map_or(self.line == Line::Target, |(draw, _)| *draw);
        if !wanted {
            return None;
        }
        let (text, value, reached) = match self.line {
            Line::Target => {
                let target = row.target.as_ref()?;
                (&target.text, target.exact?, row.reached())
            }
            Line::Baseline => {
                let baseline = row.baseline.as_ref()?;
                (&baseline.text, baseline.exact, None)
            }
        };
        Some(ReferenceLine { label: format!("{} {text}", self.line.name()), value, reached })
    }

    /// The line of a figure with a table of its own; on which side of it to be, nobody says.
    pub fn of_table(
        &self,
        (kind, unit): (ChartKind, &str),
        problems: &mut Vec<Problem>,
    ) -> Option<ReferenceLine> {
        let key = self.line.value_key();
        let Some((value, place)) = &self.value else {
            if let Some((true, place)) = &self.draw {
                problems.push(
                    Problem::warning(Code::UnsuitableKind, place.clone())
                        .text(self.line.key())
                        .message(format!(
                            "csv の図に「{key}」がないので、{}の線は入りません",
                            self.line.name()
                        ))
                        .hint(format!("`{key} = …` に数を書くか、この行を消してください")),
                );
            }
            return None;
        };
        if !has_lines(kind) {
            problems.push(
                Problem::warning(Code::UnsuitableKind, place.clone())
                    .text(key)
                    .message(format!(
                        "{} の図には{}の線が入りません",
                        kind.name(),
                        self.line.name()
                    ))
                    .hint("この行を消すか、図の種類を変えてください"),
            );
            return None;
        }
        let wanted = self.draw.as_ref().is_none_or(|(draw, _)| *draw);
        let label = format!("{} {}{unit}", self.line.name(), grouped(*value, value.scale()));
        wanted.then_some(ReferenceLine { label, value: *value, reached: None })
    }
}

/// Charts with one scale from which a value can be read across the whole plot.
fn has_lines(kind: ChartKind) -> bool {
    !matches!(kind, ChartKind::Shares | ChartKind::Ring | ChartKind::PairedBars | ChartKind::Slope)
}
