//! What type a value has, as far as it can be told without a compiler: from what a function
//! writes of its parameters and from the calls and fields that lead on from them.

use std::collections::HashMap;

use syn::{Expr, FnArg, GenericArgument, Local, Member, Pat, PathArguments, Signature, Type};

pub type Path = Vec<String>;

/// A type, or a function that is called first, and the steps from there to the value.
#[derive(Debug, Clone)]
pub struct Value {
    pub start: Path,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone)]
pub enum Step {
    /// The function at the start is called.
    Called,
    Field(String),
    Method(String),
}

/// The types of the local names of a function.
#[derive(Debug, Clone, Default)]
pub struct Locals {
    /// The type whose `impl` is read.
    pub own: Option<Path>,
    known: HashMap<String, Value>,
}

impl Locals {
    pub fn enter(&mut self, signature: &Signature) {
        for input in &signature.inputs {
            let FnArg::Typed(input) = input else { continue };
            if let Pat::Ident(name) = &*input.pat {
                self.know(name, self.of_type(&input.ty));
            }
        }
    }

    /// Takes note of `let`, which may hide an earlier name.
    pub fn bind(&mut self, local: &Local) {
        let (pattern, of) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, self.of_type(&typed.ty)),
            pattern => {
                let init = local.init.as_ref();
                (pattern, init.and_then(|init| self.value(&init.expr)))
            }
        };
        if let Pat::Ident(name) = pattern {
            self.know(name, of);
        }
    }

    fn know(&mut self, name: &syn::PatIdent, of: Option<Value>) {
        let name = name.ident.to_string();
        match of {
            Some(of) => self.known.insert(name, of),
            None => self.known.remove(&name),
        };
    }

    fn of_type(&self, of: &Type) -> Option<Value> {
        Some(Value { start: self.absolute(type_path(of)?)?, steps: Vec::new() })
    }

    /// A path with the type of the `impl` in place of `Self`.
    pub fn absolute(&self, mut path: Path) -> Option<Path> {
        if path[0] == "Self" {
            path.splice(..1, self.own.clone()?);
        }
        Some(path)
    }

    pub fn value(&self, of: &Expr) -> Option<Value> {
        let further = |base: &Expr, step: Step| {
            let mut value = self.value(base)?;
            value.steps.push(step);
            Some(value)
        };
        match of {
            Expr::Path(path) if path.path.is_ident("self") => {
                Some(Value { start: self.own.clone()?, steps: Vec::new() })
            }
            Expr::Path(path) => self.known.get(&path.path.get_ident()?.to_string()).cloned(),
            Expr::Call(call) => {
                let Expr::Path(called) = &*call.func else { return None };
                let start = self.absolute(segments(&called.path))?;
                Some(Value { start, steps: vec![Step::Called] })
            }
            Expr::Struct(made) => {
                let start = self.absolute(segments(&made.path))?;
                Some(Value { start, steps: Vec::new() })
            }
            Expr::Field(field) => {
                let Member::Named(name) = &field.member else { return None };
                further(&field.base, Step::Field(name.to_string()))
            }
            Expr::MethodCall(call) => {
                further(&call.receiver, Step::Method(call.method.to_string()))
            }
            Expr::Try(inner) => self.value(&inner.expr),
            Expr::Reference(to) => self.value(&to.expr),
            Expr::Unary(inner) => self.value(&inner.expr),
            Expr::Paren(inner) => self.value(&inner.expr),
            _ => None,
        }
    }
}

/// The path of a type behind references and inside what wraps one value.
pub fn type_path(of: &Type) -> Option<Path> {
    match of {
        Type::Path(path) if path.qself.is_none() => {
            let last = path.path.segments.last()?;
            let wraps = ["Option", "Result", "Box", "Rc", "Arc"];
            if let PathArguments::AngleBracketed(inner) = &last.arguments
                && wraps.iter().any(|name| last.ident == name)
                && let Some(GenericArgument::Type(inner)) = inner.args.first()
            {
                return type_path(inner);
            }
            Some(segments(&path.path))
        }
        Type::Reference(to) => type_path(&to.elem),
        Type::Paren(inner) => type_path(&inner.elem),
        Type::Group(inner) => type_path(&inner.elem),
        _ => None,
    }
}

pub fn segments(path: &syn::Path) -> Path {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}
