//! The places of a report at which something is printed, by the names that people have for them.

use std::fmt;

use serde::{Serialize, Serializer};

use soukatsu_core::model::initiative::Status;
use soukatsu_core::model::period::FiscalYear;

/// A place at which something is printed; shown as the 正誤表 calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    Cover(CoverPart),
    /// The notice on the cover of data that is not final.
    ProvisionalNotice,
    Chapter {
        number: usize,
        part: ChapterPart,
    },
    Page(PageHeading),
    Pillar {
        name: String,
        part: PillarPart,
    },
    /// The name of a measure.
    Measure {
        name: String,
    },
    /// What stands around the rows of a table of indicators.
    IndicatorTable(IndicatorTablePart),
    Indicator {
        name: String,
        part: IndicatorPart,
    },
    Figure {
        number: String,
        part: FigurePart,
    },
    Table {
        number: String,
        part: DataTablePart,
    },
    Initiative {
        number: u32,
        part: InitiativePart,
    },
    /// What the box 達成状況 counts.
    Achievement(AchievementPart),
    /// What stands around the counts of initiatives.
    StatusTable(StatusTablePart),
    /// A count of the initiatives of a pillar, or of all.
    StatusCount {
        pillar: Option<String>,
        column: StatusColumn,
    },
    Sentence(SentenceSpot),
    /// Pages as a whole.
    Pages(PageFate),
}

/// What kind of thing prints a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrintedKind {
    Sentence,
    /// Title, date and the like, and headings.
    Heading,
    IndicatorTable,
    Figure,
    /// The alternative text of a figure: it is heard and not seen.
    FigureAlt,
    Table,
    /// The alternative text of a table.
    TableAlt,
    Initiative,
    StatusTable,
    /// Whole pages.
    Pages,
}

impl PrintedKind {
    /// Whether it is read out and stands nowhere on the paper.
    pub fn is_heard(self) -> bool {
        matches!(self, PrintedKind::FigureAlt | PrintedKind::TableAlt)
    }
}

/// An enum of names, each with the words that show it.
macro_rules! names {
    ($(#[$doc:meta])* pub enum $kind:ident { $($(#[$of:meta])* $name:ident = $words:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $kind { $($(#[$of])* $name,)* }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $($kind::$name => $words,)* })
            }
        }
    };
}

names! {
    /// A text of the cover.
    pub enum CoverPart {
        Title = "題名",
        Date = "日付",
        Council = "会議の名前",
        Author = "作成者",
    }
}

names! {
    /// A text of the heading of a chapter.
    pub enum ChapterPart {
        Number = "番号",
        Title = "題名",
    }
}

names! {
    /// A heading or running line of a page.
    pub enum PageHeading {
        Title = "見出し",
        RunningLine = "上端の行",
        Pillar = "体系の見出し",
        Measure = "施策の見出し",
    }
}

names! {
    /// A text of a pillar.
    pub enum PillarPart {
        Number = "番号",
        Name = "名前",
        Subtitle = "副題",
    }
}

names! {
    /// A text of an initiative.
    pub enum InitiativePart {
        Name = "名前",
        /// The status beside the heading.
        Badge = "見出しの実施状況",
        Action = "具体的取組",
        Remark = "備考",
        Pillar = "体系",
        Measure = "施策",
        Departments = "担当課",
        Status = "実施状況",
        Whole = "全体",
    }
}

names! {
    /// A text around the table in which initiatives are counted.
    pub enum StatusTablePart {
        Year = "年度",
        /// The mark of data that is not final.
        DataState = "注記",
        RoundingNote = "下の注",
    }
}

names! {
    /// A text of the box 達成状況.
    pub enum AchievementPart {
        Targets = "数値目標",
        Initiatives = "取組",
        /// The mark of data that is not final.
        DataState = "注記",
    }
}

names! {
    /// What became of pages as a whole.
    pub enum PageFate {
        Added = "ページの追加",
        Removed = "ページの削除",
        Moved = "ページの移動",
        Renumbered = "ページ番号",
    }
}

