//! One line of the file of signers: names, conditions, key, comment.

use super::key::{KeyFault, PublicKey, is_kind_of_key};
use super::signature::NAMESPACE;
use super::signer_name::{NameFault, check_name};
use super::ssh_encoding::shown;
use super::validity::{Validity, time};
use soukatsu_core::problem::{Code, Place, Problem};

/// The blanks of OpenSSH. The ideographic one is a letter like any other.
const BLANKS: [char; 2] = [' ', '\t'];

/// What a line says.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    pub names: Vec<String>,
    pub key: PublicKey,
    pub validity: Validity,
    pub comment: String,
}

/// What is wrong with a line, and how much of the line is left where it is wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    kind: Kind,
    left: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Name(NameFault),
    OpenQuote,
    /// A quote in the middle of a name.
    StrayQuote,
    NoName,
    NoKey,
    /// No key, and the name holds an ideographic space: it was meant to end there.
    WideBlank,
    Key(KeyFault),
    NoKeyBehindConditions,
    UnknownCondition(String),
    Certificate,
    Time(String),
    /// The time before which a key counts is not behind the one from which on it does.
    NoTime,
    NamespacePattern,
    NamespaceQuote,
    /// A condition that may be there once only, by its name.
    Twice(String),
}

impl Kind {
    fn at(self, rest: &str) -> Fault {
        Fault { kind: self, left: rest.len() }
    }

    /// Code, message and hint.
    fn words(&self) -> (Code, String, &'static str) {
        const FORM: &str = "1行に、名前、半角の空白、鍵（ssh-ed25519 AAAA…）の順に書きます。`soukatsu archive keygen` が出す行をそのまま写せます。";
        const CONDITION: &str =
            "使える条件は namespaces=\"soukatsu\" と valid-after、valid-before です。";
        let line = |message: &str, hint| (Code::SignerLine, message.to_owned(), hint);
        let condition = |message: &str, hint| (Code::SignerCondition, message.to_owned(), hint);
        match self {
            Kind::Name(fault) => line(fault.message(), "名前を直します。"),
            Kind::OpenQuote => {
                line("引用符（\"）が閉じられていません", "名前や条件の終わりに \" を書きます。")
            }
            Kind::StrayQuote => line(
                "引用符（\"）が名前の途中にあります",
                "空白のある名前は、全体を \" で囲みます。",
            ),
            Kind::NoName => line("行の初めに名前がありません", FORM),
            Kind::NoKey | Kind::NoKeyBehindConditions => line("鍵がありません", FORM),
            Kind::WideBlank => line(
                "鍵がありません。名前の後の空白が全角です",
                "名前と鍵の間は、半角の空白にします。",
            ),
            Kind::Key(fault) => {
                let problem = fault.problem(Place::file(""));
                (problem.code, problem.message, FORM)
            }
            Kind::UnknownCondition(name) => {
                condition(&format!("「{name}」という条件は知られていません"), CONDITION)
            }
            Kind::Certificate => condition(
                "証明書の発行者（cert-authority）は使えません",
                "署名する人の鍵を1行ずつ書きます。",
            ),
            Kind::Time(name) => condition(
                &format!("鍵の有効期間（{name}）の書き方が違います"),
                "valid-after=\"20260401\" のように、年月日（8桁）か、年月日と時分（12桁）を \" で囲んで書きます。",
            ),
            Kind::NoTime => condition(
                "鍵の有効期間の終わり（valid-before）が、始め（valid-after）より後ではありません",
                "どちらかの日を直します。",
            ),
            Kind::NamespacePattern => {
                condition("用途（namespaces）に * ? ! は使えません", CONDITION)
            }
            Kind::NamespaceQuote => {
                condition("用途（namespaces）の値が引用符（\"）で囲まれていません", CONDITION)
            }
            Kind::Twice(name) => condition(
                &format!("条件 {name} が2回書かれています"),
                "1つにまとめます。用途（namespaces）は、コンマ（,）でつなぎます。",
            ),
        }
    }
}

impl Fault {
    /// The fault of the line with this number (from 1).
    pub fn problem(&self, file: &str, number: u32, line: &str) -> Problem {
        let (code, message, hint) = self.kind.words();
        let at = line.len() - self.left;
        let column = line[..at].chars().count() + 1;
        let place = Place::at(file, number, u32::try_from(column).unwrap_or(u32::MAX));
        let text = shown(line[at..].split(BLANKS).next().unwrap_or_default().as_bytes());
        Problem::error(code, place).message(message).text(text).hint(hint)
    }
}

