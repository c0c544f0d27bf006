//! Where a text may break into lines: between phrases, as a reader would pause.
//!
//! A model of Japanese phrases (BudouX) proposes the breaks; what it proposes inside numbers,
//! years, Latin words or at signs that may not begin or end a line is not taken. No break is ever
//! put where the rules allow none, so a phrase that is wider than its place is for others to cut.

use std::sync::LazyLock;

use budoux_phf_rs::Parser;

static PARSER: LazyLock<Parser> = LazyLock::new(Parser::japanese_parser);

/// No line begins with them.
const NOT_FIRST: &str = "、。，．・：；？！,.:;?!)]}）」』】〕〉》］｝｠〙〗»’”ーっゃゅょぁぃぅぇぉゎゕゖッャュョァィゥェォヮヵヶ々〻ゝゞヽヾ〜～…‥％%‰℃°′″゛゜";
/// No line ends with them.
const NOT_LAST: &str = "([{（「『【〔〈《［｛｟〘〖«‘“￥¥＄$£＃#№";
/// A new phrase begins behind them.
const BEHIND: &str = "、。，．・；？！）」』】〕〉》］｝／～〜　";
/// Words that the model would cut.
const WHOLE: [&str; 6] = ["こども園", "子ども園", "霞が関", "関ケ原", "茅ヶ崎", "駒ヶ根"];
/// Conjunctions of official texts: a phrase begins behind them, none in front of them.
const CONJUNCTIONS: [&str; 4] = ["及び", "並びに", "又は", "若しくは"];
/// A new phrase begins in front of them.
const BEFORE: &str = "（「『【〔〈《［｛";

/// The phrases of a text; joined they are the text. Blanks stay at the end of a phrase.
pub fn phrases(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut proposed = vec![false; chars.len()];
    let mut at = 0;
    for phrase in PARSER.parse(text) {
        if let Some(start) = proposed.get_mut(at) {
            *start = true;
        }
        at += phrase.chars().count();
    }
    let mut found: Vec<String> = Vec::new();
    for (index, c) in chars.iter().enumerate() {
        match found.last_mut() {
            Some(phrase) if !is_break(&chars, index, proposed[index]) => phrase.push(*c),
            _ => found.push(c.to_string()),
        }
    }
    found
}

/// Whether a line may begin at a character; `proposed`: the model says so.
fn is_break(chars: &[char], at: usize, proposed: bool) -> bool {
    let (before, after) = (chars[at - 1], chars[at]);
    if after.is_whitespace()
        || is_attached(after)
        || NOT_FIRST.contains(after)
        || NOT_LAST.contains(before)
    {
        return false;
    }
    if before.is_whitespace() {
        return !is_in_number(chars, at);
    }
    // Latin words, numbers and addresses, and what a number counts: 12件, 3か月, 第6次, R7, 120km.
    if is_half_width(before) && is_half_width(after) || is_year_or_count(chars, at) {
        return false;
    }
    if BEHIND.contains(before) {
        // A particle stays with what is in brackets: （第2期）の; a range stays whole: 5〜10.
        let is_particle = "）」』】〕〉》］｝".contains(before) && is_hiragana(after);
        return !(is_particle || "・〜～／".contains(before) && is_digit(after));
    }
    let text_before = |word: &str| ends_with(&chars[..at], word);
    if BEFORE.contains(after) || CONJUNCTIONS.into_iter().any(text_before) {
        return true;
    }
    // The parts of an address: 霞が関2丁目|1番2号|中央合同庁舎.
    if text_before("丁目")
        || before == '号' && is_house_number(&chars[..at]) && !"館棟室線".contains(after)
    {
        return true;
    }
    proposed && !is_inside_word(chars, at)
}

fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{3096}').contains(&c)
}

fn ends_with(chars: &[char], word: &str) -> bool {
    chars.iter().rev().copied().take(word.chars().count()).eq(word.chars().rev())
}

/// Whether a text ends with 1番2号.
fn is_house_number(chars: &[char]) -> bool {
    let mut rest = chars.iter().rev().skip(1).skip_while(|c| is_digit(**c));
    rest.next() == Some(&'番') && rest.next().is_some_and(|c| is_digit(*c))
}

/// Whether a word that stays whole, or a conjunction, stands on both sides.
fn is_inside_word(chars: &[char], at: usize) -> bool {
    WHOLE.into_iter().chain(CONJUNCTIONS).any(|word| {
        let word: Vec<char> = word.chars().collect();
        // A conjunction stays with what is before it, too.
        let first = usize::from(!CONJUNCTIONS.contains(&word.iter().collect::<String>().as_str()));
        (first..word.len()).any(|before| {
            at >= before && chars.get(at - before..at - before + word.len()) == Some(&word[..])
        })
    })
}

