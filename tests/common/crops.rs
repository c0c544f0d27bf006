//! Pictures held pixel by pixel: a difference of at most 1 in every channel.

use std::path::Path;

use tiny_skia::Pixmap;

/// Whether `UPDATE_PAGES` asks for new references.
fn updating() -> bool {
    std::env::var_os("UPDATE_PAGES").is_some()
}

/// What is wrong with a picture against its reference, if anything; `name` names what was drawn.
pub fn fault(name: &str, drawn: &Pixmap, path: &Path) -> Option<String> {
    if updating() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        drawn.save_png(path).unwrap();
        return None;
    }
    let Ok(expected) = Pixmap::load_png(path) else {
        return Some(format!("{name}: there is no {}", path.display()));
    };
    let same_size = (drawn.width(), drawn.height()) == (expected.width(), expected.height());
    let worst = drawn.data().iter().zip(expected.data()).map(|(a, b)| a.abs_diff(*b)).max();
    (!same_size || worst > Some(1)).then(|| {
        let seen = std::env::temp_dir().join(format!("soukatsu-{name}.png"));
        drawn.save_png(&seen).unwrap();
        format!("{name}: differs; what was drawn is in {}", seen.display())
    })
}
