//! The whole way from a report folder to pages, with every problem found on it.
//!
//! A [`Session`] keeps fonts, template and Typst's cache, so that a second build of the same
//! report recomputes only what a change touches.

mod errata;
mod imprint;
mod output;
mod template;

use typst_layout::PagedDocument;

pub use errata::errata_pdf;
use imprint::{Asked, Mark, lacking};
pub use output::{Output, mark_of};
use template::load_template;

use crate::compile::{RowLimit, RowSides, compile, overflows, wrong_sides};
use crate::trace::{self, Traced, trace};
use crate::world::{Fonts, Presentation, Profile, ReportWorld, Template, uncovered};
use soukatsu_core::bind::{Bindings, bind};
use soukatsu_core::check::{check, numerals, origins};
use soukatsu_core::load::Folder;
use soukatsu_core::model::report::{PageKind, PageRow, Print, Report};
use soukatsu_core::problem::{self, Place, Problem};
use soukatsu_core::validate::read_report;

/// Fonts, template and caches for any number of builds.
pub struct Session {
    fonts: Fonts,
    profile: Profile,
    asked: Asked,
    tracing: bool,
    untidy: bool,
    world: Option<(String, Template, ReportWorld)>,
    /// Serves in place of the template of its name.
    given: Option<(String, Template)>,
}

/// What a build came to.
pub struct Outcome {
    /// As whole as the input allows; `None` without a readable report.toml.
    pub report: Option<Report>,
    /// What the calls of its prose come to.
    pub bindings: Bindings,
    /// Sorted by file and line.
    pub problems: Vec<Problem>,
    /// The pages, when Typst could lay them out; faulty ones are for looking at only.
    pub draft: Option<PagedDocument>,
}

impl Outcome {
    fn new(
        report: Option<Report>,
        bindings: Bindings,
        mut problems: Vec<Problem>,
        draft: Option<PagedDocument>,
    ) -> Self {
        problem::sort(&mut problems);
        Outcome { report, bindings, problems, draft }
    }

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
        Session {
            fonts,
            profile: Profile::default(),
            asked: Asked::default(),
            tracing: false,
            untidy: false,
            world: None,
            given: None,
        }
    }

    /// The session with another profile.
    pub fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The session with 版 and content hash on every page, and in the metadata.
    pub fn with_edition_mark(mut self, wanted: bool) -> Self {
        self.asked.mark = wanted.then_some(Mark::Own);
        self
    }

    /// The session that says on the cover which data is not final, so that an official version
    /// may hold it.
    pub fn with_provisional_accepted(mut self, accepted: bool) -> Self {
        self.asked.notice = accepted;
        self
    }

    /// The session that takes this template for the one of its name, so that an edition is built
    /// with the very template that it was made with.
    pub fn with_template(mut self, name: String, template: Template) -> Self {
        self.given = Some((name, template));
        self
    }

    /// The fonts of the session.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// The template of the last build.
    pub fn template(&self) -> Option<&Template> {
        self.world.as_ref().map(|(_, template, _)| template)
    }

    /// The template of the last build by its name, when it is one of the report's own.
    pub fn own_template(&self) -> Option<(&str, &Template)> {
        let (name, template, _) = self.world.as_ref()?;
        (!template.is_embedded()).then_some((name.as_str(), template))
    }

    /// Reads and checks a report without typesetting it.
    pub fn check(&self, folder: &Folder) -> Outcome {
        let (report, mut problems) = read_report(folder);
        let mut bindings = Bindings::default();
        if let Some(report) = &report {
            let (bound, found) = bind(report);
            bindings = bound;
            problems.extend(found);
            problems.extend(rules(report, &bindings, &self.fonts));
            match load_template(folder, report) {
                Ok(template) => problems.extend(template.problems(&report.template)),
                Err(problem) => problems.push(*problem),
            }
        }
        Outcome::new(report, bindings, problems, None)
    }

    /// Reads, checks and lays a report out.
    ///
    /// A report with errors is laid out all the same, so that the faults only Typst can find
    /// are told in the same run; its document is not given out.
    pub fn build(&mut self, folder: &Folder) -> Outcome {
        self.tidy();
        let (report, mut known) = read_report(folder);
        let Some(report) = report else {
            return Outcome::new(None, Bindings::default(), known, None);
        };
        let fonts = self.fonts.clone();
        let (bindings, found) = bind(&report);
        known.extend(found);
        // The rules need no pages, so they run beside the layout.
        let (checked, (document, found)) = std::thread::scope(|scope| {
            let checking = scope.spawn(|| rules(&report, &bindings, &fonts));
            let laid_out = self.lay_out(folder, &report, &bindings);
            (checking.join(), laid_out)
        });
        known.extend(checked.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        if let Some((name, template, _)) = &self.world {
            known.extend(template.problems(name));
        }
        let mut problems: Vec<Problem> =
            found.into_iter().filter(|new| !follows_from(new, &known)).collect();
        problems.extend(known);
        Outcome::new(Some(report), bindings, problems, document)
    }

    /// Gives up results of Typst that no build has used for a while. The next build does it when
    /// nobody else has, but people wait for a build.
    pub fn tidy(&mut self) {
        if std::mem::take(&mut self.untidy) {
            comemo::evict(10);
        }
    }

    /// Builds a report and says of every numeral of its pages where it comes from.
    ///
    /// The numerals are empty when the report has no pages.
    pub fn trace(&mut self, folder: &Folder) -> (Outcome, Vec<Traced>) {
        self.tracing = true;
        let outcome = self.build(folder);
        self.tracing = false;
        let numerals = match (&outcome.draft, &outcome.report, &self.world) {
            (Some(document), Some(report), Some((_, _, world))) => {
                let written = origins(report, &outcome.bindings);
                let hand = |place: &Place| structural(*written.get(place)?);
                trace(document, world, report, &outcome.bindings, &hand)
            }
            _ => Vec::new(),
        };
        (outcome, numerals)
    }

    fn lay_out(
        &mut self,
        folder: &Folder,
        report: &Report,
        bindings: &Bindings,
    ) -> (Option<PagedDocument>, Vec<Problem>) {
        let world = match self.world_for(folder, report, bindings) {
            Ok(world) => world,
            Err(problem) => return (None, vec![*problem]),
        };
        let prose: Vec<String> = report.prose.iter().map(|prose| prose.file.clone()).collect();
        let (document, mut problems) = compile(world, &prose);
        self.untidy = true;
        if let Some(document) = &document {
            let limits: Vec<RowLimit> = report.pages.iter().enumerate().map(row_limit).collect();
            problems.extend(overflows(document, &limits));
            let rows = report.pages.iter().zip(&limits);
            let sides: Vec<RowSides> =
                rows.map(|(row, limit)| row_sides(row, limit, report.print)).collect();
            problems.extend(wrong_sides(document, &sides));
            if let Some((_, template, _)) = &self.world {
                problems.extend(lacking(document, report, &self.asked.imprint(report, template)));
            }
        }
        (document, problems)
    }

    /// The world of the report's template, holding this report.
    pub fn world_for(
        &mut self,
        folder: &Folder,
        report: &Report,
        bindings: &Bindings,
    ) -> Result<&mut ReportWorld, Box<Problem>> {
        let entry = match self.world.take() {
            Some(kept) if kept.0 == report.template && kept.1.is_embedded() => kept,
            // One of the report's own may have changed since.
            kept => {
                let given = self.given.as_ref().filter(|(name, _)| *name == report.template);
                let template = match given {
                    Some((_, template)) => Ok(template.clone()),
                    None => load_template(folder, report),
                };
                let template = match template {
                    Ok(template) => template,
                    Err(problem) => {
                        self.world = kept;
                        return Err(problem);
                    }
                };
                let kept = kept.map(|(.., world)| world);
                let mut world = kept.unwrap_or_else(|| ReportWorld::new(self.fonts.clone()));
                world.set_template(&template);
                (report.template.clone(), template, world)
            }
        };
        let (_, template, world) = self.world.insert(entry);
        let imprint = self.asked.imprint(report, template);
        let presentation = Presentation {
            settings: template.settings(),
            profile: self.profile,
            tracing: self.tracing,
            imprint,
        };
        world.set_report(report, bindings, &presentation);
        Ok(world)
    }
}