/// Reads a line without its end. Nothing for an empty line, a comment, and a key for other uses.
///
/// # Errors
/// The first fault.
pub fn read(line: &str) -> Result<Option<Line>, Fault> {
    let start = line.trim_start_matches(BLANKS);
    if start.is_empty() || start.starts_with('#') {
        return Ok(None);
    }
    let (names, rest) = names(start)?;
    for name in names.split(',') {
        check_name(name).map_err(|fault| Kind::Name(fault).at(start))?;
    }
    let mut key = rest.trim_start_matches(BLANKS);
    let mut validity = Validity::default();
    // Without a word for the kind of key, what comes is none: something before it is missing.
    if key.is_empty() || key.starts_with("AAAA") {
        let is_wide = names.contains('\u{3000}') && !start.starts_with('"');
        return Err(match is_wide {
            true => Kind::WideBlank.at(start),
            false if is_kind_of_key(names) => Kind::NoName.at(start),
            false => Kind::NoKey.at(key),
        });
    }
    if !is_kind_of_key(word(key)) {
        let (text, behind) = key.split_at(conditions_end(key)?);
        let conditions = conditions(text, key)?;
        validity = conditions.validity;
        key = behind.trim_start_matches(BLANKS);
        if !is_kind_of_key(word(key)) {
            return Err(Kind::NoKeyBehindConditions.at(key));
        }
        if !conditions.is_ours {
            return Ok(None);
        }
    }
    let (public, comment) =
        PublicKey::read(key.as_bytes()).map_err(|fault| Kind::Key(fault).at(key))?;
    let names = names.split(',').map(str::to_owned).collect();
    Ok(Some(Line { names, key: public, validity, comment }))
}

fn word(text: &str) -> &str {
    text.split(BLANKS).next().unwrap_or_default()
}

/// The names, without the quotes around them, and what follows.
fn names(start: &str) -> Result<(&str, &str), Fault> {
    if let Some(quoted) = start.strip_prefix('"') {
        let (names, rest) = quoted.split_once('"').ok_or_else(|| Kind::OpenQuote.at(start))?;
        let ends = rest.is_empty() || rest.starts_with(BLANKS);
        return if ends { Ok((names, rest)) } else { Err(Kind::StrayQuote.at(start)) };
    }
    let names = word(start);
    match names.find('"') {
        Some(_) => Err(Kind::StrayQuote.at(start)),
        None => Ok((names, &start[names.len()..])),
    }
}

/// Where the conditions end: at the first blank outside quotes. `\"` is no quote.
fn conditions_end(text: &str) -> Result<usize, Fault> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' if !is_escaped => is_quoted = !is_quoted,
            ' ' | '\t' if !is_quoted => return Ok(at),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    if is_quoted { Err(Kind::OpenQuote.at(text)) } else { Ok(text.len()) }
}

/// What the conditions of a key come to.
struct Conditions {
    /// Whether the key may sign for soukatsu.
    is_ours: bool,
    validity: Validity,
}

/// Reads the conditions. `rest`: the line from them on.
fn conditions(text: &str, rest: &str) -> Result<Conditions, Fault> {
    let mut namespaces = None;
    let mut validity = Validity::default();
    for (offset, condition) in split_outside_quotes(text) {
        let here = &rest[offset..];
        let (name, value) = condition.split_once('=').unwrap_or((condition, ""));
        let name = name.to_ascii_lowercase();
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        match name.as_str() {
            "cert-authority" => return Err(Kind::Certificate.at(here)),
            "valid-after" | "valid-before" => {
                let bound = match name.as_str() {
                    "valid-after" => &mut validity.after,
                    _ => &mut validity.before,
                };
                let Some(time) = value.and_then(time) else {
                    return Err(Kind::Time(name).at(here));
                };
                if bound.replace(time).is_some() {
                    return Err(Kind::Twice(name).at(here));
                }
                if validity.is_empty() {
                    return Err(Kind::NoTime.at(here));
                }
            }
            "namespaces" if namespaces.is_some() => return Err(Kind::Twice(name).at(here)),
            "namespaces" => {
                let value = value.ok_or_else(|| Kind::NamespaceQuote.at(here))?;
                if value.contains(['"', '\\']) {
                    return Err(Kind::NamespaceQuote.at(here));
                }
                if value.contains(['*', '?', '!']) {
                    return Err(Kind::NamespacePattern.at(here));
                }
                namespaces = Some(value.split(',').any(|name| name == NAMESPACE));
            }
            _ => return Err(Kind::UnknownCondition(shown(name.as_bytes())).at(here)),
        }
    }
    Ok(Conditions { is_ours: namespaces.unwrap_or(true), validity })
}

/// The parts between commas outside quotes, with their offsets.
fn split_outside_quotes(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut begin, mut is_quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                parts.push((begin, &text[begin..at]));
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push((begin, &text[begin..]));
    parts
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
