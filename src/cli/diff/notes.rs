//! What is said beside the result: what can be compared and what cannot, and why.

use super::built::{Built, State};
use super::editions::Side;
use super::makers;

/// The notes on both editions, each a sentence or a sentence with a list below it.
pub fn notes(built: &[Built; 2]) -> Vec<String> {
    let mut notes: Vec<String> = built.iter().flat_map(of_one).collect();
    if built.iter().any(|built| built.outcome.is_none()) {
        notes.push(
            "データ、文章、主張は比べられないので、ページだけを絵にして比べます。全てを比べるには、元の報告書フォルダーか、`soukatsu build --official` で作ったPDFを指定してください。"
                .to_owned(),
        );
    } else if built.iter().any(|built| !built.made_otherwise().is_empty()) {
        notes.push(
            "今の soukatsu で組み直すと、PDFと同じページにならないことがあるので、ページはPDFを絵にして比べます。データと文章は、添付の元のファイルで比べます（「紙面」に示すページは、今の soukatsu で組んだときのものです）。"
                .to_owned(),
        );
    }
    notes.extend(of_templates(built));
    notes.extend(of_options(built));
    notes
}

fn of_one(built: &Built) -> Vec<String> {
    let name = &built.name;
    let mut notes = Vec::new();
    match &built.side {
        Side::Bare { .. } => notes.push(format!("「{name}」には元のファイルが添付されていません。")),
        Side::Damaged { faults, .. } => {
            notes.push(listed(&format!("「{name}」の元のファイルは、壊れていて使えません。"), faults));
        }
        Side::Official { .. } if built.outcome.is_none() => notes.push(format!(
            "「{name}」に添付された報告書を、この soukatsu では読めません。作ったときの版の soukatsu なら読めます。"
        )),
        Side::Official { .. } if built.state == State::Damaged => {
            notes.push(format!(
                "「{name}」はPDFの紙面が壊れていますが、添付された元のファイルは無事なので、それを組んで比べます。"
            ));
        }
        Side::Official { .. } | Side::Folder(_) => {}
    }
    let errors = built.outcome.iter().flat_map(|outcome| &outcome.problems);
    let errors = errors.filter(|problem| problem.is_error()).count();
    match built.side {
        _ if errors == 0 => {}
        Side::Folder(_) => notes.push(format!(
            "「{name}」には誤りが{errors}件あります。`soukatsu check` で直してください。ここでは、読めた分を比べました。"
        )),
        _ => notes.push(format!(
            "「{name}」に添付された報告書には、今の soukatsu で見ると誤りが{errors}件あります。ここでは、読めた分を比べました。"
        )),
    }
    let otherwise = built.made_otherwise();
    if built.outcome.is_some() && !otherwise.is_empty() {
        let heading = format!("「{name}」は、今とは違うもので作られています。");
        notes.push(listed(&heading, &otherwise));
    }
    notes
}

/// Two reports may be set in two templates: their pages differ for that alone.
fn of_templates(built: &[Built; 2]) -> Option<String> {
    let [old, new] = built.each_ref().map(|built| built.ours.as_ref());
    let differs = makers::template(&old?.template, &new?.template)?;
    Some(format!(
        "2つの版のテンプレートが違うので、中身が同じページも変わることがあります（{differs}）。"
    ))
}

/// Of two PDFs, each with its own options, or of a folder that is laid out with those of a PDF.
fn of_options(built: &[Built; 2]) -> Option<String> {
    if let [Some(old), Some(new)] = built.each_ref().map(|built| built.side.record()) {
        let mut differing = makers::options(old, new);
        // Where both are laid out here, the marks are told with the pages.
        if built.iter().all(Built::is_laid_out_here) {
            differing.retain(|line| line != makers::OTHER_MARK);
        }
        let heading = "作ったときの選択が違うので、中身が同じページも違って見えます。";
        return (!differing.is_empty()).then(|| listed(heading, &differing));
    }
    let folder = |built: &&Built| matches!(built.side, Side::Folder(_));
    let like = built.iter().find(folder)?;
    let options = &like.options.as_ref()?.options;
    let name = &built.iter().find(|built| !folder(built))?.name;
    let switches = [
        ("版の印あり", options.edition_mark),
        ("仮データの表示あり", options.accept_provisional),
        ("トンボあり", options.marks),
    ];
    let switches = switches.iter().filter(|(_, is_on)| *is_on).map(|(told, _)| format!("、{told}"));
    Some(format!(
        "「{}」は、「{name}」を作ったときの選択（用途「{}」{}）で組んで比べます。",
        like.name,
        options.profile,
        switches.collect::<String>()
    ))
}

fn listed(heading: &str, lines: &[String]) -> String {
    let lines = lines.iter().map(|line| format!("\n  {line}"));
    std::iter::once(heading.to_owned()).chain(lines).collect()
}
