//! Facts that the report holds in two cells: the last year of an indicator, and 全体 in a figure.
//!
//! A correction of one of them leaves two figures on the page that contradict each other. Neither is
//! the engine's doing, so they are counted beside the score; a rule of check could tell them.

use crate::proof::data::Data;

/// The indicator, the figure, and the columns whose sum in the row 全体 is the same fact.
const TWINS: [(&str, &str, &[&str]); 5] = [
    ("市民満足度", "図2", &["満足している", "どちらかといえば満足している"]),
    ("働きやすさ", "図5", &["働きやすい職場だと考える職員の割合"]),
    (
        "地域活動参加率",
        "図7",
        &[
            "現在地域活動に参加しており今後も参加する",
            "現在地域活動に参加しているが今後は参加しない",
        ],
    ),
    ("市政関心度", "図8", &["とても関心がある", "少しは関心がある"]),
    ("業務改善実感", "図14-2", &["業務改善を実感する職員の割合"]),
];

/// The facts whose two cells differ.
pub fn parted(data: &Data) -> Vec<String> {
    let differ = |(short, figure, columns): &&(&str, &str, &[&str])| {
        let twin = data.figure(figure).and_then(|figure| figure.sum("全体", columns));
        data.value(short, "R6") != twin
    };
    let found = TWINS.iter().filter(differ);
    found.map(|(short, figure, _)| format!("指標「{short}」のR6と{figure}の全体")).collect()
}
