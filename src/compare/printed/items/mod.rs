//! Printed items: everything that tables, charts, lists and headings print of the model, each
//! with a key by which two editions are compared and a spot by which people know its place.

mod all_items;
mod collector;
mod figures;
mod headings;
mod indicators;
mod initiatives;
mod item;
mod tables;

pub use all_items::items;
pub use item::{Item, Whole, whole};
