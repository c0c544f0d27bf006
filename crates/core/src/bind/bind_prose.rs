//! Every call of the prose worked out, and every claim held against the data.

use std::collections::HashMap;

use super::bound::{Bindings, Bound, BoundProse};
use super::evaluator::{Evaluator, key};
use super::value::Verdict;
use crate::model::call::{Call, CallKind, Piece, call_kind};
use crate::model::data_grid::DataGrids;
use crate::model::report::{Prose, Report};
use crate::problem::{Code, Problem};

/// So many cells behind a claim are listed.
const MOST_CELLS: usize = 8;

/// Binds the prose of a report.
///
/// The problems are the faults of the calls and the claims that do not hold. Data sets that are
/// incomplete have been told already: what needs them stays unbound, without a word.
pub fn bind(report: &Report) -> (Bindings, Vec<Problem>) {
    let mut problems = Vec::new();
    let grids = DataGrids::of(report);
    let evaluator = Evaluator::new(report, &grids);
    let prose = report.prose.iter().map(|prose| bind_prose(&evaluator, prose, &mut problems));
    (Bindings { prose: prose.collect() }, problems)
}

fn bind_prose(evaluator: &Evaluator<'_>, prose: &Prose, problems: &mut Vec<Problem>) -> BoundProse {
    let mut bound = BoundProse::default();
    let mut claims = Vec::new();
    if prose.broken {
        return bound;
    }
    for (index, call) in prose.calls.iter().enumerate() {
        let kind = call_kind(&call.name);
        if call.nested && kind == Some(CallKind::Value) {
            bound.unprinted.extend(key(call));
            continue;
        }
        if call.nested || !matches!(kind, Some(CallKind::Value | CallKind::Claim)) {
            problems.extend(misplaced(call, kind));
            continue;
        }
        if kind == Some(CallKind::Claim) {
            claims.push((index, call));
            continue;
        }
        match evaluator.printed(call) {
            Ok((key, value)) => {
                let text = evaluator.report.style.write(value.text());
                bound.values.insert(index, Bound { key, text, value });
            }
            Err(fault) => problems.extend(fault.problem()),
        }
    }
    // The words of a claim may hold values.
    let pieces = pieces_of_claims(prose);
    for (index, call) in claims {
        match evaluator.claim(call) {
            Ok(verdict) => {
                let pieces = pieces.get(&index).map_or(&[][..], Vec::as_slice);
                let phrase = phrase(pieces, &bound);
                problems.extend(fails(call, &phrase, &verdict));
                bound.claims.insert(index, verdict);
            }
            Err(fault) => problems.extend(fault.problem()),
        }
    }
    bound
}

/// A condition outside a claim prints nothing; a name that is none is told.
fn misplaced(call: &Call, kind: Option<CallKind>) -> Option<Problem> {
    let stray = kind == Some(CallKind::Condition) && !call.nested;
    stray.then(|| {
        Problem::error(Code::Prose, call.place.clone())
            .text(&call.name)
            .message(format!("条件「{}」は紙面に何も出しません", call.name))
            .expected(format!("#主張({}(…))[句]", call.name))
            .hint("条件は #主張 の ( ) の中に書いてください")
    })
}

/// The words of a claim as they stand on the page.
fn phrase(pieces: &[&Piece], bound: &BoundProse) -> String {
    let text = |piece: &&Piece| match piece {
        Piece::Text { text, .. } => text.clone(),
        Piece::Value { call, .. } => {
            bound.values.get(call).map_or_else(|| "…".to_owned(), |bound| bound.text.clone())
        }
    };
    pieces.iter().map(text).collect()
}

/// The pieces of every claim, by its index.
fn pieces_of_claims(prose: &Prose) -> HashMap<usize, Vec<&Piece>> {
    let mut claims: HashMap<usize, Vec<&Piece>> = HashMap::new();
    for piece in prose.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces) {
        if let Piece::Text { claim: Some(claim), .. } | Piece::Value { claim: Some(claim), .. } =
            piece
        {
            claims.entry(*claim).or_default().push(piece);
        }
    }
    claims
}

fn fails(call: &Call, phrase: &str, verdict: &Verdict) -> Option<Problem> {
    let mut cells: Vec<String> = verdict
        .cells
        .iter()
        .map(|cell| format!("{}（{}）", cell.what, cell.place_name()))
        .collect();
    cells.dedup();
    let rest = cells.len().saturating_sub(MOST_CELLS);
    let mut listed = cells.iter().take(MOST_CELLS).cloned().collect::<Vec<_>>().join("、");
    if rest > 0 {
        listed += &format!("、ほか{rest}個");
    }
    (!verdict.holds).then(|| {
        Problem::error(Code::ClaimFalse, call.place.clone())
            .text(phrase)
            .message(format!("主張「{phrase}」がデータと合いません。{}", verdict.finding))
            .expected(verdict.condition.clone())
            .hint(format!("文を直すか、セルを確かめてください: {listed}"))
    })
}
