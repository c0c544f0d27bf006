//! A signature for an edition that is in the store already.

use std::fmt;
use std::path::{Path, PathBuf};

use super::selection::{NoEdition, Selection, select};
use super::store_error::{StoreError, open_store};
use crate::app::files;
use crate::archive::{Edition, KeyFault, Lock, PrivateKey, SignFault, Store};
use soukatsu_core::problem::Problem;

/// An edition that may be signed; as long as it lives, no other process writes to its store.
pub struct Signing {
    store: Store,
    lock: Lock,
    edition: Edition,
}

/// A signature that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEdition {
    pub number: u32,
    /// The file of the signature.
    pub path: PathBuf,
    /// Of the key: `SHA256:…`.
    pub fingerprint: String,
}

/// Why an edition is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSigned {
    Store(StoreError),
    Edition(NoEdition),
    /// It, or the store, is not as it was kept; places are relative to the store.
    Damaged(Vec<Problem>),
    Fault {
        number: u32,
        fault: SignFault,
    },
}

impl fmt::Display for NotSigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotSigned::Store(error) => error.fmt(f),
            NotSigned::Edition(none) => none.fmt(f),
            NotSigned::Damaged(_) => {
                f.write_str("版か保管庫が保管したときのままではないので、署名していません。")
            }
            NotSigned::Fault { number, fault } => {
                match fault {
                    SignFault::Unreadable(reason) => {
                        write!(f, "版{number}を読めません（{reason}）")?
                    }
                    SignFault::Key(fault) => f.write_str(&fault.message())?,
                    SignFault::Unwritable(path, reason) => {
                        write!(f, "「{}」に書き込めません（{reason}）", path.display())?;
                    }
                }
                f.write_str("。署名していません。")
            }
        }
    }
}

impl Signing {
    /// Locks the store, and looks whether the edition may be signed.
    ///
    /// # Errors
    /// What speaks against it.
    pub fn begin(store: &Path, selection: &Selection) -> Result<Self, NotSigned> {
        let at = StoreError::at(store);
        let store = open_store(store).map_err(NotSigned::Store)?;
        // Not while another process writes, nor where the lock is none.
        let lock = store.lock().map_err(&at).map_err(NotSigned::Store)?;
        let edition = select(&store, selection).map_err(NotSigned::Edition)?;
        let doubts = store.doubts_of_signing(&edition).map_err(&at).map_err(NotSigned::Store)?;
        match doubts.is_empty() {
            true => Ok(Signing { store, lock, edition }),
            false => Err(NotSigned::Damaged(doubts)),
        }
    }

    /// Adds the signature.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn sign(&self, key: &PrivateKey) -> Result<SignedEdition, NotSigned> {
        let number = self.edition.number;
        let path = self.store.sign(&self.lock, &self.edition, key);
        let path = path.map_err(|fault| NotSigned::Fault { number, fault })?;
        Ok(SignedEdition { number, path, fingerprint: key.public().fingerprint() })
    }
}

/// Reads a private key; `ask` gives the passphrase of a locked one, if somebody can be asked.
///
/// # Errors
/// Outside, when the file cannot be read, in Japanese; inside, when it is no key that can be used.
pub fn read_key(
    path: &Path,
    ask: impl FnOnce() -> Option<String>,
) -> Result<Result<PrivateKey, KeyFault>, String> {
    let bytes = files::read(path)?;
    let read = PrivateKey::read(&bytes, None);
    Ok(match read {
        Err(KeyFault::Encrypted) => match ask() {
            Some(passphrase) => PrivateKey::read(&bytes, Some(&passphrase)),
            None => Err(KeyFault::Encrypted),
        },
        read => read,
    })
}
