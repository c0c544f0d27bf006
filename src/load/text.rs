//! Bytes to text. UTF-8 with or without a byte order mark.

use crate::problem::{Code, Place, Problem};

/// Decodes a text file and takes a byte order mark off.
///
/// # Errors
/// Bytes that are not UTF-8, with the line of the first one.
pub fn decode(file: &str, bytes: &[u8]) -> Result<String, Box<Problem>> {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(error) => {
            let before = &body[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u32;
            return Err(Box::new(
                Problem::error(Code::Encoding, Place { line: Some(line), ..Place::file(file) })
                    .message("文字コードがUTF-8ではありません")
                    .expected("UTF-8（BOMの有無は問わない）")
                    .hint("Excelでは「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直してください"),
            ));
        }
    };
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        assert_eq!(decode("a.csv", b"\xEF\xBB\xBFx").unwrap(), "x");
    }

    #[test]
    fn bytes_of_another_encoding_are_told_with_their_line() {
        let problem = decode("a.csv", b"x\n\x8e\x77\x95\x57").unwrap_err();
        assert_eq!((problem.code, problem.place.line), (Code::Encoding, Some(2)));
    }
}
