//! Resellers: who sells licence keys for the vendor.

use latchkey_store::{entity::reseller, resellers as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
};

/// What is known of a reseller; what is not said stays.
#[derive(Clone, Debug, Default)]
pub struct Details {
    pub name: Option<String>,
    pub url: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub description: Option<String>,
}

/// A reseller that was not removed, or 404.
pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> AppResult<reseller::Model> {
    let found = store::find(connection, id).await?.filter(|row| !row.removed);
    found.ok_or_else(|| AppError::not_found("reseller"))
}

pub async fn add(app: &AppState, origin: &Origin, details: Details) -> AppResult<reseller::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = reseller::ActiveModel {
        id: NotSet,
        name: Set(details.name.unwrap_or_default()),
        url: Set(details.url.unwrap_or_default()),
        email: Set(details.email.unwrap_or_default()),
        phone: Set(details.phone.unwrap_or_default()),
        description: Set(details.description.unwrap_or_default()),
        removed: Set(false),
        created_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    let text = format!("Reseller {} was added.", row.name);
    audit::record(&transaction, now, origin, entry(&row, "reseller_added", text)).await?;
    transaction.commit().await?;
    Ok(row)
}

pub async fn edit(app: &AppState, origin: &Origin, id: i64, details: Details) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let mut row = find(&transaction, id).await?;
    row.name = details.name.unwrap_or(row.name);
    row.url = details.url.unwrap_or(row.url);
    row.email = details.email.unwrap_or(row.email);
    row.phone = details.phone.unwrap_or(row.phone);
    row.description = details.description.unwrap_or(row.description);
    let row = store::save(&transaction, row).await?;
    let text = format!("Reseller {} was changed.", row.name);
    audit::record(&transaction, app.clock.now(), origin, entry(&row, "reseller_edited", text)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Keys that name the reseller go on naming it.
pub async fn remove(app: &AppState, origin: &Origin, id: i64) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let mut row = find(&transaction, id).await?;
    row.removed = true;
    let row = store::save(&transaction, row).await?;
    let text = format!("Reseller {} was removed.", row.name);
    audit::record(&transaction, app.clock.now(), origin, entry(&row, "reseller_removed", text)).await?;
    transaction.commit().await?;
    Ok(())
}

fn entry(row: &reseller::Model, action: &'static str, text: String) -> Entry {
    Entry {
        action,
        subject_kind: "reseller",
        subject_id: row.id,
        text,
        after: Some(json!({
            "name": row.name, "url": row.url, "email": row.email, "phone": row.phone,
            "description": row.description,
        })),
        ..Entry::default()
    }
}