/// A text around the rows of a table of indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndicatorTablePart {
    /// The mark of data that is not final.
    DataState,
    ColumnHeading(FiscalYear),
}

/// An entry of a row of a table of indicators.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IndicatorPart {
    Name,
    Target,
    Baseline,
    /// Whether the last value reaches the target.
    Judgement,
    Value(FiscalYear),
    Breakdown {
        name: String,
        year: FiscalYear,
    },
    /// The whole row.
    Whole,
}

/// A text of a figure, or the drawing itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FigurePart {
    Title,
    Number,
    Source,
    /// What the author has noted under it.
    Note,
    /// What the signs among its values mean.
    Signs,
    /// How many people answered.
    Base,
    /// The mark of data that is not final.
    DataState,
    RoundingNote,
    Unit,
    LineUnit,
    Annotation,
    Target,
    Baseline,
    AppendixTable,
    AppendixHeading,
    /// The alternative text.
    Alt,
    CategoryName,
    SeriesName,
    Value {
        category: String,
        /// Where there are several.
        series: Option<String>,
    },
    /// What the parts of a category add up to.
    Total {
        category: String,
    },
    /// How large its values are drawn.
    Shape,
    /// How it is drawn otherwise.
    Style,
    Whole,
}

/// A text of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DataTablePart {
    Title,
    Number,
    Unit,
    Source,
    /// What the author has noted under it.
    Note,
    /// What the signs among its values mean.
    Signs,
    /// What its computed columns are.
    Basis,
    /// The mark of data that is not final.
    DataState,
    RoundingNote,
    Alt,
    Heading {
        name: String,
    },
    Group {
        name: String,
    },
    /// The label of a row.
    RowName {
        name: String,
    },
    Value {
        row: String,
        column: String,
    },
    /// All of a row.
    Row {
        name: String,
    },
    /// All of a column.
    Column {
        name: String,
    },
    Whole,
}

/// A column of the table in which initiatives are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusColumn {
    Total,
    Status(Status),
}

/// Where a sentence stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceSpot {
    /// The heading above it, as a sentence has it.
    pub heading: String,
    /// Counted under its heading, from 1; 0 is the heading itself.
    pub paragraph: usize,
    /// Of a sentence that came: what stands beside it on the paper that people hold.
    pub beside: Option<Beside>,
}

/// Where in its paragraph a sentence came, by the text of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    After(String),
    Before(String),
}

impl Spot {
    /// Whether a picture differs here, which no words of a 正誤表 can put right.
    pub fn is_drawing(&self) -> bool {
        matches!(self, Spot::Figure { part: FigurePart::Shape | FigurePart::Style, .. })
    }

    /// What kind of thing prints the text that stands here.
    pub fn kind(&self) -> PrintedKind {
        match self {
            Spot::Cover(_)
            | Spot::ProvisionalNotice
            | Spot::Chapter { .. }
            | Spot::Page(_)
            | Spot::Pillar { .. }
            | Spot::Measure { .. } => PrintedKind::Heading,
            Spot::IndicatorTable(_) | Spot::Indicator { .. } => PrintedKind::IndicatorTable,
            Spot::Figure { part: FigurePart::Alt, .. } => PrintedKind::FigureAlt,
            Spot::Figure { .. } => PrintedKind::Figure,
            Spot::Table { part: DataTablePart::Alt, .. } => PrintedKind::TableAlt,
            Spot::Table { .. } => PrintedKind::Table,
            Spot::Initiative { .. } => PrintedKind::Initiative,
            Spot::Achievement(_) | Spot::StatusTable(_) | Spot::StatusCount { .. } => {
                PrintedKind::StatusTable
            }
            Spot::Sentence(_) => PrintedKind::Sentence,
            Spot::Pages(_) => PrintedKind::Pages,
        }
    }

    /// All of the thing of which this is a part, where there is a name for that.
    pub fn whole(self) -> Self {
        match self {
            Spot::Indicator { name, .. } => Spot::Indicator { name, part: IndicatorPart::Whole },
            Spot::Figure { number, .. } => Spot::Figure { number, part: FigurePart::Whole },
            Spot::Table {
                part: DataTablePart::Row { .. } | DataTablePart::Column { .. }, ..
            } => self,
            Spot::Table { number, .. } => Spot::Table { number, part: DataTablePart::Whole },
            Spot::Initiative { number, .. } => {
                Spot::Initiative { number, part: InitiativePart::Whole }
            }
            other => other,
        }
    }
}

