//! Files beside those of the report that come and go while people work.

use std::path::Path;

/// Whether a path below the report folder is none of the report's files: what editors, office
/// programs, systems and this program put there for a while.
pub fn is_ignored(path: &Path) -> bool {
    let name = |part: std::path::Component<'_>| {
        let part = part.as_os_str().to_string_lossy();
        // Hidden ones: .git, .soukatsu-…, .~lock.…#, .file.swp, .DS_Store.
        part.len() > 1 && part.starts_with('.') && part != ".."
    };
    let Some(file) = path.file_name().map(|name| name.to_string_lossy()) else { return false };
    path.components().any(name)
        || file.starts_with("~$")
        || file.ends_with('~')
        || (file.starts_with('#') && file.ends_with('#'))
        || [".swp", ".swx", ".tmp", ".TMP", ".bak", ".crdownload"].iter().any(|end| file.ends_with(end))
        // Vim tries with this name whether it may write into a folder.
        || matches!(&*file, "4913" | "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_beside_a_file_is_no_change() {
        for name in [
            "csv/~$indicators.xlsx",
            "csv/.~lock.indicators.csv#",
            "prose/.01-gaiyo.typ.swp",
            "prose/01-gaiyo.typ~",
            "prose/#01-gaiyo.typ#",
            ".git/index",
            ".soukatsu-a1B2c3",
            "csv/4913",
        ] {
            assert!(is_ignored(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn files_of_a_report_are_none_of_these() {
        for name in ["report.toml", "csv/指標.csv", "prose/01-gaiyo.typ", "approvals.json", "csv"]
        {
            assert!(!is_ignored(Path::new(name)), "{name}");
        }
    }
}
