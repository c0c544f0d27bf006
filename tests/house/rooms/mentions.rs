//! Every name that the code of a module mentions, as it is written there.
//!
//! Sees `use` with nested braces, paths in code and types, in macros and in attributes, macros
//! themselves, and methods with what is known of their receivers.

use std::collections::HashSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ImplItem, Item, Signature, Token, UseTree, Visibility};

use super::sources::is_test;
use super::values::{Locals, Path, Value, segments, type_path};

#[derive(Debug)]
pub struct Mention {
    pub what: What,
    pub test: bool,
}

#[derive(Debug)]
pub enum What {
    Path(Path),
    /// `public` is said of `pub use`, of `pub(super) use` too.
    Use {
        path: Path,
        public: bool,
    },
    /// Without its `!`.
    Macro(Path),
    /// `on` is the receiver, where something is known of it.
    Method {
        on: Option<Value>,
        name: String,
    },
    /// A string literal or a doc comment.
    Text(String),
}

/// One name that a `use` brings in; a glob has none.
pub struct Import {
    pub path: Path,
    pub name: Option<String>,
    pub public: bool,
}

/// What the items of a module mention.
pub fn mentions(items: &[Item], test: bool) -> Vec<Mention> {
    let mut reader = Reader { test, ..Reader::default() };
    items.iter().for_each(|item| reader.visit_item(item));
    reader.found
}

/// The imports of one `use`, its braces taken apart.
pub fn imports(item: &syn::ItemUse) -> Vec<Import> {
    let mut found = Vec::new();
    let public = !matches!(item.vis, Visibility::Inherited);
    take_apart(&item.tree, &mut Vec::new(), public, &mut found);
    found
}

fn take_apart(tree: &UseTree, before: &mut Path, public: bool, found: &mut Vec<Import>) {
    let import = |before: &Path, last: &syn::Ident, name: String| {
        let mut path = before.clone();
        // `a::{self}` is `a`.
        if last != "self" || path.is_empty() {
            path.push(last.to_string());
        }
        let name = if name == "self" { path.last().cloned() } else { Some(name) };
        Import { path, name, public }
    };
    match tree {
        UseTree::Path(step) => {
            before.push(step.ident.to_string());
            take_apart(&step.tree, before, public, found);
            before.pop();
        }
        UseTree::Name(name) => {
            found.push(import(before, &name.ident, name.ident.to_string()));
        }
        UseTree::Rename(name) => {
            found.push(import(before, &name.ident, name.rename.to_string()));
        }
        UseTree::Glob(_) => found.push(Import { path: before.clone(), name: None, public }),
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| take_apart(tree, before, public, found));
        }
    }
}

#[derive(Default)]
struct Reader {
    test: bool,
    /// What is known of the values of the function that is read, and all its local names.
    locals: Locals,
    names: HashSet<String>,
    found: Vec<Mention>,
}

impl Reader {
    fn note(&mut self, what: What) {
        self.found.push(Mention { what, test: self.test });
    }

    fn path(&mut self, path: Path) {
        if path.len() == 1 && self.names.contains(&path[0]) {
            return;
        }
        if let Some(path) = self.locals.absolute(path) {
            self.note(What::Path(path));
        }
    }

    /// Reads a part that is test code where its attributes say so.
    fn within(&mut self, attributes: &[Attribute], read: impl FnOnce(&mut Self)) {
        let before = self.test;
        self.test |= is_test(attributes);
        read(self);
        self.test = before;
    }

    fn function(&mut self, signature: &Signature, read: impl FnOnce(&mut Self)) {
        let before = (self.locals.clone(), self.names.clone());
        self.locals.enter(signature);
        read(self);
        (self.locals, self.names) = before;
    }

    /// Paths among tokens that follow no grammar known here.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Path = Vec::new();
        let mut before = String::new();
        // Whether a `::` stands behind the path so far; a path that begins with one is whole too.
        let mut open = false;
        for token in tokens {
            let text = token.to_string();
            match &token {
                TokenTree::Ident(_) if open && !path.is_empty() => {
                    path.push(text.clone());
                    open = false;
                }
                TokenTree::Ident(_) if before != "." && before != "'" => {
                    self.tokens_end(&mut path);
                    path = vec![text.clone()];
                    open = false;
                }
                TokenTree::Punct(_) if text == ":" => open = before == ":",
                _ => {
                    let called = matches!(&token, TokenTree::Punct(mark)
                        if mark.as_char() == '!' && mark.spacing() == Spacing::Alone);
                    if called && !path.is_empty() {
                        self.note(What::Macro(std::mem::take(&mut path)));
                    }
                    self.tokens_end(&mut path);
                    open = false;
                    match token {
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        TokenTree::Literal(literal) => self.literal(&literal.to_string()),
                        _ => {}
                    }
                }
            }
            before = text;
        }
        self.tokens_end(&mut path);
    }

    fn tokens_end(&mut self, path: &mut Path) {
        let path = std::mem::take(path);
        if !path.is_empty() {
            self.path(path);
        }
    }

    fn literal(&mut self, token: &str) {
        let Ok(text) = syn::parse_str::<syn::LitStr>(token) else { return };
        // serde takes paths as strings: `#[serde(with = "crate::dates")]`.
        if let (true, Ok(path)) = (text.value().contains("::"), text.parse()) {
            self.path(segments(&path));
        }
        self.note(What::Text(text.value()));
    }
}

/// The attributes of an item of any kind.
fn attributes(item: &Item) -> &[Attribute] {
    macro_rules! of {
        ($($kind:ident)*) => {
            match item { $(Item::$kind(item) => &item.attrs,)* _ => &[] }
        };
    }
    of!(Const Enum Fn Impl Macro Mod Static Struct Trait Type Union Use)
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        self.within(attributes(item), |reader| match item {
            Item::Impl(block) => {
                let before = std::mem::replace(&mut reader.locals.own, type_path(&block.self_ty));
                visit::visit_item(reader, item);
                reader.locals.own = before;
            }
            Item::Fn(function) => {
                reader.function(&function.sig, |reader| visit::visit_item(reader, item));
            }
            _ => visit::visit_item(reader, item),
        });
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        match item {
            ImplItem::Fn(function) => self.within(&function.attrs, |reader| {
                reader.function(&function.sig, |reader| visit::visit_impl_item(reader, item));
            }),
            _ => visit::visit_impl_item(self, item),
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for Import { path, name, public } in imports(item) {
            // The names that a glob brings in are found where they are used.
            if name.is_some() {
                self.note(What::Use { path, public });
            }
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path(segments(path));
        visit::visit_path(self, path);
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.names.insert(pattern.ident.to_string());
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        visit::visit_local(self, local);
        self.locals.bind(local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let on = self.locals.value(&call.receiver);
        self.note(What::Method { on, name: call.method.to_string() });
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.note(What::Macro(segments(&called.path)));
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        match called.parse_body_with(parse) {
            Ok(arguments) => {
                // `name = value` of a format is no assignment to anything in scope.
                for argument in &arguments {
                    match argument {
                        Expr::Assign(named) => self.visit_expr(&named.right),
                        _ => self.visit_expr(argument),
                    }
                }
            }
            Err(_) => self.tokens(called.tokens.clone()),
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match &attribute.meta {
            syn::Meta::List(list) if !attribute.path().is_ident("cfg") => {
                self.tokens(list.tokens.clone());
            }
            syn::Meta::NameValue(pair) => self.visit_expr(&pair.value),
            _ => {}
        }
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.note(What::Text(literal.value()));
    }
}
