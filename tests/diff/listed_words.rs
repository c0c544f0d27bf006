//! `diff --expect`, how tight the guard is: of a listed sentence nothing may change but the
//! listed words.

use crate::common;
use crate::desk::{Desk, Run};

const PROSE: &str = "prose/02-kurashi.typ";
const CELL: &str = "csv/fig-04.csv:家族や知人の勧め:回答割合";

/// Compares the small report with a copy in which texts of files were replaced.
fn compared(changes: &[(&str, &str, &str)], list: &str, more: &[&str]) -> Run {
    let mut files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    for (file, from, to) in changes {
        common::replace(&mut files, file, from, to);
    }
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    desk.put("list.toml", list);
    let listed: &[&str] = if list.is_empty() { &[] } else { &["--expect", "list.toml"] };
    desk.run(&[&["diff", "r", "after"], listed, more].concat())
}

/// The same in one prose file, with listed words.
fn reworded(changes: &[(&str, &str)], words: &[(Option<&str>, Option<&str>)]) -> Run {
    let changes: Vec<_> = changes.iter().map(|(from, to)| (PROSE, *from, *to)).collect();
    let entry = |(old, new): &(Option<&str>, Option<&str>)| {
        let line = |key: &str, words: &Option<&str>| {
            words.map_or_else(String::new, |words| format!("{key} = '{words}'\n"))
        };
        format!("[[correction]]\nat = \"{PROSE}\"\n{}{}", line("old", old), line("new", new))
    };
    compared(&changes, &words.iter().map(entry).collect::<String>(), &[])
}

fn pair<'a>(old: &'a str, new: &'a str) -> (Option<&'a str>, Option<&'a str>) {
    (Some(old), Some(new))
}

/// `told`: what must be said; nothing when the changes are as expected.
#[track_caller]
fn assert_told(run: &Run, told: &[&str]) {
    assert_eq!(run.code, i32::from(!told.is_empty()), "{}", run.whole());
    for told in told {
        assert!(run.err.contains(told), "{told}: {}", run.whole());
    }
}

const CLAIM: &str = r#"#主張(下回る(層("図2", "18〜39歳", "感じる", "やや感じる"), 50))[18〜39歳では5割に届いていない]"#;

#[test]
fn marks_and_calls_around_listed_words_may_not_change() {
    let listed = [pair("届いていない", "達していない")];
    assert_told(&reworded(&[("届いていない", "達していない")], &listed), &[]);
    for (from, to, named) in [
        ("届いていない", "達して#hide[い]ない", "加わったものは「#hide[」「]」"),
        ("届いていない", "#strike[達していない]", "加わったものは「#strike[」「]」"),
        ("届いていない", "*達して*いない", "加わったものは「*」「*」"),
        (CLAIM, "18〜39歳では5割に達していない", "なくなったものは「#主張("),
    ] {
        let run = reworded(&[(from, to)], &listed);
        assert_told(&run, &["誤り[S806]", "文のほかの所", named]);
    }
}

#[test]
fn conditions_of_a_listed_sentence_and_of_its_neighbours_may_not_change() {
    let listed = [pair("届いていない", "達していない")];
    let words = ("届いていない", "達していない");
    for (from, to, named) in [
        ("\"やや感じる\"), 50)", "\"やや感じる\"), 60)", "加わったものは「#主張(下回る("),
        ("\"やや感じる\"), 70)", "\"やや感じる\"), 60)", "加わったものは「#主張(超える("),
        ("#主張(最小(\"支え合い\", \"R3\"))[底]", "底", "なくなったものは「#主張(最小("),
    ] {
        let run = reworded(&[words, (from, to)], &listed);
        assert_told(&run, &["誤り[S806]", "文のほかの所", named]);
    }
}

#[test]
fn bold_of_a_listed_sentence_may_not_come_or_go_in_part() {
    let bold = r#"*#主張(達成("地域の支え合いを感じる市民の割合", "R7"))[目標値を達成した]*"#;
    let words = |text: &str| bold.replace("達成した", text);
    let listed = [pair("目標値を達成した", "目標値に達した")];
    let kept = words("達した").replace("値を", "値に");
    assert_told(&reworded(&[(bold, &kept)], &listed), &[]);
    let removed = kept.replace('*', "");
    let run = reworded(&[(bold, &removed)], &listed);
    assert_told(&run, &["誤り[S806]", "なくなったものは「*」「*」"]);
    let partly = format!("{}した", kept.replace("した]*", "]*"));
    assert_told(&reworded(&[(bold, &partly)], &listed), &["誤り[S806]"]);
}

