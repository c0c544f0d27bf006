//! Cells as numbers: what could not be read, and which ways of writing are advised against.

use super::reader::Reader;
use crate::load::Cell;
use crate::model::number::{Absence, Expected, Fault, Form, Number, read};
use crate::problem::{Code, Place, Problem};

/// A column of numbers: what messages call it, and what its cells may hold.
pub(super) struct NumberColumn<'a> {
    pub name: &'a str,
    pub expected: Expected,
}

impl Reader<'_> {
    /// Reads a cell of a column of numbers.
    ///
    /// `Err` says why there is no number: an empty cell, a mark, or (`Missing`) a fault, which
    /// is told. None of them is zero.
    pub(super) fn number(
        &mut self,
        cell: &Cell,
        column: &NumberColumn<'_>,
    ) -> Result<Number, Absence> {
        let reading = match read(&cell.text, &column.expected) {
            Ok(reading) => reading,
            Err(fault) => {
                self.problems.push(not_a_number(cell, &fault, column));
                return Err(Absence::Missing);
            }
        };
        for form in reading.forms {
            let Place { file, sheet, .. } = cell.place.clone();
            let key = (file, sheet, column.name.to_owned(), form);
            let first = || (cell.place.clone(), cell.text.clone(), 0);
            self.forms.entry(key).or_insert_with(first).2 += 1;
        }
        reading.content
    }

    /// Tells the forms that were met, one note a column and form.
    pub(super) fn tell_forms(&mut self) {
        for ((_, _, column, form), (place, text, count)) in std::mem::take(&mut self.forms) {
            let (what, instead) = advice(form);
            let times = if count > 1 {
                format!("（ほかに{}か所）", count - 1)
            } else {
                String::new()
            };
            self.problems.push(
                Problem::note(Code::DiscouragedForm, place)
                    .text(text)
                    .message(format!("列「{column}」に{what}があります{times}"))
                    .hint(format!("このまま読めますが、{instead}")),
            );
        }
    }
}

/// What a form is called, and what the rules for machine-readable tables would have instead.
fn advice(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::FullWidth => ("全角の数字や記号", "数は半角で書くことを勧めます"),
        Form::Comma => ("桁区切りのコンマのある数", "コンマのない数にすることを勧めます"),
        Form::Triangle => ("▲や△の付いた数", "負の数は - を付けて書くことを勧めます"),
        Form::Parentheses => ("括弧で囲んだ負の数", "負の数は - を付けて書くことを勧めます"),
        Form::Unit => (
            "単位の付いた数",
            "セルには数だけを書き、単位は「単位」の列か report.toml に書くことを勧めます",
        ),
        Form::Words => ("億や万を使った数", "列の単位の数字だけで書くことを勧めます"),
        Form::Bound => (
            "「以上」などの付いた数",
            "セルには数だけを書き、「目標値の表記」に {値}以上 のように書くことを勧めます",
        ),
        Form::NoneMark => ("値がないことを表す記号", "値がないときは空のセルを勧めます"),
        Form::UnknownMark => ("値が分からないことを表す記号", "値がないときは空のセルを勧めます"),
        Form::SecretMark => ("秘匿を表す記号", "図と表には x と出て、「x は秘匿」の注が付きます"),
        Form::RevisedMark => (
            "訂正値の印（r）の付いた数",
            "印は出ません。図では、どの値が訂正値かの注が図の下に付きます",
        ),
        Form::PreliminaryMark => (
            "速報値の印（p）の付いた数",
            "図では速報値（preliminary）として印が付きます。指標の表では、#注[…] に書いてください",
        ),
    }
}

fn not_a_number(cell: &Cell, fault: &Fault, column: &NumberColumn<'_>) -> Problem {
    let text = &cell.text;
    let unit = column.expected.unit.as_ref().map(|unit| unit.name.as_str());
    let problem = |code| Problem::error(code, cell.place.clone()).text(text);
    let plain = problem(Code::NotANumber);
    match fault {
        Fault::NotANumber => plain
            .message(format!("「{text}」は数として読めません"))
            .expected("数だけのセル（例 1234、76.3、-5）")
            .hint("値がないときは空のセルか － に、分からないときは … にしてください（どれも0とは区別されます）"),
        Fault::OtherUnit(found) => {
            let problem = problem(Code::OtherUnit);
            match unit {
                Some(unit) => problem
                    .message(format!("単位「{found}」は、この列の単位「{unit}」と違います"))
                    .expected(format!("{unit}を単位とする数"))
                    .hint(format!("値を{unit}に直すか、列の単位を改めてください")),
                None => problem
                    .message(format!("セルに単位「{found}」がありますが、列の単位が決まっていません"))
                    .expected("数だけのセル")
                    .hint("単位は、指標の表では「単位」の列に、図では report.toml の unit に書いてください"),
            }
        }
        Fault::Parentheses => plain
            .message(format!("「{text}」の括弧の意味が決まりません"))
            .expected("負の数なら -5 のような数")
            .hint("この表の括弧が負の数を表すなら、report.toml の csv の行の下に `negative = \"()\"` と書いてください"),
        Fault::TwoValues(main, second) => plain
            .message("1つのセルに2つの値があります")
            .expected("1つのセルに1つの値")
            .hint(format!(
                "このセルには「{main}」だけを残してください。「{second}」は、指標の表なら「区分」に名前を書いた行を下に加え、図のCSVなら列を加えて書きます"
            )),
        Fault::Bound(word) => plain
            .message(format!("「{word}」の付いた数は、目標値の列にだけ書けます"))
            .expected("数だけのセル（例 1234、76.3、-5）")
            .hint(format!("「{word}」を消してください")),
        Fault::TooLarge => plain
            .message("桁が多すぎて、正確に扱えません")
            .expected("整数は18桁まで、小数は15桁まで")
            .hint("値を確かめるか、大きな単位（百万円など）に改めてください"),
    }
}
