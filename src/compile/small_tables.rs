//! Tables that are set in smaller text than others, because they would not fit otherwise: the
//! template says so.

use std::collections::BTreeSet;

use typst::foundations::{Content, Dict, Label, Selector};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use soukatsu_core::problem::{Code, Place, Problem};

/// What the template puts beside a table in smaller text.
const MARK: &str = "soukatsu-small-text";
/// The same beside a table of indicators, with the name of its first row for a number.
const MARK_OF_INDICATORS: &str = "soukatsu-small-indicators";

/// A table in smaller text.
pub struct SmallTable {
    /// What the template calls it.
    pub number: String,
    points: f64,
}

/// The tables in smaller text, each once.
pub fn small_tables(document: &PagedDocument) -> Vec<SmallTable> {
    marked(document, MARK)
}

/// The tables of indicators in smaller text, each once.
pub fn small_indicator_tables(document: &PagedDocument) -> Vec<SmallTable> {
    marked(document, MARK_OF_INDICATORS)
}

fn marked(document: &PagedDocument, mark: &str) -> Vec<SmallTable> {
    let Some(label) = Label::new(PicoStr::intern(mark)) else { return Vec::new() };
    let found = document.introspector().query(&Selector::Label(label));
    let mut seen = BTreeSet::new();
    let table = |content: &Content| {
        let value = content.to_packed::<MetadataElem>()?.value.clone();
        let value = value.cast::<Dict>().ok()?;
        let number = value.get("number").ok()?.clone().cast::<String>().ok()?;
        let points = value.get("size").ok()?.clone().cast::<f64>().ok()?;
        seen.insert(number.clone()).then_some(SmallTable { number, points })
    };
    found.iter().filter_map(table).collect()
}

impl SmallTable {
    /// What is told of it.
    ///
    /// `title` and `place`: of the table in report.toml.
    pub fn problem(&self, title: &str, place: Place) -> Problem {
        let (number, points) = (&self.number, self.points);
        Problem::note(Code::SmallText, place)
            .text(format!("表{number}"))
            .message(format!(
                "表{number}「{title}」は、幅に入れるため、文字を{points}ポイントにしました"
            ))
            .hint("9ポイントにするには、columns で列を減らす、単位を千円・百万円などに大きくする、又は [[page]] に orientation = \"landscape\"（横向き）か paper = \"A3\" と書いてください")
    }

    /// The same of a table of indicators; `place`: of its first row.
    pub fn problem_of_indicators(&self, place: Place) -> Problem {
        let (name, points) = (&self.number, self.points);
        Problem::note(Code::SmallText, place)
            .text(name)
            .message(format!(
                "「{name}」の指標表は、幅に入れるため、文字を{points}ポイントにしました"
            ))
            .hint("9ポイントにするには、年度の列を減らすか、桁の多い指標の単位を千人・百万円などに大きくしてください")
    }
}
