//! Prose files: what they call, what they cite, and where each text stands.

use typst_syntax::{DiagSpanKind, LinkedNode, SyntaxDiagnostic, SyntaxKind, SyntaxNode, ast};

use super::citations::citations;
use super::own_names::{AUTHOR, imports_author, take_own_names};
use super::paragraphs::paragraphs;
use super::prose_pitfalls::{is_bare_name, vanishing, wide_signs};
use super::reader::Reader;
use super::scan::Scan;
use crate::model::call::{Argument, Call, Expr, call_kind};
use crate::model::report::{Prose, Report};
use crate::problem::{Code, Place, Problem, typst_message};

impl Reader<'_> {
    /// Reads the prose of every page.
    pub(super) fn prose(&mut self, sources: &[(String, Place)], report: &mut Report) {
        for (file, place) in sources {
            let prose = match self.read_text(file, place) {
                Some(text) => {
                    let Scanned { prose, texts, problems } = scanned(file, &text);
                    self.texts.extend(texts);
                    self.problems.extend(problems);
                    prose
                }
                None => Prose { file: file.clone(), broken: true, ..Prose::default() },
            };
            report.prose.push(prose);
        }
    }
}

/// Reads one prose file: what is in it, and what is wrong with it.
pub fn read_prose(file: &str, text: &str) -> (Prose, Vec<Problem>) {
    let Scanned { prose, problems, .. } = scanned(file, text);
    (prose, problems)
}

#[derive(Clone)]
struct Scanned {
    prose: Prose,
    texts: Vec<(String, Place)>,
    problems: Vec<Problem>,
}

/// What is found in one file. Remembered, because most files are the same in the next build.
#[comemo::memoize]
fn scanned(file: &str, text: &str) -> Scanned {
    let scan = Scan::new(file, text);
    let mut prose = Prose { file: file.to_owned(), text: text.to_owned(), ..Prose::default() };
    let (mut texts, mut problems) = (Vec::new(), Vec::new());
    scan.walk(&LinkedNode::new(scan.source.root()), &mut prose, &mut texts, &mut problems);
    prose.paragraphs = paragraphs(&scan, &prose.calls);
    let cited = citations(&prose.paragraphs, &prose.calls);
    (prose.citations, prose.table_citations) = (cited.figures, cited.tables);
    let (errors, _) = scan.source.root().errors_and_warnings();
    prose.broken = !errors.is_empty();
    problems.extend(errors.iter().map(|error| scan.syntax_error(error)));
    let calls = prose.calls.iter().any(|call| call_kind(&call.name).is_some());
    if calls && !imports_calls(scan.source.root()) {
        // Without it every call of the file would be a fault of its own.
        prose.broken = true;
        problems.push(
            Problem::error(Code::Prose, scan.place(0))
                .message("1行目に、呼び出しを使うための行がありません")
                .expected(format!("#import \"{AUTHOR}\": *"))
                .hint("この行をファイルの1行目に加えてください"),
        );
    }
    Scanned { prose, texts, problems }
}

/// Whether the file imports what it calls.
fn imports_calls(node: &SyntaxNode) -> bool {
    imports_author(node) || node.children().any(imports_calls)
}

