//! How a report is to be laid out.

use super::template::TemplateSettings;

/// What the pages are made for. Templates read it from `model/profile.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    #[default]
    Screen,
    /// As for the press, on the paper of an office copier: without bleed.
    Office,
    /// For the press: no link stands out, small text is black. With 3 mm of bleed around the page.
    Print,
    /// Greys instead of colours.
    Mono,
}

impl Profile {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Screen => "screen",
            Profile::Office => "office",
            Profile::Print => "print",
            Profile::Mono => "mono",
        }
    }

    /// The profile with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Profile::Screen, Profile::Office, Profile::Print, Profile::Mono]
            .into_iter()
            .find(|profile| profile.name() == name)
    }
}

/// What the pages say of the version they belong to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imprint {
    /// Edition and content hash, for every page: `第2版 3f2a9c1b`.
    pub mark: Option<String>,
    /// Which data is not final, for the cover of an official version that holds such.
    pub notice: Option<String>,
}

/// How a report is to be laid out.
#[derive(Debug, Clone)]
pub struct Presentation<'a> {
    pub settings: &'a TemplateSettings,
    pub profile: Profile,
    /// Whether the pages tell where every numeral comes from.
    pub tracing: bool,
    pub imprint: Imprint,
}
