//! The connected Stripe account and what is wrong with it; sweeps, events and webhook endpoints.

use latchkey_shared::api::{
    common::{List, ListQuery},
    inbox::{SetEndpointSecret, StripeEndpoints, StripeEvent, StripeEventRow},
    reconcile::SweepRuns,
    stripe::{CatalogSynced, ConnectStripe, MapProduct, StripeCheck},
};

use super::{
    Call,
    url::{encoded, with_list},
};

const EVENTS: &str = "/api/v1/stripe/events";
const ENDPOINTS: &str = "/api/v1/stripe/endpoints";

pub fn check() -> Call<StripeCheck> {
    Call::get("/api/v1/stripe")
}

/// Tries the key before it is kept.
pub fn connect(form: &ConnectStripe) -> Call<StripeCheck> {
    Call::put("/api/v1/stripe/account", form)
}

pub fn disconnect() -> Call<()> {
    Call::delete("/api/v1/stripe/account")
}

/// Reads the catalogue.
pub fn sync() -> Call<CatalogSynced> {
    Call::press("/api/v1/stripe/sync")
}

/// Makes the webhook endpoint at Stripe.
pub fn provision_webhook() -> Call<StripeCheck> {
    Call::press("/api/v1/stripe/webhook")
}

/// Ties a Stripe product (`prod_…`) to one of ours.
pub fn map_product(stripe_id: &str, form: &MapProduct) -> Call<StripeCheck> {
    Call::post(["/api/v1/stripe/products/", &encoded(stripe_id), "/map"].concat(), form)
}

/// What the sweeps did lately.
pub fn sweeps() -> Call<SweepRuns> {
    Call::get("/api/v1/stripe/reconcile")
}

/// Begins to compare everything with Stripe.
pub fn reconcile() -> Call<SweepRuns> {
    Call::press("/api/v1/stripe/reconcile")
}

pub fn events(query: &ListQuery) -> Call<List<StripeEventRow>> {
    Call::get(with_list(EVENTS, query))
}

/// One event (`evt_…`) with its payload.
pub fn event(id: &str) -> Call<StripeEvent> {
    Call::get([EVENTS, "/", &encoded(id)].concat())
}

/// Has what an event signals fetched once more.
pub fn run_again(id: &str) -> Call<StripeEvent> {
    Call::press([EVENTS, "/", &encoded(id), "/run-again"].concat())
}

pub fn endpoints() -> Call<StripeEndpoints> {
    Call::get(ENDPOINTS)
}

/// Makes an address for an endpoint that is added by hand at Stripe.
pub fn add_endpoint() -> Call<StripeEndpoints> {
    Call::press(ENDPOINTS)
}

/// Enters a signing secret; the one before stays good beside it.
pub fn set_endpoint_secret(id: i64, form: &SetEndpointSecret) -> Call<StripeEndpoints> {
    Call::put([ENDPOINTS, "/", &id.to_string(), "/secret"].concat(), form)
}

pub fn remove_endpoint(id: i64) -> Call<StripeEndpoints> {
    Call::delete([ENDPOINTS, "/", &id.to_string()].concat())
}
