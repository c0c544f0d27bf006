//! Where every number of the finished pages comes from.
//!
//! In: the laid-out pages, the prose as it was bound. Out: one entry a numeral, with its page,
//! the sentence around it and its origin. Prose is known by the source places of its glyphs;
//! what the template takes from the model, it marks (`blocks/trace.typ`).

mod numerals;
mod origin;
mod pages;

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;
use typst::syntax::Span;
use typst_layout::PagedDocument;

use crate::world::{BETWEEN_CELLS, ReportWorld};
pub use origin::Origin;
use pages::{Run, Source};
use soukatsu_core::bind::{Bindings, Value};
use soukatsu_core::model::call::{Call, CallKind, Piece, call_kind};
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Place;

/// A numeral of the finished pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Traced {
    /// The printed page number; `-` where a page has none.
    pub page: String,
    pub numeral: String,
    pub sentence: String,
    #[serde(flatten)]
    pub origin: Origin,
}

/// Every numeral of the pages, in the order in which it is drawn.
///
/// `hand` says what a numeral that an author wrote at a place of the prose is; it is asked for
/// literal text only.
pub fn trace(
    document: &PagedDocument,
    world: &ReportWorld,
    report: &Report,
    bindings: &Bindings,
    hand: &dyn Fn(&Place) -> Option<Origin>,
) -> Vec<Traced> {
    let tracer = Tracer { world, report, bindings, hand, sites: HashMap::new() };
    tracer.trace(document)
}

struct Tracer<'a> {
    world: &'a ReportWorld,
    report: &'a Report,
    bindings: &'a Bindings,
    hand: &'a dyn Fn(&Place) -> Option<Origin>,
    sites: HashMap<Span, Site>,
}

/// What a source span of the prose is, and how far its numerals have been told.
#[derive(Clone)]
enum Site {
    /// A printed call: index of the prose file and of the call.
    Value(usize, usize),
    /// Literal text: the places of its numerals in order, and how many were met.
    Text { numerals: Vec<Written>, met: usize },
    /// Furniture of the template.
    Template,
}

/// A numeral of literal text: where it stands, and the claim around it.
#[derive(Clone)]
struct Written {
    text: String,
    place: Place,
    claim: Option<(usize, usize)>,
}

