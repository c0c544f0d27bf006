//! What a path means: the file that defines it, through imports, globs and re-exports.
//!
//! A name counts for the file where its item stands, never for one that passes it on.
//! Private or public makes no difference here; the compiler sees to that.

use std::collections::HashMap;

use syn::visit::Visit;
use syn::{Fields, ImplItem, Item};

use super::mentions::{Import, imports};
use super::sources::Crate;
use super::values::{Path, Step, Value, type_path};

/// A module of any crate, by its place in `Names::modules`.
pub type ModuleId = usize;

pub struct Names {
    pub modules: Vec<Scope>,
    roots: HashMap<String, ModuleId>,
    /// Functions and constants of inherent `impl` blocks, by type and name: the files they are in.
    parts: HashMap<(Definition, String), Vec<String>>,
    /// Types of the fields of structs and of what functions and methods return, as they are
    /// written in a module.
    types: HashMap<(Definition, Option<String>), (ModuleId, Path)>,
}

pub struct Scope {
    pub file: String,
    pub parent: Option<ModuleId>,
    root: ModuleId,
    children: HashMap<String, ModuleId>,
    items: Vec<String>,
    imports: Vec<Import>,
}

/// An item by the module where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Definition {
    pub module: ModuleId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// An item of the house, and the part of it that was named (`Store::open`).
    Item(Definition, Option<String>),
    Module(ModuleId),
    /// Something of another crate, or a local name.
    Outside(Path),
    /// A path that leads into the house and to nothing there.
    Nothing,
}

impl Names {
    pub fn new(crates: &[Crate]) -> Names {
        let mut names = Names {
            modules: Vec::new(),
            roots: HashMap::new(),
            parts: HashMap::new(),
            types: HashMap::new(),
        };
        for source in crates {
            names.add(source);
        }
        // Types of `impl` blocks and fields can be told once all names are known.
        let mut first = 0;
        for source in crates {
            for (at, module) in source.modules.iter().enumerate() {
                module.items.iter().for_each(|item| names.look_inside(first + at, item));
            }
            first += source.modules.len();
        }
        names
    }

    fn add(&mut self, source: &Crate) {
        let first = self.modules.len();
        self.roots.insert(source.name.clone(), first);
        for (at, module) in source.modules.iter().enumerate() {
            let parent = module.parent.map(|parent| first + parent);
            if let Some(parent) = parent {
                self.modules[parent].children.insert(module.name.clone(), first + at);
            }
            let mut found = Imports(Vec::new());
            module.items.iter().for_each(|item| found.visit_item(item));
            self.modules.push(Scope {
                file: module.file.clone(),
                parent,
                root: first,
                children: HashMap::new(),
                items: module.items.iter().filter_map(name_of).collect(),
                imports: found.0,
            });
        }
    }

    fn look_inside(&mut self, module: ModuleId, item: &Item) {
        match item {
            Item::Impl(block) if block.trait_.is_none() => {
                let Some(path) = type_path(&block.self_ty) else { return };
                let Some(of) = self.item(module, &path) else { return };
                for part in &block.items {
                    let name = match part {
                        ImplItem::Fn(function) => {
                            let name = function.sig.ident.to_string();
                            let mut returned = return_path(&function.sig);
                            if returned.as_ref().is_some_and(|path| path[0] == "Self") {
                                returned = Some(path.clone());
                            }
                            self.know((of.clone(), Some(name.clone())), module, returned);
                            name
                        }
                        ImplItem::Const(constant) => constant.ident.to_string(),
                        _ => continue,
                    };
                    let file = self.modules[module].file.clone();
                    self.parts.entry((of.clone(), name)).or_default().push(file);
                }
            }
            Item::Fn(function) => {
                let of = Definition { module, name: function.sig.ident.to_string() };
                self.know((of, None), module, return_path(&function.sig));
            }
            Item::Struct(of) => {
                let Fields::Named(fields) = &of.fields else { return };
                for field in &fields.named {
                    let name = field.ident.as_ref().map(ToString::to_string);
                    let of = Definition { module, name: of.ident.to_string() };
                    self.know((of, name), module, type_path(&field.ty));
                }
            }
            _ => {}
        }
    }

    fn know(&mut self, of: (Definition, Option<String>), module: ModuleId, path: Option<Path>) {
        if let Some(path) = path {
            self.types.insert(of, (module, path));
        }
    }

    pub fn file(&self, of: &Definition) -> &str {
        &self.modules[of.module].file
    }

    pub fn is_below(&self, module: ModuleId, above: ModuleId) -> bool {
        let mut around = self.modules[module].parent;
        while around.is_some_and(|parent| parent != above) {
            around = self.modules[around.unwrap()].parent;
        }
        around.is_some()
    }

    /// The item that a path names, if it names one of the house.
    fn item(&self, module: ModuleId, path: &[String]) -> Option<Definition> {
        self.resolve(module, path).into_iter().find_map(|meaning| match meaning {
            Meaning::Item(of, None) => Some(of),
            _ => None,
        })
    }

