//! The tags of an XML part, one by one, in memory that does not grow with the part.
//!
//! For what has to be known of a workbook before, and beside, what its reader gives: how many
//! elements there are, which rows are hidden. It reads what programs that write workbooks write;
//! anything else is a fault.

use std::io::{BufRead, BufReader, Read};

use super::limits::LONGEST_TAG;

/// So much of the text before a tag is kept: the number of a shared string.
const LONGEST_TEXT: usize = 32;

/// Why a part cannot be read.
#[derive(Debug)]
pub(super) enum BrokenPart {
    Damaged,
    /// A tag, or the text between two, is longer than may be.
    TooLong,
}

use BrokenPart::{Damaged, TooLong};

/// A tag: `<row r="5">`, `</row>`, `<c/>`.
#[derive(Debug, Default)]
pub(super) struct Tag {
    /// All between `<` and `>`.
    bytes: Vec<u8>,
    /// The beginning of the text before it.
    pub text_before: Vec<u8>,
}

impl Tag {
    /// Whether it ends an element.
    pub fn is_end(&self) -> bool {
        self.bytes.first() == Some(&b'/')
    }

    /// Whether the element ends with it.
    pub fn is_empty(&self) -> bool {
        self.bytes.last() == Some(&b'/')
    }

    /// The name without its prefix.
    pub fn name(&self) -> &[u8] {
        let bytes = self.bytes.strip_prefix(b"/").unwrap_or(&self.bytes);
        let end = bytes.iter().position(|b| b.is_ascii_whitespace() || *b == b'/');
        let whole = &bytes[..end.unwrap_or(bytes.len())];
        let prefix = whole.iter().rposition(|b| *b == b':').map_or(0, |at| at + 1);
        &whole[prefix..]
    }

    /// An attribute by its name without prefix, as it is written.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let text = std::str::from_utf8(&self.bytes).ok()?;
        let mut rest = text.split_once(|c: char| c.is_ascii_whitespace())?.1;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, behind) = after[1..].split_once(quote)?;
            let key = key.trim();
            if key.rsplit(':').next() == Some(name) {
                return Some(value);
            }
            rest = behind;
        }
    }

    /// Whether an attribute says yes.
    pub fn is_set(&self, name: &str) -> bool {
        matches!(self.attribute(name), Some("1" | "true" | "on"))
    }
}

/// Reads the tags of a part.
pub(super) struct Tags<R> {
    source: BufReader<R>,
    tag: Tag,
    /// How many bytes were read.
    pub read: u64,
}

impl<R: Read> Tags<R> {
    pub fn new(source: R) -> Self {
        Tags { source: BufReader::with_capacity(64 << 10, source), tag: Tag::default(), read: 0 }
    }

    /// The next tag; `None` at the end of the part. Comments and instructions are passed over.
    pub fn next(&mut self) -> Result<Option<&Tag>, BrokenPart> {
        self.tag.text_before.clear();
        loop {
            if !self.skip_text()? {
                return Ok(None);
            }
            self.take_tag()?;
            match self.tag.bytes.first() {
                Some(b'!' | b'?') => {}
                _ => return Ok(Some(&self.tag)),
            }
        }
    }

    /// Reads up to a `<`; false when there is none.
    fn skip_text(&mut self) -> Result<bool, BrokenPart> {
        let mut length = 0;
        loop {
            let bytes = self.source.fill_buf().map_err(|_| Damaged)?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let found = bytes.iter().position(|b| *b == b'<');
            let text = &bytes[..found.unwrap_or(bytes.len())];
            let room = LONGEST_TEXT.saturating_sub(self.tag.text_before.len());
            self.tag.text_before.extend_from_slice(&text[..text.len().min(room)]);
            length += text.len();
            if length > LONGEST_TAG {
                return Err(TooLong);
            }
            let used = found.map_or(bytes.len(), |at| at + 1);
            self.source.consume(used);
            self.read += used as u64;
            if found.is_some() {
                return Ok(true);
            }
        }
    }

    /// Reads a tag behind its `<` to its `>`, a comment to its `-->`.
    fn take_tag(&mut self) -> Result<(), BrokenPart> {
        self.tag.bytes.clear();
        let mut quote = None;
        loop {
            let bytes = self.source.fill_buf().map_err(|_| Damaged)?;
            if bytes.is_empty() {
                return Err(Damaged);
            }
            let mut used = 0;
            let mut done = false;
            for byte in bytes {
                used += 1;
                let taken = &mut self.tag.bytes;
                if taken.starts_with(b"!--") || taken.starts_with(b"![CDATA[") {
                    // What is inside is nothing; only its end is looked for.
                    let end: &[u8] = if taken[1] == b'-' { b"--" } else { b"]]" };
                    let opened = if taken[1] == b'-' { 3 } else { 8 };
                    if *byte == b'>' && taken.ends_with(end) && taken.len() >= opened + end.len() {
                        done = true;
                        break;
                    }
                    if taken.len() > opened + 2 {
                        taken.remove(opened);
                    }
                    // `<!-->` is the end for some readers and not for others.
                    if *byte == b'>' && taken.len() <= opened + 1 && taken[1] == b'-' {
                        return Err(Damaged);
                    }
                    taken.push(*byte);
                    continue;
                }
                match (quote, *byte) {
                    (None, b'>') => {
                        done = true;
                        break;
                    }
                    (None, b'"' | b'\'') if !matches!(taken.first(), Some(b'!' | b'?')) => {
                        quote = Some(*byte);
                    }
                    (Some(open), byte) if open == byte => quote = None,
                    // A tag inside of a tag, which readers may see or not.
                    (None, b'<') => return Err(Damaged),
                    _ => {}
                }
                taken.push(*byte);
                if taken.len() > LONGEST_TAG {
                    return Err(TooLong);
                }
            }
            self.source.consume(used);
            self.read += used as u64;
            if done {
                // A declaration of types may define names for anything.
                let is_type =
                    self.tag.bytes.starts_with(b"!D") || self.tag.bytes.starts_with(b"!E");
                return if is_type { Err(Damaged) } else { Ok(()) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, BrokenPart> {
        let mut tags = Tags::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(tag) = tags.next()? {
            let name = String::from_utf8_lossy(tag.name()).into_owned();
            found.push(if tag.is_end() { format!("/{name}") } else { name });
        }
        Ok(found)
    }

    #[test]
    fn tags_are_found_without_prefix_comments_and_instructions() {
        let text = "<?xml version='1.0'?><!-- <x> it's --><x:a b='>'>t<c/></x:a><![CDATA[<d>]]>";
        assert_eq!(read(text).unwrap(), ["a", "c", "/a"]);
    }

    #[test]
    fn attributes_and_the_text_before_are_known() {
        let mut tags = Tags::new("<row r=\"5\" x:hidden = '1'><v>12</v></row>".as_bytes());
        let row = tags.next().unwrap().unwrap();
        assert_eq!(
            (row.attribute("r"), row.is_set("hidden"), row.attribute("ht")),
            (Some("5"), true, None)
        );
        tags.next().unwrap();
        assert_eq!(tags.next().unwrap().unwrap().text_before, b"12");
    }

    #[test]
    fn what_readers_could_take_otherwise_is_a_fault() {
        for text in ["<a", "<a <b>", "<!DOCTYPE a>", "<!--><a>-->", "<a b='>", "<!-- <a>"] {
            assert!(read(text).is_err(), "{text}");
        }
        let long = "x".repeat(LONGEST_TAG + 1);
        assert!(read(&format!("<a b='{long}'>")).is_err());
        assert!(read(&format!("<a>{long}</a>")).is_err());
    }
}
