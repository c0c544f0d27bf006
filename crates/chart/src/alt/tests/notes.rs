//! Targets, values that are missing or not final, notes, and what there is no room for.

use super::*;
use soukatsu_core::model::figure::Annotation;

fn rates() -> Figure {
    figure("lines", "実感する割合", "%", "年度,割合\nR4,58.4\nR5,50.0\nR6,59.3")
}

const COURSE: &str =
    "R4からR6までの3年度で、58.4%から増減を経て59.3%へ上昇。最大はR6の59.3%、最小はR5の50.0%。";

#[test]
fn a_target_is_told_with_the_latest_value_and_whether_it_is_reached() {
    for (reached, wanted) in [
        (Some(false), "目標値は70.0%、R6は59.3%で未達。"),
        (Some(true), "目標値は70.0%、R6は59.3%で達成。"),
        (None, "目標値は70.0%。"),
    ] {
        let with_target = Figure { target: line("目標値 70.0%", "70", reached), ..rates() };
        assert_heard(&with_target, &format!("{COURSE}{wanted}"));
    }
}

#[test]
fn a_baseline_is_told_and_where_the_data_judges_it_what_the_latest_value_is_to_it() {
    let target = line("目標値 70.0%", "70", Some(false));
    let plain = Figure { baseline: line("基準値 48.6%", "48.6", None), target, ..rates() };
    let wanted = format!("{COURSE}目標値は70.0%、R6は59.3%で未達。基準値は48.6%。");
    assert_heard(&plain, &wanted);
    let judged = Figure { baseline: line("基準値 48.6%", "48.6", Some(true)), ..rates() };
    assert_heard(&judged, &format!("{COURSE}基準値は48.6%、R6は59.3%で上回る。"));
}

#[test]
fn the_latest_value_is_the_last_one_that_is_there() {
    let mut late = rates();
    late.data.series[0].values[2] = None;
    late.target = line("目標値 50.0%以上", "50", Some(true));
    assert_heard(
        &late,
        "R4からR6までの3年度。R4の58.4%からR5の50.0%へ低下。目標値は50.0%以上、R5は50.0%で達成。\
         R6は値なし。",
    );
}

#[test]
fn the_target_of_several_series_names_the_series_that_has_it() {
    let table = "年度,利用者,宿泊客\nR5,259,46\nR6,287,52";
    let target = line("目標値 350千人", "350", Some(false));
    let figure = Figure { target, ..figure("columns", "観光の推移", "千人", table) };
    assert_heard(
        &figure,
        "R5からR6までの2年度。利用者は259千人から287千人へ増加。宿泊客は46千人から52千人へ増加。\
         目標値は350千人、利用者のR6は287千人で未達。",
    );
}

#[test]
fn a_target_of_groups_has_no_latest_value() {
    let groups = figure("bars", "実感する割合（地区別）", "%", "地区,割合\n東,58.4\n西,50.0");
    let missed = Figure { target: line("目標値 70.0%", "70", Some(false)), ..groups };
    assert_heard(&missed, "最大は東の58.4%、最小は西の50.0%。目標値は70.0%で、未達。");
}

#[test]
fn a_target_without_a_number_of_its_own_is_told_in_its_words() {
    let table = "年度,収支\nR5,-235\nR6,468";
    let target = line("目標値 収支均衡", "0", Some(true));
    let figure = Figure { target, ..figure("columns", "形式収支", "百万円", table) };
    assert_heard(
        &figure,
        "R5からR6までの2年度で、マイナス235百万円から468百万円へ増加。\
         目標値は収支均衡、R6は468百万円で達成。",
    );
}

#[test]
fn the_state_of_the_whole_figure_comes_last() {
    let preliminary = Figure { state: DataState::Preliminary, ..rates() };
    assert_heard(&preliminary, &format!("{COURSE}速報値。"));
    let provisional = Figure { state: DataState::Provisional, ..rates() };
    assert_heard(&provisional, &format!("{COURSE}仮データ。"));
}

