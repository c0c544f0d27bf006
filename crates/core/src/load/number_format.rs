//! What a number format of Excel makes of a value: `#,##0,` shows 1234567 as 1,235.
//!
//! Only as far as is needed to see that a sheet shows something else than it stores.

use rust_decimal::{Decimal, RoundingStrategy};

/// How what is shown differs from what is stored; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    /// `0.0%`: a hundred times as much.
    Percent,
    /// `#,##0,`: a thousandth.
    Scaled,
    /// `;;;`, `#`: nothing at all.
    Blank,
    /// `0;0`: without its minus.
    Unsigned,
    /// `0`: rounded.
    Rounded,
    /// `000`: with zeros before it.
    Padded,
    /// `"R"0`: with words around it.
    Worded,
}

/// What a format shows of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownNumber {
    pub text: String,
    pub difference: Difference,
}

/// What a format is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// Words to print.
    Text(String),
    /// y, m, d, e, g, a and their like, as often as they stand.
    Date(char, usize),
    /// What is not followed here: `E+`, `/`, elapsed time, `@`.
    Other,
    General,
}

#[derive(Debug, Clone, Default)]
struct Section {
    tokens: Vec<Token>,
    is_red: bool,
    condition: Option<(String, Decimal)>,
}

/// The sections of a format.
fn sections(format: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(open) = sections.last_mut() else { break };
        match c {
            ';' => sections.push(Section::default()),
            '"' => open.text(&chars.by_ref().take_while(|c| *c != '"').collect::<String>()),
            '\\' | '!' => open.text(&chars.next().map(String::from).unwrap_or_default()),
            // As wide as a sign, or filled with one.
            '_' | '*' => _ = chars.next(),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                bracket(&inner, open);
            }
            '0' | '#' | '?' => open.tokens.push(Token::Digit(c)),
            '.' => open.tokens.push(Token::Point),
            ',' => open.tokens.push(Token::Comma),
            '%' | '％' => open.tokens.push(Token::Percent),
            '/' if open.tokens.iter().any(|token| matches!(token, Token::Digit(_))) => {
                open.tokens.push(Token::Other);
            }
            '@' => open.tokens.push(Token::Other),
            'G' if format.contains("General") || format.contains("G/標準") => {
                let rest = ["eneral", "/標準"];
                let word = rest
                    .into_iter()
                    .find(|word| chars.clone().take(word.chars().count()).eq(word.chars()));
                match word {
                    Some(word) => {
                        word.chars().for_each(|_| _ = chars.next());
                        open.tokens.push(Token::General);
                    }
                    None => open.tokens.push(Token::Date('g', 1)),
                }
            }
            'E' if matches!(chars.peek(), Some('+' | '-')) => open.tokens.push(Token::Other),
            c if "ymdhsegabYMDHSEGAB".contains(c) => {
                let letter = c.to_ascii_lowercase();
                let mut times = 1;
                while chars.peek().is_some_and(|next| next.to_ascii_lowercase() == letter) {
                    chars.next();
                    times += 1;
                }
                open.tokens.push(Token::Date(letter, times));
            }
            c => open.text(&c.to_string()),
        }
    }
    sections
}

/// `[Red]`, `[>=1000]`, `[$¥-411]`.
fn bracket(inner: &str, section: &mut Section) {
    let is_red = ["red", "赤"].iter().any(|word| inner.to_lowercase().starts_with(word));
    section.is_red |= is_red || inner.eq_ignore_ascii_case("color3");
    if let Some(currency) = inner.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or_default();
        if !sign.is_empty() {
            section.tokens.push(Token::Text(sign.to_owned()));
        }
        return;
    }
    let number = inner.trim_start_matches(['<', '>', '=']);
    let sign = &inner[..inner.len() - number.len()];
    if let (false, Ok(number)) = (sign.is_empty(), number.trim().parse()) {
        section.condition = Some((sign.to_owned(), number));
    }
    let hours = !inner.is_empty() && inner.chars().all(|c| "hmsHMS".contains(c));
    if hours {
        section.tokens.push(Token::Other);
    }
}

