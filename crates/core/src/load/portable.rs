//! Names that an official version may hold: what is kept for years must come back on every system.

use super::names::name_faults;
use crate::problem::{Code, Place, Problem};

/// Every name that some system or some BagIt program cannot write or read as it is.
pub fn name_problems<'a>(names: impl IntoIterator<Item = &'a str> + Clone) -> Vec<Problem> {
    let problem = |name: &str, words: &str| {
        Problem::error(Code::FileName, Place::file(name))
            .message(format!("どのシステムでも取り出せる名前ではありません（{words}）"))
            .hint("名前を変えてください。report.toml などに書いた名前も直します")
    };
    let faults = name_faults(names.clone());
    let mut problems: Vec<Problem> =
        faults.iter().map(|fault| problem(&fault.name, &fault.reason.words())).collect();
    // BagIt writes it as %25, and not every program reads it back.
    let odd = names.into_iter().filter(|name| name.contains('%'));
    problems.extend(odd.map(|name| problem(name, "% のある名前です")));
    problems
}
