//! Digests of files on the disk; files that are linked together are read once.
#![expect(clippy::disallowed_methods, reason = "the files of a store are read here")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use soukatsu_core::problem::system_reason;

/// So much is read at once, in bytes.
const CHUNK: usize = 1 << 18;

/// What names a file however many links lead to it; only on systems that have such.
type Identity = (u64, u64);

/// The digests that were worked out so far.
#[derive(Default)]
pub struct DigestCache(Mutex<HashMap<Identity, String>>);

impl DigestCache {
    /// The SHA-256 of a file.
    ///
    /// # Errors
    /// The system's words.
    pub fn of(&self, path: &Path) -> Result<String, String> {
        let work = || -> std::io::Result<String> {
            let mut file = File::open(path)?;
            let identity = identity(&file.metadata()?);
            let known = || self.0.lock().ok()?.get(&identity?).cloned();
            if let Some(known) = known() {
                return Ok(known);
            }
            let mut hasher = Sha256::new();
            let mut chunk = vec![0; CHUNK];
            loop {
                match file.read(&mut chunk)? {
                    0 => break,
                    count => hasher.update(&chunk[..count]),
                }
            }
            let digest: String =
                hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            if let (Some(identity), Ok(mut known)) = (identity, self.0.lock()) {
                known.insert(identity, digest.clone());
            }
            Ok(digest)
        };
        work().map_err(|error| system_reason(&error))
    }
}

#[cfg(unix)]
fn identity(file: &fs::Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Option<Identity> {
    None
}
