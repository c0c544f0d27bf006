//! Which page of the new edition is which page of the old one.

/// What pages are told apart by.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Everything on the page but its number.
    pub body: u128,
    /// Its parts wherever they stand, sorted: the more two pages share, the more they are alike.
    pub words: Vec<u128>,
}

/// The same page in both editions, or one that only one edition has; counted from 0.
pub type Pair = (Option<usize>, Option<usize>);

/// Pages that are equal in all but their number.
const EQUAL: u32 = 10_000;
/// Blank pages are equal, too, but say nothing of where they belong.
const BLANK: u32 = 100;
/// Pages that share all their words.
const ALIKE: u32 = 5_000;

/// Pairs the pages in the order of the new edition; removed ones stand where they stood.
///
/// Both orders are kept, so that the weight of all pairs is the greatest (after Needleman and
/// Wunsch); pages that left their place alone for another one are paired at the end.
pub fn align(old: &[Key], new: &[Key]) -> Vec<Pair> {
    let head = old.iter().zip(new).take_while(|(a, b)| a.body == b.body).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let backwards = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = backwards.take_while(|(a, b)| a.body == b.body).count();
    let between = middle(&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let shifted = |index: Option<usize>| index.map(|index| index + head);
    let mut pairs: Vec<Pair> = (0..head).map(|page| (Some(page), Some(page))).collect();
    pairs.extend(between.into_iter().map(|(a, b)| (shifted(a), shifted(b))));
    let tails = (old.len() - tail..old.len()).zip(new.len() - tail..new.len());
    pairs.extend(tails.map(|(a, b)| (Some(a), Some(b))));
    exchanged(old, new, pairs)
}

fn middle(old: &[Key], new: &[Key]) -> Vec<Pair> {
    let width = new.len() + 1;
    // The best weight of all pages from (a, b) on.
    let mut best = vec![0u32; (old.len() + 1) * width];
    let mut weights = vec![0u32; old.len() * new.len()];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let weight = weight(&old[a], &new[b]);
            weights[a * new.len() + b] = weight;
            let paired = weight + best[(a + 1) * width + b + 1];
            let alone = best[(a + 1) * width + b].max(best[a * width + b + 1]);
            best[a * width + b] = paired.max(alone);
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < old.len() && b < new.len() {
        let here = best[a * width + b];
        if here == weights[a * new.len() + b] + best[(a + 1) * width + b + 1] {
            pairs.push((Some(a), Some(b)));
            (a, b) = (a + 1, b + 1);
        } else if here == best[(a + 1) * width + b] {
            pairs.push((Some(a), None));
            a += 1;
        } else {
            pairs.push((None, Some(b)));
            b += 1;
        }
    }
    pairs.extend((a..old.len()).map(|a| (Some(a), None)));
    pairs.extend((b..new.len()).map(|b| (None, Some(b))));
    pairs
}

/// Never 0: a page that stands in the place of another one is a change of it.
fn weight(old: &Key, new: &Key) -> u32 {
    let words = old.words.len() + new.words.len();
    match (old.body == new.body, words) {
        (true, 0) => BLANK,
        (true, _) => EQUAL,
        (false, 0) => 1,
        (false, _) => 1 + (2 * shared(&old.words, &new.words) * ALIKE as usize / words) as u32,
    }
}

/// How many two sorted lists have in common.
fn shared(mut a: &[u128], mut b: &[u128]) -> usize {
    let mut count = 0;
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a = rest_a,
            std::cmp::Ordering::Greater => b = rest_b,
            std::cmp::Ordering::Equal => {
                (a, b) = (rest_a, rest_b);
                count += 1;
            }
        }
    }
    count
}

/// Pairs a page that stands alone in the old edition with an equal one alone in the new one.
fn exchanged(old: &[Key], new: &[Key], mut pairs: Vec<Pair>) -> Vec<Pair> {
    let alone: Vec<usize> =
        pairs.iter().filter_map(|pair| pair.0.filter(|_| pair.1.is_none())).collect();
    for a in alone {
        let same = |pair: &Pair| matches!(pair, (None, Some(b)) if new[*b].body == old[a].body && !old[a].words.is_empty());
        if let Some(found) = pairs.iter().position(same) {
            pairs[found].0 = Some(a);
            pairs.retain(|pair| *pair != (Some(a), None));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page a text; words are its characters, and a blank page has none.
    fn pages(texts: &[&str]) -> Vec<Key> {
        let key = |text: &&str| {
            let mut words: Vec<u128> = text.chars().map(|c| u128::from(u32::from(c))).collect();
            let body = words.iter().fold(7, |sum, word| sum * 31 + word);
            words.sort_unstable();
            Key { body, words }
        };
        texts.iter().map(key).collect()
    }

    fn pairs(old: &[&str], new: &[&str]) -> Vec<Pair> {
        align(&pages(old), &pages(new))
    }

    #[test]
    fn a_page_between_two_others_is_new_and_the_rest_keeps_its_partners() {
        assert_eq!(
            pairs(&["abc", "def", "ghi"], &["abc", "xyz", "def", "ghi"]),
            [(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2)), (Some(2), Some(3))]
        );
    }

    #[test]
    fn a_changed_page_keeps_its_partner_beside_a_new_one() {
        assert_eq!(
            pairs(&["abc", "defghi", "jkl"], &["abc", "xyz", "defghx", "jkl"]),
            [(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2)), (Some(2), Some(3))]
        );
    }

    #[test]
    fn a_wholly_other_page_in_the_same_place_is_a_change_of_it() {
        assert_eq!(
            pairs(&["abc", "def", "ghi"], &["abc", "xyz", "ghi"]),
            [(Some(0), Some(0)), (Some(1), Some(1)), (Some(2), Some(2))]
        );
    }

    #[test]
    fn pages_that_change_places_are_still_the_same_pages() {
        let found = pairs(&["abc", "def", "ghi", "jkl"], &["abc", "ghi", "def", "jkl"]);
        assert_eq!(found.len(), 4);
        for pair in [(0, 0), (1, 2), (2, 1), (3, 3)] {
            assert!(found.contains(&(Some(pair.0), Some(pair.1))), "{found:?}");
        }
    }

    #[test]
    fn removed_pages_stand_where_they_stood() {
        assert_eq!(
            pairs(&["abc", "def", "ghi"], &["abc", "ghi"]),
            [(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1))]
        );
    }

    #[test]
    fn an_edition_without_pages_is_all_new_or_all_gone() {
        assert_eq!(pairs(&[], &["a"]), [(None, Some(0))]);
        assert_eq!(pairs(&["a"], &[]), [(Some(0), None)]);
    }
}
