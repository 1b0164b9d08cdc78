//! A known access token: programs in the field carry it, so it goes on working with its id and secret.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_store::{
    entity::api_token,
    moving_in::{self as store, Counted},
    tokens,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    identity::token_list,
    move_in::rows::LARGEST_ID,
    random,
    state::AppState,
};

/// What programs in the field do, for a token of which nothing else is known.
pub const USUAL_SCOPES: [&str; 3] = ["Activate", "Deactivate", "GetKey"];

/// A token as it is to be.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: i64,
    pub secret: String,
    pub name: String,
    pub scopes: Vec<String>,
    pub product_lock: Option<i64>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    New,
    Same,
    Changed,
}

/// Id and secret out of what programs carry, or out of `ID:SECRET`; nothing where it is neither.
pub fn parse(text: &str) -> Option<(i64, String)> {
    let text = text.trim();
    let decoded =
        STANDARD.decode(text).ok().and_then(|bytes| serde_json::from_slice::<(String, String)>(&bytes).ok());
    let (id, secret) = match decoded {
        Some(pair) => pair,
        None => text.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))?,
    };
    let id = id.trim().parse().ok().filter(|id| (1..=LARGEST_ID).contains(id))?;
    let secret = secret.trim().to_owned();
    let right = (16..=200).contains(&secret.len()) && !secret.contains(char::is_control);
    right.then_some((id, secret))
}

/// Takes a token over, or changes the scopes of one that was taken over before.
///
/// # Errors
/// Where a scope is unknown, or another token has the id.
pub async fn put(app: &AppState, origin: &Origin, known: Known, dry_run: bool) -> AppResult<Became> {
    if known.scopes.is_empty() {
        return Err(AppError::field("scopes", "Choose what it may do."));
    }
    if let Some(unknown) = known.scopes.iter().find(|scope| !token_list::is_scope(scope)) {
        return Err(AppError::field("scopes", format!("There is no scope {unknown}.")));
    }
    let transaction = app.store.begin().await?;
    let before = tokens::find(&transaction, known.id).await?;
    let became = match before {
        None => insert(&transaction, app.clock.now(), origin, &known).await?,
        Some(row) => change(&transaction, app.clock.now(), origin, row, &known).await?,
    };
    if !dry_run {
        transaction.commit().await?;
        app.tokens.forget(known.id);
    }
    Ok(became)
}

async fn insert<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    known: &Known,
) -> AppResult<Became> {
    store::count_past(connection, Counted::Tokens, known.id).await?;
    let row = api_token::ActiveModel {
        id: Set(known.id),
        name: Set(known.name.clone()),
        secret_hash: Set(random::hash(&known.secret)),
        scopes: Set(json!(known.scopes)),
        product_lock: Set(known.product_lock),
        key_lock: Set(None),
        feature_lock: Set(None),
        expires_at: Set(None),
        last_used_at: Set(None),
        revoked_at: Set(None),
        created_at: Set(now),
    };
    let row = tokens::insert(connection, row).await?;
    record(connection, now, origin, &row, "token_moved_in", "was moved in").await?;
    Ok(Became::New)
}

async fn change<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    row: api_token::Model,
    known: &Known,
) -> AppResult<Became> {
    if row.secret_hash != random::hash(&known.secret) {
        return Err(AppError::field(
            "token",
            format!("Token {} is another one here: “{}”.", row.id, row.name),
        ));
    }
    if row.revoked_at.is_some() {
        return Err(AppError::field("token", format!("Token {} was revoked here and stays so.", row.id)));
    }
    let mut changed = row.clone();
    changed.scopes = json!(known.scopes);
    changed.product_lock = known.product_lock;
    changed.name.clone_from(&known.name);
    if changed == row {
        return Ok(Became::Same);
    }
    let row = store::save_token(connection, changed).await?;
    record(connection, now, origin, &row, "token_changed", "was changed").await?;
    Ok(Became::Changed)
}

async fn record<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    row: &api_token::Model,
    action: &'static str,
    what: &str,
) -> AppResult<()> {
    let entry = Entry {
        action,
        subject_kind: "token",
        subject_id: row.id,
        text: format!("Access token {} {what}.", row.name),
        after: Some(json!({"name": row.name, "scopes": row.scopes, "product_lock": row.product_lock})),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_programs_carry_it_and_as_people_write_it() {
        let secret = STANDARD.encode([9; 30]);
        let wire = STANDARD.encode(json!(["465", secret]).to_string());
        assert_eq!(parse(&format!(" {wire}\n")), Some((465, secret.clone())));
        assert_eq!(parse(&format!("465:{secret}\n")), Some((465, secret.clone())));
        for bad in ["", "465", "465:short", &format!("x:{secret}"), &format!("0:{secret}"), &"1:".repeat(300)]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
