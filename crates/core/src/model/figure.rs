//! Figures: what is to be drawn, from which data, with which words around it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;

use super::number::Sign;
use super::period::FiscalYear;
use super::quantity::Quantity;
use super::totals::Totals;
pub use super::totals::is_total;
use super::unit::Unit;
use crate::problem::Place;

/// The kinds of chart that report.toml may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Upright columns, one or several series side by side, negative values allowed.
    Columns,
    StackedColumns,
    PercentColumns,
    /// Horizontal bars, one or several series side by side.
    Bars,
    StackedBars,
    PercentBars,
    /// Horizontal bars of one series, largest first.
    RankedBars,
    Lines,
    /// Columns (stacked when there are several) and one line on a second axis.
    ColumnsAndLine,
    /// The shares of one whole, as one stacked bar.
    Shares,
    /// The shares of one whole, as a ring.
    Ring,
    /// Two series back to back, as in a population pyramid.
    PairedBars,
    /// The first time against the last, one line an item.
    Slope,
    /// One small chart a series, all on the same scale.
    SmallMultiples,
}

impl ChartKind {
    /// Every kind with its name in report.toml.
    pub const ALL: [(&'static str, ChartKind); 14] = [
        ("columns", ChartKind::Columns),
        ("stacked-columns", ChartKind::StackedColumns),
        ("percent-columns", ChartKind::PercentColumns),
        ("bars", ChartKind::Bars),
        ("stacked-bars", ChartKind::StackedBars),
        ("percent-bars", ChartKind::PercentBars),
        ("ranked-bars", ChartKind::RankedBars),
        ("lines", ChartKind::Lines),
        ("columns-and-line", ChartKind::ColumnsAndLine),
        ("shares", ChartKind::Shares),
        ("ring", ChartKind::Ring),
        ("paired-bars", ChartKind::PairedBars),
        ("slope", ChartKind::Slope),
        ("small-multiples", ChartKind::SmallMultiples),
    ];

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, kind)| kind)
    }

    /// Its name in report.toml.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// How far a data set can be trusted, the best first. Anything but confirmed is marked on the
/// figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataState {
    #[default]
    Confirmed,
    Preliminary,
    Provisional,
}

impl DataState {
    /// Its name in report.toml and on the page.
    pub fn name(self) -> &'static str {
        match self {
            DataState::Confirmed => "確定",
            DataState::Preliminary => "速報",
            DataState::Provisional => "仮",
        }
    }

    /// Reads 確定, 速報 or 仮.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "確定" => DataState::Confirmed,
            "速報" => DataState::Preliminary,
            "仮" => DataState::Provisional,
            _ => return None,
        })
    }
}

/// How much of the text width a figure takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureWidth {
    #[default]
    Full,
    Half,
    Third,
}

impl FigureWidth {
    /// Reads `full`, `half` or `third`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "full" => FigureWidth::Full,
            "half" => FigureWidth::Half,
            "third" => FigureWidth::Third,
            _ => return None,
        })
    }
}

/// One column of a figure's table.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    /// One value a category, in the figure's unit; a missing value is `None`, never zero.
    pub values: Vec<Option<Quantity>>,
}

/// The data of a figure: categories down, series across.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FigureData {
    /// What the categories are: 年度, 年代, 理由.
    pub dimension: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    /// Single values that are not final, by series and category, in data that is.
    pub unsettled: BTreeMap<(usize, usize), DataState>,
    /// Which columns and rows sum up the others.
    pub totals: Totals,
    /// Why values are missing, where a sign says so.
    pub signs: BTreeMap<(usize, usize), Sign>,
    /// Values that were another number before.
    pub revised: BTreeSet<(usize, usize)>,
}

impl FigureData {
    /// The value of a series at a category; `None` when it is missing.
    pub fn value(&self, series: usize, category: usize) -> Option<&Quantity> {
        self.series.get(series)?.values.get(category)?.as_ref()
    }

    /// What stands for a value that is missing.
    pub fn absent(&self, series: usize, category: usize) -> &'static str {
        self.signs.get(&(series, category)).map_or("－", |sign| sign.text())
    }

    /// What the signs among the values mean: `x は秘匿、… は不詳。訂正値：R6`.
    pub fn signs_explained(&self) -> Option<String> {
        let signs: BTreeSet<Sign> = self.signs.values().copied().collect();
        let said = signs.iter().rev().map(|sign| format!("{} は{}", sign.text(), sign.meaning()));
        let said = said.collect::<Vec<_>>().join("、");
        let name = |(series, row): &(usize, usize)| {
            let row = self.categories.get(*row)?;
            Some(match self.series.as_slice() {
                [_] => row.clone(),
                all => format!("{row}（{}）", all.get(*series)?.name),
            })
        };
        let revised: Vec<String> = self.revised.iter().filter_map(name).take(3).collect();
        let etc = if self.revised.len() > 3 { " など" } else { "" };
        let revised = match revised.as_slice() {
            [] => String::new(),
            names => format!("訂正値：{}{etc}", names.join("、")),
        };
        let parts: Vec<String> =
            [said, revised].into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join("。"))
    }

    /// Whether the rows are the times of a `slope` figure and the columns its items; otherwise
    /// the columns are the times.
    pub fn has_years_down(&self) -> bool {
        let years = self.categories.iter().filter(|name| FiscalYear::parse(name).is_some());
        self.categories.len() > 1 && years.count() == self.categories.len()
    }
}