impl Serialize for Spot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spot::Cover(part) => write!(f, "表紙の{part}"),
            Spot::ProvisionalNotice => f.write_str("表紙の「仮データを含む」の表示"),
            Spot::Chapter { number, part } => write!(f, "第{number}章の{part}"),
            Spot::Page(heading) => write!(f, "ページの{heading}"),
            Spot::Pillar { name, part } => write!(f, "体系「{name}」の{part}"),
            Spot::Measure { name } => write!(f, "施策「{name}」の名前"),
            Spot::IndicatorTable(part) => write!(f, "指標表の{part}"),
            Spot::Indicator { name, part: IndicatorPart::Breakdown { name: breakdown, year } } => {
                write!(f, "指標表「{name}」（{breakdown}）の{year}")
            }
            Spot::Indicator { name, part } => write!(f, "指標表「{name}」の{part}"),
            Spot::Figure { number, part } => write!(f, "図{number}の{part}"),
            Spot::Table { number, part } => write!(f, "表{number}の{part}"),
            Spot::Initiative { number, part } => write!(f, "取組{number}の{part}"),
            Spot::Achievement(part) => write!(f, "達成状況の{part}"),
            Spot::StatusTable(part) => write!(f, "実施状況の集計の{part}"),
            Spot::StatusCount { pillar, column } => {
                let row = pillar.as_deref().unwrap_or("合計");
                write!(f, "実施状況の集計「{row}」の{column}")
            }
            Spot::Sentence(spot) => write!(f, "{spot}"),
            Spot::Pages(fate) => write!(f, "{fate}"),
        }
    }
}

impl fmt::Display for IndicatorTablePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IndicatorTablePart::DataState => f.write_str("注記"),
            IndicatorTablePart::ColumnHeading(year) => write!(f, "「{year}」の列"),
        }
    }
}

impl fmt::Display for IndicatorPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IndicatorPart::Name => f.write_str("指標名"),
            IndicatorPart::Target => f.write_str("目標値"),
            IndicatorPart::Baseline => f.write_str("基準値"),
            IndicatorPart::Judgement => f.write_str("判定"),
            IndicatorPart::Value(year) | IndicatorPart::Breakdown { year, .. } => {
                write!(f, "{year}")
            }
            IndicatorPart::Whole => f.write_str("全体"),
        }
    }
}

impl fmt::Display for FigurePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FigurePart::Title => "題名",
            FigurePart::Number => "番号",
            FigurePart::Source => "資料",
            FigurePart::Note => "注",
            FigurePart::Signs => "記号の注",
            FigurePart::Base => "回答者の数",
            FigurePart::DataState => "注記",
            FigurePart::RoundingNote => "下の注",
            FigurePart::Unit => "単位",
            FigurePart::LineUnit => "折れ線の単位",
            FigurePart::Annotation => "中の注記",
            FigurePart::Target => "目標値",
            FigurePart::Baseline => "基準値",
            FigurePart::AppendixTable => "付録の表",
            FigurePart::AppendixHeading => "付録の表の見出し",
            FigurePart::Alt => "代替テキスト",
            FigurePart::CategoryName => "項目名",
            FigurePart::SeriesName => "系列名",
            FigurePart::Value { category, series: None } => return write!(f, "「{category}」"),
            FigurePart::Value { category, series: Some(series) } => {
                return write!(f, "「{category}」の「{series}」");
            }
            FigurePart::Total { category } => return write!(f, "「{category}」の合計"),
            FigurePart::Shape => "形",
            FigurePart::Style => "表し方",
            FigurePart::Whole => "全体",
        })
    }
}

