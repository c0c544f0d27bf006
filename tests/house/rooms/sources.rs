//! The modules of a crate, found as the compiler finds them: from `lib.rs` along every `mod`.
//!
//! In: the texts of all files. Out: modules with their items, each known to be test code or not.
//! Test code is what `#[cfg(test)]` or `#[test]` stands on, and every module below it, wherever
//! it stands in its file and whatever its file is called.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Item, Lit, Meta, Token};

pub struct Crate {
    /// As paths write it: `soukatsu_core`.
    pub name: String,
    pub modules: Vec<Module>,
    /// Files that no `mod` leads to.
    pub strays: Vec<String>,
}

pub struct Module {
    pub name: String,
    /// From the root of the repository: `crates/core/src/bind/mod.rs`.
    pub file: String,
    /// The module around it; the root has none.
    pub parent: Option<usize>,
    pub test: bool,
    /// All but modules.
    pub items: Vec<Item>,
}

impl Crate {
    /// Reads `FOLDER/ROOT` (`src/lib.rs`) and all that it declares out of the files given.
    pub fn new(name: &str, folder: &str, root: &str, files: &BTreeMap<String, String>) -> Crate {
        let mut found = Crate { name: name.to_owned(), modules: Vec::new(), strays: Vec::new() };
        let path = format!("{folder}/{root}");
        let module = Module {
            name: String::new(),
            items: Vec::new(),
            parent: None,
            test: false,
            file: path.clone(),
        };
        found.add(module, parsed(&path, files), folder, files);
        let reached: BTreeSet<_> = found.modules.iter().map(|module| &module.file).collect();
        let below = files.keys().filter(|file| file.starts_with(&format!("{folder}/")));
        found.strays = below.filter(|file| !reached.contains(file)).cloned().collect();
        found
    }

    /// Adds a module and those inside it; files of its children lie in `folder`.
    fn add(
        &mut self,
        module: Module,
        items: Vec<Item>,
        folder: &str,
        files: &BTreeMap<String, String>,
    ) {
        let at = self.modules.len();
        let (file, test) = (module.file.clone(), module.test);
        self.modules.push(module);
        for item in items {
            let Item::Mod(child) = item else {
                self.modules[at].items.push(item);
                continue;
            };
            let name = child.ident.to_string();
            let test = test || is_test(&child.attrs);
            let folder_of_child = format!("{folder}/{name}");
            let (file, items, folder) = match child.content {
                Some((_, items)) => (file.clone(), items, folder_of_child),
                None => {
                    let named = path_attribute(&child.attrs)
                        .map(|path| format!("{}/{path}", parent(&file)));
                    let is_named = named.is_some();
                    let usual = [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")];
                    let file = named
                        .into_iter()
                        .chain(usual)
                        .find(|path| files.contains_key(path))
                        .unwrap_or_else(|| panic!("{file}: no file for `mod {name};`"));
                    let items = parsed(&file, files);
                    let folder = match is_named || file.ends_with("/mod.rs") {
                        true => parent(&file).to_owned(),
                        false => file.trim_end_matches(".rs").to_owned(),
                    };
                    (file, items, folder)
                }
            };
            let module = Module { name, file, parent: Some(at), test, items: Vec::new() };
            self.add(module, items, &folder, files);
        }
    }
}

fn parsed(path: &str, files: &BTreeMap<String, String>) -> Vec<Item> {
    syn::parse_file(&files[path]).unwrap_or_else(|error| panic!("{path}: {error}")).items
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find(|attribute| attribute.path().is_ident("path")).and_then(|attribute| {
        match &attribute.meta.require_name_value().ok()?.value {
            Expr::Lit(syn::ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        }
    })
}

/// Whether what bears these attributes is compiled for tests alone.
pub fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args().is_ok_and(|condition| needs_test(&condition))
    })
}

fn needs_test(condition: &Meta) -> bool {
    let Meta::List(list) = condition else { return condition.path().is_ident("test") };
    let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
    let Ok(parts) = list.parse_args_with(parse) else { return false };
    match () {
        () if list.path.is_ident("all") => parts.iter().any(needs_test),
        () if list.path.is_ident("any") => parts.iter().all(needs_test),
        () => false,
    }
}

/// The texts of all files below `folder` whose names end so, by their paths from `root`.
pub fn texts(root: &Path, folder: &str, ending: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            found.extend(texts(root, &path, ending));
        } else if path.ends_with(ending) {
            found.insert(path, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}
