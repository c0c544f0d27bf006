//! `[official]` of report.toml and approvals.toml: what an official version asks for.

use std::collections::BTreeSet;

use super::fields::{Fields, with_suggestion};
use super::limits::{MOST_APPROVALS, too_many};
use super::reader::Reader;
use crate::load::{Node, Placed, read_toml};
use crate::model::official::{APPROVALS, Approval, Blocking, Official};
use crate::problem::{Code, Place, Problem};

/// So many digits of a content hash name it well enough.
const SHORTEST_HASH: usize = 8;
const LONGEST_HASH: usize = 64;

impl Reader<'_> {
    /// Reads `[official]`; without it every warning blocks and nobody has to approve.
    pub(super) fn official(&mut self, node: Option<&Placed<Node>>) -> Official {
        let mut official = Official::default();
        if let Some(node) = node
            && let Some(fields) = Fields::new("[official]", node, &mut self.problems)
        {
            official.blocking = blocking(&fields, &mut self.problems);
            official.required =
                fields.texts("approvals", "[\"総務課長\", \"副市長\"]", &mut self.problems);
            fields.finish(&mut self.problems);
        }
        if self.folder.holds(APPROVALS) {
            official.approvals = self.approvals();
        }
        official
    }

    fn approvals(&mut self) -> Vec<Approval> {
        let Some(text) = self.read_text(APPROVALS, &Place::file(APPROVALS)) else {
            return Vec::new();
        };
        let root = match read_toml(APPROVALS, &text) {
            Ok(root) => root,
            Err(problems) => {
                self.problems.extend(problems);
                return Vec::new();
            }
        };
        let problems = &mut self.problems;
        let Some(root) = Fields::new(APPROVALS, &root, problems) else { return Vec::new() };
        let tables = root.tables("approval", problems);
        if let Some(first) = tables.get(MOST_APPROVALS) {
            problems.push(too_many(
                "[[approval]] ",
                "個",
                MOST_APPROVALS,
                tables.len(),
                &first.place,
            ));
        }
        let tables = tables.iter().take(MOST_APPROVALS);
        let approvals = tables.filter_map(|node| approval(node, problems)).collect();
        root.finish(problems);
        approvals
    }
}

/// `blocking = "all"`, or the codes of some warnings.
fn blocking(fields: &Fields<'_>, problems: &mut Vec<Problem>) -> Blocking {
    let Some(node) = fields.node("blocking") else { return Blocking::All };
    if let Node::Text(text) = &node.value {
        if text != "all" {
            problems.push(
                Problem::error(Code::WrongValue, node.place.clone())
                    .text(text)
                    .message("「blocking」に使えない値です")
                    .expected("\"all\" か、問題の番号の配列（例 [\"S405\", \"S912\"]）"),
            );
        }
        return Blocking::All;
    }
    let mut codes = BTreeSet::new();
    for (text, place) in fields.texts("blocking", "[\"S405\", \"S912\"]", problems) {
        match Code::ALL.iter().find(|(_, name)| *name == text) {
            Some((code, _)) => {
                codes.insert(*code);
            }
            None => {
                let problem = Problem::error(Code::WrongValue, place)
                    .text(&text)
                    .message("「blocking」に、ない番号があります")
                    .expected("問題の番号（`soukatsu explain` で一覧が出ます）");
                let known = Code::ALL.iter().map(|(_, name)| *name);
                problems.push(with_suggestion(problem, &text, known));
            }
        }
    }
    Blocking::Only(codes)
}

fn approval(node: &Placed<Node>, problems: &mut Vec<Problem>) -> Option<Approval> {
    let fields = Fields::new("[[approval]]", node, problems)?;
    let role = fields.required("role", problems);
    let name = fields.required("name", problems);
    let date = fields.date("date", problems);
    let content = fields.filled("content", problems);
    let content = content.map(|(text, place)| hash_beginning(&text, place, problems));
    let place = node.place.clone();
    fields.finish(problems);
    let content = match content {
        Some(hash) => Some(hash?),
        None => None,
    };
    Some(Approval { role: role?.0, name: name?.0, date: date?, content, place })
}

fn hash_beginning(text: &str, place: Place, problems: &mut Vec<Problem>) -> Option<String> {
    let hash = text.trim().to_ascii_lowercase();
    let fits = (SHORTEST_HASH..=LONGEST_HASH).contains(&hash.len());
    if fits && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(hash);
    }
    problems.push(
        Problem::error(Code::WrongValue, place)
            .text(text)
            .message("「content」が内容の番号になっていません")
            .expected("0–9とa–fの8桁以上（例 content = \"3f2a9c1b\"）")
            .hint("今の内容の番号は `soukatsu build --official` が示します"),
    );
    None
}
