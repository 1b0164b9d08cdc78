//! The row of an account: a new one, or another key for one that is there.

use latchkey_store::{entity::stripe_account, stripe_accounts as store};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use super::{
    Place,
    key::{Found, UNREADABLE_ACCOUNT},
};
use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
    stripe_client,
};

/// The row that the key's account takes, if there is one already.
async fn place_of<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    place: Place,
    found: &Found,
) -> AppResult<Option<stripe_account::Model>> {
    let all = store::all(connection).await?;
    let same = |row: &&stripe_account::Model| found.is_readable() && row.stripe_id == found.account.id;
    let known = all.iter().find(same).cloned();
    let taken = match place {
        Place::First => all.first().cloned(),
        Place::Of(id) => {
            let row = all.iter().find(|row| row.id == id.0).cloned();
            Some(row.ok_or_else(|| AppError::not_found("Stripe account"))?)
        }
        Place::Further if all.is_empty() => None,
        Place::Further if !found.is_readable() => {
            return Err(AppError::field(
                "secret_key",
                "Allow this key Account: read, so that its account can be told from the others.",
            ));
        }
        Place::Further => known.clone(),
    };
    if let Some(known) = known {
        let elsewhere = taken.as_ref().is_none_or(|row| row.id != known.id);
        let connected =
            app.sealer.get(connection, &stripe_client::key_secret(known.id.into())).await?.is_some()
                || app.config.stripe_secret_key.is_some()
                    && all.first().is_some_and(|row| row.id == known.id);
        if elsewhere || place == Place::Further && connected {
            let words = format!(
                "The Stripe account {} is connected already as {}. Change its key there.",
                known.stripe_id, known.name
            );
            return Err(AppError::conflict("stripe_account_known", words));
        }
    }
    Ok(taken)
}

/// Writes the account's row. Refuses to put another account, or the other mode, in the place of one that has
/// customers.
pub(super) async fn keep<C: ConnectionTrait>(
    app: &AppState,
    connection: &C,
    origin: &Origin,
    place: Place,
    found: &Found,
) -> AppResult<stripe_account::Model> {
    let now = app.clock.now();
    let name = found.account.display_name().or(found.account.email.as_deref()).unwrap_or_default().to_owned();
    let account = match place_of(app, connection, place, found).await? {
        None => {
            let row = stripe_account::ActiveModel {
                id: NotSet,
                stripe_id: Set(found.account.id.clone()),
                name: Set(name),
                live: Set(found.live),
                key_hint: Set(found.hint.clone()),
                restricted: Set(found.restricted),
                catalog_synced_at: Set(None),
                created_at: Set(now),
                updated_at: Set(now),
            };
            store::insert(connection, row).await?
        }
        Some(mut row) => {
            let unreadable = !found.is_readable() || row.stripe_id == UNREADABLE_ACCOUNT;
            let another = !unreadable && row.stripe_id != found.account.id;
            if (another || row.live != found.live) && store::is_in_use(connection, row.id).await? {
                return Err(in_use(&row, another));
            }
            let same =
                row.stripe_id == found.account.id && row.key_hint == found.hint && row.live == found.live;
            if found.is_readable() || another {
                row.stripe_id.clone_from(&found.account.id);
            }
            // A name that staff gave it stays.
            if another || row.name.is_empty() {
                row.name = name;
            }
            row.live = found.live;
            row.key_hint.clone_from(&found.hint);
            row.restricted = found.restricted;
            row.updated_at = now;
            store::save(connection, row.clone()).await?;
            if same {
                return Ok(row);
            }
            row
        }
    };
    let entry = Entry {
        action: "stripe_connected",
        subject_kind: "stripe_account",
        subject_id: account.id,
        text: format!("Stripe account {} was connected.", account.stripe_id),
        after: Some(
            json!({"account": account.stripe_id, "live": account.live, "restricted": account.restricted}),
        ),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await?;
    Ok(account)
}

fn in_use(row: &stripe_account::Model, another: bool) -> AppError {
    let message = if another {
        format!(
            "Customers here belong to the Stripe account {}. Use a key of that account, or add this one as a further account.",
            row.stripe_id
        )
    } else if row.live {
        "Customers here were charged in live mode. A test key would lose sight of them; use a live key."
            .to_owned()
    } else {
        "Customers here belong to Stripe's test mode. Begin with an empty database for live mode.".to_owned()
    };
    AppError::conflict("stripe_account_in_use", message)
}
