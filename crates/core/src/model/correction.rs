//! A correction that somebody means to make: of what, from what to what, and why.

use crate::problem::Place;

/// An intended correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What is corrected: `csv/indicators.csv:市民満足度:R6`, a row or file in whole, or a key
    /// of report.toml (`report.toml:report.date`).
    pub at: String,
    /// The text that stands there now; of prose, a part of the sentence.
    pub old: Option<String>,
    /// The text that shall stand there.
    pub new: Option<String>,
    /// Why, for the 正誤表.
    pub reason: Option<String>,
    /// Where the correction itself is written.
    pub place: Place,
}

impl Correction {
    /// A correction of which only the target is known.
    pub fn of(at: &str, place: Place) -> Self {
        Correction { at: at.to_owned(), old: None, new: None, reason: None, place }
    }

    /// The file, and what follows it; `：` counts as `:`, because it is what a Japanese keyboard
    /// gives.
    pub fn parts(&self) -> (&str, Option<&str>) {
        match self.at.split_once([':', '：']) {
            Some((file, rest)) => (file.trim(), Some(rest)),
            None => (self.at.trim(), None),
        }
    }

    /// Every way to read what follows the file as row and column: names may hold colons.
    pub fn readings(rest: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
        let cut = |(index, colon): (usize, &str)| {
            (rest[..index].trim(), Some(rest[index + colon.len()..].trim()))
        };
        let cuts = rest.match_indices([':', '：']).map(cut);
        std::iter::once((rest.trim(), None)).chain(cuts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_file_a_row_and_a_column() {
        let correction = Correction::of("csv/a.csv：満足度:R6", Place::file("x"));
        let (file, rest) = correction.parts();
        assert_eq!(file, "csv/a.csv");
        let readings: Vec<_> = Correction::readings(rest.unwrap()).collect();
        assert_eq!(readings, [("満足度:R6", None), ("満足度", Some("R6"))]);
    }
}
