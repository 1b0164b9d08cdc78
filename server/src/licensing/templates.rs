//! Licence templates: parameters for new keys under a name.

use latchkey_engine::key_params::{KeyParams, KeyParamsError};
use latchkey_shared::ids::ProductId;
use latchkey_store::{entity::licence_template, templates as store};
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

/// Longest text of parameters.
pub const MOST_CHARS: usize = 2_000;

/// A template, or 404.
pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> AppResult<licence_template::Model> {
    store::find(connection, id).await?.ok_or_else(|| AppError::not_found("licence template"))
}

/// What a template says.
pub fn params(row: &licence_template::Model) -> AppResult<KeyParams> {
    KeyParams::parse(&row.params).map(|parsed| parsed.params).map_err(|error| bad_params(&error))
}

/// Adds a template to a product.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    product: ProductId,
    name: &str,
    params: &str,
) -> AppResult<licence_template::Model> {
    check(params)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if latchkey_store::products::find(&transaction, product).await?.is_none() {
        return Err(AppError::not_found("product"));
    }
    let row = licence_template::ActiveModel {
        id: NotSet,
        product_id: Set(product.0),
        name: Set(name.trim().to_owned()),
        params: Set(params.trim().to_owned()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    let text = format!("Licence template {} was added.", row.name);
    audit::record(&transaction, now, origin, entry(&row, "template_added", text)).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Changes a template; 409 where somebody else saved meanwhile.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: i64,
    (name, params, version): (&str, &str, i64),
) -> AppResult<licence_template::Model> {
    check(params)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = find(&transaction, id).await?;
    if row.version != version {
        return Err(AppError::stale());
    }
    name.trim().clone_into(&mut row.name);
    params.trim().clone_into(&mut row.params);
    let row = store::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    let text = format!("Licence template {} was changed.", row.name);
    audit::record(&transaction, now, origin, entry(&row, "template_edited", text)).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Removes a template; keys that were made from it stay.
pub async fn remove(app: &AppState, origin: &Origin, id: i64) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let row = find(&transaction, id).await?;
    store::delete(&transaction, id).await?;
    let text = format!("Licence template {} was removed.", row.name);
    audit::record(&transaction, app.clock.now(), origin, entry(&row, "template_removed", text)).await?;
    transaction.commit().await?;
    Ok(())
}

fn check(params: &str) -> AppResult<()> {
    KeyParams::parse(params).map(|_| ()).map_err(|error| bad_params(&error))
}

fn bad_params(error: &KeyParamsError) -> AppError {
    let message = match error {
        KeyParamsError::Missing => "Say what the keys allow, e.g. {\"F1\":true,\"Period\":30}.".to_owned(),
        KeyParamsError::TooLong => "These parameters are too long.".to_owned(),
        KeyParamsError::NotJson(found) => format!("This is not a JSON object: {found}."),
        KeyParamsError::BadField { field, problem } => format!("{field}: {problem}."),
    };
    AppError::field("params", message)
}

fn entry(row: &licence_template::Model, action: &'static str, text: String) -> Entry {
    Entry {
        action,
        subject_kind: "licence_template",
        subject_id: row.id,
        text,
        after: Some(json!({"product": row.product_id, "name": row.name, "params": row.params})),
        ..Entry::default()
    }
}
