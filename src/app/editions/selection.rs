//! One edition out of a store.

use std::fmt;
use std::path::{Path, PathBuf};

use super::store_error::{StoreError, open_store};
use crate::archive::{Edition, Store, named, shortened};

/// Which edition is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    Last,
    /// By its place in the store: 1, 2, …
    Number(u32),
    /// By its digest or the beginning of it, in lower case.
    Digest(String),
}

impl From<Option<u32>> for Selection {
    fn from(number: Option<u32>) -> Self {
        number.map_or(Selection::Last, Selection::Number)
    }
}

/// Why there is no such edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoEdition {
    Store(StoreError),
    /// `there`: the first and the last number that there are.
    Missing {
        store: PathBuf,
        wanted: Option<u32>,
        there: Option<(u32, u32)>,
    },
    UnknownDigest {
        store: PathBuf,
        digest: String,
    },
    /// Several editions have a digest with this beginning.
    Ambiguous {
        digest: String,
    },
}

impl fmt::Display for NoEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoEdition::Store(error) => error.fmt(f),
            NoEdition::Missing { store, wanted, there } => {
                let wanted = wanted.map_or_else(|| "版".to_owned(), |number| format!("版{number}"));
                let there = match there {
                    Some((first, last)) => format!("あるのは{first}から{last}までです"),
                    None => "まだ1つもありません".to_owned(),
                };
                write!(f, "保管庫「{}」に{wanted}はありません。{there}。", store.display())
            }
            NoEdition::UnknownDigest { store, digest } => write!(
                f,
                "保管庫「{}」に、番号が {} の版はありません。そういう名前のPDFもありません。",
                store.display(),
                shortened(digest)
            ),
            NoEdition::Ambiguous { digest } => write!(
                f,
                "番号が {} で始まる版が2つ以上あります。もっと長く（64桁まで）書いてください。",
                shortened(digest)
            ),
        }
    }
}

/// The edition that is meant.
///
/// # Errors
/// Why there is none.
pub fn select(store: &Store, selection: &Selection) -> Result<Edition, NoEdition> {
    let root = store.root();
    let editions = store.editions().map_err(StoreError::at(root)).map_err(NoEdition::Store)?;
    let (editions, _) = editions;
    let (wanted, found) = match selection {
        Selection::Last => (None, editions.last()),
        Selection::Number(number) => {
            (Some(*number), editions.iter().find(|edition| edition.number == *number))
        }
        Selection::Digest(digest) => {
            return match &named(&editions, digest)[..] {
                [edition] => Ok(edition.clone()),
                [] => {
                    Err(NoEdition::UnknownDigest { store: root.to_owned(), digest: digest.clone() })
                }
                _ => Err(NoEdition::Ambiguous { digest: digest.clone() }),
            };
        }
    };
    found.cloned().ok_or_else(|| NoEdition::Missing {
        store: root.to_owned(),
        wanted,
        there: editions.first().zip(editions.last()).map(|(a, b)| (a.number, b.number)),
    })
}

/// The store in a folder, and the edition that is meant.
///
/// # Errors
/// What stands in the way.
pub fn open_edition(store: &Path, selection: &Selection) -> Result<(Store, Edition), NoEdition> {
    let store = open_store(store).map_err(NoEdition::Store)?;
    let edition = select(&store, selection)?;
    Ok((store, edition))
}