impl Section {
    fn text(&mut self, words: &str) {
        match self.tokens.last_mut() {
            Some(Token::Text(before)) => before.push_str(words),
            _ => self.tokens.push(Token::Text(words.to_owned())),
        }
    }

    fn holds(&self, value: Decimal) -> bool {
        let Some((sign, bound)) = &self.condition else { return false };
        match sign.as_str() {
            ">" => value > *bound,
            ">=" => value >= *bound,
            "<" => value < *bound,
            "<=" => value <= *bound,
            "<>" => value != *bound,
            _ => value == *bound,
        }
    }

    fn words(&self) -> String {
        let words = self.tokens.iter().filter_map(|token| match token {
            Token::Text(words) => Some(words.as_str()),
            _ => None,
        });
        words.collect()
    }

    fn count(&self, is: fn(&Token) -> bool) -> usize {
        self.tokens.iter().filter(|token| is(token)).count()
    }
}

/// The section for a value, and whether a minus is put before it.
fn section(sections: &[Section], value: Decimal) -> Option<(&Section, bool)> {
    let negative = value.is_sign_negative() && !value.is_zero();
    if sections.iter().any(|section| section.condition.is_some()) {
        let found = sections.iter().take(2).find(|section| section.holds(value));
        let found = found.or_else(|| sections.iter().find(|section| section.condition.is_none()));
        return Some((found?, negative));
    }
    let (index, minus) = match sections.len() {
        1 => (0, negative),
        2 => (usize::from(negative), false),
        _ if value.is_zero() => (2, false),
        _ => (usize::from(negative), false),
    };
    sections.get(index).map(|section| (section, minus))
}

/// What a format shows of a number, where that is not the number as it is stored.
pub(super) fn shown_number(format: &str, stored: &str) -> Option<ShownNumber> {
    let value: Decimal = stored.parse().ok()?;
    let sections = sections(format);
    let (section, minus) = section(&sections, value)?;
    let tokens = &section.tokens;
    if tokens.iter().any(|token| matches!(token, Token::Other | Token::Date(..))) {
        return None;
    }
    let words = section.words();
    let general = tokens.contains(&Token::General);
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let percents = section.count(|token| *token == Token::Percent);
    let tell = |text: String, difference| Some(ShownNumber { text, difference });
    if general {
        let text = all_text(tokens, stored);
        return (!words.trim().is_empty())
            .then_some(ShownNumber { text, difference: Difference::Worded });
    }
    if !tokens.iter().any(is_digit) {
        let blank = words.trim().is_empty();
        // A format of words alone: 0 as －, or nothing where something stands.
        return match (blank, format.is_empty()) {
            (true, false) if sections.len() > 1 => tell(String::new(), Difference::Blank),
            (false, _) if !value.is_zero() => tell(words, Difference::Worded),
            _ => None,
        };
    }
    let scale = scaled_by(tokens);
    let factor = 100_i64.checked_pow(u32::try_from(percents).ok()?)?;
    let divisor = 1000_i64.checked_pow(u32::try_from(scale).ok()?)?;
    let moved = value.abs().checked_mul(factor.into())?.checked_div(divisor.into())?;
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let decimals = tokens[point..].iter().filter(|token| is_digit(token)).count();
    let decimals = u32::try_from(decimals).ok().filter(|decimals| *decimals <= 20)?;
    let rounded = moved.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let number = digits(tokens, point, rounded);
    let sign = if minus && !rounded.is_zero() { "-" } else { "" };
    let text = format!("{sign}{number}");
    let signs = ['-', '−', '－', '▲', '△', '(', '（'];
    let unsigned = value.is_sign_negative()
        && !rounded.is_zero()
        && !minus
        && !section.is_red
        && !words.contains(signs);
    let padded = tokens[..point].iter().filter(|token| **token == Token::Digit('0')).count();
    let length = moved.trunc().to_string().len();
    let difference = match () {
        () if percents > 0 => Difference::Percent,
        () if scale > 0 => Difference::Scaled,
        () if text.trim().is_empty() => Difference::Blank,
        () if unsigned => Difference::Unsigned,
        () if rounded != moved => Difference::Rounded,
        () if padded > 1 && padded > length => Difference::Padded,
        () if !words.trim_matches([' ', '(', ')', '-', '▲', '△', '¥', '￥', '\\']).is_empty() => {
            Difference::Worded
        }
        () => return None,
    };
    tell(text, difference)
}

