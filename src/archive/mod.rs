//! The store of official versions.
//!
//! Signatures are OpenSSH's, so that an auditor needs no soukatsu to verify one:
//! `ssh-keygen -Y verify -f signers -I NAME -n soukatsu -s FILE.sig < FILE`.

mod key;
mod signature;
mod signers;
mod wire;

pub use key::{KeyFault, PrivateKey, PublicKey};
pub use signature::{NAMESPACE, SignatureFault, sign, verify};
pub use signers::{NameFault, Signer, Signers, signers_line};
