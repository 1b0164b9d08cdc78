//! Who did what: written in the transaction that did it.

use latchkey_store::entity::audit;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;

use crate::error::AppResult;

/// Who acts, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// `staff`, `portal`, `api`, `stripe`, `scheduler`, `import`, `system`.
    pub source: &'static str,
    /// Staff, user or token id.
    pub id: Option<i64>,
    pub name: Option<String>,
    pub ip: String,
}

impl Origin {
    /// Latchkey itself.
    pub fn system(source: &'static str) -> Self {
        Self { source, ..Self::default() }
    }
}

/// One change.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Stable word, e.g. `customer_created`.
    pub action: &'static str,
    /// `customer`, `key`, `product`, …
    pub subject_kind: &'static str,
    pub subject_id: i64,
    /// The customer in whose timeline it shows.
    pub customer_id: Option<i64>,
    /// One sentence for the timeline.
    pub text: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub reason: String,
}

/// Writes `entry` on the caller's transaction.
pub async fn record<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    entry: Entry,
) -> AppResult<()> {
    let row = audit::ActiveModel {
        id: NotSet,
        at: Set(now),
        source: Set(origin.source.to_owned()),
        actor_id: Set(origin.id),
        actor_name: Set(origin.name.clone()),
        action: Set(entry.action.to_owned()),
        subject_kind: Set(entry.subject_kind.to_owned()),
        subject_id: Set(entry.subject_id),
        customer_id: Set(entry.customer_id),
        text: Set(entry.text),
        before: Set(entry.before),
        after: Set(entry.after),
        reason: Set(entry.reason),
        ip: Set(origin.ip.clone()),
    };
    audit::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// What was done about one thing, the latest first.
pub async fn of_subject<C: ConnectionTrait>(
    connection: &C,
    kind: &str,
    id: i64,
    limit: u64,
) -> AppResult<Vec<audit::Model>> {
    let entries = audit::Entity::find()
        .filter(audit::Column::SubjectKind.eq(kind))
        .filter(audit::Column::SubjectId.eq(id))
        .order_by_desc(audit::Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(entries)
}
