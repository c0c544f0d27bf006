//! The whole way from a report folder to pages, with every problem found on it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use typst_layout::PagedDocument;

use super::build::{Build, Key, LaidOut};
use super::imprint::lacking;
use super::options::BuildOptions;
use super::page_rows::{row_limit, row_sides};
use super::template::load_template;
use crate::compile::{
    RowLimit, compile, overflows, overruns, rows_over, small_indicator_tables, small_tables,
    wide_tables, wrong_formats, wrong_sides,
};
use crate::trace::{self, Traced, trace};
use crate::world::{Fonts, Imprint, Presentation, ReportWorld, Template, library_names, uncovered};
use soukatsu_core::bind::{Bindings, bind};
use soukatsu_core::check::{NumeralOrigin, check, origins};
use soukatsu_core::load::Folder;
use soukatsu_core::model::data_table::TableColumn;
use soukatsu_core::model::quantity::Quantity;
use soukatsu_core::model::report::{PageFormat, Report};
use soukatsu_core::problem::{self, Place, Problem};
use soukatsu_core::validate::read_report;

/// So many builds are kept. A comparison of two editions asks for four: each as it was made, and
/// laid out like the other; the verification of a store works on several editions at once.
const KEPT_BUILDS: usize = 8;

/// After so many rounds without use, a result of Typst is given up.
const TYPST_ROUNDS: usize = 10;

/// Fonts and caches for any number of builds, on any number of threads.
///
/// A build with the same content and options as one before is not laid out again, and what a
/// changed report has in common with the one before is not computed again by Typst.
pub struct Workshop {
    fonts: Fonts,
    /// Worlds that no build is working in.
    worlds: Mutex<Vec<ReportWorld>>,
    /// The latest last.
    builds: Mutex<VecDeque<Arc<LaidOut>>>,
    /// Whether Typst has worked since its cache was last gone through.
    untidy: AtomicBool,
}

impl Workshop {
    /// A workshop with these fonts.
    pub fn new(fonts: Fonts) -> Self {
        Workshop {
            fonts,
            worlds: Mutex::default(),
            builds: Mutex::default(),
            untidy: AtomicBool::new(false),
        }
    }

    /// The fonts of the workshop.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Reads and checks a report without typesetting it.
    pub fn check(&self, folder: &Folder) -> Build {
        let options = BuildOptions::default();
        let Job { report, template, template_fault, key } = self.begin(folder, &options);
        let mut problems = key.reading.clone();
        let mut bindings = Bindings::default();
        if let Some(report) = &report {
            let (bound, found) = bind(report);
            bindings = bound;
            problems.extend(found);
            problems.extend(rules(report, &bindings, &self.fonts));
            problems.extend(template.iter().flat_map(|found| found.problems(&report.template)));
            problems.extend(template_fault);
        }
        let mut problems = problem::gather(problems);
        problem::sort(&mut problems);
        let read = LaidOut { report, bindings, problems, draft: None, template, key };
        self.build_of(Arc::new(read), &options)
    }

    /// Reads, checks and lays a report out.
    ///
    /// A report with errors is laid out all the same, so that the faults only Typst can find
    /// are told in the same run; its document is not given out.
    pub fn build(&self, folder: &Folder, options: &BuildOptions) -> Build {
        let job = self.begin(folder, options);
        if let Some(kept) = self.kept(&job) {
            return self.build_of(kept, options);
        }
        let laid_out = Arc::new(self.lay_out(job, |_, _| {}, false));
        if laid_out.draft.is_some() {
            let mut builds = lock(&self.builds);
            builds.push_back(Arc::clone(&laid_out));
            if builds.len() > KEPT_BUILDS {
                builds.pop_front();
            }
        }
        self.build_of(laid_out, options)
    }