/// How often the value is divided by a thousand: the commas behind the last digit of its part.
fn scaled_by(tokens: &[Token]) -> usize {
    let mut scale = 0;
    let mut after_digit = false;
    let mut pending = 0;
    for token in tokens {
        match token {
            Token::Digit(_) => (after_digit, pending) = (true, 0),
            Token::Comma if after_digit => pending += 1,
            Token::Point => {
                scale += pending;
                (after_digit, pending) = (true, 0);
            }
            _ => {}
        }
    }
    scale + pending
}

/// The tokens with the digits of a number in them; `point` is where its fraction begins.
fn digits(tokens: &[Token], point: usize, number: Decimal) -> String {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = if whole == "0" { "" } else { whole };
    let (before, behind) = tokens.split_at(point);
    let places = before.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let last = before.iter().rposition(|token| matches!(token, Token::Digit(_))).unwrap_or(0);
    let grouped = before[..last].contains(&Token::Comma);
    // From the right: each place takes a digit, the first one all that are left.
    let mut rest: Vec<char> = whole.chars().collect();
    let (mut parts, mut seen, mut taken) = (Vec::new(), 0, 0);
    for token in before.iter().rev() {
        match token {
            Token::Digit(sign) => {
                seen += 1;
                let wanted = if seen == places { rest.len().max(1) } else { 1 };
                for _ in 0..wanted {
                    let digit = rest.pop().or((*sign == '0').then_some('0'));
                    let Some(digit) = digit else { break };
                    if grouped && taken > 0 && taken % 3 == 0 {
                        parts.push(",".to_owned());
                    }
                    parts.push(digit.to_string());
                    taken += 1;
                }
            }
            Token::Text(words) => parts.push(words.clone()),
            Token::Percent => parts.push("%".to_owned()),
            _ => {}
        }
    }
    let mut text: String = parts.into_iter().rev().collect();
    let mut left = fraction.chars();
    let mut last_needed = 0;
    let places: Vec<char> = behind
        .iter()
        .filter_map(|token| if let Token::Digit(sign) = token { Some(*sign) } else { None })
        .collect();
    let trimmed = fraction.trim_end_matches('0').len();
    for (index, sign) in places.iter().enumerate() {
        if *sign == '0' || index < trimmed {
            last_needed = index + 1;
        }
    }
    let mut place = 0;
    for token in behind {
        match token {
            Token::Point => text.push('.'),
            Token::Digit(_) => {
                place += 1;
                let digit = left.next().unwrap_or('0');
                if place <= last_needed {
                    text.push(digit);
                }
            }
            Token::Text(words) => text.push_str(words),
            Token::Percent => text.push('%'),
            _ => {}
        }
    }
    text
}

fn all_text(tokens: &[Token], number: &str) -> String {
    let part = |token: &Token| match token {
        Token::General => number.to_owned(),
        Token::Text(words) => words.clone(),
        Token::Percent => "%".to_owned(),
        _ => String::new(),
    };
    tokens.iter().map(part).collect()
}

/// A day, and the first day of its era with what is written of that.
const ERAS: [((u16, u8, u8), &str, &str); 4] = [
    ((2019, 5, 1), "R", "令和"),
    ((1989, 1, 8), "H", "平成"),
    ((1926, 12, 25), "S", "昭和"),
    ((1912, 7, 30), "T", "大正"),
];

