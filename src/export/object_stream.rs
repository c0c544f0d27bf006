//! What parsing an object stream takes, found without parsing it.

use lopdf::Stream;

/// lopdf reads nothing that is nested deeper, and other readers run out of stack.
const DEEPEST: i64 = 1_000;

/// How many values are parsed of an object stream, at most; `None` when it cannot be
/// read. `largest`: in bytes, unpacked.
pub(super) fn values(stream: &Stream, largest: usize) -> Option<usize> {
    let unpacked = match stream.dict.has(b"Filter") {
        true => stream.decompressed_content_with_limit(largest).ok()?,
        false => stream.content.clone(),
    };
    let first = usize::try_from(stream.dict.get(b"First").ok()?.as_i64().ok()?).ok()?;
    let (index, body) = unpacked.split_at_checked(first)?;
    let index = std::str::from_utf8(index).ok()?;
    let lines = index.split(['\r', '\n']).map(|line| line.split('%').next().unwrap_or_default());
    let numbers: Vec<Option<usize>> =
        lines.flat_map(str::split_whitespace).map(|number| number.parse().ok()).collect();
    let mut starts: Vec<usize> =
        numbers.as_chunks().0.iter().filter_map(|[_, start]| *start).collect();
    starts.sort_unstable();
    let twice = starts.windows(2).any(|pair| pair[0] == pair[1]);
    Some(match count(body, &starts) {
        (values, true) if !twice => values,
        // Objects begin inside one another, and are parsed again and again.
        (values, _) => values.saturating_mul(starts.len()),
    })
}

/// Counts the values of a text of objects, and says whether every start is that of an object
/// inside no other.
fn count(body: &[u8], starts: &[usize]) -> (usize, bool) {
    let mut starts = starts.iter().copied().peekable();
    let (mut at, mut depth, mut values, mut apart) = (0, 0_i64, 0, true);
    while let Some(byte) = body.get(at) {
        while let Some(start) = starts.next_if(|start| *start <= at) {
            apart &= start == at && depth == 0;
        }
        values += 1;
        at += match byte {
            b'(' => string(&body[at..]),
            b'%' => run(&body[at..], |byte| !matches!(byte, b'\r' | b'\n')),
            b'<' if body.get(at + 1) == Some(&b'<') => {
                depth += 1;
                2
            }
            b'>' if body.get(at + 1) == Some(&b'>') => {
                depth -= 1;
                2
            }
            b'<' => run(&body[at..], |byte| byte != b'>') + 1,
            b'[' => {
                depth += 1;
                1
            }
            b']' => {
                depth -= 1;
                1
            }
            byte if is_space(*byte) => {
                values -= 1;
                1
            }
            // A name, a number, a word.
            _ => 1 + run(&body[at + 1..], |byte| !is_space(byte) && !b"()<>[]/%".contains(&byte)),
        };
        apart &= depth >= 0;
        if depth > DEEPEST {
            return (usize::MAX, true);
        }
    }
    (values, apart)
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'\0' | b'\x0c')
}

/// How far a text goes on.
pub(super) fn run(text: &[u8], goes_on: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|byte| !goes_on(*byte)).unwrap_or(text.len())
}

/// The length of a string with its brackets.
fn string(text: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}
