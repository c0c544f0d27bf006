//! report.toml: front matter, the order of the pages, and where the data stands.

use super::fields::Fields;
use super::figure_source::FigureSource;
use super::limits::{MOST_FIGURES, MOST_PAGES, MOST_TABLES, too_many};
use super::manifest_keys::manifest_keys;
use super::reader::Reader;
use super::table_declaration::TableDeclaration;
use super::table_source::TableSource;
use crate::load::{Node, Placed, read_toml};
use crate::model::contact::Contact;
use crate::model::report::{DataSet, PageKind, Print, Report};
use crate::problem::{Code, Place, Problem};

pub(super) const FILE: &str = "report.toml";

/// So many characters fit beside the page number.
const LONGEST_EDITION: usize = 20;

/// The files and names that report.toml refers to, each with its place there.
#[derive(Default)]
pub(super) struct Sources {
    pub pillars: Option<TableSource>,
    pub indicators: Option<TableSource>,
    pub initiatives: Option<TableSource>,
    pub constants: Option<TableSource>,
    pub figures: Vec<FigureSource>,
    pub tables: Vec<TableDeclaration>,
    pub prose: Vec<(String, Place)>,
}

impl Reader<'_> {
    /// Reads report.toml; `None` when it is no TOML at all.
    pub(super) fn manifest(&mut self) -> Option<(Report, Sources)> {
        let text = self.read_text(FILE, &Place::file(FILE))?;
        let root = match read_toml(FILE, &text) {
            Ok(root) => root,
            Err(problems) => {
                self.problems.extend(problems);
                return None;
            }
        };
        self.grids.insert(FILE.to_owned(), manifest_keys(&root));
        let root = Fields::new("report.toml", &root, &mut self.problems)?;
        self.format(&root);
        let mut report = self.template(&root);
        let mut sources = Sources::default();
        match root.node("report") {
            Some(node) => self.front_matter(node, &mut report),
            None => {
                self.problems.push(root.missing("report").hint("`[report]` の表を加えてください"))
            }
        }
        if let Some(node) = root.node("contact") {
            report.contact = self.contact(node);
        }
        if let Some(node) = root.node("data") {
            self.data(node, &mut report, &mut sources);
        }
        let pages = root.tables("page", &mut self.problems);
        if pages.is_empty() {
            self.problems.push(root.missing("page").hint("`[[page]]` を1つ以上書いてください"));
        }
        if let Some(first) = pages.get(MOST_PAGES) {
            self.problems.push(too_many("[[page]] ", "個", MOST_PAGES, pages.len(), &first.place));
        }
        for node in pages.iter().take(MOST_PAGES) {
            self.page(node, &mut report, &mut sources.prose);
        }
        self.first_chapter(&report);
        let figures = root.tables("figure", &mut self.problems);
        if let Some(first) = figures.get(MOST_FIGURES) {
            let count = figures.len();
            self.problems.push(too_many("[[figure]] ", "個", MOST_FIGURES, count, &first.place));
            report.incomplete.insert(DataSet::Figures);
        }
        for node in figures.iter().take(MOST_FIGURES) {
            if let Some(figure) = FigureSource::read(node, &mut self.problems) {
                sources.figures.push(figure);
            } else {
                report.incomplete.insert(DataSet::Figures);
            }
        }
        let tables = root.tables("table", &mut self.problems);
        if let Some(first) = tables.get(MOST_TABLES) {
            let count = tables.len();
            self.problems.push(too_many("[[table]] ", "個", MOST_TABLES, count, &first.place));
            report.incomplete.insert(DataSet::Tables);
        }
        for node in tables.iter().take(MOST_TABLES) {
            if let Some(table) = TableDeclaration::read(node, &mut self.problems) {
                sources.tables.push(table);
            } else {
                report.incomplete.insert(DataSet::Tables);
            }
        }
        if let Some(node) = root.node("style") {
            report.style = self.style(node);
        }
        if let Some(node) = root.node("layout") {
            report.layout = self.layout(node);
        }
        report.official = self.official(root.node("official"));
        if let Some(node) = root.node("print") {
            report.print = self.print(node);
        }
        root.finish(&mut self.problems);
        Some((report, sources))
    }

    /// Headings begin with a chapter, so the first page of the body must start one.
    fn first_chapter(&mut self, report: &Report) {
        let first = report.pages.iter().find(|row| row.kind == PageKind::Body);
        if let Some(row) = first.filter(|row| row.chapter.is_none()) {
            self.problems.push(
                Problem::error(Code::MissingKey, row.place.clone())
                    .message("本文の最初のページに「chapter」がありません")
                    .hint("もくじに載る章の名前を `chapter = \"…\"` と書いてください"),
            );
        }
    }

    fn format(&mut self, root: &Fields<'_>) {
        if root.node("format").is_none() {
            self.problems
                .push(root.missing("format").hint("1行目に `format = 1` と書いてください"));
        } else if let Some(format) = root.count("format", &mut self.problems)
            && format != 1
        {
            let place = root.node("format").map_or(root.place, |node| &node.place).clone();
            self.problems.push(
                Problem::error(Code::WrongValue, place)
                    .text(format.to_string())
                    .message("この版の soukatsu が知らない形式です")
                    .expected("format = 1"),
            );
        }
    }

    fn template(&mut self, root: &Fields<'_>) -> Report {
        let named = root.text("template", &mut self.problems);
        let (template, template_place) =
            named.map_or_else(|| ("council".into(), None), |(name, place)| (name, Some(place)));
        Report { template, template_place, ..Report::default() }
    }

    fn front_matter(&mut self, node: &Placed<Node>, report: &mut Report) {
        let Some(fields) = Fields::new("[report]", node, &mut self.problems) else { return };
        report.title_lines = self.title(&fields);
        for (key, slot) in [("council", &mut report.council), ("author", &mut report.author)] {
            if let Some((text, place)) = fields.required(key, &mut self.problems) {
                self.note(&text, &place);
                *slot = text;
            }
        }
        if let Some((text, place)) = fields.text("status", &mut self.problems) {
            self.note(&text, &place);
            report.status = text;
        }
        if let Some((text, place)) = fields.filled("edition", &mut self.problems) {
            self.note(&text, &place);
            report.edition = self.edition(text, place);
        }
        report.date = fields.date("date", &mut self.problems).unwrap_or_default();
        fields.finish(&mut self.problems);
    }

    /// `[contact]`: whom to ask, on the 正誤表.
    fn contact(&mut self, node: &Placed<Node>) -> Contact {
        let Some(fields) = Fields::new("[contact]", node, &mut self.problems) else {
            return Contact::default();
        };
        let mut text = |key| {
            let (text, place) = fields.filled(key, &mut self.problems)?;
            self.note(&text, &place);
            Some(text)
        };
        let contact =
            Contact { department: text("department"), phone: text("phone"), mail: text("mail") };
        fields.finish(&mut self.problems);
        contact
    }

    /// The name of the edition stands beside the page number.
    fn edition(&mut self, text: String, place: Place) -> Option<String> {
        if text.chars().count() <= LONGEST_EDITION {
            return Some(text);
        }
        self.problems.push(
            Problem::error(Code::WrongValue, place)
                .text(&text)
                .message("「edition」が長すぎて、ページの下に入りません")
                .expected(format!("{LONGEST_EDITION}文字以内（例 第2版）")),
        );
        None
    }

    /// A title is one text, or a list of the lines in which the cover sets it.
    fn title(&mut self, fields: &Fields<'_>) -> Vec<String> {
        let mut lines: Vec<(String, Place)> = Vec::new();
        match fields.node("title").map(|node| &node.value) {
            Some(Node::List(items)) if !items.is_empty() => {
                for item in items {
                    match &item.value {
                        Node::Text(text) if !text.trim().is_empty() => {
                            lines.push((text.clone(), item.place.clone()));
                        }
                        _ => self.problems.push(
                            Problem::error(Code::WrongValue, item.place.clone())
                                .message("「title」の行が正しくありません")
                                .expected("空でない文字列の配列"),
                        ),
                    }
                }
            }
            _ => lines.extend(fields.required("title", &mut self.problems)),
        }
        for (text, place) in &lines {
            self.note(text, place);
        }
        lines.into_iter().map(|(text, _)| text).collect()
    }

    fn data(&mut self, node: &Placed<Node>, report: &mut Report, sources: &mut Sources) {
        let Some(fields) = Fields::new("[data]", node, &mut self.problems) else { return };
        let mut set = |key| {
            let fields = Fields::new("[data.…]", fields.node(key)?, &mut self.problems)?;
            let csv = fields.required("csv", &mut self.problems);
            let csv = TableSource::read(csv, &fields, &mut self.problems);
            let state = fields.data_state(&mut self.problems);
            fields.finish(&mut self.problems);
            csv.map(|csv| (csv, state))
        };
        sources.pillars = set("pillars").map(|(csv, _)| csv);
        sources.constants = set("constants").map(|(csv, _)| csv);
        if let Some((csv, state)) = set("indicators") {
            (sources.indicators, report.indicators_state) = (Some(csv), state);
        }
        if let Some((csv, state)) = set("initiatives") {
            (sources.initiatives, report.initiatives_state) = (Some(csv), state);
        }
        fields.finish(&mut self.problems);
    }

    /// `[print]`: how the report is given out on paper.
    fn print(&mut self, node: &Placed<Node>) -> Print {
        let Some(fields) = Fields::new("[print]", node, &mut self.problems) else {
            return Print::default();
        };
        let duplex = fields.switch("duplex", &mut self.problems).unwrap_or_default();
        let chapters = fields.word("chapters", &["right", "any"], chapters, &mut self.problems);
        fields.finish(&mut self.problems);
        Print { duplex, chapters_right: chapters.unwrap_or_default() }
    }
}

fn chapters(word: &str) -> Option<bool> {
    match word {
        "right" => Some(true),
        "any" => Some(false),
        _ => None,
    }
}
