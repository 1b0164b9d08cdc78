//! The machines of a licence key as staff see and remove them, and its licence as a file.

use latchkey_shared::{
    api::web_api::{Machine, Machines},
    ids::KeyGlobalId,
    time::Timestamp,
};
use latchkey_store::{Access, activations as store, entity::activation, keys};
use serde_json::json;

use super::{licence, wire};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
};

/// The machines of a key, or 404.
pub async fn list(app: &AppState, access: Access, key: KeyGlobalId) -> AppResult<Machines> {
    let connection = app.store.read();
    keys::find(connection, access, key).await?.ok_or_else(|| AppError::not_found("licence key"))?;
    let now = app.clock.now();
    let rows = store::of_key(connection, access, key, now).await?;
    Ok(Machines { now: Timestamp::from_millis(now), machines: rows.into_iter().map(described).collect() })
}

fn described(row: activation::Model) -> Machine {
    Machine {
        id: row.id,
        machine_code: row.machine_code,
        friendly_name: row.friendly_name,
        ip: row.ip,
        os_info: row.os_info,
        first_seen: Timestamp::from_millis(row.first_seen_at),
        last_seen: Timestamp::from_millis(row.last_seen_at),
        lease_until: row.lease_until.map(Timestamp::from_millis),
        overdraft: row.overdraft,
    }
}

/// Takes a machine off a key, or 404.
pub async fn remove(
    app: &AppState,
    access: Access,
    origin: &Origin,
    key: KeyGlobalId,
    machine: i64,
) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let key =
        keys::find(&transaction, access, key).await?.ok_or_else(|| AppError::not_found("licence key"))?;
    let row = store::find_by_id(&transaction, key.id, machine).await?;
    let row = row.ok_or_else(|| AppError::not_found("machine"))?;
    store::delete(&transaction, row.id).await?;
    let name = if row.friendly_name.is_empty() { &row.machine_code } else { &row.friendly_name };
    let entry = Entry {
        action: "machine_removed",
        subject_kind: "key",
        subject_id: key.id,
        customer_id: key.customer_id,
        text: format!("Machine {name} was taken off licence key {}.", key.number),
        before: Some(json!({"machine_code": row.machine_code, "friendly_name": row.friendly_name})),
        ..Entry::default()
    };
    audit::record(&transaction, app.clock.now(), origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}

/// The licence file (`.skm`) of a key: what `Activate` answers, for a program without network. Its name and text.
pub async fn file(app: &AppState, access: Access, key: KeyGlobalId) -> AppResult<(String, String)> {
    let connection = app.store.read();
    let key = keys::find(connection, access, key).await?.ok_or_else(|| AppError::not_found("licence key"))?;
    let name = format!("licence-{}.skm", key.number);
    let mut whole = licence::load(connection, key, app.clock.now()).await?;
    // Seats come and go; a file outlives them.
    whole.machines.retain(|machine| !machine.floating);
    let body = wire::offline::file(app, &whole).await?;
    Ok((name, body))
}
