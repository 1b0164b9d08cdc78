//! Plans that no payment provider bills: made and changed here, priced in any number of currencies.

use std::collections::BTreeSet;

use latchkey_engine::key_params::{Features, KeyParams};
use latchkey_shared::{
    api::changes::{OfflinePlan, OfflinePlans, SetOfflinePlan},
    ids::{PlanId, ProductId},
    money::Money,
    time::{DurationUnit, PlanDuration},
};
use latchkey_store::{
    entity::{plan, plan_price, product},
    offline as store, plans, products, templates,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    catalog::view,
    error::{AppError, AppResult},
    licensing::plan_params::PlanParams,
    state::AppState,
    subscriptions::changes,
};

/// All offline plans, or those of a product; those withdrawn too.
pub async fn list(app: &AppState, of: Option<ProductId>) -> AppResult<OfflinePlans> {
    let connection = app.store.read();
    let rows: Vec<plan::Model> = store::plans(connection)
        .await?
        .into_iter()
        .filter(|plan| of.is_none_or(|product| plan.product_id == product.0))
        .collect();
    let ids: Vec<i64> = rows.iter().map(|plan| plan.id).collect();
    let prices = store::prices(connection, &ids).await?;
    let products = products::by_id(connection, rows.iter().map(|plan| plan.product_id)).await?;
    let described = view::plans(app, rows.clone()).await?;
    let known = PlanParams::load(connection).await?;
    let mut shown = Vec::new();
    for (row, plan) in rows.iter().zip(described) {
        let params = known.read(&row.key_params).unwrap_or_default();
        shown.push(OfflinePlan {
            is_base: products.get(&row.product_id).is_none_or(|product| !product.is_extra()),
            prices: priced(row, &prices)?,
            template: params.template_id,
            features: params.features.flags().to_vec(),
            max_machines: params.max_machines.map_or(0, i64::from),
            plan,
        });
    }
    Ok(OfflinePlans { plans: shown })
}

/// The plan's own currency first.
fn priced(row: &plan::Model, prices: &[plan_price::Model]) -> AppResult<Vec<Money>> {
    let mut of_plan: Vec<_> = prices.iter().filter(|price| price.plan_id == row.id).collect();
    of_plan.sort_by_key(|price| price.currency != row.currency);
    of_plan
        .into_iter()
        .map(|price| Ok(Money::new(price.amount, changes::currency(&price.currency)?)))
        .collect()
}

/// Makes a plan.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    product: ProductId,
    form: &SetOfflinePlan,
) -> AppResult<OfflinePlan> {
    let checked = Checked::of(form)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let product = find_product(&transaction, product).await?;
    must_be_of(&transaction, form.template, product.id).await?;
    let row = plan::ActiveModel {
        id: NotSet,
        product_id: Set(product.id),
        account_id: Set(None),
        stripe_price: Set(None),
        name: Set(form.name.trim().to_owned()),
        currency: Set(checked.first.currency.code().to_owned()),
        amount: Set(checked.first.minor),
        interval_unit: Set(form.unit.as_str().to_owned()),
        interval_count: Set(form.count),
        trial_days: Set(form.trial_days),
        key_params: Set(checked.key_params),
        offered: Set(form.offered),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert_plan(&transaction, row).await?;
    store::set_prices(&transaction, row.id, prices(row.id, form)).await?;
    let text = format!("Offline plan {} was added to {}.", row.name, product.name);
    record(&transaction, now, origin, "plan_added", &row, text, None, form).await?;
    transaction.commit().await?;
    one(app, PlanId(row.id)).await
}

/// Changes a plan. Subscriptions keep what they were sold at until they are renewed or changed.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: PlanId,
    form: &SetOfflinePlan,
) -> AppResult<OfflinePlan> {
    let checked = Checked::of(form)?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let found = plans::find(&transaction, id.0).await?;
    let row = found.filter(|plan| plan.stripe_price.is_none() && plan.account_id.is_none());
    let before = row.ok_or_else(|| AppError::not_found("offline plan"))?;
    must_be_of(&transaction, form.template, before.product_id).await?;
    let row = plan::Model {
        name: form.name.trim().to_owned(),
        currency: checked.first.currency.code().to_owned(),
        amount: checked.first.minor,
        interval_unit: form.unit.as_str().to_owned(),
        interval_count: form.count,
        trial_days: form.trial_days,
        key_params: checked.key_params,
        offered: form.offered,
        updated_at: now,
        ..before.clone()
    };
    store::save_plan(&transaction, row.clone()).await?;
    store::set_prices(&transaction, row.id, prices(row.id, form)).await?;
    let text = format!("Offline plan {} was changed.", row.name);
    record(&transaction, now, origin, "plan_changed", &row, text, Some(&before), form).await?;
    transaction.commit().await?;
    one(app, id).await
}

