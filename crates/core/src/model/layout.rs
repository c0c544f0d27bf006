//! `[layout]` of report.toml: the few choices that a report has over the look of its pages.

/// What a report chooses; everything else about its pages is the template's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    pub text_size: TextSize,
    /// Tables of indicators tell whether the latest value reaches the target (判定).
    pub judgement: bool,
    /// Tables of indicators draw the values of each row as a small line.
    pub sparkline: bool,
    /// What tells an initiative stands in a column beside its text.
    pub key_column: bool,
}

/// The size of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextSize {
    Ten,
    #[default]
    TenAndHalf,
    Eleven,
}

impl TextSize {
    /// All sizes, the smallest first.
    pub const ALL: [TextSize; 3] = [TextSize::Ten, TextSize::TenAndHalf, TextSize::Eleven];

    /// In points.
    pub fn points(self) -> f64 {
        match self {
            TextSize::Ten => 10.0,
            TextSize::TenAndHalf => 10.5,
            TextSize::Eleven => 11.0,
        }
    }
}