/// What a numeral that an author wrote is, when it is no figure of the report.
fn structural(origin: numerals::Origin) -> Option<trace::Origin> {
    let kind = match origin {
        numerals::Origin::Structural(kind) => kind.name(),
        numerals::Origin::Term => "固有の語",
        _ => return None,
    };
    Some(trace::Origin::Structural { kind: kind.to_owned() })
}

/// Every rule that needs no typesetting.
fn rules(report: &Report, bindings: &Bindings, fonts: &Fonts) -> Vec<Problem> {
    let mut problems = check(report, bindings);
    problems.extend(uncovered(&report.texts, fonts).iter().flat_map(|found| found.problems()));
    problems
}

/// Whether what Typst found is only the consequence of a fault that is known already.
fn follows_from(new: &Problem, known: &[Problem]) -> bool {
    let faulty = known.iter().any(Problem::is_error);
    let same_line =
        |old: &Problem| old.place.file == new.place.file && old.place.line == new.place.line;
    // A fault inside the template comes from what is missing in a faulty report.
    (faulty && new.place.file.starts_with("template/"))
        || known.iter().any(|old| old.is_error() && same_line(old))
}

fn row_limit((index, row): (usize, &PageRow)) -> RowLimit {
    let name = match row.name() {
        name if name.is_empty() => format!("{}番目の [[page]]", index + 1),
        name => name,
    };
    RowLimit { index, pages: row.pages, name, place: row.place.clone() }
}

fn row_sides(row: &PageRow, limit: &RowLimit, print: Print) -> RowSides {
    let chapter = row.chapter.as_ref().map(|(number, title)| format!("第{number}章「{title}」"));
    RowSides {
        index: limit.index,
        right: row.sides.right || (print.chapters_right && chapter.is_some()),
        name: chapter.unwrap_or_else(|| format!("「{}」", limit.name)),
        place: row.place.clone(),
        pages: row.pages,
        blank_back: row.sides.blank_back,
        blank: row.kind == PageKind::Blank,
    }
}
