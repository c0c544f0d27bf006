//! Tries many changes on two threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::proof::change::Change;
use crate::proof::judge::{Base, Verdict, session};
use crate::proof::score::Score;

const THREADS: usize = 2;

/// Tries the changes and counts what came of them.
pub fn run<'c>(base: &Base, changes: &'c [Change]) -> Score<'c> {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(usize, Verdict)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let session = session();
                while let Some(change) = changes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let index = changes.iter().position(|c| std::ptr::eq(c, change)).unwrap();
                    let verdict = base.judge(&session, change);
                    found.lock().unwrap().push((index, verdict));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|(index, _)| *index);
    Score::new(found.into_iter().map(|(index, verdict)| (&changes[index], verdict)).collect())
}
