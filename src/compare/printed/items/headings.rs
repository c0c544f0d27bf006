//! The cover, and what stands around the prose of every page: running lines and headings.

use super::collector::{ItemCollector, ItemDraft};
use super::item::ItemKey;
use crate::compare::printed::spots::{ChapterPart, CoverPart, PageHeading, PillarPart, Spot};
use soukatsu_core::model::initiative::Pillar;
use soukatsu_core::model::report::{PageKind, PageRow};
use soukatsu_core::problem::Place;

impl ItemCollector<'_> {
    pub fn front_matter(&mut self) {
        let report = self.report;
        let of_kind = |kind| -> Vec<usize> {
            let rows = report.pages.iter().enumerate().filter(|(_, row)| row.kind == kind);
            rows.map(|(row, _)| row).collect()
        };
        let cover = of_kind(PageKind::Cover);
        let date = report.date.long();
        for (part, text, keys) in [
            (
                CoverPart::Title,
                report.full_title().as_str(),
                &["report.title", "report.status"][..],
            ),
            (CoverPart::Date, &date, &["report.date"]),
            (CoverPart::Council, &report.council, &["report.council"]),
            (CoverPart::Author, &report.author, &["report.author"]),
        ] {
            let settings = keys.iter().flat_map(|key| self.setting(key)).collect();
            let draft = ItemDraft { key: ItemKey::Cover(part), spot: Spot::Cover(part) };
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
            let draft = |part| ItemDraft {
                key: ItemKey::Chapter(*id, part),
                spot: Spot::Chapter { number: *number, part },
            };
            if self.ids.shared_chapters.contains(id) {
                self.add(&rows, draft(ChapterPart::Number), &number.to_string(), vec![]);
            }
            let setting = self.setting_of("page", &page.place, "chapter");
            self.add(&rows, draft(ChapterPart::Title), title, setting);
        }
    }

    pub fn headings(&mut self, row: usize, page: &PageRow) {
        let rows = [row];
        let id = self.ids.pages.get(row).copied().unwrap_or(row);
        let draft =
            |heading| ItemDraft { key: ItemKey::Page(id, heading), spot: Spot::Page(heading) };
        let [title, running, pillar_set, measure_set] = ["title", "running", "pillar", "measure"]
            .map(|key| self.setting_of("page", &page.place, key));
        if page.kind == PageKind::Contents {
            self.add(&rows, draft(PageHeading::Title), &page.title, title);
            return;
        }
        if page.kind != PageKind::Body {
            return;
        }
        // A chapter's heading stands where other pages have their running line.
        if page.chapter.is_none() {
            self.add(&rows, draft(PageHeading::RunningLine), &page.running, running);
        }
        let named = |pillar: &&Pillar| Some(&pillar.name) == page.pillar.as_ref();
        if let Some(pillar) = self.report.pillars.iter().find(named) {
            self.pillar_heading(&rows, pillar);
            let text = format!("{}. {}", pillar.number, pillar.name);
            let means = self.pillar_id(&pillar.name);
            self.add_name(&rows, draft(PageHeading::Pillar), &text, pillar_set, means);
        }
        if let Some(measure) = &page.measure {
            self.measure_name(&rows, measure, measure_set.clone());
            let means = self.measure_id(measure);
            self.add_name(&rows, draft(PageHeading::Measure), measure, measure_set, means);
        }
        self.add(&rows, draft(PageHeading::Title), &page.title, title);
    }

    /// `1. 暮らし（支え合い、暮らし続けられる地域づくり）`.
    fn pillar_heading(&mut self, rows: &[usize], pillar: &Pillar) {
        self.pillar_name(rows, pillar, true);
        let draft = self.pillar_draft(pillar, PillarPart::Subtitle);
        let cell = self.cell(&pillar.place, "副題");
        self.add(rows, draft, &pillar.subtitle, vec![cell]);
    }

    /// The name of a pillar, and its number where that stands before it.
    pub fn pillar_name(&mut self, rows: &[usize], pillar: &Pillar, numbered: bool) {
        if numbered {
            // The table is compared by number: another number is another name beside it.
            let cells = ["番号", "体系"].map(|header| self.cell(&pillar.place, header));
            let draft = self.pillar_draft(pillar, PillarPart::Number);
            self.add(rows, draft, &pillar.number.to_string(), cells.into());
        }
        let cell = self.cell(&pillar.place, "体系");
        let draft = self.pillar_draft(pillar, PillarPart::Name);
        self.add(rows, draft, &pillar.name, vec![cell]);
    }

    fn pillar_draft(&self, pillar: &Pillar, part: PillarPart) -> ItemDraft {
        ItemDraft {
            key: ItemKey::Pillar(self.pillar_id(&pillar.name), part),
            spot: Spot::Pillar { name: pillar.name.clone(), part },
        }
    }

    /// The name of a measure.
    pub fn measure_name(&mut self, rows: &[usize], measure: &str, cells: Vec<Place>) {
        let key = ItemKey::Measure(self.measure_id(measure));
        let draft = ItemDraft { key, spot: Spot::Measure { name: measure.to_owned() } };
        self.add(rows, draft, measure, cells);
    }
}
