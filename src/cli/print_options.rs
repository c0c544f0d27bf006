//! Options of `build` for the print room: marks, imposition, the paper both sides take.

use clap::ValueEnum;
use typst_layout::PagedDocument;

use crate::export::{Imposition, Printing};

/// Paper thicker than this is board, and nobody folds a booklet of it.
const THICKEST: f32 = 1.0;
/// From here on, in millimetres, pages lose more at the spine than the bleed gives.
const NOTABLE_CREEP: f32 = 3.0;
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

/// How much paper the pages take, and how it is put into the copier.
///
/// Of single pages it is told only when the report is given out printed on both sides.
pub fn paper(document: &PagedDocument, printing: Printing, duplex: bool) -> Option<String> {
    let pages = document.pages().len();
    let Some(imposition) = printing.imposition else {
        let sheets = pages.div_ceil(2);
        let back = if pages % 2 == 1 { "白紙です" } else { "最後のページです" };
        return duplex
            .then(|| format!("両面で{} {sheets}枚。最後の裏は{back}", size(document, 1.0)));
    };
    let sides = imposition.sides(pages);
    let sheets = sides.len().div_ceil(2);
    Some(match imposition {
        Imposition::Booklet { .. } => {
            let added = match sides.as_flattened().len() - pages {
                0 => format!("{pages}ページで"),
                blank => format!("{pages}ページに白紙{blank}ページを足して"),
            };
            let creep = match imposition.creep(sheets.saturating_sub(1)) / 72.0 * 25.4 {
                creep if creep > NOTABLE_CREEP => {
                    format!(
                        "。内側の紙は背へ最大{creep:.1}mm寄せているので、内側の余白を確かめてください"
                    )
                }
                _ => String::new(),
            };
            format!("{added}、{} {sheets}枚（両面・短辺とじ）{creep}", size(document, 2.0))
        }
        Imposition::TwoUp => format!("{pages}ページを2ページずつ、A4 {}面", sides.len()),
    })
}

/// The name of the sheet that holds so many of the widest and highest page side by side.
fn size(document: &PagedDocument, across: f64) -> String {
    let most = |length: fn(&typst_layout::Page) -> f64| {
        document.pages().iter().map(length).fold(0.0, f64::max)
    };
    let mm = |pt: f64| pt / 72.0 * 25.4;
    let width = mm(across * most(|page| page.frame.width().to_pt()));
    let height = mm(most(|page| page.frame.height().to_pt()));
    const NAMED: [(&str, f64, f64); 6] = [
        ("A3", 297.0, 420.0),
        ("A4", 210.0, 297.0),
        ("A5", 148.0, 210.0),
        ("B4", 257.0, 364.0),
        ("B5", 182.0, 257.0),
        ("B6", 128.0, 182.0),
    ];
    let (short, long) = (width.min(height), width.max(height));
    let near = |a: f64, b: f64| (a - b).abs() < 1.5;
    let named = NAMED.iter().find(|(_, w, h)| near(short, *w) && near(long, *h));
    named.map_or_else(|| format!("{width:.0}×{height:.0}mm"), |(name, ..)| (*name).to_owned())
}
