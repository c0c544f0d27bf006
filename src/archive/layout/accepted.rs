//! What was found at the making of an edition and accepted.

use serde_json::{Value, json};

use crate::official::unsettled;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Problem;

/// Problems that stop nothing, data that is not final, approvals: as JSON.
pub fn accepted(report: &Report, problems: &[Problem]) -> String {
    let approvals = report.official.approvals.iter();
    let approvals: Vec<Value> = approvals
        .map(|approval| {
            json!({
                "role": approval.role, "name": approval.name, "date": approval.date.iso(),
                "content": approval.content,
            })
        })
        .collect();
    let provisional: Vec<String> = unsettled(report).into_iter().map(|one| one.name).collect();
    let whole = json!({
        "problems": problems, "provisional": provisional, "approvals": approvals,
    });
    serde_json::to_string_pretty(&whole).map_or_else(|e| e.to_string(), |text| text + "\n")
}
