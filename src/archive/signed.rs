//! The signatures of an edition: who put his name to its list of digests.
#![expect(clippy::disallowed_methods, reason = "the signatures of a store are read here")]

use std::fs;
use std::path::Path;

use super::bag::SIGNATURES;
use super::edition::Edition;
use super::files;
use super::key::PublicKey;
use super::signature;
use super::signers::Signers;
use super::store::EDITIONS;
use crate::problem::{Code, Place, Problem};

/// The names of the signers in a store, in OpenSSH's form.
pub const SIGNERS: &str = "signers";
/// The largest signature that is read, in bytes.
const LARGEST: u64 = 1 << 16;

/// A signature that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Whose key it is; empty when nobody says.
    pub names: Vec<String>,
    /// `SHA256:…`.
    pub fingerprint: String,
}

/// The file name of a signature with a key, the same whenever it signs.
pub fn signature_file(key: PublicKey) -> String {
    let fingerprint = key.fingerprint();
    let letters = fingerprint.trim_start_matches("SHA256:").chars().take(16);
    let plain: String = letters.map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{SIGNATURES}/{plain}.sig")
}

/// The signatures of an edition. `strict`: somebody in the list must have signed.
pub fn check(edition: &Edition, signers: &Signers, strict: bool) -> (Vec<Signed>, Vec<Problem>) {
    let (mut signed, mut problems) = (Vec::new(), Vec::new());
    let root = format!("{EDITIONS}/{}", edition.name());
    let list = edition.list().unwrap_or_default();
    for name in names(&edition.dir) {
        let place = Place::file(format!("{root}/{SIGNATURES}/{name}"));
        let armored = match files::read(&edition.dir, &format!("{SIGNATURES}/{name}"), LARGEST) {
            Ok(armored) => armored,
            Err(fault) => {
                let message = format!("署名のファイル{}", fault.message());
                problems.push(Problem::error(Code::Signature, place).message(message));
                continue;
            }
        };
        match signature::verify(&list, &armored) {
            Ok(key) => {
                let signer = signers.of(key);
                let fingerprint = key.fingerprint();
                if signer.is_none() {
                    problems.push(
                        Problem::warning(Code::UnknownSigner, place)
                            .text(&fingerprint)
                            .message("署名は合っていますが、だれの鍵か分かりません")
                            .hint(
                                "本人に指紋を確かめてから、`signers` にその人の行を加えてください",
                            ),
                    );
                }
                let names = signer.map(|signer| signer.names.clone()).unwrap_or_default();
                signed.push(Signed { names, fingerprint });
            }
            Err(fault) => problems.push(fault.problem(place)),
        }
    }
    if strict && !signed.iter().any(|signed| !signed.names.is_empty()) {
        problems.push(
            Problem::error(Code::UnknownSigner, Place::file(root))
                .message("指定した一覧の人の署名がありません")
                .hint("署名のファイルが消されたか、まだ署名していません"),
        );
    }
    (signed, problems)
}

/// The names of the files, sorted.
fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir.join(SIGNATURES)).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