    /// Builds a report and says of every numeral of its pages where it comes from.
    ///
    /// The numerals are empty when the report has no pages.
    pub fn trace(&self, folder: &Folder) -> (Build, Vec<Traced>) {
        let options = BuildOptions::default();
        let mut numerals = Vec::new();
        let read_off = |pages: &Pages<'_>, world: &ReportWorld| {
            let Pages { document, report, bindings } = pages;
            let written = origins(report, bindings);
            let hand = |place: &Place| structural(*written.get(place)?);
            numerals = trace(document, world, report, bindings, &hand);
        };
        let laid_out = self.lay_out(self.begin(folder, &options), read_off, true);
        (self.build_of(Arc::new(laid_out), &options), numerals)
    }

    /// The world in which Typst laid out a build: every file that it could see.
    ///
    /// `None` when its report or template could not be read.
    pub fn world_of(&self, build: &Build) -> Option<ReportWorld> {
        let (report, template) = (build.report.as_ref()?, build.template.as_ref()?);
        let mut world = ReportWorld::new(self.fonts.clone());
        world.set_template(template);
        world.set_report(report, &build.bindings, &presentation(template, &build.key, false));
        Some(world)
    }

    /// Gives up results of Typst that no build has used for a while. The next build does it when
    /// nobody else has, but people wait for a build.
    pub fn tidy(&self) {
        if self.untidy.swap(false, Ordering::Relaxed) {
            comemo::evict(TYPST_ROUNDS);
        }
    }

    fn build_of(&self, laid_out: Arc<LaidOut>, options: &BuildOptions) -> Build {
        Build { options: options.clone(), fonts: self.fonts.clone(), laid_out }
    }

    /// Reads a report and its template.
    fn begin(&self, folder: &Folder, options: &BuildOptions) -> Job {
        let (report, reading) = read_report(folder);
        let given = |report: &Report| {
            let given = options.template.as_ref().filter(|given| given.name == report.template);
            match given {
                Some(given) => Ok(given.template.clone()),
                None => load_template(folder, report),
            }
        };
        let (template, template_fault) = match report.as_ref().map(given) {
            Some(Ok(template)) => (Some(template), None),
            Some(Err(problem)) => (None, Some(*problem)),
            None => (None, None),
        };
        let imprint = report.as_ref().zip(template.as_ref());
        let imprint = imprint.map(|(report, template)| options.imprint(report, template));
        let imprint = imprint.unwrap_or_default();
        let key = Key { reading, profile: options.profile, imprint };
        Job { report, template, template_fault, key }
    }

    /// The build that was made of the same files in the same way.
    fn kept(&self, job: &Job) -> Option<Arc<LaidOut>> {
        let (report, template) = (job.report.as_ref()?, job.template.as_ref()?);
        let same = |built: &&Arc<LaidOut>| {
            let sources = built.report.as_ref().map(|report| &report.sources);
            sources == Some(&report.sources)
                && built.template.as_ref() == Some(template)
                && built.key == job.key
        };
        lock(&self.builds).iter().find(same).cloned()
    }

    /// Checks a report and lays it out. `read_off` sees the pages while their world still stands.
    fn lay_out(
        &self,
        job: Job,
        read_off: impl FnOnce(&Pages<'_>, &ReportWorld),
        tracing: bool,
    ) -> LaidOut {
        self.tidy();
        let Job { report, template, template_fault, key } = job;
        let mut known = key.reading.clone();
        let Some(report) = report else {
            let mut known = problem::gather(known);
            problem::sort(&mut known);
            let bindings = Bindings::default();
            return LaidOut { report, bindings, problems: known, draft: None, template, key };
        };
        let (bindings, found) = bind(&report);
        known.extend(found);
        // The rules need no pages, so they run beside the layout.
        let (checked, (draft, found)) = std::thread::scope(|scope| {
            let checking = scope.spawn(|| rules(&report, &bindings, &self.fonts));
            let laid_out = match &template {
                None => (None, template_fault.into_iter().collect()),
                Some(template) => {
                    let mut world = lock(&self.worlds)
                        .pop()
                        .unwrap_or_else(|| ReportWorld::new(self.fonts.clone()));
                    world.set_template(template);
                    let shown = presentation(template, &key, tracing);
                    world.set_report(&report, &bindings, &shown);
                    let (document, problems) =
                        self.typeset(&mut world, &report, template, &key.imprint);
                    if let Some(document) = &document {
                        let (report, bindings) = (&report, &bindings);
                        read_off(&Pages { document, report, bindings }, &world);
                    }
                    lock(&self.worlds).push(world);
                    (document, problems)
                }
            };
            (checking.join(), laid_out)
        });
        known.extend(checked.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        known.extend(template.iter().flat_map(|template| template.problems(&report.template)));
        let mut problems: Vec<Problem> =
            found.into_iter().filter(|new| !follows_from(new, &known)).collect();
        problems.extend(known);
        let mut problems = problem::gather(problems);
        problem::sort(&mut problems);
        LaidOut { report: Some(report), bindings, problems, draft, template, key }
    }

    /// Sets the pages, and finds what is wrong with them.
    fn typeset(
        &self,
        world: &mut ReportWorld,
        report: &Report,
        template: &Template,
        imprint: &Imprint,
    ) -> (Option<PagedDocument>, Vec<Problem>) {
        let prose: Vec<String> = report.prose.iter().map(|prose| prose.file.clone()).collect();
        let limits: Vec<RowLimit> = report.pages.iter().enumerate().map(row_limit).collect();
        let (mut document, mut problems) = compile(world, &prose);
        self.untidy.store(true, Ordering::Relaxed);
        // Headings stand freely where there is room; a page that is too full for it is set again.
        let over = document.as_ref().map_or(Vec::new(), |document| rows_over(document, &limits));
        if !over.is_empty() {
            over.iter().for_each(|row| world.tighten(*row));
            (document, problems) = compile(world, &prose);
        }
        if let Some(document) = &document {
            problems.extend(overflows(document, &limits));
            let width = template.settings().text_width;
            let cell = |row: &str, text: &str| place_of_cell(report, row, text);
            let wide = wide_tables(document);
            problems.extend(wide.iter().filter_map(|wide| {
                let table = report.table(&wide.number)?;
                Some(wide.problem(&table.title, table.place.clone()))
            }));
            problems.extend(small_tables(document).iter().filter_map(|small| {
                // One that is too wide all the same is told as that.
                let too_wide = wide.iter().any(|wide| wide.number == small.number);
                let table = report.table(&small.number).filter(|_| !too_wide)?;
                Some(small.problem(&table.title, table.place.clone()))
            }));
            problems.extend(small_indicator_tables(document).iter().filter_map(|small| {
                let row = report.indicators.rows.iter().find(|row| row.name == small.number)?;
                Some(small.problem_of_indicators(row.place.clone()))
            }));
            problems.extend(overruns(document, world, &limits, width, &cell, &wide));
            problems.extend(wrong_sides(document, &row_sides(report, report.print)));
            let wide = report.pages.iter().enumerate();
            let wide = wide.filter(|(_, row)| row.format != PageFormat::Upright);
            problems.extend(wrong_formats(document, wide.map(|(index, row)| (index, &row.place))));
            problems.extend(lacking(document, report, imprint));
        }
        (document, problems)
    }
}

/// A report that was read, and how its pages are wanted.
struct Job {
    report: Option<Report>,
    template: Option<Template>,
    /// Why there is no template.
    template_fault: Option<Problem>,
    key: Key,
}

/// Pages with what they were laid out from.
struct Pages<'a> {
    document: &'a PagedDocument,
    report: &'a Report,
    bindings: &'a Bindings,
}

