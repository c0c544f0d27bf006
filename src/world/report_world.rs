//! A Typst world that holds one report, and nothing else.

use std::collections::{HashMap, HashSet};

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, Span, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World, WorldExt};

use super::fonts::Fonts;
use super::library::library;
use super::model_files::{layout_file, model_files, spacing};
use super::presentation::Presentation;
use super::prose::{join_lines, original_column};
use super::template::Template;

use soukatsu_core::bind::Bindings;
use soukatsu_core::model::date::Date;
use soukatsu_core::model::layout::Layout;
use soukatsu_core::model::report::{Prose, Report};
use soukatsu_core::problem::Place;

/// The path at which the template's entry file is served.
pub const ENTRY: &str = "template/report.typ";

/// The template inside the program that has it: one of one's own need not.
const ERRATA_TEMPLATE: &str = "council";

/// The entry file of the 正誤表.
const ERRATA_ENTRY: &str = "template/errata.typ";

/// Where the files of the template are served.
const TEMPLATE: &str = "template/";

/// The families of `--font-path`.
const ADDED_FONTS: &str = "model/fonts.json";

/// A world that holds one report. Files are changed in place, so that Typst keeps what it
/// already knows about all others.
pub struct ReportWorld {
    library: LazyHash<Library>,
    fonts: Fonts,
    main: FileId,
    files: HashMap<FileId, File>,
    /// The authors' texts behind the prose, by path.
    prose: HashMap<String, String>,
    date: Date,
}

struct File {
    bytes: Bytes,
    /// Parsed sources of `.typ` files.
    source: Option<Source>,
}

impl ReportWorld {
    /// A world with fonts, and nothing else yet.
    pub fn new(fonts: Fonts) -> Self {
        let mut world = ReportWorld {
            library: LazyHash::new(library()),
            fonts,
            main: file_id(ENTRY),
            files: HashMap::new(),
            prose: HashMap::new(),
            date: Date::default(),
        };
        let more = serde_json::json!(world.fonts.added_families()).to_string();
        world.set(ADDED_FONTS, &more);
        world
    }

    /// A world that holds a 正誤表 and no report; `errata` is what its template reads.
    pub fn of_errata(fonts: Fonts, date: Date, errata: &serde_json::Value) -> Option<Self> {
        let template = Template::embedded(ERRATA_TEMPLATE)?;
        let mut world = ReportWorld::new(fonts);
        world.set_template(&template);
        world.main = file_id(ERRATA_ENTRY);
        world.date = date;
        world.set("model/profile.json", "\"mono\"");
        let layout = layout_file(Layout::default());
        world.set(&layout.path, &layout.text);
        world.set("model/errata.json", &errata.to_string());
        Some(world)
    }

    /// Puts a template into the world, in place of the one before.
    pub fn set_template(&mut self, template: &Template) {
        let mut served: HashSet<FileId> = HashSet::new();
        for (path, text) in template.files() {
            let path = format!("{TEMPLATE}{path}");
            self.set(&path, text);
            served.insert(file_id(&path));
        }
        self.keep(&served, |path| path.starts_with(TEMPLATE));
    }

    /// Puts a report into the world, in place of the one before.
    ///
    /// Files that did not change keep their identity, so that a rebuild recomputes only what
    /// reads a changed one.
    pub fn set_report(
        &mut self,
        report: &Report,
        bindings: &Bindings,
        presentation: &Presentation<'_>,
    ) {
        self.date = report.date;
        let mut served: HashSet<FileId> = HashSet::new();
        for file in model_files(report, bindings, presentation) {
            self.set(&file.path, &file.text);
            served.insert(file_id(&file.path));
        }
        let before = std::mem::take(&mut self.prose);
        for Prose { file, text, broken, .. } in &report.prose {
            let text = if *broken { "" } else { text };
            // Joining means parsing: what is as it was needs none of it.
            if before.get(file).is_none_or(|old| old != text) {
                self.set(file, &join_lines(text));
            }
            served.insert(file_id(file));
            self.prose.insert(file.clone(), text.to_owned());
        }
        self.keep(&served, |path| !path.starts_with(TEMPLATE) && path != ADDED_FONTS);
    }

    /// Sets the headings of a page row nearer to its text.
    pub fn tighten(&mut self, row: usize) {
        let file = spacing(row, true);
        self.set(&file.path, &file.text);
    }

    /// Takes away the files of a kind that are not served any more: a later build of a session
    /// must see no more than the first one would.
    fn keep(&mut self, served: &HashSet<FileId>, of_the_kind: impl Fn(&str) -> bool) {
        self.files.retain(|id, _| {
            served.contains(id) || !of_the_kind(id.get().vpath().get_without_slash())
        });
    }

    /// Sets the text of one file.
    pub fn set(&mut self, path: &str, text: &str) {
        let id = file_id(path);
        match self.files.get_mut(&id) {
            Some(file) if file.bytes.as_slice() == text.as_bytes() => {}
            Some(file) => {
                file.bytes = Bytes::from_string(text.to_owned());
                if let Some(source) = &mut file.source {
                    source.replace(text);
                }
            }
            None => {
                let parsed = path.ends_with(".typ").then(|| Source::new(id, text.to_owned()));
                let bytes = Bytes::from_string(text.to_owned());
                self.files.insert(id, File { bytes, source: parsed });
            }
        }
    }

    /// The text of a file as Typst sees it.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(&file_id(path))?.bytes.as_slice()).ok()
    }

    /// Every file that Typst may read, by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let mut files: Vec<_> = self
            .files
            .iter()
            .map(|(id, file)| (id.get().vpath().get_without_slash(), file.bytes.as_slice()))
            .collect();
        files.sort_unstable();
        files.into_iter()
    }

    /// The place in the author's file of a span of the sources: line and column before lines were
    /// joined.
    pub fn place_of(&self, span: Span) -> Option<Place> {
        let id = span.id()?;
        let range = self.range(span)?;
        let file = id.vpath().get_without_slash();
        let source = self.files.get(&id)?.source.as_ref()?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        let text = source.text().lines().nth(line).unwrap_or_default();
        Some(Place::at(file, line as u32 + 1, original_column(text, column) as u32 + 1))
    }

    /// The fonts of this world.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }
}

/// The identity of a file of the project.
///
/// A path that cannot be served gets the identity of the root, where no file ever stands.
pub fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).or_else(|_| VirtualPath::new("/"));
    match path {
        Ok(path) => RootedPath::new(VirtualRoot::Project, path).intern(),
        Err(_) => unreachable!("the root is always a virtual path"),
    }
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let file = self.files.get(&id).ok_or_else(|| not_found(id))?;
        file.source.clone().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).map(|file| file.bytes.clone()).ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Datetime::from_ymd(i32::from(self.date.year), self.date.month, self.date.day)
    }
}

fn not_found(id: FileId) -> FileError {
    match id.root() {
        VirtualRoot::Project => FileError::NotFound(id.vpath().get_without_slash().into()),
        // There are none, and none are fetched.
        VirtualRoot::Package(package) => {
            FileError::Package(PackageError::NotFound(package.clone()))
        }
    }
}
