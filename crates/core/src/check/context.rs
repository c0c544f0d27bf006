//! What a sentence speaks of: indicators, figures, years, items, by its own words and by the
//! heading and page it stands under.

use super::numeral_origin::Lexicon;
use super::sentences::{LONGEST, Sentence};
use super::topics::{Topic, Topics};
use crate::bind::Bindings;
use crate::model::call::Call;
use crate::model::name::{NameFinder, NameText};
use crate::model::report::Report;

/// All that rules about sentences look things up in.
pub struct Context<'r> {
    pub report: &'r Report,
    pub bindings: &'r Bindings,
    pub topics: Topics<'r>,
    pub lexicon: Lexicon,
    pub sentences: Vec<Sentence>,
    /// Those that no rule looks at.
    pub long_sentences: Vec<Sentence>,
    /// The indicators by their names, as indices into the topics.
    indicators: NameFinder,
    /// For every prose file, the topics that its page shows, as indices into the topics.
    on_pages: Vec<Vec<usize>>,
}

impl<'r> Context<'r> {
    /// Reads the sentences of a report.
    pub fn new(report: &'r Report, bindings: &'r Bindings) -> Self {
        let topics = Topics::new(report);
        let names = topics.all.iter().zip(0..).filter(|(topic, _)| !topic.data.is_figure);
        let names = names.flat_map(|(topic, index)| topic.names.iter().map(move |n| (*n, index)));
        let indicators = NameFinder::new(names.filter(|(name, _)| name.chars().nth(2).is_some()));
        let on_pages = report.prose.iter().map(|prose| {
            let blocks = prose.calls.iter().filter(|call| {
                matches!(call.name.as_str(), "指標表" | "図" | "図並び" | "表" | "表並び")
            });
            let named = blocks.flat_map(|call| {
                let word = call.name.chars().next().filter(|word| matches!(word, '図' | '表'));
                let literals = call.arguments.iter().filter_map(|argument| argument.literal());
                literals.map(move |name| match word {
                    Some(word) => format!("{word}{}", name.trim_start_matches(word)),
                    None => name.to_owned(),
                })
            });
            named.filter_map(|name| topics.index(&name)).collect()
        });
        let (sentences, long_sentences) = super::sentences::sentences(report, bindings)
            .into_iter()
            .partition(|sentence| sentence.text.len() <= LONGEST);
        Context {
            indicators,
            report,
            bindings,
            on_pages: on_pages.collect(),
            lexicon: Lexicon::new(report),
            sentences,
            long_sentences,
            topics,
        }
    }

    /// The topics on the page of a sentence.
    pub fn on_page(&self, sentence: &Sentence) -> Vec<&Topic<'r>> {
        let page = sentence.prose.and_then(|prose| self.on_pages.get(prose));
        page.into_iter().flatten().filter_map(|index| self.topics.all.get(*index)).collect()
    }

    /// The indicator that a sentence speaks of at a place: the last one named before it, the only
    /// one named, or the one of the heading.
    pub fn subject(&self, sentence: &Sentence, at: usize) -> Option<&Topic<'r>> {
        let named = self.named_in(sentence);
        let before = named.iter().filter(|(end, _)| *end <= at).max_by_key(|(end, _)| *end);
        if let Some((_, topic)) = before {
            return self.topics.all.get(*topic);
        }
        match named {
            [(_, only)] => self.topics.all.get(*only),
            [] => match self.named(&NameText::new(&sentence.heading)).as_slice() {
                [(_, only)] => self.topics.all.get(*only),
                _ => None,
            },
            _ => None,
        }
    }

    /// The indicators named in a sentence, by their place among the topics, each with the end of
    /// its name.
    pub fn named_in<'s>(&self, sentence: &'s Sentence) -> &'s [(usize, usize)] {
        sentence.named.get_or_init(|| self.named(&sentence.letters))
    }

    fn named(&self, text: &NameText) -> Vec<(usize, usize)> {
        let mut found: Vec<(std::ops::Range<usize>, usize)> = self.indicators.find(text).collect();
        // A name inside a longer one is not meant: 参加率 in 地域活動参加率.
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut covered = 0;
        found.retain(|(range, _)| {
            let outside = range.end > covered;
            covered = covered.max(range.end);
            outside
        });
        found.into_iter().map(|(range, topic)| (range.end, topic)).collect()
    }

    /// The call that prints a value.
    pub fn call(&self, sentence: &Sentence, call: usize) -> Option<&'r Call> {
        self.report.prose.get(sentence.prose?)?.calls.get(call)
    }
}
