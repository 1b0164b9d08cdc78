//! Access tokens as staff see, make and revoke them.

use latchkey_shared::{
    api::tokens::{AddToken, NewToken as Made, Scope, ScopeMethod, Scopes, Token, Tokens},
    ids::{KeyGlobalId, ProductId, TokenId},
    permission::Permission,
    time::Timestamp,
};
use latchkey_store::{Access, entity::api_token, keys, products, tokens as store};
use serde_json::json;

use super::tokens::{self, ANY_KEY, EVERY_SCOPE, NewToken};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    licensing::wire::describe,
    state::AppState,
};

/// All tokens.
pub async fn list(app: &AppState) -> AppResult<Tokens> {
    let rows = store::all(app.store.read()).await?;
    Ok(Tokens { tokens: rows.into_iter().map(described).collect::<AppResult<_>>()? })
}

fn described(row: api_token::Model) -> AppResult<Token> {
    Ok(Token {
        id: TokenId(row.id),
        name: row.name,
        scopes: serde_json::from_value(row.scopes).map_err(AppError::internal)?,
        product_lock: row.product_lock.map(ProductId),
        key_lock: row.key_lock.map(KeyGlobalId),
        feature_lock: row.feature_lock,
        created: Timestamp::from_millis(row.created_at),
        expires: row.expires_at.map(Timestamp::from_millis),
        last_used: row.last_used_at.map(Timestamp::from_millis),
        revoked: row.revoked_at.map(Timestamp::from_millis),
    })
}

/// Makes a token; what programs carry is answered this once.
pub async fn add(app: &AppState, origin: &Origin, form: AddToken) -> AppResult<Made> {
    if let Some(unknown) = form.scopes.iter().find(|scope| !is_scope(scope)) {
        return Err(AppError::field("scopes", format!("There is no scope {unknown}.")));
    }
    let now = app.clock.now();
    let expires_at = form.expires.map(Timestamp::millis);
    if expires_at.is_some_and(|at| at <= now) {
        return Err(AppError::field("expires", "Choose a time in the future."));
    }
    let transaction = app.store.begin().await?;
    if let Some(product) = form.product_lock
        && products::find(&transaction, product).await?.is_none()
    {
        return Err(AppError::field("product_lock", "There is no such product."));
    }
    if let Some(key) = form.key_lock
        && key.0 != ANY_KEY
        && keys::find(&transaction, Access::All, key).await?.is_none()
    {
        return Err(AppError::field("key_lock", "There is no such licence key."));
    }
    let new = NewToken {
        name: form.name.trim().to_owned(),
        scopes: form.scopes,
        product_lock: form.product_lock.map(|id| id.0),
        key_lock: form.key_lock.map(|id| id.0),
        feature_lock: form.feature_lock,
        expires_at,
    };
    let (row, token) = tokens::insert(&transaction, now, new).await?;
    let text = format!("Access token {} was made.", row.name);
    audit::record(&transaction, now, origin, entry(&row, "token_created", text)).await?;
    transaction.commit().await?;
    Ok(Made { id: TokenId(row.id), token })
}

/// Revokes a token; 404 where there is none in force.
pub async fn revoke(app: &AppState, origin: &Origin, id: TokenId) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = store::find(&transaction, id.0).await?.ok_or_else(|| AppError::not_found("access token"))?;
    if !store::revoke(&transaction, id.0, now).await? {
        return Err(AppError::not_found("access token"));
    }
    let text = format!("Access token {} was revoked.", row.name);
    audit::record(&transaction, now, origin, entry(&row, "token_revoked", text)).await?;
    transaction.commit().await?;
    app.tokens.forget(id.0);
    Ok(())
}

/// Every scope of the licence Web API, with what it opens.
pub fn scopes() -> Scopes {
    let scope = |(name, methods): (&str, Vec<&'static crate::licensing::wire::Method>)| Scope {
        name: name.to_owned(),
        methods: methods
            .into_iter()
            .map(|method| ScopeMethod { path: method.path(), about: method.about.trim().to_owned() })
            .collect(),
    };
    Scopes { scopes: describe::scopes().into_iter().map(scope).collect() }
}

/// A scope of the licence Web API, a permission of `/api/v1`, or all of them.
pub fn is_scope(scope: &str) -> bool {
    let permission =
        |permission: &Permission| serde_json::to_value(permission).is_ok_and(|word| word == scope);
    scope == EVERY_SCOPE
        || scope == describe::NOTES_SCOPE
        || describe::scopes().iter().any(|(name, _)| *name == scope)
        || Permission::ALL.iter().any(permission)
}

fn entry(row: &api_token::Model, action: &'static str, text: String) -> Entry {
    Entry {
        action,
        subject_kind: "token",
        subject_id: row.id,
        text,
        after: Some(json!({
            "name": row.name, "scopes": row.scopes, "product_lock": row.product_lock, "key_lock": row.key_lock,
            "feature_lock": row.feature_lock, "expires_at": row.expires_at,
        })),
        ..Entry::default()
    }
}
