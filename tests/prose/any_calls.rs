//! Whatever calls an author writes: no panic, and every call is either bound or told.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::common;
use proptest::prelude::*;
use soukatsu_core::bind::bind;
use soukatsu_core::load::Folder;
use soukatsu_core::model::call::{CALLS, CallKind, call_kind};
use soukatsu_core::validate::read_report;

fn files() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| common::files("mihon-r8"))
}

/// An argument: names of the data, years, numbers, and what is none of these.
fn literal() -> impl Strategy<Value = String> {
    let words = [
        "電子申請",
        "支え合い",
        "基金残高",
        "観光客数",
        "宿泊客",
        "R3",
        "R7",
        "令和5年度",
        "R99",
        "図1",
        "図2",
        "図5",
        "図9",
        "全体",
        "18〜39歳",
        "感じる",
        "計",
        "実施済",
        "一部実施",
        "暮らし",
        "定数",
        "",
        "増/減",
        "76.3",
    ];
    prop_oneof![
        6 => proptest::sample::select(words.to_vec()).prop_map(|word| format!("\"{word}\"")),
        2 => (-100_000_i64..100_000).prop_map(|number| number.to_string()),
        1 => "[0-9]{1,3}\\.[0-9]{1,3}",
        1 => Just("99999999999999999999999999999999".to_owned()),
    ]
}

fn call() -> impl Strategy<Value = String> {
    let names: Vec<&str> = CALLS
        .iter()
        .filter(|(_, kind)| matches!(kind, CallKind::Value | CallKind::Condition))
        .map(|(name, _)| *name)
        .collect();
    let name = proptest::sample::select(names);
    let leaf = (name.clone(), proptest::collection::vec(literal(), 0..4))
        .prop_map(|(name, arguments)| format!("{name}({})", arguments.join(", ")));
    leaf.prop_recursive(3, 8, 3, move |inner| {
        let argument = prop_oneof![inner, literal()];
        let key = proptest::option::of(proptest::sample::select(vec![
            "区分",
            "系列",
            "から",
            "まで",
            "除く",
            "幅",
            "桁",
            "語",
            "体系",
            "実施状況",
        ]));
        let named = (key, literal()).prop_map(|(key, value)| match key {
            Some(key) => format!("{key}: {value}"),
            None => value,
        });
        (
            name.clone(),
            proptest::collection::vec(argument, 0..4),
            proptest::collection::vec(named, 0..2),
        )
            .prop_map(|(name, mut arguments, named)| {
                arguments.extend(named);
                format!("{name}({})", arguments.join(", "))
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_call_is_bound_or_told(call in call(), claimed in any::<bool>()) {
        let sentence = if claimed { format!("#主張({call})[句]") } else { format!("本文#{call}。") };
        let mut files = files().clone();
        files.insert(
            "prose/02-kurashi.typ".into(),
            format!("#import \"/template/author.typ\": *\n{sentence}\n").into_bytes(),
        );
        let (report, problems) = read_report(&Folder::Memory(files));
        let report = report.unwrap();
        let (bindings, found) = bind(&report);
        let index = report.prose.iter().position(|p| p.file == "prose/02-kurashi.typ").unwrap();
        let told = found.iter().chain(&problems).any(|p| *p.place.file == *"prose/02-kurashi.typ");
        for (at, call) in report.prose[index].calls.iter().enumerate().filter(|(_, c)| !c.nested) {
            let bound = &bindings.prose[index];
            let known = match call_kind(&call.name) {
                Some(CallKind::Value) => bound.values.get(&at).is_some_and(|b| !b.text.is_empty()),
                Some(CallKind::Claim) => bound.claims.contains_key(&at),
                _ => false,
            };
            prop_assert!(known || told, "{sentence}");
        }
    }
}
