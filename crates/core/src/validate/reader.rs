//! What every part of the reading of a report needs: the folder, and where faults and texts go.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::load::{
    Decoded, Encoding, Folder, LARGEST_ALL_PROSE, LARGEST_REPORT, MOST_ALL_CELLS, ReadError,
    Remark, decode, large_file, largest_file, size,
};
use crate::model::grid::Grid;
use crate::model::number::Form;
use crate::model::source::{RECORD_FILE, Sources, source_name};
use crate::problem::{Code, Place, Problem, closest, did_you_mean};

/// One note a file, sheet, column and form: its first place and text, and how often.
pub(super) type Forms = BTreeMap<FormKey, (Place, String, usize)>;

/// File, sheet, column and form.
pub(super) type FormKey = (Arc<str>, Option<Arc<str>>, String, Form);

/// Names of pillars and measures in `[[page]]`, to be looked up once the data is read.
pub(super) type PageReference = (&'static str, String, Place);

/// A remark, and the figure whose table it stands beside.
pub(super) struct PendingRemark {
    pub(super) remark: Remark,
    pub(super) figure: Option<String>,
}

/// Reads one report folder; every kind of content has a file of its own.
pub(super) struct Reader<'a> {
    pub(super) folder: &'a Folder,
    pub(super) problems: Vec<Problem>,
    pub(super) texts: Vec<(String, Place)>,
    pub(super) page_names: Vec<PageReference>,
    /// Indicators that the titles of pages and figures name, with the place of the title.
    pub(super) title_names: Vec<(String, Place)>,
    pub(super) forms: Forms,
    pub(super) sources: Sources,
    pub(super) grids: BTreeMap<String, Grid>,
    pub(super) remarks: Vec<PendingRemark>,
    /// What may still be read; once it is told that something is left out, nothing.
    pub(super) left: Left,
}

/// What may still be read of all files together.
pub(super) struct Left {
    pub bytes: u64,
    pub prose: u64,
    pub cells: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(folder: &'a Folder) -> Self {
        Reader {
            folder,
            problems: Vec::new(),
            texts: Vec::new(),
            page_names: Vec::new(),
            title_names: Vec::new(),
            forms: Forms::new(),
            sources: Sources::new(),
            grids: BTreeMap::new(),
            remarks: Vec::new(),
            left: Left { bytes: LARGEST_REPORT, prose: LARGEST_ALL_PROSE, cells: MOST_ALL_CELLS },
        }
    }
}

impl Reader<'_> {
    /// Reads a text file that report.toml names at `place`.
    pub(super) fn read_text(&mut self, file: &str, place: &Place) -> Option<String> {
        let bytes = self.read_bytes(file, place)?;
        match decode(file, &bytes) {
            Ok(Decoded { text, encoding }) => {
                if encoding != Encoding::Utf8 {
                    self.problems.push(
                        Problem::note(Code::OtherEncoding, Place::file(file))
                            .message(format!("{}として読みました", encoding.name())),
                    );
                }
                Some(text)
            }
            Err(problem) => {
                self.problems.push(*problem);
                None
            }
        }
    }

    /// Reads any file that report.toml names at `place`.
    pub(super) fn read_bytes(&mut self, file: &str, place: &Place) -> Option<Vec<u8>> {
        if source_name(file) == RECORD_FILE {
            self.problems.push(
                Problem::error(Code::WrongValue, place.clone())
                    .text(file)
                    .message("この名前のファイルは使えません。正式版に添付する記録の名前です")
                    .expected("ほかの名前"),
            );
            return None;
        }
        let read = self.folder.read(file);
        let bytes =
            read.map_err(|error| self.problems.push(unreadable(file, place, error))).ok()?;
        let size = bytes.len() as u64;
        let is_prose = largest_file(file) == largest_file(".typ");
        let enough = size <= self.left.bytes && (!is_prose || size <= self.left.prose);
        if !enough {
            if self.left.bytes > 0 {
                self.problems.push(all_too_large(file, place, is_prose));
            }
            self.left = Left { bytes: 0, prose: 0, cells: 0 };
            return None;
        }
        self.left.bytes -= size;
        self.left.prose -= if is_prose { size } else { 0 };
        let source = self.sources.entry(source_name(file)).or_default();
        source.bytes.clone_from(&bytes);
        Some(bytes)
    }

    /// Notes a text that will be printed, so that its characters can be checked.
    pub(super) fn note(&mut self, text: &str, place: &Place) {
        if !text.is_ascii() || text.contains(|c: char| c.is_ascii_control()) {
            self.texts.push((text.to_owned(), place.clone()));
        }
    }
}

fn all_too_large(file: &str, place: &Place, is_prose: bool) -> Problem {
    let (what, most) = match is_prose {
        true => ("文章のファイル", LARGEST_ALL_PROSE),
        false => ("報告書のファイル", LARGEST_REPORT),
    };
    Problem::error(Code::TooLarge, place.clone())
        .text(file)
        .message(format!("{what}が、合わせて{}より大きくなります", size(most)))
        .expected(format!("合わせて{}以内", size(most)))
        .hint("ここから後のファイルは読んでいません。要らない行やファイルを除いてください")
}

fn unreadable(file: &str, place: &Place, error: ReadError) -> Problem {
    let problem = |code| Problem::error(code, place.clone()).text(file);
    match error {
        ReadError::Missing(siblings) => {
            let problem =
                problem(Code::FileMissing).message(format!("ファイル「{file}」がありません"));
            match closest(file, siblings.iter().map(String::as_str)) {
                Some(near) => problem.hint(did_you_mean(file, near)),
                None => problem.hint("ファイルを置くか、ここに書いた名前を直してください"),
            }
        }
        ReadError::TooLarge(size) => large_file(file, place.clone(), Some(size)),
        ReadError::Outside => problem(Code::FileUnreadable)
            .message(format!("「{file}」は報告書フォルダーの外を指しています"))
            .expected("報告書フォルダーの中のファイル（例 csv/indicators.csv）")
            .hint("ファイルを報告書フォルダーの中に移してください"),
        ReadError::Directory => problem(Code::FileUnreadable)
            .message(format!("「{file}」はファイルではなくフォルダーです"))
            .hint("フォルダーの中のファイル名まで書いてください"),
        ReadError::Refused(reason) => problem(Code::FileUnreadable)
            .message(format!("「{file}」を読めません（{reason}）"))
            .hint("ほかのソフトで開いていないか、読み取りの権限があるかを確かめてください"),
    }
}
