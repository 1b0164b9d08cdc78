//! Every route × role: a route without a row here fails, and so does a row that the server does not keep.
//!
//! Ids do not exist, and what counts is whether the answer is a refusal (401, 403) or anything else. Those
//! who are to be refused send a body that would do, so that the refusal is about them; the others send one
//! that is valid nowhere, so that nothing happens.

use std::collections::BTreeMap;

use axum::http::Method;
use latchkey::router;
use latchkey_shared::permission::{Permission, Role};
use serde_json::{Value, json};

use crate::util::{Caller, TestApp};

/// Who may call a route.
#[derive(Clone, Copy, Debug)]
pub enum For {
    /// Anybody, signed in or not.
    Anybody,
    /// Staff with this permission.
    May(Permission),
    /// People of the staff with this permission; no tokens.
    Person(Permission),
    /// Every member of the staff, about themselves; no tokens.
    Myself,
    /// Every member of the staff and every token.
    AnyStaff,
    /// Portal users.
    Portal,
}

use For::{AnyStaff, Anybody, May, Myself, Person, Portal};

pub const ROUTES: &[(&str, &str, For)] = &[
    ("get", "/api/v1/session", Anybody),
    ("get", "/api/v1/logo", Anybody),
    ("get", "/api/v1/brand.css", Anybody),
    ("post", "/api/v1/staff/sign-in", Anybody),
    ("post", "/api/v1/staff/sign-out", Anybody),
    ("post", "/api/v1/staff/password-reset", Anybody),
    ("post", "/api/v1/staff/password-reset/confirm", Anybody),
    ("post", "/api/v1/staff/invitation", Anybody),
    ("post", "/api/v1/staff/invitation/accept", Anybody),
    ("post", "/api/v1/portal/sign-in", Anybody),
    ("post", "/api/v1/portal/sign-out", Anybody),
    ("post", "/api/v1/portal/password-reset", Anybody),
    ("post", "/api/v1/portal/password-reset/confirm", Anybody),
    ("post", "/api/v1/portal/invitation", Anybody),
    ("post", "/api/v1/portal/invitation/use", Anybody),
    ("post", "/api/v1/portal/sign-up/prove", Anybody),
    // Signed by Stripe, not by a caller.
    ("post", "/api/subscription/StripeUrl", Anybody),
    ("post", "/webhooks/stripe", Anybody),
    ("post", "/webhooks/stripe/{endpoint}", Anybody),
    ("get", "/api/v1/me/sessions", Myself),
    ("delete", "/api/v1/me/sessions", Myself),
    ("delete", "/api/v1/me/sessions/{id}", Myself),
    ("post", "/api/v1/me/password", Myself),
    ("patch", "/api/v1/me", Myself),
    ("get", "/api/v1/search", AnyStaff),
    ("get", "/api/v1/dashboard", May(Permission::DashboardRead)),
    ("get", "/api/v1/customers", May(Permission::CustomersRead)),
    ("post", "/api/v1/customers", May(Permission::CustomersWrite)),
    ("get", "/api/v1/customers/{id}", May(Permission::CustomersRead)),
    ("patch", "/api/v1/customers/{id}", May(Permission::CustomersWrite)),
    ("post", "/api/v1/customers/{id}/account", May(Permission::CustomersWrite)),
    ("post", "/api/v1/customers/{id}/association/enable", May(Permission::LinksManage)),
    ("post", "/api/v1/customers/{id}/association/renew", May(Permission::LinksManage)),
    ("post", "/api/v1/customers/{id}/association/revoke", May(Permission::LinksManage)),
    ("post", "/api/v1/customers/{id}/association/send", May(Permission::LinksManage)),
    ("post", "/api/v1/customers/{id}/messages", May(Permission::CommunicationsWrite)),
    ("get", "/api/v1/sign-up-link", May(Permission::CustomersRead)),
    ("put", "/api/v1/sign-up-link", May(Permission::LinksManage)),
    ("post", "/api/v1/sign-up-link/rotate", May(Permission::LinksManage)),
    ("get", "/api/v1/products", May(Permission::ProductsRead)),
    ("post", "/api/v1/products", May(Permission::ProductsWrite)),
    ("get", "/api/v1/products/{id}", May(Permission::ProductsRead)),
    ("patch", "/api/v1/products/{id}", May(Permission::ProductsWrite)),
    ("get", "/api/v1/products/{id}/publication", May(Permission::StripeManage)),
    ("post", "/api/v1/products/{id}/publication", May(Permission::StripeManage)),
    ("get", "/api/v1/webshops", May(Permission::SettingsRead)),
    ("post", "/api/v1/webshops", May(Permission::SettingsWrite)),
    ("get", "/api/v1/webshops/{id}", May(Permission::SettingsRead)),
    ("put", "/api/v1/webshops/{id}", May(Permission::SettingsWrite)),
    ("put", "/api/v1/customers/{id}/webshop", May(Permission::CustomersWrite)),
    ("get", "/api/v1/products/{id}/keys", May(Permission::KeysRead)),
    ("post", "/api/v1/products/{id}/keys", May(Permission::KeysWrite)),
    ("get", "/api/v1/keys", May(Permission::KeysRead)),
    ("get", "/api/v1/keys/{global_id}", May(Permission::KeysRead)),
    ("patch", "/api/v1/keys/{global_id}", May(Permission::KeysWrite)),
    ("post", "/api/v1/keys/{global_id}/block", May(Permission::KeysWrite)),
    ("post", "/api/v1/keys/{global_id}/reissue", May(Permission::KeysWrite)),
    ("get", "/api/v1/keys/export", May(Permission::KeysRead)),
    ("get", "/api/v1/keys/ids", May(Permission::KeysRead)),
    ("get", "/api/v1/keys/{global_id}/history", May(Permission::KeysRead)),
    ("post", "/api/v1/keys/bulk", May(Permission::KeysWrite)),
    ("get", "/api/v1/keys/{global_id}/machines", May(Permission::KeysRead)),
    ("delete", "/api/v1/keys/{global_id}/machines/{id}", May(Permission::KeysWrite)),
    ("get", "/api/v1/keys/{global_id}/activity", May(Permission::KeysRead)),
    ("get", "/api/v1/keys/{global_id}/licence-file", May(Permission::KeysRead)),
    ("post", "/api/v1/products/{id}/keys/bulk", May(Permission::KeysWrite)),
    ("get", "/api/v1/products/{id}/templates", May(Permission::ProductsRead)),
    ("post", "/api/v1/products/{id}/templates", May(Permission::ProductsWrite)),
    ("patch", "/api/v1/templates/{id}", May(Permission::ProductsWrite)),
    ("delete", "/api/v1/templates/{id}", May(Permission::ProductsWrite)),
    ("get", "/api/v1/products/{id}/licensing", May(Permission::ProductsRead)),
    ("put", "/api/v1/products/{id}/licensing", May(Permission::ProductsWrite)),
    ("get", "/api/v1/signing-keys", May(Permission::ProductsRead)),
    ("post", "/api/v1/signing-keys", Person(Permission::SettingsWrite)),
    ("post", "/api/v1/signing-keys/import", Person(Permission::SigningManage)),
    ("post", "/api/v1/signing-keys/{id}/export", Person(Permission::SigningManage)),
    ("post", "/api/v1/signing-keys/{id}/retire", Person(Permission::SettingsWrite)),
    ("get", "/api/v1/api-log", May(Permission::AuditRead)),
    ("get", "/api/v1/tokens", May(Permission::SettingsRead)),
    ("post", "/api/v1/tokens", Person(Permission::SettingsWrite)),
    ("delete", "/api/v1/tokens/{id}", Person(Permission::SettingsWrite)),
    ("get", "/api/v1/token-scopes", May(Permission::SettingsRead)),
    ("get", "/api/v1/settings/web-api", May(Permission::SettingsRead)),
    ("put", "/api/v1/settings/web-api", May(Permission::SettingsWrite)),
    ("get", "/api/v1/move-in", May(Permission::SettingsRead)),
    ("put", "/api/v1/move-in/files", May(Permission::SettingsWrite)),
    ("delete", "/api/v1/move-in/files", May(Permission::SettingsWrite)),
    ("delete", "/api/v1/move-in/files/{id}", May(Permission::SettingsWrite)),
    ("post", "/api/v1/move-in/runs", May(Permission::SettingsWrite)),
    ("post", "/api/v1/move-in/token", Person(Permission::SettingsWrite)),
    ("get", "/api/v1/move-in/invitations", May(Permission::LinksManage)),
    ("post", "/api/v1/move-in/invitations", May(Permission::LinksManage)),
    ("get", "/api/v1/subscriptions", May(Permission::SubscriptionsRead)),
    ("get", "/api/v1/subscriptions/{id}", May(Permission::SubscriptionsRead)),
    ("post", "/api/v1/subscriptions/{id}/sync", May(Permission::SubscriptionsWrite)),
    ("get", "/api/v1/transactions", May(Permission::SubscriptionsRead)),
    ("get", "/api/v1/transactions/sums", May(Permission::SubscriptionsRead)),
    ("get", "/api/v1/transactions/export", May(Permission::SubscriptionsRead)),
    ("get", "/api/v1/transactions/{id}", May(Permission::SubscriptionsRead)),
    ("post", "/api/v1/transactions/{id}/refund", May(Permission::MoneyWrite)),
    ("get", "/api/v1/reports", May(Permission::SubscriptionsRead)),
    ("get", "/api/v1/reports/export", May(Permission::SubscriptionsRead)),
    ("get", "/api/v1/subscriptions/{id}/changes", May(Permission::SubscriptionsRead)),
    ("post", "/api/v1/subscriptions/{id}/changes/preview", May(Permission::SubscriptionsWrite)),
    ("post", "/api/v1/subscriptions/{id}/changes/commit", May(Permission::SubscriptionsWrite)),
    ("post", "/api/v1/subscriptions/{id}/changes/undo", May(Permission::SubscriptionsWrite)),
    ("put", "/api/v1/subscriptions/{id}/auto-renew", May(Permission::SubscriptionsWrite)),
    ("put", "/api/v1/subscriptions/{id}/own-price", May(Permission::MoneyWrite)),
    ("post", "/api/v1/subscriptions/extend", May(Permission::SubscriptionsWrite)),
    ("post", "/api/v1/customers/{id}/subscriptions", May(Permission::SubscriptionsWrite)),
    ("get", "/api/v1/customers/{id}/balance", May(Permission::SubscriptionsRead)),
    ("post", "/api/v1/customers/{id}/balance", May(Permission::MoneyWrite)),
    ("get", "/api/v1/offline-plans", May(Permission::ProductsRead)),
    ("put", "/api/v1/offline-plans/{id}", May(Permission::ProductsWrite)),
    ("get", "/api/v1/products/{id}/offline-plans", May(Permission::ProductsRead)),
    ("post", "/api/v1/products/{id}/offline-plans", May(Permission::ProductsWrite)),
    ("get", "/api/v1/tax-rates", May(Permission::SettingsRead)),
    ("post", "/api/v1/tax-rates", May(Permission::SettingsWrite)),
    ("put", "/api/v1/tax-rates/{id}", May(Permission::SettingsWrite)),
    ("get", "/api/v1/settings/self-service", May(Permission::SettingsRead)),
    ("put", "/api/v1/settings/self-service", May(Permission::SettingsWrite)),
    ("get", "/api/v1/data", May(Permission::DataRead)),
    ("post", "/api/v1/data", May(Permission::DataWrite)),
    ("patch", "/api/v1/data/{id}", May(Permission::DataWrite)),
    ("delete", "/api/v1/data/{id}", May(Permission::DataWrite)),
    ("get", "/api/v1/communications", May(Permission::CommunicationsRead)),
    ("get", "/api/v1/communications/{id}", May(Permission::CommunicationsRead)),
    ("post", "/api/v1/communications/{id}/resend", May(Permission::CommunicationsWrite)),
    ("get", "/api/v1/message-templates", May(Permission::CommunicationsRead)),
    ("get", "/api/v1/message-templates/{kind}", May(Permission::CommunicationsRead)),
    ("put", "/api/v1/message-templates/{kind}", May(Permission::SettingsWrite)),
    ("delete", "/api/v1/message-templates/{kind}", May(Permission::SettingsWrite)),
    ("post", "/api/v1/message-templates/{kind}/preview", May(Permission::CommunicationsRead)),
    ("post", "/api/v1/message-templates/{kind}/test", Person(Permission::SettingsWrite)),
    ("get", "/api/v1/reminders", May(Permission::CommunicationsRead)),
    ("put", "/api/v1/reminders/{kind}", May(Permission::SettingsWrite)),
    ("get", "/api/v1/stripe", May(Permission::StripeRead)),
    ("get", "/api/v1/stripe/accounts", May(Permission::StripeRead)),
    ("post", "/api/v1/stripe/accounts", May(Permission::StripeManage)),
    ("put", "/api/v1/stripe/account", May(Permission::StripeManage)),
    ("patch", "/api/v1/stripe/account", May(Permission::StripeManage)),
    ("delete", "/api/v1/stripe/account", May(Permission::StripeManage)),
    ("post", "/api/v1/stripe/sync", May(Permission::StripeManage)),
    ("post", "/api/v1/stripe/webhook", May(Permission::StripeManage)),
    ("post", "/api/v1/stripe/products/{stripe_id}/map", May(Permission::StripeManage)),
    ("get", "/api/v1/stripe/reconcile", May(Permission::StripeRead)),
    ("get", "/api/v1/stripe/events", May(Permission::StripeRead)),
    ("get", "/api/v1/stripe/events/{event}", May(Permission::StripeRead)),
    ("post", "/api/v1/stripe/events/{event}/run-again", May(Permission::SubscriptionsWrite)),
    ("get", "/api/v1/stripe/endpoints", May(Permission::StripeRead)),
    ("post", "/api/v1/stripe/endpoints", May(Permission::StripeManage)),
    ("put", "/api/v1/stripe/endpoints/{id}/secret", May(Permission::StripeManage)),
    ("delete", "/api/v1/stripe/endpoints/{id}", May(Permission::StripeManage)),
    ("post", "/api/v1/stripe/reconcile", May(Permission::SubscriptionsWrite)),
    ("get", "/api/v1/attention", May(Permission::SubscriptionsRead)),
    ("get", "/api/v1/attention/{id}", May(Permission::SubscriptionsRead)),
    ("post", "/api/v1/attention/{id}/retry", May(Permission::SubscriptionsWrite)),
    ("post", "/api/v1/attention/{id}/ignore", May(Permission::SubscriptionsWrite)),
    ("post", "/api/v1/attention/{id}/issue-key", May(Permission::KeysWrite)),
    ("post", "/api/v1/attention/{id}/link-key", May(Permission::KeysWrite)),
    ("post", "/api/v1/attention/{id}/keep-ours", May(Permission::KeysWrite)),
    ("post", "/api/v1/attention/{id}/send-key", May(Permission::CommunicationsWrite)),
    ("post", "/api/v1/attention/{id}/block-key", May(Permission::KeysWrite)),
    ("post", "/api/v1/attention/{id}/link-customer", May(Permission::CustomersWrite)),
    ("post", "/api/v1/attention/{id}/refund-and-cancel", May(Permission::MoneyWrite)),
    ("get", "/api/v1/settings", May(Permission::SettingsRead)),
    ("put", "/api/v1/settings/company", May(Permission::SettingsWrite)),
    ("put", "/api/v1/settings/terms", May(Permission::SettingsWrite)),
    ("put", "/api/v1/settings/own-licences", May(Permission::SettingsWrite)),
    ("put", "/api/v1/settings/refunds", May(Permission::SettingsWrite)),
    ("put", "/api/v1/settings/mail", May(Permission::SettingsWrite)),
    ("post", "/api/v1/settings/mail/test", May(Permission::SettingsWrite)),
    ("put", "/api/v1/settings/logo", May(Permission::SettingsWrite)),
    ("delete", "/api/v1/settings/logo", May(Permission::SettingsWrite)),
    ("get", "/api/v1/staff", May(Permission::StaffRead)),
    ("post", "/api/v1/staff", May(Permission::StaffManage)),
    ("patch", "/api/v1/staff/{id}", May(Permission::StaffManage)),
    ("post", "/api/v1/staff/{id}/invite-again", May(Permission::StaffManage)),
    ("post", "/api/v1/portal/terms", Portal),
    ("post", "/api/v1/portal/customer", Portal),
    ("get", "/api/v1/portal/home", Portal),
    ("get", "/api/v1/portal/plans", Portal),
    ("get", "/api/v1/portal/licences", Portal),
    ("get", "/api/v1/portal/licences/{global_id}/file", Portal),
    ("delete", "/api/v1/portal/licences/{global_id}/machines/{id}", Portal),
    ("post", "/api/v1/portal/licences/{global_id}/reissue", Portal),
    ("get", "/api/v1/portal/billing", Portal),
    ("post", "/api/v1/portal/billing/portal", Portal),
    ("post", "/api/v1/portal/checkouts", Portal),
    ("get", "/api/v1/portal/checkouts/{checkout}", Portal),
    ("post", "/api/v1/portal/subscriptions/{id}/cancel", Portal),
    ("post", "/api/v1/portal/subscriptions/{id}/keep", Portal),
    ("get", "/api/v1/portal/subscriptions/{id}/changes", Portal),
    ("post", "/api/v1/portal/subscriptions/{id}/changes/preview", Portal),
    ("post", "/api/v1/portal/subscriptions/{id}/changes/commit", Portal),
    ("post", "/api/v1/portal/subscriptions/{id}/changes/undo", Portal),
    ("get", "/api/v1/portal/account", Portal),
    ("patch", "/api/v1/portal/account", Portal),
    ("post", "/api/v1/portal/account/password", Portal),
    ("post", "/api/v1/portal/account/email", Portal),
    ("post", "/api/v1/portal/account/email/prove", Portal),
    ("get", "/api/v1/portal/sessions", Portal),
    ("delete", "/api/v1/portal/sessions", Portal),
    ("delete", "/api/v1/portal/sessions/{id}", Portal),
];

