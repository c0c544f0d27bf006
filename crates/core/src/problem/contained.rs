//! Work of libraries that may stop in the middle of an input that nobody has thought of.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The work stopped in a panic; what the library said of it, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped(pub String);

/// Does work that may panic, and says so where it did.
///
/// What the work has changed may be half done: it is dropped, or made anew. That nothing of the
/// panic is written to the terminal is up to the front, which knows the terminal.
///
/// # Errors
/// When the work panicked.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, Stopped> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Stopped(panic_words(panic.as_ref())))
}

/// What a panic says of itself.
pub fn panic_words(panic: &(dyn Any + Send)) -> String {
    let fixed = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    fixed.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_is_said_to_have_stopped_with_its_words() {
        assert_eq!(contained(|| 1), Ok(1));
        assert_eq!(contained(|| panic!("odd")), Err::<(), _>(Stopped("odd".into())));
        let number = 3;
        assert_eq!(contained(|| panic!("odd {number}")), Err::<(), _>(Stopped("odd 3".into())));
    }
}