    /// The files of `part` of a type, and of none but methods known here.
    pub fn part_files(&self, of: &Definition, part: &str) -> &[String] {
        self.parts.get(&(of.clone(), part.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The type of a value, if it is one of the house.
    pub fn type_of(&self, module: ModuleId, value: &Value) -> Option<Definition> {
        let known = |of: &Definition, part: Option<&str>| {
            let (module, path) = self.types.get(&(of.clone(), part.map(str::to_owned)))?;
            self.item(*module, path)
        };
        let mut of = None;
        for meaning in self.resolve(module, &value.start) {
            let Meaning::Item(start, part) = meaning else { continue };
            of = match value.steps.first() {
                Some(Step::Called) => known(&start, part.as_deref()),
                _ => Some(start),
            };
        }
        for step in &value.steps {
            of = match step {
                Step::Called => of,
                Step::Field(name) => known(&of?, Some(name)),
                // These hand on what is inside an `Option` or a `Result`.
                Step::Method(name) if INSIDE.contains(&name.as_str()) => of,
                Step::Method(name) => known(&of?, Some(name)),
            };
        }
        of
    }

    /// Everything that a path means in a module: a name may be a module and a function.
    pub fn resolve(&self, module: ModuleId, path: &[String]) -> Vec<Meaning> {
        self.walk(module, path, &mut Vec::new())
    }

    fn walk(&self, module: ModuleId, path: &[String], seen: &mut Vec<Seen>) -> Vec<Meaning> {
        let scope = &self.modules[module];
        let (first, mut rest) = path.split_first().expect("a path has a first name");
        let mut reached = match first.as_str() {
            "crate" => vec![Meaning::Module(scope.root)],
            "self" => vec![Meaning::Module(module)],
            "super" => vec![Meaning::Module(scope.parent.expect("a parent for `super`"))],
            name => self.look_up(module, name, seen),
        };
        if reached.is_empty() {
            match self.roots.get(first) {
                Some(root) => reached = vec![Meaning::Module(*root)],
                None => return vec![Meaning::Outside(path.to_vec())],
            }
        }
        while let Some((name, further)) = rest.split_first() {
            let (modules, others): (Vec<_>, Vec<_>) =
                reached.into_iter().partition(|meaning| matches!(meaning, Meaning::Module(_)));
            reached = Vec::new();
            for meaning in modules {
                let Meaning::Module(within) = meaning else { continue };
                match (name.as_str(), self.modules[within].parent) {
                    ("super", Some(parent)) => reached.push(Meaning::Module(parent)),
                    _ => reached.extend(self.look_up(within, name, seen)),
                }
            }
            if reached.is_empty() {
                reached = others
                    .into_iter()
                    .map(|meaning| match meaning {
                        Meaning::Item(of, None) => Meaning::Item(of, Some(name.clone())),
                        Meaning::Outside(mut path) => {
                            path.push(name.clone());
                            Meaning::Outside(path)
                        }
                        other => other,
                    })
                    .collect();
            }
            if reached.is_empty() {
                return vec![Meaning::Nothing];
            }
            rest = further;
        }
        reached
    }

    /// What a name means inside a module; empty where it has no such name.
    fn look_up(&self, module: ModuleId, name: &str, seen: &mut Vec<Seen>) -> Vec<Meaning> {
        let scope = &self.modules[module];
        let mut found: Vec<Meaning> = Vec::new();
        found.extend(scope.children.get(name).map(|child| Meaning::Module(*child)));
        if scope.items.iter().any(|item| item == name) {
            found.push(Meaning::Item(Definition { module, name: name.to_owned() }, None));
        }
        let named = |import: &Import| import.name.as_deref() == Some(name);
        for at in (0..scope.imports.len()).filter(|at| named(&scope.imports[*at])) {
            found.extend(self.follow(module, at, None, seen));
        }
        if found.is_empty() {
            for at in (0..scope.imports.len()).filter(|at| scope.imports[*at].name.is_none()) {
                found.extend(self.follow(module, at, Some(name), seen));
            }
        }
        found
    }

    /// What an import brings in, for a glob under that name; an import that is followed already
    /// (`use a::a` looks for `a` here first) brings nothing.
    fn follow(
        &self,
        module: ModuleId,
        at: usize,
        name: Option<&str>,
        seen: &mut Vec<Seen>,
    ) -> Vec<Meaning> {
        let step = (module, at, name.map(str::to_owned));
        if seen.contains(&step) {
            return Vec::new();
        }
        seen.push(step);
        let mut found = self.walk(module, &self.modules[module].imports[at].path, seen);
        if let Some(name) = name {
            let within: Vec<_> = found
                .into_iter()
                .filter_map(|meaning| match meaning {
                    Meaning::Module(within) => Some(within),
                    _ => None,
                })
                .collect();
            found = within.into_iter().flat_map(|at| self.look_up(at, name, seen)).collect();
        }
        seen.pop();
        found
    }
}

const INSIDE: [&str; 9] =
    ["as_deref", "as_mut", "as_ref", "clone", "expect", "map_err", "ok", "ok_or_else", "unwrap"];

fn return_path(signature: &syn::Signature) -> Option<Path> {
    match &signature.output {
        syn::ReturnType::Type(_, of) => type_path(of),
        syn::ReturnType::Default => None,
    }
}

type Seen = (ModuleId, usize, Option<String>);

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// All imports of a module; those inside functions count for the whole of it.
struct Imports(Vec<Import>);

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.0.extend(imports(item));
    }
}
