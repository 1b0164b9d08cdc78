//! Quotes: a preview that was shown, by its number and a digest of what it said. The commit computes again for
//! the same moment, and does nothing unless it comes to the same.

use latchkey_shared::{
    api::changes::{AskChange, ChangePreview, CommitChange, Quote},
    time::Timestamp,
};
use latchkey_store::{changes as store, entity::change_quote};
use sea_orm::ConnectionTrait;
use sha2::{Digest as _, Sha256};

use crate::{
    audit::Origin,
    clock::MINUTE,
    error::{AppError, AppResult},
    random,
};

/// How long a quote holds.
const HOLDS: i64 = 15 * MINUTE;

/// A quote that was found good.
pub struct Taken {
    pub id: String,
    pub ask: AskChange,
    pub as_of: i64,
    /// What the caller says was shown.
    pub digest: String,
}

/// A preview's digest: of all that it says but the quote itself.
pub fn digest(preview: &ChangePreview) -> AppResult<String> {
    let mut said = serde_json::to_value(preview).map_err(AppError::internal)?;
    said["quote"] = serde_json::Value::Null;
    let digest = Sha256::digest(said.to_string().as_bytes());
    Ok(hex::encode(&digest[..16]))
}

/// Keeps a preview that may be committed, and writes its quote into it.
pub async fn keep<C: ConnectionTrait>(
    connection: &C,
    origin: &Origin,
    subscription: i64,
    ask: &AskChange,
    (as_of, now): (i64, i64),
    preview: &mut ChangePreview,
) -> AppResult<()> {
    let row = change_quote::Model {
        id: random::token(),
        subscription_id: subscription,
        source: origin.source.to_owned(),
        request: serde_json::to_value(ask).map_err(AppError::internal)?,
        as_of,
        digest: digest(preview)?,
        state: store::OPEN.to_owned(),
        expires_at: now + HOLDS,
        used_at: None,
    };
    preview.quote = Quote {
        id: row.id.clone(),
        digest: row.digest.clone(),
        expires: Timestamp::from_millis(row.expires_at),
    };
    store::add_quote(connection, row).await?;
    Ok(())
}

/// A quote that nobody was given: filled in by [`keep`].
pub fn none_yet() -> Quote {
    Quote { id: String::new(), digest: String::new(), expires: Timestamp::from_millis(0) }
}

/// Takes a quote for its commit, on the caller's transaction.
pub async fn take<C: ConnectionTrait>(
    connection: &C,
    origin: &Origin,
    subscription: i64,
    form: &CommitChange,
    now: i64,
) -> AppResult<Taken> {
    let found = store::quote(connection, &form.quote).await?;
    let Some(row) = found.filter(|row| row.subscription_id == subscription && row.source == origin.source)
    else {
        return Err(AppError::not_found("quote"));
    };
    if row.state != store::OPEN {
        return Err(AppError::conflict("quote_used", "This was carried out already. Load the page again."));
    }
    if row.expires_at <= now {
        return Err(AppError::conflict(
            "quote_expired",
            "What was shown is older than 15 minutes. Look at what it comes to now, and confirm again.",
        ));
    }
    Ok(Taken {
        ask: serde_json::from_value(row.request).map_err(AppError::internal)?,
        id: row.id,
        as_of: row.as_of,
        digest: form.digest.clone(),
    })
}