/// Marks that belong to the character before them and have no width: ゛ of か゛, variants of kanji.
fn is_attached(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{200B}'..='\u{200D}' | '\u{2060}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_half_width(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{A1}'..='\u{24F}' | '\u{370}'..='\u{52F}' | '\u{FF61}'..='\u{FF9F}')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_kanji_digit(c: char) -> bool {
    "〇一二三四五六七八九十百千万億兆".contains(c)
}

/// Whether both sides of a blank are one number: 1 234 567.
fn is_in_number(chars: &[char], at: usize) -> bool {
    let before = chars[..at].iter().rev().find(|c| !c.is_whitespace());
    before.is_some_and(|c| is_digit(*c)) && is_digit(chars[at])
}

/// Whether the break would part a number from its digits, what stands for its era or order, or
/// what it counts: 令和|5, 5|年|度, 第|3|次, 約|120, 1|,234.
fn is_year_or_count(chars: &[char], at: usize) -> bool {
    let (before, after) = (chars[at - 1], chars[at]);
    if is_digit(before) || is_kanji_digit(before) && is_kanji_digit(after) {
        // Behind a number its counter begins, never a new phrase.
        return true;
    }
    if is_digit(after) || is_kanji_digit(after) || after == '元' {
        let start = chars[..at].iter().rev().take(2).rev().collect::<String>();
        let leads = ["令和", "平成", "昭和", "大正", "明治", "西暦"].contains(&start.as_str())
            || "第約計各全前後同満延築築".contains(before)
            || "△▲▼+-＋−－±".contains(before)
            || ends_with(&chars[..at], "分の");
        if leads {
            return true;
        }
    }
    // The counter itself: 5年度, 12か月, 3か所, 5千人, 2百万円.
    let counter = |ahead: usize| {
        let number = at.checked_sub(ahead + 1).and_then(|index| chars.get(index));
        number.is_some_and(|c| is_digit(*c) || is_kanji_digit(*c))
    };
    let pair = (before, after);
    counter(1)
        && matches!(
            pair,
            ('年', '度' | '間' | '目' | '生' | '産' | '代')
                | ('か' | 'ヶ' | 'ヵ' | 'ケ' | 'カ' | '箇', '月' | '所' | '年' | '国' | '条')
                | ('千' | '万' | '億' | '兆' | '百' | '十', _)
                | ('世', '帯' | '紀')
                | ('時', '間' | '点')
                | ('月' | '日' | '週', '間' | '目' | '末')
                | (
                    '番' | '回' | '件' | '人' | '名' | '歳' | '度' | '位' | '期',
                    '目' | '分' | '以' | '未' | '超'
                )
                | ('学', '年' | '級')
                | ('団', '体')
                | ('施', '設')
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> String {
        phrases(text).join("|")
    }

    #[test]
    fn names_of_projects_break_between_their_phrases() {
        for expected in [
            "子育て|世代の|相談に|応じる",
            "（仮称）|中央公園整備事業|（第2期）の|設計・|施工",
            "保育所、|認定こども園及び|放課後児童クラブ",
            "GIGAスクール構想に|よる|1人1台端末の|更新",
            "国民健康保険税の|収納率が|前年度を|1.2ポイント上回った",
            "会計年度任用職員の|期末手当、|勤勉手当の|支給",
            "5か所の|公民館に|おいて|講座を|開催した",
            "霞が関2丁目|1番2号|中央合同庁舎第2号館",
        ] {
            assert_eq!(cut(&expected.replace('|', "")), expected);
        }
    }

    #[test]
    fn years_numbers_and_what_they_count_are_never_cut() {
        for name in [
            "令和5年度",
            "平成31年度末",
            "令和元年度",
            "Ｒ５年度",
            "2024年度",
            "約1,234,567千円",
            "第6次",
            "120km/h",
            "1人1台",
            "3か月",
            "12か所",
            "△5.3ポイント",
            "二十三区",
            "R7.4.1",
            "1 234 567",
            "10〜20代",
            "No.12",
            "5,000万円",
            "100分の1",
        ] {
            for text in
                [name.to_owned(), format!("事業を{name}の間に行った"), format!("対象の{name}")]
            {
                let at = text.find(name).unwrap();
                let mut end = 0;
                for phrase in phrases(&text) {
                    end += phrase.len();
                    assert!(end <= at || end >= at + name.len(), "{text}: {}", cut(&text));
                }
            }
        }
    }

    #[test]
    fn latin_words_stay_whole_and_break_at_their_blanks() {
        assert_eq!(cut("Microsoft Office 365"), "Microsoft |Office |365");
        assert_eq!(
            cut("https://www.city.example.lg.jp/a/b?c=1"),
            "https://www.city.example.lg.jp/a/b?c=1"
        );
        assert_eq!(cut("Château-d’Œx"), "Château-d’Œx");
    }

    #[test]
    fn an_empty_text_has_no_phrases() {
        assert!(phrases("").is_empty());
    }

    proptest! {
        #[test]
        fn phrases_are_the_text_and_keep_the_rules_of_line_ends(
            text in "[ 　0-9０-９a-zA-Zあ-んア-ヶ一-龠、。（）「」・ー〜年月第約々っ゛,.%-]{0,60}"
        ) {
            let phrases = phrases(&text);
            prop_assert_eq!(phrases.concat(), text);
            for (index, phrase) in phrases.iter().enumerate() {
                let first = phrase.chars().next();
                let last = phrase.chars().next_back();
                prop_assert!(index == 0 || first.is_some_and(|c| !NOT_FIRST.contains(c)));
                prop_assert!(index + 1 == phrases.len() || last.is_some_and(|c| !NOT_LAST.contains(c)));
            }
        }
    }
}
