//! "Needs attention": what Latchkey could not heal by itself.

use latchkey_store::attention as store;
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

/// How many rows wait for a person.
pub async fn open_count<C: ConnectionTrait>(connection: &C) -> AppResult<i64> {
    Ok(store::open_count(connection).await?)
}
