//! What kind of file goes out.

use typst_pdf::PdfStandard;

use crate::export::Printing;

/// What kind of file is wanted.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// PDF/A-3a with every source of the report attached, instead of PDF/A-2a.
    pub official: bool,
    /// Other standards than those.
    pub standards: Option<Vec<PdfStandard>>,
    pub printing: Printing,
}

impl Output {
    pub(super) fn standards(&self) -> Vec<PdfStandard> {
        let archive = if self.official { PdfStandard::A_3a } else { PdfStandard::A_2a };
        self.standards.clone().unwrap_or_else(|| vec![archive, PdfStandard::Ua_1])
    }
}
