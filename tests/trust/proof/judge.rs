//! Tries one change: what check says, what the pages show, and what on them has become false.

use soukatsu::app::{BuildOptions, Workshop};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::problem::{Problem, Severity};

use crate::proof::change::Change;
use crate::proof::data::{Data, Files};
use crate::proof::format::number;
use crate::proof::pages::Pages;
use crate::proof::sources::Source;
use crate::proof::statements::Statement;
use crate::proof::{labels, printed, twins};

/// The report as it stands, to compare with.
pub struct Base {
    pub files: Files,
    pub pages: Pages,
    pub problems: Vec<Problem>,
    ledger: Vec<(Statement, Source)>,
}

/// What came of a change.
#[derive(Default)]
pub struct Verdict {
    /// The code of the error that refuses the changed data.
    pub refused: Option<&'static str>,
    /// Sentences that check names, or other problems it tells.
    pub told: usize,
    /// Something drawn differs.
    pub shown: bool,
    /// What stands on the pages and is false, and nobody names.
    pub stale: Vec<String>,
    /// Facts that are held twice and now differ, with nobody telling.
    pub parted: Vec<String>,
}

impl Verdict {
    fn unreadable(mut self) -> Verdict {
        self.stale.push("ページを組めず、変えたセルに触れる問題もない".to_owned());
        self
    }

    /// Nothing shows the change, nothing tells it, and nothing on the pages is false by it.
    pub fn is_silent(&self) -> bool {
        self.refused.is_none() && self.told == 0 && !self.shown && self.stale.is_empty()
    }
}

impl Base {
    /// Builds the report as it stands.
    pub fn new(files: Files, ledger: Vec<Statement>) -> Base {
        let outcome = session().build(&Folder::Memory(files.clone()), &BuildOptions::default());
        let pages = Pages::of(outcome.draft.as_ref().expect("the report has pages"));
        let report = outcome.report.as_ref().expect("the report can be read");
        let ledger = ledger.into_iter().map(|statement| {
            let source = Source::of(&statement, &files, report, &outcome.bindings);
            (statement, source)
        });
        let ledger = ledger.collect();
        Base { problems: outcome.problems.clone(), pages, ledger, files }
    }

    /// The statements that stand on these pages and are false of the data.
    pub fn false_statements(&self, data: &Data, pages: &Pages) -> Vec<&(Statement, Source)> {
        let stands = |s: &Statement| pages.hold(s.page, &s.printed(), self.pages.count());
        self.ledger.iter().filter(|(s, _)| !s.is_true(data) && stands(s)).collect()
    }

    /// Tries a change.
    pub fn judge(&self, session: &Workshop, change: &Change) -> Verdict {
        let files = change.apply(&self.files);
        let folder = Folder::Memory(files.clone());
        let told = self.new_problems(session.check(&folder).problems.clone());
        let stopped = told.iter().any(Problem::is_error);
        if let Some(problem) = told.iter().find(|problem| refuses(problem, change, stopped)) {
            return Verdict {
                refused: Some(problem.code.name()),
                told: told.len(),
                ..Verdict::default()
            };
        }
        let outcome = session.build(&folder, &BuildOptions::default());
        let told = self.new_problems(outcome.problems.clone());
        let mut verdict = Verdict { told: told.len(), ..Verdict::default() };
        let Some(data) = Data::read(&files) else { return verdict.unreadable() };
        let Some(document) = &outcome.draft else {
            // No page, no stale figure; but the reason must be told where it concerns the cell.
            let concerned = self.false_statements(&data, &self.pages);
            let named = |problem: &Problem| {
                problem.is_error()
                    && concerned.iter().any(|(_, source)| source.is_named_by(problem))
            };
            return if told.iter().any(named) { verdict } else { verdict.unreadable() };
        };
        let pages = Pages::of(document);
        verdict.shown = !pages.same_as(&self.pages);
        for (statement, source) in self.false_statements(&data, &pages) {
            if !told.iter().any(|problem| source.is_named_by(problem)) {
                verdict.stale.push(format!("{}ページ「{}」", statement.page, statement.core()));
            }
        }
        if told.is_empty() {
            verdict.parted = twins::parted(&data);
        }
        verdict.stale.extend(printed::missing(&data, &pages));
        for item in printed::misplaced(&data, &pages) {
            // A doubt at the initiative's own call names it.
            let named = |problem: &Problem| {
                problem.code.name() == "S912"
                    && problem.severity != Severity::Hint
                    && problem
                        .text
                        .as_ref()
                        .is_some_and(|text| text.starts_with(&format!("整理番号{} ", item.1)))
            };
            if !told.iter().any(named) {
                verdict.stale.push(item.0);
            }
        }
        verdict.stale.extend(labels::stale(change, &self.files, &self.pages, &pages));
        verdict
    }

    fn new_problems(&self, problems: Vec<Problem>) -> Vec<Problem> {
        problems.into_iter().filter(|problem| !self.problems.contains(problem)).collect()
    }
}

/// A session of one thread.
pub fn session() -> Workshop {
    Workshop::new(Fonts::embedded())
}

/// Whether a problem refuses the changed data, so that the author must mend the cell itself.
///
/// An error in the changed file does, or one that misses the name which has changed. An error in a
/// sentence about a claim does not count here: it speaks of that sentence alone. A doubt does when
/// it names the very cell, and errors stop the build or the cell is the head of a column.
pub fn refuses(problem: &Problem, change: &Change, stopped: bool) -> bool {
    const MISSES_A_NAME: [&str; 3] = ["S204", "S502", "S503"];
    let here = *problem.place.file == *change.file;
    let cell = problem.place.cell.as_deref() == Some(&change.cell);
    match problem.severity {
        Severity::Error => {
            here || MISSES_A_NAME.contains(&problem.code.name()) && speaks_of(problem, change)
        }
        Severity::Warning => here && cell && (stopped || change.is_in_header()),
        Severity::Hint => false,
    }
}

/// Whether a problem quotes the old or the new content of the cell.
fn speaks_of(problem: &Problem, change: &Change) -> bool {
    let texts = [Some(&problem.message), problem.text.as_ref(), problem.hint.as_ref()];
    [&change.old, &change.new].into_iter().any(|content| {
        let name = content.chars().count() >= 2 && number(content).is_none();
        let quoted = texts.iter().flatten().any(|words| words.contains(content));
        name && quoted || problem.text.as_ref() == Some(content)
    })
}
