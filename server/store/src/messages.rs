//! Messages that programs fetch from channels: queries.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::channel_message;

/// The longest list that is answered at once.
const MOST: u64 = 1_000;

/// The messages of a channel, or of all where it is empty, that came after a time, the newest first.
pub async fn after<C: ConnectionTrait>(
    connection: &C,
    channel: &str,
    time: i64,
) -> Result<Vec<channel_message::Model>, DbErr> {
    let mut select = channel_message::Entity::find().filter(channel_message::Column::CreatedAt.gt(time));
    if !channel.is_empty() {
        select = select.filter(channel_message::Column::Channel.eq(channel));
    }
    select
        .order_by_desc(channel_message::Column::CreatedAt)
        .order_by_desc(channel_message::Column::Id)
        .limit(MOST)
        .all(connection)
        .await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: channel_message::ActiveModel,
) -> Result<channel_message::Model, DbErr> {
    row.insert(connection).await
}

/// Removes a message; nothing where there is none.
pub async fn take<C: ConnectionTrait>(
    connection: &C,
    id: i64,
) -> Result<Option<channel_message::Model>, DbErr> {
    let Some(row) = channel_message::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    channel_message::Entity::delete_by_id(id).exec(connection).await?;
    Ok(Some(row))
}
