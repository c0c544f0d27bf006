//! bag-info.txt: what an edition says of itself.

use std::path::Path;

use super::digest_list::read_text;
use super::edition_files::BAG_INFO;
use soukatsu_core::problem::{Code, Place, Problem, is_unprintable, printable};

/// Labels and values in their order; a label may be there more than once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BagInfo(Vec<(String, String)>);

impl BagInfo {
    /// With one more line; a line break in the value becomes a blank, and what nobody would see is
    /// left out, so that the value is read as it was written.
    pub fn with(mut self, label: &str, value: &str) -> Self {
        let value = value.replace(|c: char| is_unprintable(c) && !c.is_whitespace(), "");
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.0.push((label.to_owned(), value));
        self
    }

    /// The first value of a label.
    pub fn get(&self, label: &str) -> Option<&str> {
        let same = |entry: &&(String, String)| entry.0.eq_ignore_ascii_case(label);
        self.0.iter().find(same).map(|(_, value)| value.as_str())
    }

    /// Every value of a label.
    pub fn all<'a>(&'a self, label: &'a str) -> impl Iterator<Item = &'a str> {
        let same = move |entry: &&(String, String)| entry.0.eq_ignore_ascii_case(label);
        self.0.iter().filter(same).map(|(_, value)| value.as_str())
    }

    /// The labels in their order, each once.
    pub fn labels(&self) -> Vec<&str> {
        let mut labels: Vec<&str> = Vec::new();
        for (label, _) in &self.0 {
            if !labels.iter().any(|known| known.eq_ignore_ascii_case(label)) {
                labels.push(label);
            }
        }
        labels
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        self.0.iter().map(|(label, value)| format!("{label}: {value}\n")).collect()
    }

    /// Reads the file of a bag.
    ///
    /// # Errors
    /// When it is not there or has lines that are none of its form.
    pub fn read(dir: &Path) -> Result<Self, Box<Problem>> {
        let text = read_text(dir, BAG_INFO)?;
        let mut info = BagInfo::default();
        for (index, line) in text.lines().enumerate() {
            // Long values may go on in lines that begin with a blank.
            if let (Some(more), Some((_, value))) =
                (line.strip_prefix([' ', '\t']), info.0.last_mut())
            {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(&printable(more.trim()));
                continue;
            }
            let Some((label, value)) = line.split_once(':') else {
                return Err(Box::new(
                    Problem::error(Code::BagDamaged, Place::at(BAG_INFO, index as u32 + 1, 1))
                        .text(line.chars().take(200).collect::<String>())
                        .message("「項目: 値」の形になっていません"),
                ));
            };
            info.0.push((label.trim().to_owned(), printable(value.trim())));
        }
        Ok(info)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::create_read_only as put;

    #[test]
    fn labels_come_in_their_order_and_a_break_becomes_a_blank() {
        let info = BagInfo::default().with("A", "甲\n乙").with("B", "1").with("A", "丙");
        assert_eq!(info.text(), "A: 甲 乙\nB: 1\nA: 丙\n");
        assert_eq!(info.all("A").collect::<Vec<_>>(), ["甲 乙", "丙"]);
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let info = BagInfo::default().with("A", "見\u{200b}本\u{1b} \u{202e} \u{2028}市\u{feff}");
        put(&dir.path().join(BAG_INFO), info.text().as_bytes()).unwrap();
        assert_eq!(info.get("A"), Some("見本 市"));
        assert_eq!(BagInfo::read(dir.path()), Ok(info));
    }

    #[test]
    fn what_another_program_wrote_turns_no_text_around() {
        let dir = tempfile::tempdir().unwrap();
        put(&dir.path().join(BAG_INFO), "A: a\u{202e}b\u{61c}\n \u{2066}c\n".as_bytes()).unwrap();
        let info = BagInfo::read(dir.path()).unwrap();
        assert_eq!(info.get("A"), Some("a\u{fffd}b\u{fffd} \u{fffd}c"));
    }
}
