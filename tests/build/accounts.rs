//! The accounts of `data/kessan-r7`: the sample of `[[table]]`, with every kind of column and row.

use crate::built;
use crate::common;
use soukatsu::app::Build;
use soukatsu::export::page_texts;
use soukatsu_core::load::Folder;
use soukatsu_core::model::data_table::{Computation, RowKind};

fn accounts() -> Build {
    built::build(&Folder::Disk(common::sample("kessan-r7")))
}

/// Pages before the one that is numbered 1: the cover and もくじ.
const FRONT: usize = 2;

#[test]
fn the_accounts_have_no_problems_and_ten_pages_of_text() {
    let build = accounts();
    assert_eq!(build.problems, []);
    assert_eq!(page_texts(build.document().unwrap()).len(), FRONT + 10);
}

#[test]
fn every_table_stands_on_the_page_of_its_prose() {
    let build = accounts();
    let texts = page_texts(build.document().unwrap());
    let on = |page: usize| -> Vec<String> {
        let tables = build.report.as_ref().unwrap().tables.iter().map(|table| table.called());
        tables.filter(|table| texts[FRONT + page - 1].contains(&format!("【{table}】"))).collect()
    };
    for (page, tables) in [(1, &["表1", "表2"][..]), (6, &["表8", "表9"]), (10, &["表12"])] {
        assert_eq!(on(page), tables, "page {page}");
    }
}

#[test]
fn the_list_goes_on_on_the_next_page_with_its_heading_and_label() {
    let build = accounts();
    let texts = page_texts(build.document().unwrap());
    let next = &texts[FRONT + 7];
    assert!(next.contains("事業の内容"), "{next}");
    assert!(next.contains("（続き）"), "{next}");
}

#[test]
fn every_kind_of_column_and_row_stands_in_the_sample() {
    let build = accounts();
    let tables = &build.report.as_ref().unwrap().tables;
    for (name, kind) in Computation::ALL {
        let mut columns = tables.iter().flat_map(|table| &table.columns);
        assert!(columns.any(|column| column.computation == Some(kind)), "{name}");
    }
    for kind in [RowKind::Data, RowKind::Subtotal, RowKind::Total] {
        assert!(
            tables.iter().flat_map(|table| &table.rows).any(|row| row.kind == kind),
            "{kind:?}"
        );
    }
    assert!(tables.iter().any(|table| !table.groups.is_empty()), "groups");
    assert!(tables.iter().any(|table| !table.merged.is_empty()), "merged labels");
    let manifest =
        std::fs::read_to_string(common::sample("kessan-r7").join("report.toml")).unwrap();
    let keys = [
        "header-rows",
        "left-out",
        "group",
        "subtotal",
        "total",
        "merge",
        "label =",
        "under =",
        "unit =",
        "digits =",
        "width =",
        "sign =",
        "orientation",
    ];
    for key in keys {
        assert!(manifest.contains(key), "{key}");
    }
}
