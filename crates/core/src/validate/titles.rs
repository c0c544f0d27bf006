//! Names of indicators in the titles of report.toml: `{指標名:略称}` becomes the name that the table
//! has, so that a renamed indicator is renamed in every title.

use super::fields::with_suggestion;
use super::reader::Reader;
use crate::model::indicator::Indicators;
use crate::model::report::{DataSet, Report};
use crate::problem::{Code, Place, Problem};

const OPEN: &str = "{指標名:";
const CLOSE: char = '}';

/// The indicators that a title names.
pub(super) fn named_indicators(text: &str, place: &Place) -> Vec<(String, Place)> {
    let parts = text.split(OPEN).skip(1);
    let names = parts.filter_map(|part| Some(part.split_once(CLOSE)?.0.trim().to_owned()));
    names.map(|name| (name, place.clone())).collect()
}

impl Reader<'_> {
    /// Puts the names of indicators into the titles of pages and figures.
    pub(super) fn titles(&mut self, report: &mut Report) {
        let complete = !report.incomplete.contains(&DataSet::Indicators);
        for (name, place) in std::mem::take(&mut self.title_names) {
            if complete && report.indicators.find(&name).is_none() {
                let problem = Problem::error(Code::UnknownReference, place)
                    .text(&name)
                    .message(format!("指標「{name}」が指標の表にありません"))
                    .hint("指標の表の「指標」か「略称」の名前を書いてください");
                let rows = &report.indicators.rows;
                let known = rows.iter().flat_map(|row| [row.name.as_str(), row.short.as_str()]);
                self.problems.push(with_suggestion(problem, &name, known));
            }
        }
        let Report { indicators, pages, figures, .. } = report;
        for page in pages {
            fill(&mut page.title, indicators);
            fill(&mut page.running, indicators);
            if let Some((_, title)) = &mut page.chapter {
                fill(title, indicators);
            }
        }
        for figure in figures {
            fill(&mut figure.title, indicators);
        }
    }
}

fn fill(title: &mut String, indicators: &Indicators) {
    while let Some(start) = title.find(OPEN)
        && let Some(length) = title[start..].find(CLOSE)
    {
        let name = title[start + OPEN.len()..start + length].trim();
        let name = indicators.find(name).map_or(name, |row| row.name.as_str()).to_owned();
        title.replace_range(start..start + length + CLOSE.len_utf8(), &name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_without_a_closed_name_stays_as_it_is() {
        let mut title = "2. {指標名:満足度".to_owned();
        fill(&mut title, &Indicators::default());
        assert_eq!(title, "2. {指標名:満足度");
        assert!(named_indicators(&title, &Place::file("report.toml")).is_empty());
    }

    #[test]
    fn every_name_of_a_title_is_found() {
        let names = named_indicators("{指標名:一}と{指標名: 二}", &Place::file("report.toml"));
        assert_eq!(names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["一", "二"]);
    }
}
