use super::*;

const KEY: &str = include_str!("../../../tests/signatures/test-key");
const PUBLIC: &str = include_str!("../../../tests/signatures/test-key.pub");
const LOCKED: &[u8] = include_bytes!("../../../tests/signatures/test-key-passphrase");
const COMMENT: &str = "soukatsu test key, signs nothing real";

fn private_fault(text: &[u8], passphrase: Option<&str>) -> KeyFault {
    PrivateKey::read(text, passphrase).unwrap_err()
}

fn public_fault(text: &str) -> KeyFault {
    PublicKey::read(text.as_bytes()).unwrap_err()
}

#[test]
fn a_key_of_ssh_keygen_is_read() {
    let key = PrivateKey::read(KEY.as_bytes(), None).unwrap();
    let (public, comment) = PublicKey::read(PUBLIC.as_bytes()).unwrap();
    assert_eq!((key.public(), comment.as_str()), (public, COMMENT));
    assert_eq!(format!("{} {COMMENT}\n", public.line()), PUBLIC);
}

#[test]
fn the_fingerprint_is_the_one_that_ssh_keygen_shows() {
    let (public, _) = PublicKey::read(PUBLIC.as_bytes()).unwrap();
    assert_eq!(public.fingerprint(), "SHA256:KnWkZF2aS2xcr8gf3hoItSUMgRKSjCTpoSDgcFscWSQ");
}

#[test]
fn a_new_key_comes_back_from_its_file() {
    let key = PrivateKey::generate().unwrap();
    let file = key.file("見本 花子").unwrap();
    assert_eq!(PrivateKey::read(file.as_bytes(), None).unwrap().public(), key.public());
}

#[test]
fn a_key_shown_for_debugging_keeps_its_secret() {
    let key = PrivateKey::read(KEY.as_bytes(), None).unwrap();
    let secret = key.0.private.to_bytes();
    assert!(!format!("{key:?}").contains(&format!("{:?}", &secret[..4])[1..]));
}

#[test]
fn the_passphrase_opens_a_locked_key() {
    let key = PrivateKey::read(LOCKED, Some("test passphrase")).unwrap();
    assert_eq!(key.public(), PrivateKey::read(KEY.as_bytes(), None).unwrap().public());
}

#[test]
fn a_locked_key_wants_its_own_passphrase() {
    assert_eq!(private_fault(LOCKED, None), KeyFault::Encrypted);
    for wrong in ["", "other"] {
        assert_eq!(private_fault(LOCKED, Some(wrong)), KeyFault::WrongPassphrase);
    }
}

#[test]
fn an_old_cipher_is_named_and_no_passphrase_blamed() {
    let key = include_bytes!("../../../tests/signatures/test-key-3des");
    let fault = KeyFault::OtherCipher("3des-cbc".into());
    assert_eq!(private_fault(key, Some("test passphrase")), fault);
}

#[test]
fn other_kinds_of_private_keys_are_named() {
    let rsa = include_bytes!("../../../tests/signatures/test-key-rsa").as_slice();
    let ecdsa = include_bytes!("../../../tests/signatures/test-key-ecdsa");
    for (key, kind) in [(rsa, "ssh-rsa"), (ecdsa, "ecdsa-sha2-nistp256")] {
        assert_eq!(private_fault(key, None), KeyFault::OtherAlgorithm(kind.into()));
    }
}

#[test]
fn other_kinds_of_public_keys_are_named() {
    let rsa = include_str!("../../../tests/signatures/test-key-rsa.pub");
    let ecdsa = include_str!("../../../tests/signatures/test-key-ecdsa.pub");
    let token = "sk-ssh-ed25519@openssh.com AAAA";
    let certificate = "ssh-ed25519-cert-v01@openssh.com AAAA";
    for key in [rsa, ecdsa, token, certificate] {
        let kind = key.split(' ').next().unwrap().to_owned();
        assert_eq!(public_fault(key), KeyFault::OtherAlgorithm(kind));
    }
}

#[test]
fn the_two_halves_are_not_taken_for_each_other() {
    assert_eq!(private_fault(PUBLIC.as_bytes(), None), KeyFault::Public);
    assert_eq!(public_fault(KEY), KeyFault::Private);
}

#[test]
fn private_keys_in_other_forms_are_told_from_other_files() {
    for text in ["-----BEGIN PRIVATE KEY-----\nMC4=\n", "PuTTY-User-Key-File-3: ssh-ed25519\n"] {
        assert_eq!(private_fault(text.as_bytes(), None), KeyFault::OtherForm);
    }
    for text in [&b""[..], b"\xff\x00", b"[report]\n", b"-----BEGIN SSH SIGNATURE-----\n"] {
        assert_eq!(private_fault(text, None), KeyFault::NotAKey);
    }
}

#[test]
fn a_private_key_cut_short_is_damaged() {
    let begin = KEY.find('\n').unwrap();
    let end = KEY.find("-----END").unwrap();
    for length in begin..end - 1 {
        let cut = format!("{}\n{}", &KEY[..length], &KEY[end..]);
        assert_eq!(private_fault(cut.as_bytes(), None), KeyFault::Damaged, "{length}");
    }
}

#[test]
fn a_private_key_whose_halves_do_not_fit_is_damaged() {
    let bytes = super::ssh_encoding::unarmored(KEY.as_bytes(), PRIVATE_LABEL).unwrap();
    let (public, _) = PublicKey::read(PUBLIC.as_bytes()).unwrap();
    let at = bytes.windows(32).position(|run| run == public.0.0).unwrap();
    let mut other = bytes;
    other[at] ^= 1;
    use base64ct::{Base64, Encoding};
    let body = Base64::encode_string(&other);
    let text = format!("-----BEGIN {PRIVATE_LABEL}-----\n{body}\n-----END {PRIVATE_LABEL}-----\n");
    assert_eq!(private_fault(text.as_bytes(), None), KeyFault::Damaged);
}

#[test]
fn a_public_key_cut_short_is_damaged() {
    let key = PUBLIC.trim_end_matches(&format!(" {COMMENT}\n"));
    for length in "ssh-ed25519".len()..key.len() {
        assert_eq!(public_fault(&key[..length]), KeyFault::Damaged, "{length}");
    }
}

#[test]
fn texts_are_no_public_keys() {
    for text in ["", "見本", "AAAAC3NzaC1lZDI1NTE5", &format!("{PUBLIC}{PUBLIC}")] {
        assert_eq!(public_fault(text), KeyFault::NotAKey, "{text}");
    }
}

#[test]
fn a_fault_of_a_key_becomes_a_problem_with_a_way_out() {
    let problem = KeyFault::Public.problem(Place::file("id.pub"));
    assert_eq!((problem.code.name(), problem.is_error()), ("S823", true));
    assert!(problem.hint.unwrap().contains(".pub"));
}
