//! Tables over several pages: every part has its title and its header, and no row is left alone.

use std::collections::BTreeMap;

use crate::built;
use soukatsu::export::page_texts;
use soukatsu_core::load::Folder;

/// The text of the pages, without blanks, of a report with one table; `above`: so many lines stand
/// in front of it.
fn pages(columns: &str, csv: &str, above: usize) -> Vec<String> {
    let manifest = format!(
        "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"委員会\"\ndate = 2026-07-16\n\
         [[page]]\nchapter = \"点検\"\nprose = \"a.typ\"\npages = 9\n\
         [[table]]\nnumber = \"1\"\ntitle = \"表題\"\ncsv = \"t.csv\"\nunit = \"円\"\n{columns}\n"
    );
    let lines = "一行の段落である。\n\n".repeat(above);
    let prose = format!(
        "#import \"/template/author.typ\": *\n\n{lines}【表1】のとおり。\n\n#表(\"表1\")\n\n後の段落である。\n"
    );
    let files = BTreeMap::from([
        ("report.toml".to_owned(), manifest.into_bytes()),
        ("t.csv".to_owned(), csv.as_bytes().to_vec()),
        ("a.typ".to_owned(), prose.into_bytes()),
    ]);
    let build = built::build(&Folder::Memory(files));
    let document = build.document().unwrap_or_else(|| panic!("{:#?}", build.problems));
    let moving = build.problems.iter().any(|problem| problem.code.to_string() == "S504");
    assert!(!moving, "{:#?}", build.problems);
    let texts = page_texts(document);
    texts.iter().map(|text| text.split_whitespace().collect::<String>()).collect()
}

/// Rows of a page, by the names of the table.
fn rows(page: &str, count: usize) -> Vec<usize> {
    (1..=count).filter(|row| page.contains(&format!("事業{row}番"))).collect()
}

#[test]
fn each_part_has_title_and_header_and_a_sum_stands_with_its_parts() {
    for count in 40..=46 {
        let mut csv = "事業,決算額\n".to_owned();
        csv.extend((1..=count).map(|row| format!("事業{row}番,1\n")));
        csv += &format!("合計,{count}\n");
        let pages = pages("", &csv, 0);
        let found: Vec<Vec<usize>> = pages.iter().map(|page| rows(page, count)).collect();
        assert_eq!(found.concat(), (1..=count).collect::<Vec<_>>());
        for (index, page) in pages.iter().enumerate().filter(|(index, _)| !found[*index].is_empty())
        {
            assert!(page.contains("決算額"), "{page}");
            assert_eq!(page.contains("【表1】表題（続き）"), index > 0, "{page}");
        }
        let sum = pages.iter().position(|page| page.contains("合計")).unwrap();
        assert!(!found[sum].is_empty(), "{count} rows: the sum stands alone on page {sum}");
    }
}

#[test]
fn merged_labels_go_on_and_leave_no_row_alone() {
    for above in [0, 1, 2, 3, 4, 5] {
        let mut csv = "款,事業,決算額\n".to_owned();
        csv.extend((1..=90).map(|row| format!("款{},事業{row}番,{row}\n", (row - 1) / 5 + 1)));
        let pages = pages("merge = [\"款\"]", &csv, above);
        let found: Vec<Vec<usize>> = pages.iter().map(|page| rows(page, 90)).collect();
        assert_eq!(found.concat(), (1..=90).collect::<Vec<_>>());
        for (page, own) in pages.iter().zip(&found).skip(1).filter(|(_, own)| !own.is_empty()) {
            let behind = (own[0] - 1) % 5;
            assert!(behind != 1 && behind != 4, "{above} lines: one row of five stands alone");
            let label = format!("款{}（続き）", (own[0] - 1) / 5 + 1);
            assert_eq!(page.contains(&label), behind != 0, "{label}: {page}");
        }
    }
}
