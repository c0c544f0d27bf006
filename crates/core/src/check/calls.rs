//! Calls that are none, and marks of the text that do nothing.

use crate::model::call::{CALLS, CallKind, Piece, call_kind};
use crate::model::report::Report;
use crate::problem::{Code, Problem, closest};

use super::sentences::Sentence;

/// Functions of Typst that prose may use at its own risk.
const TYPST: [&str; 82] = [
    "align",
    "array",
    "assert",
    "bibliography",
    "block",
    "box",
    "bytes",
    "circle",
    "cite",
    "cmyk",
    "colbreak",
    "color",
    "columns",
    "counter",
    "csv",
    "curve",
    "datetime",
    "dictionary",
    "document",
    "ellipse",
    "emph",
    "enum",
    "eval",
    "figure",
    "float",
    "footnote",
    "grid",
    "h",
    "heading",
    "hide",
    "highlight",
    "image",
    "int",
    "json",
    "label",
    "layout",
    "line",
    "linebreak",
    "link",
    "list",
    "locate",
    "lorem",
    "lower",
    "luma",
    "measure",
    "metadata",
    "move",
    "numbering",
    "outline",
    "overline",
    "pad",
    "page",
    "pagebreak",
    "panic",
    "par",
    "parbreak",
    "place",
    "polygon",
    "query",
    "quote",
    "range",
    "raw",
    "read",
    "rect",
    "ref",
    "regex",
    "repeat",
    "repr",
    "rgb",
    "rotate",
    "scale",
    "smallcaps",
    "smartquote",
    "square",
    "stack",
    "state",
    "str",
    "strike",
    "strong",
    "sub",
    "super",
    "underline",
];
const MORE: [&str; 8] = ["table", "terms", "text", "title", "toml", "upper", "v", "yaml"];

/// Names of calls that neither the engine nor Typst has.
pub(super) fn names(report: &Report, problems: &mut Vec<Problem>) {
    for prose in report.prose.iter().filter(|prose| !prose.broken) {
        for call in &prose.calls {
            let name = call.name.as_str();
            let own = prose.text.contains(&format!("let {name}"));
            if call_kind(name).is_some() || own || TYPST.contains(&name) || MORE.contains(&name) {
                continue;
            }
            let near = closest(name, CALLS.iter().map(|(known, _)| *known));
            problems.push(
                Problem::error(Code::Prose, call.place.clone())
                    .text(name)
                    .message(format!("「{name}」という名前はありません"))
                    .hint(match near {
                        Some(near) => format!("「{near}」ではありませんか"),
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

/// =見出し without its blank, and 【図１】 in full width: printed as they stand.
pub(super) fn marks(report: &Report, sentences: &[Sentence], problems: &mut Vec<Problem>) {
    for prose in report.prose.iter().filter(|prose| !prose.broken) {
        for piece in prose.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces) {
            let Piece::Text { text, place, offset, .. } = piece else { continue };
            let line = prose.text[..*offset].rsplit('\n').next().unwrap_or_default();
            let mark: String = text.chars().take_while(|c| matches!(c, '=' | '＝')).collect();
            if !line.trim().is_empty() || mark.is_empty() || text.len() == mark.len() {
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
    for sentence in sentences {
        for (at, mark) in sentence.text.match_indices("【図") {
            let body = &sentence.text[at + mark.len()..];
            let Some(end) = body.find('】') else { continue };
            let wide = |c: char| matches!(c, '０'..='９' | '－' | '−' | '‐' | '–' | 'ー');
            if body[..end].contains(wide) {
                let text = format!("【図{}】", &body[..end]);
                let half: String = text
                    .chars()
                    .map(|c| match c {
                        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
                        c if wide(c) => '-',
                        c => c,
                    })
                    .collect();
                problems.push(
                    Problem::warning(Code::UnknownFigure, sentence.place(at))
                        .text(&text)
                        .message(format!("「{text}」は全角の数字なので、図へのリンクになりません"))
                        .expected(&half)
                        .hint("図の番号は半角の数字で書いてください"),
                );
            }
        }
    }
}
