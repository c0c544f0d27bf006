//! The 正誤表 as a PDF of its own, accessible and for the archive like the report.

use serde_json::{Value, json};
use typst_layout::PagedDocument;

use crate::compare::{CoverPart, ErrataRow, Segment, Spot};
use crate::export::{Finishing, PdfSettings, finish, pdf};
use crate::world::{Fonts, ReportWorld, phrases};
use soukatsu_core::model::date::Date;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::{Code, Place, Problem, typst_message};

/// What stands on a 正誤表.
pub struct ErrataSheet<'a> {
    /// The edition that people get now.
    pub report: &'a Report,
    pub rows: &'a [ErrataRow],
    /// The line that names the two editions.
    pub editions: Option<&'a str>,
    /// The day on which it is given out.
    pub issued: Option<Date>,
    pub exchange: Option<&'a PagesToExchange>,
}

/// Pages that are to be exchanged, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagesToExchange {
    /// What to do with which pages: 差替え 3ページ、20〜21ページ.
    pub pages: Vec<(&'static str, String)>,
    /// So many sheets of paper, printed on both sides; only of pages that are handed out with the
    /// 正誤表.
    pub sheets: Option<usize>,
}

/// Sets a 正誤表.
///
/// # Errors
/// Characters that no font has, and what a standard forbids.
pub fn errata_pdf(sheet: &ErrataSheet<'_>, fonts: &Fonts) -> Result<Vec<u8>, Vec<Problem>> {
    let report = sheet.report;
    let problem = |message: &str| {
        Problem::error(Code::Prose, Place::file("正誤表"))
            .message(format!("正誤表を組めません: {}", typst_message(message)))
    };
    let day = sheet.issued.unwrap_or(report.date);
    let Some(world) = ReportWorld::of_errata(fonts.clone(), day, &content(sheet)) else {
        return Err(vec![problem("no template")]);
    };
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|errors| errors.iter().map(|error| problem(&error.message)).collect::<Vec<_>>())?;
    let ident = format!("{}\n{}\n{}\n正誤表", report.author, report.council, report.title());
    let typeset = pdf(&document, &PdfSettings::accessible_archive(ident, day))?;
    Ok(finish(&typeset, &Finishing::default()).expect("Typst writes PDFs that can be read"))
}

/// What the template reads.
fn content(sheet: &ErrataSheet<'_>) -> Value {
    let report = sheet.report;
    // The heading is that of the edition that people get now.
    let corrected: Vec<&str> =
        [("題名", CoverPart::Title), ("会議の名前", CoverPart::Council), ("日付", CoverPart::Date)]
            .into_iter()
            .filter(|(_, part)| sheet.rows.iter().any(|row| row.spot == Spot::Cover(*part)))
            .map(|(name, _)| name)
            .collect();
    let mut title_lines = report.title_lines.clone();
    if let Some(last) = title_lines.last_mut()
        && !report.status.is_empty()
    {
        *last = format!("{last}（{}）", report.status);
    }
    let exchange = sheet.exchange.map(|exchange| {
        json!({
            "pages": exchange.pages, "sheets": exchange.sheets,
            "attached": exchange.sheets.is_some(),
        })
    });
    let contact = &report.contact;
    json!({
        "title": report.full_title(),
        "title-lines": title_lines.iter().map(|line| phrases(line)).collect::<Vec<_>>(),
        "author": report.author,
        "council": report.council,
        "date": day(report.date),
        "issued": sheet.issued.map(day),
        "contact": {
            "department": contact.department, "phone": contact.phone, "mail": contact.mail,
        },
        "editions": sheet.editions,
        "corrected": corrected,
        "exchange": exchange,
        "rows": sheet.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn day(date: Date) -> Value {
    json!({"text": date.long(), "year": date.year, "month": date.month, "day": date.day})
}

fn row(row: &ErrataRow) -> Value {
    let texts = row.wrong.iter().chain(&row.right).map(|part| part.text.chars().count());
    json!({
        "pages": row.pages,
        "chapter": row.chapter,
        "spot": whole_names(phrases(&row.spot.to_string())),
        "wrong": phrases_of(&row.wrong),
        "right": phrases_of(&row.right),
        "length": texts.sum::<usize>(),
        "reason": row.reason.as_deref().map(phrases),
        "follows": row.follows,
        "corrections": row.corrections,
    })
}

/// A name in 「」 that is no wider than this, in em, fits into its column.
const WHOLE_NAME: f64 = 9.0;

/// Makes one phrase of a name in 「」, where it fits.
fn whole_names(phrases: Vec<(String, f64)>) -> Vec<(String, f64)> {
    let mut joined: Vec<(String, f64)> = Vec::new();
    let mut rest = phrases.into_iter().peekable();
    while let Some((mut text, mut width)) = rest.next() {
        while is_open(&text)
            && let Some((next, more)) = rest.next_if(|(_, more)| width + more <= WHOLE_NAME)
        {
            text += &next;
            width += more;
        }
        joined.push((text, width));
    }
    joined
}

/// Whether a name begins in a text and does not end there.
fn is_open(text: &str) -> bool {
    text.matches('「').count() > text.matches('」').count()
}

/// The phrases of a text in parts, each with its width in em: a phrase may begin in one part and
/// end in another.
fn phrases_of(parts: &[Segment]) -> Vec<(Vec<Segment>, f64)> {
    let whole: String = parts.iter().map(|part| part.text.as_str()).collect();
    let changed: Vec<bool> =
        parts.iter().flat_map(|part| part.text.chars().map(|_| part.changed)).collect();
    let mut marks = changed.into_iter();
    let mut segments = |phrase: &str| {
        let mut segments: Vec<Segment> = Vec::new();
        for (c, changed) in phrase.chars().zip(marks.by_ref()) {
            match segments.last_mut() {
                Some(last) if last.changed == changed => last.text.push(c),
                _ => segments.push(Segment { text: c.to_string(), changed }),
            }
        }
        segments
    };
    phrases(&whole).iter().map(|(phrase, width)| (segments(phrase), *width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_spot_is_not_broken_where_it_fits() {
        let names = |text: &str| -> Vec<String> {
            whole_names(phrases(text)).into_iter().map(|(text, _)| text).collect()
        };
        assert!(
            names("図7の「通いの場」の「当初計画」")
                .iter()
                .any(|name| name.contains("「通いの場」"))
        );
        let long = "図7の「多様な人材が活躍できる環境づくり」";
        assert_eq!(names(long).concat(), long);
        assert!(names(long).len() > 2, "{:?}", names(long));
    }

    fn told(parts: &[(&str, bool)]) -> Vec<String> {
        let parts: Vec<Segment> = parts
            .iter()
            .map(|(text, changed)| Segment { text: (*text).to_owned(), changed: *changed })
            .collect();
        let told = |part: &Segment| match part.changed {
            true => format!("〔{}〕", part.text),
            false => part.text.clone(),
        };
        phrases_of(&parts).iter().map(|(parts, _)| parts.iter().map(told).collect()).collect()
    }

    #[test]
    fn a_phrase_keeps_what_is_changed_in_it() {
        let parts = [("空き店舗への出店は累計で", false), ("16", true), ("件となった。", false)];
        let phrases = told(&parts);
        assert_eq!(phrases.concat(), "空き店舗への出店は累計で〔16〕件となった。");
        assert!(phrases.contains(&"〔16〕件と".to_owned()), "{phrases:?}");
        assert!(told(&[]).is_empty());
    }
}
