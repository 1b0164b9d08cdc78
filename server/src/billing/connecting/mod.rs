//! Connecting a Stripe account, and letting go of one.

mod disconnect;
mod keep;
mod key;

use latchkey_shared::{api::stripe::ConnectStripe, ids::StripeAccountId};
use latchkey_store::stripe_accounts as store;

use self::{
    keep::keep,
    key::{check_shape, look_up},
};
use crate::{
    audit::Origin,
    billing::{
        accounts::{self, Connected},
        endpoints,
    },
    error::{AppError, AppResult},
    state::AppState,
    stripe_client,
};

pub use disconnect::disconnect;

/// Which account a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first one, connected for the first time or with another key.
    First,
    /// One more.
    Further,
    /// This one, with another key.
    Of(StripeAccountId),
}

impl From<Option<StripeAccountId>> for Place {
    fn from(which: Option<StripeAccountId>) -> Self {
        which.map_or(Self::First, Self::Of)
    }
}

/// Connects an account with a key from the screen: tries it, keeps it sealed, and sees to the webhook.
///
/// # Errors
/// 422 for a key that cannot be used; 409 for one that was set at start, that belongs to an account which is
/// connected already, or to another account than the one whose customers are here; 502 as Stripe has it.
pub async fn connect(
    app: &AppState,
    origin: &Origin,
    place: Place,
    form: &ConnectStripe,
) -> AppResult<Connected> {
    let is_first = match place {
        Place::First => true,
        Place::Further => store::first(app.store.read()).await?.is_none(),
        Place::Of(id) => stripe_client::is_first(app, id).await?,
    };
    if is_first && app.config.stripe_secret_key.is_some() {
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
    let account = keep(app, &transaction, origin, place, &found).await?;
    app.sealer.put(&transaction, &stripe_client::key_secret(StripeAccountId(account.id)), key, now).await?;
    let set_at_start = is_first && app.config.stripe_webhook_secret.is_some();
    // The endpoint of a further account is made by hand under an address that must first be known.
    let by_hand = !is_first && !form.provision_webhook;
    if !webhook_secret.is_empty() || set_at_start || by_hand {
        let endpoint = endpoints::ensure_default(app, &transaction, &account).await?;
        if !webhook_secret.is_empty() {
            endpoints::set_secret(app, &transaction, endpoint.id, webhook_secret).await?;
        }
    }
    transaction.commit().await?;
    app.stripe.forget_what_is_known();
    let connected = accounts::of(app, account).await?;
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
    let account = keep(app, &transaction, &Origin::system("system"), Place::First, &found).await?;
    if app.config.stripe_webhook_secret.is_some() {
        endpoints::ensure_default(app, &transaction, &account).await?;
    }
    transaction.commit().await?;
    Ok(())
}
