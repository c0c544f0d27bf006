//! Figures as authors write them, and some that nobody should write.

use proptest::prelude::*;
use rust_decimal::Decimal;
use soukatsu_chart::Frame;
use soukatsu_core::model::figure::{
    Annotation, ChartKind, DataState, Figure, FigureData, FigureWidth, Highlight, Order, Panel,
    ReferenceLine, Series,
};
use soukatsu_core::model::quantity::{Notation, Quantity};
use soukatsu_core::problem::Place;

/// Names as surveys have them, and some that nobody should use.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "R6", "令和6年度", "H30", "30代", "10〜20代", "70代以上", "全体", "その他", "無回答",
            "保健福祉部", "日常の買い物が便利", "大きな災害が少なく安心できる",
            "観光資源や娯楽施設に魅力が少ない", "どちらかといえば満足している",
            "現在地域活動に参加しておらず今後も参加しない",
            "組織や勤務形態などの制度面と執務室や建物などの環境面の両方",
            "職場のコミュニケーションの円滑化", "ﾊｰﾄﾞ面（環境）", "A",
        ]).prop_map(str::to_string),
        1 => "[ -~ぁ-んァ-ヶ一-十、。（）ー〜]{0,60}",
        1 => Just("長".repeat(300)),
        1 => Just(String::new()),
    ]
}

fn value() -> impl Strategy<Value = Option<Decimal>> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(Decimal::ZERO)),
        6 => (0i64..1000).prop_map(|tenths| Some(Decimal::new(tenths, 1))),
        3 => (0i64..50_000).prop_map(|whole| Some(Decimal::from(whole))),
        2 => (-2_000i64..2_000).prop_map(|whole| Some(Decimal::from(whole))),
    ]
}

fn huge() -> impl Strategy<Value = Option<Decimal>> {
    prop_oneof![
        8 => value(),
        1 => Just(Some(Decimal::MAX)),
        1 => Just(Some(Decimal::MIN)),
        1 => Just(Some(Decimal::new(1, 28))),
    ]
}

fn table() -> impl Strategy<Value = FigureData> {
    let size = prop_oneof![10 => 1usize..9, 2 => 9usize..16, 1 => Just(0), 1 => Just(50)];
    (size, 0usize..7, prop::bool::weighted(0.1)).prop_flat_map(|(rows, columns, wild)| {
        let cell = if wild { huge().boxed() } else { value().boxed() };
        let column = (name(), prop::collection::vec(cell, rows));
        let names = prop::collection::vec(name(), rows);
        (names, prop::collection::vec(column, columns)).prop_map(|(categories, columns)| {
            let series = columns.into_iter().map(|(name, values)| Series {
                name,
                values: values.into_iter().map(|value| value.map(quantity)).collect(),
            });
            FigureData {
                dimension: "区分".into(),
                categories,
                series: series.collect(),
                ..FigureData::default()
            }
        })
    })
}

pub fn quantity(exact: Decimal) -> Quantity {
    let notation = Notation::Fixed { decimals: exact.scale().min(2), signed: false };
    let text = notation.format_with_unit(exact, "件");
    Quantity { text, exact, place: Place::file("図.csv") }
}

fn reference(label: &'static str) -> impl Strategy<Value = Option<ReferenceLine>> {
    let line = move |value: i64| ReferenceLine {
        label: format!("{label} {value}件"),
        value: Decimal::from(value),
        reached: None,
    };
    prop_oneof![3 => Just(None), 1 => (-50i64..30_000).prop_map(move |value| Some(line(value)))]
}

/// A figure on which the author has worked: order, highlight, values that are not final, notes.
pub fn figure() -> impl Strategy<Value = Figure> {
    figure_of(prop::sample::select(ChartKind::ALL.map(|(_, kind)| kind).to_vec()))
}

pub fn figure_of(kind: impl Strategy<Value = ChartKind>) -> impl Strategy<Value = Figure> {
    let order = prop::sample::select(vec![Order::Data, Order::Descending, Order::Ascending]);
    let panel = prop::sample::select(vec![Panel::Columns, Panel::Lines]);
    let index = any::<prop::sample::Index>;
    let led_to = prop::option::weighted(0.3, (any::<bool>(), index()));
    let state = prop::sample::select(vec![DataState::Preliminary, DataState::Provisional]);
    let unsettled = prop::collection::vec((index(), index(), state), 0..4);
    let text = prop::sample::select(vec!["コロナ禍", "制度改正", "算定の方法を改めたため", "※"]);
    let notes = prop::collection::vec((any::<bool>(), index(), index(), text), 0..4);
    (
        plain_figure(kind),
        order,
        panel,
        led_to,
        prop_oneof![2 => Just(Vec::new()), 1 => unsettled],
        prop_oneof![2 => Just(Vec::new()), 1 => notes],
    )
        .prop_map(|(mut figure, order, panel, led_to, unsettled, notes)| {
            let (rows, columns) = (figure.data.categories.len(), figure.data.series.len());
            if rows == 0 || columns == 0 {
                return figure;
            }
            figure.order = order;
            figure.panel = panel;
            figure.highlight = led_to.map(|(series, index)| match series {
                true => Highlight::Series(index.index(columns)),
                false => Highlight::Category(index.index(rows)),
            });
            for (column, row, state) in unsettled {
                figure.data.unsettled.insert((column.index(columns), row.index(rows)), state);
            }
            figure.annotations = (notes.into_iter())
                .map(|(period, one, other, text)| {
                    let (from, to) = (one.index(rows), other.index(rows));
                    let text = text.to_owned();
                    match period {
                        true => Annotation::Period { from: from.min(to), to: from.max(to), text },
                        false => Annotation::Point {
                            series: series_or_none(other.index(columns + 1), columns),
                            category: from,
                            text,
                        },
                    }
                })
                .collect();
            figure
        })
}

