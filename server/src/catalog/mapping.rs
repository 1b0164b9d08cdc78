//! Saying which product of Latchkey a Stripe product is: `skm_product_id` is written to Stripe.

use latchkey_shared::{
    api::catalog::AddProduct,
    ids::{ProductId, StripeAccountId},
    product_kind::ProductKind,
};
use latchkey_store::stripe_catalog;
use latchkey_stripe::{Metadata, params::UpdateProduct};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    billing::accounts::{self, Connected},
    catalog::{products, stripe_sync},
    error::{AppError, AppResult},
    state::AppState,
};

/// Ties a Stripe product to `product`, or to a new product of the same name, and reads the catalogue anew.
pub async fn map(
    app: &AppState,
    origin: &Origin,
    which: Option<StripeAccountId>,
    stripe_id: &str,
    product: Option<ProductId>,
) -> AppResult<()> {
    let connected = accounts::connected(app, which).await?;
    let mirrored = stripe_catalog::products(app.store.read(), connected.account.id).await?;
    let mirrored = mirrored
        .into_iter()
        .find(|row| row.stripe_id == stripe_id)
        .ok_or_else(|| AppError::not_found("Stripe product"))?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let as_at_stripe = AddProduct {
        name: mirrored.name.clone(),
        description: mirrored.description.clone(),
        kind: ProductKind::Base,
    };
    let product = match product {
        Some(id) => match products::find(&transaction, id).await {
            Ok(row) => row,
            Err(_) => return Err(AppError::field("product", "There is no such product.")),
        },
        None => products::insert(&transaction, now, origin, &as_at_stripe).await?,
    };
    let entry = Entry {
        action: "stripe_product_mapped",
        subject_kind: "product",
        subject_id: product.id,
        text: format!("Stripe's product {} was tied to {}.", mirrored.name, product.name),
        before: Some(json!({"skm_product_id": mirrored.skm_product_id})),
        after: Some(json!({"stripe_product": stripe_id, "skm_product_id": product.id})),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    tell_stripe(&connected, stripe_id, product.id).await?;
    stripe_sync::sync_now(app, &connected).await?;
    Ok(())
}

async fn tell_stripe(connected: &Connected, stripe_id: &str, product: i64) -> AppResult<()> {
    let change = UpdateProduct {
        metadata: Metadata::from([("skm_product_id".to_owned(), product.to_string())]),
        ..UpdateProduct::default()
    };
    connected.client.update_product(stripe_id, &change, None).await?;
    Ok(())
}
