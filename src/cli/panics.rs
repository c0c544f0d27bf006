//! What a panic leaves for the people who mend it, kept from the terminal until it is wanted.
//!
//! Libraries panic on inputs that nobody has thought of, on any thread; those panics are caught
//! where the library is called, and told in Japanese. Only what nobody catches is a fault of the
//! program, and then its words are shown.

use std::panic::{PanicHookInfo, set_hook};
use std::sync::{Mutex, PoisonError};

use soukatsu_core::problem::{panic_words, printable};

/// The words of the latest panic. A hook belongs to the process, and so do they.
static LATEST: Mutex<Option<String>> = Mutex::new(None);

/// Lets panics write nothing to the terminal.
pub fn silence() {
    set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info.location().map(|place| format!("（{place}）")).unwrap_or_default();
        let words = format!("{}{place}", printable(&panic_words(info.payload())));
        *LATEST.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
    }));
}

/// What the latest panic said, and where in the source.
pub fn latest() -> String {
    let latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
    latest.clone().unwrap_or_else(|| "記録なし".to_owned())
}
