//! The oracle's own reading of the report folder: raw CSV cells, nothing of the engine.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::proof::format::{self, number};
use crate::proof::manifest::{self, Entry};

/// The files of a report folder by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A CSV file: rows of cells, the header first.
pub type Rows = Vec<Vec<String>>;

/// What the CSV files and the manifest hold.
pub struct Data {
    indicators: Rows,
    pub initiatives: Vec<Initiative>,
    pub pillars: Vec<Pillar>,
    figures: BTreeMap<String, Figure>,
    /// The entries of `[[figure]]` and `[[page]]` in report.toml.
    pub captions: Vec<Entry>,
    pub pages: Vec<Entry>,
}

pub struct Initiative {
    pub number: String,
    pub pillar: String,
    pub measure: String,
    pub name: String,
    pub departments: String,
    pub status: String,
    pub action: String,
    pub note: String,
}

pub struct Pillar {
    pub number: String,
    pub name: String,
    pub subtitle: String,
}

/// The table behind a chart.
pub struct Figure {
    pub rows: Rows,
    pub unit: String,
}

/// The cells of a CSV file; `None` when it is none.
pub fn rows(bytes: &[u8]) -> Option<Rows> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let record = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().map(|found| found.ok().map(record)).collect()
}

/// The text of a CSV file with these cells.
pub fn to_csv(rows: &Rows) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn cell<'r>(rows: &'r Rows, row: usize, column: &str) -> &'r str {
    let at = rows[0].iter().position(|name| name == column);
    at.and_then(|at| rows[row].get(at)).map_or("", String::as_str)
}

impl Data {
    /// Reads a report folder; `None` when a file is no CSV or the manifest no TOML.
    pub fn read(files: &Files) -> Option<Data> {
        let manifest = std::str::from_utf8(files.get("report.toml")?).ok()?;
        let table = |name: &str| rows(files.get(&format!("csv/{name}.csv"))?);
        let listed = table("initiatives")?;
        let initiatives = (1..listed.len())
            .map(|row| {
                let text = |column| cell(&listed, row, column).to_owned();
                Initiative {
                    number: text("整理番号"),
                    pillar: text("体系"),
                    measure: text("施策"),
                    name: text("取組名"),
                    departments: text("担当課"),
                    status: text("実施状況"),
                    action: text("具体的取組"),
                    note: text("備考"),
                }
            })
            .collect();
        let named = table("pillars")?;
        let pillars = (1..named.len())
            .map(|row| Pillar {
                number: cell(&named, row, "番号").to_owned(),
                name: cell(&named, row, "体系").to_owned(),
                subtitle: cell(&named, row, "副題").to_owned(),
            })
            .collect();
        let mut figures = BTreeMap::new();
        let captions = manifest::entries(manifest, "figure");
        for entry in captions.iter().filter(|entry| entry.contains_key("csv")) {
            let rows = rows(files.get(&entry["csv"])?)?;
            let unit = entry.get("unit")?.clone();
            figures.insert(format!("図{}", entry.get("number")?), Figure { rows, unit });
        }
        let pages = manifest::entries(manifest, "page");
        let indicators = table("indicators")?;
        Some(Data { indicators, initiatives, pillars, figures, captions, pages })
    }

    pub fn figure(&self, number: &str) -> Option<&Figure> {
        self.figures.get(number)
    }

    /// The row of an indicator, by its 略称 or else its name; `part` is a breakdown, which belongs
    /// to the indicator of the same name.
    fn row(&self, short: &str, part: &str) -> Option<usize> {
        let is = |row: usize, column, text: &str| cell(&self.indicators, row, column) == text;
        let mut rows = 1..self.indicators.len();
        let called = |column| move |row: &usize| is(*row, column, short) && is(*row, "区分", "");
        let main =
            rows.clone().find(called("略称")).or_else(|| rows.clone().find(called("指標")))?;
        if part.is_empty() {
            return Some(main);
        }
        let name = cell(&self.indicators, main, "指標");
        rows.find(|row| is(*row, "指標", name) && is(*row, "区分", part))
    }

    pub fn has_part(&self, short: &str, part: &str) -> bool {
        self.row(short, part).is_some()
    }

    /// A cell of an indicator as it is typed.
    pub fn text(&self, short: &str, column: &str) -> Option<&str> {
        Some(cell(&self.indicators, self.row(short, "")?, column))
    }

    /// A number of an indicator: a year, 目標値 or 基準値.
    pub fn value(&self, short: &str, column: &str) -> Option<Decimal> {
        number(self.text(short, column)?)
    }

    /// The values of these years; `None` when one is missing.
    pub fn years(&self, short: &str, years: &[&str]) -> Option<Vec<Decimal>> {
        years.iter().map(|year| self.value(short, year)).collect()
    }

    /// The fiscal years of the header, the earliest first.
    pub fn periods(&self) -> Vec<String> {
        let year = |name: &String| {
            let digits = name.trim_start_matches(['H', 'R']);
            let number = digits.parse::<u32>().ok().filter(|_| digits.len() < name.len());
            number.map(|number| (name.starts_with('R'), number, name.clone()))
        };
        let mut years: Vec<_> = self.indicators[0].iter().filter_map(year).collect();
        years.sort();
        years.into_iter().map(|(_, _, name)| name).collect()
    }

    fn formatted(&self, short: &str, part: &str, column: &str) -> Option<String> {
        let row = self.row(short, part)?;
        let value = number(cell(&self.indicators, row, column))?;
        // A breakdown is written as the indicator it belongs to.
        let notation = cell(&self.indicators, self.row(short, "")?, "形式");
        let unit = if part.is_empty() { cell(&self.indicators, row, "単位") } else { "" };
        format::printed(value, notation, unit)
    }

