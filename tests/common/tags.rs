//! What a PDF tells a screen reader: its tags.

use std::fmt::Write;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

pub fn root(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get(pdf.xref().root_id()).unwrap()
}

/// PDF text: UTF-16 with a byte order mark, or ASCII.
pub fn utf16(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xFE\xFF") {
        Some(rest) => {
            let units: Vec<u16> =
                rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// One line an element: its type, its alternative text, with `scopes` the scope of header cells
/// (`TH Row`, `TH Column`), how often it follows itself.
pub fn tag_tree(pdf: &Pdf, scopes: bool) -> String {
    let tree: Dict<'_> = root(pdf).get("StructTreeRoot").unwrap();
    let mut walk = Walk { scopes, lines: Vec::new() };
    walk.children(&tree, 0);
    let mut text = String::new();
    let mut lines = walk.lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let mut count = 1;
        while lines.peek() == Some(&line) {
            lines.next();
            count += 1;
        }
        text.push_str(&line);
        if count > 1 {
            write!(text, " ×{count}").unwrap();
        }
        text.push('\n');
    }
    text
}

struct Walk {
    scopes: bool,
    lines: Vec<String>,
}

impl Walk {
    fn children(&mut self, element: &Dict<'_>, depth: usize) {
        let Some(kids) = element.get::<Array<'_>>("K") else {
            if let Some(kid) = element.get::<Dict<'_>>("K") {
                self.tag(&kid, depth);
            }
            return;
        };
        for kid in kids.iter::<Object<'_>>() {
            if let Object::Dict(kid) = kid {
                self.tag(&kid, depth);
            }
        }
    }

    fn tag(&mut self, element: &Dict<'_>, depth: usize) {
        let Some(kind) = element.get::<Name<'_>>("S") else { return };
        let mut line = format!("{}{}", "  ".repeat(depth), kind.as_str());
        if let Some(alt) = element.get::<PdfString>("Alt") {
            write!(line, " {}", utf16(alt.as_bytes())).unwrap();
        }
        if let Some(scope) = scope(element).filter(|_| self.scopes) {
            write!(line, " {scope}").unwrap();
        }
        self.lines.push(line);
        self.children(element, depth + 1);
    }
}

fn scope(element: &Dict<'_>) -> Option<String> {
    let own = |attributes: &Dict<'_>| {
        attributes.get::<Name<'_>>("Scope").map(|scope| scope.as_str().to_owned())
    };
    if let Some(attributes) = element.get::<Dict<'_>>("A") {
        return own(&attributes);
    }
    let attributes = element.get::<Array<'_>>("A")?;
    attributes.iter::<Dict<'_>>().find_map(|attributes| own(&attributes))
}
