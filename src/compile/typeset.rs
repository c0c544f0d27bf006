//! World to document, and every fault that Typst finds on the way.
//!
//! Typst stops at the first fault of a file. So that an author can mend all of them in one
//! pass, the place of a fault in the prose is blanked and the report compiled again, until
//! nothing new is found. The document of such a run is never exported.

use std::collections::HashMap;
use std::ops::Range;

use typst::diag::{SourceDiagnostic, Tracepoint, Warned};
use typst::syntax::{FileId, LinkedNode, Side, SyntaxKind};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;

use super::line_adjustment::adjust_lines;
use crate::world::{ReportWorld, original_column};
use soukatsu_core::problem::{Code, Place, Problem, contained, is_unknown, typst_message};

/// How often a faulty report is compiled anew at most.
const MAX_ROUNDS: usize = 40;

/// Lays the report out.
///
/// The document is there only when Typst found no fault; warnings may stand beside it.
pub fn compile(world: &mut ReportWorld, prose: &[String]) -> (Option<PagedDocument>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut originals: HashMap<String, String> = HashMap::new();
    for round in 0..MAX_ROUNDS {
        let Ok(Warned { output, warnings }) = contained(|| typst::compile::<PagedDocument>(world))
        else {
            problems.push(stopped());
            break;
        };
        let errors = match output {
            Ok(document) => {
                problems.extend(warnings.iter().map(|warning| describe(world, warning, prose).1));
                restore(world, originals);
                return ((round == 0).then(|| adjust_lines(document)), problems);
            }
            Err(errors) => errors,
        };
        let mut blanked = false;
        for error in &errors {
            let (site, problem) = describe(world, error, prose);
            problems.push(problem);
            if let Some((path, range)) = site.and_then(|(id, range)| faulty_range(world, id, range))
            {
                let text = world.text(&path).unwrap_or_default().to_owned();
                world.set(&path, &blank(&text, range));
                originals.entry(path).or_insert(text);
                blanked = true;
            }
        }
        if !blanked {
            break;
        }
    }
    restore(world, originals);
    (None, problems)
}

/// Typst stopped in the middle: nothing says where.
fn stopped() -> Problem {
    Problem::error(Code::Prose, Place::file("report.toml"))
        .message("ページを組んでいる途中で、組版の部品（Typst）が止まりました")
        .hint(
            "最近加えた文章か図か自作のテンプレートを外して組み、どれで止まるかを確かめてください",
        )
}

fn restore(world: &mut ReportWorld, originals: HashMap<String, String>) {
    for (path, text) in originals {
        world.set(&path, &text);
    }
}

/// A place in a prose file, in bytes of the joined text.
type Site = (FileId, Range<usize>);

/// The problem that a diagnostic of Typst means, and the site in the prose it goes back to.
///
/// A fault inside the template is told at the call in the prose that led there.
fn describe(
    world: &ReportWorld,
    diagnostic: &SourceDiagnostic,
    prose: &[String],
) -> (Option<Site>, Problem) {
    let own = diagnostic.span.id().filter(|id| is_prose(*id, prose));
    let call = diagnostic.trace.iter().find(|point| {
        matches!(point.v, Tracepoint::Call(_) | Tracepoint::Show(_))
            && point.span.id().is_some_and(|id| is_prose(id, prose))
    });
    let range = match (own, call) {
        (Some(_), _) => world.range(diagnostic.span),
        (None, Some(point)) => world.range(point.span),
        (None, None) => None,
    };
    let id = own.or_else(|| call.and_then(|point| point.span.id())).or(diagnostic.span.id());
    let place = match (id, range.clone()) {
        (Some(id), Some(range)) => place(world, id, range.start),
        (Some(id), None) => Place::file(id.vpath().get_without_slash()),
        (None, _) => Place::file("report.toml"),
    };
    let message = diagnostic.message.strip_prefix("panicked with: ").unwrap_or(&diagnostic.message);
    let (message, hint) = message.trim_matches('"').split_once('|').unwrap_or((message, ""));
    // Without its font a text would vanish from the page.
    let lost = diagnostic.message.starts_with("unknown font family");
    let warning = diagnostic.severity == typst::diag::Severity::Warning && !lost;
    let mut problem = match warning {
        true => Problem::warning(Code::TypstWarning, place),
        false => Problem::error(Code::Prose, place),
    }
    .message(match own.is_none() && call.is_none() && is_unknown(message) {
        // Who makes a template reads Typst's own words.
        true => format!("{}（Typstの言葉: {message}）", typst_message(message)),
        false => typst_message(message),
    });
    let site_range = range.clone();
    if let (Some(id), Some(range)) = (id, range)
        && let Ok(source) = world.source(id)
        && let Some(text) = source.text().get(range)
    {
        problem = problem.text(text.lines().next().unwrap_or_default());
    }
    problem = match (hint, own.is_some() || call.is_some()) {
        ("", true) => problem.hint("使える名前と書き方は docs/prose.md にあります"),
        ("", false) => problem,
        (hint, _) => problem.hint(hint),
    };
    let site = (own.is_some() || call.is_some()).then_some(id.zip(site_range)).flatten();
    (site, problem)
}

fn is_prose(id: FileId, prose: &[String]) -> bool {
    let path = id.vpath().get_without_slash();
    prose.iter().any(|file| file == path)
}

/// Line and column in the author's file, before lines were joined.
fn place(world: &ReportWorld, id: FileId, offset: usize) -> Place {
    let file = id.vpath().get_without_slash();
    let Ok(source) = world.source(id) else { return Place::file(file) };
    let Some((line, column)) = source.lines().byte_to_line_column(offset) else {
        return Place::file(file);
    };
    let text = source.text().lines().nth(line).unwrap_or_default();
    Place::at(file, line as u32 + 1, original_column(text, column) as u32 + 1)
}

/// The smallest expression with its # around a faulty range.
fn faulty_range(
    world: &ReportWorld,
    id: FileId,
    range: Range<usize>,
) -> Option<(String, Range<usize>)> {
    let path = id.vpath().get_without_slash().to_owned();
    let source = world.source(id).ok()?;
    let root = LinkedNode::new(source.root());
    let mut node = root.leaf_at(range.start, Side::After)?;
    loop {
        let covers = node.range().end >= range.end;
        if let Some(hash) = node.prev_sibling_with_trivia()
            && hash.kind() == SyntaxKind::Hash
            && covers
        {
            return Some((path, hash.offset()..node.range().end));
        }
        match node.parent() {
            Some(parent) if !covers || parent.kind() != SyntaxKind::Markup => node = parent.clone(),
            // Not inside a call: the node itself, a label reference for instance.
            _ => return Some((path, node.range())),
        }
    }
}

/// Blanks a range byte by byte, keeping its line breaks, so that every place stays what it was.
fn blank(text: &str, range: Range<usize>) -> String {
    let blanked = text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    let mut out = text[..range.start].to_owned();
    out.extend(blanked);
    out.push_str(&text[range.end..]);
    out
}
