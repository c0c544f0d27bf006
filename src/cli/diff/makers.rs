//! What made an edition: whether this program, laying out the sources of a PDF again, would make
//! the pages that were printed; told part by part.

use std::collections::BTreeSet;

use crate::record::{BuildRecord, FontRecord, TemplateRecord, short};

/// Where the maker of a PDF was another one than what is here now, one line a part; empty when the
/// pages come out the same. `ours`: of the same sources; `None` when their template is lacking.
pub fn otherwise(record: &BuildRecord, ours: &BuildRecord) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(engine(record, ours));
    lines.extend(template(&record.template, &ours.template));
    lines.extend(fonts(&record.fonts, &ours.fonts));
    lines
}

fn engine(record: &BuildRecord, ours: &BuildRecord) -> Option<String> {
    let (theirs, ours) = (&record.engine, &ours.engine);
    if theirs == ours {
        return None;
    }
    Some(match (theirs.name == ours.name, theirs.version == ours.version) {
        (true, true) if theirs.lock_sha256 == ours.lock_sha256 => format!(
            "soukatsu の版: {}で同じですが、プログラムが違います（ソースのSHA-256は {}、今は {}）",
            ours.version,
            named(&theirs.source_sha256),
            named(&ours.source_sha256)
        ),
        (true, true) => format!(
            "soukatsu の版: {}で同じですが、中のライブラリーが違います（Cargo.lock のSHA-256は {}、今は {}）",
            ours.version,
            short(&theirs.lock_sha256),
            short(&ours.lock_sha256)
        ),
        (true, false) => format!("soukatsu の版: {}（今は {}）", theirs.version, ours.version),
        (false, _) => format!(
            "作ったソフト: {} {}（今は {} {}）",
            theirs.name, theirs.version, ours.name, ours.version
        ),
    })
}

/// Old records do not name their source.
fn named(digest: &str) -> &str {
    if digest.is_empty() { "不明" } else { short(digest) }
}

/// How two templates differ.
pub fn template(theirs: &TemplateRecord, ours: &TemplateRecord) -> Option<String> {
    if theirs.name != ours.name {
        return Some(format!("テンプレート: 「{}」と「{}」", theirs.name, ours.name));
    }
    let names: BTreeSet<&String> = theirs.files.keys().chain(ours.files.keys()).collect();
    let differing: Vec<&String> =
        names.into_iter().filter(|name| theirs.files.get(*name) != ours.files.get(*name)).collect();
    let first = differing.first()?;
    Some(match differing.len() {
        1 => format!("テンプレート「{}」: {first} が違います", ours.name),
        count => {
            format!("テンプレート「{}」: {first} など{count}個のファイルが違います", ours.name)
        }
    })
}

fn fonts(theirs: &[FontRecord], ours: &[FontRecord]) -> Option<String> {
    if theirs == ours {
        return None;
    }
    let families = |fonts: &[FontRecord], others: &[FontRecord]| -> BTreeSet<String> {
        let alone = fonts.iter().filter(|font| !others.contains(font));
        alone.map(|font| font.family.clone()).collect()
    };
    let (lacking, more) = (families(theirs, ours), families(ours, theirs));
    let list = |names: &mut dyn Iterator<Item = &String>| {
        names.map(|name| format!("「{name}」")).collect::<String>()
    };
    let parts = [
        (list(&mut lacking.intersection(&more)), "は違う版です"),
        (list(&mut lacking.difference(&more)), "がここにありません（--font-path で指定できます）"),
        (list(&mut more.difference(&lacking)), "は作ったときにありません"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, what)| names + what)
        .collect();
    match told.is_empty() {
        true => Some("フォント: 並ぶ順が違います".to_owned()),
        false => Some(format!("フォント: {}", told.join("、"))),
    }
}

/// What is said of the marks of two versions.
pub const OTHER_MARK: &str = "版の印: 各ページの下の版と番号が違います";

/// How the options differ with which two PDFs were made, and the marks of their versions.
pub fn options(old: &BuildRecord, new: &BuildRecord) -> Vec<String> {
    let told = |has: bool| if has { "あり" } else { "なし" };
    let (before, after) = (&old.options, &new.options);
    let mut lines = Vec::new();
    if before.profile != after.profile {
        lines.push(format!("用途: 前「{}」、後「{}」", before.profile, after.profile));
    }
    let switches = [
        ("版の印", before.edition_mark, after.edition_mark),
        ("仮データの表示", before.accept_provisional, after.accept_provisional),
        ("トンボ", before.marks, after.marks),
    ];
    for (name, was, is) in switches.into_iter().filter(|(_, was, is)| was != is) {
        lines.push(format!("{name}: 前{}、後{}", told(was), told(is)));
    }
    let mark = |record: &BuildRecord| (record.edition.clone(), record.content.clone());
    if before.edition_mark && after.edition_mark && mark(old) != mark(new) {
        lines.push(OTHER_MARK.to_owned());
    }
    lines
}
