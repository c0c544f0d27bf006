//! Names and numbers that a screen reader would skip, misread or run together.

use super::super::speech::{Name, aloud};
use super::*;

#[test]
fn signs_are_spoken_and_hyphens_are_not() {
    for (written, said) in [
        ("10〜20代", "10から20代"),
        ("18～39歳", "18から39歳"),
        ("10–20代", "10から20代"),
        ("〜39歳", "39歳まで"),
        ("-1,274百万円", "マイナス1,274百万円"),
        ("−5", "マイナス5"),
        ("▲5", "マイナス5"),
        ("+105百万円", "プラス105百万円"),
        ("目標値 -5件", "目標値 マイナス5件"),
        ("図6-1", "図6-1"),
        ("△地区", "△地区"),
        ("改\n行", "改 行"),
        ("〜", "〜"),
        ("", ""),
    ] {
        assert_eq!(aloud(written), said);
    }
}

#[test]
fn half_sentences_are_quoted_where_a_noun_stands() {
    for (name, noun) in [
        ("総務部", "総務部"),
        ("施設の予約", "施設の予約"),
        ("60代以上", "60代以上"),
        ("満足している", "「満足している」"),
        ("日常の買い物が便利", "「日常の買い物が便利」"),
        ("「見える化」を進める", "「『見える化』を進める」"),
        ("障害福祉、介護", "「障害福祉、介護」"),
        ("10〜20代", "10から20代"),
        ("〜39歳", "39歳まで"),
        ("", "名なし"),
    ] {
        assert_eq!(Name::new(name, || "名なし".into()).noun(), noun);
    }
}

#[test]
fn units_stand_behind_numbers_once_and_as_printed() {
    let mut amounts = figure("columns", "基金", "百万円", "年度,残高\nR5,-3250\nR6,1750");
    for (value, text) in amounts.data.series[0].values.iter_mut().zip(["-32億5千万", "17億5千万"])
    {
        value.as_mut().unwrap().text = text.into();
    }
    assert_heard(&amounts, "R5からR6までの2年度で、マイナス32億5千万から17億5千万へ増加。");
    amounts.data.series[0].values[1].as_mut().unwrap().text = "+1,750百万円".into();
    assert_heard(&amounts, "R5からR6までの2年度で、マイナス32億5千万からプラス1,750百万円へ増加。");
}

#[test]
fn a_title_that_ends_with_a_full_stop_or_is_empty_or_endless_still_makes_a_sentence() {
    let titled = |title: &str| alt(&figure("columns", title, "件", "年度,件数\nR6,5"));
    assert_eq!(titled("件数の推移。"), "件数の推移を示す棒グラフ。R6は5件。");
    assert_eq!(titled(""), "棒グラフ。R6は5件。");
    assert_eq!(titled(&"長".repeat(200)), "棒グラフ。R6は5件。");
}

#[test]
fn what_has_no_name_is_numbered() {
    let nameless = figure("bars", "要望", "件", "区分,,b\n,5,1\n河川,7,2");
    assert_heard(
        &nameless,
        "2区分を比較。1番目の系列は最大が河川の7件、最小が1番目の区分の5件。\
         bは最大が河川の2件、最小が1番目の区分の1件。",
    );
}

#[test]
fn numbers_too_large_to_be_subtracted_or_added_are_told_all_the_same() {
    let (low, top) = (Decimal::MIN.to_string(), Decimal::MAX.to_string());
    for (kind, _) in ChartKind::ALL {
        let table = format!("年度,a,b\nR1,{low},{top}\nR2,{top},{low}\nR3,{top},{top}");
        let text = alt(&figure(kind, "数", "", &table));
        assert!(text.ends_with('。') && text.chars().count() <= 160, "{kind}: {text}");
    }
}
