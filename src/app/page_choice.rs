//! Which pages a command shall take: `3-5,8`.

use std::ops::RangeInclusive;

/// Pages by their place in the document, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageChoice(Vec<RangeInclusive<usize>>);

/// A number that no document reaches: the open end of `8-`.
const OPEN: usize = usize::MAX;

impl PageChoice {
    /// Reads a choice: numbers, and ranges with one or both ends, between commas. Full-width
    /// signs are read like half-width ones.
    ///
    /// # Errors
    /// What is wrong with it, in Japanese.
    pub fn parse(text: &str) -> Result<Self, String> {
        let plain: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
        let ranges: Result<Vec<_>, String> = plain.split(',').map(range).collect();
        ranges.map(PageChoice)
    }

    /// The chosen pages of a document, counted from 0, each once and in their order.
    ///
    /// # Errors
    /// The first number that the document does not reach.
    pub fn of(&self, count: usize) -> Result<Vec<usize>, usize> {
        let mut chosen = vec![false; count];
        for range in &self.0 {
            let last = if *range.end() == OPEN { count } else { *range.end() };
            match [*range.start(), last].into_iter().find(|number| *number > count) {
                Some(number) => return Err(number),
                None => chosen[range.start() - 1..last].fill(true),
            }
        }
        Ok((0..count).filter(|page| chosen[*page]).collect())
    }
}

fn half_width(character: char) -> char {
    match character {
        '０'..='９' => char::from(b'0' + (character as u32 - '０' as u32) as u8),
        '，' | '、' => ',',
        '－' | '−' | '–' | '～' | '〜' | '~' => '-',
        other => other,
    }
}

fn range(text: &str) -> Result<RangeInclusive<usize>, String> {
    let wrong =
        || "「3-5,8」のように、ページの番号と範囲をコンマで区切って指定してください".to_owned();
    let number = |text: &str| match text.parse::<usize>() {
        Ok(0) => Err("ページは1から数えます。0は指定できません".to_owned()),
        Ok(number) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(number),
        _ => Err(wrong()),
    };
    let (first, last) = match text.split_once('-') {
        None => (number(text)?, number(text)?),
        Some(("", "")) => return Err(wrong()),
        Some((first, "")) => (number(first)?, OPEN),
        Some(("", last)) => (1, number(last)?),
        Some((first, last)) => (number(first)?, number(last)?),
    };
    match first <= last {
        true => Ok(first..=last),
        false => Err(format!("「{text}」は範囲が逆です。「{last}-{first}」のように書いてください")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str, count: usize) -> Result<Vec<usize>, usize> {
        PageChoice::parse(text).unwrap().of(count)
    }

    #[test]
    fn numbers_and_ranges_are_taken_once_and_in_their_order() {
        assert_eq!(chosen("8,3-5,4", 9), Ok(vec![2, 3, 4, 7]));
        assert_eq!(chosen("-2,8-", 9), Ok(vec![0, 1, 7, 8]));
        assert_eq!(chosen("３〜５、８", 9), Ok(vec![2, 3, 4, 7]));
    }

    #[test]
    fn a_page_that_is_not_there_is_named() {
        assert_eq!(chosen("1,30", 23), Err(30));
        assert_eq!(chosen("24-", 23), Err(24));
        assert_eq!(chosen("2-18446744073709551614", 23), Err(18446744073709551614));
    }

    #[test]
    fn what_is_no_choice_is_refused() {
        for text in
            ["", ",", "3,", "a", "1-2-3", "-", "+3", "0", "5-3", "3.5", "99999999999999999999"]
        {
            assert!(PageChoice::parse(text).is_err(), "{text}");
        }
    }
}
