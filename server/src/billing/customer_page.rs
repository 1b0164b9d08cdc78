//! The customer's billing page: what Latchkey keeps, and what only Stripe knows. Without Stripe the page is
//! poorer, never broken.

use std::time::Duration;

use latchkey_shared::{
    api::portal::{Billing, BillingPortal, Card, Invoice},
    ids::CustomerId,
    time::Timestamp,
};
use latchkey_store::{stripe_customers, subscriptions};
use latchkey_stripe::{
    ListQuery, StripeErrorKind,
    params::{CreatePortalSession, PortalConfigurationParams},
};
use serde_json::json;

use crate::{
    billing::{
        accounts::{self, Connected},
        stripe_errors, view,
    },
    error::{AppError, AppResult},
    state::AppState,
    stripe_client::BillingFacts,
    webshops::shop::Shop,
};

/// How long the page waits for Stripe.
const PATIENCE: Duration = Duration::from_secs(4);
const INVOICES: u32 = 24;

/// The whole page.
pub async fn show(app: &AppState, customer: CustomerId) -> AppResult<Billing> {
    let subscriptions = view::for_customer(app, customer).await?;
    let at_stripe = at_stripe(app, customer).await?;
    let mut shown = BillingFacts::default();
    for (connected, stripe_customer) in &at_stripe {
        let of_account = facts(app, connected, stripe_customer).await;
        shown.invoices.extend(of_account.invoices);
        shown.card = shown.card.or(of_account.card);
    }
    shown.invoices.sort_by_key(|invoice| std::cmp::Reverse(invoice.created));
    let can_manage = !at_stripe.is_empty();
    Ok(Billing { subscriptions, invoices: shown.invoices, card: shown.card, can_manage })
}

/// Opens Stripe's billing portal, that of the account where they subscribe.
pub async fn open_portal(app: &AppState, customer: CustomerId) -> AppResult<BillingPortal> {
    let (connected, stripe_customer) =
        at_stripe(app, customer).await?.into_iter().next().ok_or_else(|| {
            AppError::conflict("nothing_to_manage", "There is nothing to manage yet. Choose a plan first.")
        })?;
    let mut params = CreatePortalSession {
        customer: stripe_customer.clone(),
        return_url: Some(app.config.url("/Portal/Billing")),
        ..CreatePortalSession::default()
    };
    let mut opened = connected.client.create_portal_session(&params).await;
    if opened.as_ref().is_err_and(|error| {
        error.kind == StripeErrorKind::InvalidRequest && error.message.contains("configuration")
    }) {
        params.configuration = Some(configure_portal(app, &connected).await?);
        opened = connected.client.create_portal_session(&params).await;
    }
    let session = opened.map_err(|error| {
        if stripe_errors::is_about_customer(&error) {
            let words =
                "What you left with us for paying is gone. Choose a plan to leave it anew, or write to us.";
            AppError::conflict("gone_at_stripe", words)
        } else {
            error.into()
        }
    })?;
    // Whatever is changed there should be seen on the way back.
    app.stripe.forget_billing(connected.account.id, &stripe_customer);
    Ok(BillingPortal { url: session.url })
}

/// A portal configuration, for accounts whose portal was never set up.
async fn configure_portal(app: &AppState, connected: &Connected) -> AppResult<String> {
    let listed = connected
        .client
        .list_portal_configurations(&ListQuery::new().filter("active", true).limit(1))
        .await?;
    if let Some(known) = listed.data.into_iter().next() {
        return Ok(known.id);
    }
    let params = PortalConfigurationParams {
        features: json!({
            "invoice_history": {"enabled": true},
            "payment_method_update": {"enabled": true},
            "customer_update": {"enabled": true, "allowed_updates": ["address", "tax_id"]},
            "subscription_cancel": {"enabled": true, "mode": "at_period_end"},
        }),
        default_return_url: Some(app.config.url("/Portal/Billing")),
        ..PortalConfigurationParams::default()
    };
    let name = format!("{}:portal", connected.account.stripe_id);
    Ok(connected.client.create_portal_configuration(&params, &name).await?.id)
}

/// Who the customer is in each account that knows them: first where a subscription runs, then where their webshop is
/// paid.
async fn at_stripe(app: &AppState, customer: CustomerId) -> AppResult<Vec<(Connected, String)>> {
    let mut known = Vec::new();
    for connected in accounts::all_connected(app).await? {
        if let Some(id) = stripe_customers::of(app.store.read(), connected.account.id, customer).await? {
            known.push((connected, id));
        }
    }
    if known.len() > 1 {
        let rows = subscriptions::of_customer(app.store.read(), customer).await?;
        let shop = Shop::of_customer(app, customer).await?;
        let paid_into = shop.account.map(|account| account.id);
        known.sort_by_key(|(connected, _)| {
            let id = connected.account.id;
            let runs = rows.iter().any(|row| row.account_id == Some(id) && row.ended_at.is_none());
            (!runs, paid_into != Some(id), id)
        });
    }
    Ok(known)
}

async fn facts(app: &AppState, connected: &Connected, customer: &str) -> BillingFacts {
    let account = connected.account.id;
    if let Some(known) = app.stripe.known_billing(account, customer) {
        return known;
    }
    match tokio::time::timeout(PATIENCE, fetch(connected, customer)).await {
        Ok(Ok(facts)) => {
            app.stripe.keep_billing(account, customer, facts.clone());
            facts
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "a customer's invoices could not be read");
            BillingFacts::default()
        }
        Err(_) => {
            tracing::warn!("Stripe took too long to list a customer's invoices");
            BillingFacts::default()
        }
    }
}

async fn fetch(connected: &Connected, customer: &str) -> Result<BillingFacts, latchkey_stripe::StripeError> {
    let of_customer = || ListQuery::new().filter("customer", customer);
    let (invoices, methods, at_stripe) = tokio::try_join!(
        async { connected.client.list_invoices(&of_customer().limit(INVOICES)).await },
        async {
            connected.client.list_payment_methods(&of_customer().filter("type", "card").limit(10)).await
        },
        connected.client.customer(customer),
    )?;
    let default = at_stripe.raw["invoice_settings"]["default_payment_method"].as_str();
    let method =
        methods.data.iter().find(|method| Some(method.id.as_str()) == default).or(methods.data.first());
    let card = method.and_then(|method| method.card.as_ref()).map(|card| Card {
        brand: card.brand.clone(),
        last4: card.last4.clone(),
        exp_month: card.exp_month,
        exp_year: card.exp_year,
    });
    // Drafts are not the customer's business yet.
    let finished = invoices.data.iter().filter(|invoice| invoice.status.as_str() != "draft");
    let invoices = finished.filter_map(|invoice| {
        Some(Invoice {
            number: invoice.number.clone().unwrap_or_default(),
            created: Timestamp::from_seconds(invoice.created),
            total: view::money(invoice.total, &invoice.currency)?,
            status: invoice.status.as_str().to_owned(),
            url: invoice.hosted_invoice_url.clone(),
            pdf: invoice.invoice_pdf.clone(),
        })
    });
    Ok(BillingFacts { invoices: invoices.collect(), card })
}
