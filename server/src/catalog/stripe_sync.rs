//! Mirroring Stripe's products and prices, and making plans of those that can be offered.

use std::collections::HashMap;

use latchkey_engine::offer::{self, Catalogue, Recurring, StripePrice, StripeProduct};
use latchkey_shared::{api::stripe::CatalogSynced, offer::NotOffered};
use latchkey_store::{
    entity::{plan, stripe_price, stripe_product},
    plans, stripe_accounts, stripe_catalog as store, subscriptions,
    sync_jobs::{Claim, Target},
};
use latchkey_stripe::{Expandable, ListQuery, Price, Product, Raw, StripeError};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use crate::{
    billing::{
        accounts::{self, Connected},
        work,
    },
    catalog::plan_names,
    error::AppResult,
    licensing::plan_params::PlanParams,
    state::AppState,
};

/// What `billing_scheme` of the mirror holds for prices that cannot be offered for their shape.
const TIERED: &str = "tiered";
const PACKAGES: &str = "packages";
const CUSTOM_AMOUNT: &str = "custom_amount";
const FRACTION: &str = "fraction";

/// Reads the catalogue now and answers what there is.
pub async fn sync_now(app: &AppState, connected: &Connected) -> AppResult<CatalogSynced> {
    work::converge_now(app, &Target::catalog(connected.account.id)).await?;
    counts(app, connected.account.id).await
}

/// Converges the mirror and the plans with Stripe's catalogue.
pub async fn converge(app: &AppState, claim: &Claim) -> AppResult<()> {
    let connected = accounts::by_id(app, claim.target.account).await?;
    let account = connected.account.id;
    let fetched_at = app.clock.now();
    let (products, prices) = listed(&connected).await?;
    let transaction = app.store.begin().await?;
    for product in &products {
        store::save_product(&transaction, product_row(account, product, fetched_at)).await?;
    }
    for price in &prices {
        store::save_price(&transaction, price_row(account, price, fetched_at)).await?;
    }
    store::sweep(&transaction, account, fetched_at).await?;
    make_plans(&transaction, account, app.clock.now()).await?;
    // What could not be issued for a mistake in the catalogue may be possible now.
    let waiting = subscriptions::waiting_for_keys(&transaction, fetched_at).await?;
    let waiting = waiting.iter().filter_map(|row| Some((row.account_id?, row.stripe_id.as_deref()?)));
    let waiting = waiting.map(|(of, id)| Target::subscription(of, id));
    work::request_all(&transaction, waiting, fetched_at).await?;
    stripe_accounts::set_synced(&transaction, account, fetched_at).await?;
    work::finish(&transaction, claim, fetched_at).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}

/// Everything in an account's catalogue, asked now.
pub(super) async fn listed(
    connected: &Connected,
) -> Result<(Vec<Raw<Product>>, Vec<Raw<Price>>), StripeError> {
    let all = || ListQuery::new().limit(100);
    let products = connected.client.pages::<Raw<Product>>(all()).all();
    let prices = connected.client.pages::<Raw<Price>>(all()).all();
    tokio::try_join!(products, prices)
}

fn product_row(account: i64, product: &Product, fetched_at: i64) -> stripe_product::ActiveModel {
    stripe_product::ActiveModel {
        account_id: Set(account),
        stripe_id: Set(product.id.clone()),
        name: Set(product.name.clone()),
        description: Set(product.description.clone().unwrap_or_default()),
        active: Set(product.active),
        skm_product_id: Set(product.metadata.get("skm_product_id").cloned()),
        deleted: Set(false),
        fetched_at: Set(fetched_at),
    }
}

fn price_row(account: i64, price: &Raw<Price>, fetched_at: i64) -> stripe_price::ActiveModel {
    let recurring = price.recurring.as_ref();
    stripe_price::ActiveModel {
        account_id: Set(account),
        stripe_id: Set(price.id.clone()),
        stripe_product: Set(price
            .product
            .as_ref()
            .map(|product| Expandable::id(product).to_owned())
            .unwrap_or_default()),
        nickname: Set(price.nickname.clone().unwrap_or_default()),
        active: Set(price.active),
        currency: Set(price.currency.to_uppercase()),
        unit_amount: Set(price.unit_amount),
        interval_unit: Set(recurring.map(|recurring| recurring.interval.clone())),
        interval_count: Set(recurring.map_or(1, |recurring| recurring.interval_count.max(1))),
        usage_type: Set(recurring.map(|recurring| recurring.usage_type.clone()).unwrap_or_default()),
        billing_scheme: Set(shape(price)),
        trial_days: Set(recurring.and_then(|recurring| recurring.trial_period_days).unwrap_or_default()),
        skm: Set(price.metadata.get("skm").cloned()),
        fetched_at: Set(fetched_at),
    }
}

/// Stripe's billing scheme, or what else makes the price unfit.
fn shape(price: &Raw<Price>) -> String {
    let set = |name: &str| !price.raw[name].is_null();
    if price.billing_scheme == TIERED {
        TIERED.to_owned()
    } else if set("transform_quantity") {
        PACKAGES.to_owned()
    } else if set("custom_unit_amount") {
        CUSTOM_AMOUNT.to_owned()
    } else if price.unit_amount.is_none() && set("unit_amount_decimal") {
        FRACTION.to_owned()
    } else {
        price.billing_scheme.clone()
    }
}

/// The mirror of a product as the rules see it.
pub fn seen_product(row: &stripe_product::Model) -> StripeProduct<'_> {
    StripeProduct { active: row.active, product_id: row.skm_product_id.as_deref() }
}

