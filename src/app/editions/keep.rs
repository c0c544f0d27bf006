//! An official build, kept as a new edition.
#![expect(clippy::disallowed_methods, reason = "whether a signature is there already")]

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::path_overlap::PathOverlap;
use super::report_files::{NotWhole, report_files};
use super::store_error::StoreError;
use super::validated_input::{MOST_YEARS, is_far_ahead, is_long_after, or_today, today};
use crate::app::diff::{KeptChanges, NoKeptChanges, kept_changes};
use crate::app::{Build, BuildOptions, Cancelled, Output, Progress, Step, Workshop};
use crate::archive::store_files::CHAIN;
use crate::archive::{
    BagInfo, Decision, Edition, Made, NextEdition, NotNext, PrivateKey, Store, accepted, kept_on,
    labels, signature_file,
};
use crate::record::BuildRecord;
use crate::world::Template;
use soukatsu_core::load::Folder;
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::Problem;

/// What is to be kept, and what people decided of it.
#[derive(Debug, Clone)]
pub struct KeepRequest {
    /// The report folder.
    pub report: PathBuf,
    pub store: PathBuf,
    pub reason: String,
    pub approved_by: Vec<String>,
    /// The day of the edition; without one, today.
    pub date: Option<Date>,
    pub options: BuildOptions,
}

/// Why a request cannot be served, whatever the report holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoRequest {
    Overlap(PathOverlap),
    /// No edition can be of the day that the clock shows.
    Clock(Date),
    /// The day lies more than a year ahead.
    FarAhead(Date),
}

impl fmt::Display for NoRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoRequest::Overlap(overlap) => write!(f, "{overlap}保管していません。"),
            NoRequest::Clock(day) => write!(
                f,
                "今日の日付が {day} になっています。パソコンの時計を合わせるか、`--date` を指定してください。保管していません。"
            ),
            NoRequest::FarAhead(day) => write!(
                f,
                "「--date」の {day} は、今日（{}）より1年以上後の日です。年を確かめてください（パソコンの時計も）。保管していません。",
                today()
            ),
        }
    }
}

impl KeepRequest {
    /// The day of the edition.
    ///
    /// # Errors
    /// Why the request cannot be served.
    pub fn check(&self) -> Result<Date, NoRequest> {
        if let Some(overlap) = PathOverlap::of(&self.report, &self.store) {
            return Err(NoRequest::Overlap(overlap));
        }
        match self.date {
            // A store whose last edition was kept by a clock that was ahead goes on with its day.
            Some(day) if is_far_ahead(day) && self.last_day() != Some(day) => {
                Err(NoRequest::FarAhead(day))
            }
            day => or_today(day).map_err(NoRequest::Clock),
        }
    }

    /// The day of the last edition of the store.
    fn last_day(&self) -> Option<Date> {
        let (mut editions, _) = Store::open(&self.store).ok()?.editions().ok()?;
        kept_on(&editions.pop()?)
    }

    /// Whether an edition was kept with the words of this request.
    fn is_decision_of(&self, edition: &Edition) -> bool {
        let stated = BagInfo::read(&edition.dir).ok().and_then(|info| Decision::stated(&info));
        stated.is_some_and(|stated| {
            let day = self.date.is_none_or(|date| stated.date == date.to_string());
            day && stated.reason == self.reason && stated.approved_by == self.approved_by
        })
    }
}

/// An official version that may be kept.
pub struct OfficialVersion {
    build: Build,
    record: BuildRecord,
    pdf: Vec<u8>,
    /// The whole report folder by path.
    files: BTreeMap<String, Vec<u8>>,
    /// What was found and accepted.
    pub problems: Vec<Problem>,
}

/// Why a report is no official version.
#[derive(Debug)]
pub enum NotOfficial {
    Problems(Vec<Problem>),
    Files(NotWhole),
    Cancelled(Cancelled),
}

impl NotOfficial {
    /// What is wrong with the report.
    pub fn problems(&self) -> &[Problem] {
        match self {
            NotOfficial::Problems(problems) | NotOfficial::Files(NotWhole::Names(problems)) => {
                problems
            }
            NotOfficial::Files(_) | NotOfficial::Cancelled(_) => &[],
        }
    }
}

impl fmt::Display for NotOfficial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotOfficial::Problems(_) => f.write_str("正式版にできないので、保管していません。"),
            NotOfficial::Files(fault) => fault.fmt(f),
            NotOfficial::Cancelled(cancelled) => cancelled.fmt(f),
        }
    }
}

