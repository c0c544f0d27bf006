//! What a PDF is for.

use clap::ValueEnum;

use crate::world::Profile;

#[derive(Debug, Clone, Copy, clap::Args)]
pub struct ProfileArg {
    /// 用途（screen・office・print・mono）
    #[arg(
        long,
        value_name = "用途",
        default_value = "screen",
        hide_possible_values = true,
        hide_default_value = true
    )]
    profile: ProfileName,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ProfileName {
    /// 画面と普通の印刷
    Screen,
    /// 複合機（リンクの色と下線なし、塗り足しなし）
    Office,
    /// 印刷所（officeに3mmの塗り足しを加えたもの）
    Print,
    /// 白黒
    Mono,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Screen => Profile::Screen,
            ProfileName::Office => Profile::Office,
            ProfileName::Print => Profile::Print,
            ProfileName::Mono => Profile::Mono,
        }
    }
}

impl From<ProfileArg> for Profile {
    fn from(arg: ProfileArg) -> Self {
        arg.profile.into()
    }
}