/// A series, or one past the last for none.
fn series_or_none(series: usize, columns: usize) -> Option<usize> {
    (series < columns).then_some(series)
}

fn plain_figure(kind: impl Strategy<Value = ChartKind>) -> impl Strategy<Value = Figure> {
    let lines = (reference("目標値"), reference("基準値"));
    let unit = prop::sample::select(vec!["件", "%", "百万円", ""]);
    (kind, table(), lines, unit, prop::option::of(0usize..7)).prop_map(
        |(kind, data, (target, baseline), unit, line_series)| Figure {
            number: "1".into(),
            title: "件数の推移".into(),
            kind,
            state: DataState::Provisional,
            unit: unit.into(),
            data,
            width: FigureWidth::Full,
            height_mm: None,
            target,
            baseline,
            line_series,
            stacked: line_series == Some(0),
            line_unit: "月".into(),
            order: Order::Data,
            highlight: None,
            annotations: Vec::new(),
            panel: Panel::Columns,
            table: false,
            alt: None,
            source: None,
            notes: Vec::new(),
            base: Default::default(),
            place: Place::file("report.toml"),
        },
    )
}

/// A figure with all that is told beside its values; half of them over years.
pub fn told() -> impl Strategy<Value = Figure> {
    let title = prop::sample::select(vec![
        "件数の推移".to_string(),
        "満足度（年代別）".into(),
        "10〜20代の割合".into(),
        "改\n行のある題。".into(),
        "長".repeat(120),
        "長".repeat(300),
        String::new(),
    ]);
    let state = || {
        use DataState::*;
        prop::sample::select(vec![Confirmed, Preliminary, Provisional])
    };
    let unsettled = prop::collection::btree_map((0usize..7, 0usize..10), state(), 0..6);
    let annotation =
        (0usize..7, 0usize..10, 0usize..10, name()).prop_map(|(series, a, b, text)| match series {
            0 => Annotation::Period { from: a, to: b, text },
            _ => Annotation::Point { series: (series > 1).then_some(series), category: a, text },
        });
    let annotations = prop::collection::vec(annotation, 0..4);
    let notes = (title, state(), unsettled, annotations);
    let reached = (any::<Option<bool>>(), any::<Option<bool>>());
    (figure(), notes, reached, any::<bool>(), any::<bool>()).prop_map(
        |(mut figure, (title, state, unsettled, annotations), reached, years, lines)| {
            if years {
                let year = |at: usize| format!("R{}", at + 1);
                figure.data.categories = (0..figure.data.categories.len()).map(year).collect();
            }
            figure.data.unsettled = unsettled;
            figure.target = figure.target.map(|line| ReferenceLine { reached: reached.0, ..line });
            let baseline = figure.baseline;
            figure.baseline = baseline.map(|line| ReferenceLine { reached: reached.1, ..line });
            let panel = if lines { Panel::Lines } else { Panel::Columns };
            Figure { title, state, annotations, panel, ..figure }
        },
    )
}

/// A figure whose values stand on a common base.
pub fn vertical() -> impl Strategy<Value = Figure> {
    let kinds = [
        ChartKind::Columns,
        ChartKind::StackedColumns,
        ChartKind::PercentColumns,
        ChartKind::Lines,
        ChartKind::ColumnsAndLine,
    ];
    (figure(), prop::sample::select(kinds.to_vec()))
        .prop_map(|(figure, kind)| Figure { kind, ..figure })
}

pub fn frame() -> impl Strategy<Value = Frame> {
    let width = prop_oneof![Just(482.0), Just(236.0), Just(154.0), 120.0..600.0];
    (width, 60.0..260.0, prop::sample::select(vec![7.0, 7.5, 8.0, 9.0]))
        .prop_map(|(width, default_height, text_size)| Frame::new(width, default_height, text_size))
}
