//! `check --trace`: every numeral of the finished pages knows where it comes from.

use crate::common;
use soukatsu::app::{BuildOptions, Workshop};
use soukatsu::export::page_texts;
use soukatsu::trace::{Origin, Traced};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

fn trace(folder: &Folder) -> Vec<Traced> {
    Workshop::new(Fonts::embedded()).trace(folder).1
}

fn sample(name: &str) -> Vec<Traced> {
    trace(&Folder::Disk(common::sample(name)))
}

#[test]
fn tracing_does_not_change_the_pages() {
    let folder = Folder::Disk(common::sample("arao-r7"));
    let (traced, _) = Workshop::new(Fonts::embedded()).trace(&folder);
    let plain = Workshop::new(Fonts::embedded()).build(&folder, &BuildOptions::default());
    assert_eq!(page_texts(traced.document().unwrap()), page_texts(plain.document().unwrap()));
}

#[test]
fn values_of_tables_charts_and_sentences_lead_to_their_cells() {
    let numerals = sample("arao-r7");
    let origins = |page: &str, numeral: &str| -> Vec<&Origin> {
        let here = numerals.iter().filter(|n| n.page == page && n.numeral == numeral);
        here.map(|n| &n.origin).collect()
    };
    let cell = |at: &str| Origin::Cell { at: vec![at.to_owned()] };
    // Once in the table; the sentence above it has the same cell.
    let satisfied = origins("3", "76.3");
    let value = numerals_cell(&satisfied, "csv/indicators.csv:3:68 O3");
    assert!(value >= 2, "{satisfied:?}");
    assert!(origins("8", "40,304").contains(&&cell("csv/indicators.csv:7:44 K7")));
    // Two labels of a chart that stand close are two numerals.
    assert!(origins("5", "4.2").contains(&&cell("csv/fig-08.csv:7:22 E7")));
    assert!(origins("12", "16").contains(&&cell("csv/initiatives.csv:17:1 A17")));
    let shares = origins("20", "85.7");
    assert!(
        shares.iter().all(|origin| matches!(origin, Origin::Computation { .. }))
            && shares.len() == 3
    );
}

fn numerals_cell(origins: &[&Origin], cell: &str) -> usize {
    origins.iter().filter(|o| matches!(o, Origin::Cell { at } if at[0] == cell)).count()
}

#[test]
fn a_figure_written_by_hand_has_no_origin_and_its_place_is_told() {
    let mut files = common::files("mihon-r8");
    common::replace(
        &mut files,
        "prose/02-kurashi.typ",
        "年代別では、",
        "費用は4,321千円であった。年代別では、",
    );
    let text = String::from_utf8(files["prose/02-kurashi.typ"].clone()).unwrap();
    let before = text.split("4,321").next().unwrap();
    let (line, column) =
        (before.lines().count(), before.lines().last().unwrap().chars().count() + 1);
    let found = trace(&Folder::Memory(files));
    let planted: Vec<_> = found.iter().filter(|n| n.numeral == "4,321千").collect();
    let at = format!("prose/02-kurashi.typ:{line}:{column}");
    assert_eq!(planted.len(), 1);
    assert_eq!(planted[0].origin, Origin::None { at });
    assert_eq!(planted[0].sentence, "費用は4,321千円であった。");
}

#[test]
fn a_claim_prints_its_phrase_only_and_its_numerals_lead_to_its_condition() {
    let mut files = common::files("mihon-r8");
    let claim = "#主張(超える(値(\"支え合い\", \"R7\"), 50))[5割を超えた]。\n年代別では、";
    common::replace(&mut files, "prose/02-kurashi.typ", "年代別では、", claim);
    let numerals = trace(&Folder::Memory(files));
    let found: Vec<_> = numerals.iter().filter(|n| n.sentence.contains("5割を超えた")).collect();
    assert!(matches!(&found[..], [Traced { origin: Origin::Claim { .. }, .. }]), "{found:?}");
}
