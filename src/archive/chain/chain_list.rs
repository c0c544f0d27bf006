//! chain.txt: the number and the digest of every edition.

use std::collections::BTreeMap;

use crate::archive::layout::edition::{name, number_of};

/// So much of a line is shown.
const LONGEST_SHOWN: usize = 200;

/// The digests of the editions by their numbers.
pub type ChainList = BTreeMap<u32, String>;

/// Reads the file.
///
/// # Errors
/// In Japanese, as the end of a sentence about it: the first line that is none of it or not in its
/// order.
pub fn parse(bytes: Vec<u8>) -> Result<ChainList, String> {
    let text = String::from_utf8(bytes).map_err(|_| "がUTF-8の文字になっていません")?;
    let mut chain = ChainList::new();
    for line in text.lines() {
        let entry = line.split_once("  ").and_then(|(number, digest)| {
            let hex = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
            Some((number_of(number)?, digest.to_owned())).filter(|_| hex)
        });
        let last = chain.last_key_value().map(|(last, _)| *last);
        let Some((number, digest)) = entry.filter(|(number, _)| Some(*number) > last) else {
            let line: String = line.chars().take(LONGEST_SHOWN).collect();
            return Err(format!("の行「{line}」が読めません"));
        };
        chain.insert(number, digest);
    }
    Ok(chain)
}

/// The text of the file.
pub fn text(chain: &ChainList) -> String {
    chain.iter().map(|(number, digest)| line(*number, digest) + "\n").collect()
}

/// The line of an edition.
pub fn line(number: u32, digest: &str) -> String {
    format!("{}  {digest}", name(number))
}
