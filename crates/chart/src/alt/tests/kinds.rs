//! The other kinds of chart.

use super::*;

const OPINIONS: &str = "年代,満足,どちらかといえば満足,どちらかといえば不満である,無回答\n\
    10〜20代,27.9,53.2,16.4,2.5\n30代,21.4,54.0,21.2,3.4\n全体,21.9,54.4,18.2,5.5";

#[test]
fn every_kind_is_named_behind_the_title() {
    let two = "年度,女,男\nR1,1,2\nR2,3,4";
    let wanted = [
        "棒グラフ",
        "積み上げ棒グラフ",
        "100%積み上げ棒グラフ",
        "横棒グラフ",
        "積み上げ横棒グラフ",
        "帯グラフ",
        "横棒グラフ",
        "折れ線グラフ",
        "棒と折れ線のグラフ",
        "帯グラフ",
        "ドーナツグラフ",
        "左右に分けた横棒グラフ",
        "2時点を結ぶ線のグラフ",
        "2個の小さな棒グラフ",
    ];
    for ((kind, _), name) in ChartKind::ALL.into_iter().zip(wanted) {
        let text = alt(&figure(kind, "人数", "人", two));
        assert!(text.starts_with(&format!("人数を示す{name}。")), "{kind}: {text}");
    }
}

#[test]
fn shares_of_100_tell_the_row_for_all_and_then_the_range_of_the_first_part() {
    assert_heard(
        &figure("percent-bars", "年代別満足度", "%", OPINIONS),
        "全体では「満足」21.9%、「どちらかといえば満足」54.4%、「どちらかといえば不満である」18.2%、\
         「無回答」5.5%。満足は最大が10から20代の27.9%、最小が30代の21.4%。",
    );
}

#[test]
fn shares_of_100_without_a_row_for_all_tell_the_range_of_every_part() {
    let table = "年代,両方,制度面,環境面\n10〜20代,28.6,21.4,50.0\n40代,54.5,31.9,13.6";
    assert_heard(
        &figure("percent-bars", "働きにくさの理由（年代別）", "%", table),
        "両方は最大が40代の54.5%、最小が10から20代の28.6%。制度面は最大が40代の31.9%、最小が\
         10から20代の21.4%。環境面は最大が10から20代の50.0%、最小が40代の13.6%。",
    );
}

#[test]
fn shares_of_100_over_time_tell_the_course_of_every_part() {
    let table = "年度,女性,男性\nR5,40.3,59.7\nR6,41.2,58.8\nR7,42.1,57.9";
    assert_heard(
        &figure("percent-columns", "男女別職員割合の推移", "%", table),
        "R5からR7までの3年度。女性は40.3%から42.1%へ年々上昇。男性は59.7%から57.9%へ年々低下。",
    );
}

#[test]
fn stacks_tell_their_sum_the_largest_part_and_then_each_part() {
    let table = "職階,女性,男性\n係長級,13,35\n課長補佐級,8,28\n課長級以上,4,31";
    assert_heard(
        &figure("stacked-bars", "男女別係長級以上職員数", "人", table),
        "職階別の3区分を比較。女性と男性の合計は最大が係長級の48人、最小が課長級以上の35人。\
         すべての区分で男性が最も多い。女性は最大が係長級の13人、最小が課長級以上の4人。\
         男性は最大が係長級の35人、最小が課長補佐級の28人。",
    );
}

#[test]
fn stacks_over_time_tell_the_course_of_the_sum_and_the_largest_part_at_the_end() {
    let table = "年度,道路,河川,公園\nR4,30,40,5\nR5,35,32,6\nR6,41,30,7";
    assert_heard(
        &figure("stacked-columns", "工事の件数", "件", table),
        "R4からR6までの3年度。合計は75件から78件へ増加、最小はR5の73件。R6では道路が41件で最も多い。\
         道路は30件から41件へ年々増加。河川は40件から30件へ年々減少。公園は5件から7件へ年々増加。",
    );
}

#[test]
fn stacks_with_a_missing_part_have_no_sum_there() {
    let table = "地区,女性,男性\n東,13,35\n西,,28\n南,4,31";
    assert_heard(
        &figure("stacked-bars", "地区別団員数", "人", table),
        "女性は最大が東の13人、最小が南の4人。男性は最大が東の35人、最小が西の28人。\
         女性の西は値なし。",
    );
}

#[test]
fn columns_and_line_tell_the_columns_and_the_line_each_in_its_unit() {
    let table = "年度,付議事項,報告事項,流会の月数\nR4,31,27,3\nR5,26,22,4\nR6,19,17,6";
    let plain = figure("columns-and-line", "会議の件数推移", "件", table);
    let both = Figure { line_series: Some(2), line_unit: "か月".into(), stacked: true, ..plain };
    assert_heard(
        &both,
        "R4からR6までの3年度。付議事項と報告事項の合計は58件から36件へ年々減少。\
         流会の月数は3か月から6か月へ年々増加。すべての年度で付議事項が最も多い。\
         付議事項は31件から19件へ年々減少。報告事項は27件から17件へ年々減少。",
    );
    let table = "年度,利用者,満足度\nR5,1200,71.8\nR6,1500,76.3";
    let plain = figure("columns-and-line", "図書館の利用", "人", table);
    let both = Figure { line_series: Some(1), line_unit: "%".into(), ..plain };
    assert_heard(
        &both,
        "R5からR6までの2年度。利用者は1,200人から1,500人へ増加。満足度は71.8%から76.3%へ上昇。",
    );
}

