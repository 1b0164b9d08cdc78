//! How the connection to Stripe stands: what the key lacks, and whether webhooks arrive.

use latchkey_shared::{
    api::stripe::{LastEvent, MissingPermission, WebhookEndpoint, WebhookHealth},
    time::Timestamp,
};
use latchkey_store::{entity::stripe_account, stripe_accounts, stripe_events as store};
use latchkey_stripe::{
    API_VERSION, ListQuery, StripeClient, StripeError, StripeErrorKind, params::MeterEventParams,
};

use crate::{
    billing::{accounts, endpoints},
    clock::{DAY, MINUTE},
    error::AppResult,
    random,
    state::AppState,
    stripe_client::Health,
};

/// Events that wait longer than this are a problem.
const LATE: i64 = 5 * MINUTE;
/// Without any event for so long, something may be wrong with the endpoint.
const SILENCE: i64 = 14 * DAY;

/// What Stripe says about the key and the endpoint, asked at most once a minute.
pub async fn ask(app: &AppState, account: &stripe_account::Model) -> AppResult<Health> {
    if let Some(known) = app.stripe.known_health(account.id) {
        return Ok(known);
    }
    let connected = accounts::by_id(app, account.id).await?;
    let endpoint = stripe_accounts::default_endpoint(app.store.read(), account.id).await?;
    let endpoint = endpoint.and_then(|endpoint| endpoint.stripe_id);
    let (missing_permissions, found) = tokio::join!(
        async { if account.restricted { missing_permissions(&connected.client).await } else { Vec::new() } },
        async {
            match &endpoint {
                Some(id) => Some(connected.client.webhook_endpoint(id).await),
                None => None,
            }
        }
    );
    let mut health = Health { missing_permissions, ..Health::default() };
    match found {
        Some(Ok(endpoint)) => {
            let sends =
                |name: &&str| endpoint.enabled_events.iter().any(|event| event == name || event == "*");
            health.missing_events =
                endpoints::EVENTS.iter().filter(|name| !sends(name)).map(|&name| name.to_owned()).collect();
            health.endpoint_status = Some(endpoint.status);
        }
        Some(Err(error)) => health.endpoint_is_gone = error.is_not_found(),
        None => {}
    }
    app.stripe.keep_health(account.id, health.clone());
    Ok(health)
}

/// Reads what each part of Latchkey needs, and notes what a restricted key may not do. Rights to write cannot
/// be tried without writing; who lacks the right to read lacks those too.
async fn missing_permissions(client: &StripeClient) -> Vec<MissingPermission> {
    let one = ListQuery::new().limit(1);
    let asked_as = random::token();
    let (account, customers, products, prices, checkouts, subscriptions, invoices, charges, disputes) = tokio::join!(
        client.account(),
        client.list_customers(&one),
        client.list_products(&one),
        client.list_prices(&one),
        client.list_checkout_sessions(&one),
        client.list_subscriptions(&one),
        client.list_invoices(&one),
        client.list_refunds(&one),
        // There is no such dispute; whoever may not look is told so first.
        client.dispute("du_none"),
    );
    // Without a name it is no use of anything: who may report is told so, who may not is told that first.
    let nothing = MeterEventParams::default();
    let (events, hooks, portal, meters, usage) = tokio::join!(
        client.list_events(&one),
        client.list_webhook_endpoints(&one),
        client.list_portal_configurations(&one),
        client.billing_meter("mtr_none"),
        client.create_meter_event(&nothing, &asked_as),
    );
    let tried = [
        ("Account: read", "showing which account is connected", denied(account)),
        ("Customers: write", "making your customers known to Stripe", denied(customers)),
        ("Products: write", "reading the catalogue, connecting and publishing products", denied(products)),
        ("Prices: write", "reading the catalogue and publishing plans", denied(prices)),
        ("Checkout Sessions: write", "taking payments", denied(checkouts)),
        ("Subscriptions: write", "issuing keys and ending subscriptions", denied(subscriptions)),
        ("Invoices: read", "knowing what is paid for, and showing invoices", denied(invoices)),
        ("Charges and Refunds: write", "seeing refunds, and giving money back", denied(charges)),
        ("Disputes: read", "seeing disputes", denied(disputes)),
        ("Events: read", "catching up on events that did not arrive", denied(events)),
        ("Webhook Endpoints: write", "making the webhook endpoint", denied(hooks)),
        ("Customer portal: write", "opening Stripe's billing portal", denied(portal)),
        ("Billing Meters: read", "finding what use is counted for", denied(meters)),
        ("Billing Meter Events: write", "reporting use that is charged for", denied(usage)),
    ];
    tried
        .into_iter()
        .filter(|(_, _, denied)| *denied)
        .map(|(name, needed_for, _)| MissingPermission {
            name: name.to_owned(),
            needed_for: needed_for.to_owned(),
        })
        .collect()
}

fn denied<T>(answer: Result<T, StripeError>) -> bool {
    answer.is_err_and(|error| matches!(error.kind, StripeErrorKind::Permission { .. }))
}

/// How webhooks arrive, and what is wrong, in words.
pub async fn webhook(
    app: &AppState,
    account: &stripe_account::Model,
    asked: &Health,
) -> AppResult<WebhookHealth> {
    let connection = app.store.read();
    let endpoint = stripe_accounts::default_endpoint(connection, account.id).await?;
    let newest = store::newest(connection, account.id).await?;
    let pending = store::count(connection, account.id, store::PENDING).await?;
    let failed = store::count(connection, account.id, store::DEAD).await?;
    let oldest = store::oldest_pending(connection, account.id).await?;
    let now = app.clock.now();

    let mut problems = Vec::new();
    let has_secret = match &endpoint {
        Some(endpoint) => !endpoints::secrets(app, endpoint).await?.is_empty(),
        None => false,
    };
    if !has_secret {
        problems.push(
            "No webhook is set up, so Latchkey learns of payments only by asking. Set it up here.".to_owned(),
        );
    }
    if asked.endpoint_is_gone {
        problems.push("The webhook endpoint was deleted at Stripe. Set it up again.".to_owned());
    }
    if asked.endpoint_status.as_deref() == Some("disabled") {
        problems.push(
            "Stripe has switched the webhook endpoint off. Set it up again to switch it on.".to_owned(),
        );
    }
    if !asked.missing_events.is_empty() {
        let names = asked.missing_events.join(", ");
        problems.push(format!("The webhook endpoint does not send {names}. Set it up again."));
    }
    let version = endpoint.as_ref().and_then(|endpoint| endpoint.api_version.as_deref());
    if version.is_some_and(|version| version != API_VERSION) {
        problems.push(format!(
            "The webhook endpoint speaks another version than {API_VERSION}. Set it up again."
        ));
    }
    if oldest.is_some_and(|since| now - since > LATE) {
        problems.push("Events have been waiting for more than five minutes.".to_owned());
    }
    if has_secret && newest.as_ref().is_some_and(|event| now - event.received_at > SILENCE) {
        problems.push("No event has arrived for two weeks.".to_owned());
    }
    Ok(WebhookHealth {
        endpoint: endpoint.filter(|_| has_secret).map(|endpoint| WebhookEndpoint {
            provisioned: endpoint.stripe_id.is_some(),
            url: endpoint.url,
            stripe_id: endpoint.stripe_id,
            api_version: endpoint.api_version,
        }),
        last_event: newest.map(|event| LastEvent {
            kind: event.kind,
            created: Timestamp::from_millis(event.stripe_created_at),
            received: Timestamp::from_millis(event.received_at),
        }),
        pending,
        failed,
        problems,
    })
}
