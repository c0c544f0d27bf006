//! One edition as a zip, to hand over.
#![expect(clippy::disallowed_methods, reason = "editions are read here")]

use std::fs;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::bag::{MANIFEST, SIGNATURES, TAG_MANIFEST, read_list};
use super::store::Edition;
use crate::problem::system_reason;

/// The zip of an edition: its bag below a folder of the given name. The same edition gives the
/// same bytes.
///
/// # Errors
/// In Japanese, when the edition cannot be read.
pub fn zipped(edition: &Edition, folder: &str) -> Result<Vec<u8>, String> {
    let listed = |list| {
        read_list(&edition.dir, list).map_err(|problems| {
            problems.first().map_or_else(String::new, |problem| problem.message.clone())
        })
    };
    let mut names: Vec<String> = vec![TAG_MANIFEST.to_owned()];
    names.extend(listed(TAG_MANIFEST)?.into_keys());
    names.extend(listed(MANIFEST)?.into_keys());
    let signatures = fs::read_dir(edition.dir.join(SIGNATURES)).into_iter().flatten().flatten();
    names.extend(
        signatures.map(|entry| format!("{SIGNATURES}/{}", entry.file_name().to_string_lossy())),
    );
    names.sort();
    names.dedup();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the day on which a zip was made is no part of the edition.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o444);
    for name in &names {
        let bytes = fs::read(edition.dir.join(name))
            .map_err(|error| format!("{name}: {}", system_reason(&error)))?;
        let entry = format!("{folder}/{name}");
        writer.start_file(entry, options).map_err(|error| error.to_string())?;
        writer.write_all(&bytes).map_err(|error| system_reason(&error))?;
    }
    let done = writer.finish().map_err(|error| error.to_string())?;
    Ok(done.into_inner())
}