#[test]
fn words_as_they_stand_in_the_file_may_be_listed_with_their_marks() {
    let (old, new) = (
        r#"*#主張(達成("地域の支え合いを感じる市民の割合", "R7"))[目標値を達成した]*"#,
        r#"#主張(達成("支え合い", "R7"))[目標値に達した]"#,
    );
    assert_told(&reworded(&[(old, new)], &[pair(old, new)]), &[]);
    let printed = reworded(&[(old, new)], &[pair("目標値を達成した", "目標値に達した")]);
    assert_told(&printed, &["誤り[S806]", "「*」", "old と new を文章のファイルのとおり"]);
}

#[test]
fn with_one_side_listed_only_that_place_is_free() {
    let (early, help) = (("早く気付き", "素早く気付き"), ("救急の要請", "救急車の要請"));
    let listed = [(Some("早く"), None)];
    assert_told(&reworded(&[early], &listed), &[]);
    assert_told(&reworded(&[early, help], &listed), &["誤り[S806]", "予定した言葉のほか"]);
    let listed = [(None, Some("素早く"))];
    assert_told(&reworded(&[early], &listed), &[]);
    assert_told(&reworded(&[early, help], &listed), &["誤り[S806]", "予定した言葉のほか"]);
    let both = [(Some("早く"), None), (None, Some("救急車"))];
    assert_told(&reworded(&[early, help], &both), &[]);
}

#[test]
fn one_entry_is_enough_for_a_word_that_stands_several_times() {
    let listed = [pair("地区", "区域")];
    let sentence = "隣り合う地区が合同で行う形も認め、全ての地区での実施を目指す。";
    let all = sentence.replace("地区", "区域");
    assert_told(&reworded(&[(sentence, &all)], &listed), &[]);
    let partly = sentence.replacen("地区", "区域", 1);
    assert_told(&reworded(&[(sentence, &partly)], &listed), &[]);
    let more = all.replace("目指す", "図る");
    assert_told(&reworded(&[(sentence, &more)], &listed), &["誤り[S806]"]);
}

#[test]
fn a_sentence_that_came_or_went_is_listed_in_whole() {
    let gone = "  異変に早く気付き、救急の要請につながった例もある。\n";
    let words = gone.trim();
    assert_told(&reworded(&[(gone, "")], &[pair(words, "")]), &[]);
    assert_told(&reworded(&[(gone, "")], &[pair("救急の要請", "")]), &["誤り[S806]"]);
    let more = format!("{gone}  令和8年度も続ける。\n");
    assert_told(&reworded(&[(gone, &more)], &[(None, Some("令和8年度も続ける。"))]), &[]);
    assert_told(&reworded(&[(gone, &more)], &[(None, Some("令和8年度"))]), &["誤り[S806]"]);
}

#[test]
fn words_over_the_end_of_a_line_are_found_and_paragraphs_stay_parted() {
    let (from, to) = ("残っている]。\n\n  令和8年度", "残っている]。\n  令和8年度");
    let word = ("隣り合う", "となり合う");
    let listed = [pair("隣り合う", "となり合う")];
    assert_told(&reworded(&[word], &listed), &[]);
    assert_told(&reworded(&[word, (from, to)], &listed), &["誤り[S806]", "文のほかの所"]);
    let over = ("例もある。\n]", "例もあり、\n  成果が出ている。\n]");
    let listed = [pair("例もある。", "例もあり、成果が出ている。")];
    assert_told(&reworded(&[over], &listed), &[]);
}

#[test]
fn a_remark_that_changed_is_called_one() {
    let listed = [pair("届いていない", "達していない")];
    let changes = [("届いていない", "達していない"), ("// 指標は、", "// 指標の表は、")];
    assert_told(&reworded(&changes, &listed), &["誤り[S806]", "注釈（// か /* */）だけが"]);
    let run = compared(&[(PROSE, changes[1].0, changes[1].1)], "", &["--expect", CELL]);
    assert_told(&run, &["「prose/02-kurashi.typ」の注釈（// か /* */）だけが"]);
}

