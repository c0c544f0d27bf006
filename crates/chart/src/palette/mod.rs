//! The looks of a template's charts (`charts/palette.json`), and whether they survive a black
//! and white copier and eyes that see colours differently.
//!
//! In: the text of the file. Out: every fault at once, each with what was found and what is
//! needed. The painting is the template's; it reads the same file.

mod contrast;
mod fault;
mod file;
#[cfg(test)]
mod tests;
mod undefined;
mod vision;
mod widths;

pub use fault::PaletteFault;

use file::Palette;
use vision::Tones;

/// Every fault of a palette, in the order of the file's keys.
pub fn palette_faults(json: &str) -> Vec<PaletteFault> {
    let palette: Palette = match serde_json::from_str(json) {
        Ok(palette) => palette,
        Err(error) => {
            let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            return vec![PaletteFault {
                at: Some((place(error.line()), place(error.column()))),
                message: format!("図の色と模様のファイルを読めません（{error}）"),
                hint: "項目の名前と値を、docs/template.md の「図の色と模様」と見比べてください",
            }];
        }
    };
    let mut faults = undefined::faults(&palette);
    let tones = palette.tones.iter().filter_map(|(name, tone)| Some((&**name, tone.tone()?)));
    let tones: Tones = tones.collect();
    faults.extend(widths::faults(&palette));
    faults.extend(contrast::faults(&palette, &tones));
    faults
}
