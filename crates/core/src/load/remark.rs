//! Rows above and below a table that are no data: 注：…, ※…, 資料：…, （単位：人）.

use super::table::{Cell, Remark, RemarkKind};

/// Words that a remark begins with, the longer first.
const WORDS: [(&str, RemarkKind); 15] = [
    ("資料出所", RemarkKind::Source),
    ("出典資料", RemarkKind::Source),
    ("資料元", RemarkKind::Source),
    ("資料", RemarkKind::Source),
    ("出典", RemarkKind::Source),
    ("出所", RemarkKind::Source),
    ("単位", RemarkKind::Unit),
    ("注意事項", RemarkKind::Note),
    ("注釈", RemarkKind::Note),
    ("注記", RemarkKind::Note),
    ("脚注", RemarkKind::Note),
    ("備考", RemarkKind::Note),
    ("付記", RemarkKind::Note),
    ("注", RemarkKind::Note),
    ("参考", RemarkKind::Note),
];

const OPEN: [char; 12] = ['（', '(', '[', '［', '【', '<', '＜', '〔', '〈', '《', '「', '｟'];
const CLOSE: [char; 12] = ['）', ')', ']', '］', '】', '>', '＞', '〕', '〉', '》', '」', '｠'];

impl Remark {
    /// Reads a row of one table; `None` when it holds data, or nothing that begins like a remark.
    ///
    /// A remark may be parted over cells (注1）| 速報値), but a number beside its first cell makes a
    /// category of it: ※その他 | 5.
    pub(super) fn read(row: &[Cell]) -> Option<Self> {
        let mut cells = row.iter().filter(|cell| !cell.text.is_empty());
        let first = cells.next()?;
        let (kind, body) = parted(&first.text)?;
        let (mut text, mut body) = (first.text.clone(), body.to_owned());
        for cell in cells {
            if is_value(&cell.text) {
                return None;
            }
            // A comma of the note itself has parted 1,234.
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let comma = digit(text.chars().last()) && digit(cell.text.chars().next());
            for whole in [&mut text, &mut body] {
                if !whole.is_empty() {
                    whole.push(if comma { ',' } else { ' ' });
                }
                whole.push_str(&cell.text);
            }
        }
        Some(Remark { kind, text, body, place: first.place.clone() })
    }

    /// The next of several that are numbered, each on its line.
    pub(super) fn next(&self, cell: &Cell) -> Option<Self> {
        let text = cell.text.as_str();
        let rest = text.trim_start_matches(OPEN).trim_start_matches(is_digit);
        let numbered = text.trim_start_matches(OPEN).starts_with(is_digit)
            && rest.starts_with(|c: char| {
                c.is_whitespace() || ".．、：:".contains(c) || CLOSE.contains(&c)
            })
            || text.starts_with(['②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨']);
        let body = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || ".．、：:".contains(c)
                || CLOSE.contains(&c)
                || ('②'..='⑨').contains(&c)
        });
        let (kind, place) = (self.kind, cell.place.clone());
        numbered.then(|| Remark { kind, text: text.to_owned(), body: body.to_owned(), place })
    }

    /// Adds a line that goes on with it.
    pub(super) fn go_on(&mut self, line: &str) {
        self.text.push_str(line);
        self.body.push_str(line);
    }
}

/// What a text begins with, and the rest: 注1）速報値, （資料）市民課, ※速報値.
fn parted(text: &str) -> Option<(RemarkKind, &str)> {
    let opened = text.trim_start_matches(OPEN);
    let in_brackets = opened.len() < text.len();
    if let Some(rest) = opened.strip_prefix(['※', '＊', '*', '＃', '†']) {
        let rest = rest.trim_start_matches(['※', '＊', '*']);
        return Some((RemarkKind::Note, tidy(rest.trim_start_matches(is_digit), in_brackets)));
    }
    let (word, kind) = WORDS.iter().find(|(word, _)| opened.starts_with(word))?;
    let rest = opened[word.len()..].trim_start();
    let rest = rest.trim_start_matches(|c: char| is_digit(c) || "①②③④⑤⑥⑦⑧⑨⑩".contains(c));
    let sign = |c: char| "：:．.、，,　 －-――・".contains(c) || CLOSE.contains(&c);
    let spaced = opened[word.len()..].starts_with([' ', '　']);
    let parted = rest.is_empty() || rest.starts_with(sign) || spaced;
    parted.then(|| (*kind, tidy(rest, in_brackets)))
}

