//! How large the files of a store may be: it may come from anybody.

/// The largest list of a bag, or chain.txt, in bytes.
pub const LARGEST_LIST: u64 = 16 << 20;
/// The largest file of an edition, in bytes; a report folder is at most half of it in whole.
pub const LARGEST_FILE: u64 = 2 << 30;
/// The largest signature, in bytes.
pub const LARGEST_SIGNATURE: u64 = 1 << 16;
/// The largest journal, in bytes.
pub const LARGEST_JOURNAL: u64 = 1 << 10;
/// So many folders may stand in one another.
pub const DEEPEST: usize = 100;