    /// A value as its 形式 and 単位 ask for: `76.3%`.
    pub fn printed(&self, short: &str, column: &str) -> Option<String> {
        self.formatted(short, "", column)
    }

    /// A value of a breakdown without its unit: `26,832`.
    pub fn printed_part(&self, short: &str, part: &str, column: &str) -> Option<String> {
        self.formatted(short, part, column)
    }

    /// The breakdowns of an indicator.
    pub fn parts(&self, short: &str) -> Vec<String> {
        let Some(name) = self.text(short, "指標") else { return Vec::new() };
        let rows = 1..self.indicators.len();
        rows.filter(|row| cell(&self.indicators, *row, "指標") == name)
            .map(|row| cell(&self.indicators, row, "区分").to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// 目標値 as a table prints it.
    pub fn printed_target(&self, short: &str) -> Option<String> {
        let printed = self.printed(short, "目標値");
        match self.text(short, "目標値の表記")? {
            "" => printed,
            pattern if pattern.contains("{値}") => Some(pattern.replace("{値}", &printed?)),
            words => Some(words.to_owned()),
        }
    }

    /// 目標値 as a table of indicators prints it: with its direction, which words of the data tell
    /// themselves.
    pub fn target_in_table(&self, short: &str) -> Option<String> {
        let printed = self.printed_target(short)?;
        let direction = self.text(short, "向き").filter(|word| ["以上", "以下"].contains(word));
        let is_plain = self.text(short, "目標値の表記")?.is_empty();
        Some(format!("{printed}{}", direction.filter(|_| is_plain).unwrap_or_default()))
    }

    /// The unit of an indicator whose target is words, or that has none: it stands with the name.
    pub fn unit_with_name(&self, short: &str) -> Option<&str> {
        let words = self.text(short, "目標値の表記")?;
        let is_words = !words.is_empty() && !words.contains("{値}");
        let is_none = self.printed_target(short).is_none();
        self.text(short, "単位").filter(|_| is_words || is_none)
    }

    /// A value as a table of indicators prints it: its unit stands once a row.
    pub fn printed_bare(&self, short: &str, year: &str) -> Option<String> {
        let printed = self.printed(short, year)?;
        let unit = self.text(short, "単位").unwrap_or_default();
        Some(printed.strip_suffix(unit).unwrap_or(&printed).to_owned())
    }

    /// Whether 目標値 is this in the words of a sentence: `80%`, `20億`.
    pub fn target_is(&self, short: &str, words: &str) -> Option<bool> {
        let value = self.value(short, "目標値")?;
        let plain = format!("{}{}", value.normalize(), self.text(short, "単位")?);
        Some(plain == words || self.printed(short, "目標値")? == words)
    }

    /// Whether the value of a year meets 目標値, in the sense of 向き.
    pub fn reached(&self, short: &str, year: &str) -> Option<bool> {
        let (value, target) = (self.value(short, year)?, self.value(short, "目標値")?);
        match self.text(short, "向き")? {
            "以上" => Some(value >= target),
            "以下" => Some(value <= target),
            _ => None,
        }
    }

    /// Whether 目標値 is missed.
    pub fn missed(&self, short: &str, year: &str) -> Option<bool> {
        self.reached(short, year).map(|reached| !reached)
    }

    /// Whether the change between two years is exactly this many of the unit.
    pub fn moved(&self, short: &str, from: &str, to: &str, by: &str) -> Option<bool> {
        Some(self.value(short, to)? - self.value(short, from)? == number(by)?)
    }
}

impl Figure {
    /// The number in a row and column, by their names. The name of an only column is printed
    /// nowhere, so no sentence depends on it.
    pub fn at(&self, row: &str, column: &str) -> Option<Decimal> {
        let header = self.rows.first()?;
        let named = header.iter().position(|name| name == column);
        let column = if header.len() == 2 { 1 } else { named? };
        let row = self.rows[1..].iter().find(|cells| cells.first().is_some_and(|c| c == row))?;
        number(row.get(column)?)
    }

    /// The sum of some columns of a row.
    pub fn sum(&self, row: &str, columns: &[&str]) -> Option<Decimal> {
        columns.iter().map(|column| self.at(row, column)).sum()
    }

    /// Whether the cell, with the unit of the figure, is printed so: `54.3%`.
    pub fn shows(&self, row: &str, column: &str, words: &str) -> Option<bool> {
        Some(format!("{}{}", self.at(row, column)?, self.unit) == words)
    }

    /// The names of the rows.
    pub fn names(&self) -> Vec<&str> {
        self.rows[1..].iter().filter_map(|row| row.first()).map(String::as_str).collect()
    }

    /// The rows other than these.
    pub fn others<'f>(&'f self, without: &[&str]) -> Vec<&'f str> {
        self.names().into_iter().filter(|name| !without.contains(name)).collect()
    }

    /// One column of some rows; `None` when one is missing.
    pub fn column(&self, rows: &[&str], column: &str) -> Option<Vec<Decimal>> {
        rows.iter().map(|row| self.at(row, column)).collect()
    }

    /// Whether these rows lead the column, in this order and with nothing equal.
    pub fn leads(&self, column: &str, order: &[&str]) -> Option<bool> {
        let led = self.column(order, column)?;
        let rest = self.column(&self.others(order), column)?;
        let falling = led.windows(2).all(|pair| pair[0] > pair[1]);
        Some(falling && rest.iter().all(|value| value < led.last().unwrap()))
    }
}