#[test]
fn values_that_are_not_final_are_named() {
    let unsettled = |cells: &[(usize, usize, DataState)]| {
        let mut figure = rates();
        let cells = cells.iter().map(|&(series, row, state)| ((series, row), state));
        figure.data.unsettled = cells.collect();
        figure
    };
    let (preliminary, provisional) = (DataState::Preliminary, DataState::Provisional);
    let last = unsettled(&[(0, 2, preliminary)]);
    assert_heard(&last, &format!("{COURSE}R6は速報値。"));
    let both = unsettled(&[(0, 1, preliminary), (0, 2, provisional)]);
    assert_heard(&both, &format!("{COURSE}R5は速報値。R6は仮データ。"));
    let all = unsettled(&[(0, 0, preliminary), (0, 1, preliminary), (0, 2, preliminary)]);
    assert_heard(&all, &format!("{COURSE}値はすべて速報値。"));
    let nowhere = unsettled(&[(0, 9, preliminary), (7, 1, preliminary)]);
    assert_heard(&nowhere, COURSE);
    let said = Figure { state: preliminary, ..unsettled(&[(0, 2, preliminary)]) };
    assert_heard(&said, &format!("{COURSE}速報値。"));
}

#[test]
fn values_that_are_not_final_are_named_by_row_by_series_or_one_by_one() {
    let mut two = figure("bars", "相談", "件", "地区,電話,窓口\n東,1,2\n西,3,4\n南,5,6");
    let mut heard = |cells: &[(usize, usize)]| {
        two.data.unsettled = cells.iter().map(|cell| (*cell, DataState::Preliminary)).collect();
        let text = alt(&two);
        text.split('。').find(|sentence| sentence.contains("速報値")).unwrap().to_owned()
    };
    assert_eq!(heard(&[(0, 2), (1, 2)]), "南は速報値");
    assert_eq!(heard(&[(1, 0), (1, 1), (1, 2)]), "窓口は速報値");
    assert_eq!(heard(&[(0, 0), (1, 1)]), "電話の東と窓口の西は速報値");
    assert_eq!(heard(&[(0, 0), (0, 1), (0, 2), (1, 1)]), "電話と西は速報値");
}

#[test]
fn many_missing_values_are_counted() {
    let table = "地区,電話,窓口\n東,1,\n西,,4\n南,5,\n北,,8\n中,9,";
    let text = alt(&figure("bars", "相談", "件", table));
    assert!(text.ends_with("5か所は値なし。"), "{text}");
}

#[test]
fn the_words_inside_the_chart_are_told() {
    let mut noted = rates();
    let note = |text: &str| Annotation::Point { series: Some(0), category: 2, text: text.into() };
    let period = |from, to, text: &str| Annotation::Period { from, to, text: text.into() };
    for (annotation, wanted) in [
        (note("制度改正"), "R6に「制度改正」の注記。"),
        (note("「見える化」を開始。"), "R6に「『見える化』を開始」の注記。"),
        (period(0, 2, "コロナ禍"), "R4からR6はコロナ禍。"),
        (period(2, 1, "コロナ禍"), "R5とR6はコロナ禍。"),
        (period(1, 1, "コロナ禍"), "R5はコロナ禍。"),
        (note(""), ""),
        (period(0, 9, "コロナ禍"), ""),
    ] {
        noted.annotations = vec![annotation];
        assert_heard(&noted, &format!("{COURSE}{wanted}"));
    }
}

#[test]
fn nothing_at_all_is_told_as_such() {
    for (kind, _) in ChartKind::ALL {
        for table in ["年度,件数\nR1,\nR2,", "年度,件数", "年度"] {
            let empty = Figure {
                target: line("目標値 5件", "5", Some(false)),
                state: DataState::Preliminary,
                ..figure(kind, "相談", "件", table)
            };
            assert_heard(&empty, "データなし。目標値は5件で、未達。速報値。");
        }
    }
}

#[test]
fn totals_alone_are_told_whatever_the_kind() {
    for (kind, _) in ChartKind::ALL {
        for table in ["区分,東,西\n全体,5,6", "区分,東,西\n若者,,\n高齢者,,\n全体,5,6"]
        {
            let text = alt(&figure(kind, "相談", "件", table));
            assert!(text.contains("全体") && text.contains("5件"), "{kind}: {text}");
            assert!(!text.contains("。。") && !text.contains("0区分"), "{kind}: {text}");
        }
    }
}

#[test]
fn a_text_of_the_author_replaces_everything() {
    let own = Figure { alt: Some("自分で書いた説明".into()), ..rates() };
    assert_eq!(alt(&own), "自分で書いた説明");
}
