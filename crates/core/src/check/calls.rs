//! Calls that are none, and marks of the text that do nothing.

use std::collections::BTreeSet;

use crate::model::call::{CALLS, CallKind, Piece, call_kind};
use crate::model::report::Report;
use crate::problem::{Code, Problem, closest, did_you_mean};

/// Names of calls that neither the engine nor Typst has.
pub(super) fn names(report: &Report, library: &BTreeSet<String>, problems: &mut Vec<Problem>) {
    for prose in report.prose.iter().filter(|prose| !prose.broken) {
        for call in &prose.calls {
            let name = call.name.as_str();
            let own = prose.has_unknown_names || prose.own_names.contains(name);
            if call_kind(name).is_some() || own || library.contains(name) {
                continue;
            }
            let near = closest(name, CALLS.iter().map(|(known, _)| *known));
            problems.push(
                Problem::error(Code::Prose, call.place.clone())
                    .text(name)
                    .message(format!("「{name}」という名前はありません"))
                    .hint(match near {
                        Some(near) => did_you_mean(name, near),
                        None => "使える名前と書き方は docs/prose.md にあります".to_owned(),
                    }),
            );
        }
        let empty = prose.calls.iter().filter(|call| {
            call.name == "指標表"
                && call_kind(&call.name) == Some(CallKind::Block)
                && call.arguments.is_empty()
        });
        for call in empty {
            problems.push(
                Problem::error(Code::WrongCall, call.place.clone())
                    .text(&call.name)
                    .message("表にする指標が書かれていません")
                    .expected("#指標表(\"指標名\")")
                    .hint("載せる指標の名前か略称を、順に書いてください"),
            );
        }
    }
}

/// =見出し without its blank: printed as it stands.
pub(super) fn marks(report: &Report, problems: &mut Vec<Problem>) {
    for prose in report.prose.iter().filter(|prose| !prose.broken) {
        for piece in prose.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces) {
            let Piece::Text { text, place, offset, .. } = piece else { continue };
            let mark: String = text.chars().take_while(|c| matches!(c, '=' | '＝')).collect();
            if mark.is_empty() || text.len() == mark.len() {
                continue;
            }
            let before = prose.text[..*offset].trim_end_matches([' ', '\t', '\u{3000}']);
            if !before.is_empty() && !before.ends_with('\n') {
                continue;
            }
            problems.push(
                Problem::warning(Code::Prose, place.clone())
                    .text(text)
                    .message(format!("「{mark}」の後に半角の空白がなく、見出しになりません"))
                    .expected(format!(
                        "{} {}",
                        mark.replace('＝', "="),
                        text[mark.len()..].trim_start()
                    ))
                    .hint("見出しは、半角の = の後に半角の空白を置きます"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::read_prose;

    fn unknown(text: &str) -> Vec<String> {
        let import = "#import \"/template/author.typ\": *\n";
        let (prose, problems) = read_prose("a.typ", &format!("{import}{text}"));
        assert_eq!(problems, []);
        let report = Report { prose: vec![prose], ..Report::default() };
        let library = BTreeSet::from(["skew".to_owned()]);
        let mut problems = Vec::new();
        names(&report, &library, &mut problems);
        problems.into_iter().filter_map(|problem| problem.text).collect()
    }

    #[test]
    fn names_of_the_library_and_of_the_file_itself_are_known() {
        for text in [
            "#skew(ax: 1deg)[本文]",
            "#let 印(x) = [x]\n#印(1)",
            "#let 印 = x => [x]\n#印(1)",
            "#let (甲, (乙,)) = (x => x, (x => x,))\n#甲(1)#乙(1)",
            "#let 二度(f, ..more, g: x => x) = f(g(more(1)))",
            "#for f in (x => x,) [#f(1)]",
            "#import \"/template/a.typ\": 印, b as 判\n#印(1)#判(1)",
            "#import \"/template/a.typ\" as 印\n#印(1)",
            "#import calc: *\n#abs(1)",
        ] {
            assert_eq!(unknown(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn other_names_are_told() {
        for text in ["#印(1)", "// #let 印(x) = x\n#印(1)", "#let 印鑑(x) = x\n#印(1)"] {
            assert_eq!(unknown(text), ["印"], "{text}");
        }
    }
}
