use ::palette::Mix;
use serde_json::{Value, json};

use super::file::*;
use super::vision::*;
use super::*;

const COUNCIL: &str = include_str!("../../../../templates/council/charts/palette.json");

fn council() -> Value {
    serde_json::from_str(COUNCIL).unwrap()
}

/// What is told of the council's palette with this value at the JSON pointer.
fn told(pointer: &str, value: Value) -> Vec<String> {
    let mut palette = council();
    *palette.pointer_mut(pointer).unwrap() = value;
    messages(&palette)
}

fn messages(palette: &Value) -> Vec<String> {
    palette_faults(&palette.to_string()).into_iter().map(|fault| fault.message).collect()
}

/// Mean L* of the series, settled and in stripes.
fn steps(view: View) -> [Vec<f64>; 2] {
    let palette: Palette = serde_json::from_str(COUNCIL).unwrap();
    let tone = |name: &str| palette.tones[name].tone().unwrap();
    let stripe = &palette.unsettled.stripe;
    let white = 1.0 - stripe.width / stripe.pitch;
    let lights = palette.series.iter().map(|series| {
        let pattern = series.pattern.as_ref().map(|pattern| (pattern, tone(&pattern.ink)));
        mean(view, tone(&series.ground), pattern)
    });
    let tenths = |light| (l_star(light) * 10.0).round() / 10.0;
    let striped = |light: Light| tenths(light.mix(view.see(WHITE), white));
    [lights.clone().map(tenths).collect(), lights.map(striped).collect()]
}

#[test]
fn the_council_palette_keeps_every_rule() {
    assert_eq!(messages(&council()), Vec::<String>::new());
}

/// The first row is also in docs/template.md and tests/charts/palette.rs.
#[test]
fn the_lightness_of_the_council_series_is_known() {
    let known = [
        [[32.5, 64.2, 86.3, 64.5, 94.3, 65.5], [68.8, 79.6, 91.4, 79.8, 96.3, 80.2]],
        [[31.6, 63.7, 86.1, 64.1, 94.3, 65.1], [68.6, 79.4, 91.3, 79.6, 96.3, 80.0]],
        [[32.5, 63.2, 85.7, 64.5, 94.3, 65.5], [68.8, 79.2, 91.0, 79.7, 96.3, 80.2]],
    ];
    assert_eq!(
        [View::Screen, View::Copy, View::Mono].map(steps),
        known.map(|it| it.map(Vec::from))
    );
}

#[test]
fn neighbours_of_nearly_the_same_lightness_are_told() {
    assert_eq!(
        told("/tones/light/grey", json!(75)),
        [
            "系列2（series-1）と系列3（series-2）の明るさの差が 14.2 しかありません（用途 mono・20以上）",
            "系列3（series-2）と系列4（series-3）の明るさの差が 12.9 しかありません（用途 mono・20以上）",
        ]
    );
}

#[test]
fn a_colour_that_a_copier_merges_with_its_neighbour_is_told() {
    assert_eq!(
        told("/tones/middle/screen", json!("#4a924a")),
        ["系列1（series-0）と系列2（series-1）の明るさの差が 17.4 しかありません（白黒・20以上）",]
    );
}

#[test]
fn a_hue_that_a_protanope_sees_too_dark_is_told() {
    assert_eq!(
        told("/tones/middle/screen", json!("#e06060")),
        [
            "系列1（series-0）と系列2（series-1）の明るさの差が 16.8 しかありません（1型色覚・20以上）",
        ]
    );
}

#[test]
fn series_apart_with_one_pattern_need_the_step_too() {
    assert_eq!(
        told("/series/5/pattern/kind", json!("rising")),
        [
            "系列4（series-3）と系列6（series-5）は模様が同じで、明るさの差が 0.9 しかありません（画面・20以上）",
            "系列4（series-3）と系列6（series-5）は模様が同じで、明るさの差が 0.9 しかありません（用途 mono・20以上）",
        ]
    );
}

#[test]
fn a_pattern_too_thin_for_its_mean_is_told() {
    assert_eq!(
        told("/series/3/pattern/pitch", json!(7)),
        [
            "系列3（series-2）と系列4（series-3）の明るさの差が 17.2 しかありません（1型色覚・20以上）",
            "系列3（series-2）と系列4（series-3）の明るさの差が 17.0 しかありません（用途 mono・20以上）",
        ]
    );
}

#[test]
fn a_pattern_of_nearly_the_lightness_of_its_ground_is_told() {
    assert_eq!(
        told("/series/5/pattern/ink", json!("middle")),
        [
            "系列6（series-5）の模様と地の明るさの差が 7.3 しかありません（1型色覚・20以上）",
            "系列6（series-5）の模様と地の明るさの差が 8.5 しかありません（用途 mono・20以上）",
        ]
    );
}

#[test]
fn stripes_that_wash_the_paint_out_are_told() {
    assert_eq!(
        told("/unsettled/stripe/width", json!(4.3)),
        [
            "確定していない値の縞（unsettled-0 と unsettled-1）の明るさの差が 9.5 しかありません（2型色覚・10以上）",
            "確定していない値の縞（unsettled-0 と unsettled-1）の明るさの差が 9.2 しかありません（用途 mono・10以上）",
        ]
    );
}

#[test]
fn text_that_does_not_stand_out_from_its_fill_is_told() {
    assert_eq!(
        told("/series/1/text", json!("paper")),
        [
            "系列2（series-1）の上の文字のコントラストが 2.6 しかありません（1型色覚・4.5以上）",
            "系列2（series-1）の上の文字のコントラストが 2.8 しかありません（用途 mono・4.5以上）",
        ]
    );
}

