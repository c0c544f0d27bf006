use base64ct::{Base64, Encoding};

use super::*;

const MANIFEST: &[u8] = include_bytes!("../../../tests/signatures/manifest.txt");
const SIGNATURE: &[u8] = include_bytes!("../../../tests/signatures/manifest.sig");
const KEY: &[u8] = include_bytes!("../../../tests/signatures/test-key");

fn key() -> PrivateKey {
    PrivateKey::read(KEY, None).unwrap()
}

/// The fixture after something was done to its bytes.
fn changed(change: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let bytes = change(super::ssh_encoding::unarmored(SIGNATURE, LABEL).unwrap());
    let body = Base64::encode_string(&bytes);
    format!("-----BEGIN {LABEL}-----\n{body}\n-----END {LABEL}-----\n").into_bytes()
}

/// The fixture with a run of its bytes replaced, which must be there.
fn replaced(from: &[u8], to: &[u8]) -> Vec<u8> {
    changed(|bytes| {
        let at = bytes.windows(from.len()).position(|run| run == from).unwrap();
        [&bytes[..at], to, &bytes[at + from.len()..]].concat()
    })
}

#[test]
fn the_same_key_and_bytes_make_what_ssh_keygen_made() {
    assert_eq!(sign(MANIFEST, &key()).unwrap().as_bytes(), SIGNATURE);
}

#[test]
fn a_signature_of_ssh_keygen_names_its_key() {
    assert_eq!(verify(MANIFEST, SIGNATURE), Ok(key().public()));
}

#[test]
fn a_signature_over_sha256_holds_too() {
    let signature = include_bytes!("../../../tests/signatures/sha256.sig");
    assert_eq!(verify(MANIFEST, signature), Ok(key().public()));
}

#[test]
fn a_new_key_signs_and_no_other_key_made_it() {
    let new = PrivateKey::generate().unwrap();
    let signature = sign(b"", &new).unwrap();
    assert_eq!(verify(b"", signature.as_bytes()), Ok(new.public()));
    assert_ne!(new.public(), PrivateKey::generate().unwrap().public());
}

#[test]
fn other_bytes_do_not_match() {
    assert_eq!(verify(b"other", SIGNATURE), Err(SignatureFault::Mismatch));
}

#[test]
fn no_letter_of_a_signature_can_be_changed() {
    for at in 0..SIGNATURE.len() {
        let mut other = SIGNATURE.to_vec();
        if other[at] == b'\n' {
            continue;
        }
        other[at] = if other[at] == b'A' { b'B' } else { b'A' };
        assert!(verify(MANIFEST, &other).is_err(), "letter {at}");
    }
}

#[test]
fn a_signature_cut_short_is_none() {
    let whole = super::ssh_encoding::unarmored(SIGNATURE, LABEL).unwrap().len();
    for length in 0..whole {
        let cut = changed(|bytes| bytes[..length].to_vec());
        assert_eq!(verify(MANIFEST, &cut), Err(SignatureFault::NotASignature), "{length}");
    }
}

#[test]
fn nothing_unsigned_hides_in_a_signature() {
    let longer = changed(|bytes| [&bytes[..], b"x"].concat());
    let reserved = replaced(b"soukatsu\0\0\0\0", b"soukatsu\0\0\0\x01x");
    for signature in [longer, reserved] {
        assert_eq!(verify(MANIFEST, &signature), Err(SignatureFault::NotASignature));
    }
}

#[test]
fn other_files_are_no_signatures() {
    for file in [b"".as_slice(), b"\xff\xfe", MANIFEST, KEY, b"-----BEGIN SSH SIGNATURE-----\n"] {
        assert_eq!(verify(MANIFEST, file), Err(SignatureFault::NotASignature));
    }
}

#[test]
fn a_signature_for_another_use_does_not_count() {
    let signature = include_bytes!("../../../tests/signatures/other-namespace.sig");
    let fault = SignatureFault::OtherNamespace("git".into());
    assert_eq!(verify(MANIFEST, signature), Err(fault));
}

#[test]
fn a_namespace_that_was_only_rewritten_does_not_match() {
    let signature = include_bytes!("../../../tests/signatures/other-namespace.sig");
    let bytes = super::ssh_encoding::unarmored(signature, LABEL).unwrap();
    let at = bytes.windows(7).position(|run| run == b"\0\0\0\x03git").unwrap();
    let forged = changed(|_| [&bytes[..at], b"\0\0\0\x08soukatsu", &bytes[at + 7..]].concat());
    assert_eq!(verify(MANIFEST, &forged), Err(SignatureFault::Mismatch));
}

#[test]
fn signatures_of_other_kinds_of_keys_are_named() {
    let rsa = include_bytes!("../../../tests/signatures/rsa.sig").as_slice();
    let ecdsa = include_bytes!("../../../tests/signatures/ecdsa.sig");
    for (signature, kind) in [(rsa, "ssh-rsa"), (ecdsa, "ecdsa-sha2-nistp256")] {
        let fault = SignatureFault::OtherAlgorithm(kind.into());
        assert_eq!(verify(MANIFEST, signature), Err(fault));
    }
}

#[test]
fn another_digest_is_named() {
    let fault = SignatureFault::OtherHash("sha384".into());
    assert_eq!(verify(MANIFEST, &replaced(b"sha512", b"sha384")), Err(fault));
}

#[test]
fn another_version_is_named() {
    let newer = replaced(b"SSHSIG\0\0\0\x01", b"SSHSIG\0\0\0\x02");
    assert_eq!(verify(MANIFEST, &newer), Err(SignatureFault::OtherVersion(2)));
}

#[test]
fn a_signature_that_does_not_match_has_a_code_of_its_own() {
    let code = |fault: SignatureFault| fault.problem(Place::file("a.sig")).code.name();
    assert_eq!(code(SignatureFault::Mismatch), "S825");
    assert_eq!(code(SignatureFault::NotASignature), "S824");
}
