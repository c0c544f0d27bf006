//! Tries one change: what check says, what the pages show, and what on them has become false.

use soukatsu::load::Folder;
use soukatsu::pipeline::Session;
use soukatsu::problem::Problem;
use soukatsu::world::Fonts;

use crate::change::Change;
use crate::data::{Data, Files};
use crate::pages::Pages;
use crate::sources::Source;
use crate::statements::Statement;
use crate::{labels, printed};

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
}

impl Verdict {
    /// Nothing shows the change and nothing tells it.
    pub fn is_silent(&self) -> bool {
        self.refused.is_none() && self.told == 0 && !self.shown
    }
}

impl Base {
    /// Builds the report as it stands.
    pub fn new(files: Files, ledger: Vec<Statement>) -> Base {
        let outcome = session().build(&Folder::Memory(files.clone()));
        let pages = Pages::of(outcome.draft.as_ref().expect("the report has pages"));
        let ledger = ledger.into_iter().map(|statement| {
            let source = Source::of(&statement, &files);
            (statement, source)
        });
        let ledger = ledger.collect();
        Base { problems: outcome.problems, pages, ledger, files }
    }

    /// The statements that stand on these pages and are false of the data.
    pub fn false_statements(&self, data: &Data, pages: &Pages) -> Vec<&(Statement, Source)> {
        let stands = |s: &Statement| pages.hold(s.page, s.phrase, self.pages.count());
        self.ledger.iter().filter(|(s, _)| !s.is_true(data) && stands(s)).collect()
    }

    /// Tries a change.
    pub fn judge(&self, session: &mut Session, change: &Change) -> Verdict {
        let files = change.apply(&self.files);
        let folder = Folder::Memory(files.clone());
        let told = self.new_problems(session.check(&folder).problems);
        if let Some(problem) = told.iter().find(|problem| refuses(problem, change)) {
            return Verdict {
                refused: Some(problem.code.name()),
                told: told.len(),
                ..Verdict::default()
            };
        }
        let outcome = session.build(&folder);
        let told = self.new_problems(outcome.problems);
        let mut verdict = Verdict { told: told.len(), ..Verdict::default() };
        let (Some(document), Some(data)) = (&outcome.draft, Data::read(&files)) else {
            verdict.stale.push("ページを組めず、問題が変えたセルに触れない".to_owned());
            return verdict;
        };
        let pages = Pages::of(document);
        verdict.shown = !pages.same_as(&self.pages);
        for (statement, source) in self.false_statements(&data, &pages) {
            if !told.iter().any(|problem| source.is_named_by(problem)) {
                let Statement { page, phrase, .. } = statement;
                verdict.stale.push(format!("{page}ページ「{phrase}」"));
            }
        }
        verdict.stale.extend(printed::missing(&data, &pages));
        verdict.stale.extend(printed::misplaced(&data, &pages));
        verdict.stale.extend(labels::stale(change, &self.files, &self.pages, &pages));
        verdict
    }

    fn new_problems(&self, problems: Vec<Problem>) -> Vec<Problem> {
        problems.into_iter().filter(|problem| !self.problems.contains(problem)).collect()
    }
}

/// A session of one thread.
pub fn session() -> Session {
    Session::new(Fonts::embedded())
}

/// Whether an error refuses the changed data, so that the author must mend the cell itself.
///
/// It stands in the changed file, or it misses the name that has changed. An error in a sentence
/// about a claim does not count here: it speaks of that sentence alone.
fn refuses(problem: &Problem, change: &Change) -> bool {
    const MISSES_A_NAME: [&str; 3] = ["S204", "S502", "S503"];
    let name = |text: &str| text.chars().count() >= 2 && crate::format::number(text).is_none();
    let texts = [Some(&problem.message), problem.text.as_ref(), problem.hint.as_ref()];
    let speaks_of = |text: &str| texts.iter().flatten().any(|words| words.contains(text));
    let about_the_name = [&change.old, &change.new].iter().any(|t| name(t) && speaks_of(t));
    problem.is_error()
        && (*problem.place.file == *change.file
            || MISSES_A_NAME.contains(&problem.code.name()) && about_the_name)
}