impl OfficialVersion {
    /// Builds the official version of a report.
    ///
    /// # Errors
    /// Everything that stands against one.
    pub fn build(
        request: &KeepRequest,
        workshop: &Workshop,
        progress: &dyn Progress,
    ) -> Result<Self, NotOfficial> {
        progress.step(Step::BuildOfficial);
        let build = workshop.build(&Folder::Disk(request.report.clone()), &request.options);
        progress.go_on().map_err(NotOfficial::Cancelled)?;
        let problems = build.official_problems();
        let output = Output { official: true, ..Output::default() };
        let record = build.record(&output).filter(|_| !problems.iter().any(Problem::is_error));
        let Some(record) = record else { return Err(NotOfficial::Problems(problems)) };
        let Some(pdf) = build.export(&output).map_err(NotOfficial::Problems)? else {
            return Err(NotOfficial::Problems(problems));
        };
        let files = report_files(&request.report, &build).map_err(NotOfficial::Files)?;
        Ok(OfficialVersion { build, record, pdf, files, problems })
    }

    /// There is no record without both.
    fn report_and_template(&self) -> (&Report, &Template) {
        let parts = self.build.report.as_ref().zip(self.build.template.as_ref());
        parts.expect("an official version has a report and a template")
    }
}

/// A store that an edition is to come into; as long as it lives, no other process adds to it.
pub struct Keeping<'a> {
    request: &'a KeepRequest,
    date: Date,
    next: NextEdition,
}

/// An edition that an interrupted run had put into a store and not brought to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletedEdition {
    store: PathBuf,
    number: u32,
    digest: String,
    date: String,
    reason: String,
    approved_by: Vec<String>,
}

impl CompletedEdition {
    fn of(edition: &Edition, store: &Path) -> Self {
        let info = BagInfo::read(&edition.dir).unwrap_or_default();
        let get = |label| info.get(label).unwrap_or("（なし）").to_owned();
        CompletedEdition {
            store: store.to_owned(),
            number: edition.number,
            digest: edition.digest().unwrap_or_default(),
            date: get(labels::DATE),
            reason: get(labels::REASON),
            approved_by: info.all(labels::APPROVED_BY).map(str::to_owned).collect(),
        }
    }
}

impl fmt::Display for CompletedEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CompletedEdition { store, number, digest, date, reason, approved_by } = self;
        let (store, approved_by) = (store.display(), approved_by.join("、"));
        write!(
            f,
            "注意: 版{number}は、前の `archive add` が途中で止まったので {CHAIN} に載っていませんでした。今、載せました。\n  保管した日 {date}、理由 {reason}、承認 {approved_by}\n  版の番号 {digest}\nこの版を加えた人が自分でなければ、`soukatsu archive show {number} --store {store}` で内容を確かめてください。"
        )
    }
}

/// An edition that is in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub edition: Edition,
    /// The number by which people know it, unless it cannot be read.
    pub digest: Option<String>,
}

impl Kept {
    fn of(edition: Edition) -> Self {
        Kept { digest: edition.digest().ok(), edition }
    }
}

/// Why no edition was added.
#[derive(Debug)]
pub enum NotKept {
    Store(StoreError),
    /// The last edition is not as it was kept; places are relative to the store.
    Doubtful(Vec<Problem>),
    /// The last edition is the same.
    Same(Kept),
    /// It is the same, and what an interrupted run had left with just this decision: that run is
    /// done now. `lacks_signature`: of the key that was to sign it.
    Completed {
        kept: Kept,
        lacks_signature: bool,
    },
    /// It is the same, and what an interrupted run had left with another decision.
    OtherDecision {
        number: u32,
    },
    TooEarly {
        date: Date,
        last: u32,
        kept_on: Date,
    },
    /// The clock gives a day that is years after the report and the edition before.
    ClockAhead {
        date: Date,
        known: Date,
    },
    /// The last edition, by its folder, cannot be compared with the new one.
    NotCompared(PathBuf, NoKeptChanges),
}

/// Why, in a sentence or more.
impl fmt::Display for NotKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotKept::Store(error) => error.fmt(f),
            NotKept::Doubtful(_) => f.write_str(
                "最後の版が保管したときのままではないので、新しい版は加えていません。`archive verify` で確かめてください。",
            ),
            NotKept::Same(Kept { edition, digest }) => {
                let (number, name) = (edition.number, edition.name());
                let digest = digest.as_deref().unwrap_or_default();
                write!(
                    f,
                    "版{number}（{name}）と同じ内容です。新しい版は作っていません。版{number}の番号は {digest} です。"
                )
            }
            NotKept::Completed { kept: Kept { edition, .. }, .. } => write!(
                f,
                "版{}（{}）と同じ内容なので、新しい版は作っていません。前に途中で止まった保管は、これで終わりました。",
                edition.number,
                edition.name()
            ),
            NotKept::OtherDecision { number } => write!(
                f,
                "途中で止まっていた版{number}は、上の理由と承認で保管してあります。今の理由と承認では、新しい版を作っていません。"
            ),
            NotKept::TooEarly { last, kept_on, .. } if *kept_on > today() => write!(
                f,
                "前の版（版{last}）を保管した日が {kept_on} で、今日（{}）より後です。そのときのパソコンの時計が進んでいたと思われます。版の日は前の版より前にできないので、続けるには、前の版と同じ日を `--date {kept_on}` と指定し、本当の日を `--reason` に書いてください。保管していません。",
                today()
            ),
            NotKept::ClockAhead { date, known } => write!(
                f,
                "今日の日付が {date} になっていて、報告書の日付と前の版の日（新しい方は {known}）より{MOST_YEARS}年以上後です。パソコンの時計を確かめてください。時計が正しければ、`--date {date}` と指定してください。保管していません。"
            ),
            NotKept::TooEarly { date, last, kept_on } => write!(
                f,
                "保管する日 {date} が、前の版（版{last}）を保管した日 {kept_on} より前です。`--date` か、パソコンの時計を確かめてください。保管していません。"
            ),
            NotKept::NotCompared(before, NoKeptChanges::Before(fault)) => {
                write!(f, "前の版「{}」{fault}。", before.display())
            }
            NotKept::NotCompared(_, NoKeptChanges::NotCompared(fault)) => fault.fmt(f),
        }
    }
}

