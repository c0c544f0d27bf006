//! `[contact]`: whom to ask about the report.

use super::read;
use crate::model::contact::Contact;
use crate::problem::{Code, Problem};

const FIGURE: &str = "kind = \"columns\"\ncsv = \"f.csv\"\nunit = \"件\"\n";
const CSV: &str = "年度,件数\nR6,5\nR7,6\n";

fn contact(lines: &str) -> (Contact, Vec<Problem>) {
    let (report, problems) = read(&format!("{FIGURE}{lines}"), CSV);
    (report.unwrap().contact, problems)
}

#[test]
fn each_part_may_stand_alone_or_be_missing() {
    assert_eq!(contact(""), (Contact::default(), vec![]));
    let phone = Contact { phone: Some("0968-63-1273（直通）".into()), ..Contact::default() };
    assert_eq!(contact("[contact]\nphone = \"0968-63-1273（直通）\""), (phone, vec![]));
    let (all, problems) = contact(
        "[contact]\ndepartment = \"総合政策課\"\nphone = \"0968-63-1273\"\nmail = \"a@b.lg.jp\"",
    );
    assert_eq!(problems, []);
    assert_eq!(
        (all.department.as_deref(), all.mail.as_deref()),
        (Some("総合政策課"), Some("a@b.lg.jp"))
    );
}

#[test]
fn an_empty_part_and_an_unknown_one_are_told() {
    let codes = |lines: &str| -> Vec<Code> {
        contact(lines).1.iter().map(|problem| problem.code).collect()
    };
    assert_eq!(codes("[contact]\nphone = \"\""), [Code::MissingKey]);
    assert_eq!(codes("[contact]\ntel = \"1\""), [Code::UnknownKey]);
    assert_eq!(codes("contact = \"総務課\""), [Code::UnknownKey]);
}
