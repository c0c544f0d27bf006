//! `soukatsu explain`: what a problem's code means, from docs/problems.md itself.

use super::Ending;
use super::printer::Printer;

/// The page that people read in the repository is the one that the program quotes.
const PAGE: &str = include_str!("../../docs/problems.md");

#[derive(Debug, clap::Args)]
pub struct Args {
    /// 問題の番号（例 S302）。省略すると一覧
    #[arg(value_name = "番号")]
    code: Option<String>,
}

pub fn run(args: &Args, printer: &mut Printer) -> Ending {
    let Some(code) = &args.code else {
        for (code, section) in sections() {
            let title = section.lines().next().unwrap_or_default();
            printer.result(&format!("{code} {}", title.trim_start_matches(code).trim()));
        }
        return Ending::Done;
    };
    match sections().find(|(known, _)| known.eq_ignore_ascii_case(code)) {
        Some((_, section)) => {
            printer.result(section.trim_end());
            Ending::Done
        }
        None => {
            printer.note(&format!(
                "番号「{code}」はありません。`soukatsu explain` で一覧を見られます。"
            ));
            Ending::WrongUsage
        }
    }
}

/// Every section that begins with a code, without its marks of heading.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGE.split("\n### ").skip(1).filter_map(|section| {
        let section = section.split("\n## ").next()?;
        Some((section.split_whitespace().next()?, section))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use soukatsu_core::problem::Code;

    #[test]
    fn every_code_is_explained_and_nothing_else() {
        let explained: Vec<&str> = sections().map(|(code, _)| code).collect();
        let known: Vec<&str> = Code::ALL.iter().map(|(_, name)| *name).collect();
        assert_eq!(explained, known);
    }
}
