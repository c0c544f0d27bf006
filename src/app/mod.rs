//! The application layer: every job of the product, for the terminal and for other fronts alike.
//!
//! A [`Workshop`] holds fonts and caches and makes [`Build`]s. Jobs take a request and give a
//! result, both typed; nothing here prints, reads arguments or ends the process. What takes long
//! tells a [`Progress`] of it and can be cancelled there.

mod build;
pub mod diff;
pub mod editions;
mod errata_pdf;
pub mod explanations;
mod export;
pub mod files;
mod imprint;
mod options;
mod output;
pub mod page_choice;
mod page_rows;
pub mod paper_use;
mod progress;
pub mod render;
pub mod samples;
mod template;
pub mod typst_project;
mod version_mark;
pub mod watch;
mod workshop;

pub use build::Build;
pub use errata_pdf::{ErrataSheet, PagesToExchange, errata_pdf};
pub use options::{BuildOptions, GivenTemplate, Mark};
pub use output::Output;
pub use progress::{Cancelled, Progress, Silent, Step};
pub use version_mark::mark_of;
pub use workshop::Workshop;
