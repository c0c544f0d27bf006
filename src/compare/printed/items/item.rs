//! A printed item, and the keys by which the items of two editions are compared.

use std::collections::HashMap;

use soukatsu_core::model::period::FiscalYear;
use soukatsu_core::problem::Place;

use crate::compare::printed::spots::{
    AchievementPart, ChapterPart, CoverPart, DataTablePart, FigurePart, IndicatorPart,
    IndicatorTablePart, InitiativePart, PageHeading, PillarPart, Spot, StatusColumn,
    StatusTablePart,
};

/// A printed text that comes from the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub spot: Spot,
    pub text: String,
    /// What it stands for, when a new name of that is told elsewhere: compared instead of the
    /// text.
    pub means: Option<NameId>,
    /// The cells it rests on.
    pub cells: Vec<Place>,
    /// Where the prose says it, when it does.
    pub place: Option<Place>,
    /// The rows of the page map that print it.
    pub rows: Vec<usize>,
    /// Whether it is only counted, added up or otherwise made from its cells.
    pub counted: bool,
}

impl Item {
    /// Whether it prints the same as in another edition.
    pub fn is_same(&self, other: &Item) -> bool {
        match (&self.means, &other.means) {
            (Some(one), Some(two)) => one == two,
            _ => self.text == other.text,
        }
    }
}

/// What the name of a pillar or measure stands for in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NameId {
    /// A thing that was looked for in the other edition.
    Matched(usize),
    /// A name of nothing that is known.
    Unknown(String),
}

/// What an item is in both editions. Numbers that are not otherwise named are matched ids.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ItemKey {
    Cover(CoverPart),
    Chapter(usize, ChapterPart),
    Page(usize, PageHeading),
    Pillar(NameId, PillarPart),
    Measure(NameId),
    IndicatorTable(IndicatorTablePart),
    Indicator(usize, IndicatorKey),
    /// By the number that the figure has in both editions.
    Figure(String, FigureKey),
    /// By the number that the table has in both editions.
    Table(String, TableKey),
    /// By the number of the initiative.
    Initiative(u32, InitiativePart),
    Achievement(AchievementPart),
    StatusTable(StatusTablePart),
    /// Of a pillar, or of all initiatives.
    StatusCount(Option<NameId>, StatusColumn),
}

/// An entry of a row of indicators in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IndicatorKey {
    Column(IndicatorPart),
    Breakdown(usize, FiscalYear),
}

/// A text of a figure in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FigureKey {
    /// One that every figure has at most once.
    Text(FigurePart),
    Annotation(usize),
    Category(usize),
    Series(usize),
    Value {
        series: usize,
        category: usize,
    },
    /// Of a category.
    Total(usize),
}

/// A text of a table in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TableKey {
    /// One that every table has at most once.
    Text(DataTablePart),
    Heading {
        column: usize,
        level: usize,
    },
    /// The heading of a group, by its first row.
    Group(usize),
    /// All of a row.
    Row(usize),
    /// All of a column.
    Column(usize),
    Cell {
        row: usize,
        column: usize,
    },
}

impl ItemKey {
    /// The keys of the titles or names of the things that can come or go as a whole and of which
    /// this is a part, the largest first: a figure, a table and its row, an initiative.
    fn leads(&self) -> Vec<ItemKey> {
        let ItemKey::Table(id, key) = self else { return self.lead().into_iter().collect() };
        let title = TableKey::Text(DataTablePart::Title);
        let row = match key {
            TableKey::Row(row) | TableKey::Cell { row, .. } => Some(TableKey::Row(*row)),
            _ => None,
        };
        let column = match key {
            TableKey::Column(column)
            | TableKey::Cell { column, .. }
            | TableKey::Heading { column, .. } => Some(TableKey::Column(*column)),
            _ => None,
        };
        let keys = [title].into_iter().chain(row).chain(column);
        keys.map(|key| ItemKey::Table(id.clone(), key)).collect()
    }

    fn lead(&self) -> Option<ItemKey> {
        Some(match self {
            ItemKey::Figure(id, _) => {
                ItemKey::Figure(id.clone(), FigureKey::Text(FigurePart::Title))
            }
            ItemKey::Indicator(id, _) => {
                ItemKey::Indicator(*id, IndicatorKey::Column(IndicatorPart::Name))
            }
            ItemKey::Initiative(number, _) => ItemKey::Initiative(*number, InitiativePart::Name),
            _ => return None,
        })
    }
}

/// The items in the order of the pages, by a key that is the same in both editions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    order: Vec<ItemKey>,
    by_key: HashMap<ItemKey, Item>,
}

impl Items {
    /// The keys in the order of the pages.
    pub fn keys(&self) -> &[ItemKey] {
        &self.order
    }

    /// The item of a key.
    pub fn get(&self, key: &ItemKey) -> Option<&Item> {
        self.by_key.get(key)
    }

    /// The item of a key, made where there is none yet.
    pub fn get_or_add(&mut self, key: ItemKey, make: impl FnOnce() -> Item) -> &mut Item {
        if !self.by_key.contains_key(&key) {
            self.order.push(key.clone());
        }
        self.by_key.entry(key).or_insert_with(make)
    }
}

/// What a key is when all of its thing came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// The item that stands for the thing: its title or name.
    Lead,
    /// Any other item of the thing.
    Part,
}

/// Whether a key is of a thing that one of two editions does not have at all.
pub fn whole(key: &ItemKey, before: &Items, after: &Items) -> Option<Whole> {
    let came_or_went = |lead: &ItemKey| before.get(lead).is_some() != after.get(lead).is_some();
    let lead = key.leads().into_iter().find(came_or_went)?;
    Some(if *key == lead { Whole::Lead } else { Whole::Part })
}
