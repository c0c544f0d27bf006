//! What was found of a store, as other programs read it.

use serde_json::{Value, json};

use crate::archive::{EditionFinding, Expected, Findings, Signed, Verdict};

/// Everything that was found.
pub fn findings_json(findings: &Findings) -> String {
    let edition = |found: &EditionFinding| {
        json!({
            "number": found.edition.number,
            "digest": found.edition.digest().ok(),
            "problems": found.problems,
            "signed": found.signed.iter().map(signed_json).collect::<Vec<_>>(),
            "rebuilt": found.rebuilt.as_ref().map(Verdict::name),
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
