//! Ed25519 keys in OpenSSH's files: what `ssh-keygen -t ed25519` writes.

use std::ops::Deref;

use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::public::{Ed25519PublicKey, KeyData};
use ssh_key::{Cipher, HashAlg, LineEnding};

use super::ssh_encoding;
use soukatsu_core::problem::{Code, Place, Problem};

/// The only kind of key.
pub const ED25519: &str = "ssh-ed25519";

const PRIVATE_LABEL: &str = "OPENSSH PRIVATE KEY";

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    NotAKey,
    /// A public key where the private one is needed.
    Public,
    /// A private key where the public one is needed.
    Private,
    /// A private key in another form than OpenSSH's: PKCS#8, PuTTY's.
    OtherForm,
    /// The kind of the key, as OpenSSH calls it.
    OtherAlgorithm(String),
    /// The cipher under which the key lies, as OpenSSH calls it.
    OtherCipher(String),
    /// It needs a passphrase, and none was given.
    Encrypted,
    WrongPassphrase,
    /// It begins like a key and goes on like none.
    Damaged,
    /// The system gave no random bytes.
    NoRandomness,
}

impl KeyFault {
    /// What is wrong, as a sentence without a full stop.
    pub fn message(&self) -> String {
        match self {
            KeyFault::NotAKey => "鍵のファイルではありません".into(),
            KeyFault::Public => "公開鍵です。署名には秘密鍵が要ります".into(),
            KeyFault::Private => "秘密鍵です。ここには公開鍵を書きます".into(),
            KeyFault::OtherForm => "OpenSSHの形式の秘密鍵ではありません".into(),
            KeyFault::OtherAlgorithm(kind) => {
                format!("鍵の種類が {kind} です。使えるのはEd25519だけです")
            }
            KeyFault::OtherCipher(cipher) => {
                format!("パスフレーズの掛け方（{cipher}）に対応していません")
            }
            KeyFault::Encrypted => "秘密鍵にパスフレーズが掛かっています".into(),
            KeyFault::WrongPassphrase => "秘密鍵のパスフレーズが違います".into(),
            KeyFault::Damaged => "鍵が壊れています".into(),
            KeyFault::NoRandomness => "システムから乱数を得られません".into(),
        }
    }

    /// How to mend it.
    fn hint(&self) -> &'static str {
        match self {
            KeyFault::NotAKey => "`soukatsu archive keygen` で作った鍵のファイルを指定します。",
            KeyFault::Public => "名前の終わりに .pub が付いていないほうのファイルを指定します。",
            KeyFault::Private => {
                "名前の終わりが .pub のファイルの1行を使います。秘密鍵を人に渡してしまったときは、鍵を作り直します。"
            }
            KeyFault::OtherForm => {
                "`soukatsu archive keygen` で作り直すか、PuTTYgenの「Export OpenSSH key」で書き出します。"
            }
            KeyFault::OtherAlgorithm(_) => {
                "`soukatsu archive keygen` か `ssh-keygen -t ed25519` で作ります。"
            }
            KeyFault::OtherCipher(_) => {
                "`ssh-keygen -p -f 鍵のファイル` でパスフレーズを付け直します。"
            }
            KeyFault::Encrypted | KeyFault::WrongPassphrase => "鍵に付けたパスフレーズが要ります。",
            KeyFault::Damaged => "鍵のファイルを、控えから戻すか、書き写し直します。",
            KeyFault::NoRandomness => "パソコンを再起動して、もう一度試します。",
        }
    }

    /// The same for the place where the key stands.
    pub fn problem(&self, place: Place) -> Problem {
        Problem::error(Code::Key, place).message(self.message()).hint(self.hint())
    }
}

/// The public half of a key: it tells who signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicKey(Ed25519PublicKey);

