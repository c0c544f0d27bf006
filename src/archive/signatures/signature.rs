//! Detached signatures in OpenSSH's form (SSHSIG, what `ssh-keygen -Y sign` writes).

use ssh_key::public::KeyData;
use ssh_key::{HashAlg, LineEnding, Signature, SshSig};

use super::key::{ED25519, KeyFault, PrivateKey, PublicKey};
use super::ssh_encoding;
use soukatsu_core::problem::{Code, Place, Problem};

/// Keeps signatures apart from those of the same key for other uses (`ssh-keygen -n`).
pub const NAMESPACE: &str = "soukatsu";

const LABEL: &str = "SSH SIGNATURE";

/// The only version of the form that there is.
const VERSION: u32 = 1;

/// Why a signature does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureFault {
    NotASignature,
    OtherVersion(u32),
    /// Signed for another use, by its name.
    OtherNamespace(String),
    /// The kind of the key, as OpenSSH calls it.
    OtherAlgorithm(String),
    /// The digest under the signature, as OpenSSH calls it.
    OtherHash(String),
    /// A signature, but not over these bytes.
    Mismatch,
}

impl SignatureFault {
    /// What is wrong, as a sentence without a full stop.
    pub fn message(&self) -> String {
        match self {
            SignatureFault::NotASignature => "署名のファイルではないか、壊れています".into(),
            SignatureFault::OtherVersion(version) => {
                format!("署名の形式が新しく（版 {version}）、確かめられません")
            }
            SignatureFault::OtherNamespace(use_) => {
                format!(
                    "別の用途（{use_}）のための署名です。用途は {NAMESPACE} でなければなりません"
                )
            }
            SignatureFault::OtherAlgorithm(kind) => {
                format!("署名した鍵の種類が {kind} です。使えるのはEd25519だけです")
            }
            SignatureFault::OtherHash(hash) => {
                format!("署名のハッシュが {hash} です。使えるのはsha256とsha512だけです")
            }
            SignatureFault::Mismatch => "署名が、署名されたファイルの内容に合いません".into(),
        }
    }

    /// The same for the signature file.
    pub fn problem(&self, place: Place) -> Problem {
        let (code, hint) = match self {
            SignatureFault::Mismatch => (
                Code::SignatureMismatch,
                "署名の後で、ファイルか署名が変わっています。控えと比べ、どちらが変わったかを確かめます。",
            ),
            _ => (
                Code::Signature,
                "署名のファイルを控えから戻すか、署名した人に署名し直してもらいます。",
            ),
        };
        Problem::error(code, place).message(self.message()).hint(hint)
    }
}

/// Signs bytes. The same key and bytes make the same signature, byte for byte what
/// `ssh-keygen -Y sign` writes.
///
/// # Errors
/// [`KeyFault::Damaged`] if the halves of the key do not belong together.
pub fn sign(bytes: &[u8], key: &PrivateKey) -> Result<String, KeyFault> {
    let key = key.as_ssh_key().ok_or(KeyFault::Damaged)?;
    let signature = key.sign(NAMESPACE, HashAlg::Sha512, bytes);
    signature.and_then(|signature| signature.to_pem(LineEnding::LF)).map_err(|_| KeyFault::Damaged)
}

/// The key that signed the bytes. Whose key that is, [`super::Signers`] knows.
///
/// # Errors
/// Why the signature does not hold.
pub fn verify(bytes: &[u8], armored: &[u8]) -> Result<PublicKey, SignatureFault> {
    let wire = ssh_encoding::unarmored(armored, LABEL).ok_or(SignatureFault::NotASignature)?;
    let fields = fields(&wire).ok_or(SignatureFault::NotASignature)?;
    let name = ssh_encoding::shown;
    if fields.version != VERSION {
        return Err(SignatureFault::OtherVersion(fields.version));
    }
    if fields.kind != ED25519.as_bytes() {
        return Err(SignatureFault::OtherAlgorithm(name(fields.kind)));
    }
    if fields.namespace != NAMESPACE.as_bytes() {
        return Err(SignatureFault::OtherNamespace(name(fields.namespace)));
    }
    let hash = match fields.hash {
        b"sha256" => HashAlg::Sha256,
        b"sha512" => HashAlg::Sha512,
        other => return Err(SignatureFault::OtherHash(name(other))),
    };
    let (key, signature) = read(&fields, hash, &wire).ok_or(SignatureFault::NotASignature)?;
    let held = key.as_ssh_key().verify(NAMESPACE, bytes, &signature);
    held.map(|()| key).map_err(|_| SignatureFault::Mismatch)
}

/// The fields of a signature as they stand in it.
struct Fields<'a> {
    version: u32,
    /// The kind of key, out of `key`.
    kind: &'a [u8],
    key: &'a [u8],
    namespace: &'a [u8],
    hash: &'a [u8],
    signature: &'a [u8],
}

fn fields(wire: &[u8]) -> Option<Fields<'_>> {
    let mut rest = wire.strip_prefix(b"SSHSIG")?;
    let version = ssh_encoding::number(&mut rest)?;
    let key = ssh_encoding::string(&mut rest)?;
    let kind = ssh_encoding::string(&mut { key })?;
    let namespace = ssh_encoding::string(&mut rest)?;
    let _reserved = ssh_encoding::string(&mut rest)?;
    let hash = ssh_encoding::string(&mut rest)?;
    let signature = ssh_encoding::string(&mut rest)?;
    Some(Fields { version, kind, key, namespace, hash, signature })
}

/// The key and the signature, if they are written down in the one way that OpenSSH writes them:
/// nothing unsigned may hide in a file that verifies.
fn read(fields: &Fields, hash: HashAlg, wire: &[u8]) -> Option<(PublicKey, SshSig)> {
    let data: KeyData = ssh_key::PublicKey::from_bytes(fields.key).ok()?.into();
    let key = PublicKey::of(&data)?;
    let signature = Signature::try_from(fields.signature).ok()?;
    let signature = SshSig::new(data, NAMESPACE, hash, signature).ok()?;
    let written = signature.to_pem(LineEnding::LF).ok()?;
    (ssh_encoding::unarmored(written.as_bytes(), LABEL)? == wire).then_some((key, signature))
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
