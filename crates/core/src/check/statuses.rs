//! The names of the statuses: one form in the whole report.

use super::context::Context;
use crate::model::initiative::Status;
use crate::model::report::DataSet;
use crate::problem::{Code, Problem};

/// Other forms of each status.
const VARIANTS: [(Status, &[&str]); 3] = [
    (Status::Implemented, &["実施済み", "実施ずみ"]),
    (Status::Partial, &["一部実施済", "一部実施済み", "一部のみ実施", "一部実施中"]),
    (
        Status::NotYet,
        &[
            "未実施または検討中",
            "未実施もしくは検討中",
            "未実施若しくは検討中",
            "未実施及び検討中",
            "未実施・検討中",
            "未実施、検討中",
            "未実施／検討中",
            "検討中又は未実施",
            "検討中または未実施",
        ],
    ),
];

/// Quoted names of statuses, badges typed by hand, and columns of figures.
pub(super) fn all(context: &Context<'_>, problems: &mut Vec<Problem>) {
    let report = context.report;
    if report.initiatives.is_empty() || report.incomplete.contains(&DataSet::Initiatives) {
        return;
    }
    let literal = || context.sentences.iter();
    for (status, variants) in VARIANTS {
        let name = status.name();
        // A form that report.toml declares is meant.
        let declared = |form: &&str| report.style.terms.iter().any(|term| term == form);
        let variants: Vec<&str> = variants.iter().copied().filter(|form| !declared(form)).collect();
        let quoted = |form: &str| literal().any(|s| s.text.contains(&format!("「{form}」")));
        let forms: Vec<&str> = variants.iter().copied().filter(|form| quoted(form)).collect();
        // One form for the prose may be meant; two of them are not.
        let mixed =
            forms.len() > 1 || (!forms.is_empty() && (quoted(name) || quoted(status.short())));
        for sentence in literal() {
            for form in &variants {
                for (at, _) in sentence.text.match_indices(&format!("「{form}」")) {
                    let heading = sentence.kind == crate::model::call::ParagraphKind::Heading;
                    let at = at + "「".len();
                    let place = sentence.place(at);
                    let problem = match mixed || heading {
                        true => Problem::warning(Code::StatusDrift, place),
                        false => Problem::note(Code::StatusDrift, place),
                    };
                    problems.push(other_form(problem, form, name));
                }
                let badge = format!("【{form}】");
                for (at, _) in sentence.text.match_indices(&badge) {
                    problems.push(badge_by_hand(sentence.place(at), &badge));
                }
            }
            for form in [status.badge(), name, status.short()] {
                let badge = format!("【{form}】");
                if let Some(at) = sentence.text.find(&badge) {
                    problems.push(badge_by_hand(sentence.place(at), &badge));
                }
            }
        }
        for figure in &report.figures {
            let data = &figure.data;
            let names = data.categories.iter().chain(data.series.iter().map(|s| &s.name));
            for form in names.filter(|form| variants.contains(&form.as_str())) {
                let place = data.series.iter().flat_map(|s| s.values.iter().flatten()).next();
                let place = place.map_or(&figure.place, |cell| &cell.place).clone();
                problems.push(other_form(Problem::warning(Code::StatusDrift, place), form, name));
            }
        }
    }
}

fn other_form(problem: Problem, form: &str, name: &str) -> Problem {
    problem
        .text(form)
        .message(format!("実施状況「{form}」は、表では「{name}」と書かれます"))
        .expected(name)
        .hint("1つの資料の中では、同じ語にそろえてください")
}

fn badge_by_hand(place: crate::problem::Place, badge: &str) -> Problem {
    Problem::warning(Code::StatusDrift, place)
        .text(badge)
        .message(format!("実施状況の印「{badge}」が文章に書き込まれています"))
        .expected("#取組(番号)[…]")
        .hint("印は #取組 で取組の表から入ります。書き込んだ印は、表を直しても変わりません")
}
