//! Names that a prose file gives to itself: `#let`, parameters, loops, imports.

use typst_syntax::{LinkedNode, SyntaxNode, ast, ast::AstNode};

use crate::model::report::Prose;

/// The module that every prose file imports; its names are those of
/// [`CALLS`](crate::model::call::CALLS).
pub(super) const AUTHOR: &str = "/template/author.typ";

/// Takes the names in that one node defines.
pub(super) fn take_own_names(node: &LinkedNode<'_>, prose: &mut Prose) {
    let node = node.get();
    let found: Vec<ast::Ident<'_>> = if let Some(binding) = node.cast::<ast::LetBinding<'_>>() {
        binding.kind().bindings()
    } else if let Some(closure) = node.cast::<ast::Closure<'_>>() {
        closure.params().children().flat_map(parameter).collect()
    } else if let Some(each) = node.cast::<ast::ForLoop<'_>>() {
        each.pattern().bindings()
    } else if let Some(import) = node.cast::<ast::ModuleImport<'_>>() {
        imported(import, prose)
    } else {
        return;
    };
    prose.own_names.extend(found.into_iter().map(|name| name.get().to_string()));
}

fn parameter(parameter: ast::Param<'_>) -> Vec<ast::Ident<'_>> {
    match parameter {
        ast::Param::Pos(pattern) => pattern.bindings(),
        ast::Param::Named(named) => vec![named.name()],
        ast::Param::Spread(spread) => spread.sink_ident().into_iter().collect(),
    }
}

fn imported<'a>(import: ast::ModuleImport<'a>, prose: &mut Prose) -> Vec<ast::Ident<'a>> {
    let mut names: Vec<_> = import.new_name().into_iter().collect();
    match import.imports() {
        Some(ast::Imports::Items(items)) => {
            names.extend(items.iter().map(|item| item.bound_name()))
        }
        Some(ast::Imports::Wildcard) => match imports_author(import.to_untyped()) {
            true => {}
            false => prose.has_unknown_names = true,
        },
        None => {}
    }
    names
}

/// Whether a node is the import by which a prose file gets its calls.
pub(super) fn imports_author(node: &SyntaxNode) -> bool {
    let import = node.cast::<ast::ModuleImport<'_>>();
    import.is_some_and(
        |import| matches!(import.source(), ast::Expr::Str(path) if path.get() == AUTHOR),
    )
}