/// What a form says, once it is known to make sense.
struct Checked {
    first: Money,
    key_params: String,
}

impl Checked {
    fn of(form: &SetOfflinePlan) -> AppResult<Self> {
        let unit = match form.unit.as_str() {
            "day" => DurationUnit::Days,
            "month" => DurationUnit::Months,
            _ => DurationUnit::Years,
        };
        let count = u32::try_from(form.count).unwrap_or_default();
        PlanDuration::new(count, unit).map_err(|error| AppError::field("count", error.to_string()))?;
        let first = *form.prices.first().ok_or_else(|| AppError::field("prices", "Enter a price."))?;
        let mut seen = BTreeSet::new();
        for price in &form.prices {
            if price.is_negative() {
                return Err(AppError::field("prices", "A price cannot be below nothing."));
            }
            if !seen.insert(price.currency) {
                let words = format!("There are two prices in {}. Keep one.", price.currency);
                return Err(AppError::field("prices", words));
            }
        }
        let flags: [bool; 8] =
            std::array::from_fn(|index| form.features.get(index).copied().unwrap_or_default());
        let features = (1..=Features::COUNT)
            .zip(flags)
            .filter(|(_, on)| *on)
            .fold(Features::default(), |features, (number, _)| features.with(number, true));
        let params = match form.template {
            Some(id) => KeyParams { template_id: Some(id), ..KeyParams::default() },
            None => KeyParams {
                features,
                max_machines: Some(u32::try_from(form.max_machines).unwrap_or_default()),
                ..KeyParams::default()
            },
        };
        let key_params = params.to_skm().map_err(|_| AppError::internal("key parameters are too long"))?;
        Ok(Self { first, key_params })
    }
}

fn prices(plan: i64, form: &SetOfflinePlan) -> Vec<plan_price::Model> {
    let price = |price: &Money| plan_price::Model {
        plan_id: plan,
        currency: price.currency.code().to_owned(),
        amount: price.minor,
    };
    form.prices.iter().map(price).collect()
}

/// Refuses a licence template that is not there, or is another product's.
async fn must_be_of<C: ConnectionTrait>(
    connection: &C,
    template: Option<i64>,
    product: i64,
) -> AppResult<()> {
    let Some(id) = template else { return Ok(()) };
    let found = templates::find(connection, id).await?;
    if found.is_some_and(|row| row.product_id == product) {
        return Ok(());
    }
    Err(AppError::field("template", "This product has no such licence template."))
}

async fn find_product<C: ConnectionTrait>(connection: &C, id: ProductId) -> AppResult<product::Model> {
    products::find(connection, id).await?.ok_or_else(|| AppError::not_found("product"))
}

async fn one(app: &AppState, id: PlanId) -> AppResult<OfflinePlan> {
    let all = list(app, None).await?.plans;
    all.into_iter().find(|plan| plan.plan.id == id).ok_or_else(|| AppError::not_found("offline plan"))
}

#[expect(clippy::too_many_arguments, reason = "an entry of the history has that many parts")]
async fn record<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    action: &'static str,
    row: &plan::Model,
    text: String,
    before: Option<&plan::Model>,
    after: &SetOfflinePlan,
) -> AppResult<()> {
    let entry = Entry {
        action,
        subject_kind: "product",
        subject_id: row.product_id,
        text,
        before: before.map(|plan| {
            json!({"name": plan.name, "amount": plan.amount, "currency": plan.currency, "offered": plan.offered})
        }),
        after: Some(json!(after)),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}
