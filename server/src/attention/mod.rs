//! "Needs attention": what Latchkey could not heal by itself.
//!
//! | where | what |
//! | --- | --- |
//! | [`raise`] | puts something in front of a person, from the transaction that found it |
//! | [`notice`] | the message to staff when something enters |
//! | [`view`] | the list, and one row with all that helps to decide |
//! | `next_try` | when Latchkey looks again by itself |
//! | [`actions`] | what a person can do |

pub mod actions;
mod next_try;
pub mod notice;
pub mod view;

use latchkey_store::attention as store;
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

pub use store::NewRow;

/// How many rows wait for a person.
pub async fn open_count<C: ConnectionTrait>(connection: &C) -> AppResult<i64> {
    Ok(store::open_count(connection).await?)
}

/// Puts something in front of a person, unless it is there already or was ended for good. Staff are written to
/// when it is new.
pub async fn raise<C: ConnectionTrait>(connection: &C, now: i64, new: NewRow<'_>) -> AppResult<()> {
    let (code, detail, object) = (new.code.to_owned(), new.detail.clone(), new.stripe_id.to_owned());
    if store::raise(connection, now, new).await? {
        tracing::warn!(code, object, detail, "needs attention");
        metrics::counter!("attention_total", "code" => code).increment(1);
        notice::enqueue(connection, now).await?;
    }
    Ok(())
}
