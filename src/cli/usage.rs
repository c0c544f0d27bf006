//! Help and usage errors in Japanese.

use std::io::Write;

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, Error};

use soukatsu_core::problem::printable;

const MAIN: &str = "{about}\n\n使い方: soukatsu コマンド [引数]\n\nコマンド:\n{subcommands}\n\nオプション:\n{options}\n";
const GROUP: &str =
    "{about}\n\n使い方: {usage}\n\nコマンド:\n{subcommands}\n\nオプション:\n{options}\n";
const SUB: &str = "{about}\n\n使い方: {usage}\n\n引数:\n{positionals}\n\nオプション:\n{options}\n";

/// Gives a command Japanese help.
pub fn japanese(command: Command) -> Command {
    let help = |command: Command| {
        let arg = Arg::new("help").short('h').long("help").action(ArgAction::Help);
        command.disable_help_flag(true).arg(arg.help("この説明を表示する"))
    };
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let sub = |sub: Command| match sub.has_subcommands() {
        false => help(sub.help_template(SUB)),
        true => help(
            sub.mut_subcommands(|sub| help(sub.help_template(SUB)))
                .help_template(GROUP)
                .subcommand_value_name("コマンド")
                .disable_help_subcommand(true),
        ),
    };
    help(command.mut_subcommands(sub))
        .help_template(MAIN)
        .disable_version_flag(true)
        .arg(version.help("版を表示する"))
}

/// Reads the arguments of the process, or prints help or what is wrong with them.
pub fn arguments(command: Command) -> ArgMatches {
    command.try_get_matches().unwrap_or_else(|error| {
        if !error.use_stderr() {
            error.exit();
        }
        // A closed pipe is no fault.
        _ = writeln!(
            std::io::stderr(),
            "{}\n使い方は `soukatsu --help` か `soukatsu コマンド --help` で見られます。",
            explain(&error)
        );
        std::process::exit(2);
    })
}

fn explain(error: &Error) -> String {
    let context =
        |kind| error.get(kind).map(|value| printable(&value.to_string())).unwrap_or_default();
    let argument = || context(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let near = context(ContextKind::SuggestedSubcommand);
            let hint = if near.is_empty() {
                String::new()
            } else {
                format!("「{near}」ではありませんか。")
            };
            format!(
                "「{}」というコマンドはありません。{hint}",
                context(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::UnknownArgument => {
            format!("「{}」は使えません。", argument())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = context(ContextKind::ValidValue);
            let missing = error.kind() == ErrorKind::InvalidValue;
            if missing && context(ContextKind::InvalidValue).is_empty() {
                return format!("「{}」に「」は使えません。値を書いてください。", argument());
            }
            let hint = match known.is_empty() {
                true => error_source(error),
                false => format!("使えるのは {} です。", known.replace(", ", "・")),
            };
            format!(
                "「{}」に「{}」は使えません。{hint}",
                argument(),
                context(ContextKind::InvalidValue)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("「{}」が足りません。", argument()),
        ErrorKind::ArgumentConflict => {
            format!(
                "「{}」と「{}」は同時に使えません。",
                argument(),
                context(ContextKind::PriorArg)
            )
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "コマンドを指定してください。".to_owned()
        }
        ErrorKind::InvalidUtf8 => "引数に、文字として読めないものがあります。".to_owned(),
        ErrorKind::TooManyValues => {
            format!(
                "「{}」に値が多すぎます（「{}」）。",
                argument(),
                context(ContextKind::InvalidValue)
            )
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("「{}」の値の数が違います。", argument())
        }
        ErrorKind::NoEquals => format!("「{}」の後に = がありません。", argument()),
        _ => "引数の書き方が違います。".to_owned(),
    }
}

fn error_source(error: &Error) -> String {
    // What the values of this program say is Japanese; what libraries say is not.
    let source = std::error::Error::source(error).map(ToString::to_string);
    source.filter(|words| !words.is_ascii()).map(|words| format!("{words}。")).unwrap_or_default()
}
