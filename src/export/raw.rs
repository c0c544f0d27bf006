//! What the raw bytes of a PDF tell of it before anything of it is read.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::object_stream::{is_space, run};

/// Arrays and dictionaries inside one another: readers go down one by one, and their stack ends.
/// Packed data has brackets, too, but by chance they never come to that many.
const DEEPEST: usize = 8_000;
/// All cross-reference streams together, in unpacked bytes. Reckoned from the handout, an
/// official version of 2,032 pages needs under 1 MB.
pub(super) const ALL_SECTIONS: usize = 64 << 20;
/// More sections no file has that was written and then changed by hand.
pub(super) const MOST_SECTIONS: usize = 256;
/// The dictionary of a stream is not longer, in bytes.
const LONGEST_DICTIONARY: usize = 64 << 10;
/// A stream may be packed more than once.
const LAYERS: usize = 3;

/// A picture of A0 at 600 dpi has fewer points; what draws it takes some bytes for each.
const MOST_PICTURE_POINTS: u64 = 150_000_000;
/// Width and height of a picture stand in one dictionary, in so many bytes.
const LONGEST_PICTURE_DICTIONARY: usize = 1000;

/// Whether only reading what objects there are would fill the memory or the stack.
pub(super) fn is_too_heavy(bytes: &[u8], names: &Names) -> bool {
    is_too_deep(bytes)
        || names.sections() > MOST_SECTIONS
        || names.unpacked(bytes, ALL_SECTIONS) > ALL_SECTIONS
        || names.largest_picture() > MOST_PICTURE_POINTS
}

/// Whether something is nested deeper than in any document.
fn is_too_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut before) = (0_usize, 0);
    for byte in bytes {
        match byte {
            b'[' => depth += 1,
            b'<' if before == b'<' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if before == b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
        before = *byte;
    }
    false
}

/// Names in the raw file that tell what loading it will take. The dictionary of a stream never
/// lies in another stream.
#[derive(Default)]
pub(super) struct Names {
    pub encrypt: bool,
    /// Where `/W [` stands, which every cross-reference stream has, and a font may have.
    widths: Vec<usize>,
    /// Where `/Size` stands, which every cross-reference stream has, and an attachment may have.
    sizes: Vec<usize>,
    /// `/Width` and `/Height` of pictures, with where they stand.
    picture_widths: Vec<(usize, u64)>,
    picture_heights: Vec<(usize, u64)>,
}

