//! The connected Stripe account and what is wrong with it.

use latchkey_shared::api::stripe::{CatalogSynced, ConnectStripe, MapProduct, StripeCheck};

use super::{Call, url::encoded};

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
