//! The repository itself: what its rooms may use, and what its documents say of it.

mod conformance_ledger;
mod rooms;
