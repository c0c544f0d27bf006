//! The mark 「差替え」 of an exchanged page, set in the report's fonts as a small page of its own.

use typst::diag::{FileError, FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::{Fonts, file_id};
use soukatsu_core::problem::typst_message;

/// A stamp, ready to be laid on a page.
pub struct Stamp {
    /// One page of the stamp's size.
    pub pdf: Vec<u8>,
    /// Width and height in points.
    pub size: [f64; 2],
}

/// Sets a stamp; what is wrong when a character has no font.
pub fn stamp(text: &str, fonts: &Fonts) -> Result<Stamp, String> {
    let world = StampWorld {
        library: LazyHash::new(Library::default()),
        fonts: fonts.clone(),
        source: Source::new(file_id("stamp.typ"), source(text, fonts)),
    };
    let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
    let words = |errors: &[typst::diag::SourceDiagnostic]| {
        errors.first().map_or_else(String::new, |error| typst_message(&error.message))
    };
    let document = output.map_err(|errors| words(&errors))?;
    let standards =
        PdfStandards::new(&[PdfStandard::A_2b]).map_err(|error| typst_message(error.message()))?;
    let options = PdfOptions {
        ident: Smart::Custom(text.to_owned()),
        creator: Smart::Custom(None),
        standards,
        tagged: false,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| words(&errors))?;
    let size = document.pages()[0].frame.size();
    Ok(Stamp { pdf, size: [size.x.to_pt(), size.y.to_pt()] })
}

/// Black, because copiers screen greys; framed, so that it is not taken for a running title.
fn source(text: &str, fonts: &Fonts) -> String {
    let families = ["BIZ UDGothic"].into_iter().chain(fonts.added_families());
    let families: String = families.map(|family| format!("\"{}\",", escaped(family))).collect();
    format!(
        // The date is asked for by PDF/A; nothing of the stamp's metadata is kept.
        "#set document(date: datetime(year: 2000, month: 1, day: 1))\n\
         #set page(width: auto, height: auto, margin: 0.25pt, fill: none)\n\
         #set text(font: ({families}), size: 9pt, lang: \"ja\", region: \"JP\", fallback: false,\n\
         overhang: false, cjk-latin-spacing: none, top-edge: 0.88em, bottom-edge: -0.12em)\n\
         #box(stroke: 0.5pt, inset: (x: 3pt, y: 2pt), text(\"{}\"))\n",
        escaped(text)
    )
}

/// As it stands between quotes in Typst.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}

struct StampWorld {
    library: LazyHash<Library>,
    fonts: Fonts,
    source: Source,
}

impl World for StampWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.source.id() {
            true => Ok(self.source.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_a_small_page_of_its_own() {
        let stamp = stamp("差替え　第2版 \"\\#", &Fonts::embedded()).unwrap();
        assert!(stamp.size[0] > 60.0 && stamp.size[0] < 130.0, "{:?}", stamp.size);
        assert!(stamp.size[1] < 15.0, "{:?}", stamp.size);
        assert!(stamp.pdf.starts_with(b"%PDF"));
    }

    #[test]
    fn a_character_without_a_font_is_refused() {
        assert!(stamp("差替え𓀀", &Fonts::embedded()).is_err());
    }
}