#[test]
fn lists_of_the_manifest_are_compared_entry_by_entry() {
    let cell = ("csv/fig-04.csv", "家族や知人の勧め,38.4", "家族や知人の勧め,39.4");
    let files = common::files("mihon-r8");
    let manifest = String::from_utf8(files["report.toml"].clone()).unwrap();
    let line = manifest.lines().find(|line| line.starts_with("title")).unwrap();
    let joined = line.replace("\", \"", "、");
    let run = compared(&[cell, ("report.toml", line, &joined)], "", &["--expect", CELL]);
    assert_told(&run, &["誤り[S806]", "report.title"]);
}

#[test]
fn a_file_that_is_listed_in_whole_may_be_set_otherwise() {
    for (from, to) in [
        ("#図並び(\"図1\", \"図2\")", "#図並び(\"図2\", \"図1\")"),
        ("残っている]。\n\n  令和8年度", "残っている]。\n  令和8年度"),
        ("異変に早く気付き", "異変に*早く*気付き"),
    ] {
        let run = compared(&[(PROSE, from, to)], "", &["--expect", PROSE]);
        assert_told(&run, &[]);
        let other = compared(&[(PROSE, from, to)], "", &["--expect", "prose/03-nigiwai.typ"]);
        assert_told(&other, &["誤り[S806]", "誤り[S808]"]);
    }
    let table = "csv/initiatives.csv";
    let text = String::from_utf8(common::files("mihon-r8")[table].clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let (from, to) = (lines[1..3].join("\n"), [lines[2], lines[1]].join("\n"));
    assert_told(&compared(&[(table, &from, &to)], "", &["--expect", table]), &[]);
}

#[test]
fn what_is_set_otherwise_on_a_page_with_another_change_is_told() {
    let cell = ("csv/fig-04.csv", "家族や知人の勧め,38.4", "家族や知人の勧め,39.4");
    let blocks = (
        "prose/03-nigiwai.typ",
        "*#主張(達成(\"出店数\", \"R7\"))[目標を達成した]*",
        "#主張(達成(\"出店数\", \"R7\"))[目標を達成した]",
    );
    let told = "このほかに、3ページは並び・書式";
    let run = compared(&[cell, blocks], "", &[]);
    assert!(run.err.contains(told), "{}", run.whole());
    let run = compared(&[cell], "", &[]);
    assert!(!run.err.contains("このほかに"), "{}", run.whole());
}

#[test]
fn a_renamed_column_is_listed_by_either_name() {
    let renamed = ("csv/fig-02.csv", "無回答", "回答なし");
    for name in ["無回答", "回答なし"] {
        let target = format!("csv/fig-02.csv::{name}");
        assert_told(&compared(&[renamed], "", &["--expect", &target]), &[]);
    }
    // Another value under the new name is no new name alone.
    let value = ("csv/fig-02.csv", "2.6", "2.7");
    let both = compared(&[renamed, value], "", &["--expect", "csv/fig-02.csv::無回答"]);
    assert_told(&both, &["誤り[S806]", "回答なし"]);
}

#[test]
fn a_renamed_file_is_listed_by_either_name() {
    let mut files = common::files("mihon-r8");
    let desk = Desk::with(&files);
    let prose = files.remove(PROSE).unwrap();
    let renamed = "prose/02-seikatsu.typ";
    files.insert(renamed.into(), prose);
    common::replace(&mut files, "report.toml", PROSE, renamed);
    let table = files.remove("csv/fig-04.csv").unwrap();
    files.insert("csv/kikkake.csv".into(), table);
    common::replace(&mut files, "report.toml", "csv/fig-04.csv", "csv/kikkake.csv");
    for (name, bytes) in &files {
        desk.put(&format!("after/{name}"), bytes);
    }
    for listed in [[PROSE, "csv/fig-04.csv"], [renamed, "csv/kikkake.csv"]] {
        let run = desk.run(&["diff", "r", "after", "--expect", listed[0], "--expect", listed[1]]);
        assert_told(&run, &[]);
        let run = desk.run(&["diff", "r", "after", "--expect", listed[0]]);
        assert_told(&run, &["誤り[S806]", "csv/kikkake.csv"]);
    }
    common::replace(&mut files, "report.toml", "2026-07-16", "2026-07-17");
    desk.put("after/report.toml", &files["report.toml"]);
    let both = ["--expect", PROSE, "--expect", "csv/kikkake.csv"];
    let run = desk.run(&[&["diff", "r", "after"][..], &both].concat());
    assert_told(&run, &["誤り[S806]", "report.date"]);
    assert_eq!(run.err.matches("誤り[").count(), 1, "{}", run.whole());
}
