//! The one convergent function: fetch a subscription from Stripe, and make what is here agree with it.
//!
//! The success page, the webhook, the sweep and a support person's button all end here. Running it once more
//! changes nothing; a crash at any instruction leaves either nothing or something that the next run finishes,
//! since everything is applied in one transaction and what must leave the house goes through the outbox.

mod apply;
pub mod at_stake;
mod attend;
mod buyer;
mod contract;
mod decide;
mod fetch;
mod history;
pub(crate) mod items;
pub(crate) mod keys;
mod letter;
mod mirror;
mod vanished;

pub use contract::standing_status;
pub use decide::numbers_at_stripe;
pub use keys::features;
pub use letter::send as send_key;

use latchkey_store::sync_jobs::Claim;

use crate::{
    billing::accounts,
    error::AppResult,
    failpoint::{self, Point},
    state::AppState,
};

/// Converges with the subscription of `claim`, and marks the signals done that it answers.
pub async fn sync_subscription(app: &AppState, claim: &Claim) -> AppResult<()> {
    let connected = accounts::by_id(app, claim.target.account).await?;
    let fetched = fetch::fetch(app, &connected.client, &claim.target.stripe_id).await?;
    failpoint::at(Point::Fetched);
    apply::apply(app, &connected.account, claim, fetched).await
}
