//! The text of a page in runs, with the source of every character.

use typst::foundations::{Content, Label, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point};
use typst::model::{HeadingElem, ParElem};
use typst::syntax::Span;
use typst::utils::PicoStr;

/// Where a character comes from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// A text that the template has marked.
    Mark(String),
    /// A place in the sources.
    Span(Span),
}

/// Text that is read in one go: a paragraph, a cell, a label of a chart.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub text: String,
    /// Beginning of each stretch in `text`, and its source.
    sources: Vec<(usize, Source)>,
}

impl Run {
    /// The source of the character at a byte of the text.
    pub fn source(&self, at: usize) -> &Source {
        let index = self.sources.partition_point(|(start, _)| *start <= at);
        &self.sources[index.saturating_sub(1)].1
    }

    fn push(&mut self, text: &str, source: Source) {
        if self.sources.last().is_none_or(|(_, last)| *last != source) {
            self.sources.push((self.text.len(), source));
        }
        self.text.push_str(text);
    }
}

/// The runs of a page, in the order in which they are drawn.
pub(super) fn runs(frame: &Frame) -> Vec<Run> {
    let mut walk = Walk { runs: Vec::new(), open: Run::default(), pen: None, marks: Vec::new() };
    walk.frame(frame, Point::zero());
    walk.close();
    walk.runs
}

struct Walk {
    runs: Vec<Run>,
    open: Run,
    /// Where the last glyph ended, and its size.
    pen: Option<(Point, f64)>,
    marks: Vec<String>,
}

impl Walk {
    fn close(&mut self) {
        if !self.open.text.is_empty() {
            self.runs.push(std::mem::take(&mut self.open));
        }
    }

    fn frame(&mut self, frame: &Frame, at: Point) {
        for (offset, item) in frame.items() {
            let at = at + *offset;
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, at),
                FrameItem::Tag(Tag::Start(content, _)) => self.tag(content),
                FrameItem::Text(text) => {
                    let size = text.size.to_pt();
                    self.part(at, size);
                    let mut x = at.x;
                    for glyph in &text.glyphs {
                        let source = match self.marks.last() {
                            Some(mark) => Source::Mark(mark.clone()),
                            None => Source::Span(glyph.span.0),
                        };
                        self.open.push(&text.text[glyph.range()], source);
                        x += glyph.x_advance.at(text.size);
                    }
                    self.pen = Some((Point::new(x, at.y), size));
                }
                _ => {}
            }
        }
    }

    fn tag(&mut self, content: &Content) {
        match origin(content) {
            Some(mark) if mark.is_empty() => _ = self.marks.pop(),
            Some(mark) => {
                // Two texts of the data side by side are two cells.
                if matches!(self.open.sources.last(), Some((_, Source::Mark(_)))) {
                    self.close();
                }
                self.marks.push(mark);
            }
            // A text of its own, whatever stands right above it.
            None if content.is::<ParElem>() || content.is::<HeadingElem>() => self.close(),
            None => {}
        }
    }

    /// Begins a new run where the text does not go on: neither beside the pen, nor at the
    /// beginning of the next line.
    fn part(&mut self, at: Point, size: f64) {
        let Some((pen, last)) = self.pen else { return };
        let (dx, dy) = ((at.x - pen.x).to_pt(), (at.y - pen.y).to_pt());
        let beside = dy.abs() < 0.1 * size && (-0.6 * size..0.9 * size).contains(&dx);
        let next_line = (last - size).abs() < 0.01 && dx < 0.0 && (0.9..1.7).contains(&(dy / size));
        if !beside && !next_line {
            self.close();
        }
    }
}

/// The mark that a metadata element of `blocks/trace.typ` holds.
fn origin(content: &Content) -> Option<String> {
    let label = Label::new(PicoStr::intern("soukatsu-from"))?;
    if content.label() != Some(label) {
        return None;
    }
    match &content.to_packed::<MetadataElem>()?.value {
        Value::Str(text) => Some(text.to_string()),
        _ => None,
    }
}
