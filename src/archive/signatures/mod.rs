//! Who put his name to an edition: keys, signatures and signers in OpenSSH's files, so that an
//! auditor needs no soukatsu to verify one:
//! `ssh-keygen -Y verify -f signers -I NAME -n soukatsu -s FILE.sig < FILE`.

pub mod edition_signatures;
pub mod key;
pub mod signature;
pub mod signer_name;
pub mod signers;
pub mod signers_line;
pub mod ssh_encoding;
pub mod validity;
