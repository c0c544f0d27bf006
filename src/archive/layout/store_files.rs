//! The names of all that stands at the top of a store.

/// The folder of the editions.
pub const EDITIONS: &str = "editions";
/// The list of the editions with their digests, one line each, in their order.
pub const CHAIN: &str = "chain.txt";
/// The names of the signers, in OpenSSH's form.
pub const SIGNERS: &str = "signers";
/// Says what the folder is.
pub const README: &str = "README.txt";
/// Locked by whoever writes to the store.
pub const LOCK: &str = ".lock";
/// Names the edition that a run is adding, until [`CHAIN`] has its line.
pub const JOURNAL: &str = ".adding";
/// With this begins the name of what is on its way in, and of what an interrupted run left.
pub const STAGING: &str = ".staging-";
