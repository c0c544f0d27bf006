//! Everything that tables, charts, lists and headings print of the model, each with a name by
//! which two editions are compared and by which the 正誤表 calls its place.

use std::collections::BTreeMap;

use crate::model::call::Call;
use crate::model::figure::{Base, Figure};
use crate::model::indicator::Indicator;
use crate::model::initiative::{Initiative, Status, StatusCount};
use crate::model::quantity::{Quantity, grouped};
use crate::model::report::{PageKind, Report};
use crate::problem::Place;

/// What kind of thing prints an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Title, date and the like, and headings.
    Heading,
    IndicatorTable,
    Figure,
    Initiative,
    StatusTable,
}

/// A printed text that comes from the model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    pub text: String,
    /// Of a value in a chart: the number of the figure and what names the value.
    pub category: Option<(String, String)>,
    /// The cells it rests on.
    pub cells: Vec<Place>,
    /// The rows of the page map that print it.
    pub rows: Vec<usize>,
}

/// What names an item: its kind, and where it stands in words: `指標表「市民満足度」のR6`.
pub type Name = (ItemKind, String);

/// The items in the order of the pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    order: Vec<Name>,
    by_name: BTreeMap<Name, Item>,
}

impl Items {
    /// The names in the order of the pages.
    pub fn names(&self) -> &[Name] {
        &self.order
    }

    /// The item of a name.
    pub fn get(&self, name: &Name) -> Option<&Item> {
        self.by_name.get(name)
    }
}

/// The items of a report.
pub fn items(report: &Report) -> Items {
    let mut list = List { items: Items::default() };
    list.front_matter(report);
    for (row, page) in report.pages.iter().enumerate() {
        let Some(prose) = page.prose.and_then(|index| report.prose.get(index)) else { continue };
        for call in &prose.calls {
            list.block(report, row, call);
        }
    }
    list.items
}

struct List {
    items: Items,
}

impl List {
    fn add(&mut self, row: usize, kind: ItemKind, spot: String, text: &str, cells: Vec<Place>) {
        let name = (kind, spot);
        // What stands on several pages is one item.
        if let Some(item) = self.items.by_name.get_mut(&name) {
            if !item.rows.contains(&row) {
                item.rows.push(row);
            }
            return;
        }
        let item = Item { text: text.to_owned(), category: None, cells, rows: vec![row] };
        self.items.order.push(name.clone());
        self.items.by_name.insert(name, item);
    }

    fn front_matter(&mut self, report: &Report) {
        let cover = report.pages.iter().position(|row| row.kind == PageKind::Cover);
        if let Some(cover) = cover {
            let date = report.date.long();
            for (spot, text) in [
                ("題名", report.full_title().as_str()),
                ("日付", &date),
                ("会議の名前", &report.council),
                ("作成者", &report.author),
            ] {
                self.add(cover, ItemKind::Heading, format!("表紙の{spot}"), text, Vec::new());
            }
        }
        for (index, row) in report.pages.iter().enumerate() {
            let chapter = row.chapter.as_ref();
            if let Some((number, title)) = chapter {
                self.add(index, ItemKind::Heading, format!("第{number}章の題名"), title, vec![]);
            }
            if !row.title.is_empty() {
                let spot = format!("{}枚目のページの見出し", index + 1);
                self.add(index, ItemKind::Heading, spot, &row.title, Vec::new());
            }
        }
    }

    fn block(&mut self, report: &Report, row: usize, call: &Call) {
        let names = call.arguments.iter().filter(|argument| argument.name.is_none());
        let names = names.filter_map(|argument| argument.literal());
        match call.name.as_str() {
            "指標表" => {
                let named = |name: &str| {
                    let rows = report.indicators.rows.iter();
                    rows.clone().find(|row| row.name == name || row.short == name)
                };
                for indicator in names.filter_map(named) {
                    self.indicator(report, row, indicator);
                }
            }
            "図" | "図並び" => {
                for figure in names.filter_map(|name| report.figure(name)) {
                    self.figure(report, row, figure);
                }
            }
            "取組" => {
                let numbers = names.filter_map(|name| name.parse::<u32>().ok());
                for number in numbers {
                    let found = report.initiatives.iter().find(|item| item.number == number);
                    if let Some(initiative) = found {
                        self.initiative(row, initiative);
                    }
                }
            }
            "実施状況の一覧" => {
                for initiative in &report.initiatives {
                    self.initiative(row, initiative);
                }
            }
            "実施状況の集計" => self.status_table(report, row),
            _ => {}
        }
    }

