//! What the content of a page says: the text of every marked part, what is drawn as page
//! furniture, and what is neither.

use std::collections::{BTreeMap, HashMap};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// The content of one page.
#[derive(Default)]
pub struct Marked {
    /// Text by the number of its marked content.
    pub texts: BTreeMap<i64, String>,
    /// Text drawn as artifact, in the order of the content: running head, page number, leaders.
    pub furniture: Vec<String>,
    /// Operators that draw and are neither in a tag nor an artifact.
    pub unmarked: Vec<String>,
}

/// Operators that put something on the page.
const DRAWING: [&str; 14] =
    ["Tj", "TJ", "'", "\"", "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do"];

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Tagged(i64),
    Artifact,
    Other,
}

/// Reads the pages of a PDF; the character maps of its fonts only once.
pub struct Reader<'d> {
    pdf: &'d Document,
    fonts: HashMap<ObjectId, BTreeMap<u32, String>>,
}

impl<'d> Reader<'d> {
    pub fn new(pdf: &'d Document) -> Self {
        Reader { pdf, fonts: HashMap::new() }
    }

    pub fn page(&mut self, page: ObjectId) -> Marked {
        let mut marked = Marked::default();
        let mut stack: Vec<Mark> = Vec::new();
        let mut font = None;
        let content = Content::decode(&self.pdf.get_page_content(page)).unwrap();
        for operation in content.operations {
            let operands = &operation.operands;
            let operator = operation.operator.as_str();
            let innermost = stack.iter().rev().copied().find(|mark| *mark != Mark::Other);
            match operator {
                "BDC" | "BMC" => stack.push(self.mark(page, operands)),
                "EMC" => drop(stack.pop().unwrap()),
                "Tf" => font = Some(self.font(page, operands[0].as_name().unwrap())),
                _ => {}
            }
            if !DRAWING.contains(&operator) {
                continue;
            }
            match innermost {
                None => marked.unmarked.push(operator.to_owned()),
                Some(_) if !operator.starts_with('T') => {}
                Some(mark) => {
                    let text = self.text(font.unwrap(), &operands[0]);
                    match mark {
                        Mark::Tagged(id) => marked.texts.entry(id).or_default().push_str(&text),
                        _ => marked.furniture.push(text),
                    }
                }
            }
        }
        assert!(stack.is_empty());
        marked
    }

    fn mark(&self, page: ObjectId, operands: &[Object]) -> Mark {
        if operands[0].as_name().unwrap() == b"Artifact" {
            return Mark::Artifact;
        }
        let Some(properties) = operands.get(1) else { return Mark::Other };
        let found = match properties {
            Object::Name(name) => self.resource(page, b"Properties", name).1.as_dict().unwrap(),
            properties => properties.as_dict().unwrap(),
        };
        found.get(b"MCID").map_or(Mark::Other, |id| Mark::Tagged(id.as_i64().unwrap()))
    }

    fn resource(&self, page: ObjectId, kind: &[u8], name: &[u8]) -> (Option<ObjectId>, &'d Object) {
        let dict = |object: &'d Object| -> &'d Dictionary {
            self.pdf.dereference(object).unwrap().1.as_dict().unwrap()
        };
        let page = self.pdf.get_dictionary(page).unwrap();
        let kinds = dict(dict(page.get(b"Resources").unwrap()).get(kind).unwrap());
        self.pdf.dereference(kinds.get(name).unwrap()).unwrap()
    }

    fn font(&mut self, page: ObjectId, name: &[u8]) -> ObjectId {
        let (id, font) = self.resource(page, b"Font", name);
        let id = id.unwrap();
        if !self.fonts.contains_key(&id) {
            let map = font.as_dict().unwrap().get_deref(b"ToUnicode", self.pdf).unwrap();
            let map = map.as_stream().unwrap().decompressed_content().unwrap();
            self.fonts.insert(id, characters(&String::from_utf8(map).unwrap()));
        }
        id
    }

    fn text(&self, font: ObjectId, shown: &Object) -> String {
        let map = &self.fonts[&font];
        let read = |bytes: &[u8]| -> String {
            let codes = bytes.chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1]));
            codes.map(|code| map[&code].as_str()).collect()
        };
        match shown {
            Object::String(bytes, _) => read(bytes),
            shown => {
                let parts = shown.as_array().unwrap().iter();
                parts.filter_map(|part| part.as_str().ok()).map(read).collect()
            }
        }
    }
}

/// The characters of a ToUnicode map by their codes.
fn characters(map: &str) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    let mut ranges = false;
    for line in map.lines() {
        if line.ends_with("beginbfchar") || line.ends_with("beginbfrange") {
            ranges = line.ends_with("beginbfrange");
        }
        let hex: Vec<&str> = line.split(['<', '>']).skip(1).step_by(2).collect();
        let code = |hex: &str| u32::from_str_radix(hex, 16).unwrap();
        match (ranges, hex.as_slice()) {
            (false, [from, to]) if from.len() == 4 => {
                found.insert(code(from), utf16(to));
            }
            (true, [first, last, to]) => {
                let to: Vec<char> = utf16(to).chars().collect();
                let (end, start) = to.split_last().unwrap();
                for (step, at) in (code(first)..=code(last)).enumerate() {
                    let end = char::from_u32(*end as u32 + step as u32).unwrap();
                    found.insert(at, start.iter().copied().chain([end]).collect());
                }
            }
            _ => {}
        }
    }
    // The codespace range looks like a pair of codes.
    found
}

fn utf16(hex: &str) -> String {
    let units = hex
        .as_bytes()
        .chunks(4)
        .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap());
    String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
}
