//! Putting rows in, some hundred at a time: each is new, the same, changed or refused, and a dry run decides like
//! an import.
//!
//! What a row said when it was last moved in is kept, so that three versions can be compared: what changed there
//! since is changed here, and what changed only here stays.

mod customers;
mod key_row;
mod keys;
mod machines;
mod objects;
mod products;

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher as _, RandomState},
};

use latchkey_store::entity::audit;
use sea_orm::ActiveValue::{NotSet, Set};
use serde::{Serialize, de::DeserializeOwned};

pub use customers::put as customers;
pub use keys::put as keys;
pub use objects::put as objects;
pub use products::put as products;

use super::{Tally, read::Kind, rows::Words};
use crate::{
    audit::Origin,
    error::{AppError, AppResult},
};

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    Same,
    Changed,
    /// Why, in words.
    Refused(Words),
}

impl Outcome {
    fn is_kept(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

/// What became of a row and of the data objects that came with it, each object counted once in an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    pub outcome: Outcome,
    pub objects: Tally,
}

impl From<Outcome> for Put {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, objects: Tally::default() }
    }
}

/// One import, from its first row to its last.
pub struct Context {
    pub now: i64,
    pub origin: Origin,
    /// Decide and keep nothing.
    pub dry_run: bool,
    seen: Seen,
}

/// What earlier rows of this import took, since a dry run leaves nothing in the database that would show it.
#[derive(Default)]
struct Seen {
    hasher: RandomState,
    products: HashMap<i64, Row>,
    customers: HashMap<i64, Row>,
    /// By global id.
    keys: HashMap<i64, Row>,
    /// Product and number.
    numbers: HashSet<(i64, i64)>,
    /// Product and a hash of the text in the form by which it is looked up.
    texts: HashSet<(i64, u64)>,
    secrets: HashMap<Vec<u8>, i64>,
    /// What a data object is attached to and what it says, both hashed.
    objects: HashMap<i64, (u64, u64)>,
    /// Data objects that were counted with what they came inside of.
    counted: HashSet<i64>,
}

/// A row that was looked at.
#[derive(Clone, Copy)]
struct Row {
    content: u64,
    kept: bool,
}

impl Seen {
    fn hash(&self, value: impl std::hash::Hash) -> u64 {
        self.hasher.hash_one(value)
    }

    /// What becomes of a row with an id that an earlier row has: nothing where they say the same.
    fn again(&self, earlier: Option<&Row>, content: &str) -> Option<Outcome> {
        let earlier = earlier?;
        Some(if earlier.content == self.hash(content) && earlier.kept {
            Outcome::Same
        } else {
            Outcome::Refused("these files have it before, with other values or refused".to_owned())
        })
    }
}

impl Context {
    pub fn new(now: i64, origin: Origin, dry_run: bool) -> Self {
        Self { now, origin, dry_run, seen: Seen::default() }
    }

    fn entry(&self, kind: Kind, id: i64, customer: Option<i64>, outcome: &Outcome) -> audit::ActiveModel {
        let (action, what) = match outcome {
            Outcome::New => ("moved_in", "was moved in from another licensing service"),
            _ => ("moved_in_again", "was changed by moving in again"),
        };
        audit::ActiveModel {
            id: NotSet,
            at: Set(self.now),
            source: Set(self.origin.source.to_owned()),
            actor_id: Set(self.origin.id),
            actor_name: Set(self.origin.name.clone()),
            action: Set(action.to_owned()),
            subject_kind: Set(subject(kind).to_owned()),
            subject_id: Set(id),
            customer_id: Set(customer),
            text: Set(format!("The {} {what}.", kind.singular())),
            before: Set(None),
            after: Set(None),
            reason: Set(String::new()),
            ip: Set(self.origin.ip.clone()),
        }
    }
}

const fn subject(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "data_object",
        other => other.word(),
    }
}

/// What is kept of a row.
fn content(row: &impl Serialize) -> AppResult<String> {
    serde_json::to_string(row).map_err(AppError::internal)
}

/// What was kept of a row, where this version can still read it.
fn last<T: DeserializeOwned>(contents: &HashMap<i64, String>, id: i64) -> Option<T> {
    serde_json::from_str(contents.get(&id)?).ok()
}

/// Takes over what differs from what was said last; all of it where nothing was said.
macro_rules! take_over {
    ($row:ident, $new:ident, $last:expr; $($column:ident = $field:ident),+ $(,)?) => {$(
        if $last.is_none_or(|last| last.$field != $new.$field) {
            $row.$column.clone_from(&$new.$field);
        }
    )+};
}
use take_over;
