//! Charts: their geometry for any data, their colours, and the gallery of all kinds.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/crops.rs"]
mod crops;

mod contrast;
mod gallery;
mod palette;
