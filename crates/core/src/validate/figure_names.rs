//! Names that report.toml uses for the items, series and single values of a figure.

use super::fields::with_suggestion;
use crate::model::figure::FigureData;
use crate::model::name::same_name;
use crate::model::period::Period;
use crate::problem::{Code, Place, Problem};

/// How many names a message lists.
const MOST_LISTED: usize = 8;

/// The names of one figure's data.
pub(super) struct Names<'a> {
    pub data: &'a FigureData,
    /// A second name of the first series: the 略称 of the indicator that is drawn.
    pub short: Option<&'a str>,
}

impl Names<'_> {
    /// The categories with this name; a year may be written in another of its forms.
    pub fn categories(&self, name: &str) -> Vec<usize> {
        let same = |known: &String| same_name(known, name);
        let exact = self.categories_that(same);
        match Period::parse(name) {
            Some(period) if exact.is_empty() => {
                self.categories_that(|known| Period::parse(known) == Some(period))
            }
            _ => exact,
        }
    }

    fn categories_that(&self, is_meant: impl Fn(&String) -> bool) -> Vec<usize> {
        let all = self.data.categories.iter().enumerate();
        all.filter(|(_, known)| is_meant(known)).map(|(index, _)| index).collect()
    }

    /// The series with this name.
    pub fn series(&self, name: &str) -> Option<usize> {
        let found = self.data.series.iter().position(|series| same_name(&series.name, name));
        found.or_else(|| self.short.is_some_and(|short| same_name(short, name)).then_some(0))
    }

    /// The single value that 「系列:項目」 names.
    ///
    /// # Errors
    /// The part that names nothing, and whether it should be a series.
    fn value<'t>(&self, text: &'t str) -> Result<(usize, usize), Option<(&'t str, bool)>> {
        let mut near = None;
        // A name may hold a colon itself.
        for (at, colon) in text.char_indices().filter(|(_, c)| [':', '：'].contains(c)) {
            let (series, category) = (text[..at].trim(), text[at + colon.len_utf8()..].trim());
            match (self.series(series), self.categories(category).first()) {
                (Some(series), Some(category)) => return Ok((series, *category)),
                (Some(_), None) => near = Some((category, false)),
                (None, Some(_)) => near = near.or(Some((series, true))),
                (None, None) => {}
            }
        }
        Err(near)
    }

    /// Every value of an item or a series, or the one that 「系列:項目」 names, as series and
    /// category. What is both an item and a series is the item.
    pub fn values(
        &self,
        (text, place): (&str, &Place),
        problems: &mut Vec<Problem>,
    ) -> Option<Vec<(usize, usize)>> {
        let categories = self.categories(text);
        if !categories.is_empty() {
            let across = |category| (0..self.data.series.len()).map(move |s| (s, category));
            return Some(categories.into_iter().flat_map(across).collect());
        }
        if let Some(series) = self.series(text) {
            return Some((0..self.data.categories.len()).map(|row| (series, row)).collect());
        }
        match self.value(text) {
            Ok(value) => return Some(vec![value]),
            Err(Some((name, true))) => problems.push(self.no_series(name, place)),
            Err(Some((name, false))) => problems.push(self.no_category(name, place)),
            Err(None) => problems.push(self.neither(text, place)),
        }
        None
    }

    /// The fault of a name that is no item.
    pub fn no_category(&self, name: &str, place: &Place) -> Problem {
        let known: Vec<&str> = self.data.categories.iter().map(String::as_str).collect();
        unknown("項目", &known, name, place)
            .message(format!("図のデータに項目「{name}」がありません"))
    }

    /// The fault of a name that is no series.
    pub fn no_series(&self, name: &str, place: &Place) -> Problem {
        let known: Vec<&str> = self.series_names().collect();
        unknown("系列", &known, name, place)
            .message(format!("図のデータに系列「{name}」がありません"))
    }

    /// The fault of a name that is neither.
    pub fn neither(&self, name: &str, place: &Place) -> Problem {
        let categories = self.data.categories.iter().map(String::as_str);
        let known: Vec<&str> = self.series_names().chain(categories).collect();
        unknown("系列と項目", &known, name, place)
            .message(format!("図のデータに「{name}」という系列も項目もありません"))
    }

    fn series_names(&self) -> impl Iterator<Item = &str> {
        self.data.series.iter().map(|series| series.name.as_str())
    }
}

fn unknown(what: &str, known: &[&str], name: &str, place: &Place) -> Problem {
    let problem = Problem::error(Code::UnknownName, place.clone()).text(name);
    let suggested = with_suggestion(problem, name, known.iter().copied());
    if suggested.hint.is_some() {
        return suggested;
    }
    let listed = known.iter().take(MOST_LISTED).copied().collect::<Vec<_>>().join("・");
    let more = if known.len() > MOST_LISTED { " など" } else { "" };
    suggested.hint(format!("この図の{what}は {listed}{more} です"))
}
