//! All that a command prints: results, problems, progress.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use super::running_job::RunningJob;
use crate::app::Step;
use crate::app::diff::{Line, Look, Span};
use soukatsu_core::problem::{self, Problem, Severity, is_unprintable};

/// Writes results to standard output and everything else to standard error.
pub struct Printer {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    spinner: Spinner,
    choice: ColorChoice,
    /// The job that a limit may end, for all printers of a process.
    job: RunningJob,
}

impl Printer {
    /// Colours follow the choice, the terminal and NO_COLOR; progress needs a terminal.
    pub fn new(color: clap::ColorChoice) -> Self {
        let choice = match color {
            clap::ColorChoice::Auto => ColorChoice::Auto,
            clap::ColorChoice::Always => ColorChoice::Always,
            clap::ColorChoice::Never => ColorChoice::Never,
        };
        let progress = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Printer {
            out: Box::new(AutoStream::new(std::io::stdout(), choice)),
            err: Box::new(AutoStream::new(std::io::stderr(), choice)),
            spinner: Spinner(progress),
            choice,
            job: RunningJob::default(),
        }
    }

    /// A printer for another thread, which can take the progress line of this one away.
    pub fn beside(&self) -> Self {
        Printer {
            out: Box::new(AutoStream::new(std::io::stdout(), self.choice)),
            err: Box::new(AutoStream::new(std::io::stderr(), self.choice)),
            spinner: self.spinner.clone(),
            choice: self.choice,
            job: self.job.clone(),
        }
    }

    /// The job that a limit may end.
    pub fn job(&self) -> &RunningJob {
        &self.job
    }

    /// A line of the result.
    pub fn result(&mut self, line: &str) {
        // A closed pipe (`| head`) is no fault of the report.
        _ = writeln!(self.out, "{line}");
    }

    /// A line of the result in which parts stand out.
    pub fn styled(&mut self, line: &Line) {
        let span = |span: &Span| {
            let color = |color: AnsiColor| Style::new().bold().fg_color(Some(color.into()));
            let style = match span.look {
                Look::Plain => return span.text.clone(),
                Look::Heading => Style::new().bold(),
                Look::Removed => color(AnsiColor::Red),
                Look::Added => color(AnsiColor::Green),
            };
            format!("{style}{}{style:#}", span.text)
        };
        let line: String = line.0.iter().map(span).collect();
        self.result(&line);
    }

    /// Bytes of the result.
    pub fn result_bytes(&mut self, bytes: &[u8]) {
        _ = self.out.write_all(bytes);
    }

    /// A line beside the result.
    pub fn note(&mut self, line: &str) {
        self.finish();
        _ = writeln!(self.err, "{line}");
    }

    /// What is being done now, on a terminal only.
    pub fn step(&mut self, step: Step) {
        self.spinner.step(&step.to_string());
    }

    /// The progress line, for jobs that tell of themselves.
    pub fn spinner(&self) -> Spinner {
        self.spinner.clone()
    }

    /// Takes the progress line away.
    pub fn finish(&mut self) {
        self.spinner.finish();
    }

    /// Problems on standard error, in the order given, and their count.
    pub fn problems(&mut self, problems: &[Problem], root: &str) {
        self.finish();
        for problem in problems {
            _ = write!(self.err, "{}", render(problem, root));
        }
        if let Some(line) = summary(problems) {
            _ = writeln!(self.err, "{line}");
        }
    }

    /// Problems as the result itself.
    pub fn problems_as_result(&mut self, problems: &[Problem], root: &str) {
        self.finish();
        for problem in problems {
            _ = write!(self.out, "{}", render(problem, root));
        }
        if let Some(line) = summary(problems) {
            _ = writeln!(self.out, "{line}");
        }
    }
}

/// What is being done now, in a line that goes away; on a terminal only.
#[derive(Clone)]
pub struct Spinner(Option<ProgressBar>);

impl Spinner {
    /// What is being done.
    pub fn step(&self, what: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(what.to_owned());
            bar.enable_steady_tick(Duration::from_millis(80));
        }
    }

    /// Takes the line away.
    pub fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }

    /// How much of something is done.
    pub fn count(&self, what: &str, done: usize, all: usize) {
        if let Some(bar) = &self.0 {
            bar.set_message(format!("{what}（{done}/{all}）"));
            bar.tick();
        }
    }
}

/// One problem in a few lines; `root` leads from the current folder to the report.
fn render(problem: &Problem, root: &str) -> String {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let color = match problem.severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Hint => AnsiColor::Cyan,
    };
    let label = Style::new().bold().fg_color(Some(color.into()));
    let place = problem::printable(&format!("{root}{}", problem.place));
    // The place in a workbook names its cell already.
    let cell = problem.place.cell.as_ref().filter(|_| problem.place.sheet.is_none());
    let cell = cell.map_or(String::new(), |cell| format!("（セル {cell}）"));
    let mut text = format!(
        "{label}{}[{}]{label:#} {bold}{}{bold:#}\n  {dim}場所{dim:#}   {place}{cell}\n",
        problem.severity.label(),
        problem.code,
        shown(&problem.message),
    );
    let rows = [("今の値", &problem.text), ("期待", &problem.expected), ("直し方", &problem.hint)];
    for (name, value) in rows {
        let Some(value) = value else { continue };
        let value = if value.is_empty() { "（空）" } else { value };
        let pad = " ".repeat(2 * (4 - name.chars().count()) - 1);
        text.push_str(&format!("  {dim}{name}{dim:#}{pad}{}\n", shown(value)));
    }
    text
}

/// A text of a file as it may stand on a terminal, which would obey its control characters.
fn shown(text: &str) -> String {
    text.replace(|c: char| is_unprintable(c) && !"\n\t".contains(c), "\u{fffd}")
}

fn summary(problems: &[Problem]) -> Option<String> {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let hints = match count(Severity::Hint) {
        0 => String::new(),
        count => format!("、助言 {count}件"),
    };
    let first = problems.first()?;
    Some(format!(
        "誤り {errors}件、注意 {warnings}件{hints}。番号の説明は `soukatsu explain {}` のように読めます。",
        first.code
    ))
}