/// What a format shows of a day that is not the whole day: its year, month or fiscal year alone.
pub(super) fn shown_day(format: &str, (year, month, day): (u16, u8, u8)) -> Option<String> {
    let sections = sections(format);
    let tokens = &sections.first()?.tokens;
    let has = |letters: &[char]| {
        tokens.iter().any(|token| matches!(token, Token::Date(c, _) if letters.contains(c)))
    };
    let time = has(&['h', 's']);
    let (years, months, days) = (has(&['y', 'e']), has(&['m']), has(&['d']));
    if time || !(years || months || days) || (years && months && days) {
        return None;
    }
    Some(day_text(tokens, (year, month, day)))
}

/// What a format shows of a whole day: 令和7年5月12日. `None` where it shows a time or the day of the
/// week, too.
pub(super) fn whole_day(format: &str, date: (u16, u8, u8)) -> Option<String> {
    let sections = sections(format);
    let tokens = &sections.first()?.tokens;
    let is_known = |token: &Token| match token {
        Token::Date(letter, _) => "yegmd".contains(*letter),
        Token::Text(_) | Token::Point => true,
        _ => false,
    };
    let has = |letters: &str| {
        tokens.iter().any(|token| matches!(token, Token::Date(c, _) if letters.contains(*c)))
    };
    let is_whole = has("ye") && has("m") && has("d");
    (is_whole && tokens.iter().all(is_known)).then(|| day_text(tokens, date))
}

fn day_text(tokens: &[Token], (year, month, day): (u16, u8, u8)) -> String {
    let era = ERAS.iter().find(|(first, ..)| (year, month, day) >= *first).unwrap_or(&ERAS[3]);
    let of_era = (year + 1).saturating_sub(era.0.0);
    let part = |token: &Token| match token {
        Token::Date('y', 1..=2) => format!("{:02}", year % 100),
        Token::Date('y', _) => year.to_string(),
        Token::Date('e', 1) => of_era.to_string(),
        Token::Date('e', _) => format!("{of_era:02}"),
        Token::Date('g', 1) => era.1.to_owned(),
        Token::Date('g', 2) => era.2.chars().take(1).collect(),
        Token::Date('g', _) => era.2.to_owned(),
        Token::Date('m', 2) => format!("{month:02}"),
        Token::Date('m', _) => month.to_string(),
        Token::Date('d', 2) => format!("{day:02}"),
        Token::Date('d', _) => day.to_string(),
        Token::Text(words) => words.clone(),
        Token::Point => ".".to_owned(),
        _ => String::new(),
    };
    tokens.iter().map(part).collect()
}

/// Whether a format shows a number as a day: `ggge"年度"`, too, which readers of workbooks may take
/// for a plain number.
pub(super) fn is_day(format: &str) -> bool {
    let sections = sections(format);
    let tokens = sections.first().map_or(&[][..], |section| &section.tokens);
    let dated = |token: &Token| matches!(token, Token::Date('y' | 'e' | 'g' | 'm' | 'd', _));
    let other = |token: &Token| {
        let time = matches!(token, Token::Date('h' | 's', _));
        time || matches!(token, Token::Digit(_) | Token::General | Token::Other | Token::Percent)
    };
    tokens.iter().any(dated) && !tokens.iter().any(other)
}