/// The order in which categories are drawn. Totals and the rest (その他) stay last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As in the data; ranked bars begin with the largest all the same.
    #[default]
    Data,
    /// By the first series, the largest first.
    Descending,
    Ascending,
}

impl Order {
    /// Reads `data`, `descending` or `ascending`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "data" => Order::Data,
            "descending" => Order::Descending,
            "ascending" => Order::Ascending,
            _ => return None,
        })
    }
}

/// What a reader's eye is led to. Indices into the figure's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Highlight {
    Series(usize),
    Category(usize),
}

/// Words of the author inside a chart. Indices into the figure's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Annotation {
    /// A stretch of categories, both ends included: コロナ禍.
    Period { from: usize, to: usize, text: String },
    /// A note at one value, or without a series at the whole stack of a category.
    Point { series: Option<usize>, category: usize, text: String },
}

impl Annotation {
    /// What the author has written.
    pub fn text(&self) -> &str {
        match self {
            Annotation::Period { text, .. } | Annotation::Point { text, .. } => text,
        }
    }
}

/// What each of the small multiples is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panel {
    #[default]
    Columns,
    Lines,
}

impl Panel {
    /// Reads `columns` or `lines`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "columns" => Panel::Columns,
            "lines" => Panel::Lines,
            _ => return None,
        })
    }
}

/// Names of categories that gather what is left: they stand last, whatever their size.
const RESTS: [&str; 6] = ["その他", "無回答", "不明", "不明・無回答", "無回答・不明", "わからない"];

/// Whether a category is what is left beside the others.
pub fn is_rest(category: &str) -> bool {
    RESTS.contains(&category)
}

/// A value drawn as a line across the whole chart (目標値, 基準値).
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceLine {
    /// `目標値 20,000時間`
    pub label: String,
    pub value: Decimal,
    /// Whether the latest value reaches it, where the data says on which side to be.
    pub reached: Option<bool>,
}

/// How many answered, where a figure shows shares of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Base {
    #[default]
    Unsaid,
    /// 不明, or no figure of answers.
    Unknown,
    Count(usize),
}

/// One figure of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// As printed after 図: `9`, `6-1`.
    pub number: String,
    pub title: String,
    pub kind: ChartKind,
    pub state: DataState,
    /// The unit of the values, as printed: `%`, `時間`.
    pub unit: String,
    pub data: FigureData,
    pub width: FigureWidth,
    /// Height of the drawing in mm when the report sets it.
    pub height_mm: Option<f64>,
    pub target: Option<ReferenceLine>,
    pub baseline: Option<ReferenceLine>,
    /// `columns-and-line`: index of the series drawn as a line, and its own unit.
    pub line_series: Option<usize>,
    pub line_unit: String,
    /// `columns-and-line`: several columns stand one on the other, not side by side.
    pub stacked: bool,
    pub order: Order,
    pub highlight: Option<Highlight>,
    pub annotations: Vec<Annotation>,
    /// `small-multiples`: what each of them is.
    pub panel: Panel,
    /// Whether the data is printed as a table in the appendix, too.
    pub table: bool,
    /// Replaces the generated alternative text.
    pub alt: Option<String>,
    /// Printed after 資料） under the figure.
    pub source: Option<String>,
    /// Printed after ※ under the figure, one line each.
    pub notes: Vec<String>,
    /// Printed behind the title as （n=1,234）.
    pub base: Base,
    /// Where report.toml declares it.
    pub place: Place,
}

impl Figure {
    /// Whether its values are percentages; only these must make 100, other amounts are drawn as
    /// shares of their sum.
    pub fn is_in_percent(&self) -> bool {
        Unit::parse(&self.unit).is_some_and(|unit| unit.name == "%")
    }

    /// A figure of which nothing is said but its number, kind and data: for tests, of other crates
    /// too, so that a new field needs no change in each of them.
    pub fn bare(number: &str, kind: ChartKind, data: FigureData) -> Figure {
        Figure {
            number: number.into(),
            title: "件数の推移".into(),
            kind,
            state: DataState::Confirmed,
            unit: "件".into(),
            data,
            width: FigureWidth::Half,
            height_mm: None,
            target: None,
            baseline: None,
            line_series: None,
            line_unit: String::new(),
            stacked: false,
            order: Order::Data,
            highlight: None,
            annotations: Vec::new(),
            panel: Panel::Columns,
            table: false,
            alt: None,
            source: None,
            notes: Vec::new(),
            base: Base::Unsaid,
            place: Place::file("report.toml"),
        }
    }
}
