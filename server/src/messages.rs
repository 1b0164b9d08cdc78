//! Messages that the vendor's programs fetch, by channel: news of a version, a warning.

use latchkey_store::{entity::channel_message, messages as store};
use sea_orm::ActiveValue::{NotSet, Set};

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
};

/// Puts a message into a channel; `at` is now unless said otherwise.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    channel: &str,
    content: &str,
    at: Option<i64>,
) -> AppResult<channel_message::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = channel_message::ActiveModel {
        id: NotSet,
        channel: Set(channel.to_owned()),
        content: Set(content.to_owned()),
        created_at: Set(at.unwrap_or(now)),
    };
    let row = store::insert(&transaction, row).await?;
    let text = format!("A message was put into the channel {channel:?}.");
    audit::record(&transaction, now, origin, entry(&row, "message_added", text)).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Removes a message, or 404.
pub async fn remove(app: &AppState, origin: &Origin, id: i64) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let row = store::take(&transaction, id).await?.ok_or_else(|| AppError::not_found("message"))?;
    let text = format!("A message was removed from the channel {:?}.", row.channel);
    audit::record(&transaction, app.clock.now(), origin, entry(&row, "message_removed", text)).await?;
    transaction.commit().await?;
    Ok(())
}

fn entry(row: &channel_message::Model, action: &'static str, text: String) -> Entry {
    Entry { action, subject_kind: "message", subject_id: row.id, text, ..Entry::default() }
}
