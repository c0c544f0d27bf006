//! Placed text to the typed report, with every fault of the folder in one pass.
//!
//! In: a report folder. Out: the model, as whole as the input allows, and the problems.
//! A data set with faults is marked incomplete, so that later rooms do not report the
//! consequences as faults of their own.

mod annotations;
mod better_kinds;
mod citations;
mod columns;
mod constants;
mod corrections;
mod data_tables;
mod doubles;
mod fields;
mod figure_choices;
mod figure_names;
mod figure_source;
mod figures;
mod indicators;
mod initiatives;
mod layout;
mod limits;
mod manifest;
mod manifest_keys;
mod markup;
mod numbers;
mod official;
mod own_names;
mod pages;
mod paragraphs;
mod periods;
mod prose;
mod prose_pitfalls;
mod reader;
mod reference_lines;
mod remarks;
mod report;
mod scan;
mod style;
mod table_columns;
mod table_computations;
mod table_declaration;
mod table_headings;
mod table_rows;
mod table_source;
mod table_sums;
#[cfg(test)]
mod tests;
mod titles;
mod totals;
mod unsuitable_kinds;
mod used_files;

pub use corrections::read_corrections;
pub use markup::Markup;
pub use prose::read_prose;
pub use report::read_report;
pub use table_source::grid;
