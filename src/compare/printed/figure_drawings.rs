//! The figures of an edition as they are drawn: what of their numbers is on the paper.

use std::collections::BTreeMap;

use crate::compare::edition::Edition;
use crate::world::{Template, TemplateSettings, drawings};
use soukatsu_chart::{Drawing, totals};
use soukatsu_core::model::figure::Figure;

/// The drawings of an edition by the number of the figure; none where the template is not known.
#[derive(Debug, Default)]
pub struct FigureDrawings(BTreeMap<String, Drawing>);

impl FigureDrawings {
    pub fn of(edition: Edition<'_>) -> Self {
        let settings = settings(edition);
        FigureDrawings(
            settings.map(|settings| drawings(edition.report, &settings)).unwrap_or_default(),
        )
    }

    /// Whether a figure of two editions is the same picture; not, where one is not known.
    pub fn is_same(&self, number: &str, others: &Self, other: &str) -> bool {
        let (one, two) = (self.0.get(number), others.0.get(other));
        one.zip(two).is_some_and(|(one, two)| one == two)
    }

    /// A value as it stands in the drawing, with its unit or without; `None` when its number is
    /// not printed there.
    pub fn printed(&self, figure: &Figure, value: &str, unit: &str) -> Option<String> {
        let Some(drawing) = self.0.get(&figure.number) else { return Some(value.to_owned()) };
        let bare = value.strip_suffix(unit).unwrap_or(value).trim();
        let forms = [value.to_owned(), bare.to_owned(), format!("{bare}{}", unit.trim())];
        forms.into_iter().find(|form| drawing.texts().any(|text| text.text == *form))
    }

    /// The sums on the stacks of a figure, by category: those that are printed.
    pub fn totals(&self, figure: &Figure) -> Vec<Option<String>> {
        let drawing = self.0.get(&figure.number);
        let printed =
            |total: &String| drawing.is_some_and(|own| own.texts().any(|text| text.text == *total));
        totals(figure).into_iter().map(|total| total.filter(&printed)).collect()
    }
}

/// What the template of an edition says of its pages.
fn settings(edition: Edition<'_>) -> Option<TemplateSettings> {
    let mut own = edition.template.iter().filter(|(path, _)| path.ends_with("/settings.json"));
    match own.next() {
        Some((_, bytes)) => serde_json::from_slice(bytes).ok(),
        None => Template::embedded(&edition.report.template).map(|template| *template.settings()),
    }
}