impl fmt::Display for DataTablePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DataTablePart::Title => "題名",
            DataTablePart::Number => "番号",
            DataTablePart::Unit => "単位",
            DataTablePart::Source => "資料",
            DataTablePart::Note => "注",
            DataTablePart::Signs => "記号の注",
            DataTablePart::Basis => "計算の説明",
            DataTablePart::DataState => "注記",
            DataTablePart::RoundingNote => "下の注",
            DataTablePart::Alt => "代替テキスト",
            DataTablePart::Heading { name } => return write!(f, "見出し「{name}」"),
            DataTablePart::Group { name } => return write!(f, "区分「{name}」"),
            DataTablePart::RowName { name } => return write!(f, "「{name}」の行の名前"),
            DataTablePart::Value { row, column } => return write!(f, "「{row}」の「{column}」"),
            DataTablePart::Row { name } => return write!(f, "「{name}」の行"),
            DataTablePart::Column { name } => return write!(f, "「{name}」の列"),
            DataTablePart::Whole => "全体",
        })
    }
}

impl fmt::Display for StatusColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StatusColumn::Total => "項目数",
            StatusColumn::Status(status) => status.name(),
        })
    }
}

impl fmt::Display for SentenceSpot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SentenceSpot { heading, paragraph, beside } = self;
        match paragraph {
            0 => write!(f, "見出し{heading}")?,
            paragraph => write!(f, "{heading}第{paragraph}段落")?,
        }
        beside.as_ref().map_or(Ok(()), |beside| write!(f, "{beside}"))
    }
}

/// So many characters of a sentence are enough to find it in its paragraph.
const QUOTED: usize = 16;

impl fmt::Display for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Beside::After(text) | Beside::Before(text)) = self;
        let count = text.chars().count();
        let is_long = count > QUOTED;
        match self {
            Beside::After(_) if is_long => {
                let ending: String = text.chars().skip(count - QUOTED).collect();
                write!(f, "（「…{ending}」の次）")
            }
            Beside::Before(_) if is_long => {
                let beginning: String = text.chars().take(QUOTED).collect();
                write!(f, "（「{beginning}…」の前）")
            }
            Beside::After(_) => write!(f, "（「{text}」の次）"),
            Beside::Before(_) => write!(f, "（「{text}」の前）"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spots_are_shown_as_people_call_them() {
        let value = FigurePart::Value { category: "R6".into(), series: Some("男性".into()) };
        for (spot, told) in [
            (Spot::Cover(CoverPart::Council), "表紙の会議の名前"),
            (Spot::Page(PageHeading::RunningLine), "ページの上端の行"),
            (Spot::Figure { number: "6-1".into(), part: value }, "図6-1の「R6」の「男性」"),
            (
                Spot::StatusCount { pillar: None, column: StatusColumn::Total },
                "実施状況の集計「合計」の項目数",
            ),
            (Spot::Pages(PageFate::Renumbered), "ページ番号"),
        ] {
            assert_eq!(spot.to_string(), told);
            assert_eq!(serde_json::to_value(&spot).unwrap(), told);
        }
    }

    #[test]
    fn a_thing_as_a_whole_is_named_without_its_part() {
        let part = IndicatorPart::Breakdown {
            name: "女性".into(),
            year: FiscalYear::parse("R6").unwrap(),
        };
        let spot = Spot::Indicator { name: "満足度".into(), part };
        assert_eq!(spot.to_string(), "指標表「満足度」（女性）のR6");
        assert_eq!(spot.whole().to_string(), "指標表「満足度」の全体");
    }

    #[test]
    fn a_long_neighbour_of_a_sentence_is_cut() {
        let long = "あいうえおかきくけこさしすせそたち";
        let beside = |beside| Some(beside);
        let spot =
            |paragraph, beside| SentenceSpot { heading: "「成果」".into(), paragraph, beside };
        assert_eq!(spot(0, None).to_string(), "見出し「成果」");
        assert_eq!(
            spot(2, beside(Beside::After(long.into()))).to_string(),
            "「成果」第2段落（「…いうえおかきくけこさしすせそたち」の次）"
        );
        assert_eq!(
            spot(1, beside(Beside::Before("短い。".into()))).to_string(),
            "「成果」第1段落（「短い。」の前）"
        );
    }
}
