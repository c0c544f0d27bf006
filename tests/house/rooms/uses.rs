//! Which file uses which, and what it calls outside: mentions and names brought together.

use std::collections::BTreeSet;

use super::mentions::{Mention, What, mentions};
use super::names::{Definition, Meaning, ModuleId, Names};
use super::sources::Crate;

/// All that is known of the code of some crates.
pub struct House {
    pub uses: BTreeSet<Use>,
    pub calls: BTreeSet<Call>,
    /// String literals and doc comments outside of test code, with their files.
    pub texts: Vec<(String, String)>,
    /// Paths into the house that the reader could not follow.
    pub lost: BTreeSet<(String, String)>,
}

/// A file names an item that stands in another one.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    pub by: String,
    pub of: String,
    pub name: String,
    /// `pub use` of an item of a module below: handed on and not used.
    pub handed_on: bool,
}

/// A file names something outside the house.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    pub by: String,
    pub name: String,
}

impl House {
    pub fn new(crates: &[Crate]) -> House {
        let names = Names::new(crates);
        let mut house = House {
            uses: BTreeSet::new(),
            calls: BTreeSet::new(),
            texts: Vec::new(),
            lost: BTreeSet::new(),
        };
        let modules = crates.iter().flat_map(|source| &source.modules).enumerate();
        for (at, module) in modules {
            let said = mentions(&module.items, module.test);
            // Tests may use whatever the compiler lets them, and touch what they like.
            for Mention { what, .. } in said.into_iter().filter(|mention| !mention.test) {
                house.note(&names, at, &module.file, what);
            }
        }
        house
    }

    fn note(&mut self, names: &Names, module: ModuleId, by: &str, what: What) {
        let (path, public) = match what {
            What::Path(path) => (path, false),
            What::Use { path, public } => (path, public),
            What::Macro(path) => {
                self.call(by, format!("{}!", path.join("::")));
                (path, false)
            }
            What::Method { on, name } => {
                let of = on.and_then(|value| names.type_of(module, &value));
                if !of.is_some_and(|of| self.part(names, by, &of, &name)) {
                    self.call(by, format!(".{name}()"));
                }
                return;
            }
            What::Text(text) => return self.texts.push((by.to_owned(), text)),
        };
        for meaning in names.resolve(module, &path) {
            match meaning {
                Meaning::Item(of, part) => {
                    let handed_on = public && names.is_below(of.module, module);
                    self.use_of(by, names.file(&of), of.name.clone(), handed_on);
                    if let Some(part) = part {
                        self.part(names, by, &of, &part);
                    }
                }
                Meaning::Outside(path) if path.len() > 1 => self.call(by, path.join("::")),
                Meaning::Nothing => {
                    self.lost.insert((by.to_owned(), path.join("::")));
                }
                Meaning::Module(_) | Meaning::Outside(_) => {}
            }
        }
    }

    /// Notes a function of a type, wherever the `impl` with it stands; false if there is none.
    fn part(&mut self, names: &Names, by: &str, of: &Definition, part: &str) -> bool {
        let files = names.part_files(of, part);
        for file in files {
            self.use_of(by, file, format!("{}::{part}", of.name), false);
        }
        !files.is_empty()
    }

    fn use_of(&mut self, by: &str, of: &str, name: String, handed_on: bool) {
        if by != of {
            self.uses.insert(Use { by: by.to_owned(), of: of.to_owned(), name, handed_on });
        }
    }

    fn call(&mut self, by: &str, name: String) {
        self.calls.insert(Call { by: by.to_owned(), name });
    }
}
