//! A report becomes pages, pictures of them and a PDF: what stands where, how it reads, the same
//! bytes again; for the screen, the print room and as the official version.

mod bookmarks;
#[path = "../common/built.rs"]
mod built;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/crops.rs"]
mod crops;
#[path = "../common/desk.rs"]
mod desk;
#[path = "../common/marked.rs"]
mod marked;
mod places;
#[path = "../common/reading.rs"]
mod reading;
#[path = "../common/tags.rs"]
mod tags;

mod accounts;
mod data_tables;
mod figures_side_by_side;
mod handout;
mod imposition;
mod kpi_tables;
mod lines;
mod long_tables;
mod official_version;
mod overruns;
mod page_crops;
mod pages_hold_still;
mod print_room;
mod profiles;
mod same_bytes;
mod sandbox;
mod screen_reader;
mod sideways;
mod status_list;
mod wide_pages;