fn presentation<'a>(template: &'a Template, key: &Key, tracing: bool) -> Presentation<'a> {
    Presentation {
        settings: template.settings(),
        profile: key.profile,
        tracing,
        imprint: key.imprint.clone(),
    }
}

/// What the mutexes guard is never left half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a numeral that an author wrote is, when it is no figure of the report.
fn structural(origin: NumeralOrigin) -> Option<trace::Origin> {
    let kind = match origin {
        NumeralOrigin::Structural(kind) => kind.name(),
        NumeralOrigin::Term => "固有の語",
        _ => return None,
    };
    Some(trace::Origin::Structural { kind: kind.to_owned() })
}

/// Every rule that needs no typesetting.
fn rules(report: &Report, bindings: &Bindings, fonts: &Fonts) -> Vec<Problem> {
    let mut problems = check(report, bindings, library_names());
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

/// Where a text of a table stands in the data: among the values of the indicator that gives the row
/// its name, else wherever it is written.
fn place_of_cell(report: &Report, row: &str, text: &str) -> Option<Place> {
    // Where a text breaks on the page its blank is lost.
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let same = |cell: &str, seen: &str| !seen.is_empty() && plain(cell) == plain(seen);
    let of_indicator = report.indicators.find(row).map(|indicator| {
        // Tables print values without their unit.
        let bare = |value: &Quantity| indicator.notation.format(value.exact);
        let quantities = indicator.values.iter().chain([&indicator.baseline]).flatten();
        let values = quantities.map(|quantity| (bare(quantity), &quantity.place));
        let target = indicator.target.iter().map(|target| (target.text.clone(), &target.place));
        let mut found = values
            .chain(target)
            .filter(|(value, _)| text.starts_with(value.as_str()))
            .map(|(_, place)| place);
        found.next().cloned().unwrap_or_else(|| indicator.place.clone())
    });
    let written = || {
        let mut places = report.texts.iter().filter(|(known, _)| known == text);
        places.next().map(|(_, place)| place.clone())
    };
    // Of a computed value the first cell that it rests on.
    let in_table = || {
        let tables = report.tables.iter().filter(|table| {
            let first =
                |column: &TableColumn| column.cells.iter().any(|cell| same(cell.text(), row));
            row.is_empty() || table.columns.iter().any(first)
        });
        let columns = tables.flat_map(|table| &table.columns);
        let mut cells = columns.flat_map(|column| &column.cells);
        let found = cells.find(|cell| same(cell.text(), text))?;
        found.cells().first().cloned()
    };
    of_indicator.or_else(in_table).or_else(written)
}