/// The routes that the OpenAPI document names, as (method, path).
fn documented() -> Vec<(String, String)> {
    let document = serde_json::to_value(router::document()).unwrap();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if item.get(method).is_some() {
                routes.push((method.to_owned(), path.clone()));
            }
        }
    }
    routes.sort();
    routes
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let mut rows: Vec<(String, String)> =
        ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    rows.sort();
    let documented = documented();
    let missing: Vec<_> = documented.iter().filter(|route| !rows.contains(route)).collect();
    let surplus: Vec<_> = rows.iter().filter(|route| !documented.contains(route)).collect();
    assert!(missing.is_empty(), "routes without a row: {missing:?}");
    assert!(surplus.is_empty(), "rows without a route: {surplus:?}");
}

/// A body that the route takes, as JSON.
#[expect(clippy::match_same_arms, reason = "a table: each route has its row")]
pub fn good_body(method: &str, path: &str) -> Value {
    let (features, names) = ([false; 8], [""; 8]);
    match (method, path.trim_start_matches("/api/v1/")) {
        ("post", "customers") => json!({"name": "A", "email": ""}),
        ("patch", "customers/{id}") => json!({
            "name": "A", "email": "", "company": "", "phone": "", "country": "", "notes": "", "external_id": "",
            "allow_activation_management": false, "allow_multiple_users": false, "version": 1,
        }),
        ("post", "customers/{id}/account") => json!({"disabled": true}),
        ("post", "customers/{id}/messages") => json!({"subject": "A", "text": "B"}),
        ("post", "webshops") | ("put", "webshops/{id}") => json!({
            "name": "A", "currency": null, "account": null, "all_products": true, "products": [], "active": true,
            "version": 1,
        }),
        ("put", "customers/{id}/webshop") => json!({"webshop": 1}),
        ("put", "sign-up-link") => json!({"enabled": false}),
        ("post", "products") => json!({"name": "A"}),
        ("patch", "products/{id}") => json!({
            "name": "A", "description": "", "active": true, "grace_days": 0, "feature_names": names, "version": 1,
        }),
        ("post", "products/{id}/keys") => json!({
            "customer": null, "period_days": 0, "features": features, "max_machines": 0, "trial_activation": false,
            "notes": "",
        }),
        ("patch", "keys/{global_id}") => json!({
            "customer": null, "expires": null, "features": features, "max_machines": 0, "notes": "", "version": 1,
        }),
        ("post", "keys/{global_id}/block") => json!({"blocked": true}),
        ("post", "keys/{global_id}/reissue") => json!({"reason": "Leaked"}),
        ("post", "keys/bulk") => json!({"keys": [1], "blocked": true}),
        ("post", "products/{id}/keys/bulk") => json!({"count": 2, "key": {
            "customer": null, "period_days": 0, "features": features, "max_machines": 0, "trial_activation": false,
            "notes": "",
        }}),
        ("post", "signing-keys") => json!({"name": "A"}),
        ("post", "signing-keys/import") => json!({"name": "A", "private_pem": "A"}),
        ("post", "signing-keys/{id}/retire") => json!({"retired": true}),
        ("post", "products/{id}/templates") => json!({"name": "A", "params": "{}"}),
        ("patch", "templates/{id}") => json!({"name": "A", "params": "{}", "version": 1}),
        ("put", "products/{id}/licensing") => json!({
            "signing_key": 1, "blocks_expired": true, "extending_unblocks": false, "trial_begins_once": false,
            "reminder_days": null, "feature_template": "",
        }),
        ("post", "tokens") => json!({"name": "A", "scopes": ["*"]}),
        ("put", "settings/web-api") => {
            json!({"get": true, "refusal_status": "ok", "log_days": 5, "event_days": 5})
        }
        ("post", "transactions/{id}/refund") => {
            json!({"amount": 1, "reason": "duplicate", "then": "keep"})
        }
        ("post", "move-in/runs") => json!({"dry_run": true}),
        ("post", "move-in/token") => json!({"token": "1:0123456789abcdef", "name": "A", "scopes": ["*"]}),
        ("post", "move-in/invitations") => json!({"count": 1}),
        ("post", "subscriptions/{id}/changes/commit" | "portal/subscriptions/{id}/changes/commit") => {
            json!({"quote": "a", "digest": "b"})
        }
        ("post", "portal/subscriptions/{id}/changes/preview") => {
            json!({"action": "cancel", "when": "period_end"})
        }
        ("put", "subscriptions/{id}/auto-renew") => json!({"on": true}),
        ("put", "subscriptions/{id}/own-price") => json!({"plan": 1, "price": 1, "reason": "A"}),
        ("put", "settings/refunds") => json!({"full_refund": "block"}),
        ("post", "subscriptions/extend") => json!({"subscriptions": [1], "days": 1, "reason": "A"}),
        ("post", "customers/{id}/subscriptions") => json!({"items": [{"plan": 1, "quantity": 1}]}),
        ("post", "customers/{id}/balance") => {
            json!({"amount": {"minor": 1, "currency": "EUR"}, "reason": "A"})
        }
        ("post", "products/{id}/offline-plans") | ("put", "offline-plans/{id}") => json!({
            "name": "A", "count": 1, "unit": "month", "prices": [{"minor": 1, "currency": "EUR"}],
            "features": features, "max_machines": 0, "offered": true,
        }),
        ("post", "tax-rates") | ("put", "tax-rates/{id}") => json!({
            "name": "A", "hundredths": 1_900, "country": "DE", "inclusive": false, "active": true, "is_default": true,
        }),
        ("put", "settings/self-service") => json!({"upgrade": true, "downgrade": true, "cancel": true}),
        ("put", "message-templates/{kind}")
        | ("post", "message-templates/{kind}/preview" | "message-templates/{kind}/test") => {
            json!({"subject": "A", "text": "B"})
        }
        ("put", "reminders/{kind}") => json!({"enabled": false, "days": ""}),
        ("post", "data") => json!({"ref_type": "product", "ref_id": 1, "name": "A"}),
        ("patch", "data/{id}") => json!({"string_value": "", "int_value": 0}),
        ("put", "stripe/account") | ("post", "stripe/accounts") => {
            json!({"secret_key": "sk_test_1234567890", "provision_webhook": false})
        }
        ("patch", "stripe/account") => json!({"name": "A"}),
        ("post", "stripe/products/{stripe_id}/map") => json!({"product": null}),
        ("put", "stripe/endpoints/{id}/secret") => json!({"secret": "whsec_0123456789"}),
        ("post", "attention/{id}/issue-key") => {
            json!({"product": 1, "features": features, "max_machines": 0})
        }
        ("post", "attention/{id}/link-key") => json!({"key": 1}),
        ("post", "attention/{id}/link-customer") => json!({"customer": 1}),
        ("put", "settings/company") => json!({
            "name": "A", "description": "", "domain": "a.test", "website": "", "support_email": "", "accent": null,
            "time_zone": "UTC",
        }),
        ("put", "settings/terms") => json!({"url": "", "version": ""}),
        ("put", "settings/own-licences") => {
            json!({"remove_machines": true, "reissues_per_day": 2, "reissue_moves_machines": false})
        }
        ("put", "settings/mail") => json!({"url": "", "from": ""}),
        ("post", "staff") => json!({"name": "A", "email": "a@b.test", "role": "viewer"}),
        ("patch", "staff/{id}") => json!({"name": "A", "role": "viewer", "disabled": false}),
        ("post", "me/password") => json!({"current": "x", "password": "a quiet river at noon"}),
        ("patch", "me") => json!({"name": "A"}),
        ("post", "staff/sign-in" | "portal/sign-in") => json!({"email": "a@b.test", "password": "x"}),
        ("post", "staff/password-reset" | "portal/password-reset") => json!({"email": "a@b.test"}),
        ("post", "staff/password-reset/confirm" | "portal/password-reset/confirm") => {
            json!({"code": "x", "password": "a quiet river at noon"})
        }
        ("post", "staff/invitation") => json!({"code": "x"}),
        ("post", "staff/invitation/accept") => {
            json!({"code": "x", "name": "A", "email": "a@b.test", "password": "a quiet river at noon"})
        }
        ("post", "portal/invitation") => json!({"domain": "a.test", "id": 1, "auth": "x"}),
        ("post", "portal/invitation/use") => json!({
            "link": {"domain": "a.test", "id": 1, "auth": "x"}, "name": "A", "email": "a@b.test",
            "password": "a quiet river at noon", "accept": null,
        }),
        ("post", "portal/sign-up/prove") => json!({"id": "x", "code": "1"}),
        ("post", "portal/checkouts") => json!({"plan": 1}),
        ("post", "portal/terms") => json!({"url": "", "version": ""}),
        ("post", "portal/customer") => json!({"customer": 1}),
        ("patch", "portal/account") => json!({"name": "A"}),
        ("post", "portal/account/password") => json!({"current": "x", "password": "a quiet river at noon"}),
        ("post", "portal/account/email") => json!({"email": "a@b.test", "password": "x"}),
        ("post", "portal/account/email/prove") => json!({"id": "x", "code": "1"}),
        _ => json!({}),
    }
}

