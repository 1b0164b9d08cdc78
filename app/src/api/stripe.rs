//! The connected Stripe account and what is wrong with it; sweeps, events and webhook endpoints.

use latchkey_shared::{
    api::{
        common::{List, ListQuery},
        inbox::{SetEndpointSecret, StripeEndpoints, StripeEvent, StripeEventRow},
        reconcile::SweepRuns,
        stripe::{
            CatalogSynced, ConnectStripe, MapProduct, RenameStripeAccount, StripeAccounts, StripeCheck,
        },
    },
    ids::StripeAccountId,
};

use super::{
    Call,
    url::{encoded, list_pairs, with_query},
};

/// Which of several accounts; the first one without a number.
pub type Which = Option<StripeAccountId>;

const ACCOUNT: &str = "/api/v1/stripe/account";
const ACCOUNTS: &str = "/api/v1/stripe/accounts";

const EVENTS: &str = "/api/v1/stripe/events";
const ENDPOINTS: &str = "/api/v1/stripe/endpoints";

pub fn check(which: Which) -> Call<StripeCheck> {
    Call::get(of("/api/v1/stripe", which))
}

pub fn accounts() -> Call<StripeAccounts> {
    Call::get(ACCOUNTS)
}

/// Connects a further account; its key is tried before it is kept.
pub fn add_account(form: &ConnectStripe) -> Call<StripeCheck> {
    Call::post(ACCOUNTS, form)
}

/// Tries the key before it is kept.
pub fn connect(which: Which, form: &ConnectStripe) -> Call<StripeCheck> {
    Call::put(of(ACCOUNT, which), form)
}

pub fn rename(which: Which, form: &RenameStripeAccount) -> Call<StripeAccounts> {
    Call::patch(of(ACCOUNT, which), form)
}

pub fn disconnect(which: Which) -> Call<()> {
    Call::delete(of(ACCOUNT, which))
}

/// Reads the catalogue.
pub fn sync(which: Which) -> Call<CatalogSynced> {
    Call::press(of("/api/v1/stripe/sync", which))
}

/// Makes the webhook endpoint at Stripe.
pub fn provision_webhook(which: Which) -> Call<StripeCheck> {
    Call::press(of("/api/v1/stripe/webhook", which))
}

/// Ties a Stripe product (`prod_…`) to one of ours.
pub fn map_product(which: Which, stripe_id: &str, form: &MapProduct) -> Call<StripeCheck> {
    let path = ["/api/v1/stripe/products/", &encoded(stripe_id), "/map"].concat();
    Call::post(of(&path, which), form)
}

/// What the sweeps did lately.
pub fn sweeps() -> Call<SweepRuns> {
    Call::get("/api/v1/stripe/reconcile")
}

/// Begins to compare everything with Stripe.
pub fn reconcile() -> Call<SweepRuns> {
    Call::press("/api/v1/stripe/reconcile")
}

pub fn events(which: Which, query: &ListQuery) -> Call<List<StripeEventRow>> {
    let (limit, account) = (query.limit.to_string(), number(which));
    let mut pairs = list_pairs(query, &limit).to_vec();
    pairs.push(("account", &account));
    Call::get(with_query(EVENTS, &pairs))
}

/// One event (`evt_…`) with its payload.
pub fn event(which: Which, id: &str) -> Call<StripeEvent> {
    Call::get(of(&[EVENTS, "/", &encoded(id)].concat(), which))
}

/// Has what an event signals fetched once more.
pub fn run_again(which: Which, id: &str) -> Call<StripeEvent> {
    Call::press(of(&[EVENTS, "/", &encoded(id), "/run-again"].concat(), which))
}

pub fn endpoints(which: Which) -> Call<StripeEndpoints> {
    Call::get(of(ENDPOINTS, which))
}

/// Makes an address for an endpoint that is added by hand at Stripe.
pub fn add_endpoint(which: Which) -> Call<StripeEndpoints> {
    Call::press(of(ENDPOINTS, which))
}

/// Enters a signing secret; the one before stays good beside it.
pub fn set_endpoint_secret(id: i64, form: &SetEndpointSecret) -> Call<StripeEndpoints> {
    Call::put([ENDPOINTS, "/", &id.to_string(), "/secret"].concat(), form)
}

pub fn remove_endpoint(id: i64) -> Call<StripeEndpoints> {
    Call::delete([ENDPOINTS, "/", &id.to_string()].concat())
}

/// A path that is about an account.
pub(super) fn of(path: &str, which: Which) -> String {
    with_query(path, &[("account", &number(which))])
}

fn number(which: Which) -> String {
    which.map(|account| account.to_string()).unwrap_or_default()
}
