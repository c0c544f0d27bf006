//! Whose key is whose: the file `signers`, in the form of OpenSSH's allowed signers
//! (`ssh-keygen(1)`, ALLOWED SIGNERS).
//!
//! Everything that is read here, OpenSSH reads alike. What it would read and nothing here could
//! keep to (patterns for names, certificates) is refused and not passed over.

mod line;
mod validity;

use std::collections::BTreeMap;

use super::key::PublicKey;
use super::signature::NAMESPACE;
use super::wire;
use soukatsu_core::problem::{Code, Place, Problem};
pub use validity::Validity;

/// Somebody whose signatures count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// One name or more (a person, an office, an address), in the order of the file.
    pub names: Vec<String>,
    pub key: PublicKey,
    /// When the signatures count.
    pub validity: Validity,
    /// What stands behind the key, for people.
    pub comment: String,
    /// From 1.
    pub line: u32,
}

/// Everybody whose signatures count. One person may have several keys, but no key belongs to two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signers(Vec<Signer>);

impl Signers {
    /// Reads a file of signers. Lines for other uses than soukatsu's (`namespaces="git"`) count
    /// for nothing.
    ///
    /// # Errors
    /// All its faults, with `file` for the place.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let text = text(file, bytes)?;
        let (mut signers, mut problems) = (Vec::new(), Vec::new());
        let mut seen = BTreeMap::new();
        for (number, line) in (1..).zip(text.split('\n')) {
            let line = line.trim_end_matches('\r');
            let signer = match line::read(line) {
                Ok(Some(read)) => {
                    let line::Read { names, key, validity, comment } = read;
                    Signer { names, key, validity, comment, line: number }
                }
                Ok(None) => continue,
                Err(fault) => {
                    problems.push(fault.problem(file, number, line));
                    continue;
                }
            };
            match seen.get(&signer.key) {
                None => {
                    seen.insert(signer.key, number);
                    signers.push(signer);
                }
                Some(first) => problems.push(twice(file, &signer, *first)),
            }
        }
        if problems.is_empty() { Ok(Signers(signers)) } else { Err(problems) }
    }

    /// Who a key belongs to.
    pub fn of(&self, key: PublicKey) -> Option<&Signer> {
        self.0.iter().find(|signer| signer.key == key)
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Signer> {
        self.0.iter()
    }
}

fn twice(file: &str, signer: &Signer, first: u32) -> Problem {
    Problem::error(Code::SignerTwice, Place::at(file, signer.line, 1))
        .message(format!("{first}行目と同じ鍵です。だれの署名か決まりません"))
        .text(signer.names.join(","))
        .hint("同じ人なら、1行にして名前をコンマ（,）でつなぎます。別の人なら、鍵を別に作ります。")
}

fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<Problem>> {
    let problem = |line, message: &str| {
        let problem = Problem::error(Code::Encoding, Place::at(file, line, 1)).message(message);
        vec![problem.hint("文字コードを「UTF-8」（BOMなし）にして保存し直します。")]
    };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let line = u32::try_from(before + 1).unwrap_or(u32::MAX);
        problem(line, "文字コードがUTF-8ではありません")
    })?;
    match text.starts_with('\u{feff}') {
        // OpenSSH would take it for the beginning of the first name.
        true => Err(problem(1, "文字コードの印（BOM）が先頭に付いています")),
        false => Ok(text),
    }
}

/// Why a name cannot stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    Empty,
    TooLong,
    Unprintable,
    /// A blank before or behind it.
    Edge,
    /// `*`, `?` or `!`: OpenSSH would take the name for a pattern.
    Pattern,
    Comma,
    Quote,
    /// `#` at the beginning: OpenSSH would take the line for a comment.
    Comment,
}

impl NameFault {
    /// What is wrong, as a sentence without a full stop.
    pub fn message(self) -> &'static str {
        match self {
            NameFault::Empty => "署名する人の名前がありません",
            NameFault::TooLong => "署名する人の名前が長すぎます（100字まで）",
            NameFault::Unprintable => "署名する人の名前に、見えない文字があります",
            NameFault::Edge => "署名する人の名前の前か後に空白があります",
            NameFault::Pattern => "署名する人の名前に * ? ! は使えません",
            NameFault::Comma => "署名する人の名前にコンマ（,）は使えません",
            NameFault::Quote => "署名する人の名前に引用符（\"）は使えません",
            NameFault::Comment => "署名する人の名前を # で始めることはできません",
        }
    }
}

/// Whether a name can stand in the file and means itself to OpenSSH, too.
fn check_name(name: &str) -> Result<(), NameFault> {
    const LONGEST: usize = 100;
    let faults = [
        (name.trim().is_empty(), NameFault::Empty),
        (name.chars().count() > LONGEST, NameFault::TooLong),
        (name.contains(wire::is_unprintable), NameFault::Unprintable),
        (name.trim() != name, NameFault::Edge),
        (name.contains(['*', '?', '!']), NameFault::Pattern),
        (name.contains(','), NameFault::Comma),
        (name.contains('"'), NameFault::Quote),
        (name.starts_with('#'), NameFault::Comment),
    ];
    match faults.iter().find(|(is_so, _)| *is_so) {
        Some((_, fault)) => Err(*fault),
        None => Ok(()),
    }
}

/// The line for the file `signers`: the key counts for soukatsu's signatures only.
///
/// # Errors
/// Why the name cannot stand there.
pub fn signers_line(name: &str, key: PublicKey) -> Result<String, NameFault> {
    check_name(name)?;
    let quote = if name.contains(char::is_whitespace) { "\"" } else { "" };
    Ok(format!("{quote}{name}{quote} namespaces=\"{NAMESPACE}\" {}", key.line()))
}

#[cfg(test)]
#[path = "signers_tests.rs"]
mod tests;
