//! The fonts: those inside the program, then those of `--font-path`.
//!
//! fontdb reads and names the faces. Their order is fixed (embedded ones by file name, then
//! folders in the order given, each sorted by path), because Typst takes the first that fits.
#![expect(clippy::disallowed_methods, reason = "fonts of --font-path are read here")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use fontdb::{Database, Source, Style, Weight};
use include_dir::{Dir, include_dir};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::system_reason;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fonts");

/// Where the faces inside the program come from.
pub(super) const EMBEDDED_ORIGIN: &str = "内蔵";

/// One face, as `soukatsu fonts` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    pub family: String,
    pub style: String,
    /// 100 to 900; 400 is regular, 700 bold.
    pub weight: u16,
    pub monospaced: bool,
    /// `内蔵` faces come with the program.
    pub origin: String,
}

impl Face {
    /// Whether it came with the program.
    pub fn is_embedded(&self) -> bool {
        self.origin == EMBEDDED_ORIGIN
    }
}

/// A font file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontError {
    pub path: PathBuf,
    pub reason: String,
}

/// The faces in their order, and Typst's view of them.
#[derive(Clone)]
pub struct Fonts(Arc<Inner>);

struct Inner {
    faces: Vec<Face>,
    data: Vec<(Bytes, u32)>,
    fonts: Vec<OnceLock<Option<Font>>>,
    book: LazyHash<FontBook>,
    digests: OnceLock<Vec<String>>,
}

impl Fonts {
    /// The fonts inside the program.
    pub fn embedded() -> Self {
        Self::with_paths(&[]).0
    }

    /// The fonts inside the program and those of some folders or files.
    ///
    /// A folder or file that cannot be read is told beside the fonts; the others serve.
    pub fn with_paths(paths: &[PathBuf]) -> (Self, Vec<FontError>) {
        let mut found: Vec<(Bytes, String)> = Vec::new();
        let mut files: Vec<_> = EMBEDDED.files().filter(|file| is_font(file.path())).collect();
        files.sort_by_key(|file| file.path());
        for file in files {
            found.push((Bytes::new(file.contents()), EMBEDDED_ORIGIN.to_owned()));
        }
        let mut errors = Vec::new();
        for path in paths {
            match read_fonts(path) {
                Ok(more) if more.is_empty() => errors.push(FontError {
                    path: path.clone(),
                    reason: "フォント（.ttf・.otf・.ttc）がありません".into(),
                }),
                Ok(more) => found.extend(more),
                Err(error) => errors.push(error),
            }
        }
        (Self::from_files(found, &mut errors), errors)
    }

    /// Fonts that were kept with an edition, in their order: file name, bytes, and whether they
    /// came with the program that made the edition.
    pub fn kept(files: Vec<(String, Vec<u8>, bool)>) -> Self {
        let origin = |name, embedded| if embedded { EMBEDDED_ORIGIN.to_owned() } else { name };
        let files = files.into_iter();
        let files = files.map(|(name, bytes, inside)| (Bytes::new(bytes), origin(name, inside)));
        Self::from_files(files.collect(), &mut Vec::new())
    }

    fn from_files(files: Vec<(Bytes, String)>, errors: &mut Vec<FontError>) -> Self {
        let (mut faces, mut data) = (Vec::new(), Vec::new());
        for (bytes, origin) in files {
            let mut database = Database::new();
            let ids = database.load_font_source(Source::Binary(Arc::new(bytes.clone())));
            if ids.is_empty() {
                errors.push(FontError {
                    path: origin.into(),
                    reason: "フォントとして読めません".into(),
                });
                continue;
            }
            for id in ids {
                let Some(info) = database.face(id) else { continue };
                let family = info
                    .families
                    .iter()
                    .find(|(_, l)| *l == fontdb::Language::English_UnitedStates);
                let family = family.or(info.families.first()).map_or("", |(name, _)| name.as_str());
                faces.push(Face {
                    family: family.to_owned(),
                    style: style_name(info.style).to_owned(),
                    weight: weight(info.weight),
                    monospaced: info.monospaced,
                    origin: origin.clone(),
                });
                data.push((bytes.clone(), info.index));
            }
        }
        let fonts: Vec<OnceLock<Option<Font>>> = data.iter().map(|_| OnceLock::new()).collect();
        let load = |index: usize| {
            fonts[index].get_or_init(|| Font::new(data[index].0.clone(), data[index].1)).as_ref()
        };
        let infos = (0..data.len()).filter_map(load).map(|font| font.info().clone());
        let book = LazyHash::new(FontBook::from_infos(infos));
        Fonts(Arc::new(Inner { faces, data, fonts, book, digests: OnceLock::new() }))
    }

