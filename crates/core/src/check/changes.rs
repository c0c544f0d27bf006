//! Changes in sentences: % where points are meant, amounts that are not the difference, and words
//! that say the opposite of what the data does.

use rust_decimal::Decimal;

use super::context::Context;
use super::findings::{contradiction, copy};
use super::numerals::{Numeral, numerals};
use super::sentences::Sentence;
use super::topics::{CellReading, Topic};
use crate::model::period::FiscalYear;
use crate::model::quantity::grouped;
use crate::problem::{Code, Problem};

/// Words of a change, with the side it goes to.
pub(super) const WORDS: [(&str, Option<bool>); 27] = [
    ("増加", Some(true)),
    ("増え", Some(true)),
    ("増と", Some(true)),
    ("増の", Some(true)),
    ("増、", Some(true)),
    ("増。", Some(true)),
    ("増）", Some(true)),
    ("上昇", Some(true)),
    ("上がっ", Some(true)),
    ("高くな", Some(true)),
    ("伸び", Some(true)),
    ("積み増", Some(true)),
    ("積み立て", Some(true)),
    ("減少", Some(false)),
    ("減っ", Some(false)),
    ("減り", Some(false)),
    ("減と", Some(false)),
    ("減の", Some(false)),
    ("減、", Some(false)),
    ("減。", Some(false)),
    ("減）", Some(false)),
    ("低下", Some(false)),
    ("下がっ", Some(false)),
    ("低くな", Some(false)),
    ("取り崩", Some(false)),
    ("改善", None),
    ("悪化", None),
];

/// A change word at the beginning of a text, behind a particle.
pub(super) fn change(after: &str) -> Option<(&'static str, Option<bool>)> {
    let after = ["の", "を", "も", "ほど", "程度", "だけ"]
        .iter()
        .find_map(|particle| after.strip_prefix(particle))
        .unwrap_or(after);
    let found = WORDS.into_iter().find(|(word, _)| after.starts_with(word));
    let end = matches!(after, "増" | "減").then_some(("", Some(after == "増")));
    found.or(end)
}

/// In characters: an amount of up to ten characters away, with all of its digits.
const NEAR: usize = 60;

/// The change that a numeral is the amount of. 9億円、令和6年度は15億円を取り崩し: of both.
fn change_of(sentence: &Sentence, numeral: &Numeral) -> Option<(&'static str, Option<bool>)> {
    let after = &sentence.text[numeral.range.end..];
    if !after.starts_with(['、', '・']) {
        return change(after);
    }
    // It stands near, or it is not meant.
    let near = after.char_indices().nth(NEAR).map_or(after, |(end, _)| &after[..end]);
    let next = numerals(near)
        .into_iter()
        .find(|next| next.range.start > 0 && next.unit == numeral.unit)?;
    let between = &after[..next.range.start];
    let plain = between.chars().count() <= 10 && !between.contains("て");
    plain.then(|| change(&after[next.range.end..])).flatten()
}

/// 4.1%減少 for a difference of two percentages.
pub(super) fn percent_for_points(
    context: &Context<'_>,
    sentence: &Sentence,
    numeral: &Numeral,
) -> Option<Problem> {
    if numeral.unit != "%" || numeral.tenths {
        return None;
    }
    let after = &sentence.text[numeral.range.end..];
    let (word, _) = change(after).or_else(|| {
        ["上回", "下回"].into_iter().find(|w| after.starts_with(w)).map(|w| (w, None))
    })?;
    let subject = context.subject(sentence, numeral.range.start);
    let topics: Vec<&Topic<'_>> = match subject {
        Some(topic) => vec![topic],
        None => context.on_page(sentence),
    };
    let mut shares = topics.into_iter().filter(|topic| topic.unit() == "%");
    let year = sentence.year_before(numeral.range.start);
    let (topic, pair) = shares.find_map(|topic| {
        let pair = pairs(topic, year).into_iter().find(|(from, to)| {
            difference(from.1, to.1).is_some_and(|amount| agrees(numeral, &amount, "%"))
        });
        let target = topic.target.as_ref().is_some_and(|target| {
            let cells = topic.readings().filter(|(_, series, _)| *series == 0);
            let mut off = cells.map(|(_, _, cell)| (cell.numeral.exact - target.exact).abs());
            off.any(|off| off == numeral.exact.abs())
        });
        match pair {
            Some((from, to)) => Some((topic, Some((from.0, to.0)))),
            None => target.then_some((topic, None)),
        }
    })?;
    let text = &sentence.text[numeral.range.clone()];
    let number = text.trim_end_matches(['%', '％']).trim_end_matches("パーセント");
    let right =
        format!("{number}ポイント{}", word.trim_end_matches(['、', '。', '）', 'と', 'の']));
    let hint = match pair {
        Some((from, to)) => format!(
            "割合どうしの差はポイントで書きます。#増減(\"{}\", \"{from}\", \"{to}\") と書けばデータから入ります",
            topic.data.call
        ),
        None => "割合どうしの差はポイントで書きます".to_owned(),
    };
    Some(
        Problem::warning(Code::PercentForPoints, sentence.place(numeral.range.start))
            .text(format!("{text}{}", word.trim_end_matches(['、', '。', '）'])))
            .message(format!("{}の差「{text}」が%で書かれています", topic.data.call))
            .expected(right)
            .hint(hint),
    )
}

