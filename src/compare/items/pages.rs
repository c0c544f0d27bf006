//! The cover, and what stands around the prose of every page: running lines and headings.

use super::{Draft, Item, ItemKind, List};
use soukatsu_core::model::initiative::Pillar;
use soukatsu_core::model::report::{PageKind, PageRow};

/// A heading.
fn draft(key: String, spot: impl Into<String>) -> Draft {
    Draft { key, kind: ItemKind::Heading, spot: spot.into() }
}

impl List<'_> {
    pub(super) fn front_matter(&mut self) {
        let report = self.report;
        let of_kind = |kind| -> Vec<usize> {
            let rows = report.pages.iter().enumerate().filter(|(_, row)| row.kind == kind);
            rows.map(|(row, _)| row).collect()
        };
        let cover = of_kind(PageKind::Cover);
        let date = report.date.long();
        for (spot, text, keys) in [
            ("題名", report.full_title().as_str(), &["report.title", "report.status"][..]),
            ("日付", &date, &["report.date"]),
            ("会議の名前", &report.council, &["report.council"]),
            ("作成者", &report.author, &["report.author"]),
        ] {
            let settings = keys.iter().flat_map(|key| self.setting(key)).collect();
            let draft = draft(format!("cover {spot}"), format!("表紙の{spot}"));
            self.add(&cover, draft, text, settings);
        }
        // もくじ prints every chapter, too.
        let contents = of_kind(PageKind::Contents);
        for (row, page) in report.pages.iter().enumerate() {
            let (Some((number, title)), Some(id)) = (&page.chapter, self.ids.chapters.get(&row))
            else {
                continue;
            };
            let rows: Vec<usize> = contents.iter().copied().chain([row]).collect();
            let spot = |what: &str| format!("第{number}章の{what}");
            let key = |what: &str| format!("chapter {id} {what}");
            if self.ids.shared_chapters.contains(id) {
                self.add(&rows, draft(key("number"), spot("番号")), &number.to_string(), vec![]);
            }
            let setting = self.setting_of("page", &page.place, "chapter");
            self.add(&rows, draft(key("title"), spot("題名")), title, setting);
        }
    }

    pub(super) fn headings(&mut self, row: usize, page: &PageRow) {
        let rows = [row];
        let id = self.ids.pages.get(row).copied().unwrap_or(row);
        let key = |what: &str| format!("page {id} {what}");
        let [title, running, pillar_set, measure_set] = ["title", "running", "pillar", "measure"]
            .map(|key| self.setting_of("page", &page.place, key));
        if page.kind == PageKind::Contents {
            self.add(&rows, draft(key("title"), "ページの見出し"), &page.title, title);
            return;
        }
        if page.kind != PageKind::Body {
            return;
        }
        // A chapter's heading stands where other pages have their running line.
        if page.chapter.is_none() {
            self.add(&rows, draft(key("running"), "ページの上端の行"), &page.running, running);
        }
        let named = |pillar: &&Pillar| Some(&pillar.name) == page.pillar.as_ref();
        if let Some(pillar) = self.report.pillars.iter().find(named) {
            self.pillar_heading(&rows, pillar);
            let draft = draft(key("pillar"), "ページの体系の見出し");
            let shown = format!("{}. {}", pillar.number, pillar.name);
            let means = self.pillar_meant(&pillar.name);
            meaning(self.add(&rows, draft, &shown, pillar_set), means);
        }
        if let Some(measure) = &page.measure {
            self.measure_name(&rows, measure, measure_set.clone());
            let draft = draft(key("measure"), "ページの施策の見出し");
            let means = self.measure_meant(measure);
            meaning(self.add(&rows, draft, measure, measure_set), means);
        }
        self.add(&rows, draft(key("title"), "ページの見出し"), &page.title, title);
    }

    /// `1. 暮らし（支え合い、暮らし続けられる地域づくり）`.
    fn pillar_heading(&mut self, rows: &[usize], pillar: &Pillar) {
        self.pillar_name(rows, pillar, true);
        let id = self.pillar_meant(&pillar.name);
        let draft = draft(format!("{id} subtitle"), format!("体系「{}」の副題", pillar.name));
        let cell = self.cell(&pillar.place, "副題");
        self.add(rows, draft, &pillar.subtitle, vec![cell]);
    }

    /// The name of a pillar, and its number where that stands before it.
    pub(super) fn pillar_name(&mut self, rows: &[usize], pillar: &Pillar, numbered: bool) {
        let id = self.pillar_meant(&pillar.name);
        let spot = |what: &str| format!("体系「{}」の{what}", pillar.name);
        if numbered {
            // The table is compared by number: another number is another name beside it.
            let cells = ["番号", "体系"].map(|header| self.cell(&pillar.place, header));
            let draft = draft(format!("{id} number"), spot("番号"));
            self.add(rows, draft, &pillar.number.to_string(), cells.into());
        }
        let cell = self.cell(&pillar.place, "体系");
        self.add(rows, draft(format!("{id} name"), spot("名前")), &pillar.name, vec![cell]);
    }

    /// The name of a measure.
    pub(super) fn measure_name(
        &mut self,
        rows: &[usize],
        measure: &str,
        cells: Vec<soukatsu_core::problem::Place>,
    ) {
        let draft = draft(self.measure_meant(measure), format!("施策「{measure}」の名前"));
        self.add(rows, draft, measure, cells);
    }

    /// What the name of a pillar stands for in both editions.
    pub(super) fn pillar_meant(&self, name: &str) -> String {
        let index = self.report.pillars.iter().position(|pillar| pillar.name == name);
        match index.and_then(|index| self.ids.pillars.get(index)) {
            Some(id) => format!("pillar {id}"),
            None => format!("pillar {name}"),
        }
    }

    /// What the name of a measure stands for in both editions.
    pub(super) fn measure_meant(&self, name: &str) -> String {
        match self.ids.measures.get(name) {
            Some(id) => format!("measure {id}"),
            None => format!("measure {name}"),
        }
    }
}

/// An item that is another one only when it stands for something else.
pub(super) fn meaning(item: Option<&mut Item>, means: String) {
    if let Some(item) = item {
        item.means = Some(means);
    }
}
