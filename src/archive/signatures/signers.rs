//! Whose key is whose: the file `signers`, in the form of OpenSSH's allowed signers
//! (`ssh-keygen(1)`, ALLOWED SIGNERS).
//!
//! Everything that is read here, OpenSSH reads alike. What it would read and nothing here could
//! keep to (patterns for names, certificates) is refused and not passed over.

use std::collections::BTreeMap;

use super::key::PublicKey;
use super::signers_line::{self, Line};
use super::validity::Validity;
use soukatsu_core::problem::{Code, Place, Problem};

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
            let signer = match signers_line::read(line) {
                Ok(Some(read)) => {
                    let Line { names, key, validity, comment } = read;
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

#[cfg(test)]
#[path = "signers_tests.rs"]
mod tests;