#[test]
fn ranked_bars_tell_the_three_largest_of_how_many() {
    let table = "理由,割合\n自然,29.3\n買い物が便利,47.2\n災害が少ない,58.4\n郷土である,41.6\n\
                 その他,4.2\n全体,100";
    assert_heard(
        &figure("ranked-bars", "満足度の理由", "%", table),
        "その他を除く4項目のうち、高い順に「災害が少ない」58.4%、「買い物が便利」47.2%、\
         「郷土である」41.6%。全体は100%。",
    );
    let table = "部署,件数\n総務部,4287\n福祉部,6842\n建設部,4915\n教育部,3126";
    assert_heard(
        &figure("ranked-bars", "部署別の相談", "件", table),
        "4項目のうち、多い順に福祉部が6,842件、建設部が4,915件、総務部が4,287件。",
    );
}

#[test]
fn what_is_left_beside_the_items_is_told_where_it_is_large() {
    let table = "部署,件数\n総務部,42\n福祉部,68\n建設部,49\n教育部,31\nその他,60";
    assert_heard(
        &figure("ranked-bars", "部署別の相談", "件", table),
        "その他を除く4項目のうち、多い順に福祉部が68件、建設部が49件、総務部が42件。その他は60件。",
    );
}

#[test]
fn shares_and_rings_tell_every_part_the_largest_first() {
    let table = "手続,割合\n施設の予約,27.8\n証明書の請求,41.5\nその他,30.7";
    for kind in ["shares", "ring"] {
        assert_heard(
            &figure(kind, "手続別の内訳", "%", table),
            "大きい順に証明書の請求が41.5%、施設の予約が27.8%。その他は30.7%。",
        );
    }
}

#[test]
fn paired_bars_tell_where_each_side_is_largest_and_both_sums() {
    let table = "年齢,男性,女性\n0〜14歳,320,300\n15〜64歳,1410,1390\n65歳以上,890,1230";
    assert_heard(
        &figure("paired-bars", "人口の構成", "人", table),
        "年齢別の3区分を比較。男性の最大は15から64歳の1,410人、女性の最大は15から64歳の1,390人。\
         計は男性が2,620人、女性が2,920人。",
    );
}

#[test]
fn a_slope_tells_how_many_rose_and_fell_and_the_largest_changes() {
    let wanted = "R1からR6へ、4項目のうち2項目が上昇、1項目が低下、1項目が同じ値。\
                  全体は40.0%から45.0%へ上昇。\
                  上昇が最も大きいのは防災で、30.2%から51.7%。低下が最も大きいのは交通で、52.0%から41.5%。";
    let rows =
        "施策,R1,R6\n防災,30.2,51.7\n福祉,44.0,47.1\n交通,52.0,41.5\n教育,38.0,38.0\n全体,40,45";
    let rows = rows.replace("40,45", "40.0,45.0");
    assert_heard(&figure("slope", "施策の満足度", "%", &rows), wanted);
    let columns = "年度,防災,福祉,交通,教育,全体\nR1,30.2,44.0,52.0,38.0,40.0\n\
                   R6,51.7,47.1,41.5,38.0,45.0";
    assert_heard(&figure("slope", "施策の満足度", "%", columns), wanted);
}

#[test]
fn a_slope_on_which_all_rise_says_so() {
    let table = "地区,前回,今回\n東,10,12\n西,20,30\n南,15,25";
    assert_heard(
        &figure("slope", "参加者", "人", table),
        "前回から今回へ、3項目すべてが増加。増加が最も大きいのは西などで、20人から30人。",
    );
}

#[test]
fn a_slope_of_one_item_tells_its_course() {
    let table = "地区,R1,R6\n東,10,12\n全体,20,20";
    assert_heard(
        &figure("slope", "参加者", "人", table),
        "R1からR6へ、東は10人から12人へ増加。全体はどちらも20人。",
    );
}

#[test]
fn a_line_of_a_slope_without_one_of_its_ends_counts_for_nothing() {
    let table = "地区,R1,R6\n東,10,12\n西,,30\n南,15,11";
    assert_heard(
        &figure("slope", "参加者", "人", table),
        "R1からR6へ、2項目のうち1項目が増加、1項目が減少。減少が最も大きいのは南で、15人から11人。\
         増加が最も大きいのは東で、10人から12人。R1の西は値なし。",
    );
}

#[test]
fn small_multiples_tell_what_is_common_then_highest_and_lowest_of_all() {
    let table = "年度,東,西,南\nR4,12,30,8\nR5,14,28,9\nR6,18,21,9";
    let text = "R4からR6までの3年度。目盛りは共通。最大は西のR4で30件、最小は南のR4で8件。\
                東は12件から18件へ年々増加。西は30件から21件へ年々減少。南は8件から9件へ増加。";
    let columns = figure("small-multiples", "地区別の相談", "件", table);
    assert_heard(&columns, text);
    let lines = Figure { panel: Panel::Lines, ..columns };
    assert_eq!(alt(&lines), format!("地区別の相談を示す3個の小さな折れ線グラフ。{text}"));
}
