//! Kinds of chart that the data cannot make: faults that stop the build.

use crate::model::figure::{ChartKind, Figure};
use crate::problem::{Code, Place, Problem};

/// How many series the charts can tell apart.
const MOST_SERIES: usize = 6;

/// How many small charts one figure has room for.
const MOST_MULTIPLES: usize = 12;

/// What stops this figure from being drawn; `kind` is where report.toml says the kind.
pub(super) fn faults(figure: &Figure, kind: &Place) -> Vec<Problem> {
    wrong_count(figure, kind).into_iter().chain(negative(figure)).collect()
}

/// Too many series to tell apart, or not as many as the kind is made of.
fn wrong_count(figure: &Figure, place: &Place) -> Option<Problem> {
    let (name, count) = (figure.kind.name(), figure.drawn().0.len());
    let one = || format!("{name} の図には数値の列が1つだけ要ります");
    let (message, hint) = match figure.kind {
        ChartKind::Shares | ChartKind::Ring if count != 1 => {
            (one(), "複数の内訳を並べるときは percent-bars を使ってください")
        }
        ChartKind::RankedBars if count != 1 => {
            (one(), "複数の列を比べるときは bars を使ってください")
        }
        ChartKind::PairedBars if count != 2 => (
            format!("{name} の図には数値の列がちょうど2つ要ります"),
            "左右に並べる2つの列だけにするか、bars を使ってください",
        ),
        ChartKind::ColumnsAndLine if count < 2 => (
            format!("{name} の図には数値の列が2つ以上要ります"),
            "lines か columns を使ってください",
        ),
        ChartKind::Slope if !figure.data.has_years_down() && count < 2 => (
            format!("{name} の図には2つの時点が要ります"),
            "項目を2つ以上の年度にするか、時点を表す数値の列を2つ以上にしてください。1つの時点を比べるときは bars を使ってください",
        ),
        // Its lines carry their names, and of columns that are times only two are drawn.
        ChartKind::Slope => return None,
        ChartKind::SmallMultiples if count > MOST_MULTIPLES => (
            format!("系列が{}以上あり、1つの図に並べられません", MOST_MULTIPLES + 1),
            "系列をまとめるか、図を分けてください",
        ),
        ChartKind::SmallMultiples => return None,
        _ if count > MOST_MULTIPLES => {
            ("系列が7つ以上あり、塗り分けられません".into(), "系列をまとめるか、図を分けてください")
        }
        _ if count > MOST_SERIES => (
            "系列が7つ以上あり、塗り分けられません".into(),
            "系列をまとめるか、図を分けるか、small-multiples を使ってください",
        ),
        _ => return None,
    };
    Some(
        Problem::error(Code::UnsuitableKind, place.clone())
            .text(format!("{count}系列"))
            .message(message)
            .hint(hint),
    )
}

/// A part of a whole is no less than nothing, and neither is a bar that grows to its own side. Told
/// once, where the first one stands.
fn negative(figure: &Figure) -> Option<Problem> {
    let message = match figure.kind {
        ChartKind::PercentBars
        | ChartKind::PercentColumns
        | ChartKind::Shares
        | ChartKind::Ring => "割合の図に負の値があります",
        ChartKind::PairedBars => "左右に分かれる棒の図に負の値があります",
        _ => return None,
    };
    let data = &figure.data;
    let rows = 0..data.categories.len();
    let mut found = rows
        .flat_map(|row| (0..data.series.len()).filter_map(move |series| data.value(series, row)))
        .filter(|value| value.exact.is_sign_negative() && !value.exact.is_zero());
    let first = found.next()?;
    let more = match found.count() {
        0 => String::new(),
        count => format!("（ほかに{count}か所）"),
    };
    Some(
        Problem::error(Code::UnsuitableKind, first.place.clone())
            .text(&first.text)
            .message(format!("{message}{more}"))
            .hint("負の値のあるデータは columns か bars の図にしてください"),
    )
}
