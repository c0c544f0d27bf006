//! The whole way from a report folder to pages, with every problem found on it.
//!
//! A [`Session`] keeps fonts, template and Typst's cache, so that a second build of the same
//! report recomputes only what a change touches.

use typst_layout::PagedDocument;

use crate::check::check;
use crate::compile::{RowLimit, compile, overflows};
use crate::export::{PdfSettings, pdf};
use crate::load::{Folder, stays_inside};
use crate::model::report::{PageRow, Report};
use crate::problem::{self, Code, Place, Problem};
use crate::validate::read_report;
use crate::world::{Fonts, Profile, ReportWorld, Template, uncovered};

/// Fonts, template and caches for any number of builds.
pub struct Session {
    fonts: Fonts,
    profile: Profile,
    world: Option<(String, Template, ReportWorld)>,
}

/// What a build came to.
pub struct Outcome {
    /// As whole as the input allows; `None` without a readable report.toml.
    pub report: Option<Report>,
    /// Sorted by file and line.
    pub problems: Vec<Problem>,
    /// The pages, when Typst could lay them out; faulty ones are for looking at only.
    pub draft: Option<PagedDocument>,
}

impl Outcome {
    /// Whether an error stops the report.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// The pages to be exported: there only when no problem is an error.
    pub fn document(&self) -> Option<&PagedDocument> {
        self.draft.as_ref().filter(|_| !self.has_errors())
    }
}

impl Session {
    /// A session with these fonts.
    pub fn new(fonts: Fonts) -> Self {
        Session { fonts, profile: Profile::default(), world: None }
    }

    /// The session with another profile.
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The fonts of the session.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Reads and checks a report without typesetting it.
    pub fn check(&self, folder: &Folder) -> Outcome {
        let (report, mut problems) = read_report(folder);
        if let Some(report) = &report {
            problems.extend(check(report));
            problems
                .extend(uncovered(&report.texts, &self.fonts).iter().flat_map(|u| u.problems()));
        }
        problem::sort(&mut problems);
        Outcome { report, problems, draft: None }
    }

    /// Reads, checks and lays a report out.
    ///
    /// A report with errors is laid out all the same, so that the faults only Typst can find
    /// are told in the same run; its document is not given out.
    pub fn build(&mut self, folder: &Folder) -> Outcome {
        let mut outcome = self.check(folder);
        let Some(report) = &outcome.report else { return outcome };
        let world = match self.world_for(folder, report) {
            Ok(world) => world,
            Err(problem) => {
                outcome.problems.push(*problem);
                problem::sort(&mut outcome.problems);
                return outcome;
            }
        };
        let prose: Vec<String> = report.prose.iter().map(|prose| prose.file.clone()).collect();
        let (document, found) = compile(world, &prose);
        comemo::evict(10);
        let known = std::mem::take(&mut outcome.problems);
        // What a check has told already, Typst need not tell again in its own words.
        let faulty = known.iter().any(Problem::is_error);
        let again = |new: &Problem| {
            // A fault inside the template comes from what is missing in a faulty report.
            let consequence = faulty && new.place.file.starts_with("template/");
            consequence
                || known.iter().any(|old| {
                    let same = old.place.file == new.place.file && old.place.line == new.place.line;
                    old.is_error() && same
                })
        };
        outcome.problems = found.into_iter().filter(|new| !again(new)).collect();
        outcome.problems.extend(known);
        if let Some(document) = &document {
            let limits: Vec<RowLimit> = report.pages.iter().enumerate().map(row_limit).collect();
            outcome.problems.extend(overflows(document, &limits));
        }
        problem::sort(&mut outcome.problems);
        outcome.draft = document;
        outcome
    }

    /// The world of the report's template, holding this report.
    pub fn world_for(
        &mut self,
        folder: &Folder,
        report: &Report,
    ) -> Result<&mut ReportWorld, Box<Problem>> {
        let kept = self.world.take().filter(|(name, ..)| *name == report.template);
        let entry = match kept {
            Some(entry) => entry,
            None => {
                let template = load_template(folder, report)?;
                let world = ReportWorld::new(&template, self.fonts.clone());
                (report.template.clone(), template, world)
            }
        };
        let (_, template, world) = self.world.insert(entry);
        world.set_report(report, template.settings(), self.profile);
        Ok(world)
    }
}

/// Exports the pages of a report as PDF/A-2a with PDF/UA-1, or other standards.
///
/// # Errors
/// Everything that a standard forbids.
pub fn export_pdf(
    report: &Report,
    document: &PagedDocument,
    standards: Option<Vec<typst_pdf::PdfStandard>>,
) -> Result<Vec<u8>, Vec<Problem>> {
    let ident = format!("{}\n{}", report.author, report.title());
    let mut settings = PdfSettings::accessible_archive(ident, report.date);
    if let Some(standards) = standards {
        settings.standards = standards;
    }
    pdf(document, &settings)
}

/// A template inside the program by its name, or a folder inside the report folder.
fn load_template(folder: &Folder, report: &Report) -> Result<Template, Box<Problem>> {
    let name = &report.template;
    if let Some(template) = Template::embedded(name) {
        return Ok(template);
    }
    let place = report.template_place.clone().unwrap_or_else(|| Place::file("report.toml"));
    let problem = Problem::error(Code::NoTemplate, place).text(name);
    let own = match folder {
        Folder::Disk(root) if stays_inside(name) => Some(root.join(name)),
        _ => None,
    };
    let Some(dir) = own.filter(|dir| dir.is_dir()) else {
        let known = Template::names().join("・");
        return Err(Box::new(
            problem
                .message(format!("テンプレート「{name}」がありません"))
                .expected(format!("{known} か、報告書フォルダーの中のフォルダー名"))
                .hint("`template = \"council\"` と書くと内蔵のテンプレートを使います"),
        ));
    };
    Template::from_dir(&dir).map_err(|reason| {
        Box::new(problem.message(format!("テンプレート「{name}」を読めません: {reason}")))
    })
}

fn row_limit((index, row): (usize, &PageRow)) -> RowLimit {
    let name = match (&row.measure, &row.pillar) {
        (Some(measure), _) => measure.clone(),
        (None, Some(pillar)) => format!("{pillar} {}", row.title),
        (None, None) if row.title.is_empty() => format!("{}番目の [[page]]", index + 1),
        (None, None) => row.title.clone(),
    };
    RowLimit { index, pages: row.pages, name, place: row.place.clone() }
}
