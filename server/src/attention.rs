//! "Needs attention": what Latchkey could not heal by itself.

use latchkey_store::entity::attention;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::error::AppResult;

/// How many rows wait for a person.
pub async fn open_count<C: ConnectionTrait>(connection: &C) -> AppResult<i64> {
    let open = attention::Entity::find().filter(attention::Column::ResolvedAt.is_null());
    Ok(i64::try_from(open.count(connection).await?).unwrap_or(i64::MAX))
}