/// The formats that Excel has by number, in its Japanese edition.
pub(super) fn japanese_format(id: u32) -> Option<&'static str> {
    Some(match id {
        27 | 36 | 50 | 57 => "ge.m.d",
        28 | 29 | 51 | 54 | 58 => "ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(format: &str, stored: &str) -> Option<(String, Difference)> {
        shown_number(format, stored).map(|shown| (shown.text, shown.difference))
    }

    #[test]
    fn what_a_sheet_shows_otherwise_is_known() {
        use Difference::*;
        for (format, stored, text, difference) in [
            ("#,##0,", "1234567", "1,235", Scaled),
            ("#,##0,,", "1234567890", "1,235", Scaled),
            ("#,##0,\"千円\"", "1234567", "1,235千円", Scaled),
            ("0.0,", "1234567", "1234.6", Scaled),
            ("0.00,,", "1234567", "1.23", Scaled),
            ("[Red]#,##0,;[Red]-#,##0,", "-1234567", "-1,235", Scaled),
            ("#,##0,_ ;[赤]\\-#,##0,\\ ", "-1234567", "-1,235 ", Scaled),
            ("0\".\"0,", "123456", "12.3", Scaled),
            ("0%", "0.763", "76%", Percent),
            ("0.0%", "0.763", "76.3%", Percent),
            ("0", "12.6", "13", Rounded),
            ("#,##0", "1234.5", "1,235", Rounded),
            ("0.0", "38.4615384615385", "38.5", Rounded),
            ("#,##0;▲#,##0", "-1234.5", "▲1,235", Rounded),
            ("0;0", "-5", "5", Unsigned),
            (";;;", "5", "", Blank),
            ("#", "0", "", Blank),
            ("0;-0;", "0", "", Blank),
            ("0000", "12", "0012", Padded),
            ("\"R\"0", "6", "R6", Worded),
            ("0\"年度\"", "2024", "2024年度", Worded),
            ("G/標準\"代\"", "30", "30代", Worded),
            ("[>=1000]#,##0,\"千\";0", "5000", "5千", Scaled),
        ] {
            assert_eq!(shown(format, stored), Some((text.to_owned(), difference)), "{format}");
        }
    }

    #[test]
    fn what_a_sheet_shows_as_it_is_needs_no_word() {
        for (format, stored) in [
            ("", "1.5"),
            ("General", "38.4615384615385"),
            ("G/標準", "5"),
            ("@", "5"),
            ("0", "12"),
            ("#,##0", "-1234567"),
            ("#,##0_ ", "1234"),
            ("#,##0_ ;[Red]\\-#,##0\\ ", "-1234"),
            ("#,##0;[Red]#,##0", "-1234"),
            ("#,##0;▲ #,##0", "-1234"),
            ("#,##0_);(#,##0)", "-1234"),
            ("0.0", "40"),
            ("0.00", "38.46"),
            ("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", "0"),
            ("¥#,##0", "500"),
            ("[$¥-411]#,##0", "500"),
            ("# ?/?", "0.5"),
            ("0.00E+00", "12345"),
            ("[>=1000]#,##0,\"千\";0", "500"),
            ("0", "99999999999999999999999999999999"),
        ] {
            assert_eq!(shown(format, stored), None, "{format} {stored}");
        }
    }

    #[test]
    fn formats_of_days_are_told_from_those_of_numbers() {
        assert!(["ggge\"年度\"", "ge", "yyyy/m/d", "m\"月\""].into_iter().all(is_day));
        assert!(
            !["", "General", "0", "0\"年度\"", "#,##0,", "\"令和\"0\"年度\"", "h:mm"]
                .into_iter()
                .any(is_day)
        );
    }

    #[test]
    fn a_part_of_a_day_is_shown_as_excel_shows_it() {
        let day = (2025, 1, 31);
        for (format, text) in [
            ("ggge\"年度\"", Some("令和7年度")),
            ("yyyy\"年度\"", Some("2025年度")),
            ("[$-411]ggge\"年\"", Some("令和7年")),
            ("ge", Some("R7")),
            ("yyyy\"年\"m\"月\"", Some("2025年1月")),
            ("m\"月\"", Some("1月")),
            ("m/d", Some("1/31")),
            ("yyyy/m/d", None),
            ("ggge\"年\"m\"月\"d\"日\"", None),
            ("h:mm", None),
        ] {
            assert_eq!(shown_day(format, day).as_deref(), text, "{format}");
        }
        assert_eq!(shown_day("ggge\"年度\"", (1989, 1, 7)).as_deref(), Some("昭和64年度"));
    }
}
