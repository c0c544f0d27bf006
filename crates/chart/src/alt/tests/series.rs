//! Columns, bars and lines: one series, several series, time and groups.

use super::*;

/// One series over six years.
fn over_years(unit: &str, values: [&str; 6]) -> Figure {
    let rows: Vec<String> =
        values.iter().enumerate().map(|(at, value)| format!("R{},{value}", at + 1)).collect();
    figure("columns", "相談件数の推移", unit, &format!("年度,件数\n{}", rows.join("\n")))
}

#[test]
fn one_series_over_time_tells_its_course_then_highest_and_lowest() {
    assert_eq!(
        alt(&over_years("件", ["27770", "40304", "30379", "29001", "26495", "26563"])),
        "相談件数の推移を示す棒グラフ。R1からR6までの6年度で、27,770件から増減を経て26,563件へ減少。\
         最大はR2の40,304件、最小はR5の26,495件。"
    );
}

#[test]
fn a_rise_in_every_year_is_told_so_and_its_ends_are_highest_and_lowest() {
    let days = over_years("日", ["9.6", "9.9", "10.4", "11.1", "11.8", "12.3"]);
    assert_heard(&days, "R1からR6までの6年度で、9.6日から12.3日へ年々増加。");
}

#[test]
fn rates_rise_and_fall_where_numbers_grow_and_shrink() {
    let rates = over_years("%", ["62.4", "60.3", "58.4", "57.4", "55.0", "50.3"]);
    assert_heard(&rates, "R1からR6までの6年度で、62.4%から50.3%へ年々低下。");
}

#[test]
fn one_step_the_other_way_is_no_course_of_every_year() {
    let rates = over_years("%", ["40.2", "42.1", "43.3", "43.1", "43.9", "47.7"]);
    assert_heard(&rates, "R1からR6までの6年度で、40.2%から47.7%へ上昇。最大はR6、最小はR1。");
}

#[test]
fn values_within_two_in_a_hundred_are_level() {
    let level = over_years("人", ["1000", "1010", "1005", "998", "1003", "1007"]);
    assert_heard(&level, "R1からR6までの6年度はほぼ横ばいで、1,000人から1,007人。");
    let wider = over_years("人", ["1000", "1010", "1005", "980", "1003", "1007"]);
    assert_heard(
        &wider,
        "R1からR6までの6年度で、1,000人から増減を経て1,007人。最大はR2の1,010人、最小はR4の980人。",
    );
}

#[test]
fn rates_within_half_a_point_are_level() {
    let level = over_years("%", ["9.3", "9.4", "9.4", "9.6", "9.5", "9.3"]);
    assert_heard(&level, "R1からR6までの6年度は9.3%前後でほぼ横ばい。");
    let lower = over_years("%", ["76.3", "76.9", "76.4", "76.6", "76.5", "76.7"]);
    assert_heard(
        &lower,
        "R1からR6までの6年度で、76.3%から増減を経て76.7%。最大はR2の76.9%、最小はR1の76.3%。",
    );
}

#[test]
fn equal_values_are_told_once() {
    assert_heard(&over_years("件", ["5"; 6]), "R1からR6までの6年度はすべて5件。");
}

#[test]
fn years_that_share_the_highest_value_are_all_named_or_counted() {
    let two = over_years("件", ["10", "40", "20", "40", "30", "12"]);
    assert_heard(
        &two,
        "R1からR6までの6年度で、10件から増減を経て12件へ増加。最大はR2とR4の40件、最小はR1の10件。",
    );
    let many = over_years("件", ["10", "30", "30", "5", "30", "12"]);
    assert_heard(
        &many,
        "R1からR6までの6年度で、10件から増減を経て12件へ増加。最大はR2など3年度の30件、最小はR4の5件。",
    );
}

#[test]
fn a_missing_value_is_told_and_the_ends_of_the_course_are_named() {
    let late = over_years("件", ["", "26832", "27731", "25747", "25161", "23706"]);
    assert_heard(
        &late,
        "R1からR6までの6年度。R2の26,832件からR6の23,706件へ減少。\
         最大はR3の27,731件、最小はR6の23,706件。R1は値なし。",
    );
    let between = over_years("件", ["10", "20", "", "40", "50", "60"]);
    assert_heard(&between, "R1からR6までの6年度で、10件から60件へ一貫して増加。R3は値なし。");
}

#[test]
fn years_are_told_from_the_earliest_whatever_their_order_in_the_data() {
    let backwards = figure("lines", "率の推移", "%", "年度,率\nR3,30\nR2,20\nR1,10");
    assert_heard(&backwards, "R1からR3までの3年度で、10%から30%へ年々上昇。");
}

#[test]
fn years_apart_are_no_years_one_by_one() {
    let census = figure("lines", "人口の推移", "人", "年,人口\nH27,53407\nR2,50832\nR7,48210");
    assert_heard(&census, "H27からR7までの3時点で、53,407人から48,210人へ一貫して減少。");
}

