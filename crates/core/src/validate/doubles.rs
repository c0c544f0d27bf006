//! What is said of two rows with one name.

use crate::model::name::name_difference;

/// 。「〜」と「～」の違いだけです, behind a message on two names that are the same.
pub(super) fn difference(one: &str, other: &str) -> String {
    name_difference(one, other).map(|words| format!("。{words}")).unwrap_or_default()
}
