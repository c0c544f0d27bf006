//! Templates: those inside the program, or a folder of one's own.
use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::template_folder::{read_folder, slashed, wanted};
use soukatsu_chart::{PaletteFault, palette_faults};
use soukatsu_core::model::report::PageFormat;
use soukatsu_core::problem::{Code, Place, Problem};

/// Where a template keeps the looks of its charts.
const PALETTE: &str = "charts/palette.json";

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What a template says of its pages, so that charts fit into them. Lengths in pt.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TemplateSettings {
    pub text_width: f64,
    /// Between figures that stand side by side.
    pub figure_gutter: f64,
    pub figure_height: f64,
    pub figure_text_size: f64,
    /// What the note on rounding takes under a figure, from the top of its space.
    pub figure_note_height: f64,
    /// The text width of pages on their side, and of those folded in. Templates of earlier editions
    /// know of neither.
    #[serde(default)]
    pub landscape_text_width: Option<f64>,
    #[serde(default)]
    pub fold_out_text_width: Option<f64>,
}

impl TemplateSettings {
    /// The text width of pages of a format.
    pub fn text_width_of(&self, format: PageFormat) -> f64 {
        let own = match format {
            PageFormat::Upright => None,
            PageFormat::Landscape => self.landscape_text_width,
            PageFormat::FoldOut => self.fold_out_text_width,
        };
        own.unwrap_or(self.text_width)
    }
}

/// The Typst files of a template by their path below its folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    embedded: bool,
    files: BTreeMap<String, String>,
    settings: TemplateSettings,
    palette_faults: Vec<PaletteFault>,
}

impl Template {
    /// The template inside the program with this name.
    pub fn embedded(name: &str) -> Option<Self> {
        let mut files = BTreeMap::new();
        let root = EMBEDDED.get_dir(name)?;
        collect_embedded(root, root.path(), &mut files);
        Self::from_files(files, true).ok()
    }

    /// The names of the templates inside the program.
    pub fn names() -> Vec<String> {
        EMBEDDED.dirs().map(|dir| dir.path().display().to_string()).collect()
    }

    /// Reads a template from a folder of a report folder. Links may lead to other places of the
    /// report folder, and to nothing else.
    ///
    /// # Errors
    /// In Japanese, when the folder cannot be read, holds what must not be read, or lacks
    /// report.typ or settings.json.
    pub fn from_dir(report: &Path, name: &str) -> Result<Self, String> {
        Self::from_files(read_folder(report, name)?, false)
    }

    /// A template that was kept with an edition; `embedded`: whether it came with the program
    /// that made the edition.
    ///
    /// # Errors
    /// As [`Template::from_dir`].
    pub fn kept(edition: &Path, name: &str, embedded: bool) -> Result<Self, String> {
        Self::from_files(read_folder(edition, name)?, embedded)
    }

    /// A template that is held in memory: the bytes of its files by their path below its folder.
    ///
    /// # Errors
    /// In Japanese, when a file is no text, or report.typ or settings.json is not among them.
    pub fn from_memory<'a>(
        files: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Self, String> {
        let wanted = files.filter(|(path, _)| wanted(Path::new(path)));
        let text = |(path, bytes): (&str, &[u8])| match std::str::from_utf8(bytes) {
            Ok(text) => Ok((path.to_owned(), text.to_owned())),
            Err(_) => Err(format!("{path} はUTF-8の文字ではありません")),
        };
        Self::from_files(wanted.map(text).collect::<Result<_, _>>()?, false)
    }

    fn from_files(files: BTreeMap<String, String>, embedded: bool) -> Result<Self, String> {
        if !files.contains_key("report.typ") {
            return Err("report.typ がありません".into());
        }
        let settings = files.get("settings.json").ok_or("settings.json がありません")?;
        let settings = serde_json::from_str(settings)
            .map_err(|e| format!("settings.json が読めません（{e}）"))?;
        // A template without charts has none.
        let palette = files.get(PALETTE);
        let palette_faults = palette.map_or_else(Vec::new, |text| palette_faults(text));
        Ok(Template { embedded, files, settings, palette_faults })
    }

    /// Whether it came with the program.
    pub fn is_embedded(&self) -> bool {
        self.embedded
    }

    /// Path below the template's folder, and text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// What is wrong with the colours and patterns of its charts. `name`: the template's folder.
    pub fn problems(&self, name: &str) -> Vec<Problem> {
        let file = format!("{name}/{PALETTE}");
        let problem = |fault: &PaletteFault| {
            let place = match fault.at {
                Some((line, column)) => Place::at(file.as_str(), line, column),
                None => Place::file(file.as_str()),
            };
            Problem::error(Code::Palette, place).message(&*fault.message).hint(fault.hint)
        };
        self.palette_faults.iter().map(problem).collect()
    }

    /// What the template says of its pages.
    pub fn settings(&self) -> &TemplateSettings {
        &self.settings
    }
}

fn collect_embedded(dir: &Dir<'_>, root: &Path, files: &mut BTreeMap<String, String>) {
    for file in dir.files().filter(|file| wanted(file.path())) {
        if let (Ok(path), Some(text)) = (file.path().strip_prefix(root), file.contents_utf8()) {
            files.insert(slashed(path), text.to_owned());
        }
    }
    for child in dir.dirs() {
        collect_embedded(child, root, files);
    }
}