impl Names {
    pub fn of(bytes: &[u8]) -> Self {
        let mut names = Names::default();
        for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            let (name, end) = short_name(&bytes[at + 1..]);
            match &name[..] {
                b"Encrypt" => names.encrypt = true,
                b"Size" => names.sizes.push(at),
                b"Width" => {
                    names.picture_widths.extend(number(bytes, at + 1 + end).map(|n| (at, n)))
                }
                b"Height" => {
                    names.picture_heights.extend(number(bytes, at + 1 + end).map(|n| (at, n)));
                }
                b"W" => {
                    let rest = &bytes[at + 1 + end..];
                    if matches!(rest.get(run(rest, is_space)), Some(b'[' | b'%')) {
                        names.widths.push(at);
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// The points of the largest picture, as its dictionary has it. A side alone counts as if the
    /// other were of one point.
    pub fn largest_picture(&self) -> u64 {
        // Both lists are in the order of the file.
        let heights = &self.picture_heights;
        let height = |at: usize| {
            let begins = |(place, _): &(usize, u64)| place + LONGEST_PICTURE_DICTIONARY < at;
            let near = heights[heights.partition_point(begins)..].iter();
            let near = near.take_while(|(place, _)| *place < at + LONGEST_PICTURE_DICTIONARY);
            near.map(|(_, height)| *height).max().unwrap_or(1)
        };
        let points =
            self.picture_widths.iter().map(|(at, width)| width.saturating_mul(height(*at)));
        let heights = self.picture_heights.iter().map(|(_, height)| *height);
        points.chain(heights).max().unwrap_or_default()
    }

    /// The most cross-reference streams that there can be.
    pub fn sections(&self) -> usize {
        self.widths.len().min(self.sizes.len())
    }

    /// How many bytes the cross-reference streams unpack to, all together; counting ends soon
    /// behind `limit`.
    pub fn unpacked(&self, bytes: &[u8], limit: usize) -> usize {
        let near = |places: &[usize], end: usize| {
            let next = places.partition_point(|place| *place < end);
            next > 0 && end - places[next - 1] < LONGEST_DICTIONARY
        };
        let mut sum = 0;
        for start in streams(bytes) {
            if sum > limit {
                break;
            }
            if near(&self.widths, start) && near(&self.sizes, start) {
                sum += unpacked(&bytes[start..], limit + 1 - sum);
            }
        }
        sum
    }
}

/// The number behind a name, as far as it fits.
fn number(bytes: &[u8], at: usize) -> Option<u64> {
    let rest = bytes.get(at..)?;
    let rest = &rest[run(rest, is_space)..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
    let number = digits.fold((0_u64, false), |(number, _), digit| {
        (number.saturating_mul(10).saturating_add(u64::from(digit - b'0')), true)
    });
    number.1.then_some(number.0)
}

/// Where the data of streams begins.
fn streams(bytes: &[u8]) -> impl Iterator<Item = usize> {
    const KEYWORD: &[u8] = b"stream";
    bytes.windows(KEYWORD.len()).enumerate().filter_map(|(at, word)| {
        let start = at + KEYWORD.len();
        let line_end = match bytes.get(start..)? {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return None,
        };
        (word == KEYWORD && !bytes[..at].ends_with(b"end")).then_some(start + line_end)
    })
}

/// How many bytes come out of packed data, in the worst of its layers.
fn unpacked(data: &[u8], limit: usize) -> usize {
    let layers = |count: usize| {
        let packed: Box<dyn Read + '_> = Box::new(data);
        (0..count).fold(packed, |reader, _| Box::new(ZlibDecoder::new(reader)))
    };
    (1..=LAYERS).map(|count| drained(layers(count), limit)).max().unwrap_or_default()
}

/// How many bytes a reader gives before its end, a fault or the limit.
fn drained(mut reader: impl Read, limit: usize) -> usize {
    let (mut buffer, mut sum) = ([0; 1 << 14], 0);
    while sum < limit {
        match reader.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(count) => sum += count,
        }
    }
    sum
}

/// The beginning of a name with its `#4e` decoded, and how many bytes it takes.
fn short_name(text: &[u8]) -> (Vec<u8>, usize) {
    let (mut name, mut at) = (Vec::with_capacity(8), 0);
    while let Some(byte) = text.get(at).filter(|_| name.len() < 8) {
        if is_space(*byte) || b"()<>[]/%".contains(byte) {
            break;
        }
        let code = text.get(at + 1..at + 3).filter(|_| *byte == b'#');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(decoded) => {
                name.push(decoded);
                at += 3;
            }
            None => {
                name.push(*byte);
                at += 1;
            }
        }
    }
    (name, at)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn nesting_is_told_whatever_it_is_made_of() {
        for (open, close) in [("[", "]"), ("<</A ", ">>"), ("[<<", ">>]")] {
            let nested = |count: usize| [open.repeat(count), close.repeat(count)].concat();
            assert!(is_too_deep(nested(DEEPEST + 1).as_bytes()), "{open}");
            assert!(!is_too_deep(nested(1_000).repeat(20).as_bytes()), "{open}");
        }
    }

    #[test]
    fn cross_reference_streams_are_weighed_in_all_their_layers() {
        let zeros = vec![0; 3 << 20];
        let file = |data: &[u8]| [b"1 0 obj <</Size 9/#57 [1 4 2]>> stream\n", data].concat();
        let weight = |file: &[u8]| Names::of(file).unpacked(file, 1 << 20);
        for data in [packed(&zeros), packed(&packed(&zeros)), packed(&packed(&packed(&zeros)))] {
            assert!(weight(&file(&data)) > 1 << 20);
        }
        assert_eq!(weight(&file(&packed(&[0; 1000]))), 1000);
    }

    #[test]
    fn pictures_are_weighed_by_their_points() {
        let points = |dictionary: &str| Names::of(dictionary.as_bytes()).largest_picture();
        assert_eq!(points("<</Width 300/Height 200>>"), 60_000);
        assert_eq!(points("<</Height 9/BitsPerComponent 8/Width 70000000>>"), 630_000_000);
        assert!(points("<</Width 2999999999 0 R/Height 2>>") > MOST_PICTURE_POINTS);
        assert!(points("<</Height 99999999999999999999999>>") > MOST_PICTURE_POINTS);
        assert_eq!(points("<</Widths [300]/W [1 4 2]>>"), 0);
    }

    #[test]
    fn other_streams_are_not_weighed() {
        let data = packed(&vec![0; 3 << 20]);
        let file = [b"1 0 obj <</Size 9/Type/EmbeddedFile>> stream\r\n", &data[..]].concat();
        assert_eq!(Names::of(&file).unpacked(&file, 1 << 20), 0);
    }
}
