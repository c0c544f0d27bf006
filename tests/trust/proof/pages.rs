//! What the laid-out pages show: their text, their words, and a digest of all that is drawn.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use soukatsu::export::page_texts;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

/// Pages before the one that is numbered 1: the cover and もくじ.
const FRONT: usize = 2;

pub struct Pages {
    texts: Vec<String>,
    words: Vec<HashMap<String, usize>>,
    digests: Vec<u64>,
}

impl Pages {
    pub fn of(document: &PagedDocument) -> Pages {
        let texts = page_texts(document).iter().map(|text| joined(text)).collect();
        let read = |page: &typst_layout::Page| {
            let mut pen = Pen::default();
            walk(&page.frame, Point::zero(), &mut pen);
            pen.finish()
        };
        let (words, digests) = document.pages().iter().map(read).unzip();
        Pages { texts, words, digests }
    }

    /// The text of a page by its printed number, without blanks and breaks of lines.
    pub fn text(&self, page: u8) -> &str {
        self.texts.get(usize::from(page) + FRONT - 1).map_or("", String::as_str)
    }

    /// Whether a phrase stands on its page, or anywhere when pages have come or gone.
    pub fn hold(&self, page: u8, phrase: &str, usual: usize) -> bool {
        let phrase = joined(phrase);
        match self.texts.len() == usual {
            true => self.text(page).contains(&phrase),
            false => self.texts.iter().any(|text| text.contains(&phrase)),
        }
    }

    pub fn count(&self) -> usize {
        self.texts.len()
    }

    /// How often a word stands alone on a page, as the labels of charts do.
    pub fn times(&self, page: u8, word: &str) -> usize {
        let words = self.words.get(usize::from(page) + FRONT - 1);
        words.and_then(|words| words.get(word)).copied().unwrap_or(0)
    }

    /// Whether nothing drawn differs.
    pub fn same_as(&self, other: &Pages) -> bool {
        self.digests == other.digests
    }
}

/// A text without blanks and breaks of lines.
pub fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Puts the runs of one word together again: digits and the dot come from two fonts.
#[derive(Default)]
struct Pen {
    words: HashMap<String, usize>,
    word: String,
    end: Option<(f64, f64)>,
    hasher: DefaultHasher,
}

impl Pen {
    fn text(&mut self, x: f64, y: f64, width: f64, text: &str) {
        (text, x.to_bits(), y.to_bits()).hash(&mut self.hasher);
        let follows = |(end, base): (f64, f64)| (x - end).abs() < 0.6 && (y - base).abs() < 0.1;
        if !self.end.is_some_and(follows) {
            self.close();
        }
        self.word.push_str(text);
        self.end = Some((x + width, y));
    }

    fn close(&mut self) {
        if !self.word.is_empty() {
            *self.words.entry(joined(&std::mem::take(&mut self.word))).or_default() += 1;
        }
    }

    fn finish(mut self) -> (HashMap<String, usize>, u64) {
        self.close();
        (self.words, self.hasher.finish())
    }
}

fn walk(frame: &Frame, at: Point, pen: &mut Pen) {
    for (offset, item) in frame.items() {
        let place = at + *offset;
        match item {
            FrameItem::Group(group) => walk(&group.frame, place, pen),
            FrameItem::Text(run) => {
                pen.text(place.x.to_pt(), place.y.to_pt(), run.width().to_pt(), &run.text);
            }
            FrameItem::Shape(shape, _) => {
                (shape, place.x.to_pt().to_bits(), place.y.to_pt().to_bits()).hash(&mut pen.hasher);
            }
            _ => {}
        }
    }
}
