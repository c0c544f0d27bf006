//! Whatever stands in a `[[figure]]`: no panic, and every fault once.

use proptest::prelude::*;

use super::read;
use crate::model::figure::{Annotation, ChartKind, Highlight};

/// Words that are names of the data, nearly so, or not at all.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "R4", "R5", "令和6年度", "全体", "その他", "甲", "乙", "甲:R5", "乙：全体", ":", "：R4", "",
            " 甲 ", "観光客数", "10代",
        ]).prop_map(str::to_owned),
        1 => "[ -!#-\\[\\]-~あ-ん：]{0,40}",
    ]
}

fn note() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec!["from", "to", "at", "series", "text", "txt"]);
    prop::collection::btree_map(key, word(), 0..5).prop_map(|entries| {
        let entries: Vec<String> =
            entries.iter().map(|(key, word)| format!("{key} = \"{word}\"")).collect();
        format!("{{ {} }}", entries.join(", "))
    })
}

/// One line of a `[[figure]]` with a value that is of the right type more often than not.
fn line() -> impl Strategy<Value = (&'static str, String)> {
    let list = |of: BoxedStrategy<String>| {
        prop::collection::vec(of, 0..4).prop_map(|items| format!("[{}]", items.join(", "))).boxed()
    };
    let quoted = || word().prop_map(|word| format!("\"{word}\"")).boxed();
    let number = || {
        prop::sample::select(vec![
            "0",
            "-5",
            "70.0",
            "1_000",
            "1e400",
            "inf",
            "0xFF",
            "99999999999999999999999",
        ])
        .prop_map(str::to_owned)
    };
    let choice = |words: &'static [&'static str]| {
        prop::sample::select(words).prop_map(|word| format!("\"{word}\"")).boxed()
    };
    let right = prop_oneof![
        choice(&["data", "descending", "ascending", "x"]).prop_map(|v| ("order", v)),
        choice(&["columns", "lines", "bars"]).prop_map(|v| ("panel", v)),
        quoted().prop_map(|v| ("highlight", v)),
        list(quoted()).prop_map(|v| ("preliminary", v)),
        list(quoted()).prop_map(|v| ("provisional", v)),
        list(note().boxed()).prop_map(|v| ("annotations", v)),
        any::<bool>().prop_map(|v| ("table", v.to_string())),
        any::<bool>().prop_map(|v| ("target", v.to_string())),
        number().prop_map(|v| ("target-value", v)),
        number().prop_map(|v| ("baseline-value", v)),
    ];
    let wrong = (right.clone(), right.clone()).prop_map(|((key, _), (_, value))| (key, value));
    prop_oneof![5 => right, 1 => wrong]
}

fn table() -> impl Strategy<Value = String> {
    let of = |words: &'static [&'static str]| prop::sample::select(words);
    // A cell that is no number ends the reading of its figure: few are enough.
    let cell = prop_oneof![300 => of(&["1", "0", "40.0", "60.1", "", "…"]), 9 => of(&["-5"]), 1 => of(&["x"])];
    let names = of(&["R4", "R5", "R6", "全体", "その他", "10代", "甲"]);
    let category = prop_oneof![99 => names, 1 => of(&[""])];
    (1_usize..9, 0_usize..15).prop_flat_map(move |(series, rows)| {
        let row = (category.clone(), prop::collection::vec(cell.clone(), series));
        prop::collection::vec(row, rows).prop_map(move |rows| {
            let names = ["甲", "乙", "R4", "R5", "丙", "丁", "戊", "己"];
            let rows = rows.iter().map(|(name, cells)| format!("{name},{}", cells.join(",")));
            let rows: Vec<String> = rows.collect();
            format!("項目,{}\n{}\n", names[..series].join(","), rows.join("\n"))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_choices_are_read_or_told(
        kind in prop::sample::select(ChartKind::ALL.to_vec()),
        lines in prop::collection::vec(line(), 0..7),
        indicator in any::<bool>(),
        csv in table(),
    ) {
        let lines: std::collections::BTreeMap<_, _> = lines.into_iter().collect();
        let source = if indicator { "indicator = \"観光客数\"" } else { "csv = \"f.csv\"" };
        let mut text = format!("kind = \"{}\"\nunit = \"%\"\n{source}\n", kind.0);
        for (key, value) in &lines {
            text.push_str(&format!("{key} = {value}\n"));
        }
        let (report, problems) = read(&text, &csv);
        let report = report.expect("the manifest is TOML");
        // Whatever the model holds stands in the data.
        for figure in &report.figures {
            let data = &figure.data;
            let holds = |series, row| data.value(series, row).is_some();
            prop_assert!(data.unsettled.keys().all(|(series, row)| holds(*series, *row)));
            for annotation in &figure.annotations {
                match annotation {
                    Annotation::Period { from, to, .. } => {
                        prop_assert!(from <= to && *to < data.categories.len());
                    }
                    Annotation::Point { series, category, .. } => {
                        let mut all = 0..data.series.len();
                        let own = |own: &usize| series.is_none_or(|series| series == *own);
                        prop_assert!(all.any(|s| own(&s) && holds(s, *category)));
                    }
                }
            }
            match figure.highlight {
                Some(Highlight::Series(series)) => prop_assert!(series < data.series.len()),
                Some(Highlight::Category(row)) => prop_assert!(row < data.categories.len()),
                None => {}
            }
        }
        for (index, problem) in problems.iter().enumerate() {
            let twice = problems[..index].iter().any(|known| {
                known.code == problem.code && known.place == problem.place && known.message == problem.message
            });
            prop_assert!(!twice, "{problem:?}\n{text}");
        }
    }
}
