//! Bytes to text, in the encodings that Excel and editors leave behind.
//!
//! Nothing is guessed silently: a byte order mark or valid UTF-8 decides; what is neither is
//! CP932 (Windows' Shift_JIS) only when every byte fits and no other reading is as good.

use encoding_rs::{EUC_JP, Encoding as Codec, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::problem::{Code, Place, Problem};

/// How a file was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Cp932,
    Utf16,
}

impl Encoding {
    /// The name that users know.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Cp932 => "CP932（シフトJIS）",
            Encoding::Utf16 => "UTF-16",
        }
    }
}

/// Text and what it was encoded in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
}

/// Decodes a text file; a byte order mark is taken off.
///
/// # Errors
/// Bytes that no known encoding explains, or that two explain equally well, with the line and
/// the value of the first byte that is in doubt.
pub fn decode(file: &str, bytes: &[u8]) -> Result<Decoded, Box<Problem>> {
    let decoded = decode_bytes(file, bytes)?;
    match decoded.text.find('\u{FFFD}') {
        Some(at) => Err(Box::new(lost(file, &decoded.text[..at]))),
        None => Ok(decoded),
    }
}

/// Another program has put � where it could not read a character: the character is gone.
fn lost(file: &str, before: &str) -> Problem {
    let line = 1 + before.matches('\n').count() as u32;
    let column = 1 + before.chars().rev().take_while(|c| *c != '\n').count() as u32;
    problem(
        Place::at(file, line, column),
        "文字化けの跡（�）があります。元の文字は失われています".into(),
    )
    .hint("元のファイルを開き直し、「CSV UTF-8（コンマ区切り）」で保存し直してください")
}

fn decode_bytes(file: &str, bytes: &[u8]) -> Result<Decoded, Box<Problem>> {
    if let Some(body) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(body).ok_or_else(|| undecodable(file, body, "UTF-8"));
    }
    for (mark, codec) in [(b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(body) = bytes.strip_prefix(mark) {
            let text = whole(codec, body).filter(|_| body.len().is_multiple_of(2));
            let text = text.ok_or_else(|| broken_utf16(file, body, codec == UTF_16LE))?;
            return Ok(Decoded { text, encoding: Encoding::Utf16 });
        }
    }
    if let Some(decoded) = utf8(bytes) {
        return Ok(decoded);
    }
    let Some(text) = whole(SHIFT_JIS, bytes) else {
        return Err(undecodable(file, bytes, "UTF-8でもCP932（シフトJIS）でも"));
    };
    // Kanji in EUC-JP read as CP932 become half-width katakana.
    let katakana = text.chars().any(|c| ('\u{FF61}'..='\u{FF9F}').contains(&c));
    if katakana && whole(EUC_JP, bytes).is_some() {
        let place = doubtful(file, bytes);
        let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        let message = format!(
            "文字コードを決められません。この行のバイト（0x{:02X}）からは、CP932（シフトJIS）ともEUC-JPとも読めます",
            bytes[at]
        );
        return Err(Box::new(problem(place, message)));
    }
    Ok(Decoded { text, encoding: Encoding::Cp932 })
}

/// The line and the value of the first unit that is half of a pair, or of a last odd byte.
fn broken_utf16(file: &str, body: &[u8], little: bool) -> Box<Problem> {
    let (pairs, rest) = body.as_chunks::<2>();
    let unit = if little { u16::from_le_bytes } else { u16::from_be_bytes };
    let mut line = 1;
    for read in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match read {
            Ok('\n') => line += 1,
            Ok(_) => {}
            Err(error) => {
                let value = format!(
                    "UTF-16として読めない値（0x{:04X}）があります",
                    error.unpaired_surrogate()
                );
                return Box::new(problem(Place { line: Some(line), ..Place::file(file) }, value));
            }
        }
    }
    let byte = rest.first().copied().unwrap_or_default();
    let message = format!("UTF-16のファイルが、文字の途中（0x{byte:02X}）で終わっています");
    Box::new(problem(Place { line: Some(line), ..Place::file(file) }, message))
}

fn utf8(bytes: &[u8]) -> Option<Decoded> {
    let text = std::str::from_utf8(bytes).ok()?.to_owned();
    Some(Decoded { text, encoding: Encoding::Utf8 })
}

/// The text, when every byte fits.
fn whole(codec: &'static Codec, bytes: &[u8]) -> Option<String> {
    codec.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

fn undecodable(file: &str, bytes: &[u8], names: &str) -> Box<Problem> {
    let place = doubtful(file, bytes);
    let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let byte = bytes.get(at).copied().unwrap_or_default();
    Box::new(problem(place, format!("{names}読めないバイト（0x{byte:02X}）があります")))
}

/// The line of the first byte that is not UTF-8.
fn doubtful(file: &str, bytes: &[u8]) -> Place {
    let valid = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let line = 1 + bytes[..valid].iter().filter(|byte| **byte == b'\n').count() as u32;
    Place { line: Some(line), ..Place::file(file) }
}

fn problem(place: Place, message: String) -> Problem {
    Problem::error(Code::Encoding, place)
        .message(message)
        .expected("UTF-8（BOMの有無は問わない）、CP932、BOMのあるUTF-16")
        .hint("Excelでは「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直してください")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Encoding) {
        let decoded = decode("a.csv", bytes).unwrap();
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        assert_eq!(read(b"\xEF\xBB\xBFx"), ("x".into(), Encoding::Utf8));
        assert_eq!(read(b"\xFF\xFE\x6E\x30"), ("の".into(), Encoding::Utf16));
        assert_eq!(read(b"\xFE\xFF\x30\x6E"), ("の".into(), Encoding::Utf16));
    }

    #[test]
    fn cp932_is_read_with_the_characters_of_its_vendors() {
        // 指標,①㈱髙﨑～－ as Excel writes it.
        let bytes = b"\x8e\x77\x95\x57,\x87\x40\x87\x8a\xfb\xfc\xfa\xb1\x81\x60\x81\x7c";
        assert_eq!(read(bytes), ("指標,①㈱髙﨑～－".into(), Encoding::Cp932));
    }

    #[test]
    fn bytes_that_nothing_explains_are_told_with_line_and_value() {
        let problem = decode("a.csv", b"x\n\x8e\x77\xff\x00").unwrap_err();
        assert_eq!((problem.code, problem.place.line), (Code::Encoding, Some(2)));
        assert!(problem.message.contains("0x8E"), "{}", problem.message);
    }

    #[test]
    fn what_reads_as_two_encodings_is_refused() {
        // 市民 in EUC-JP is four half-width katakana in CP932.
        let problem = decode("a.csv", b"\xbb\xd4\xcc\xb1").unwrap_err();
        assert!(problem.message.contains("EUC-JP"), "{}", problem.message);
    }

    #[test]
    fn half_a_character_of_utf16_is_refused_with_line_and_value() {
        for (bytes, value) in [
            (b"\xFF\xFEa\0\n\0\x6E".as_slice(), "0x6E"),
            (b"\xFF\xFEa\0\n\0\x00\xD8b\0", "0xD800"),
            (b"\xFE\xFF\0\n\xDC\x00\0b", "0xDC00"),
        ] {
            let problem = decode("a.csv", bytes).unwrap_err();
            assert_eq!(problem.place.line, Some(2));
            assert!(problem.message.contains(value), "{}", problem.message);
        }
    }

    #[test]
    fn a_file_that_lost_characters_before_is_refused() {
        let problem = decode("a.csv", "a\n指\u{FFFD}\n".as_bytes()).unwrap_err();
        assert_eq!((problem.place.line, problem.place.column), (Some(2), Some(2)));
    }
}
