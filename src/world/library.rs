//! What Typst itself gives to the prose.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::{Feature, Library, LibraryExt};

/// The library as every world of this program has it.
pub(super) fn library() -> Library {
    let features = [Feature::A11yExtras].into_iter().collect();
    Library::builder().with_features(features).build()
}

/// The names that prose may use without an import: `align`, `decimal`, `calc`, …
pub fn library_names() -> &'static BTreeSet<String> {
    static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let library = library();
        let names = library.global.scope().iter().map(|(name, _)| name.to_string());
        names.chain(["std".to_owned()]).collect()
    });
    &NAMES
}

#[cfg(test)]
mod tests {
    use super::library_names;

    #[test]
    fn every_name_that_typst_gives_is_known() {
        for name in ["skew", "decimal", "align", "v", "calc", "std", "duration", "version"] {
            assert!(library_names().contains(name), "{name}");
        }
        for name in ["値", "sin", "frac", "図表"] {
            assert!(!library_names().contains(name), "{name}");
        }
    }
}