impl PublicKey {
    /// Reads the one line of a `.pub` file: the kind, the key in base64, a comment. Gives the
    /// comment, too.
    ///
    /// # Errors
    /// Why it is no public key that can be used.
    pub fn read(text: &[u8]) -> Result<(Self, String), KeyFault> {
        let text = std::str::from_utf8(text).map_err(|_| KeyFault::NotAKey)?.trim();
        if text.starts_with("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
            return Err(KeyFault::Private);
        }
        let (kind, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        if !is_kind_of_key(kind) || text.contains(['\n', '\r']) {
            return Err(KeyFault::NotAKey);
        }
        if kind != ED25519 {
            return Err(KeyFault::OtherAlgorithm(ssh_encoding::shown(kind.as_bytes())));
        }
        let rest = rest.trim_start_matches([' ', '\t']);
        let (base64, comment) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        let line = format!("{kind} {base64}");
        let read = ssh_key::PublicKey::from_openssh(&line).map_err(|_| KeyFault::Damaged)?;
        match read.key_data() {
            KeyData::Ed25519(key) => Ok((PublicKey(*key), comment.trim().to_owned())),
            _ => Err(KeyFault::Damaged),
        }
    }

    /// The public half of what `ssh-key` read, if it is an Ed25519 key.
    pub fn of(data: &KeyData) -> Option<Self> {
        data.ed25519().map(|key| PublicKey(*key))
    }

    pub fn as_ssh_key(self) -> ssh_key::PublicKey {
        self.0.into()
    }

    /// `ssh-ed25519 AAAA…`, without comment and end of line.
    pub fn line(self) -> String {
        self.as_ssh_key().to_string()
    }

    /// `SHA256:…`, what people compare over the telephone; `ssh-keygen -l` shows the same.
    pub fn fingerprint(self) -> String {
        self.as_ssh_key().fingerprint(HashAlg::Sha256).to_string()
    }
}

/// Whether a word is the name of a kind of key, known here or not.
pub fn is_kind_of_key(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-"].iter().any(|beginning| word.starts_with(beginning))
}

/// A key that signs. `Debug` shows the public half only.
#[derive(Debug, Clone)]
pub struct PrivateKey(Ed25519Keypair);

impl PrivateKey {
    /// Makes a new key from the system's random bytes.
    ///
    /// # Errors
    /// [`KeyFault::NoRandomness`].
    pub fn generate() -> Result<Self, KeyFault> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| KeyFault::NoRandomness)?;
        Ok(PrivateKey(Ed25519Keypair::from_seed(&seed)))
    }

    /// Reads a private key file. The passphrase counts only for a key that needs one.
    ///
    /// # Errors
    /// Why it is no private key that can be used.
    pub fn read(text: &[u8], passphrase: Option<&str>) -> Result<Self, KeyFault> {
        let begin = format!("-----BEGIN {PRIVATE_LABEL}-----");
        if !text.starts_with(begin.as_bytes()) {
            return Err(other_than_private(text));
        }
        let bytes = ssh_encoding::unarmored(text, PRIVATE_LABEL).ok_or(KeyFault::Damaged)?;
        let (cipher, kind) = cipher_and_kind(&bytes).ok_or(KeyFault::Damaged)?;
        if kind != ED25519.as_bytes() {
            return Err(KeyFault::OtherAlgorithm(ssh_encoding::shown(kind)));
        }
        let known = std::str::from_utf8(cipher).ok().and_then(|name| Cipher::new(name).ok());
        // The crate knows the name of 3des-cbc, but cannot read it.
        if known.is_none_or(|known| known == Cipher::TDesCbc) {
            return Err(KeyFault::OtherCipher(ssh_encoding::shown(cipher)));
        }
        let mut key = ssh_key::PrivateKey::from_bytes(&bytes).map_err(|_| KeyFault::Damaged)?;
        if key.is_encrypted() {
            let passphrase = passphrase.ok_or(KeyFault::Encrypted)?;
            key = key.decrypt(passphrase).map_err(|_| KeyFault::WrongPassphrase)?;
        }
        key.key_data().ed25519().cloned().map(PrivateKey).ok_or(KeyFault::Damaged)
    }

    /// The half that may be shown.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.public)
    }

    /// The private key file, without a passphrase. The text is wiped from memory after use.
    ///
    /// # Errors
    /// [`KeyFault::Damaged`] if the key cannot be written down.
    pub fn file(&self, comment: &str) -> Result<impl Deref<Target = String> + use<>, KeyFault> {
        let key = ssh_key::PrivateKey::new(self.0.clone().into(), comment);
        key.and_then(|key| key.to_openssh(LineEnding::LF)).map_err(|_| KeyFault::Damaged)
    }

    pub fn as_ssh_key(&self) -> Option<ssh_key::PrivateKey> {
        ssh_key::PrivateKey::new(KeypairData::Ed25519(self.0.clone()), "").ok()
    }
}

/// What a file is that does not begin as OpenSSH's private keys do.
fn other_than_private(text: &[u8]) -> KeyFault {
    let text = String::from_utf8_lossy(text);
    let first = text.lines().next().unwrap_or_default();
    match first {
        _ if is_kind_of_key(first) => KeyFault::Public,
        _ if first.starts_with("-----BEGIN ") && first.ends_with("PRIVATE KEY-----") => {
            KeyFault::OtherForm
        }
        _ if first.starts_with("PuTTY-User-Key-File") => KeyFault::OtherForm,
        _ if first.contains("SSH2 PUBLIC KEY") => KeyFault::Public,
        _ => KeyFault::NotAKey,
    }
}

/// The names of the cipher and of the kind of key, from the head of a private key file.
fn cipher_and_kind(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = bytes.strip_prefix(b"openssh-key-v1\0")?;
    let cipher = ssh_encoding::string(&mut rest)?;
    let _derivation = ssh_encoding::string(&mut rest)?;
    let _its_options = ssh_encoding::string(&mut rest)?;
    let _keys = ssh_encoding::number(&mut rest)?;
    let mut public = ssh_encoding::string(&mut rest)?;
    Some((cipher, ssh_encoding::string(&mut public)?))
}

#[cfg(test)]
#[path = "key_tests.rs"]
mod tests;
