//! Cells of the table of indicators that would be lost without a word.

use super::Reader;
use crate::load::Cell;
use crate::model::indicator::{Direction, Indicator};
use crate::model::quantity::Notation;
use crate::problem::{Code, Problem};

/// What a row of a 区分 says and the page does not show.
///
/// `same`: 略称, 単位, 形式 and 向き, which must be those of the main row; `none`: what only the main
/// row has.
pub(super) fn unused(row: &Indicator, same: [&Cell; 4], none: [&Cell; 3]) -> Vec<Problem> {
    let [short, unit, notation, direction] = same;
    let main_direction = match row.direction {
        Some(Direction::AtLeast) => "以上",
        Some(Direction::AtMost) => "以下",
        None => "",
    };
    let differs = [
        (short, "略称", short.text != row.short),
        (unit, "単位", unit.text != row.unit),
        (notation, "形式", Notation::from_name(&notation.text) != Some(row.notation)),
        (direction, "向き", direction.text != main_direction),
    ];
    let differs =
        differs.into_iter().filter(|(cell, _, differs)| *differs && !cell.text.is_empty());
    let names = ["目標値", "目標値の表記", "基準値"];
    let extra = none.into_iter().zip(names).filter(|(cell, _)| !cell.text.is_empty());
    let differs = differs.map(|(cell, name, _)| {
        Problem::error(Code::UnknownWord, cell.place.clone())
            .text(&cell.text)
            .message(format!("区分の行の「{name}」が、指標「{}」の行と違います", row.name))
            .hint("区分の値は、指標の行と同じ単位と形式で紙面に出ます。同じ語にしてください")
    });
    let extra = extra.map(|(cell, name)| {
        Problem::error(Code::UnknownWord, cell.place.clone())
            .text(&cell.text)
            .message(format!("区分の行の「{name}」は使われません"))
            .hint("空にするか、別の指標の行にしてください")
    });
    differs.chain(extra).collect()
}

/// 目標値の表記 asks for a number that 目標値 does not have.
pub(super) fn no_number(target: &Cell) -> Problem {
    Problem::error(Code::MissingValue, target.place.clone())
        .text("")
        .message("「目標値の表記」に {値} があるのに、「目標値」が空です")
        .hint("目標値の数を書くか、表記から {値} を除いてください")
}

impl Reader<'_> {
    /// 億千万 counts in 百万円: another unit would not be what the page shows.
    pub(super) fn scale_of_words(&mut self, unit: &Cell, notation: Notation) {
        if notation == Notation::OkuSenman && !["", "百万円"].contains(&unit.text.as_str()) {
            self.problems.push(
                Problem::error(Code::UnknownWord, unit.place.clone())
                    .text(&unit.text)
                    .message("形式が「億千万」の値の単位は、百万円です")
                    .expected("百万円")
                    .hint("値を百万円の単位に直すか、形式を整数などにしてください"),
            );
        }
    }
}