    fn indicator(&mut self, report: &Report, row: usize, indicator: &Indicator) {
        let kind = ItemKind::IndicatorTable;
        let name = indicator.called();
        let spot = |column: &str| format!("指標表「{name}」{column}");
        let place = vec![indicator.place.clone()];
        self.add(row, kind, spot("の指標名"), &indicator.name, place);
        if let Some(target) = &indicator.target {
            self.add(row, kind, spot("の目標値"), &target.text, vec![target.place.clone()]);
        }
        self.quantity(row, kind, spot("の基準値"), indicator.baseline.as_ref());
        for (period, value) in report.indicators.periods.iter().zip(&indicator.values) {
            self.quantity(row, kind, spot(&format!("の{period}")), value.as_ref());
        }
        for breakdown in &indicator.breakdowns {
            for (period, value) in report.indicators.periods.iter().zip(&breakdown.values) {
                let column = format!("（{}）の{period}", breakdown.name);
                self.quantity(row, kind, spot(&column), value.as_ref());
            }
        }
    }

    fn quantity(&mut self, row: usize, kind: ItemKind, spot: String, value: Option<&Quantity>) {
        if let Some(value) = value {
            self.add(row, kind, spot, &value.text, vec![value.place.clone()]);
        }
    }

    fn figure(&mut self, report: &Report, row: usize, figure: &Figure) {
        let kind = ItemKind::Figure;
        let spot = |what: &str| format!("図{}{what}", figure.number);
        let manifest = || vec![figure.place.clone()];
        self.add(row, kind, spot("の題名"), &figure.title, manifest());
        if let Some(source) = &figure.source {
            self.add(row, kind, spot("の資料"), source, manifest());
        }
        if let Base::Count(base) = &figure.base {
            self.add(row, kind, spot("の回答者の数"), &base.to_string(), manifest());
        }
        // The appendix is the row behind the page map.
        let appendix = figure.table.then_some(report.pages.len());
        let single = figure.data.series.len() == 1;
        for series in &figure.data.series {
            for (category, value) in figure.data.categories.iter().zip(&series.values) {
                let what = match single {
                    true => format!("の「{category}」"),
                    false => format!("の「{category}」の「{}」", series.name),
                };
                self.quantity(row, kind, spot(&what), value.as_ref());
                if let Some(item) = self.items.by_name.get_mut(&(kind, spot(&what))) {
                    item.category = Some((figure.number.clone(), category.clone()));
                    item.rows.extend(appendix.filter(|row| !item.rows.contains(row)));
                }
            }
        }
        for (line, what) in [(&figure.target, "の目標値"), (&figure.baseline, "の基準値")] {
            if let Some(line) = line {
                self.add(row, kind, spot(what), &line.label, manifest());
            }
        }
    }

    fn initiative(&mut self, row: usize, initiative: &Initiative) {
        let kind = ItemKind::Initiative;
        let cells = &initiative.cells;
        let spot = |what: &str| format!("取組{}の{what}", initiative.number);
        for (what, text, place) in [
            ("名前", initiative.name.as_str(), &cells.name),
            ("担当課", &initiative.departments, &cells.departments),
            ("実施状況", initiative.status.name(), &cells.status),
            ("具体的取組", &initiative.action, &cells.action),
            ("備考", &initiative.remark, &initiative.place),
            ("体系", &initiative.pillar, &cells.pillar),
            ("施策", &initiative.measure, &cells.measure),
        ] {
            if !text.is_empty() {
                self.add(row, kind, spot(what), text, vec![place.clone()]);
            }
        }
    }

    fn status_table(&mut self, report: &Report, row: usize) {
        let pillars = report.pillars.iter().map(|pillar| Some(pillar.name.as_str()));
        for pillar in pillars.chain([None]) {
            let of = |item: &&Initiative| pillar.is_none_or(|name| item.pillar == name);
            let group = report.initiatives.iter().filter(of);
            let cells: Vec<Place> = group
                .flat_map(|item| [item.cells.status.clone(), item.cells.pillar.clone()])
                .collect();
            let count = StatusCount::of(&report.initiatives, pillar);
            let name = pillar.unwrap_or("合計");
            let mut add = |column: &str, text: &str| {
                let spot = format!("実施状況の集計「{name}」の{column}");
                self.add(row, ItemKind::StatusTable, spot, text, cells.clone());
            };
            add("項目数", &count.total.to_string());
            for ((status, number), share) in
                Status::ALL.iter().zip(count.counts).zip(count.shares())
            {
                let share =
                    share.map_or_else(String::new, |share| format!("（{}%）", grouped(share, 1)));
                add(status.name(), &format!("{number}{share}"));
            }
        }
    }
}
