//! The report folder as it goes into a store: every file of it, under names that come back.

use std::collections::BTreeMap;
use std::path::Path;

use crate::app::Build;
use crate::cli::Ending;
use crate::cli::build::prefix;
use crate::cli::printer::Printer;
use soukatsu_core::load::{WholeFault, name_problems, whole_folder};

/// The whole folder; files that the build read are those that it read, even when they changed
/// since.
pub fn report_files(
    root: &Path,
    build: &Build,
    printer: &mut Printer,
) -> Result<BTreeMap<String, Vec<u8>>, Ending> {
    let mut files = whole_folder(root).map_err(|fault| {
        let root = root.display();
        printer.note(&match fault {
            WholeFault::NoFile(path) => format!(
                "「{root}/{path}」は普通のファイルではない（リンクなど）ので、保管できません。実物のファイルに替えてください。"
            ),
            WholeFault::Name(name) => {
                format!("「{root}」の「{name}」は、名前がUnicodeでないので保管できません。")
            }
            WholeFault::TooLarge => format!(
                "「{root}」が大きすぎて保管できません（1GB、2万ファイルまで）。報告書に要らないファイルを移してください。"
            ),
            WholeFault::Refused(path, reason) => format!("「{path}」を読めません（{reason}）。"),
        });
        Ending::ReportAtFault
    })?;
    let read = build.report.iter().flat_map(|report| &report.sources);
    files.extend(read.map(|(path, source)| (path.clone(), source.bytes.clone())));
    let problems = name_problems(files.keys().map(String::as_str));
    if problems.is_empty() {
        return Ok(files);
    }
    printer.problems(&problems, &prefix(root));
    printer.note("どのシステムでも取り出せる名前ではないので、保管していません。");
    Err(Ending::ReportAtFault)
}
