//! A pair of keys to sign official versions with.
#![expect(clippy::disallowed_methods, reason = "where a key may be put")]

use std::fmt;
use std::path::{Path, PathBuf};

use crate::app::files::{self, New};
use crate::archive::{KeyFault, NameFault, PrivateKey, is_bag, signers_line};
use crate::files::folder_of;

/// Whose key is made, and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct KeygenRequest<'a> {
    /// As it is shown to those who verify a signature.
    pub name: &'a str,
    /// The file of the private key; without one, the current folder and the name of the signer.
    pub output: Option<&'a Path>,
}

/// A new pair of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKeys {
    pub private_path: PathBuf,
    pub public_path: PathBuf,
    /// The content of the public file.
    pub public_line: String,
    /// The line for a list of signers.
    pub signers_line: String,
    /// `SHA256:…`.
    pub fingerprint: String,
}

/// Why no keys were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoKeys {
    /// The place is that of no file.
    NoFileName(PathBuf),
    /// The name of the signer is that of no file.
    NameOfNoFile(String),
    /// The private key would go where others can read it.
    Published(PathBuf),
    Name(NameFault),
    Key(KeyFault),
    /// Holds the system's words.
    Unwritable(PathBuf, String),
}

impl NoKeys {
    /// Whether other arguments would mend it.
    pub fn is_usage(&self) -> bool {
        matches!(self, NoKeys::NoFileName(_) | NoKeys::NameOfNoFile(_) | NoKeys::Name(_))
    }
}

/// A sentence without a full stop.
impl fmt::Display for NoKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoKeys::NoFileName(path) => {
                write!(f, "「{}」はファイルの名前ではありません", path.display())
            }
            NoKeys::NameOfNoFile(name) => write!(
                f,
                "「{name}」はファイルの名前に使えません。`-o` でファイルを指定してください"
            ),
            NoKeys::Published(home) => write!(
                f,
                "「{}」は報告書か正式版の保管庫のフォルダーです。秘密鍵が人の手に渡るおそれがあります。`-o` で、自分だけが使う場所を指定してください",
                home.display()
            ),
            NoKeys::Name(fault) => f.write_str(fault.message()),
            NoKeys::Key(fault) => f.write_str(&fault.message()),
            NoKeys::Unwritable(path, reason) => {
                write!(f, "誤り[S802] 「{}」に書き込めません（{reason}）", path.display())
            }
        }
    }
}

/// Makes a pair of keys in two new files.
///
/// # Errors
/// What stands in the way; nothing is written then.
pub fn keygen(request: KeygenRequest<'_>) -> Result<NewKeys, NoKeys> {
    let private_path = file(request)?;
    let around = files::kept_around(&private_path).or_else(|| published_around(&private_path));
    if let Some(home) = around {
        return Err(NoKeys::Published(home));
    }
    let key = PrivateKey::generate().map_err(NoKeys::Key)?;
    let signers_line = signers_line(request.name, key.public()).map_err(NoKeys::Name)?;
    let private = key.file(request.name).map_err(NoKeys::Key)?;
    let public = format!("{} {}\n", key.public().line(), request.name);
    let public_path = with_suffix(&private_path, ".pub");
    let files = [
        New { path: public_path.clone(), bytes: public.as_bytes(), is_secret: false },
        New { path: private_path.clone(), bytes: private.as_bytes(), is_secret: true },
    ];
    files::write_new(&files)
        .map_err(|(path, reason)| NoKeys::Unwritable(path.to_owned(), reason))?;
    Ok(NewKeys {
        private_path,
        public_path,
        public_line: public.trim_end().to_owned(),
        signers_line,
        fingerprint: key.public().fingerprint(),
    })
}

/// Where the private key goes.
fn file(request: KeygenRequest<'_>) -> Result<PathBuf, NoKeys> {
    if let Some(path) = request.output {
        return match path.file_name() {
            Some(_) => Ok(path.to_owned()),
            None => Err(NoKeys::NoFileName(path.to_owned())),
        };
    }
    // Characters that some system allows in no file name.
    let is_odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    if request.name.contains(is_odd) || request.name.starts_with(['.', '-']) {
        return Err(NoKeys::NameOfNoFile(request.name.to_owned()));
    }
    Ok(PathBuf::from(format!("{}.key", request.name)))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The report folder or bag that a file would stand in: both are passed on, with all that is in
/// them.
fn published_around(path: &Path) -> Option<PathBuf> {
    let folder = folder_of(path).canonicalize().ok()?;
    let is_published = |folder: &&Path| folder.join("report.toml").is_file() || is_bag(folder);
    folder.ancestors().find(is_published).map(Path::to_owned)
}
