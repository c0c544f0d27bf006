//! Inputs made from good ones: bytes flipped, parts doubled, dropped, exchanged between two seeds,
//! and words of the format put anywhere. The same number always makes the same input.

/// Numbers that follow from a seed (splitmix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`, or 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What is as likely wrong in any format.
const WORDS: [&[u8]; 14] = [
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    "\u{202e}".as_bytes(),
    "か\u{3099}".as_bytes(),
    "〜～−－".as_bytes(),
    b"-0",
    b"99999999999999999999",
    b"1e999",
    b"\"",
    b"(((((((((((((((((((((((((((((((((",
    b"]]]]]]]]]]]]}}}}}}}}}}}}",
];

/// No input grows beyond this, in bytes.
const LARGEST: usize = 1 << 16;

/// One of the seeds, changed in up to six places.
pub fn mutated(seeds: &[Vec<u8>], words: &[&str], random: &mut Random) -> Vec<u8> {
    let mut bytes = random.of(seeds).clone();
    for _ in 0..=random.below(6) {
        mutate(&mut bytes, seeds, words, random);
    }
    bytes.truncate(LARGEST.max(seeds.iter().map(Vec::len).max().unwrap_or_default()));
    bytes
}

fn mutate(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&str], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let longest = *random.of(&[4, 16, 64, 1024]);
    let length = random.below(longest) + 1;
    let end = (at + length).min(bytes.len());
    match random.below(9) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = random.next() as u8,
        2 => drop(bytes.drain(at..end)),
        3 => {
            let part = bytes[at..end].to_vec();
            let times = random.below(40) + 1;
            bytes.splice(at..at, part.repeat(times));
        }
        4 => {
            let other = random.of(seeds);
            let from = random.below(other.len() + 1);
            let part = &other[from..(from + length).min(other.len())];
            bytes.splice(at..end, part.iter().copied());
        }
        5 => {
            let to = random.below(bytes.len() + 1);
            let part: Vec<u8> = bytes.drain(at..end).collect();
            let to = to.min(bytes.len());
            bytes.splice(to..to, part);
        }
        6 => drop(bytes.splice(at..end, random.of(&WORDS).iter().copied())),
        _ if !words.is_empty() => {
            let word = random.of(words).as_bytes().to_vec();
            let end = if random.below(2) == 0 { at } else { end };
            bytes.splice(at..end, word);
        }
        _ => {}
    }
}