impl Scan {
    fn walk(
        &self,
        node: &LinkedNode<'_>,
        prose: &mut Prose,
        texts: &mut Vec<(String, Place)>,
        problems: &mut Vec<Problem>,
    ) {
        if let Some((message, hint)) = vanishing(node) {
            let whole = node.get().full_text();
            let problem = Problem::error(Code::Prose, self.place(node.offset()))
                .text(whole.lines().next().unwrap_or_default())
                .message(message)
                .hint(hint);
            problems.push(problem);
        }
        take_own_names(node, prose);
        match node.kind() {
            SyntaxKind::Text | SyntaxKind::Str if !node.get().leaf_text().is_ascii() => {
                let text = node.get().leaf_text();
                texts.push((text.to_string(), self.place(node.offset())));
                let signs = wide_signs(text).map(|at| self.place(node.offset() + at));
                prose.bare_names.extend(signs.map(|place| ("＃".to_owned(), place)));
            }
            SyntaxKind::Escape => {
                // \u{…} names a character that must have a glyph like any other.
                if let Some(escape) = node.cast::<ast::Escape>() {
                    texts.push((escape.get().to_string(), self.place(node.offset())));
                }
            }
            SyntaxKind::Ident if is_bare_name(node, self.source.text()) => {
                let name = node.get().leaf_text().to_string();
                prose.bare_names.push((name, self.place(node.offset())));
            }
            SyntaxKind::FuncCall => {
                let call = self.call(node);
                let depth = call.as_ref().and_then(|call| heading_depth(&call.name));
                prose.headings.extend(depth.map(|depth| (depth, self.place(node.offset()))));
                prose.calls.extend(call);
            }
            SyntaxKind::Heading => {
                let depth = node.cast::<ast::Heading>().map_or(1, |heading| heading.depth().get());
                prose.headings.push((depth, self.place(node.offset())));
            }
            _ => {}
        }
        for child in node.children() {
            self.walk(&child, prose, texts, problems);
        }
    }

    fn syntax_error(&self, error: &SyntaxDiagnostic) -> Problem {
        let range = match error.span.get() {
            DiagSpanKind::Number { num, sub_range, .. } => self.source.range(num, sub_range),
            DiagSpanKind::Range { range, .. } => Some(range),
            DiagSpanKind::Detached => None,
        };
        let start = range.as_ref().map_or(0, |range| range.start);
        let text = range.and_then(|range| self.source.text().get(range)).unwrap_or_default();
        Problem::error(Code::Prose, self.place(start))
            .text(text.lines().next().unwrap_or_default())
            .message(typst_message(&error.message))
            .hint("記号 # * _ $ @ < を文字として使うときは、前に \\ を付けてください")
    }

    fn call(&self, node: &LinkedNode<'_>) -> Option<Call> {
        let call = node.cast::<ast::FuncCall>()?;
        let ast::Expr::Ident(name) = call.callee() else { return None };
        let args = node.children().find(|child| child.kind() == SyntaxKind::Args)?;
        let arguments = args.children().filter_map(|child| {
            let place = self.place(child.offset());
            if child.kind() == SyntaxKind::Named {
                let name = child.cast::<ast::Named>()?.name().get().to_string();
                let value = child.children().last().map_or(Expr::Other, |node| self.expr(&node));
                return Some(Argument { name: Some(name), value, place });
            }
            let expr = child.cast::<ast::Expr>()?;
            // The body of a block is no argument that a check could look up.
            (!matches!(expr, ast::Expr::ContentBlock(_))).then(|| Argument {
                name: None,
                value: self.expr(&child),
                place,
            })
        });
        Some(Call {
            name: name.get().to_string(),
            arguments: arguments.collect(),
            place: self.place(node.offset()),
            range: node.range(),
            nested: node.parent().is_some_and(|parent| {
                matches!(parent.kind(), SyntaxKind::Args | SyntaxKind::Named)
            }),
        })
    }

    fn expr(&self, node: &LinkedNode<'_>) -> Expr {
        match node.cast::<ast::Expr>() {
            Some(ast::Expr::Str(text)) => Expr::Text(text.get().to_string()),
            Some(ast::Expr::Int(_) | ast::Expr::Float(_) | ast::Expr::Unary(_)) => {
                Expr::Number(node.get().full_text().replace(" ", "").into())
            }
            Some(ast::Expr::FuncCall(_)) => self.call(node).map_or(Expr::Other, Expr::Call),
            _ => Expr::Other,
        }
    }
}

