//! The alternative text of any figure.

use proptest::prelude::*;
use rust_decimal::Decimal;
use soukatsu_chart::alt;
use soukatsu_core::model::figure::{ChartKind, DataState, Figure, FigureData, Series};

use super::figures::{figure, quantity, told};

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_alternative_text_is_whole_sentences_with_title_and_state(figure in told()) {
        let text = alt(&figure);
        prop_assert!(text.chars().count() <= 160, "{}", text);
        prop_assert!(!text.contains(|c: char| c.is_control()), "{:?}", text);
        let state = match figure.state {
            DataState::Confirmed => "。",
            DataState::Preliminary => "。速報値。",
            DataState::Provisional => "。仮データ。",
        };
        prop_assert!(text.len() > state.len() && text.ends_with(state), "{}", text);
        let written_as_said = !figure.title.contains(['〜', '\n', '。']);
        if written_as_said && figure.title.chars().count() <= 130 {
            prop_assert!(text.starts_with(&figure.title), "{}", text);
        }
    }

    #[test]
    fn only_what_goes_one_way_in_every_year_is_told_so(
        figure in figure(),
        values in prop::collection::vec(0i64..6, 2..5),
    ) {
        let value = |value: &i64| Some(quantity(Decimal::from(*value)));
        let series = Series { name: "件数".into(), values: values.iter().map(value).collect() };
        let categories = (1..=values.len()).map(|year| format!("R{year}")).collect();
        let data = FigureData { categories, series: vec![series], ..figure.data };
        let text = alt(&Figure { kind: ChartKind::Lines, unit: "件".into(), data, ..figure });
        let steps = |way: fn(&[i64]) -> bool| values.len() > 2 && values.windows(2).all(way);
        prop_assert_eq!(text.contains("年々増加"), steps(|pair| pair[0] < pair[1]), "{}", text);
        prop_assert_eq!(text.contains("年々減少"), steps(|pair| pair[0] > pair[1]), "{}", text);
        let ends = [values[0], values[values.len() - 1]];
        let top = values.iter().max().unwrap();
        prop_assert!(text.contains(&format!("{top}件")), "{}", text);
        let all_ways = ["減少", "増加", "増減", "横ばい", "すべて", "どちらも"];
        let way = all_ways.into_iter().find(|way| text.contains(way));
        prop_assert_eq!(way == Some("増加"), ends[0] < ends[1], "{}", text);
        prop_assert_eq!(way == Some("減少"), ends[0] > ends[1], "{}", text);
    }
}
