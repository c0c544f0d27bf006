//! `[[page]]` of report.toml: the rows of the page map.

use super::fields::{Fields, with_suggestion};
use super::reader::Reader;
use super::titles::named_indicators;
use crate::load::{Node, Placed};
use crate::model::name::NameIndex;
use crate::model::report::{DataSet, PageFormat, PageKind, PageRow, Report, Sides};
use crate::problem::{Code, Place, Problem};

/// Folders that Typst sees filled by the engine.
const RESERVED: [&str; 3] = ["template/", "model/", "fonts/"];

impl Reader<'_> {
    /// Reads one row; `files`: the prose that the rows name, in their order.
    pub(super) fn page(
        &mut self,
        node: &Placed<Node>,
        report: &mut Report,
        files: &mut Vec<(String, Place)>,
    ) {
        let Some(fields) = Fields::new("[[page]]", node, &mut self.problems) else { return };
        let kinds = ["body", "cover", "contents", "blank"];
        let named = fields.word("kind", &kinds, page_kind, &mut self.problems);
        // A kind that is no kind is told; what a page of the body needs is not asked of it.
        let kind = match (named, fields.node("kind")) {
            (Some(kind), _) => kind,
            (None, Some(_)) => PageKind::Cover,
            (None, None) => PageKind::Body,
        };
        if kind == PageKind::Blank {
            report.pages.extend(self.blank_page(node));
            return;
        }
        let mut text = |key| {
            let found = fields.text(key, &mut self.problems);
            if let Some((text, place)) = &found {
                self.note(text, place);
                self.title_names.extend(named_indicators(text, place));
            }
            found
        };
        let (chapter, title, running) = (text("chapter"), text("title"), text("running"));
        let (pillar, measure) = (text("pillar"), text("measure"));
        let also = numbers(&fields, "also", &mut self.problems);
        let pages = fields.count("pages", &mut self.problems).unwrap_or(1);
        let prose = match kind {
            PageKind::Body => fields.required("prose", &mut self.problems),
            _ => fields.text("prose", &mut self.problems),
        };
        if let Some((file, place)) = &prose
            && RESERVED.iter().any(|folder| file.trim_start_matches("./").starts_with(folder))
        {
            self.problems.push(
                Problem::error(Code::WrongValue, place.clone())
                    .text(file)
                    .message("文章をこの名前のフォルダーに置くことはできません")
                    .expected("template、model、fonts のほかのフォルダー（例 prose/01.typ）"),
            );
        }
        let chapters = report.pages.iter().rev().find_map(|row| row.chapter.as_ref());
        let chapters = chapters.map_or(0, |(number, _)| *number);
        let owned = |found: Option<(String, Place)>| found.map(|(text, _)| text);
        let row = PageRow {
            kind,
            chapter: owned(chapter).map(|title| (chapters + 1, title)),
            title: owned(title).unwrap_or_default(),
            running: owned(running).unwrap_or_default(),
            pillar: owned(pillar.clone()),
            measure: owned(measure.clone()),
            also,
            prose: prose.is_some().then_some(files.len()),
            pages,
            sides: sides(&fields, &mut self.problems),
            format: format(&fields, kind, &mut self.problems),
            place: fields.place.clone(),
        };
        self.page_names.extend(pillar.map(|(text, place)| ("pillar", text, place)));
        self.page_names.extend(measure.map(|(text, place)| ("measure", text, place)));
        files.extend(prose);
        report.pages.push(row);
        fields.finish(&mut self.problems);
    }

    /// Looks the pillars and measures of the pages up in the data. From here on they are called as
    /// the data calls them.
    pub(super) fn page_references(&mut self, report: &mut Report) {
        let names = |names: Vec<&str>| {
            let mut once: Vec<String> = names.into_iter().map(str::to_owned).collect();
            once.sort_unstable();
            once.dedup();
            once
        };
        let pillars = names(report.pillars.iter().map(|p| p.name.as_str()).collect());
        let measures = names(report.initiatives.iter().map(|item| item.measure.as_str()).collect());
        let index = |names: &[String]| NameIndex::new(names.iter().map(String::as_str).zip(0..));
        let (pillar_index, measure_index) = (index(&pillars), index(&measures));
        for page in &mut report.pages {
            for (name, (index, known)) in [
                (&mut page.pillar, (&pillar_index, &pillars)),
                (&mut page.measure, (&measure_index, &measures)),
            ] {
                if let Some(name) = name
                    && let Some(found) = index.get(name)
                {
                    name.clone_from(&known[found]);
                }
            }
        }
        for (kind, text, place) in std::mem::take(&mut self.page_names) {
            let (set, word, (index, known)) = match kind {
                "pillar" => (DataSet::Pillars, "体系", (&pillar_index, &pillars)),
                _ => (DataSet::Initiatives, "施策", (&measure_index, &measures)),
            };
            if !report.incomplete.contains(&set) && index.get(&text).is_none() {
                let problem = Problem::error(Code::UnknownReference, place)
                    .text(&text)
                    .message(format!("{word}「{text}」がデータにありません"))
                    .hint(format!("CSVの「{word}」の列と同じ名前にしてください"));
                self.problems.push(with_suggestion(
                    problem,
                    &text,
                    known.iter().map(String::as_str),
                ));
            }
        }
    }

    /// A row that is blank on purpose: nothing but its kind and its paper can be said of it.
    fn blank_page(&mut self, node: &Placed<Node>) -> Option<PageRow> {
        let fields = Fields::new("kind = \"blank\" の [[page]] ", node, &mut self.problems)?;
        fields.node("kind");
        let place = fields.place.clone();
        let format = format(&fields, PageKind::Blank, &mut self.problems);
        fields.finish(&mut self.problems);
        Some(PageRow {
            kind: PageKind::Blank,
            chapter: None,
            title: String::new(),
            running: String::new(),
            pillar: None,
            measure: None,
            also: Vec::new(),
            prose: None,
            pages: 1,
            sides: Sides::default(),
            format,
            place,
        })
    }
}

