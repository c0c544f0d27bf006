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
        // The foot of every numbered page has them, too.
        let everywhere: Vec<usize> = cover.iter().copied().chain(self.numbered_rows()).collect();
        let date = report.date.long();
        for (part, rows, text, keys) in [
            (
                CoverPart::Title,
                &everywhere,
                report.full_title().as_str(),
                &["report.title", "report.status"][..],
            ),
            (CoverPart::Date, &everywhere, &date, &["report.date"]),
            (CoverPart::Council, &cover, &report.council, &["report.council"]),
            (CoverPart::Author, &cover, &report.author, &["report.author"]),
        ] {
            let settings = keys.iter().flat_map(|key| self.setting(key)).collect();
            let draft = ItemDraft { key: ItemKey::Cover(part), spot: Spot::Cover(part) };
            self.add(rows, draft, text, settings);
        }
        // もくじ prints every chapter, too, and so do its pages where the author has no other words.
        let contents = of_kind(PageKind::Contents);
        for (row, page) in report.pages.iter().enumerate() {
            let (Some((number, title)), Some(id)) = (&page.chapter, self.ids.chapters.get(&row))
            else {
                continue;
            };
            let rest = report.pages.iter().enumerate().skip(row + 1);
            let same = rest.take_while(|(_, page)| page.chapter.is_none());
            let running =
                same.filter(|(_, page)| page.kind == PageKind::Body && page.running.is_empty());
            let pages = [row].into_iter().chain(running.map(|(row, _)| row));
            let rows: Vec<usize> = contents.iter().copied().chain(pages).collect();
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

    /// The rows with numbered pages, the appendix among them.
    fn numbered_rows(&self) -> impl Iterator<Item = usize> + use<> {
        let pages = &self.report.pages;
        let body = pages.iter().enumerate().filter(|(_, row)| row.kind == PageKind::Body);
        let appendix = self.report.figures.iter().any(|figure| figure.table).then_some(pages.len());
        body.map(|(row, _)| row).chain(appendix).collect::<Vec<_>>().into_iter()
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
        self.add(&rows, draft(PageHeading::RunningLine), &page.running, running);
        // もくじ names what begins here.
        let report = self.report;
        let is_contents = |(_, page): &(usize, &PageRow)| page.kind == PageKind::Contents;
        let contents = report.pages.iter().enumerate().filter(is_contents);
        let in_contents = report.contents_depth() > 1 && report.is_part(row);
        let contents = contents.map(|(row, _)| row).filter(|_| in_contents);
        let also: Vec<usize> = contents.chain(rows).collect();
        let named = |pillar: &&Pillar| Some(&pillar.name) == page.pillar.as_ref();
        if let Some(pillar) = self.report.pillars.iter().find(named) {
            self.pillar_heading(&also, pillar);
            let text = format!("{}. {}", pillar.number, pillar.name);
            let means = self.pillar_id(&pillar.name);
            self.add_name(&rows, draft(PageHeading::Pillar), &text, pillar_set, means);
        }
        if let Some(measure) = &page.measure {
            self.measure_name(&rows, measure, measure_set.clone());
            let means = self.measure_id(measure);
            self.add_name(&rows, draft(PageHeading::Measure), measure, measure_set, means);
        }
        let rows = if page.pillar.is_none() { &also[..] } else { &rows };
        self.add(rows, draft(PageHeading::Title), &page.title, title);
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
