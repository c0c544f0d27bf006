//! The three uses of soukatsu through the library alone: a handout, its correction with a 正誤表,
//! and an edition in a store.
//!
//! `cargo run --release --example three_uses -- FOLDER` writes into a folder that is not there yet.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use soukatsu::app::diff::{Diff, ErrataRequest, Side};
use soukatsu::app::editions::{KeepRequest, Keeping, OfficialVersion, VerifyRequest, verify};
use soukatsu::app::samples::new_report;
use soukatsu::app::{BuildOptions, Output, Silent, Workshop, files};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;
use soukatsu_core::model::correction::Correction;
use soukatsu_core::problem::Place;

type Done = Result<(), Box<dyn Error>>;

/// The cell that turns out wrong.
const CELL: &str = "csv/fig-04.csv:家族や知人の勧め:回答割合";

fn main() -> Done {
    let dir = std::env::args_os().nth(1).map(PathBuf::from);
    let dir = dir.ok_or("which folder shall the files go into?")?;
    let workshop = Workshop::new(Fonts::embedded());
    let report = dir.join("report");
    new_report(&report, "mihon-r8").map_err(|fault| format!("{fault:?}"))?;
    make_handout(&workshop, &report, &dir)?;
    correct(&workshop, &dir)?;
    keep_edition(&workshop, &report, &dir)
}

/// Generate: a report folder becomes an official PDF, or a list of problems.
fn make_handout(workshop: &Workshop, report: &Path, dir: &Path) -> Done {
    let build = workshop.build(&Folder::Disk(report.to_owned()), &BuildOptions::default());
    let problems = build.official_problems();
    for problem in &problems {
        println!("{}: {}", problem.place, problem.message);
    }
    if problems.iter().any(|problem| problem.is_error()) {
        return Err("the report cannot be official".into());
    }
    let output = Output { official: true, ..Output::default() };
    let pdf = build.export(&output).map_err(|problems| format!("{problems:?}"))?;
    files::write_pdf(&dir.join("handout.pdf"), &pdf.ok_or("no pages")?)?;
    println!("handout.pdf: {} pages", build.document().map_or(0, |pages| pages.pages().len()));
    Ok(())
}

/// Regenerate: one cell is corrected; nothing else may change, and a 正誤表 tells of it.
fn correct(workshop: &Workshop, dir: &Path) -> Done {
    let corrected = dir.join("corrected");
    new_report(&corrected, "mihon-r8").map_err(|fault| format!("{fault:?}"))?;
    let table = corrected.join("csv/fig-04.csv");
    let text = fs::read_to_string(&table)?;
    fs::write(&table, text.replace("家族や知人の勧め,38.4", "家族や知人の勧め,39.4"))?;

    let open = |path: &Path| Side::open(path).map_err(|fault| fault.to_string());
    let sides = [open(&dir.join("handout.pdf"))?, open(&corrected)?];
    let diff = Diff::new(sides, ["前の版", "後の版"], workshop, &Silent);
    let diff = diff.map_err(|unread| format!("{unread:?}"))?;
    for line in diff.lines() {
        println!("{line}");
    }
    let meant = [Correction::of(CELL, Place::file("the council's list"))];
    let guard = diff.guard(&meant).map_err(|problems| format!("{problems:?}"))?;
    if !guard.is_as_expected() {
        return Err(format!("more changed than was meant: {:?}", guard.unexpected).into());
    }
    let reasons = diff.reasons([&[], &[]], Some("転記の誤り")).map_err(|e| format!("{e:?}"))?;
    let request = ErrataRequest::default();
    let errata =
        diff.errata(request, |change| reasons.of(change)).map_err(|none| none.to_string())?;
    let pdf = errata.pdf(workshop).map_err(|problems| format!("{problems:?}"))?;
    files::write_pdf(&dir.join("errata.pdf"), &pdf)?;
    println!("errata.pdf: {} rows", errata.rows.len());
    Ok(())
}

/// Archive: the official version comes into a store, which then is proven sound.
fn keep_edition(workshop: &Workshop, report: &Path, dir: &Path) -> Done {
    let request = KeepRequest {
        report: report.to_owned(),
        store: dir.join("store"),
        reason: "審議会に配布".to_owned(),
        approved_by: vec!["企画課長".to_owned()],
        date: None,
        options: BuildOptions::default(),
    };
    let date = request.check().map_err(|reason| reason.to_string())?;
    let official = OfficialVersion::build(&request, workshop, &Silent);
    let official = official.map_err(|reason| reason.to_string())?;
    let keeping = Keeping::begin(&request, date, &Silent).map_err(|error| error.to_string())?;
    let changes =
        keeping.compare(&official, None, workshop, &Silent).map_err(|why| why.to_string())?;
    let kept = keeping.add(&official, changes, None, &Silent).map_err(|e| e.to_string())?;
    println!("{}", kept.edition.dir.display());
    let wanted = VerifyRequest { store: request.store, rebuild: true, ..Default::default() };
    let findings = verify(&wanted, &Silent).map_err(|error| error.to_string())?;
    println!("sound: {}", findings.is_sound());
    if findings.is_sound() { Ok(()) } else { Err("the store is not sound".into()) }
}