#[test]
fn calendar_years_and_a_title_that_names_both_ends() {
    let table = "年,人口\n2019年,500\n2020年,400\n2021年,300";
    let calendar = figure("lines", "人口の推移", "人", table);
    assert_heard(&calendar, "2019年から2021年までの3年間で、500人から300人へ年々減少。");
    let titled = figure("lines", "人口（2019年〜2021年）", "人", table);
    assert_heard(&titled, "500人から300人へ年々減少。");
}

#[test]
fn one_year_alone_is_told_as_it_is() {
    assert_heard(&figure("columns", "相談", "件", "年度,件数\nR6,5"), "R6は5件。");
    let two = figure("columns", "相談", "件", "年度,電話,窓口\nR6,5,7");
    assert_heard(&two, "R6では電話が5件、窓口が7件。");
    let lone = over_years("件", ["", "", "", "", "", "8"]);
    assert_heard(&lone, "R6は8件。R1からR5は値なし。");
}

#[test]
fn groups_are_compared_and_the_row_for_all_comes_first() {
    let table = "年代,割合\n10代,75.0\n20代,68.4\n40代,49.2\n60代以上,58.8\n全体,59.3";
    let titled = figure("columns", "改善を実感する職員の割合（年代別）", "%", table);
    assert_heard(&titled, "全体は59.3%。最大は10代の75.0%、最小は40代の49.2%。");
    let bare = figure("bars", "改善を実感する職員の割合", "%", table);
    assert_heard(
        &bare,
        "年代別の4区分と全体を比較。全体は59.3%。最大は10代の75.0%、最小は40代の49.2%。",
    );
}

#[test]
fn groups_without_a_telling_dimension_are_only_counted() {
    let table = "区分,件数\n道路,5\n河川,7\n公園,7\nその他,2";
    let figure = figure("bars", "要望", "件", table);
    assert_heard(&figure, "4区分を比較。その他を除き、最大は河川と公園の7件、最小は道路の5件。");
}

#[test]
fn several_series_over_time_each_tell_their_course() {
    let table = "年度,相談件数,特殊要因を除く\nR1,27770,\nR2,40304,26832\nR3,30379,27731\n\
                 R4,29001,25747\nR5,26495,25161\nR6,26563,23706";
    assert_heard(
        &figure("columns", "相談の推移", "件", table),
        "R1からR6までの6年度。相談件数は27,770件から26,563件へ減少、最大はR2の40,304件、最小はR5の\
         26,495件。「特殊要因を除く」はR2の26,832件からR6の23,706件へ減少、\
         最大はR3の27,731件。「特殊要因を除く」のR1は値なし。",
    );
}

#[test]
fn several_series_of_groups_each_tell_their_range() {
    let table = "地区,女性,男性\n東,13,35\n西,8,28\n南,4,31\n全体,25,94";
    assert_heard(
        &figure("bars", "消防団員", "人", table),
        "地区別の3区分と全体を比較。全体では女性が25人、男性が94人。\
         女性は最大が東の13人、最小が南の4人。男性は最大が東の35人、最小が西の28人。",
    );
}

#[test]
fn series_without_room_are_counted() {
    let names = ["保健福祉", "産業振興", "総務企画", "市民環境", "教育文化", "地域振興"];
    let row = |year: i64| -> String {
        let value = |at: i64| format!(",{}", 123_456 + (year % 3) * 10_000 * (at + 1));
        format!("\nR{year}{}", (0..6).map(value).collect::<String>())
    };
    let table = format!("年度,{}{}", names.join(","), (1..7).map(row).collect::<String>());
    assert_heard(
        &figure("lines", "分野別の事業費の推移", "千円", &table),
        "R1からR6までの6年度。保健福祉は133,456千円から123,456千円へ減少。\
         産業振興は143,456千円から123,456千円へ減少。総務企画は153,456千円から123,456千円へ減少。\
         市民環境は163,456千円から123,456千円へ減少。ほかに2系列。",
    );
}

#[test]
fn where_room_is_short_the_extreme_that_is_farther_off_is_told() {
    let table = "年度,相談件数,特殊要因を除く\nR1,27770,\nR2,40304,26832\nR3,30379,27731\n\
                 R4,29001,25747\nR5,26495,25161\nR6,26563,23706";
    let target = line("目標値 20,000時間", "20000", Some(false));
    let hours = Figure {
        target, ..figure("columns", "相談件数の推移（時間）", "時間", table)
    };
    assert_heard(
        &hours,
        "R1からR6までの6年度。相談件数は27,770時間から26,563時間へ減少、最大はR2の40,304時間。\
         「特殊要因を除く」はR2の26,832時間からR6の23,706時間へ減少。\
         目標値は20,000時間、R6は26,563時間で未達。「特殊要因を除く」のR1は値なし。",
    );
    let deep = "年度,電話,窓口\nR1,50,1\nR2,60,1\nR3,10,1\nR4,40,1";
    let tight = figure("columns", &"長い題".repeat(33), "件", deep);
    assert_heard(
        &tight,
        "R1からR4までの4年度。電話は50件から40件へ減少、最小はR3の10件。窓口はすべて1件。",
    );
}