/// The depth of the headings that blocks set.
fn heading_depth(call: &str) -> Option<usize> {
    match call {
        "取組" => Some(1),
        "総括項目" | "項目" => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With the import at the end, so that places count from the text.
    fn scan(text: &str) -> (Prose, Vec<Problem>) {
        scan_as_is(&format!("{text}\n#import \"/template/author.typ\": *"))
    }

    fn scan_as_is(text: &str) -> (Prose, Vec<Problem>) {
        read_prose("prose/a.typ", text)
    }

    #[test]
    fn calls_are_found_with_their_arguments_and_places() {
        let (prose, problems) =
            scan("率は#値(\"満足度\", \"R6\")。\n#取組(3)[本文#値(\"a\", 区分: \"b\")]");
        assert_eq!(problems, []);
        let names: Vec<_> = prose.calls.iter().map(|call| call.name.as_str()).collect();
        assert_eq!(names, ["値", "取組", "値"]);
        assert_eq!(prose.calls[1].arguments.len(), 1);
        assert_eq!(prose.calls[1].arguments[0].literal(), Some("3"));
        assert_eq!(prose.calls[1].place, Place::at("prose/a.typ", 2, 2));
        assert_eq!(prose.calls[2].arguments[1].name.as_deref(), Some("区分"));
    }

    #[test]
    fn a_call_with_full_width_brackets_is_no_call() {
        let (prose, _) = scan("#値（\"満足度\"、\"R6\"）と#図、＃値、＃5");
        let names: Vec<_> = prose.bare_names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["値", "図", "＃"]);
    }

    #[test]
    fn text_that_typst_would_swallow_is_told() {
        for text in [
            "資料は//server/x にある",
            "本文\n\n/* 閉じない",
            "題名<重要>である",
            "#1位と2位",
            "10~20個",
            "C:\\Users",
            "名 _前_ だ",
        ] {
            assert!(!scan(text).1.is_empty(), "{text}");
        }
        for text in [
            "本文 // 説明",
            "// 説明\n本文",
            "/* 説明 */ 本文",
            "\\<x\\> \\#1 \\~ \\u{3042}",
            "https://example.jp/a",
        ] {
            assert_eq!(scan(text).1, [], "{text}");
        }
    }

    #[test]
    fn a_file_without_its_import_is_told_once() {
        let (prose, problems) = scan_as_is("#値(\"a\", \"R6\")と#値(\"b\", \"R6\")");
        assert!(prose.broken);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn citations_are_found_in_brackets_only() {
        let (prose, _) = scan("推移【図6-1】と図7、【図8、図9】【注】。");
        let numbers: Vec<_> = prose.citations.iter().map(|(number, _)| number.as_str()).collect();
        assert_eq!(numbers, ["6-1", "8", "9"]);
    }

    #[test]
    fn citations_are_of_what_is_printed() {
        let cited = |text: &str| -> Vec<(String, String)> {
            let citations = scan(text).0.citations.into_iter();
            citations.map(|(number, place)| (number, place.to_string())).collect()
        };
        let at = |number: &str, place: &str| (number.to_owned(), format!("prose/a.typ:{place}"));
        for text in [
            "本文 // 【図99】",
            "本文/* 【図99】 */である",
            "`【図99】`",
            "#let x = \"【図99】\"",
            "#値(\"【図99】\", \"R6\")",
        ] {
            assert_eq!(cited(text), [], "{text}");
        }
        assert_eq!(cited("推移【図8、\n図9】"), [at("8", "1:3"), at("9", "1:3")]);
        assert_eq!(cited("/* 【図1】 */推移【図2】"), [at("2", "1:13")]);
        assert_eq!(
            cited("#総括項目(\"【図1】\")[*太字*【図2】]"),
            [at("1", "1:8"), at("2", "1:19")]
        );
        assert_eq!(cited("#text(\"題【図1】\")"), [at("1", "1:9")]);
    }

    #[test]
    fn an_import_in_a_comment_is_none() {
        let (prose, problems) =
            scan_as_is("// #import \"/template/author.typ\": *\n#値(\"a\", \"R6\")");
        assert!(prose.broken);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn all_syntax_errors_of_a_file_are_told_at_once() {
        let (prose, problems) = scan("#値(\"a\"\n\n*太字\n\n#取組(1)[x");
        assert!(prose.broken);
        assert!(problems.len() >= 2, "{problems:#?}");
        assert!(problems.iter().all(|problem| problem.place.line.is_some()));
    }
}
