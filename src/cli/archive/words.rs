//! The store as an argument, and what stands in its way.

use std::path::{Path, PathBuf};

use crate::app::editions::{NoEdition, StoreError, open_store};
use crate::archive::Store;
use crate::cli::ending::Ending;
use crate::cli::printer::Printer;

/// The store that a command works on.
#[derive(Debug, clap::Args)]
pub struct StoreArg {
    /// 保管庫のフォルダー
    #[arg(long, value_name = "フォルダー")]
    pub store: PathBuf,
}

impl StoreArg {
    /// Opens it, or says why it cannot be.
    pub fn open(&self, printer: &mut Printer) -> Result<Store, Ending> {
        open_store(&self.store).map_err(|error| tell(&error, printer))
    }
}

/// Says what stands in the way of a store.
pub fn tell(error: &StoreError, printer: &mut Printer) -> Ending {
    if let Some(problem) = error.problem() {
        printer.problems(std::slice::from_ref(problem), &format!("{}/", error.store.display()));
    }
    refuse(&error.to_string(), printer)
}

/// Says why there is no such edition.
pub fn tell_no_edition(none: &NoEdition, printer: &mut Printer) -> Ending {
    match none {
        NoEdition::Store(error) => tell(error, printer),
        none => refuse(&none.to_string(), printer),
    }
}

/// Says why nothing is done.
pub fn refuse(reason: &str, printer: &mut Printer) -> Ending {
    printer.note(reason);
    Ending::ReportAtFault
}

/// What stands before the places of a store's problems.
pub fn root_of(store: &Path) -> String {
    format!("{}/", store.display().to_string().trim_end_matches('/'))
}