/// `side` and `back` of a row.
fn sides(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Sides {
    let only = |word: &'static str| move |text: &str| (text == word).then_some(());
    Sides {
        right: fields.word("side", &["right"], only("right"), problems).is_some(),
        blank_back: fields.word("back", &["blank"], only("blank"), problems).is_some(),
    }
}

/// `orientation` and `paper` of a row.
fn format(fields: &Fields<'_>, kind: PageKind, problems: &mut Vec<Problem>) -> PageFormat {
    let one_of = |text: &str, words: [&str; 2]| {
        words.iter().position(|word| word.eq_ignore_ascii_case(text)).map(|found| found == 1)
    };
    let (portrait, a4) = (["portrait", "landscape"], ["A4", "A3"]);
    let place = |key| fields.node(key).map(|node| node.place.clone());
    let places = (place("orientation"), place("paper"));
    let landscape = fields.word("orientation", &portrait, |text| one_of(text, portrait), problems);
    let fold_out = fields.word("paper", &a4, |text| one_of(text, a4), problems);
    let format = match (landscape, fold_out) {
        (Some(false), Some(true)) => {
            problems.push(
                Problem::error(Code::WrongValue, places.0.unwrap_or_else(|| fields.place.clone()))
                    .text("portrait")
                    .message("A3の折込みは横向きだけです。縦のA3は、A4の冊子に折り込めません")
                    .expected("orientation を書かないか、\"landscape\"")
                    .hint("orientation の行を消してください"),
            );
            return PageFormat::FoldOut;
        }
        (_, Some(true)) => PageFormat::FoldOut,
        (Some(true), _) => PageFormat::Landscape,
        _ => PageFormat::Upright,
    };
    let of_its_own = matches!(kind, PageKind::Cover | PageKind::Contents);
    if of_its_own && format != PageFormat::Upright {
        let place = places.1.filter(|_| fold_out == Some(true)).or(places.0);
        problems.push(
            Problem::error(Code::WrongValue, place.unwrap_or_else(|| fields.place.clone()))
                .message("表紙ともくじは、A4の縦だけです")
                .expected("本文のページ（kind を書かない行）か、白紙（kind = \"blank\"）に書くこと")
                .hint("この行を消してください"),
        );
        return PageFormat::Upright;
    }
    format
}

/// A list of whole numbers of at least 1.
fn numbers(fields: &Fields<'_>, key: &'static str, problems: &mut Vec<Problem>) -> Vec<u32> {
    let mut found = Vec::new();
    for item in fields.tables(key, problems) {
        match &item.value {
            Node::Number(text) if text.parse::<u32>().is_ok_and(|number| number > 0) => {
                found.extend(text.parse::<u32>());
            }
            _ => problems.push(
                Problem::error(Code::WrongValue, item.place.clone())
                    .message(format!("「{key}」の中に整理番号でないものがあります"))
                    .expected(format!("{key} = [18, 31]")),
            ),
        }
    }
    found
}

fn page_kind(name: &str) -> Option<PageKind> {
    Some(match name {
        "body" => PageKind::Body,
        "cover" => PageKind::Cover,
        "contents" => PageKind::Contents,
        "blank" => PageKind::Blank,
        _ => return None,
    })
}
