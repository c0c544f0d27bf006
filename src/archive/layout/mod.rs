//! What files a store and an edition have, and how each of them is written and read.

pub mod accepted;
pub mod bag_check;
pub mod bag_info;
pub mod digest_cache;
pub mod digest_list;
pub mod edition;
pub mod edition_files;
pub mod labels;
pub mod limits;
pub mod metadata;
pub mod payload;
pub mod provenance;
pub mod sources;
pub mod store_files;
pub mod walk;
