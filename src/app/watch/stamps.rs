//! Lengths and times of files: a second way to notice a change.
//!
//! File servers and some virtual machines send no word of changes that others make, and systems
//! lose some when very many come at once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Length and time of the last change; `None` where there is no file.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// The files that the last build read, as they were before it.
#[derive(Debug, Default)]
pub struct Stamps(BTreeMap<PathBuf, Stamp>);

impl Stamps {
    /// Looks at every file again, and says whether one is different.
    pub fn renew(&mut self) -> bool {
        let mut changed = false;
        for (path, stamp) in &mut self.0 {
            let now = self::stamp(path);
            changed |= *stamp != now;
            *stamp = now;
        }
        changed
    }

    /// Looks after these files from now on; those known already keep their stamp.
    pub fn follow(&mut self, paths: impl Iterator<Item = PathBuf>) {
        let known = std::mem::take(&mut self.0);
        let keep = |path: PathBuf| {
            let stamp = known.get(&path).copied().unwrap_or_else(|| self::stamp(&path));
            (path, stamp)
        };
        self.0 = paths.map(keep).collect();
    }
}

fn stamp(path: &Path) -> Stamp {
    let found = std::fs::metadata(path).ok()?;
    Some((found.len(), found.modified().ok()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files that the tests change")]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_grew_vanished_or_came_back_is_different_once() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.csv");
        std::fs::write(&file, "1").unwrap();
        let mut stamps = Stamps::default();
        stamps.follow([file.clone()].into_iter());
        assert!(!stamps.renew());
        std::fs::write(&file, "12").unwrap();
        assert_eq!((stamps.renew(), stamps.renew()), (true, false));
        std::fs::remove_file(&file).unwrap();
        assert_eq!((stamps.renew(), stamps.renew()), (true, false));
        std::fs::write(&file, "1").unwrap();
        assert!(stamps.renew());
    }
}