/// The path with ids that nobody has, and what a query must have.
pub fn address(path: &str) -> String {
    let path = path.replace("/reports/export", "/reports/export?report=mrr");
    let path = path.replace("{id}", "424242").replace("{global_id}", "424242");
    path.replace("{stripe_id}", "prod_x")
        .replace("{checkout}", "x")
        .replace("{endpoint}", "x")
        .replace("{event}", "evt_x")
        .replace("{kind}", "other")
}

/// The status that `caller` gets, with ids that nobody has.
async fn status(caller: &mut Caller, method: &str, path: &str, body: Value) -> u16 {
    let address = address(path);
    let verb: Method = method.to_uppercase().parse().unwrap();
    if (path.ends_with("/settings/logo") || path.ends_with("/move-in/files")) && verb == Method::PUT {
        let form = b"--x\r\nContent-Disposition: form-data; name=\"nothing\"\r\n\r\n\r\n--x--\r\n".to_vec();
        return caller
            .send_bytes(verb, &address, Some("multipart/form-data; boundary=x"), form)
            .await
            .status
            .as_u16();
    }
    let body = (verb != Method::GET && verb != Method::DELETE).then_some(body);
    caller.send(verb, &address, body).await.status.as_u16()
}

/// Whether a caller of that kind may call the route.
fn allowed(who: &str, role: Option<Role>, rule: For) -> bool {
    match (rule, who) {
        (May(permission), "staff") => role.is_some_and(|role| role.may(permission)),
        (Person(permission), "staff") => role.is_some_and(|role| role.may(permission)),
        (May(permission), "token") => Role::Admin.may(permission),
        (rule, who) => matches!(
            (rule, who),
            (Anybody, _) | (Myself, "staff") | (AnyStaff, "staff" | "token") | (Portal, "portal")
        ),
    }
}

