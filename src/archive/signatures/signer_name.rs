//! The name of a signer: what can stand in the file of signers and means itself to OpenSSH, too.

use soukatsu_core::problem::is_unprintable;

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
///
/// # Errors
/// Why it cannot.
pub fn check_name(name: &str) -> Result<(), NameFault> {
    const LONGEST: usize = 100;
    let faults = [
        (name.trim().is_empty(), NameFault::Empty),
        (name.chars().count() > LONGEST, NameFault::TooLong),
        (name.contains(is_unprintable), NameFault::Unprintable),
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