/// The text behind the word, without the signs between them and the bracket around both.
fn tidy(rest: &str, in_brackets: bool) -> &str {
    let signs = |c: char| "：:．.、　 ".contains(c) || CLOSE.contains(&c);
    let body = rest.trim_start_matches(signs).trim();
    let closes = |body: &str| {
        let count = |signs: &[char]| body.chars().filter(|c| signs.contains(c)).count();
        count(&CLOSE) > count(&OPEN)
    };
    match in_brackets && closes(body) {
        true => body.strip_suffix(CLOSE).unwrap_or(body),
        false => body,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Whether a cell beside a name is its value: a number, or a sign in place of one.
fn is_value(text: &str) -> bool {
    let signs = "+-−▲△▼.,，．%％()（） －―—…‥・";
    let short = text.chars().count() <= 2;
    let number = text.chars().all(|c| is_digit(c) || signs.contains(c));
    // 5人, 1.2億円: digits in front, and a unit behind.
    let begins = text.trim_start_matches(|c: char| signs.contains(c)).starts_with(is_digit);
    number
        || begins && text.chars().count() <= 12 && !text.contains(['年', '月', '日', '、', '。'])
        || short && text.chars().all(|c| "xXχＸｘ*＊rpn/aー".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Place;

    fn read(cells: &[&str]) -> Option<(RemarkKind, String)> {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), place: Place::file("a.csv") };
        let row: Vec<Cell> = cells.iter().map(cell).collect();
        Remark::read(&row).map(|remark| (remark.kind, remark.body))
    }

    #[test]
    fn remarks_begin_with_a_word_and_a_sign_or_a_mark() {
        use RemarkKind::{Note, Source, Unit};
        for (text, kind, body) in [
            ("注：速報値", Note, "速報値"),
            ("注１ 速報値", Note, "速報値"),
            ("注1）速報値", Note, "速報値"),
            ("注）令和5年度（2023年度）以降", Note, "令和5年度（2023年度）以降"),
            ("（注）四捨五入", Note, "四捨五入"),
            ("（注1）四捨五入", Note, "四捨五入"),
            ("〔注〕四捨五入", Note, "四捨五入"),
            ("［注］四捨五入", Note, "四捨五入"),
            ("※1 速報値", Note, "速報値"),
            ("＊速報値", Note, "速報値"),
            ("備考：速報値", Note, "速報値"),
            ("資料：市民課", Source, "市民課"),
            ("（資料）市民課", Source, "市民課"),
            ("（資料：市民課）", Source, "市民課"),
            ("出所：総務省", Source, "総務省"),
            ("出典 総務省", Source, "総務省"),
            ("出典）総務省「国勢調査」", Source, "総務省「国勢調査」"),
            ("（単位：人）", Unit, "人"),
            ("単位:千円", Unit, "千円"),
            ("単位　％", Unit, "％"),
        ] {
            let told = Some((kind, body.to_owned()));
            assert_eq!(read(&[text]), told, "{text}");
            assert_eq!(read(&[text, "", ""]), told, "{text}");
            assert_eq!(read(&["", text]), told, "{text}");
        }
        assert_eq!(read(&["注1）", "速報値"]), Some((Note, "速報値".into())));
        assert_eq!(read(&["注：1", "234人を含む"]), None);
        assert_eq!(
            read(&["注：対象は1", "234人を含む世帯の合計である"]),
            Some((Note, "対象は1,234人を含む世帯の合計である".into()))
        );
    }

    #[test]
    fn categories_that_begin_alike_are_none() {
        for name in [
            "注文",
            "資料館",
            "単位互換",
            "注射",
            "出典不明",
            "備考欄あり",
            "参考書",
            "出所者",
            "資料室",
            "10代",
        ] {
            assert_eq!(read(&[name]), None, "{name}");
            assert_eq!(read(&[name, "5"]), None, "{name}");
        }
        for value in ["5", "－", "…", "x", "1,234人", "▲5"] {
            assert_eq!(read(&["※その他", value]), None, "{value}");
        }
    }
}