#[tokio::test]
async fn the_server_keeps_the_table() {
    let app = TestApp::sqlite().await;
    let customer = {
        let mut staff = app.staff(Role::Owner).await;
        let made: latchkey_shared::api::customers::Customer =
            staff.post("/api/v1/customers", json!({"name": "Acme", "email": ""})).await.ok();
        made.id
    };
    let mut callers: BTreeMap<String, (&str, Option<Role>, Caller)> = BTreeMap::new();
    callers.insert("anonymous".to_owned(), ("anonymous", None, app.anon()));
    for role in Role::ALL {
        callers.insert(role.as_str().to_owned(), ("staff", Some(role), app.staff(role).await));
    }
    callers.insert("token with every scope".to_owned(), ("token", None, app.token(&["*"]).await));
    callers.insert("portal user".to_owned(), ("portal", None, app.portal(customer).await));

    let mut wrong = Vec::new();
    // Signing out and ending sessions comes last, so that it does not spoil the rows after it.
    let ends_session = |path: &str| path.ends_with("/sign-out");
    let (last, first): (Vec<_>, Vec<_>) = ROUTES.iter().partition(|(_, path, _)| ends_session(path));
    for (method, path, rule) in first.into_iter().chain(last) {
        for (name, (who, role, caller)) in &mut callers {
            let allowed = allowed(who, *role, rule);
            let body = if allowed { json!({"nobody takes this": 1}) } else { good_body(method, path) };
            let status = status(caller, method, path, body).await;
            let refused = status == 401 || status == 403;
            let unavailable = status == 503;
            if refused == allowed || (status >= 500 && !unavailable) {
                wrong.push(format!("{method} {path} for {name}: {status}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_token_without_scopes_may_nothing() {
    let app = TestApp::sqlite().await;
    let mut token = app.token(&["Activate"]).await;
    for (method, path, rule) in ROUTES {
        if matches!(rule, May(_)) {
            assert_eq!(
                status(&mut token, method, path, good_body(method, path)).await,
                403,
                "{method} {path}"
            );
        }
    }
    let mut forged = app.anon().with_header("authorization", "Bearer WyIxIiwieCJd");
    assert_eq!(forged.get("/api/v1/customers").await.error(401), "unauthenticated");
}
