//! Adding and changing products.

use latchkey_shared::{
    api::catalog::{AddProduct, EditProduct},
    ids::ProductId,
};
use latchkey_store::{entity::product, products as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry, Origin},
    catalog::stripe_sync,
    error::{AppError, AppResult},
    licensing::signing,
    state::AppState,
};

/// Days of grace of a new product: time for a card to be replaced.
pub(crate) const GRACE_DAYS: i64 = 3;

/// The product, or 404.
pub async fn find<C: ConnectionTrait>(connection: &C, id: ProductId) -> AppResult<product::Model> {
    store::find(connection, id).await?.ok_or_else(|| AppError::not_found("product"))
}

/// Adds a product.
pub async fn add(app: &AppState, origin: &Origin, form: AddProduct) -> AppResult<product::Model> {
    let transaction = app.store.begin().await?;
    let row = insert(&transaction, app.clock.now(), origin, &form).await?;
    transaction.commit().await?;
    Ok(row)
}

/// Adds a product on the caller's transaction, signed by the default key pair.
pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    form: &AddProduct,
) -> AppResult<product::Model> {
    let row = product::ActiveModel {
        id: NotSet,
        name: Set(form.name.trim().to_owned()),
        description: Set(form.description.trim().to_owned()),
        kind: Set(form.kind.as_str().to_owned()),
        active: Set(true),
        grace_days: Set(GRACE_DAYS),
        feature_names: Set(json!(vec![""; 8])),
        signing_key_id: Set(signing::default_pair(connection).await?.id),
        blocks_expired: Set(false),
        limiting_features: Set(0),
        next_key_id: Set(1),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(connection, row).await?;
    let text = format!("The product {} was added.", row.name);
    audit::record(connection, now, origin, entry(&row, "product_created", text, None)).await?;
    Ok(row)
}

/// Saves a changed product; 409 where somebody else saved meanwhile.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: ProductId,
    form: EditProduct,
) -> AppResult<product::Model> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = find(&transaction, id).await?;
    if row.version != form.version {
        return Err(AppError::stale());
    }
    let (before, was_active) = (described(&row), row.active);
    row.name = form.name.trim().to_owned();
    row.description = form.description.trim().to_owned();
    if let Some(kind) = form.kind.filter(|kind| kind.as_str() != row.kind) {
        if store::is_sold(&transaction, id).await? {
            return Err(AppError::field("kind", "Subscriptions have this product, so it stays what it is."));
        }
        kind.as_str().clone_into(&mut row.kind);
    }
    row.active = form.active;
    row.grace_days = form.grace_days;
    row.feature_names = form.feature_names.iter().map(|name| name.trim()).collect();
    let row = store::save(&transaction, row, now).await?.ok_or_else(AppError::stale)?;
    if before != described(&row) {
        let text = format!("The product {} was changed.", row.name);
        audit::record(&transaction, now, origin, entry(&row, "product_edited", text, Some(before))).await?;
    }
    if row.active != was_active {
        // What is archived is not offered.
        stripe_sync::make_all_plans(&transaction, now).await?;
    }
    transaction.commit().await?;
    Ok(row)
}

fn described(row: &product::Model) -> Value {
    json!({
        "name": row.name, "description": row.description, "kind": row.kind, "active": row.active,
        "grace_days": row.grace_days, "feature_names": row.feature_names,
    })
}

fn entry(row: &product::Model, action: &'static str, text: String, before: Option<Value>) -> Entry {
    Entry {
        action,
        subject_kind: "product",
        subject_id: row.id,
        text,
        before,
        after: Some(described(row)),
        ..Entry::default()
    }
}
