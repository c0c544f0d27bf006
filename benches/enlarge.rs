//! The handout with many times its content, for the question how time grows with pages.

use std::collections::BTreeMap;

use soukatsu::load::Folder;

/// Repeats every page, figure and initiative `times` times under numbers of their own.
pub fn enlarge(files: &BTreeMap<String, Vec<u8>>, times: usize) -> Folder {
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let mut larger = files.clone();
    let manifest = text("report.toml");
    let (front, body) = manifest.split_once("[[page]]\nchapter").unwrap();
    let body = format!("[[page]]\nchapter{body}");
    let (pages, figures) = body.split_once("[[figure]]").unwrap();
    let figures = format!("[[figure]]{figures}");
    // The status list names all initiatives, so it stands once, at the end.
    let (pages, list) = pages.rsplit_once("[[page]]").unwrap();
    let (mut all_pages, mut all_figures) = (String::new(), String::new());
    let initiatives = text("csv/initiatives.csv");
    let (header, rows) = initiatives.split_once('\n').unwrap();
    let count = rows.lines().count();
    let mut all_initiatives = format!("{header}\n");
    for copy in 0..times {
        all_pages.push_str(&pages.replace("prose/", &format!("prose/{copy}-")));
        all_figures.push_str(&figures.replace("number = \"", &format!("number = \"{copy}-")));
        for row in rows.lines() {
            let (number, rest) = row.split_once(',').unwrap();
            let number = number.parse::<usize>().unwrap() + copy * count;
            all_initiatives.push_str(&format!("{number},{rest}\n"));
        }
        for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("prose/")) {
            let mut prose = String::from_utf8(bytes.clone()).unwrap();
            prose = prose.replace("図(\"図", &format!("図(\"図{copy}-"));
            prose = prose.replace("【図", &format!("【図{copy}-"));
            prose = renumbered(&prose, "#図並び(", |list| {
                list.replace("\"図", &format!("\"図{copy}-"))
            });
            prose = renumbered(&prose, "#取組(", |number| {
                (number.parse::<usize>().unwrap() + copy * count).to_string()
            });
            let name = name.replace("prose/", &format!("prose/{copy}-"));
            larger.insert(name, prose.into_bytes());
        }
    }
    let front = front.replace("\"contents\"", "\"contents\"\npages = 99");
    let list = list.replace("= 2", "= 999");
    let manifest = format!("{front}{all_pages}[[page]]{list}{all_figures}");
    larger.insert("report.toml".into(), manifest.into_bytes());
    larger.insert("csv/initiatives.csv".into(), all_initiatives.into_bytes());
    Folder::Memory(larger)
}

/// Rewrites what stands between an opening and its closing parenthesis.
fn renumbered(text: &str, opening: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(opening) {
        let start = at + opening.len();
        let end = start + rest[start..].find(')').unwrap();
        out.push_str(&rest[..start]);
        out.push_str(&rewrite(&rest[start..end]));
        rest = &rest[end..];
    }
    out + rest
}