/// The mirror of a price as the rules see it.
pub fn seen_price(row: &stripe_price::Model) -> StripePrice<'_> {
    StripePrice {
        active: row.active,
        currency: &row.currency,
        unit_amount: row.unit_amount,
        recurring: row.interval_unit.as_deref().map(|interval| Recurring {
            interval,
            interval_count: u32::try_from(row.interval_count).unwrap_or_default(),
            metered: row.usage_type == "metered",
        }),
        tiered: row.billing_scheme == TIERED,
        transforms_quantity: row.billing_scheme == PACKAGES,
        custom_amount: row.billing_scheme == CUSTOM_AMOUNT,
        fraction_of_minor: row.billing_scheme == FRACTION,
        skm: row.skm.as_deref(),
    }
}

/// What the rules have to know of this installation.
pub struct Known {
    /// Our products: id, and whether it is archived.
    products: Vec<(i64, bool)>,
    /// Ids of licence templates.
    templates: Vec<i64>,
}

impl Known {
    pub async fn load<C: ConnectionTrait>(connection: &C) -> AppResult<Self> {
        let products = plans::all_products(connection).await?;
        Ok(Self {
            products: products.into_iter().map(|product| (product.id, !product.active)).collect(),
            templates: PlanParams::load(connection).await?.templates(),
        })
    }

    pub fn catalogue(&self) -> Catalogue<'_> {
        Catalogue { products: &self.products, templates: &self.templates, currency: None }
    }
}

/// [`make_plans`] for every account, after what is sold here has changed.
pub async fn make_all_plans<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    for account in stripe_accounts::all(connection).await? {
        make_plans(connection, account.id, now).await?;
    }
    Ok(())
}

/// Makes and refreshes the plan of every price that belongs to a product here; offered are those the rules
/// let through. Called whenever the mirror or our products change.
pub async fn make_plans<C: ConnectionTrait>(connection: &C, account: i64, now: i64) -> AppResult<()> {
    let known = Known::load(connection).await?;
    let catalogue = known.catalogue();
    let products: HashMap<String, stripe_product::Model> = store::products(connection, account)
        .await?
        .into_iter()
        .map(|product| (product.stripe_id.clone(), product))
        .collect();
    let existing = plans::of_account(connection, account).await?;
    let mut kept = Vec::new();
    for price in store::prices(connection, account).await? {
        let Some(product) = products.get(&price.stripe_product) else { continue };
        let offered = offer::price(&seen_product(product), &seen_price(&price), &catalogue);
        let before = existing.iter().find(|plan| plan.stripe_price.as_deref() == Some(&price.stripe_id));
        let belongs_to = match &offered {
            Ok(offered) => Some(offered.product_id),
            // What was offered once stays known, so that those who have it see its name.
            Err(_) => {
                before.map(|plan| plan.product_id).or_else(|| would_belong_to(product, &price, &catalogue))
            }
        };
        let Some(product_id) = belongs_to else { continue };
        kept.extend(before.map(|plan| plan.id));
        plans::save(connection, plan_row(account, product_id, &price, offered.is_ok(), now)).await?;
    }
    let gone: Vec<i64> =
        existing.iter().filter(|plan| plan.offered && !kept.contains(&plan.id)).map(|plan| plan.id).collect();
    plans::withdraw(connection, &gone, now).await?;
    Ok(())
}

/// The product of a price that cannot be offered yet, where it is otherwise a plan.
fn would_belong_to(
    product: &stripe_product::Model,
    price: &stripe_price::Model,
    catalogue: &Catalogue<'_>,
) -> Option<i64> {
    let is_plan = price.active
        && price.unit_amount.is_some()
        && matches!(price.interval_unit.as_deref(), Some("day" | "week" | "month" | "year"));
    offer::product(&seen_product(product), catalogue).ok().filter(|_| is_plan)
}

fn plan_row(
    account: i64,
    product: i64,
    price: &stripe_price::Model,
    offered: bool,
    now: i64,
) -> plan::ActiveModel {
    plan::ActiveModel {
        id: NotSet,
        product_id: Set(product),
        account_id: Set(Some(account)),
        stripe_price: Set(Some(price.stripe_id.clone())),
        name: Set(plan_names::of_price(
            &price.nickname,
            price.interval_unit.as_deref(),
            price.interval_count,
        )),
        currency: Set(price.currency.clone()),
        amount: Set(price.unit_amount.unwrap_or_default()),
        interval_unit: Set(price.interval_unit.clone().unwrap_or_else(|| "month".to_owned())),
        interval_count: Set(price.interval_count),
        trial_days: Set(price.trial_days),
        key_params: Set(price.skm.clone().unwrap_or_default()),
        offered: Set(offered),
        created_at: Set(now),
        updated_at: Set(now),
    }
}

async fn counts(app: &AppState, account: i64) -> AppResult<CatalogSynced> {
    let connection = app.store.read();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let offered = plans::of_account(connection, account).await?.iter().filter(|plan| plan.offered).count();
    Ok(CatalogSynced {
        products: count(store::products(connection, account).await?.len()),
        prices: count(store::prices(connection, account).await?.len()),
        offered: count(offered),
    })
}

/// Every reason why a product or one of its prices is not offered.
pub fn problems_of_product(
    product: &stripe_product::Model,
    any_price_offered: bool,
    catalogue: &Catalogue<'_>,
) -> Vec<NotOffered> {
    let mut problems = offer::product(&seen_product(product), catalogue).err().unwrap_or_default();
    if problems.is_empty() && !any_price_offered {
        problems.push(NotOffered::new(latchkey_shared::offer::ReasonCode::NoPrices));
    }
    problems
}
