//! Customers at Stripe: made once per customer, and noticed when they are gone.

use latchkey_shared::{attention::AttentionCode, ids::CustomerId};
use latchkey_store::{
    Access, customers,
    entity::customer,
    stripe_customers as store, subscriptions,
    sync_jobs::{Claim, Target},
};
use latchkey_stripe::{ListQuery, Metadata, StripeErrorKind, params::CustomerParams};

use crate::{
    attention::{self, NewRow},
    billing::{
        accounts::{self, Connected},
        work,
    },
    error::{AppError, AppResult},
    failpoint::{self, Point},
    state::AppState,
};

const CUSTOMER_ID: &str = "skm_customer_id";

/// `cus_…` of a customer, made at Stripe where there is none yet. However many ask at once, there is one.
pub async fn ensure(app: &AppState, connected: &Connected, customer: CustomerId) -> AppResult<String> {
    if let Some(known) = store::of(app.store.read(), connected.account.id, customer).await? {
        return Ok(known);
    }
    let name = format!("{}:cust:{customer}", connected.account.stripe_id);
    make(app, connected, customer, &name).await
}

/// Another one in the place of `gone`, which Stripe no longer has.
pub async fn replace(
    app: &AppState,
    connected: &Connected,
    customer: CustomerId,
    gone: &str,
) -> AppResult<String> {
    let transaction = app.store.begin().await?;
    store::untie(&transaction, connected.account.id, gone).await?;
    transaction.commit().await?;
    let name = format!("{}:cust:{customer}:after:{gone}", connected.account.stripe_id);
    make(app, connected, customer, &name).await
}

async fn make(app: &AppState, connected: &Connected, customer: CustomerId, name: &str) -> AppResult<String> {
    let row = customers::find(app.store.read(), Access::All, customer)
        .await?
        .ok_or_else(|| AppError::not_found("customer"))?;
    let id = match connected.client.create_customer(&params(&row), name).await {
        Ok(made) => made.id.clone(),
        // Made before by a process that died, under another name or address; or made, and Stripe failed to say
        // so. It would repeat that failure for a day.
        Err(error) if matches!(error.kind, StripeErrorKind::Idempotency | StripeErrorKind::Api) => {
            if let Some(found) = find_by_metadata(connected, &row).await? {
                found
            } else {
                let again = format!("{name}:{}", row.version);
                connected.client.create_customer(&params(&row), &again).await?.id.clone()
            }
        }
        Err(error) => return Err(error.into()),
    };
    failpoint::at(Point::CustomerMade);
    let transaction = app.store.begin().await?;
    store::tie(&transaction, connected.account.id, &id, customer, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(id)
}

fn params(row: &customer::Model) -> CustomerParams {
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let name = if row.company.is_empty() { &row.name } else { &row.company };
    CustomerParams {
        email: filled(&row.email),
        name: filled(name),
        metadata: Metadata::from([(CUSTOMER_ID.to_owned(), row.id.to_string())]),
        ..CustomerParams::default()
    }
}

async fn find_by_metadata(connected: &Connected, row: &customer::Model) -> AppResult<Option<String>> {
    let mut query = ListQuery::new().limit(100);
    if !row.email.is_empty() {
        query = query.filter("email", &row.email);
    }
    let listed = connected.client.list_customers(&query).await?;
    let wanted = row.id.to_string();
    Ok(listed
        .data
        .iter()
        .find(|found| found.metadata.get(CUSTOMER_ID) == Some(&wanted))
        .map(|found| found.id.clone()))
}

/// Looks whether a Stripe customer is still there. When one was deleted, all its subscriptions are fetched and a
/// person is told.
pub async fn converge(app: &AppState, claim: &Claim) -> AppResult<()> {
    let Target { account, stripe_id, .. } = &claim.target;
    let connected = accounts::by_id(app, *account).await?;
    let fetched_at = app.clock.now();
    let gone = match connected.client.customer(stripe_id).await {
        Ok(customer) => customer.deleted,
        Err(error) if error.is_not_found() => true,
        Err(error) => return Err(error.into()),
    };
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let owner = store::owner(&transaction, *account, stripe_id).await?;
    if let Some(customer) = owner.filter(|_| gone) {
        let rows = subscriptions::of_customer(&transaction, customer).await?;
        let here = rows.iter().filter(|row| row.account_id == Some(*account));
        let targets = here.filter_map(|row| row.stripe_id.as_deref());
        let targets = targets.map(|id| Target::subscription(*account, id));
        work::request_all(&transaction, targets, now).await?;
        let row = NewRow {
            code: AttentionCode::StripeCustomerDeleted.as_str(),
            account: Some(*account),
            stripe_id,
            customer: Some(customer.0),
            subscription: None,
            detail: format!("Stripe customer {stripe_id} was deleted."),
            occurrence: "",
            at_stake: None,
        };
        attention::raise(&transaction, now, row).await?;
        // The tie stays until somebody buys again, so that late events still find their customer.
    }
    work::finish(&transaction, claim, fetched_at).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}
