//! Same inputs, same bytes: in every run, folder, environment and number of threads.

use std::path::Path;
use std::process::Command;

use crate::built;
use crate::common;
use soukatsu::app::{BuildOptions, Workshop};
use soukatsu::world::Fonts;
use soukatsu_core::load::Folder;

fn build(report: &Path, output: &Path, environment: &[(&str, &str)]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_soukatsu"));
    command.arg("build").arg(report).arg("-o").arg(output).env_clear();
    command.envs(environment.iter().copied());
    let run = command.output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    std::fs::read(output).unwrap()
}

#[test]
fn the_environment_and_the_folder_leave_no_trace() {
    let temp = tempfile::tempdir().unwrap();
    let moved = temp.path().join("別の場所").join("r");
    for (name, bytes) in common::files("mihon-r8") {
        let path = moved.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let here = build(&common::sample("mihon-r8"), &temp.path().join("a.pdf"), &[]);
    let there = build(
        &moved,
        &temp.path().join("b.pdf"),
        &[
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "C"),
            ("HOME", "/nowhere"),
            ("RAYON_NUM_THREADS", "1"),
        ],
    );
    assert!(here == there);
}

#[test]
fn a_second_build_in_the_same_process_gives_the_same_bytes() {
    let folder = Folder::Disk(common::sample("mihon-r8"));
    let workshop = Workshop::new(Fonts::embedded());
    let pdf = |folder: &Folder| built::pdf(&workshop.build(folder, &BuildOptions::default()));
    let first = pdf(&folder);
    let mut changed = common::files("mihon-r8");
    common::replace(&mut changed, "report.toml", "date", "status = \"案\"\ndate");
    assert!(pdf(&Folder::Memory(changed)) != first);
    assert!(pdf(&folder) == first);
}
