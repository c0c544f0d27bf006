//! The prose as sentences: the text as printed, and where each character of it comes from.

use std::cell::OnceCell;
use std::ops::Range;

use crate::bind::{Bindings, FullStops, Source, Span, split_sentences};
use crate::model::call::{Paragraph, ParagraphKind, Piece};
use crate::model::name::NameText;
use crate::model::period::FiscalYear;
use crate::model::report::{Prose, Report};
use crate::problem::Place;

/// No sentence has as many bytes, which are eight thousand characters. Rules look at every
/// number of a sentence beside all others, so that a longer one is left out, and told.
pub(super) const LONGEST: usize = 24_000;

/// A value that could not be bound is printed as this.
const UNBOUND: &str = "…";

/// One sentence, with its full stop, or what ends with its paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Index into [`Report::prose`]; `None` for text that is no prose, such as that of a page.
    pub prose: Option<usize>,
    pub kind: ParagraphKind,
    /// The sentence is the first of its paragraph.
    pub first: bool,
    /// It is the title of a 項目 or 総括項目.
    pub item: bool,
    /// The text of the heading above it; none inside the report on an initiative.
    pub heading: String,
    /// As printed.
    pub text: String,
    /// The text, for names in any of their forms.
    pub letters: NameText,
    /// The indicators named in it, as far as they were asked for; see `Context::named`.
    pub(super) named: OnceCell<Vec<(usize, usize)>>,
    years: OnceCell<Vec<(Range<usize>, FiscalYear)>>,
    spans: Vec<Span>,
}

impl Sentence {
    /// Text of a page or a title: all of it is literal.
    pub fn plain(text: &str) -> Self {
        Sentence {
            prose: None,
            kind: ParagraphKind::Body,
            first: true,
            item: false,
            heading: String::new(),
            text: text.to_owned(),
            letters: NameText::new(text),
            named: OnceCell::new(),
            years: OnceCell::new(),
            spans: Vec::new(),
        }
    }

    /// A text of the report that stands at one place, such as a title in report.toml.
    pub fn placed(text: &str, place: &Place) -> Self {
        let source = Source::default();
        let span = Span { range: 0..text.len(), place: place.clone(), skipped: 0, source };
        Sentence { kind: ParagraphKind::Heading, spans: vec![span], ..Sentence::plain(text) }
    }

    /// The fiscal years that it names, each with where it begins and ends.
    pub fn years(&self) -> &[(Range<usize>, FiscalYear)] {
        self.years.get_or_init(|| super::years::years(&self.text))
    }

    /// The year before this place that is meant there.
    pub fn year_before(&self, at: usize) -> Option<FiscalYear> {
        let years = self.years();
        let before = years.partition_point(|(range, _)| range.start < at);
        years[..before].iter().rfind(|(range, _)| range.end <= at).map(|(_, year)| *year)
    }

    /// Where the character at this byte comes from.
    pub fn source(&self, at: usize) -> Source {
        self.span(at).map_or_else(Source::default, |span| span.source)
    }

    /// Where the character at this byte stands in its file.
    pub fn place(&self, at: usize) -> Place {
        let Some(span) = self.span(at) else { return Place::file("") };
        let mut place = span.place.clone();
        if span.source.value.is_none() {
            let before = self.text.get(span.range.start..at).unwrap_or_default().chars().count();
            place.column = place.column.map(|column| column + span.skipped + before as u32);
        }
        place
    }

    /// Whether all of a range was written by the author.
    pub fn is_literal(&self, range: &Range<usize>) -> bool {
        let overlaps = |span: &Span| span.range.start < range.end && range.start < span.range.end;
        self.spans.iter().filter(|s| overlaps(s)).all(|span| span.source.value.is_none())
    }

    /// The printed values: their ranges and calls.
    pub fn values(&self) -> impl Iterator<Item = (Range<usize>, usize)> {
        self.spans.iter().filter_map(|s| Some((s.range.clone(), s.source.value?)))
    }

