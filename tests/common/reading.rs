//! A PDF as a screen reader goes through it: the tags in their order with the text in them, the
//! alternative texts, the names of links, and what it leaves out.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::marked::{Marked, Reader};
use crate::tags::utf16;

/// Elements that are one line with all that is in them.
const LINES: [&str; 11] =
    ["Title", "P", "H1", "H2", "H3", "H4", "H5", "LI", "TOCI", "Caption", "TR"];

/// What is wrong in the tags of a PDF, however it looks.
#[derive(Default)]
pub struct Faults {
    pub unmarked: Vec<String>,
    pub empty: Vec<String>,
    /// Marked content that no tag holds.
    pub lost: Vec<String>,
}

pub struct Reading {
    /// Readable lines; a page begins with `── 3 ──` and what is furniture on it.
    pub text: String,
    pub faults: Faults,
}

pub fn reading(bytes: &[u8]) -> Reading {
    let pdf = Document::load_mem(bytes).unwrap();
    let mut reader = Reader::new(&pdf);
    let ids: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    let pages: Vec<Marked> = ids.iter().map(|id| reader.page(*id)).collect();
    let mut walk = Walk { pdf: &pdf, ids, pages, page: None, text: String::new(), empty: vec![] };
    let root = pdf.catalog().unwrap().get_deref(b"StructTreeRoot", &pdf).unwrap();
    for kid in walk.kids(root.as_dict().unwrap()) {
        walk.element(kid, 0, None);
    }
    let mut faults = Faults { empty: walk.empty, ..Faults::default() };
    for (index, page) in walk.pages.iter().enumerate() {
        let page_of = |text: &String| format!("page {}: {text}", index + 1);
        faults.unmarked.extend(page.unmarked.iter().map(page_of));
        // What was read is taken out of its page.
        faults.lost.extend(page.texts.values().map(page_of));
    }
    Reading { text: walk.text, faults }
}

struct Walk<'d> {
    pdf: &'d Document,
    ids: Vec<ObjectId>,
    pages: Vec<Marked>,
    page: Option<usize>,
    text: String,
    empty: Vec<String>,
}

impl<'d> Walk<'d> {
    fn kids(&self, element: &'d Dictionary) -> Vec<&'d Object> {
        match element.get_deref(b"K", self.pdf) {
            Ok(Object::Array(kids)) => {
                kids.iter().map(|kid| self.pdf.dereference(kid).unwrap().1).collect()
            }
            Ok(kid) => vec![kid],
            Err(_) => vec![],
        }
    }

    fn page_of(&self, element: &Dictionary) -> Option<usize> {
        let id = element.get(b"Pg").ok()?.as_reference().unwrap();
        self.ids.iter().position(|page| *page == id)
    }

    /// A block of its own line or lines; `page` is where its marked content stands.
    fn element(&mut self, element: &'d Object, depth: usize, page: Option<usize>) {
        let element = element.as_dict().unwrap();
        let page = self.page_of(element).or(page);
        let name = kind(element);
        let kids = self.kids(element);
        if kids.is_empty() {
            self.empty.push(name.clone());
        }
        let head = format!("{}{name}{}", "  ".repeat(depth), told(element));
        if name == "TR" {
            let mut cells = Vec::new();
            for cell in kids {
                let attributes = told(cell.as_dict().unwrap());
                let text = self.inline(cell, page);
                cells.push(format!("{}{attributes} {text}", kind(cell.as_dict().unwrap())));
            }
            return self.line(&format!("{head} {}", cells.join(" | ")));
        }
        if name == "Figure" {
            // Its alternative text is read instead; what is drawn in it is not.
            let mut drawn = String::new();
            for kid in kids {
                drawn += &self.inline(kid, page);
            }
            assert!(!drawn.is_empty());
            return self.line(&head);
        }
        if LINES.contains(&name.as_str()) {
            let mut text = String::new();
            for kid in kids {
                text += &self.inline(kid, page);
            }
            return self.line(&format!("{head} {text}"));
        }
        let at = self.text.len();
        self.line(&head);
        for kid in kids {
            match kid {
                Object::Dictionary(part) if part.has(b"S") => self.element(kid, depth + 1, page),
                kid => {
                    let text = self.inline(kid, page);
                    self.line(&format!("{}{text}", "  ".repeat(depth + 1)));
                }
            }
        }
        assert!(self.text.len() > at);
    }

    /// The text of an element or of marked content.
    fn inline(&mut self, part: &'d Object, page: Option<usize>) -> String {
        let element = match part {
            Object::Integer(id) => return self.read(page.unwrap(), *id),
            part => part.as_dict().unwrap(),
        };
        let page = self.page_of(element).or(page);
        if let Ok(id) = element.get(b"MCID") {
            return self.read(page.unwrap(), id.as_i64().unwrap());
        }
        if element.has_type(b"OBJR") {
            let annotation = element.get_deref(b"Obj", self.pdf).unwrap().as_dict().unwrap();
            return format!("→{}", string(annotation, b"Contents").unwrap());
        }
        let mut text = String::new();
        let kids = self.kids(element);
        let name = kind(element);
        if kids.is_empty() {
            self.empty.push(name.clone());
        }
        let mut target = String::new();
        for kid in kids {
            let part = self.inline(kid, page);
            if part.starts_with('→') { target = part } else { text += &part }
        }
        match name.as_str() {
            "Link" => format!("［{text}{target}］"),
            "Lbl" => format!("{text} "),
            "Span" | "Reference" | "LBody" | "TD" | "TH" => text,
            name => format!("<{name}>{text}</{name}>"),
        }
    }

    fn read(&mut self, page: usize, id: i64) -> String {
        if self.page != Some(page) {
            self.page = Some(page);
            // Leaders are many dots.
            let mut parts = self.pages[page].furniture.clone();
            parts.dedup();
            let number = parts.pop().unwrap_or_default();
            let furniture = format!("{} {number}", parts.concat());
            self.line(&format!("── {} ── {}", page + 1, furniture.trim()));
        }
        self.pages[page].texts.remove(&id).expect("marked content is there and read once")
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

fn kind(element: &Dictionary) -> String {
    String::from_utf8(element.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap()
}

fn string(element: &Dictionary, key: &[u8]) -> Option<String> {
    element.get(key).ok().map(|text| utf16(text.as_str().unwrap()))
}

/// Alternative text, scope and spans of an element.
fn told(element: &Dictionary) -> String {
    let mut told = String::new();
    if let Some(alt) = string(element, b"Alt") {
        write!(told, "「{alt}」").unwrap();
    }
    let attributes = match element.get(b"A") {
        Ok(Object::Array(all)) => all.iter().filter_map(|each| each.as_dict().ok()).collect(),
        Ok(Object::Dictionary(one)) => vec![one],
        _ => vec![],
    };
    for attribute in attributes {
        for (key, sign) in [(&b"Scope"[..], ":"), (b"ColSpan", " →"), (b"RowSpan", " ↓")] {
            match attribute.get(key) {
                Ok(Object::Name(name)) => {
                    told += sign;
                    told += &String::from_utf8_lossy(name);
                }
                Ok(Object::Integer(count)) => write!(told, "{sign}{count}").unwrap(),
                _ => {}
            }
        }
    }
    told
}
