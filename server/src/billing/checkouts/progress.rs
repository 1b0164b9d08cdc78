//! How a purchase stands, for the page that Stripe leads back to. The page asks again each second; at most so
//! often is Stripe asked, and whatever came of it is converged with at once, webhook or not.

use latchkey_shared::{
    api::portal::{CheckoutProgress, CheckoutStep},
    ids::{PlanId, SubscriptionId},
    time::Timestamp,
};
use latchkey_store::{Access, checkouts as store, entity::checkout, plans, subscriptions, sync_jobs::Target};

use crate::{
    billing::{view, work},
    clock::SECOND,
    error::{AppError, AppResult},
    state::AppState,
};

/// The least time between two questions to Stripe about one purchase.
const PAUSE: i64 = SECOND;

/// How the purchase stands now.
pub async fn progress(app: &AppState, access: Access, id: &str) -> AppResult<CheckoutProgress> {
    let mut row = load(app, access, id).await?;
    if matches!(row.status.as_str(), store::OPEN | store::PAID)
        && let Some(session) = &row.session_id
    {
        ask(app, &row, session).await?;
        row = load(app, access, id).await?;
    }
    show(app, access, row).await
}

async fn load(app: &AppState, access: Access, id: &str) -> AppResult<checkout::Model> {
    store::find(app.store.read(), access, id).await?.ok_or_else(|| AppError::not_found("purchase"))
}

/// Asks Stripe, unless somebody did a moment ago. That Stripe does not answer is no error of this page: it asks
/// again.
async fn ask(app: &AppState, row: &checkout::Model, session: &str) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let may = store::may_ask(&transaction, &row.id, app.clock.now(), PAUSE).await?;
    transaction.commit().await?;
    if may && let Err(error) = work::converge_now(app, &Target::checkout(row.account_id, session)).await {
        tracing::warn!(checkout = %row.id, %error, "a purchase could not be looked up; the page asks again");
    }
    Ok(())
}

async fn show(app: &AppState, access: Access, row: checkout::Model) -> AppResult<CheckoutProgress> {
    let plan = plans::find(app.store.read(), row.plan_id).await?;
    let subscription = match row.subscription_id {
        Some(id) => subscriptions::find(app.store.read(), access, SubscriptionId(id)).await?,
        None => None,
    };
    let licences = match &subscription {
        Some(subscription) => view::licences_of(app, subscription).await?,
        None => Vec::new(),
    };
    let step = match row.status.as_str() {
        store::COMPLETE => CheckoutStep::Ready,
        store::PAID if subscription.is_some() => CheckoutStep::Issuing,
        store::PAID => CheckoutStep::Paying,
        store::EXPIRED => CheckoutStep::Abandoned,
        store::FAILED => CheckoutStep::Failed,
        _ if row.receipt_url.is_some() => CheckoutStep::Paying,
        _ => CheckoutStep::Open,
    };
    let since = subscription.and_then(|subscription| subscription.key_pending_since);
    let waiting = matches!(step, CheckoutStep::Issuing | CheckoutStep::Paying);
    Ok(CheckoutProgress {
        step,
        plan: PlanId(row.plan_id),
        plan_name: plan.map(|plan| plan.name).unwrap_or_default(),
        licences,
        waiting_since: since.filter(|_| waiting).map(Timestamp::from_millis),
        receipt_url: row.receipt_url,
    })
}
