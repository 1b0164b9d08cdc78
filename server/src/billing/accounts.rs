//! Connected Stripe accounts.

use latchkey_store::entity::stripe_account;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::error::AppResult;

/// Whether an account in live mode is connected.
pub async fn any_live<C: ConnectionTrait>(connection: &C) -> AppResult<bool> {
    let live = stripe_account::Entity::find().filter(stripe_account::Column::Live.eq(true));
    Ok(live.count(connection).await? > 0)
}
