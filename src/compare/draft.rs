//! A change of what is printed while it is made: where it stands, then its texts.

use super::causes::Causes;
use super::printed::{Kind, PrintedChange};
use super::rows_of::RowsOf;
use super::words::{Segment, marked};
use soukatsu_core::problem::Place;

/// Entries of tables up to so many characters are marked as a whole.
const SHORT: usize = 16;

/// A change before its texts are known.
pub(super) struct Draft<'a> {
    pub kind: Kind,
    pub spot: String,
    pub place: Option<Place>,
    pub rows: &'a [usize],
    pub causes: Causes,
    /// Whether its texts only stand for what is drawn.
    pub is_picture: bool,
    /// See [`PrintedChange`].
    pub written: bool,
    pub counted: bool,
}

impl<'a> Draft<'a> {
    pub fn new(kind: Kind, spot: String, rows: &'a [usize]) -> Self {
        Draft {
            kind,
            spot,
            rows,
            place: None,
            causes: Causes::default(),
            is_picture: false,
            written: false,
            counted: false,
        }
    }
}

impl Draft<'_> {
    pub fn finish(
        self,
        rows: &RowsOf<'_>,
        old: Option<String>,
        new: Option<String>,
    ) -> PrintedChange {
        let (was, is) = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
        // A short entry of a table is read as a whole, and so is what stands for a picture.
        let short = was.chars().count().max(is.chars().count()) <= SHORT || self.is_picture;
        let short = short && self.kind != Kind::Sentence;
        let (old_parts, new_parts) = match short {
            true => (in_whole(was), in_whole(is)),
            false => marked(was, is),
        };
        let (pages, origins): (Vec<_>, Vec<_>) =
            rows.pages(self.rows, new.is_some()).into_iter().unzip();
        PrintedChange {
            kind: self.kind,
            chapter: rows.chapter(self.rows, new.is_some(), &origins),
            pages,
            origins,
            spot: self.spot,
            place: self.place,
            old,
            new,
            old_parts,
            new_parts,
            causes: self.causes.cells.into_iter().collect(),
            parts: self.causes.parts.into_iter().collect(),
            written: self.written,
            counted: self.counted,
        }
    }
}

fn in_whole(text: &str) -> Vec<Segment> {
    let whole = Segment { text: text.to_owned(), changed: true };
    if text.is_empty() { Vec::new() } else { vec![whole] }
}
