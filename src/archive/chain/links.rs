//! How an edition is tied to the one before: by its number, its digest and its day.

use crate::archive::layout::bag_info::BagInfo;
use crate::archive::layout::edition::{Edition, name};
use crate::archive::layout::edition_files::BAG_INFO;
use crate::archive::layout::labels;
use crate::archive::layout::metadata::day;
use crate::archive::layout::store_files::EDITIONS;
use soukatsu_core::problem::{Code, Place, Problem};

/// A fault of the chain.
pub fn fault(place: impl Into<String>) -> Problem {
    Problem::error(Code::ChainBroken, Place::file(place.into()))
}

/// Whether every edition from the first to this one is there and names the one before.
///
/// That their files are those of their lists is not looked at.
pub fn is_linked(editions: &[Edition], last: u32) -> bool {
    let up_to: Vec<&Edition> = editions.iter().take_while(|one| one.number <= last).collect();
    let before = std::iter::once(None).chain(up_to.iter().copied().map(Some));
    u32::try_from(up_to.len()) == Ok(last)
        && up_to.iter().zip(before).all(|(edition, before)| links(edition, before).is_empty())
}

/// The editions between two that stand side by side.
pub fn gap(last: u32, next: u32) -> Option<Problem> {
    let (from, to) = (last.saturating_add(1), next.saturating_sub(1));
    let gone = fault(format!("{EDITIONS}/{}", name(from)));
    match to.checked_sub(from)? {
        0 => Some(gone.message("版がなくなっています")),
        // Their number may be beyond all telling.
        _ => Some(gone.message(format!(
            "版 {} から {} までがなくなっています",
            name(from),
            name(to)
        ))),
    }
}

/// An edition's own number, and its link to the one before.
pub fn links(edition: &Edition, before: Option<&Edition>) -> Vec<Problem> {
    let at = || fault(format!("{}/{BAG_INFO}", edition.place()));
    let Ok(info) = BagInfo::read(&edition.dir) else {
        // What is wrong with the file is told with its bag.
        return Vec::new();
    };
    let mut problems = Vec::new();
    let mut compare = |label: &str, expected: Option<String>, message: &str| {
        let stated = info.get(label);
        if stated != expected.as_deref() {
            problems.push(
                at().text(format!("{label}: {}", stated.unwrap_or("（なし）")))
                    .expected(expected.unwrap_or_else(|| "（なし）".to_owned()))
                    .message(message),
            );
        }
    };
    compare(labels::NUMBER, Some(edition.name()), "版の順番が、フォルダーの名前と違います");
    compare(labels::PREDECESSOR, before.map(Edition::name), "前の版の順番が違います");
    let digest = before.and_then(|before| before.digest().ok());
    compare(
        labels::PREDECESSOR_DIGEST,
        digest,
        "前の版の番号（SHA-256）が、今ある前の版と違います",
    );
    let earlier = before.and_then(|before| BagInfo::read(&before.dir).ok());
    if let (Some(day), Some(last)) = (day(&info), earlier.as_ref().and_then(day))
        && day < last
    {
        problems.push(
            at().text(format!("{}: {day}", labels::DATE))
                .expected(format!("{last} か、それより後"))
                .message("保管した日が、前の版を保管した日より前です"),
        );
    }
    problems
}
