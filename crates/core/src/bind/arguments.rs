//! The arguments of a call, and what is wrong with them.

use crate::model::call::{Argument, Call, Expr};
use crate::problem::{Code, Place, Problem, closest, did_you_mean};

/// Why a call cannot be worked out.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    Told(Box<Problem>),
    /// It needs data whose faults are told already.
    Silent,
}

impl Fault {
    pub fn new(place: &Place, text: &str, message: impl Into<String>) -> Self {
        let problem = Problem::error(Code::WrongCall, place.clone()).text(text);
        Fault::Told(Box::new(problem.message(message.into())))
    }

    /// A name that the data does not have.
    pub fn unknown(place: &Place, text: &str, what: &str, known: &[String]) -> Self {
        let problem = Problem::error(Code::UnknownName, place.clone())
            .text(text)
            .message(format!("{what}「{text}」がありません"));
        Fault::Told(Box::new(match closest(text, known.iter().map(String::as_str)) {
            Some(word) => problem.hint(did_you_mean(text, word)),
            None if known.is_empty() => problem,
            None => problem.hint(format!("使えるのは {} です", known.join("・"))),
        }))
    }

    pub fn literal_needed(argument: &Argument) -> Self {
        let message = "紙面に出す値の引数には、文字か数をそのまま書いてください";
        Fault::new(&argument.place, "", message).hint("計算した値は、条件の中だけで使えます")
    }

    pub fn hint(self, hint: &str) -> Self {
        match self {
            Fault::Told(problem) => Fault::Told(Box::new(problem.hint(hint))),
            Fault::Silent => Fault::Silent,
        }
    }

    pub fn expected(self, expected: &str) -> Self {
        match self {
            Fault::Told(problem) => Fault::Told(Box::new(problem.expected(expected))),
            Fault::Silent => Fault::Silent,
        }
    }

    pub fn problem(self) -> Option<Problem> {
        match self {
            Fault::Told(problem) => Some(*problem),
            Fault::Silent => None,
        }
    }
}

/// The arguments of a call.
pub(super) struct Arguments<'c> {
    pub call: &'c Call,
    positional: Vec<&'c Argument>,
    /// The names that this call knows.
    known: &'static [&'static str],
}

impl<'c> Arguments<'c> {
    pub fn new(call: &'c Call, known: &'static [&'static str]) -> Self {
        let positional = call.arguments.iter().filter(|a| a.name.is_none()).collect();
        Arguments { call, positional, known }
    }

    /// No more arguments than these, and no names that the call does not know.
    pub fn at_most(&self, count: usize) -> Result<(), Fault> {
        if let Some(extra) = self.positional.get(count) {
            let message = format!("「{}」の引数が多すぎます", self.call.name);
            return Err(Fault::new(&extra.place, extra.literal().unwrap_or_default(), message)
                .expected(&format!("{count}個まで")));
        }
        for argument in &self.call.arguments {
            if let Some(name) = &argument.name
                && !self.known.contains(&name.as_str())
            {
                let message = format!("「{}」に「{name}」という引数はありません", self.call.name);
                let fault = Fault::new(&argument.place, name, message);
                return Err(match self.known {
                    [] => fault,
                    known => fault.expected(&known.join("・")),
                });
            }
        }
        Ok(())
    }

    pub fn count(&self) -> usize {
        self.positional.len()
    }

    pub fn positional(&self, index: usize) -> Result<&'c Argument, Fault> {
        self.positional.get(index).copied().ok_or_else(|| {
            let message = format!("「{}」の引数が足りません", self.call.name);
            Fault::new(&self.call.place, &self.call.name, message)
                .hint("書き方の例は docs/prose.md にあります")
        })
    }

    /// A text (or a number, as written) that must be there.
    pub fn text(&self, index: usize) -> Result<(&'c str, &'c Place), Fault> {
        let argument = self.positional(index)?;
        match argument.literal() {
            Some(text) => Ok((text, &argument.place)),
            None => Err(self.wrong(argument, "\"R6\" のような文字")),
        }
    }

    /// A text that may be left out.
    pub fn optional(&self, index: usize) -> Result<Option<(&'c str, &'c Place)>, Fault> {
        if index < self.positional.len() { self.text(index).map(Some) } else { Ok(None) }
    }

    /// All texts from an index on.
    pub fn texts(&self, from: usize) -> Result<Vec<(&'c str, &'c Place)>, Fault> {
        (from..self.positional.len()).map(|index| self.text(index)).collect()
    }

    pub fn named(&self, name: &str) -> Result<Option<(&'c str, &'c Place)>, Fault> {
        let found = self.call.arguments.iter().find(|a| a.name.as_deref() == Some(name));
        match found {
            None => Ok(None),
            Some(argument) => match argument.literal() {
                Some(text) => Ok(Some((text, &argument.place))),
                None => Err(self.wrong(argument, "文字か数")),
            },
        }
    }

    /// A whole number under a name.
    pub fn named_count(&self, name: &str) -> Result<Option<u32>, Fault> {
        let Some((text, place)) = self.named(name)? else { return Ok(None) };
        match text.parse() {
            Ok(number @ 0..=10) => Ok(Some(number)),
            _ => {
                let message = format!("「{name}」が0から10までの整数になっていません");
                Err(Fault::new(place, text, message))
            }
        }
    }

    pub fn wrong(&self, argument: &Argument, expected: &str) -> Fault {
        let text = match &argument.value {
            Expr::Text(text) | Expr::Number(text) => text.as_str(),
            Expr::Call(call) => call.name.as_str(),
            Expr::Other => "",
        };
        let message = format!("「{}」の引数が正しくありません", self.call.name);
        Fault::new(&argument.place, text, message).expected(expected)
    }
}

/// The series of a call: its positional argument, or 区分 or 系列.
pub(super) fn series<'c>(
    arguments: &Arguments<'c>,
    index: usize,
) -> Result<Option<(&'c str, &'c Place)>, Fault> {
    if let Some(found) = arguments.optional(index)? {
        return Ok(Some(found));
    }
    named_series(arguments)
}

/// The series under 区分 or 系列: where the positional arguments are items.
pub(super) fn named_series<'c>(
    arguments: &Arguments<'c>,
) -> Result<Option<(&'c str, &'c Place)>, Fault> {
    match arguments.named("区分")? {
        Some(found) => Ok(Some(found)),
        None => arguments.named("系列"),
    }
}
