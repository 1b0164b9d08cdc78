//! Messages by channel.

use latchkey_store::messages as store;
use serde_json::json;

use super::change::not_found;
use crate::{
    clock::SECOND,
    licensing::wire::{
        Answer, Call, Failure, WireResult, failure::BAD_PARAMETERS, licence::seconds, table::message as table,
    },
    messages,
};

pub async fn list(call: &Call, params: table::GetMessages) -> WireResult {
    // Strictly later than that second.
    let after = if params.time.0 == 0 { 0 } else { params.time.0 * SECOND + SECOND - 1 };
    let rows = store::after(call.app().store.read(), &params.channel.0, after).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "id": row.id, "content": row.content, "created": seconds(row.created_at), "channel": row.channel,
        })
    });
    Ok(Answer::done().with("messages", rows.collect::<Vec<_>>()))
}

pub async fn add(call: &Call, params: table::CreateMessage) -> WireResult {
    if params.content.0.is_empty() {
        return Err(Failure::refused(BAD_PARAMETERS));
    }
    let at = (params.time.0 > 0).then_some(params.time.0 * SECOND);
    let row = messages::add(call.app(), &call.origin(), &params.channel.0, &params.content.0, at).await?;
    Ok(Answer::done().with("messageId", row.id))
}

pub async fn remove(call: &Call, params: table::RemoveMessage) -> WireResult {
    messages::remove(call.app(), &call.origin(), params.id.0)
        .await
        .map_err(|error| not_found(error, "Could not find the message."))?;
    Ok(Answer::done())
}
