//! Headings: no level may be skipped, or screen readers lose their way.

use crate::model::report::Report;
use crate::problem::{Code, Problem};

/// Every heading is at most one level deeper than the one before it.
pub(super) fn levels(report: &Report, problems: &mut Vec<Problem>) {
    for prose in &report.prose {
        for pair in prose.headings.windows(2) {
            let (before, (depth, place)) = (pair[0].0, &pair[1]);
            if *depth > before + 1 {
                problems.push(
                    Problem::error(Code::HeadingLevel, place.clone())
                        .text("=".repeat(*depth))
                        .message("見出しの段が飛んでいます")
                        .expected(format!("「{}」までの見出し", "=".repeat(before + 1)))
                        .hint("見出しは = 、 == の順に使ってください"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::Prose;
    use crate::problem::Place;

    fn faults(depths: &[usize]) -> usize {
        let headings =
            depths.iter().map(|depth| (*depth, Place::at("prose/a.typ", 1, 1))).collect();
        let prose = Prose { headings, ..Prose::default() };
        let report = Report { prose: vec![prose], ..Report::default() };
        let mut problems = Vec::new();
        levels(&report, &mut problems);
        problems.len()
    }

    #[test]
    fn a_skipped_level_is_told() {
        assert_eq!(faults(&[1, 2, 1, 3]), 1);
        assert_eq!(faults(&[2, 2, 1, 2, 3]), 0);
    }
}
