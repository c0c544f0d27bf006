//! What `archive verify` found, as people and programs read it.

use std::path::Path;

use serde_json::{Value, json};

use super::edition_number::{is_short, shown};
use crate::archive::{EditionFinding, Expected, Findings, Rebuilt, Signed, Wanted};
use crate::cli::printer::Printer;
use soukatsu_core::problem::Problem;

/// Everything that was found.
pub fn json(findings: &Findings) -> String {
    let edition = |found: &EditionFinding| {
        json!({
            "number": found.edition.number,
            "digest": found.edition.digest().ok(),
            "problems": found.problems,
            "signed": found.signed.iter().map(signed_json).collect::<Vec<_>>(),
            "rebuilt": found.rebuilt.as_ref().map(verdict_name),
        })
    };
    let expected = |expected: &Expected| {
        json!({
            "known": expected.digest,
            "number": expected.edition.number,
            "digest": expected.edition.digest().ok(),
            "date": expected.date,
            "unchanged": expected.is_unchanged,
        })
    };
    let whole = json!({
        "sound": findings.is_sound(),
        "store": findings.store,
        "known": findings.expected.iter().map(expected).collect::<Vec<_>>(),
        "editions": findings.editions.iter().map(edition).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}

/// A signature that holds.
pub fn signed_json(signed: &Signed) -> Value {
    json!({
        "names": signed.names,
        "fingerprint": signed.fingerprint,
        "counts": signed.counts(),
        "valid": signed.out_of,
    })
}

/// Who signed: `市長 見本太郎`.
pub fn signer(signed: &Signed) -> String {
    let names = signed.names.join("・");
    match &signed.out_of {
        _ if names.is_empty() => format!("名前の分からない鍵 {}", signed.fingerprint),
        Some(span) => format!("{names}（数えない。鍵の有効期間は{span}）"),
        None => names,
    }
}

/// A line an edition, the problems, and the answer.
pub fn text(findings: &Findings, wanted: &Wanted, store: &Path, printer: &mut Printer) {
    for found in &findings.editions {
        let faulty = found.problems.iter().any(Problem::is_error);
        let files = if faulty { "誤りあり" } else { "異状なし" };
        let names = found.signed.iter().map(signer).collect::<Vec<_>>().join("、");
        let signed = if names.is_empty() { names } else { format!("、署名 {names}") };
        let rebuilt = found
            .rebuilt
            .as_ref()
            .map_or(String::new(), |rebuilt| format!("、組み直し {}", verdict(rebuilt)));
        printer.result(&format!("{} {files}{rebuilt}{signed}", found.edition.name()));
    }
    for expected in &findings.expected {
        printer.result(&expected_line(expected));
    }
    let problems: Vec<Problem> = findings
        .store
        .iter()
        .chain(findings.editions.iter().flat_map(|found| &found.problems))
        .cloned()
        .collect();
    let root = store.display().to_string();
    printer.problems(&problems, &format!("{}/", root.trim_end_matches('/')));
    if wanted.expected.iter().chain(&wanted.head).any(|number| is_short(number)) {
        printer.note("番号の始めだけを比べました。始めの同じ番号は、わざと作ることができます。控えが64桁なら、64桁を書いて確かめてください。");
    }
    if findings.is_sound() {
        sound(findings, wanted, printer);
    }
}

/// What the edition of an expected digest is.
fn expected_line(expected: &Expected) -> String {
    let number = expected.edition.number;
    let date = expected.date.as_ref().map_or(String::new(), |date| format!("（{date}）"));
    let these =
        if number == 1 { "この版は" } else { "この版と、それより前の版は" };
    let state = match expected.is_unchanged {
        true => format!("{these}、控えたときのままです"),
        false => format!("ただし、{these}、控えたときのままとはいえません（誤りがあります）"),
    };
    format!("控えの番号 {} は版{number}{date}です。{state}", shown(&expected.digest))
}

/// That nothing is wrong, and with what.
fn sound(findings: &Findings, wanted: &Wanted, printer: &mut Printer) {
    let Some(last) = findings.editions.last() else {
        printer.note("この保管庫には、まだ版がありません。");
        return;
    };
    if let Some(demand) = &wanted.demand {
        let whose = match &demand.by[..] {
            [] => "一覧の人".to_owned(),
            names => names.iter().map(|name| format!("「{name}」")).collect(),
        };
        let (from, to) = (demand.from, last.edition.number);
        let which = if from == to {
            format!("版{to}")
        } else {
            format!("版{from}から版{to}までの全て")
        };
        printer.note(&format!("{which}に、{whose}の署名があります。"));
    }
    let digest = last.edition.digest();
    let head = digest.map_or(String::new(), |digest| format!("最後の版の番号は {digest} です。"));
    printer.note(&format!("{}つの版に異状はありません。{head}", findings.editions.len()));
}

fn verdict(rebuilt: &Rebuilt) -> String {
    match rebuilt {
        Rebuilt::Same => "同じPDF（1バイトも違わない）".to_owned(),
        Rebuilt::SamePages { made_by } => {
            format!("ページの絵は同じ（バイトは違う。{made_by} で作られた版）")
        }
        Rebuilt::Different(_) => "違う".to_owned(),
        Rebuilt::Failed(_) => "できない".to_owned(),
    }
}

fn verdict_name(rebuilt: &Rebuilt) -> &'static str {
    match rebuilt {
        Rebuilt::Same => "same-bytes",
        Rebuilt::SamePages { .. } => "same-pages",
        Rebuilt::Different(_) => "different",
        Rebuilt::Failed(_) => "failed",
    }
}
