//! Writing what is missing to Stripe, the product before its prices.

use latchkey_shared::api::publish::PublishAction;
use latchkey_stripe::{
    Expandable, Metadata, Price, Product, StripeError, StripeErrorKind,
    params::{CreatePrice, CreateProduct, RecurringParams, UpdatePrice, UpdateProduct},
};

use super::{
    Outline,
    steps::{self, KEY_PARAMS, PLAN_ID, PRODUCT_ID, Wanted},
};
use crate::{
    billing::accounts::Connected,
    catalog::stripe_sync,
    clock::MINUTE,
    error::{AppError, AppResult},
    state::AppState,
};

/// Makes and completes what the outline says.
pub(super) async fn carry_out(app: &AppState, connected: &Connected, outline: &Outline) -> AppResult<()> {
    let product = product(app, connected, outline).await?;
    for (wanted, step) in outline.wanted.iter().zip(&outline.price_steps) {
        match (step.action, &step.stripe_id) {
            (PublishAction::Create, _) => make_price(app, connected, outline, &product, wanted).await?,
            (PublishAction::FillIn, Some(id)) => {
                let change = UpdatePrice { metadata: price_metadata(wanted), ..UpdatePrice::default() };
                connected.client.update_price(id, &change, None).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// `prod_…`, which is there afterwards and names the product here.
async fn product(app: &AppState, connected: &Connected, outline: &Outline) -> AppResult<String> {
    let row = &outline.product;
    let metadata = Metadata::from([(PRODUCT_ID.to_owned(), row.id.to_string())]);
    if let Some(id) = &outline.product_step.stripe_id {
        if outline.product_step.action == PublishAction::FillIn {
            let change = UpdateProduct { metadata, ..UpdateProduct::default() };
            connected.client.update_product(id, &change, None).await?;
        }
        return Ok(id.clone());
    }
    let params = CreateProduct {
        name: row.name.clone(),
        description: Some(row.description.clone()).filter(|text| !text.is_empty()),
        metadata,
        ..CreateProduct::default()
    };
    // Those that were archived since count, so that another one may take their place.
    let before = outline.at_stripe.0.iter().filter(|product| names(product, row.id)).count();
    let name = format!("{}:publish:{}:{before}", connected.account.stripe_id, row.id);
    match connected.client.create_product(&params, &name).await {
        Ok(made) => Ok(made.id.clone()),
        Err(error) if is_kept(&error) => {
            let (listed, _) = stripe_sync::listed(connected).await?;
            let listed: Vec<&Product> = listed.iter().map(|product| &**product).collect();
            if let Some(id) = steps::product(row.id, &row.name, &listed).stripe_id {
                return Ok(id);
            }
            Ok(connected.client.create_product(&params, &again(app, &name)).await?.id.clone())
        }
        Err(error) => Err(error.into()),
    }
}

async fn make_price(
    app: &AppState,
    connected: &Connected,
    outline: &Outline,
    product: &str,
    wanted: &Wanted,
) -> AppResult<()> {
    let count = u32::try_from(wanted.count).map_err(AppError::internal)?;
    let params = CreatePrice {
        product: product.to_owned(),
        currency: wanted.currency.to_lowercase(),
        unit_amount: wanted.amount,
        recurring: Some(RecurringParams {
            interval: wanted.unit.clone(),
            interval_count: Some(count),
            trial_period_days: u32::try_from(wanted.trial_days).ok().filter(|days| *days > 0),
        }),
        nickname: Some(wanted.name.clone()),
        metadata: price_metadata(wanted),
        ..CreatePrice::default()
    };
    // Only of the same: whoever comes half-way through another's press asks by the same names.
    let same = |price: &&Price| {
        price.product.as_ref().map(Expandable::id) == Some(product) && steps::matches(wanted, price, true)
    };
    let before = outline.at_stripe.1.iter().map(|price| &**price).filter(same).count();
    let (account, plan) = (&connected.account.stripe_id, wanted.plan);
    let name = format!(
        "{account}:publish:{product}:{plan}:{}{}:{}{}:{}:{before}",
        wanted.amount, wanted.currency, wanted.count, wanted.unit, wanted.trial_days
    );
    match connected.client.create_price(&params, &name).await {
        Ok(_) => Ok(()),
        Err(error) if is_kept(&error) => {
            let (_, listed) = stripe_sync::listed(connected).await?;
            let listed: Vec<&Price> = listed.iter().map(|price| &**price).collect();
            let found = steps::prices(std::slice::from_ref(wanted), Some(product), &listed);
            if found.iter().all(|step| step.stripe_id.is_none()) {
                connected.client.create_price(&params, &again(app, &name)).await?;
            }
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

fn price_metadata(wanted: &Wanted) -> Metadata {
    Metadata::from([
        (KEY_PARAMS.to_owned(), wanted.key_params.clone()),
        (PLAN_ID.to_owned(), wanted.plan.to_string()),
    ])
}

fn names(product: &Product, id: i64) -> bool {
    product.metadata.get(PRODUCT_ID).is_some_and(|text| text.trim() == id.to_string())
}

/// Stripe repeats a stored failure, or the refusal of a name that was used for something else, for a day. Whoever has
/// looked that nothing was made may ask under another name.
fn is_kept(error: &StripeError) -> bool {
    matches!(error.kind, StripeErrorKind::Idempotency | StripeErrorKind::Api)
}

/// Another name for the same, one a minute.
fn again(app: &AppState, name: &str) -> String {
    format!("{name}:again:{}", app.clock.now() / MINUTE)
}
