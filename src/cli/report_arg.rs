//! The report folder and the fonts that commands are given.

use std::path::{Path, PathBuf};

use super::ending::Ending;
use super::printer::Printer;
use crate::world::Fonts;
use soukatsu_core::load::Folder;

/// The report folder that a command works on; without an argument, the current one.
#[derive(Debug, clap::Args)]
pub struct ReportArg {
    /// 報告書フォルダー（省略すると今のフォルダー）
    #[arg(value_name = "報告書")]
    pub report: Option<PathBuf>,
}

impl ReportArg {
    pub fn path(&self) -> &Path {
        self.report.as_deref().unwrap_or(Path::new("."))
    }

    /// Opens the folder, or says why it cannot be.
    pub fn open(&self, printer: &mut Printer) -> Result<Folder, Ending> {
        let path = self.path();
        if path.is_dir() {
            return Ok(Folder::Disk(path.to_owned()));
        }
        let reason = if path.exists() {
            "はフォルダーではありません"
        } else {
            "というフォルダーがありません"
        };
        printer.note(&format!(
            "「{}」{reason}。`soukatsu new フォルダー名` で見本を作れます。",
            path.display()
        ));
        Err(Ending::ReportAtFault)
    }

    /// Where the PDF goes when nothing else is asked for: into the current folder. `suffix`: what
    /// follows the name of the report.
    pub fn default_pdf(&self, suffix: &str) -> PathBuf {
        PathBuf::from(format!("{}{suffix}.pdf", self.name()))
    }

    /// The name of the folder, for the files made from it.
    pub fn name(&self) -> String {
        let real = self.path().canonicalize().unwrap_or_else(|_| self.path().to_owned());
        real.file_name().map_or_else(|| "report".into(), |name| name.to_string_lossy().into_owned())
    }
}

/// Fonts beside the ones inside the program.
#[derive(Debug, clap::Args)]
pub struct FontArg {
    /// 追加のフォントのファイルかフォルダー（何度でも指定できます）
    #[arg(long = "font-path", value_name = "場所")]
    font_path: Vec<PathBuf>,
}

impl FontArg {
    /// Reads the fonts and tells which could not be read.
    pub fn load(&self, printer: &mut Printer) -> Result<Fonts, Ending> {
        let (fonts, errors) = Fonts::with_paths(&self.font_path);
        for error in &errors {
            printer.note(&format!(
                "誤り[S702] フォント「{}」: {}",
                error.path.display(),
                error.reason
            ));
        }
        if errors.is_empty() { Ok(fonts) } else { Err(Ending::ReportAtFault) }
    }
}
