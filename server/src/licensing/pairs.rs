//! The key pairs that sign licences, as staff make, bring along, take out and retire them.

use latchkey_shared::{
    api::signing::{
        AddSigningKey, ExportedSigningKey, ImportSigningKey, SigningKey, SigningKeys, SigningProduct,
    },
    ids::ProductId,
    time::Timestamp,
};
use latchkey_store::{entity::signing_key, signing_keys as store};
use serde_json::json;

use super::signing::{self, NewPair, Unfit};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
};

/// All pairs, without their private halves.
pub async fn list(app: &AppState) -> AppResult<SigningKeys> {
    let connection = app.store.read();
    let default = signing::default_pair(connection).await?.id;
    let rows = store::all(connection).await?;
    let described = rows.into_iter().map(|(row, products, named)| SigningKey {
        is_default: row.id == default,
        id: row.id,
        name: row.name,
        public_xml: row.public_xml,
        public_pem: row.public_pem,
        retired: row.retired,
        created: Timestamp::from_millis(row.created_at),
        products,
        used_by: named.into_iter().map(|(id, name)| SigningProduct { id: ProductId(id), name }).collect(),
    });
    Ok(SigningKeys { signing_keys: described.collect() })
}

/// Makes a pair. Products go on naming theirs until they are told to name this one.
pub async fn add(app: &AppState, origin: &Origin, form: &AddSigningKey) -> AppResult<i64> {
    let pair = tokio::task::spawn_blocking(NewPair::generate).await.map_err(AppError::internal)??;
    keep(app, origin, &form.name, pair, "signing_key_created", "was made").await
}

/// Takes in a pair that was made elsewhere.
pub async fn import(app: &AppState, origin: &Origin, form: &ImportSigningKey) -> AppResult<i64> {
    let pair = NewPair::from_pem(&form.private_pem).map_err(|unfit| {
        let why = match unfit {
            Unfit::Unreadable => "This is not the PEM of a private RSA key.",
            Unfit::Encrypted => "This key is encrypted. Decrypt it first, for example with openssl pkcs8.",
            Unfit::Size => "The key must have 2,048 bits: the published SDKs verify no other signatures.",
        };
        AppError::field("private_pem", why)
    })?;
    if let Some(known) = store::by_public_half(app.store.read(), &pair.public_xml).await? {
        return Err(AppError::field("private_pem", format!("This pair is here already, as {}.", known.name)));
    }
    keep(app, origin, &form.name, pair, "signing_key_imported", "was imported").await
}

async fn keep(
    app: &AppState,
    origin: &Origin,
    name: &str,
    pair: NewPair,
    action: &'static str,
    happened: &str,
) -> AppResult<i64> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = signing::keep(app, &transaction, name.trim(), pair, now).await?;
    audit::record(&transaction, now, origin, entry(&row, action, happened)).await?;
    transaction.commit().await?;
    Ok(row.id)
}

/// The private half of a pair. That it was taken out stays on record.
pub async fn export(app: &AppState, origin: &Origin, id: i64) -> AppResult<ExportedSigningKey> {
    let now = app.clock.now();
    let row = store::find(app.store.read(), id).await?.ok_or_else(missing)?;
    let private_pem = signing::private_pem(app, id).await?;
    let transaction = app.store.begin().await?;
    audit::record(&transaction, now, origin, entry(&row, "signing_key_exported", "was exported")).await?;
    transaction.commit().await?;
    Ok(ExportedSigningKey { private_pem })
}

/// Retires a pair, or takes that back. One that a product names goes on signing and cannot be retired; neither can
/// the last one, which new products name.
pub async fn retire(app: &AppState, origin: &Origin, id: i64, retired: bool) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    store::lock(&transaction).await?;
    let row = store::find(&transaction, id).await?.ok_or_else(missing)?;
    if row.retired == retired {
        return Ok(());
    }
    if retired && store::products(&transaction, id).await? > 0 {
        let message = "Products still sign with this pair. Let them name another one first.";
        return Err(AppError::conflict("in_use", message));
    }
    let row = store::retire(&transaction, row, retired).await?;
    if store::default_pair(&transaction).await?.is_none() {
        let message = "This is the last pair in use. Make another one first, for new products to name.";
        return Err(AppError::conflict("last_one", message));
    }
    let (action, happened) = if retired {
        ("signing_key_retired", "was retired")
    } else {
        ("signing_key_restored", "is in use again")
    };
    audit::record(&transaction, now, origin, entry(&row, action, happened)).await?;
    transaction.commit().await?;
    Ok(())
}

fn missing() -> AppError {
    AppError::not_found("signing key pair")
}

fn entry(row: &signing_key::Model, action: &'static str, happened: &str) -> Entry {
    Entry {
        action,
        subject_kind: "signing_key",
        subject_id: row.id,
        text: format!("Signing key pair {} {happened}.", row.name),
        after: Some(json!({"name": row.name, "public_xml": row.public_xml, "retired": row.retired})),
        ..Entry::default()
    }
}
