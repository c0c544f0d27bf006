//! What an edition holds of its making: the PDF, the choices, what was known and accepted, who
//! signed.

use serde_json::{Value, json};

use super::edition_words::option_words;
use super::findings::signed_json;
use crate::archive::edition_files::{CHANGES, CHANGES_JSON, PDF, PROBLEMS, in_payload};
use crate::archive::{Edition, Signature, Signers, Store, record, signatures};
use crate::export::Pages;
use crate::record::{BuildRecord, short};
use soukatsu_core::model::digest::sha256;
use soukatsu_core::problem::{Place, Problem, printable};

/// What was read of an edition, or in Japanese why it could not be.
pub struct EditionFacts {
    pdf: Result<PdfFacts, String>,
    record: Result<BuildRecord, String>,
    /// What was known and accepted; see [`PROBLEMS`].
    accepted: Result<Value, String>,
    /// Of the second edition on.
    changes: Option<Value>,
    signatures: Vec<Signature>,
    /// What is wrong with the store's list of signers.
    pub signers_faults: Vec<Problem>,
}

struct PdfFacts {
    sha256: String,
    /// In bytes.
    size: usize,
    pages: Option<usize>,
}

impl EditionFacts {
    /// Reads it.
    pub fn of(store: &Store, edition: &Edition) -> Self {
        let (signers, signers_faults) = match store.signers() {
            Ok(signers) => (signers, Vec::new()),
            Err(faults) => (Signers::default(), faults),
        };
        let json = |path: &str| {
            let text = edition.text(path)?;
            serde_json::from_str(&text).map_err(|_| format!("{path} を読めません"))
        };
        EditionFacts {
            pdf: edition.pdf().map(|bytes| PdfFacts {
                sha256: sha256(&bytes),
                size: bytes.len(),
                pages: Pages::of_pdf(bytes, "").ok().map(|pages| pages.count()),
            }),
            record: record(edition),
            accepted: json(PROBLEMS),
            changes: json(&format!("{CHANGES}/{CHANGES_JSON}")).ok(),
            signatures: signatures(edition, &signers),
            signers_faults,
        }
    }

    /// Adds it to what the edition says of itself.
    pub fn put_into(&self, whole: &mut Value) {
        whole["pdf"] = self.pdf.as_ref().map_or(Value::Null, |pdf| {
            json!({"file": in_payload(PDF), "sha256": pdf.sha256, "size": pdf.size, "pages": pdf.pages})
        });
        whole["options"] = self.record.as_ref().map_or(Value::Null, |record| json!(record.options));
        for (key, part) in
            [("provisional", "provisional"), ("accepted", "problems"), ("approvals", "approvals")]
        {
            let part = self.accepted.as_ref().ok().and_then(|accepted| accepted.get(part));
            whole[key] = part.cloned().unwrap_or_default();
        }
        let signature = |signature: &Signature| {
            let mut told = match &signature.outcome {
                Ok(signed) => signed_json(signed),
                Err(problem) => json!({"fault": problem.message}),
            };
            told["file"] = (*signature.place.file).into();
            told["holds"] = signature.outcome.is_ok().into();
            told
        };
        whole["signatures"] = self.signatures.iter().map(signature).collect();
        whole["changes"] = self.changes.clone().unwrap_or_default();
    }

    /// Names and values, for people.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let mut rows = Vec::new();
        let approvals = self.list("approvals").iter();
        rows.extend(approvals.map(|approval| ("報告書内の承認", approval_words(approval))));
        rows.extend(self.signatures.iter().map(|signature| ("署名", signature.to_string())));
        if self.signatures.is_empty() {
            rows.push(("署名", "なし".to_owned()));
        }
        match &self.pdf {
            Ok(pdf) => {
                let pages = pdf.pages.map_or(String::new(), |pages| format!("、{pages}ページ"));
                rows.push((
                    "PDF",
                    format!("{}（{}バイト{pages}）", in_payload(PDF), grouped(pdf.size)),
                ));
                rows.push(("PDFのSHA-256", pdf.sha256.clone()));
            }
            Err(reason) => rows.push(("PDF", unread(reason))),
        }
        match &self.record {
            Ok(record) => {
                rows.push(("作り方の選択", printable(&option_words(&record.options).join("、"))))
            }
            Err(reason) => rows.push(("作り方の選択", unread(reason))),
        }
        rows.push(("仮のデータ", self.provisional()));
        let count = self.list("problems").len();
        rows.push((
            "認めた問題",
            match (&self.accepted, count) {
                (Err(reason), _) => unread(reason),
                (Ok(_), 0) => "なし".to_owned(),
                (Ok(_), count) => format!("{count}件（下に示します）"),
            },
        ));
        rows
    }

    /// The problems that were accepted: two lines each.
    pub fn accepted_lines(&self) -> Vec<String> {
        self.list("problems")
            .iter()
            .flat_map(|problem| {
                let severity = match text(problem, "severity") {
                    "error" => "誤り",
                    "warning" => "注意",
                    _ => "助言",
                };
                let (code, message) = (text(problem, "code"), text(problem, "message"));
                [format!("{severity}[{code}] {message}"), format!("  場所 {}", place(problem))]
            })
            .map(|line| format!("  {}", printable(&line)))
            .collect()
    }

    fn list(&self, part: &str) -> &[Value] {
        let accepted = self.accepted.as_ref().ok();
        accepted.and_then(|accepted| accepted[part].as_array()).map_or(&[], Vec::as_slice)
    }

    fn provisional(&self) -> String {
        if let Err(reason) = &self.accepted {
            return unread(reason);
        }
        let names: Vec<&str> = self.list("provisional").iter().filter_map(Value::as_str).collect();
        match names.is_empty() {
            true => "なし".to_owned(),
            false => format!("含む（{}）", printable(&names.join("、"))),
        }
    }
}

fn unread(reason: &str) -> String {
    format!("（読めません：{}）", printable(reason))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Where an accepted problem stands: `report.toml:3:1`.
fn place(problem: &Value) -> String {
    let number = |key: &str| problem[key].as_u64().and_then(|number| u32::try_from(number).ok());
    let word = |key: &str| problem[key].as_str().map(Into::into);
    let place = Place {
        sheet: word("sheet"),
        line: number("line"),
        column: number("column"),
        cell: word("cell"),
        ..Place::file(text(problem, "file"))
    };
    place.located()
}

/// `市長 見本太郎（2026-07-16、内容 3f2a9c1b）`.
fn approval_words(approval: &Value) -> String {
    let content = match approval["content"].as_str() {
        Some(content) => format!("内容の番号 {}", short(content)),
        None => "内容の番号の指定なし".to_owned(),
    };
    let [role, name, date] = ["role", "name", "date"].map(|key| text(approval, key));
    printable(&format!("{role} {name}（{date}、{content}）"))
}

/// `179,213`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
