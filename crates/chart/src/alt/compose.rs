//! Sentences put together within the room there is.

/// The longest alternative text in characters: a screen reader cannot skim.
const LONGEST: usize = 160;

/// What is kept first when room is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Priority {
    /// Whether the data can be trusted.
    State,
    /// Targets, and single values that are missing or not final.
    Must,
    Body,
    /// What is told only when all the others have been told in full.
    More,
}

/// One sentence in one or several wordings, the fullest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sentence {
    wordings: Vec<String>,
    priority: Priority,
    /// One of several like it: those without room are counted in the end.
    countable: bool,
}

impl Sentence {
    pub fn new(priority: Priority, wordings: Vec<String>) -> Self {
        Sentence { wordings, priority, countable: false }
    }

    pub fn body(wordings: Vec<String>) -> Self {
        Sentence::new(Priority::Body, wordings)
    }

    pub fn countable(self) -> Self {
        Sentence { countable: true, ..self }
    }

    pub fn more(self) -> Self {
        Sentence { priority: Priority::More, ..self }
    }
}

/// The head and, in their order, the sentences that there is room for, each whole or not at all.
///
/// The head is given in several wordings, too.
pub(super) fn text(heads: &[String], sentences: &[Sentence]) -> String {
    let state = sentences.iter().filter(|sentence| sentence.priority == Priority::State);
    let kept: usize =
        state.filter_map(|sentence| sentence.wordings.last()).map(|w| length(w)).sum();
    let head = heads.iter().find(|head| length(head) + kept <= LONGEST);
    let head = head.map_or("", String::as_str);
    let room = LONGEST - length(head);

    let chosen = choose(sentences, room);
    let untold = |chosen: &[Option<&str>]| {
        let pairs = sentences.iter().zip(chosen);
        pairs.filter(|(sentence, chosen)| sentence.countable && chosen.is_none()).count()
    };
    if untold(&chosen) == 0 {
        return joined(head, &chosen, None);
    }
    let others = |count: usize| format!("ほかに{count}系列。");
    let chosen = choose(sentences, room.saturating_sub(length(&others(sentences.len()))));
    let told = |at: &usize| sentences[*at].countable && chosen[*at].is_some();
    let last = (0..sentences.len()).rev().find(told);
    let others = others(untold(&chosen));
    joined(head, &chosen, last.map(|last| (last, others.as_str())))
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn joined(head: &str, chosen: &[Option<&str>], insert: Option<(usize, &str)>) -> String {
    let mut text = head.to_owned();
    for (at, sentence) in chosen.iter().enumerate() {
        text.push_str(sentence.unwrap_or_default());
        if let Some((after, more)) = insert
            && after == at
        {
            text.push_str(more);
        }
    }
    text
}

/// The wording of every sentence, if any: first the briefest of as many sentences as possible,
/// then fuller ones.
fn choose(sentences: &[Sentence], room: usize) -> Vec<Option<&str>> {
    let mut chosen: Vec<Option<&str>> = vec![None; sentences.len()];
    let mut left = room;
    for priorities in [&[Priority::State, Priority::Must, Priority::Body][..], &[Priority::More]] {
        let all: Vec<usize> = priorities
            .iter()
            .flat_map(|priority| {
                (0..sentences.len()).filter(|&at| sentences[at].priority == *priority)
            })
            .collect();
        for &at in &all {
            let briefest = sentences[at].wordings.last().filter(|text| length(text) <= left);
            if let Some(text) = briefest {
                left -= length(text);
                chosen[at] = Some(text);
            }
        }
        for &at in &all {
            let Some(brief) = chosen[at] else { continue };
            let spare = left + length(brief);
            let fuller = sentences[at].wordings.iter().find(|text| length(text) <= spare);
            if let Some(text) = fuller {
                left = spare - length(text);
                chosen[at] = Some(text);
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(priority: Priority, wordings: &[(char, usize)]) -> Sentence {
        let text = |(c, count): &(char, usize)| c.to_string().repeat(*count);
        Sentence::new(priority, wordings.iter().map(text).collect())
    }

    #[test]
    fn every_sentence_is_told_briefly_before_any_is_told_in_full() {
        let both = [
            sentence(Priority::Body, &[('A', 100), ('a', 80)]),
            sentence(Priority::Body, &[('B', 70), ('b', 50)]),
        ];
        let text = text(&["題。".into()], &both);
        assert_eq!(text, format!("題。{}{}", "A".repeat(100), "b".repeat(50)));
    }

    #[test]
    fn what_must_be_told_is_kept_whatever_stands_before_it() {
        let both =
            [sentence(Priority::Body, &[('a', 150)]), sentence(Priority::Must, &[('m', 30)])];
        assert_eq!(text(&["題。".into()], &both), format!("題。{}", "m".repeat(30)));
    }

    #[test]
    fn series_without_room_are_counted_behind_the_last_that_is_told() {
        let mut all = vec![sentence(Priority::Body, &[('a', 50)]).countable(); 5];
        all.push(sentence(Priority::State, &[('s', 5)]));
        let two = "a".repeat(100);
        assert_eq!(text(&["題。".into()], &all), format!("題。{two}ほかに3系列。sssss"));
    }

    #[test]
    fn a_head_without_room_gives_way_to_a_shorter_one() {
        let state = [sentence(Priority::State, &[('s', 5)])];
        assert_eq!(text(&["題".repeat(156), "棒グラフ。".into()], &state), "棒グラフ。sssss");
    }
}
