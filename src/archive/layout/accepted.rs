//! What was found at the making of an edition and accepted.

use serde_json::{Value, json};

use crate::app::Build;
use crate::official::unsettled;

/// Problems that stop nothing, data that is not final, approvals: as JSON.
pub fn accepted(outcome: &Build) -> String {
    let report = outcome.report.as_ref();
    let approvals: Vec<Value> = report
        .iter()
        .flat_map(|report| &report.official.approvals)
        .map(|approval| {
            json!({
                "role": approval.role, "name": approval.name, "date": approval.date.iso(),
                "content": approval.content,
            })
        })
        .collect();
    let provisional: Vec<String> = report
        .map(|report| unsettled(report).into_iter().map(|one| one.name).collect())
        .unwrap_or_default();
    let whole = json!({
        "problems": outcome.problems, "provisional": provisional, "approvals": approvals,
    });
    serde_json::to_string_pretty(&whole).map_or_else(|e| e.to_string(), |text| text + "\n")
}