#[test]
fn text_on_a_pattern_needs_its_halo() {
    assert_eq!(
        told("/series/3/halo", json!(false)),
        [
            "系列4（series-3）の上の文字のコントラストが 1.6 しかありません（画面・4.5以上）",
            "系列4（series-3）の上の文字のコントラストが 1.6 しかありません（用途 mono・4.5以上）",
        ]
    );
}

#[test]
fn thin_lines_and_narrow_gaps_are_told() {
    for (pointer, value, message) in [
        ("/strokes/grid/width", json!(0.3), "grid の線の太さが 0.3pt しかありません（0.5pt以上）"),
        (
            "/outline/width",
            json!(0.25),
            "図形の輪郭（outline）の太さが 0.25pt しかありません（0.5pt以上）",
        ),
        (
            "/series/4/pattern/width",
            json!(0.4),
            "系列5（series-4）の模様の太さが 0.4pt しかありません（0.5pt以上）",
        ),
        (
            "/series/5/pattern/pitch",
            json!(1),
            "系列6（series-5）の模様のすき間が 0.3pt しかありません（0.5pt以上）",
        ),
        (
            "/unsettled/stripe/pitch",
            json!(5.5),
            "unsettled の縞のすき間が 0.9pt しかありません（1.5pt以上）",
        ),
        (
            "/strokes/line-5/dash",
            json!([1, 0.2]),
            "line-5 の破線の1区切りが 0.2pt しかありません（0.5pt以上）",
        ),
    ] {
        assert!(told(pointer, value).iter().any(|it| it == message), "{message}");
    }
}

#[test]
fn patterns_too_wide_for_a_legend_are_told() {
    let all = told("/series/4/pattern/pitch", json!(12));
    assert_eq!(all, ["系列5（series-4）の模様の間隔が 12pt あります（8pt以下）"]);
}

#[test]
fn tints_that_a_copier_loses_are_told() {
    assert_eq!(
        told("/tones/rule/grey", json!(90)),
        [
            "grid の線の濃さが 10.0% しかありません（白黒・15%以上）",
            "grid の線の濃さが 10.0% しかありません（用途 mono・15%以上）",
        ]
    );
}

#[test]
fn lines_that_fade_on_paper_are_told() {
    assert_eq!(
        told("/strokes/leader/ink", json!("rule")),
        [
            "leader の線の、紙とのコントラストが 1.6 しかありません（画面・3以上）",
            "leader の線の、紙とのコントラストが 1.6 しかありません（用途 mono・3以上）",
        ]
    );
}

#[test]
fn lines_that_only_colour_tells_apart_are_told() {
    assert_eq!(
        told("/strokes/line-4/ink", json!("ink")),
        [
            "line-0 と line-4 は破線の形が同じで、明るさの差が 0.0 しかありません（画面・20以上）",
            "line-0 と line-4 は破線の形が同じで、明るさの差が 0.0 しかありません（用途 mono・20以上）",
        ]
    );
}

#[test]
fn a_line_wider_than_the_labels_expect_is_told() {
    let all = told("/strokes/target/width", json!(3));
    assert_eq!(all, ["target の線の幅が、白い縁を含めて 4pt あります（2pt以下）"]);
}

#[test]
fn a_highlight_no_wider_than_the_others_is_told() {
    let all = told("/strokes/highlight/width", json!(1.2));
    let message =
        "highlight の線の太さが 1.2pt しかありません（最も太い系列の線の1.5倍、1.8pt以上）";
    assert_eq!(all, [message]);
}

#[test]
fn all_faults_are_told_at_once() {
    let mut palette = council();
    palette["series"].as_array_mut().unwrap().pop();
    palette["strokes"]["gird"] = palette["strokes"]["grid"].take();
    palette["strokes"].as_object_mut().unwrap().remove("grid");
    palette["outline"]["ink"] = json!("drak");
    palette["tones"]["rule"]["grey"] = json!(120);
    palette["unsettled"]["outline"]["dash"] = json!([]);
    assert_eq!(
        messages(&palette),
        [
            "tones の「rule」の grey が 120 です（screen は「#2f4156」の形、grey は0から100まで）",
            "outline の ink に書いた「drak」が tones にありません（「dark」ではありませんか）",
            "series に系列が5個あります（6個必要です）",
            "strokes に「grid」がありません",
            "strokes の「gird」という役割はありません",
            "unsettled の輪郭が破線になっていません（dash に長さが1つ以上必要です）",
        ]
    );
}

#[test]
fn what_is_no_palette_is_told_with_its_place() {
    let fault = &palette_faults("{\n  \"tones\": 3\n}")[0];
    assert_eq!(fault.at, Some((2, 12)));
    assert!(fault.message.starts_with("図の色と模様のファイルを読めません"), "{}", fault.message);
    let falling = told("/series/3/pattern/kind", json!("falling"));
    assert!(falling[0].contains("falling"), "{falling:?}");
}

#[test]
fn numbers_beyond_reason_do_no_harm() {
    for extreme in [0.0, -1.0, 1e300, -1e300] {
        for pointer in
            ["/series/3/pattern/pitch", "/series/4/pattern/width", "/unsettled/stripe/pitch"]
        {
            assert!(!told(pointer, json!(extreme)).is_empty(), "{pointer} {extreme}");
        }
    }
}

#[test]
fn a_grid_covers_what_two_sets_of_lines_cover_together() {
    let pattern = Pattern { kind: PatternKind::Grid, ink: String::new(), width: 1.0, pitch: 4.0 };
    assert_eq!(pattern.cover(), 7.0 / 16.0);
}
