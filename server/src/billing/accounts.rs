//! Connected Stripe accounts. The schema knows several; for now one is used.

use latchkey_shared::{api::stripe::ConnectStripe, ids::StripeAccountId};
use latchkey_store::{entity::stripe_account, stripe_accounts as store};
use latchkey_stripe::{Account, StripeClient, StripeErrorKind};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    billing::{endpoints, stripe_errors},
    config,
    error::{AppError, AppResult},
    state::AppState,
    stripe_client,
};

/// What stands for the account's id where a restricted key may not read it.
const UNREADABLE_ACCOUNT: &str = "acct_unknown";

/// The account in use and a client that speaks for it.
#[derive(Clone, Debug)]
pub struct Connected {
    pub account: stripe_account::Model,
    pub client: StripeClient,
}

/// The account in use, if its key is known.
pub async fn current(app: &AppState) -> AppResult<Option<stripe_account::Model>> {
    let account = store::all(app.store.read()).await?.into_iter().next();
    let Some(account) = account else { return Ok(None) };
    let known = stripe_client::has_key(app, StripeAccountId(account.id)).await?;
    Ok(Some(account).filter(|_| known))
}

/// The account in use with its client; 503 where none is connected.
pub async fn connected(app: &AppState) -> AppResult<Connected> {
    let account = current(app).await?.ok_or_else(stripe_client::not_connected)?;
    of(app, account).await
}

/// An account by its number here, with its client.
pub async fn by_id(app: &AppState, id: i64) -> AppResult<Connected> {
    let account = store::find(app.store.read(), id).await?.ok_or_else(stripe_client::not_connected)?;
    of(app, account).await
}

async fn of(app: &AppState, account: stripe_account::Model) -> AppResult<Connected> {
    let client = stripe_client::client(app, StripeAccountId(account.id)).await?;
    Ok(Connected { account, client })
}

/// Whether an account in live mode is connected.
pub async fn any_live<C: ConnectionTrait>(connection: &C) -> AppResult<bool> {
    Ok(store::all(connection).await?.iter().any(|account| account.live))
}

/// Whether the key was set by flag or environment, so that it cannot be changed on the screen.
pub fn is_fixed(app: &AppState) -> bool {
    app.config.stripe_secret_key.is_some()
}

/// Connects an account with a key from the screen: tries it, keeps it sealed, and sees to the webhook.
pub async fn connect(app: &AppState, origin: &Origin, form: &ConnectStripe) -> AppResult<Connected> {
    if is_fixed(app) {
        return Err(AppError::conflict(
            "stripe_key_is_fixed",
            "The Stripe key is set when Latchkey is started and cannot be changed here.",
        ));
    }
    let key = form.secret_key.trim();
    check_shape(app, key)?;
    let webhook_secret = form.webhook_secret.trim();
    if !webhook_secret.is_empty() && !webhook_secret.starts_with("whsec_") {
        return Err(AppError::field("webhook_secret", "A signing secret begins with whsec_."));
    }
    let found = look_up(app, key).await?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let account = keep(&transaction, now, origin, &found).await?;
    app.sealer.put(&transaction, &stripe_client::key_secret(StripeAccountId(account.id)), key, now).await?;
    if !webhook_secret.is_empty() || app.config.stripe_webhook_secret.is_some() {
        let endpoint = endpoints::ensure_default(app, &transaction, &account).await?;
        if !webhook_secret.is_empty() {
            endpoints::set_secret(app, &transaction, endpoint.id, webhook_secret).await?;
        }
    }
    transaction.commit().await?;
    app.stripe.forget_what_is_known();
    let connected = of(app, account).await?;
    if form.provision_webhook && webhook_secret.is_empty() {
        endpoints::provision(app, origin, &connected).await?;
    }
    Ok(connected)
}

