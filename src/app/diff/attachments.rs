//! Whether the files inside a PDF are those that it was made from: each is held against the
//! record that an official PDF carries.

use std::collections::BTreeMap;

use crate::export::Attached;
use crate::record::{BuildRecord, RECORD_FILE};
use soukatsu_core::load::{name_faults, stays_inside};
use soukatsu_core::model::digest::sha256;

/// The form of the record that is understood here.
const FORMAT: u32 = 1;
/// Without this file nothing is a report.
const REPORT: &str = "report.toml";

/// What the attachments of a PDF are.
pub enum Checked {
    /// The files of a report, byte for byte as its record lists them.
    Whole { files: BTreeMap<String, Vec<u8>>, record: Box<BuildRecord> },
    /// Files of a report, but not as they were: what is wrong, one line a file.
    Faulty { faults: Vec<String>, record: Option<Box<BuildRecord>> },
    /// No report: another program's attachments.
    Foreign,
}

/// Checks the attachments, and finds all faults at once.
pub fn check(mut files: Attached) -> Checked {
    let Some(record) = files.remove(RECORD_FILE) else {
        return match files.contains_key(REPORT) {
            true => Checked::Faulty { faults: vec![told(RECORD_FILE, MISSING)], record: None },
            false => Checked::Foreign,
        };
    };
    let read = record.and_then(|bytes| serde_json::from_slice::<BuildRecord>(&bytes).ok());
    let Some(record) = read.map(Box::new) else {
        let mut faults = vec![told(RECORD_FILE, "読めません（ほかのファイルも確かめられません）")];
        faults.extend(files.iter().filter_map(|(name, bytes)| lost(name, bytes.as_ref())));
        return Checked::Faulty { faults, record: None };
    };
    if record.format != FORMAT {
        let newer = format!("新しい形式（{}）で、この soukatsu では読めません", record.format);
        return Checked::Faulty { faults: vec![told(RECORD_FILE, &newer)], record: None };
    }
    let faults = faults(&files, &record);
    if !faults.is_empty() {
        return Checked::Faulty { faults, record: Some(record) };
    }
    let files = files.into_iter().filter_map(|(name, bytes)| Some((name, bytes?))).collect();
    Checked::Whole { files, record }
}

/// The files by path that the record lists: the digest, and the size where it tells one.
fn listed(record: &BuildRecord) -> BTreeMap<String, (&str, Option<usize>)> {
    let template = &record.template;
    let own = template.files.iter().filter(|_| !template.embedded);
    // The folder may hold files that are read as data, too: those have a size.
    let own = own.map(|(path, digest)| {
        (format!("{}/{path}", template.name), (digest.as_str(), None::<usize>))
    });
    let files = record.files.iter();
    let files = files.map(|file| (file.path.clone(), (file.sha256.as_str(), Some(file.size))));
    own.chain(files).collect()
}

const MISSING: &str = "ありません";

fn faults(files: &Attached, record: &BuildRecord) -> Vec<String> {
    let listed = listed(record);
    let unfit = name_faults(files.keys().map(String::as_str));
    let mut faults: Vec<String> =
        unfit.iter().map(|fault| told(&fault.name, &fault.reason.words())).collect();
    faults.extend(listed.iter().filter_map(|(name, (digest, size))| match files.get(name) {
        None => Some(told(name, MISSING)),
        Some(None) => lost(name, None),
        Some(Some(bytes)) if size.is_some_and(|size| size != bytes.len()) => {
            let (was, is) = (size.unwrap_or_default(), bytes.len());
            Some(told(
                name,
                &format!("大きさが違います（作ったときは{was}バイト、今は{is}バイト）"),
            ))
        }
        Some(Some(bytes)) if sha256(bytes) != *digest => {
            Some(told(name, "中身が、作ったときのものと違います"))
        }
        Some(Some(_)) => None,
    }));
    let more = files.keys().filter(|name| stays_inside(name) && !listed.contains_key(*name));
    faults.extend(more.map(|name| told(name, "作ったときの一覧にないファイルです")));
    faults
}

fn lost(name: &str, bytes: Option<&Vec<u8>>) -> Option<String> {
    bytes.is_none().then(|| told(name, "取り出せません"))
}

fn told(name: &str, fault: &str) -> String {
    format!("{name}: {fault}")
}