impl Tracer<'_> {
    fn trace(mut self, document: &PagedDocument) -> Vec<Traced> {
        let mut found = Vec::new();
        for page in document.pages() {
            let label = match &page.numbering {
                Some(_) => page.number.to_string(),
                None => "-".to_owned(),
            };
            for run in pages::runs(&page.frame) {
                for range in numerals::numerals(&run.text) {
                    let numeral = run.text[range.clone()].to_owned();
                    let origin = self.origin(&run, range.start, &numeral);
                    let sentence = numerals::sentence(&run.text, &range).to_owned();
                    found.push(Traced { page: label.clone(), numeral, sentence, origin });
                }
            }
        }
        found
    }

    fn origin(&mut self, run: &Run, at: usize, numeral: &str) -> Origin {
        match run.source(at) {
            Source::Mark(mark) if mark == "title" => self.titled(run, numeral),
            Source::Mark(mark) => self.marked(mark, &run.text, numeral),
            Source::Span(span) => self.spanned(*span, numeral),
        }
    }

    /// What the template says of a text.
    fn marked(&self, mark: &str, text: &str, numeral: &str) -> Origin {
        let (kind, rest) = mark.split_once('|').unwrap_or((mark, ""));
        match kind {
            "cell" => Origin::Cell { at: vec![rest.to_owned()] },
            "computed" => {
                let mut parts = rest.split(BETWEEN_CELLS).map(str::to_owned);
                let how = parts.next().unwrap_or_default();
                Origin::Computation { how, at: parts.collect() }
            }
            "figure" => self.report.figure(rest).map_or_else(
                || Origin::Structural { kind: "図".to_owned() },
                |figure| Origin::in_figure(figure, text, numeral),
            ),
            "manifest" => Origin::Structural { kind: format!("題名など（{rest}）") },
            _ => Origin::Structural { kind: rest.to_owned() },
        }
    }

    /// A title that the prose gives as a text: the template holds it, so its words are looked up.
    fn titled(&self, run: &Run, numeral: &str) -> Origin {
        let prose = self.report.prose.iter().flat_map(|prose| &prose.paragraphs);
        for piece in prose.flat_map(|paragraph| &paragraph.pieces) {
            let Piece::Text { text, place, .. } = piece else { continue };
            let mut numerals = numerals::numerals(text);
            if run.text.contains(text.as_str())
                && let Some(range) = numerals.find(|range| text[range.clone()] == *numeral)
            {
                let before = text[..range.start].chars().count() as u32;
                let column = place.column.map(|column| column + before);
                let place = Place { column, ..place.clone() };
                return (self.hand)(&place).unwrap_or(Origin::None { at: place.to_string() });
            }
        }
        Origin::None { at: String::new() }
    }

    fn spanned(&mut self, span: Span, numeral: &str) -> Origin {
        if !self.sites.contains_key(&span) {
            let site = self.site(span);
            self.sites.insert(span, site);
        }
        match self.sites.get_mut(&span) {
            Some(Site::Value(prose, call)) => {
                let (prose, call) = (*prose, *call);
                self.bound(prose, call)
            }
            Some(Site::Text { numerals, met }) => {
                // Every text is printed once and in order, so the next numeral with this text is it.
                let next = numerals.iter().enumerate().skip(*met).find(|(_, n)| n.text == numeral);
                let next =
                    next.or_else(|| numerals.iter().enumerate().find(|(_, n)| n.text == numeral));
                let Some((index, written)) = next else {
                    let at = numerals.first().map_or(String::new(), |n| n.place.to_string());
                    return Origin::None { at };
                };
                *met = index + 1;
                let place = written.place.clone();
                match written.claim {
                    Some((prose, call)) => claimed(self.bindings, prose, call),
                    None => (self.hand)(&place).unwrap_or(Origin::None { at: place.to_string() }),
                }
            }
            Some(Site::Template) | None => {
                Origin::Structural { kind: "紙面の部品".to_owned() }
            }
        }
    }

    /// Finds what stands at a span of the sources.
    fn site(&self, span: Span) -> Site {
        let Some(place) = self.world.place_of(span) else { return Site::Template };
        let Some(index) = self.report.prose.iter().position(|prose| prose.file == *place.file)
        else {
            return Site::Template;
        };
        let prose = &self.report.prose[index];
        let value = |call: &Call| call_kind(&call.name) == Some(CallKind::Value);
        if let Some(call) = prose.calls.iter().position(|call| call.place == place && value(call)) {
            return Site::Value(index, call);
        }
        let pieces = prose.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
        for piece in pieces {
            let Piece::Text { text, place: start, claim, .. } = piece else { continue };
            let length = text.chars().count() as u32;
            let column = place.column.unwrap_or(1);
            let first = start.column.unwrap_or(1);
            if start.line == place.line && (first..first + length.max(1)).contains(&column) {
                let written = |range: Range<usize>| {
                    let before = text[..range.start].chars().count() as u32;
                    let place = Place { column: Some(first + before), ..start.clone() };
                    let claim = claim.map(|claim| (index, claim));
                    Written { text: text[range].to_owned(), place, claim }
                };
                let numerals = numerals::numerals(text).map(written).collect();
                return Site::Text { numerals, met: 0 };
            }
        }
        Site::Text { numerals: vec![Written { text: String::new(), place, claim: None }], met: 0 }
    }

    /// A printed call of the prose.
    fn bound(&self, prose: usize, call: usize) -> Origin {
        let name = &self.report.prose[prose].calls[call].name;
        let Some(bound) = self.bindings.prose.get(prose).and_then(|p| p.values.get(&call)) else {
            return Origin::None { at: self.report.prose[prose].calls[call].place.to_string() };
        };
        let at: Vec<String> = bound.value.cells().iter().map(|cell| cell.place.located()).collect();
        let computed = match &bound.value {
            Value::Measure(measure) => measure.computed,
            Value::Words(words) => words.computed,
            Value::Measures(_) | Value::Verdict(_) => true,
        };
        match (name.as_str(), computed) {
            ("定数", _) => Origin::Constant {
                name: bound.key.split('"').nth(3).unwrap_or_default().to_owned(),
                at: at.concat(),
            },
            (_, true) => Origin::Computation { how: format!("#{name}"), at },
            (_, false) => Origin::Cell { at },
        }
    }
}

fn claimed(bindings: &Bindings, prose: usize, call: usize) -> Origin {
    match bindings.prose.get(prose).and_then(|prose| prose.claims.get(&call)) {
        Some(verdict) => Origin::Claim {
            condition: verdict.condition.clone(),
            at: verdict.cells.iter().map(|cell| cell.place.located()).collect(),
        },
        None => Origin::Claim { condition: String::new(), at: Vec::new() },
    }
}
