//! The most memory that the process may take, counted by the allocator itself.
//!
//! Neither Typst nor a reader of PDFs or workbooks can be told how much memory it may take, and a
//! process that asks the system for too much is aborted without a word, or slows the whole machine
//! down before. So every allocation is counted. Above the limit, and when the system gives no more,
//! a thread that waits for just that is woken to say so and to end the process.
//!
//! The only `unsafe` code of the workspace stands here: an allocator cannot be written without.

#![expect(clippy::disallowed_methods, reason = "the last way out is taken here")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering};
use std::thread::{self, Thread};
use std::time::Duration;

/// Counts what another allocator gives out.
pub struct Counting<A>(A);

/// Bytes that are given out, but for what threads have not handed in yet.
static TAKEN: AtomicIsize = AtomicIsize::new(0);
static LIMIT: AtomicIsize = AtomicIsize::new(isize::MAX);
static EXCEEDED: AtomicBool = AtomicBool::new(false);
static WATCHER: OnceLock<Thread> = OnceLock::new();

/// A thread hands in what it took when it is so much: the common counter is not touched by every
/// small allocation.
const HANDED_IN: isize = 256 << 10;
/// A single request of this size above the limit is not served any more.
const LARGE: usize = 32 << 20;
/// The watcher has so long for its words, even when what it needs for them is held by a thread that
/// was stopped.
const LAST_WORDS: Duration = Duration::from_secs(2);

thread_local! {
    static OWN: Cell<isize> = const { Cell::new(0) };
    /// The watcher itself is never stopped.
    static IS_WATCHER: Cell<bool> = const { Cell::new(false) };
}

impl<A> Counting<A> {
    pub const fn new(allocator: A) -> Self {
        Counting(allocator)
    }
}

/// The process may take `limit` bytes from now on. When it asks for more, `exceeded` is called on a
/// thread of its own; it should say so and end the process. Only the first call counts.
pub fn limit(limit: usize, exceeded: impl FnOnce() + Send + 'static) {
    let watching = thread::Builder::new().name("memory".to_owned()).spawn(move || {
        _ = IS_WATCHER.try_with(|is| is.set(true));
        while !EXCEEDED.load(Ordering::Acquire) {
            thread::park();
        }
        exceeded();
    });
    // A system that gives no thread is out of memory already; every request fails soon.
    let Ok(watching) = watching else { return };
    if WATCHER.set(watching.thread().clone()).is_ok() {
        LIMIT.store(isize::try_from(limit).unwrap_or(isize::MAX), Ordering::Release);
    }
}

/// Counts bytes that were taken, or given back when negative.
fn count(bytes: isize) {
    let handed_in = OWN.try_with(|own| {
        let sum = own.get() + bytes;
        let is_due = sum.abs() >= HANDED_IN;
        own.set(if is_due { 0 } else { sum });
        if is_due { sum } else { 0 }
    });
    let bytes = handed_in.unwrap_or(bytes);
    if bytes != 0 {
        let taken = TAKEN.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if bytes > 0 && taken > LIMIT.load(Ordering::Relaxed) {
            exceed();
        }
    }
}

fn exceed() {
    if !EXCEEDED.swap(true, Ordering::AcqRel)
        && let Some(watcher) = WATCHER.get()
    {
        watcher.unpark();
    }
}

/// Before a request: one that is large, and for which there is no room, is not served.
fn admit(size: usize) {
    if size >= LARGE
        && TAKEN.load(Ordering::Relaxed).saturating_add(size as isize)
            > LIMIT.load(Ordering::Relaxed)
    {
        exceed();
        stop();
    }
}

/// What the system did not give.
fn refused(size: usize) {
    if WATCHER.get().is_some() && size > 0 {
        exceed();
        stop();
    }
}

/// Holds a thread until the watcher has ended the process, or ends it when the watcher cannot.
fn stop() {
    if IS_WATCHER.try_with(Cell::get).unwrap_or(false) {
        end();
    }
    thread::sleep(LAST_WORDS);
    end();
}

/// The last way out: no memory for a proper word.
fn end() -> ! {
    _ = std::io::stderr().write_all("メモリーが足りないので、止まりました。\n".as_bytes());
    std::process::exit(1);
}

// SAFETY: every call is handed to the inner allocator as it came, and what that gives is handed
// back; between them only numbers are counted.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Counting<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        admit(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`, which is that of the inner one.
        let given = unsafe { self.0.alloc(layout) };
        taken(given, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        admit(layout.size());
        // SAFETY: as above.
        let given = unsafe { self.0.alloc_zeroed(layout) };
        taken(given, layout.size())
    }

    unsafe fn dealloc(&self, given: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { self.0.dealloc(given, layout) };
        count(-(layout.size() as isize));
    }

    unsafe fn realloc(&self, given: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // While it is moved, both are there.
        admit(size);
        // SAFETY: as above.
        let moved = unsafe { self.0.realloc(given, layout, size) };
        if moved.is_null() {
            refused(size);
            return moved;
        }
        count(size as isize - layout.size() as isize);
        moved
    }
}

fn taken(given: *mut u8, size: usize) -> *mut u8 {
    if given.is_null() {
        refused(size);
    } else {
        count(size as isize);
    }
    given
}

#[cfg(test)]
mod tests {
    use std::alloc::System;
    use std::sync::mpsc::channel;

    use super::*;

    #[global_allocator]
    static ALLOCATOR: Counting<System> = Counting::new(System);

    #[test]
    fn what_is_given_back_does_not_count_and_too_much_wakes_the_watcher() {
        let (send, receive) = channel();
        limit(64 << 20, move || send.send(()).unwrap());
        for _ in 0..100 {
            drop(std::hint::black_box(vec![1u8; 20 << 20]));
        }
        assert!(receive.try_recv().is_err(), "two gigabytes one after the other are no gigabyte");
        let held: Vec<Vec<u8>> = (0..10).map(|_| vec![1u8; 10 << 20]).collect();
        receive.recv_timeout(Duration::from_secs(5)).unwrap();
        drop(std::hint::black_box(held));
    }
}
