//! The customer's billing page: what Latchkey keeps, and what only Stripe knows. Without Stripe the page is
//! poorer, never broken.

use std::time::Duration;

use latchkey_shared::{
    api::portal::{Billing, BillingPortal, Card, Invoice},
    ids::CustomerId,
    time::Timestamp,
};
use latchkey_store::stripe_customers;
use latchkey_stripe::{
    ListQuery, StripeErrorKind,
    params::{CreatePortalSession, PortalConfigurationParams},
};
use serde_json::json;

use crate::{
    billing::{
        accounts::{self, Connected},
        view,
    },
    error::{AppError, AppResult},
    state::AppState,
    stripe_client::BillingFacts,
};

/// How long the page waits for Stripe.
const PATIENCE: Duration = Duration::from_secs(4);
const INVOICES: u32 = 24;

/// The whole page.
pub async fn show(app: &AppState, customer: CustomerId) -> AppResult<Billing> {
    let subscriptions = view::for_customer(app, customer).await?;
    let at_stripe = at_stripe(app, customer).await?;
    let facts = match &at_stripe {
        Some((connected, stripe_customer)) => facts(app, connected, stripe_customer).await,
        None => BillingFacts::default(),
    };
    Ok(Billing { subscriptions, invoices: facts.invoices, card: facts.card, can_manage: at_stripe.is_some() })
}

/// Opens Stripe's billing portal.
pub async fn open_portal(app: &AppState, customer: CustomerId) -> AppResult<BillingPortal> {
    let (connected, stripe_customer) = at_stripe(app, customer).await?.ok_or_else(|| {
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
    let session = opened?;
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

async fn at_stripe(app: &AppState, customer: CustomerId) -> AppResult<Option<(Connected, String)>> {
    let Some(account) = accounts::current(app).await? else { return Ok(None) };
    let Some(stripe_customer) = stripe_customers::of(app.store.read(), account.id, customer).await? else {
        return Ok(None);
    };
    Ok(Some((accounts::by_id(app, account.id).await?, stripe_customer)))
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