    /// Every face, in the order in which Typst sees them.
    pub fn faces(&self) -> &[Face] {
        &self.0.faces
    }

    /// The families that came from outside, without those of the same name inside.
    pub fn added_families(&self) -> Vec<&str> {
        let inside = |family: &str| {
            self.0.faces.iter().any(|face| face.origin == EMBEDDED_ORIGIN && face.family == family)
        };
        let mut families: Vec<&str> = Vec::new();
        for face in &self.0.faces {
            if !inside(&face.family) && !families.contains(&face.family.as_str()) {
                families.push(&face.family);
            }
        }
        families
    }

    /// Typst's index of the faces.
    pub fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    /// The face at an index of the book.
    pub fn font(&self, index: usize) -> Option<Font> {
        let (data, face) = self.0.data.get(index)?;
        self.0.fonts[index].get_or_init(|| Font::new(data.clone(), *face)).clone()
    }

    /// The bytes of the file in which a face stands; empty beyond the last face.
    pub fn data(&self, index: usize) -> &[u8] {
        self.0.data.get(index).map_or(&[], |(data, _)| data.as_slice())
    }

    /// The SHA-256 of the file of each face, worked out once.
    pub fn digests(&self) -> &[String] {
        self.0.digests.get_or_init(|| {
            let mut known: BTreeMap<*const u8, String> = BTreeMap::new();
            let digest = |(data, _): &(Bytes, u32)| {
                // The faces of one file share its bytes.
                let known = known.entry(data.as_ptr());
                known.or_insert_with(|| sha256(data.as_slice())).clone()
            };
            self.0.data.iter().map(digest).collect()
        })
    }

    /// The font files in their order, each once, by a name made of its first face.
    pub fn files(&self) -> impl Iterator<Item = (String, &[u8])> {
        let file = |index: usize| self.0.data[index].0.as_slice();
        let new =
            move |index: &usize| *index == 0 || file(*index).as_ptr() != file(index - 1).as_ptr();
        (0..self.0.data.len()).filter(new).map(move |index| {
            let face = &self.0.faces[index];
            let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
            let family: String = face.family.chars().map(plain).collect();
            let ending = match file(index) {
                [b'O', b'T', b'T', b'O', ..] => "otf",
                [b't', b't', b'c', b'f', ..] => "ttc",
                _ => "ttf",
            };
            (format!("{family}-{}.{ending}", face.weight), file(index))
        })
    }

    /// The licences of the embedded fonts, by file name.
    pub fn licences() -> impl Iterator<Item = (&'static Path, &'static [u8])> {
        let licence = |path: &Path| path.extension().is_some_and(|ending| ending == "txt");
        Self::embedded_files().filter(move |(path, _)| licence(path))
    }

    /// The file names and bytes of the embedded fonts with their licence, to hand on.
    pub fn embedded_files() -> impl Iterator<Item = (&'static Path, &'static [u8])> {
        EMBEDDED.files().map(|file| (file.path(), file.contents()))
    }
}

fn read_fonts(path: &Path) -> Result<Vec<(Bytes, String)>, FontError> {
    let refused = |path: &Path, error: std::io::Error| FontError {
        path: path.to_owned(),
        reason: system_reason(&error),
    };
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| refused(path, error))?;
        files = entries.flatten().map(|entry| entry.path()).filter(|file| is_font(file)).collect();
        files.sort();
    }
    let read = |file: PathBuf| {
        let found = std::fs::metadata(&file).map_err(|error| refused(&file, error))?;
        if !found.is_file() {
            // To read a pipe or a device would never end.
            return Err(FontError {
                path: file, reason: "普通のファイルではありません".into()
            });
        }
        let bytes = std::fs::read(&file).map_err(|error| refused(&file, error))?;
        Ok((Bytes::new(bytes), file.display().to_string()))
    };
    files.into_iter().map(read).collect()
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Normal => "標準",
        Style::Italic => "イタリック",
        Style::Oblique => "斜体",
    }
}

fn weight(Weight(weight): Weight) -> u16 {
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_faces_come_in_the_order_of_their_files() {
        let fonts = Fonts::embedded();
        let names: Vec<_> = fonts.faces().iter().map(|f| (f.family.as_str(), f.weight)).collect();
        assert_eq!(
            names,
            [
                ("BIZ UDGothic", 700),
                ("BIZ UDGothic", 400),
                ("BIZ UDPGothic", 700),
                ("BIZ UDPGothic", 400)
            ]
        );
    }

    #[test]
    fn a_font_path_without_fonts_is_told_and_the_others_serve() {
        let (fonts, errors) =
            Fonts::with_paths(&[PathBuf::from("/no/such/folder"), PathBuf::from("src")]);
        assert_eq!((fonts.faces().len(), errors.len()), (4, 2));
    }
}
