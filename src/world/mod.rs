//! Every byte that Typst may see: the template, the fonts, the model as virtual files, the
//! prose, and a clock that stands still.
//!
//! In: the model, a template, fonts. Out: a Typst world in which nothing else exists.

mod bound_files;
mod coverage;
mod figure_files;
mod fonts;
mod fullness;
mod library;
mod model_files;
mod phrase_widths;
mod presentation;
mod prose;
mod report_world;
mod table_files;
mod template;
mod template_folder;
mod virtual_file;

pub use coverage::{Uncovered, uncovered};
pub use figure_files::drawings;
pub use fonts::{Face, FontError, Fonts};
pub use library::library_names;
pub use phrase_widths::phrases;
pub use presentation::{Imprint, Presentation, Profile};
pub use prose::original_column;
pub use report_world::{ENTRY, ReportWorld, file_id};
pub use table_files::BETWEEN_CELLS;
pub use template::{Template, TemplateSettings};
