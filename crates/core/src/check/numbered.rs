//! Figures and tables as the rules about their numbers see them: what there is, where the prose
//! puts it, where it is cited.

use crate::model::report::{DataSet, Prose, Report};
use crate::problem::Place;

/// A figure or a table.
pub(super) struct Numbered<'r> {
    pub number: &'r str,
    pub title: &'r str,
    pub place: &'r Place,
}

/// All figures, or all tables.
pub(super) struct AllNumbered<'r> {
    /// 図 or 表: stands before the number, and is the call that puts one on its page.
    pub word: &'static str,
    /// Its table in report.toml.
    pub key: &'static str,
    pub all: Vec<Numbered<'r>>,
    /// Numbers as the prose writes them.
    pub placed: Vec<(&'r str, &'r Place)>,
    pub cited: Vec<(&'r str, &'r Place)>,
    /// Some have faults, so that nobody knows what is missing.
    pub incomplete: bool,
}

impl<'r> AllNumbered<'r> {
    /// The figures of a report.
    pub fn figures(report: &'r Report) -> Self {
        let figure = |figure: &'r crate::model::figure::Figure| Numbered {
            number: &figure.number,
            title: &figure.title,
            place: &figure.place,
        };
        AllNumbered {
            word: "図",
            key: "figure",
            all: report.figures.iter().map(figure).collect(),
            placed: report.prose.iter().flat_map(Prose::placed_figures).collect(),
            cited: cited(report, |prose| &prose.citations),
            incomplete: report.incomplete.contains(&DataSet::Figures)
                || report.prose.iter().any(|prose| prose.broken),
        }
    }

    /// The tables of a report. A report without `[[table]]` may have tables of its own making, and
    /// cite them as it likes.
    pub fn tables(report: &'r Report) -> Self {
        let table = |table: &'r crate::model::data_table::DataTable| Numbered {
            number: &table.number,
            title: &table.title,
            place: &table.place,
        };
        let any = !report.tables.is_empty();
        AllNumbered {
            word: "表",
            key: "table",
            all: report.tables.iter().map(table).collect(),
            placed: report.prose.iter().flat_map(Prose::placed_tables).collect(),
            cited: if any { cited(report, |prose| &prose.table_citations) } else { Vec::new() },
            incomplete: report.incomplete.contains(&DataSet::Tables)
                || report.prose.iter().any(|prose| prose.broken),
        }
    }
}

fn cited<'r>(
    report: &'r Report,
    of: impl Fn(&'r Prose) -> &'r Vec<(String, Place)>,
) -> Vec<(&'r str, &'r Place)> {
    let all = report.prose.iter().flat_map(of);
    all.map(|(number, place)| (number.as_str(), place)).collect()
}