/// Makes or refreshes the account of the key that was set by flag. Nothing without such a key.
pub async fn adopt_flags(app: &AppState) -> AppResult<()> {
    let Some(key) = &app.config.stripe_secret_key else { return Ok(()) };
    let found = look_up(app, key).await?;
    let transaction = app.store.begin().await?;
    let account = keep(&transaction, app.clock.now(), &Origin::system("system"), &found).await?;
    if app.config.stripe_webhook_secret.is_some() {
        endpoints::ensure_default(app, &transaction, &account).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Forgets the key. What was mirrored stays, so that connecting again goes on where it was.
pub async fn disconnect(app: &AppState, origin: &Origin) -> AppResult<()> {
    if is_fixed(app) {
        return Err(AppError::conflict(
            "stripe_key_is_fixed",
            "The Stripe key is set when Latchkey is started. Start it without the key to disconnect.",
        ));
    }
    let account = current(app).await?.ok_or_else(|| AppError::not_found("connected Stripe account"))?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    app.sealer.remove(&transaction, &stripe_client::key_secret(StripeAccountId(account.id))).await?;
    let entry = Entry {
        action: "stripe_disconnected",
        subject_kind: "stripe_account",
        subject_id: account.id,
        text: format!("Stripe account {} was disconnected.", account.stripe_id),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    app.stripe.forget_what_is_known();
    Ok(())
}

/// What Stripe says about a key.
struct Found {
    account: Account,
    live: bool,
    restricted: bool,
    /// Last four characters of the key.
    hint: String,
}

fn check_shape(app: &AppState, key: &str) -> AppResult<()> {
    if key.starts_with("pk_") {
        return Err(AppError::field(
            "secret_key",
            "This is the publishable key. Paste the secret or a restricted key.",
        ));
    }
    let known = ["sk_live_", "sk_test_", "rk_live_", "rk_test_"].iter().any(|prefix| key.starts_with(prefix));
    if !known || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(AppError::field(
            "secret_key",
            "A Stripe key begins with sk_live_, rk_live_, sk_test_ or rk_test_ and has only letters and digits.",
        ));
    }
    app.config.check_stripe_key(key).map_err(|error| AppError::field("secret_key", format!("{error}.")))
}

async fn look_up(app: &AppState, key: &str) -> AppResult<Found> {
    let client = app.stripe.for_key(&app.config.stripe_api_base, 0, key)?;
    let account = match client.account().await {
        Ok(account) => account,
        // A restricted key works without this permission; the Stripe page lists it as missing.
        Err(error) if matches!(error.kind, StripeErrorKind::Permission { .. }) => {
            Account { id: UNREADABLE_ACCOUNT.to_owned(), ..Account::default() }
        }
        Err(error) if error.kind == StripeErrorKind::Authentication => {
            return Err(AppError::field(
                "secret_key",
                "Stripe does not accept this key. Copy it again from Stripe's dashboard.",
            ));
        }
        Err(error) => return Err(AppError::upstream(stripe_errors::words(&error))),
    };
    let hint = key.get(key.len().saturating_sub(4)..).unwrap_or_default().to_owned();
    Ok(Found { account, live: !config::is_test_key(key), restricted: key.starts_with("rk_"), hint })
}

/// Writes the account's row. Refuses to put another account, or the other mode, in the place of one that has
/// customers.
async fn keep<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    found: &Found,
) -> AppResult<stripe_account::Model> {
    let name = found.account.display_name().or(found.account.email.as_deref()).unwrap_or_default().to_owned();
    let before = store::all(connection).await?.into_iter().next();
    let account = match before {
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
            let unreadable = found.account.id == UNREADABLE_ACCOUNT || row.stripe_id == UNREADABLE_ACCOUNT;
            let another = !unreadable && row.stripe_id != found.account.id;
            if (another || row.live != found.live) && store::is_in_use(connection, row.id).await? {
                return Err(in_use(&row, another));
            }
            let same =
                row.stripe_id == found.account.id && row.key_hint == found.hint && row.live == found.live;
            if found.account.id != UNREADABLE_ACCOUNT || another {
                row.stripe_id.clone_from(&found.account.id);
            }
            row.name = name;
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
            "Customers here belong to the Stripe account {}. Use a key of that account, or a Latchkey of its own.",
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
