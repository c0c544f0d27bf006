//! For whom a result is: people or other programs.

use clap::ValueEnum;

#[derive(Debug, clap::Args)]
pub struct FormatArg {
    /// 結果の形（text・json。省略すると text）
    #[arg(
        long,
        value_name = "形",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 人が読む文
    Text,
    /// ほかのソフトが読むJSON
    Json,
}