impl<'a> Keeping<'a> {
    /// Makes the store ready, which is made when it is not there.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn begin(
        request: &'a KeepRequest,
        date: Date,
        progress: &dyn Progress,
    ) -> Result<Self, StoreError> {
        let at = StoreError::at(&request.store);
        let store = Store::open_or_make(&request.store).map_err(&at)?;
        progress.step(Step::Keep);
        let next = NextEdition::begin(store).map_err(&at)?;
        Ok(Keeping { request, date, next })
    }

    /// The edition that an interrupted run had left, if any, and that is in the chain now.
    pub fn completed(&self) -> Option<CompletedEdition> {
        let completed = self.next.completed.as_ref();
        completed.map(|edition| CompletedEdition::of(edition, &self.request.store))
    }

    /// Compares an official version with the last edition, if there is one, when it may come
    /// behind it. `key`: what it is to be signed with.
    ///
    /// # Errors
    /// Why it may not, or is there already.
    pub fn compare(
        &self,
        official: &OfficialVersion,
        key: Option<&PrivateKey>,
        workshop: &Workshop,
        progress: &dyn Progress,
    ) -> Result<Option<KeptChanges>, NotKept> {
        self.next.check(&official.pdf, &official.files, self.date).map_err(
            |fault| match fault {
                NotNext::Doubtful(problems) => NotKept::Doubtful(problems),
                NotNext::Same(last) => self.same(&last, key),
                NotNext::TooEarly { last, kept_on } => {
                    NotKept::TooEarly { date: self.date, last: last.number, kept_on }
                }
            },
        )?;
        if let Some(known) = self.clock_is_ahead_of(official) {
            return Err(NotKept::ClockAhead { date: self.date, known });
        }
        let Some(last) = self.next.last() else { return Ok(None) };
        let new = Folder::Memory(official.files.clone());
        let changes = kept_changes(&last.dir, new, &self.request.reason, workshop, progress);
        changes.map(Some).map_err(|fault| NotKept::NotCompared(last.dir.clone(), fault))
    }

    /// The latest day that is known without the clock, when that alone gives the day of the edition
    /// and is years ahead of it.
    fn clock_is_ahead_of(&self, official: &OfficialVersion) -> Option<Date> {
        let report: Option<Date> = official.record.date.parse().ok();
        let last = self.next.last().and_then(kept_on);
        let known = report.into_iter().chain(last).max()?;
        (self.request.date.is_none() && is_long_after(self.date, known)).then_some(known)
    }

    /// What becomes of a version that is the same as the last edition.
    fn same(&self, last: &Edition, key: Option<&PrivateKey>) -> NotKept {
        if self.next.completed.as_ref() != Some(last) {
            return NotKept::Same(Kept::of(last.clone()));
        }
        if !self.request.is_decision_of(last) {
            return NotKept::OtherDecision { number: last.number };
        }
        let is_signed = |key: &PrivateKey| last.dir.join(signature_file(key.public())).exists();
        NotKept::Completed {
            kept: Kept::of(last.clone()),
            lacks_signature: key.is_some_and(|key| !is_signed(key)),
        }
    }

    /// Puts an official version into the store, with what differs from the edition before; then
    /// others may add to it.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn add(
        self,
        official: &OfficialVersion,
        changes: Option<KeptChanges>,
        key: Option<&PrivateKey>,
        progress: &dyn Progress,
    ) -> Result<Kept, StoreError> {
        progress.writing();
        let (report, template) = official.report_and_template();
        let made = Made {
            pdf: &official.pdf,
            report: &official.files,
            record: &official.record,
            template,
            fonts: official.build.fonts(),
            problems: accepted(report, &official.build.problems),
            changes: changes.map_or_else(Vec::new, |changes| changes.files),
        };
        let decision = Decision {
            date: self.date.to_string(),
            reason: self.request.reason.clone(),
            approved_by: self.request.approved_by.clone(),
        };
        let added = self.next.add(&made, report, &decision, key);
        added.map(Kept::of).map_err(StoreError::at(&self.request.store))
    }
}