pub(super) type Dated<'g> = (FiscalYear, &'g CellReading<'g>);

/// The pairs of years that a change may be of: to this year from the one before, or all of those.
pub(super) fn pairs<'g>(
    topic: &'g Topic<'g>,
    year: Option<FiscalYear>,
) -> Vec<(Dated<'g>, Dated<'g>)> {
    let years: Vec<FiscalYear> = topic.data.items.iter().filter_map(|item| item.year).collect();
    let to: Vec<FiscalYear> = match year.filter(|year| years.contains(year)) {
        Some(year) => vec![year],
        None => years.iter().rev().copied().collect(),
    };
    let earlier = |year: FiscalYear| {
        let one = years.iter().find(|one| one.gregorian() + 1 == year.gregorian())?;
        Some(((*one, topic.of_year(*one)?), (year, topic.of_year(year)?)))
    };
    to.into_iter().filter_map(earlier).collect()
}

fn difference(from: &CellReading<'_>, to: &CellReading<'_>) -> Option<Numeral> {
    let exact = to.numeral.exact.checked_sub(from.numeral.exact)?;
    let step = to.numeral.step.max(from.numeral.step);
    Some(Numeral { exact, step, ..to.numeral.clone() })
}

fn agrees(numeral: &Numeral, amount: &Numeral, unit: &'static str) -> bool {
    let exact = amount.exact.abs();
    let amount = Numeral { exact, unit, ..amount.clone() };
    Numeral { exact: numeral.exact.abs(), unit, ..numeral.clone() }.agrees(&amount)
}

/// An amount of change against the difference of the two cells that the sentence names.
pub(super) fn amount(
    context: &Context<'_>,
    sentence: &Sentence,
    numeral: &Numeral,
) -> Option<Problem> {
    let (word, _) = change_of(sentence, numeral)?;
    let unit = if numeral.unit == "ポイント" { "%" } else { numeral.unit };
    if unit.is_empty() || numeral.unit == "%" {
        return None;
    }
    let same = |topic: &&Topic<'_>| topic.unit() == unit && !topic.data.is_figure;
    let topic = context.subject(sentence, numeral.range.start).filter(same).or_else(|| {
        let on_page = context.on_page(sentence);
        let mut same = on_page.into_iter().filter(same);
        same.next().filter(|_| same.next().is_none())
    })?;
    let at = numeral.range.start;
    let year = sentence.year_before(at)?;
    let to = topic.of_year(year)?;
    // 令和2年度から令和6年度にかけて: from the year that the sentence says.
    let named = sentence.years().iter().rfind(|(range, one)| {
        range.end <= at && *one < year && sentence.text[range.end..].starts_with("から")
    });
    let (from_year, from) = match named {
        Some((_, one)) => (*one, topic.of_year(*one)?),
        None => pairs(topic, Some(year)).first().map(|(from, _)| *from)?,
    };
    let amount = difference(from, to)?;
    let call = match word {
        "取り崩" | "積み増" | "積み立て" => {
            format!("#差(\"{}\", \"{from_year}\", \"{year}\")", topic.data.call)
        }
        _ => format!("#増減(\"{}\", \"{from_year}\", \"{year}\")", topic.data.call),
    };
    let what = format!("{} {from_year} {} から {year} {}", topic.data.call, from.text, to.text);
    if agrees(numeral, &amount, "") {
        return Some(copy(sentence, numeral, &format!("{what} への差"), &call));
    }
    let expected = written_like(numeral, amount.exact.abs());
    Some(contradiction(
        sentence,
        numeral,
        &format!("{what} への差は {expected}"),
        &expected,
        &format!(
            "データが正しければ {call} と書いてください。別の額なら、定数の表に出典とともに書き、#定数(\"名前\") で引いてください"
        ),
    ))
}

/// An amount in the manner of a numeral: 15億円, 3.8ポイント.
fn written_like(numeral: &Numeral, exact: Decimal) -> String {
    if numeral.unit == "円" && numeral.scaled {
        let million = exact / Decimal::from(1_000_000);
        return crate::model::quantity::Notation::OkuSenman.format(million) + "円";
    }
    format!("{}{}", grouped(exact, exact.normalize().scale()), numeral.unit)
}
