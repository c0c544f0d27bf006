//! The same fault in many cells of one column, told once.

use super::fault::Problem;

/// Up to so many cells of a column each have a message of their own.
const SINGLE: usize = 5;
/// So many further places are named.
const NAMED: usize = 8;

/// Gathers errors of one kind in one column of a table: the first stays, with how many there are and
/// where the next ones stand.
pub fn gather(problems: Vec<Problem>) -> Vec<Problem> {
    let mut groups: Vec<Vec<Problem>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for problem in problems {
        match key(&problem) {
            Some(key) => {
                let index = *known.entry(key).or_insert(groups.len());
                match groups.get_mut(index) {
                    Some(group) => group.push(problem),
                    None => groups.push(vec![problem]),
                }
            }
            None => groups.push(vec![problem]),
        }
    }
    groups.into_iter().flat_map(told).collect()
}

/// What errors of one group have in common.
fn key(problem: &Problem) -> Option<impl Eq + std::hash::Hash + use<>> {
    let place = &problem.place;
    let cell = place.cell.as_ref().filter(|_| problem.is_error())?;
    let column = cell.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let (file, sheet) = (place.file.clone(), place.sheet.clone());
    Some((problem.code, file, sheet, column, problem.expected.clone(), problem.hint.clone()))
}

fn told(mut group: Vec<Problem>) -> Vec<Problem> {
    if group.len() <= SINGLE {
        return group;
    }
    group.sort_by_key(|problem| (problem.place.line, problem.place.column));
    let rest = group.split_off(1);
    let cells: Vec<&str> =
        rest.iter().take(NAMED).filter_map(|problem| problem.place.cell.as_deref()).collect();
    let more = if rest.len() > NAMED { "、…" } else { "" };
    let first = &mut group[0];
    first.message = format!(
        "{}（同じ列の同じ誤りが、ほかに{}か所: {}{more}）",
        first.message,
        rest.len(),
        cells.join("、")
    );
    group
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Place};
    use super::*;

    fn faults(count: u32) -> Vec<Problem> {
        let one = |line| {
            let place = Place::at("a.csv", line, 3).with_cell(format!("B{line}"));
            Problem::error(Code::NotANumber, place)
                .message("「良好」は数として読めません")
                .hint("h")
        };
        (2..2 + count).map(one).collect()
    }

    #[test]
    fn a_column_of_words_is_told_once_with_its_count_and_the_first_places() {
        let gathered = gather(faults(300));
        let [problem] = &gathered[..] else { panic!("{}", gathered.len()) };
        assert_eq!(problem.place.line, Some(2));
        assert_eq!(
            problem.message,
            "「良好」は数として読めません（同じ列の同じ誤りが、ほかに299か所: \
             B3、B4、B5、B6、B7、B8、B9、B10、…）"
        );
    }

    #[test]
    fn a_few_faults_other_columns_and_warnings_stay_as_they_are() {
        assert_eq!(gather(faults(5)), faults(5));
        let mut apart = faults(6);
        apart[5].place.cell = Some("C7".into());
        assert_eq!(gather(apart.clone()), apart);
        let mut warnings = faults(6);
        warnings.iter_mut().for_each(|it| it.severity = super::super::Severity::Warning);
        assert_eq!(gather(warnings.clone()), warnings);
    }
}
