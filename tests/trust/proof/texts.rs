//! The changes that are tried on a text.

use crate::proof::data::Rows;

/// New contents of a cell of a list (initiatives, pillars, indicators), each with its kind.
pub fn changes(rows: &Rows, row: usize, column: usize) -> Vec<(&'static str, String)> {
    let old = rows[row][column].as_str();
    let others = |count: usize| {
        let mut found: Vec<String> = Vec::new();
        for other in 1..rows.len() {
            let text = &rows[(row + other - 1) % (rows.len() - 1) + 1][column];
            if !text.is_empty() && text != old && !found.contains(text) {
                found.push(text.clone());
            }
        }
        found.truncate(count);
        found
    };
    let words = |all: &[&str], count: usize| -> Vec<String> {
        let rest = all.iter().filter(|word| **word != old);
        rest.take(count).map(|word| (*word).to_owned()).collect()
    };
    let choices = match rows[0][column].as_str() {
        _ if row == 0 || old.is_empty() => Vec::new(),
        "実施状況" => words(&["実施済", "一部実施", "未実施又は検討中"], 2),
        "形式" => words(&["整数", "小数2桁", "符号付き小数1桁"], 2),
        "向き" => words(&["以上", "以下"], 1),
        "単位" => words(&["人", "件"], 2),
        "整理番号" | "番号" => vec!["99".to_owned(), others(1).remove(0)],
        "体系" | "施策" | "担当課" | "取組名" | "略称" => others(2),
        _ => Vec::new(),
    };
    let mut found: Vec<_> = choices.into_iter().map(|text| ("別の値", text)).collect();
    if old.parse::<u32>().is_err() {
        found.push(("1字の誤り", misspelt(old)));
    }
    if row > 0
        && matches!(rows[0][column].as_str(), "具体的取組" | "備考" | "副題" | "目標値の表記")
    {
        found.push(("空欄", String::new()));
    }
    found
}

/// The text with another last character.
pub fn misspelt(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let last = letters.pop();
    letters.push(if last == Some('新') { '改' } else { '新' });
    letters.into_iter().collect()
}
