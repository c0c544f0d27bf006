//! The handout with many times its content, for the question how time grows with pages.

use std::collections::BTreeMap;

use soukatsu_core::load::Folder;

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
        let page = shifted(pages.to_owned(), "also    = [", copy * count);
        all_pages.push_str(&page.replace("prose/", &format!("prose/{copy}-")));
        all_figures.push_str(&shifted(figures.clone(), "number = \"", copy * FIGURES));
        for row in rows.lines() {
            let (number, rest) = row.split_once(',').unwrap();
            let number = number.parse::<usize>().unwrap() + copy * count;
            all_initiatives.push_str(&format!("{number},{rest}\n"));
        }
        for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("prose/")) {
            let mut prose = String::from_utf8(bytes.clone()).unwrap();
            for opening in ["\"図", "【図"] {
                prose = shifted(prose, opening, copy * FIGURES);
            }
            for opening in ["取組(", "取組である(", "取組名("] {
                prose = shifted(prose, opening, copy * count);
            }
            // 唯一: one in every copy.
            prose =
                prose.replace("未実施又は検討中\"), 1)", &format!("未実施又は検討中\"), {times})"));
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

/// How many numbers of figures a copy takes.
const FIGURES: usize = 14;

/// Adds to every number that stands right behind an opening.
fn shifted(text: String, opening: &str, by: usize) -> String {
    let mut parts = text.split(opening);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(opening);
        match part[..digits].parse::<usize>() {
            Ok(number) => out.push_str(&(number + by).to_string()),
            Err(_) => out.push_str(&part[..digits]),
        }
        out.push_str(&part[digits..]);
    }
    out
}
