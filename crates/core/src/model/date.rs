//! The day of a report.

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// `2025-10-14`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `令和7年10月14日`; days before 令和 by the Gregorian year.
    pub fn long(self) -> String {
        let (month, day) = (self.month, self.day);
        match self.year {
            2019 if (month, day) >= (5, 1) => format!("令和元年{month}月{day}日"),
            year if year >= 2020 => format!("令和{}年{month}月{day}日", year - 2018),
            year => format!("{year}年{month}月{day}日"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_the_era_of_the_day() {
        let long = |year, month, day| Date { year, month, day }.long();
        assert_eq!(long(2025, 10, 14), "令和7年10月14日");
        assert_eq!(long(2019, 5, 1), "令和元年5月1日");
        assert_eq!(long(2019, 4, 30), "2019年4月30日");
    }
}
