//! How an edition was made, as an in-toto statement (v1) with SLSA provenance (v1) in it.

use serde_json::{Value, json};

use super::edition_files::{FONTS, LIBRARIES, REPORT, TEMPLATE};
use crate::record::BuildRecord;
use soukatsu_core::model::digest::sha256;

/// The statement: what was made, from what, by which program with which options.
///
/// `outputs`: the files that were made, by their path in the payload, with their bytes.
pub fn statement(record: &BuildRecord, outputs: &[(&str, &[u8])]) -> String {
    let resource = |name: String, digest: &str| json!({"name": name, "digest": {"sha256": digest}});
    let subjects: Vec<Value> =
        outputs.iter().map(|(name, bytes)| resource((*name).to_owned(), &sha256(bytes))).collect();
    let mut inputs: Vec<Value> = record
        .files
        .iter()
        .map(|file| resource(format!("{REPORT}/{}", file.path), &file.sha256))
        .collect();
    let template = record.template.files.iter();
    inputs.extend(template.map(|(path, digest)| resource(format!("{TEMPLATE}/{path}"), digest)));
    let mut fonts: Vec<&str> = record.fonts.iter().map(|font| font.sha256.as_str()).collect();
    fonts.dedup();
    inputs.extend(fonts.iter().map(|digest| resource(FONTS.to_owned(), digest)));
    inputs.push(resource(LIBRARIES.to_owned(), &record.engine.lock_sha256));
    let statement = json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subjects,
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "urn:soukatsu:build:1",
                "externalParameters": {
                    "command": "soukatsu build --official",
                    "options": record.options,
                    "title": record.title,
                    "edition": record.edition,
                    "date": record.date,
                    "content": record.content,
                },
                "resolvedDependencies": inputs,
            },
            "runDetails": {
                "builder": {
                    "id": "urn:soukatsu:builder",
                    "version": {
                        (record.engine.name.clone()): record.engine.version,
                        "source-sha256": record.engine.source_sha256,
                    },
                },
            },
        },
    });
    serde_json::to_string_pretty(&statement).map_or_else(|e| e.to_string(), |text| text + "\n")
}
