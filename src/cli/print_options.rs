//! Options of `build` for the print room: marks, imposition, the thickness of the paper.

use clap::ValueEnum;

use crate::export::{Imposition, Printing};

/// Paper thicker than this is board, and nobody folds a booklet of it.
const THICKEST: f32 = 1.0;
/// Ordinary copier paper of 64 to 70 g/m².
const ORDINARY: f32 = 0.1;

#[derive(Debug, clap::Args)]
pub struct PrintOptions {
    /// トンボ（裁ち落としの印）と見当を付ける（--profile print のとき）
    #[arg(long)]
    marks: bool,
    /// 面付けする（booklet は中とじの冊子、2up は A4 に2ページずつ）
    #[arg(long, value_name = "面付け", hide_possible_values = true, conflicts_with_all = ["emit_typst", "standard"])]
    impose: Option<ImposeName>,
    /// 冊子の紙の厚さ（ミリメートル。省略すると 0.1。0 で内側の紙の寄せをしない）
    #[arg(long, value_name = "厚さ", allow_negative_numbers = true, value_parser = thickness)]
    paper_thickness: Option<f32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ImposeName {
    /// 中とじの冊子
    Booklet,
    /// A4に2ページ
    #[value(name = "2up")]
    TwoUp,
}

fn thickness(text: &str) -> Result<f32, String> {
    let thickness = text.parse().ok().filter(|thickness| (0.0..=THICKEST).contains(thickness));
    thickness.ok_or_else(|| format!("0 から {THICKEST} までの数（ミリメートル）を書いてください"))
}

impl PrintOptions {
    /// What the options come to, or why they do not go together.
    pub fn printing(&self, bleeds: bool, official: bool) -> Result<Printing, &'static str> {
        let refused = match self.impose {
            _ if self.marks && !bleeds => {
                "「--marks」は「--profile print」と一緒に使ってください。トンボは、塗り足しの外に付きます。"
            }
            Some(_) if official => {
                "「--impose」は「--official」と同時に使えません。面付けしたPDFは印刷のためのもので、正式版になりません。"
            }
            Some(ImposeName::TwoUp) if self.marks => {
                "「--marks」は「--impose 2up」と同時に使えません。2up は断裁しない読むための紙面です。"
            }
            name if self.paper_thickness.is_some() && name != Some(ImposeName::Booklet) => {
                "「--paper-thickness」は「--impose booklet」と一緒に使ってください。"
            }
            _ => return Ok(Printing { marks: self.marks, imposition: self.imposition() }),
        };
        Err(refused)
    }

    /// Whether several pages come onto one side of a sheet.
    pub fn are_imposed(&self) -> bool {
        self.impose.is_some()
    }

    fn imposition(&self) -> Option<Imposition> {
        Some(match self.impose? {
            ImposeName::Booklet => {
                Imposition::Booklet { paper_thickness: self.paper_thickness.unwrap_or(ORDINARY) }
            }
            ImposeName::TwoUp => Imposition::TwoUp,
        })
    }
}

/// What follows the name of the report in the name of the PDF.
pub fn suffix(printing: Printing) -> String {
    printing.imposition.map_or_else(String::new, |imposition| format!("-{}", imposition.name()))
}
