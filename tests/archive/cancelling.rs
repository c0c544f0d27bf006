//! Jobs that are given up on the way leave nothing behind.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use soukatsu::app::diff::{Diff, NotCompared, Side};
use soukatsu::app::editions::{
    KeepRequest, NotOfficial, NotVerified, OfficialVersion, VerifyRequest, verify,
};
use soukatsu::app::render::{RenderFault, RenderOptions, render};
use soukatsu::app::{BuildOptions, Progress, Workshop};
use soukatsu::export::Pages;
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

use crate::common::sample;
use crate::sample_store::Kept;

/// Gives a job up when it has asked so many times.
struct After(usize, AtomicUsize);

impl Progress for After {
    fn is_cancelled(&self) -> bool {
        self.1.fetch_add(1, Ordering::Relaxed) >= self.0
    }
}

fn after(asked: usize) -> After {
    After(asked, AtomicUsize::new(0))
}

fn workshop() -> Workshop {
    Workshop::new(Fonts::embedded())
}

#[test]
fn a_check_of_a_store_ends_between_two_editions() {
    let kept = Kept::new();
    let request = VerifyRequest { store: kept.at(""), ..VerifyRequest::default() };
    assert!(verify(&request, &after(usize::MAX)).is_ok());
    for asked in [0, 2] {
        assert!(matches!(verify(&request, &after(asked)), Err(NotVerified::Cancelled(_))));
    }
}

#[test]
fn a_comparison_ends_between_its_steps() {
    let side = || Side::open(&sample("mihon-r8")).unwrap();
    for asked in [0, 1] {
        let diff = Diff::new([side(), side()], ["前", "後"], &workshop(), &after(asked));
        assert!(matches!(diff, Err(NotCompared::Cancelled(_))));
    }
}

#[test]
fn an_official_version_is_given_up_before_it_is_written() {
    let request = KeepRequest {
        report: sample("mihon-r8"),
        store: PathBuf::from("nowhere"),
        reason: "議会に提出".to_owned(),
        approved_by: vec!["市長".to_owned()],
        date: None,
        options: BuildOptions::default(),
    };
    let official = OfficialVersion::build(&request, &workshop(), &after(0));
    assert!(matches!(official, Err(NotOfficial::Cancelled(_))));
}

#[test]
fn pictures_that_are_given_up_leave_the_folder_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let pictures = dir.path().join("pages");
    let workshop = workshop();
    let build = workshop.build(&Folder::Disk(sample("mihon-r8")), &BuildOptions::default());
    let pages = Pages::Laid(build.draft.as_ref().unwrap());
    let options = RenderOptions { dpi: 20, gray: false, sheet_columns: None, pages: None };
    let rendered = render(&pages, &pictures, workshop.fonts(), &options, &after(1));
    assert!(matches!(rendered, Err(RenderFault::Cancelled(_))));
    assert!(!pictures.exists() || std::fs::read_dir(&pictures).unwrap().next().is_none());
}
