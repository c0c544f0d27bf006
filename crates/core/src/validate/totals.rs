//! Totals among the columns and rows of a figure: what is left out of the drawing is said, and a
//! total that the parts do not make is a fault.

use crate::model::figure::Figure;
use crate::model::figure_totals::Found;
use crate::model::quantity::{Quantity, grouped};
use crate::model::totals::{Mismatch, Standing, Totals};
use crate::problem::{Code, Problem, Severity};

/// How many parts or places a message lists.
const MOST_LISTED: usize = 3;

/// The totals of a figure's data, and what is to be said of them.
pub(super) fn totals(figure: &Figure) -> (Totals, Vec<Problem>) {
    let (series, rows) = figure.standings();
    let category = |index: usize| figure.data.categories.get(index).map(String::as_str);
    let column = |index: usize| figure.data.series.get(index).map(|series| series.name.as_str());
    let mut problems = Vec::new();
    if figure.has_parts_across() {
        let off = off(&series);
        problems.extend(off.map(|(index, off)| fault(("列", column(index)), off, category)));
    }
    if figure.has_parts_down() {
        let off = off(&rows);
        problems.extend(off.map(|(index, off)| fault(("行", category(index)), off, |_| None)));
    }
    // In stacks a row stands beside the others: one that is not their sum is drawn, and doubted.
    if figure.stacks_rows() && !figure.is_in_percent() {
        let off = off(&rows).filter(|(index, _)| category(*index) != Some("全体"));
        let told = off.map(|(index, off)| fault(("行", category(index)), off, column));
        problems.extend(told.map(|problem| Problem { severity: Severity::Warning, ..problem }));
    }
    let mut found = figure.clone();
    found.data.totals = figure.totals((&series, &rows));
    let (drawn, kept) = found.drawn();
    let hidden = |found: &[Found<'_>], drawn: &[usize]| -> Vec<(usize, usize)> {
        let unproved = found.iter().filter_map(|(index, standing)| match standing {
            Standing::Total { unproved, .. } if !drawn.contains(index) => Some((*index, *unproved)),
            _ => None,
        });
        unproved.collect()
    };
    for (index, unproved) in hidden(&series, &drawn) {
        let mut cells = figure.data.series[index].values.iter().flatten();
        let Some(first) = cells.next() else { continue };
        let told = left_out(("列", column(index)), first, unproved);
        problems.push(match category(0).zip(column(index)) {
            Some((first, own)) => {
                let call = format!("#値(\"図{}\", \"{first}\", \"{own}\")", figure.number);
                told.hint(format!("文章では {call} のように引けます。{APPENDIX}"))
            }
            None => told,
        });
    }
    for (index, unproved) in hidden(&rows, &kept) {
        let mut cells = figure.data.series.iter().filter_map(|s| s.values.get(index)?.as_ref());
        let Some(first) = cells.next() else { continue };
        let told = left_out(("行", category(index)), first, unproved);
        let of = match drawn.as_slice() {
            [first, _, ..] => column(*first).map_or(String::new(), |name| format!(", \"{name}\"")),
            _ => String::new(),
        };
        let row = category(index).unwrap_or("");
        let call = format!("#値(\"図{}\", \"{row}\"{of})", figure.number);
        problems.push(told.hint(format!("文章では {call} のように引けます。{APPENDIX}")));
    }
    (found.data.totals, problems)
}

const APPENDIX: &str = "`table = true` の付録の表には出ます";

fn off<'f, 'd>(found: &'f [Found<'d>]) -> impl Iterator<Item = (usize, &'f [Mismatch<'d>])> {
    found.iter().filter_map(|(index, standing)| match standing {
        Standing::Off(off) => Some((*index, off.as_slice())),
        _ => None,
    })
}

/// A total that its parts do not make. `of`: the name of a place along the line.
fn fault<'n>(
    (what, name): (&str, Option<&str>),
    off: &[Mismatch<'_>],
    of: impl Fn(usize) -> Option<&'n str>,
) -> Problem {
    let name = name.unwrap_or("");
    let first = &off[0];
    let here = of(first.position).map_or(String::new(), |place| format!("（{place}）"));
    let more = match off.len() {
        1 => String::new(),
        count => format!("（ほかに{}か所）", count - 1),
    };
    let value = |quantity: &Quantity| match &quantity.place.cell {
        Some(cell) => format!("{}（{cell}）", quantity.text),
        None => quantity.text.clone(),
    };
    let parts = first.parts.iter().take(MOST_LISTED);
    let parts: Vec<String> =
        parts.map(|(name, quantity)| format!("{name} {}", value(quantity))).collect();
    let etc = if first.parts.len() > MOST_LISTED { " など" } else { "" };
    let sum = grouped(first.sum, first.sum.scale());
    Problem::error(Code::TotalNotSum, first.total.place.clone())
        .text(&first.total.text)
        .message(format!("「{name}」{here}が {} で、ほかの{what}の合計 {sum} と違います{more}", first.total.text))
        .expected(format!("{}{etc}の合計 {sum}", parts.join("、")))
        .hint(format!(
            "値を確かめてください。足りない部分（「その他」など）があれば{what}を加え、「{name}」が合計でなければ名前を変えてください"
        ))
}

/// Says that a total is not drawn.
fn left_out((what, name): (&str, Option<&str>), first: &Quantity, unproved: usize) -> Problem {
    let name = name.unwrap_or("");
    let doubt = match unproved {
        0 => String::new(),
        count => format!("（欠けた値があり、{count}か所は確かめられません）"),
    };
    Problem::note(Code::TotalNotSum, first.place.clone())
        .text(name)
        .message(format!("「{name}」の{what}は、ほかの{what}の合計なので図に描きません{doubt}"))
}
