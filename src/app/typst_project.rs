//! A report as a plain Typst project, for Typst's own program.

use std::path::{Path, PathBuf};

use super::files;
use crate::world::{ENTRY, Fonts, ReportWorld};

/// Writes template, model, prose and fonts, and how to compile them.
///
/// # Errors
/// In Japanese, when the folder holds something already or cannot be written.
pub fn write_typst_project(dir: &Path, world: &ReportWorld) -> Result<(), String> {
    if files::is_occupied(dir) {
        return Err("空でないフォルダーです".into());
    }
    let sources = world.files().map(|(path, bytes)| (PathBuf::from(path), bytes));
    let fonts = Fonts::embedded_files().map(|(path, bytes)| (Path::new("fonts").join(path), bytes));
    let readme = readme();
    let more = [(PathBuf::from("README.md"), readme.as_bytes())];
    let files: Vec<(PathBuf, &[u8])> = sources.chain(fonts).chain(more).collect();
    files::write_tree(dir, files.iter().map(|(path, bytes)| (path.as_path(), *bytes)))
}

fn readme() -> String {
    format!(
        "# Typstの一式\n\n\
        soukatsu {version} が書き出しました。Typst CLI 0.15.1 で、このフォルダーから次のように組むと、\
        soukatsu と同じページになります。\
        行の中の字間だけは、soukatsu が後で整えるものと少し違います。\n\n\
        ```sh\n\
        typst compile --root . --font-path fonts --ignore-system-fonts --features a11y-extras \\\n  \
        --pdf-standard a-2a,ua-1 {ENTRY} report.pdf\n\
        ```\n\n\
        - `template/`: テンプレート（入口は `{ENTRY}`）\n\
        - `model/`: CSVから作ったデータ。数値はこの時点で書式が決まっています\n\
        - `prose/`: 文章。日本語の行の継ぎ目は `/* */` で包んであります\n\
        - `fonts/`: フォントとその許諾条件\n",
        version = env!("CARGO_PKG_VERSION"),
    )
}
