//! A report as it was built: whole in itself, with all that its files and records need.

use std::ops::Deref;
use std::sync::Arc;

use typst_layout::PagedDocument;

use super::options::BuildOptions;
use super::page_rows::row_sides;
use super::version_mark::{edition_mark, notice};
use crate::compile::wrong_sides;
use crate::official::{block, missing_approvals, unsettled};
use crate::record::content_hash;
use crate::world::{Fonts, Imprint, Profile, Template};
use soukatsu_core::bind::Bindings;
use soukatsu_core::load::name_problems;
use soukatsu_core::model::report::{Print, Report};
use soukatsu_core::problem::{self, Code, Problem};

/// A report with what was asked of its pages. Cheap to copy; the pages are shared.
#[derive(Clone)]
pub struct Build {
    pub options: BuildOptions,
    pub(super) fonts: Fonts,
    pub(super) laid_out: Arc<LaidOut>,
}

/// What was read, found and laid out.
pub struct LaidOut {
    /// As whole as the input allows; `None` without a readable report.toml.
    pub report: Option<Report>,
    /// What the calls of its prose come to.
    pub bindings: Bindings,
    /// Sorted by file and line.
    pub problems: Vec<Problem>,
    /// The pages, when Typst could lay them out; faulty ones are for looking at only.
    pub draft: Option<PagedDocument>,
    /// `None` when the template of the report cannot be read.
    pub template: Option<Template>,
    pub(super) key: Key,
}

/// With the same report, what decides the pages and their problems.
#[derive(Debug, PartialEq)]
pub(super) struct Key {
    /// The problems of reading: two reports of the same files may lack different other ones.
    pub reading: Vec<Problem>,
    pub profile: Profile,
    pub imprint: Imprint,
}

impl Deref for Build {
    type Target = LaidOut;

    fn deref(&self) -> &LaidOut {
        &self.laid_out
    }
}

impl LaidOut {
    /// Whether an error stops the report.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }

    /// The pages to be exported: there only when no problem is an error.
    pub fn document(&self) -> Option<&PagedDocument> {
        self.draft.as_ref().filter(|_| !self.has_errors())
    }

    /// The template by its name, when it is one of the report's own.
    pub fn own_template(&self) -> Option<(&str, &Template)> {
        let (report, template) = (self.report.as_ref()?, self.template.as_ref()?);
        (!template.is_embedded()).then_some((report.template.as_str(), template))
    }

    /// The files of a template of its own, by their path in the report folder.
    pub fn own_template_files(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.own_template().into_iter().flat_map(|(name, template)| {
            let files = template.files();
            files.map(move |(path, text)| (format!("{name}/{path}"), text.as_bytes()))
        })
    }
}

impl Build {
    /// The fonts with which it was laid out.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Its problems with every reason against an official version among them.
    pub fn official_problems(&self) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        let (Some(report), Some(template)) = (&self.report, &self.template) else {
            return problems;
        };
        block(report, &mut problems);
        problems.extend(missing_approvals(report, &content_hash(report, template)));
        if !self.options.accept_provisional {
            problems.extend(unsettled(report).iter().map(|one| one.problem()));
        }
        let own = self.own_template_files().map(|(path, _)| path);
        let names: Vec<String> = report.sources.keys().cloned().chain(own).collect();
        problems.extend(name_problems(names.iter().map(String::as_str)));
        problem::sort(&mut problems);
        problems
    }

    /// What keeps its pages from becoming a booklet: a sheet that is folded in must be one on both of
    /// its sides. A report that is given out printed on both sides is held to that in any case.
    pub fn booklet_problems(&self) -> Vec<Problem> {
        let (Some(report), Some(document)) = (&self.report, &self.draft) else {
            return Vec::new();
        };
        let print = Print { duplex: true, ..Print::default() };
        let problems = wrong_sides(document, &row_sides(report, print));
        problems.into_iter().filter(|problem| problem.code == Code::WrongPaper).collect()
    }

    /// What its pages say of data that is not final.
    pub fn notice(&self) -> Option<String> {
        let report = self.report.as_ref().filter(|_| self.options.accept_provisional)?;
        notice(report)
    }

    /// The version in its metadata, when one is asked for.
    pub(super) fn version(&self) -> Option<String> {
        let (report, template) = (self.report.as_ref()?, self.template.as_ref()?);
        self.options.mark.as_ref().map(|_| edition_mark(report, template))
    }
}
