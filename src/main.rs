use std::process::ExitCode;

fn main() -> ExitCode {
    soukatsu::cli::run()
}