    fn span(&self, at: usize) -> Option<&Span> {
        self.spans.iter().find(|span| span.range.contains(&at))
    }
}

/// Every sentence of the prose, file by file.
pub fn sentences(report: &Report, bindings: &Bindings) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, prose) in report.prose.iter().enumerate().filter(|(_, prose)| !prose.broken) {
        let mut heading = String::new();
        let (initiatives, items) = (ranges(prose, &["取組"]), ranges(prose, &["項目", "総括項目"]));
        for paragraph in &prose.paragraphs {
            let from = found.len();
            let above = if inside(paragraph, prose, &initiatives) { "" } else { heading.as_str() };
            let titled = paragraph.kind == ParagraphKind::Heading;
            let item = titled && inside(paragraph, prose, &items);
            let bound = bindings.prose.get(index);
            let parts = split_sentences(paragraph, prose, bound, FullStops::All, UNBOUND);
            found.extend(parts.into_iter().enumerate().map(|(at, part)| Sentence {
                prose: Some(index),
                kind: paragraph.kind,
                first: at == 0,
                item,
                heading: above.to_owned(),
                letters: NameText::new(&part.text),
                named: OnceCell::new(),
                years: OnceCell::new(),
                text: part.text,
                spans: part.spans,
            }));
            if paragraph.kind == ParagraphKind::Heading {
                heading = found[from..].iter().map(|s| s.text.as_str()).collect();
            }
        }
    }
    found
}

/// The ranges of the outermost of these blocks, in the order of the file.
fn ranges(prose: &Prose, blocks: &[&str]) -> Vec<Range<usize>> {
    let calls = prose.calls.iter().filter(|call| blocks.contains(&call.name.as_str()));
    let mut found: Vec<Range<usize>> = calls.map(|call| call.range.clone()).collect();
    found.sort_by_key(|range| range.start);
    let mut outer: Vec<Range<usize>> = Vec::new();
    for range in found {
        if outer.last().is_none_or(|last| last.end <= range.start) {
            outer.push(range);
        }
    }
    outer
}

/// Whether a paragraph stands inside one of these blocks.
fn inside(paragraph: &Paragraph, prose: &Prose, blocks: &[Range<usize>]) -> bool {
    let first = paragraph.pieces.iter().find_map(|piece| match piece {
        Piece::Text { offset, .. } => Some(*offset),
        Piece::Value { call, .. } => prose.calls.get(*call).map(|call| call.range.start),
    });
    first.is_some_and(|first| {
        let before = blocks.partition_point(|block| block.start <= first);
        before.checked_sub(1).is_some_and(|index| blocks[index].contains(&first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::call::Call;

    fn text(text: &str, column: u32) -> Piece {
        let place = Place::at("prose/a.typ", 2, column);
        Piece::Text { text: text.into(), place, offset: 0, length: 0, claim: None }
    }

    fn read(pieces: Vec<Piece>) -> Vec<Sentence> {
        let paragraph = Paragraph { kind: ParagraphKind::Body, pieces };
        let call = Call {
            name: "値".into(),
            arguments: Vec::new(),
            place: Place::at("prose/a.typ", 2, 9),
            range: 0..0,
            nested: false,
        };
        let prose = Prose { paragraphs: vec![paragraph], calls: vec![call], ..Prose::default() };
        let report = Report { prose: vec![prose], ..Report::default() };
        sentences(&report, &Bindings::default())
    }

    #[test]
    fn paragraphs_part_at_full_stops_and_keep_their_places() {
        let found = read(vec![text("一つ。率は", 1), Piece::Value { call: 0, claim: None }]);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].text.as_str(), found[0].first), ("一つ。", true));
        assert_eq!((found[1].text.as_str(), found[1].first), ("率は…", false));
        assert_eq!(found[1].place("率".len()), Place::at("prose/a.typ", 2, 5));
        assert_eq!(found[1].place("率は".len()), Place::at("prose/a.typ", 2, 9));
        assert_eq!(found[1].source("率は".len()).value, Some(0));
        assert!(!found[1].is_literal(&(0..found[1].text.len())));
    }
}
