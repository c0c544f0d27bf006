//! The list of intended corrections: a TOML file of `[[correction]]`, apart from the report.

use super::fields::Fields;
use super::limits::{MOST_CORRECTIONS, too_many};
use crate::load::{Node, Placed, read_toml};
use crate::model::correction::Correction;
use crate::problem::{Code, Place, Problem};

/// Reads the list; `file` is how messages call it.
///
/// # Errors
/// Every fault of the file, in one go.
pub fn read_corrections(file: &str, text: &str) -> Result<Vec<Correction>, Vec<Problem>> {
    let root = read_toml(file, text)?;
    let mut problems = Vec::new();
    let mut corrections = Vec::new();
    if let Some(fields) = Fields::new("訂正の一覧", &root, &mut problems) {
        let tables = fields.tables("correction", &mut problems);
        if let Some(first) = tables.get(MOST_CORRECTIONS) {
            let count = tables.len();
            return Err(vec![too_many(
                "[[correction]] ",
                "個",
                MOST_CORRECTIONS,
                count,
                &first.place,
            )]);
        }
        corrections.extend(tables.iter().filter_map(|node| correction(node, &mut problems)));
        fields.finish(&mut problems);
        if tables.is_empty() && problems.is_empty() {
            problems.push(
                Problem::error(Code::MissingKey, Place::file(file))
                    .message("訂正が1つも書かれていません")
                    .expected(
                        "[[correction]] の行と、その下の at = \"csv/indicators.csv:市民満足度:R6\"",
                    ),
            );
        }
    }
    if problems.is_empty() { Ok(corrections) } else { Err(problems) }
}

fn correction(node: &Placed<Node>, problems: &mut Vec<Problem>) -> Option<Correction> {
    let fields = Fields::new("[[correction]]", node, problems)?;
    let at = fields.required("at", problems);
    // An empty text is one, too: a cell may have been empty.
    let old = fields.text("old", problems).map(|(text, _)| text);
    let new = fields.text("new", problems).map(|(text, _)| text);
    let reason = fields.filled("reason", problems).map(|(text, _)| text);
    fields.finish(problems);
    let (at, place) = at?;
    Some(Correction { at, old, new, reason, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_has_a_target_and_perhaps_texts_and_a_reason() {
        let text = "[[correction]]\nat = \"a.csv:甲:R6\"\nold = \"1\"\nnew = \"2\"\nreason = \"転記の誤り\"\n[[correction]]\nat = \"prose/a.typ\"\n";
        let read = read_corrections("訂正.toml", text).unwrap();
        assert_eq!(read[0].new.as_deref(), Some("2"));
        assert_eq!((read[1].at.as_str(), &read[1].reason), ("prose/a.typ", &None));
        assert_eq!(read[1].place, Place::at("訂正.toml", 7, 6));
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let text = "[[correction]]\nold = \"1\"\n[[correction]]\nat = 3\nwhy = \"x\"\n";
        let problems = read_corrections("訂正.toml", text).unwrap_err();
        let codes: Vec<_> = problems.iter().map(|problem| problem.code.name()).collect();
        assert_eq!(codes.len(), 3, "{problems:?}");
    }

    #[test]
    fn an_empty_list_is_a_fault() {
        assert!(read_corrections("訂正.toml", "").is_err());
    }
}
