//! One edition as a zip, to hand over.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::open::Store;
use super::verified_files::VerifiedFiles;
use crate::archive::layout::edition::Edition;
use crate::archive::layout::edition_files::{SIGNATURES, TAG_MANIFEST, below};
use crate::archive::layout::limits::LARGEST_LIST;
use crate::archive::layout::walk::walk;
use crate::files;
use soukatsu_core::problem::{Code, Place, Problem, system_reason};

/// The zip of an edition: its bag below a folder of the given name. The same edition gives the
/// same bytes.
///
/// # Errors
/// What is not as it was kept; places are relative to the store.
pub fn zipped(store: &Store, edition: &Edition, folder: &str) -> Result<Vec<u8>, Vec<Problem>> {
    let problems = store.bag_faults(edition);
    if !problems.is_empty() {
        return Err(problems);
    }
    let verified = VerifiedFiles::of(store, edition)?;
    let fault = |name: &str, reason: &str| {
        let problem = Problem::error(Code::BagDamaged, Place::file(name));
        Box::new(edition.in_store(problem.message(format!("「{name}」{reason}"))))
    };
    let plain = |name: &str| {
        files::read(&edition.dir, name, LARGEST_LIST).map_err(|error| fault(name, &error.message()))
    };
    let listed: BTreeSet<String> = verified.names().map(str::to_owned).collect();
    let mut names = listed.clone();
    names.insert(TAG_MANIFEST.to_owned());
    let found = walk(&edition.dir).files.into_keys();
    names.extend(found.filter(|name| below(SIGNATURES, name).is_some()));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the day on which a zip was made is no part of the edition.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o444);
    for name in names {
        let bytes = if listed.contains(&name) { verified.read(&name) } else { plain(&name) };
        let bytes = bytes.map_err(|problem| vec![*problem])?;
        let entry = format!("{folder}/{name}");
        let packed =
            writer.start_file(entry, options).map_err(|error| system_reason(&error.into()));
        packed
            .and_then(|()| writer.write_all(&bytes).map_err(|error| system_reason(&error)))
            .map_err(|reason| vec![*fault(&name, &reason)])?;
    }
    let done =
        writer.finish().map_err(|error| vec![*fault(folder, &system_reason(&error.into()))])?;
    Ok(done.into_inner())
}
