//! Publishing a product and its plans to Stripe, with the metadata by which Stripe's side knows them again.
//!
//! What is there is looked up each time, so that pressing twice makes nothing twice, and what a crash or a refusal broke
//! off is finished by the next press.

mod steps;
mod write;

use latchkey_shared::{
    api::publish::{Publication, PublishAction, PublishProduct, PublishStep},
    ids::{PlanId, ProductId, StripeAccountId},
};
use latchkey_store::{
    entity::{plan, product},
    offline,
};
use latchkey_stripe::{Price, Product, Raw};
use serde_json::json;

use self::steps::{KEY_PARAMS, PRODUCT_ID, Step, Wanted};
use crate::{
    audit::{self, Entry, Origin},
    billing::{
        accounts::{self, Connected},
        dashboard_links,
    },
    catalog::{products, stripe_sync, view},
    error::{AppError, AppResult},
    state::AppState,
};

/// Says what publishing would do.
pub async fn preview(
    app: &AppState,
    id: ProductId,
    which: Option<StripeAccountId>,
) -> AppResult<Publication> {
    let connected = accounts::connected(app, which).await?;
    Outline::draw(app, &connected, id).await?.shown(&connected)
}

/// Publishes, reads the catalogue, and says how it stands then.
///
/// # Errors
/// 404 for an unknown product; 409 for one that is archived; 502 as Stripe has it: what was written until then is
/// found by the next try.
pub async fn publish(
    app: &AppState,
    origin: &Origin,
    id: ProductId,
    which: Option<StripeAccountId>,
    form: &PublishProduct,
) -> AppResult<Publication> {
    let connected = accounts::connected(app, which).await?;
    let whole = Outline::draw(app, &connected, id).await?;
    let all = whole.shown(&connected)?;
    let outline = whole.of(form.plans.as_deref());
    if !outline.product.active {
        return Err(AppError::conflict(
            "product_archived",
            "This product is archived. Sell it again before you publish it.",
        ));
    }
    let shown = outline.shown(&connected)?;
    if !shown.is_pending() {
        return Ok(all);
    }
    note(app, origin, &connected, &outline, &shown).await?;
    write::carry_out(app, &connected, &outline).await?;
    stripe_sync::sync_now(app, &connected).await?;
    Outline::draw(app, &connected, id).await?.shown(&connected)
}

/// What is wanted, and how much of it is there.
struct Outline {
    product: product::Model,
    product_step: Step,
    wanted: Vec<Wanted>,
    price_steps: Vec<Step>,
    at_stripe: (Vec<Raw<Product>>, Vec<Raw<Price>>),
}

impl Outline {
    /// Only of these plans.
    fn of(mut self, plans: Option<&[PlanId]>) -> Self {
        if let Some(plans) = plans {
            let steps = self.wanted.into_iter().zip(self.price_steps);
            (self.wanted, self.price_steps) =
                steps.filter(|(wanted, _)| plans.contains(&PlanId(wanted.plan))).unzip();
        }
        self
    }

    async fn draw(app: &AppState, connected: &Connected, id: ProductId) -> AppResult<Self> {
        let product = products::find(app.store.read(), id).await?;
        let wanted = wanted(app, id).await?;
        let at_stripe = stripe_sync::listed(connected).await?;
        let listed: Vec<&Product> = at_stripe.0.iter().map(|product| &**product).collect();
        let product_step = steps::product(product.id, &product.name, &listed);
        let listed: Vec<&Price> = at_stripe.1.iter().map(|price| &**price).collect();
        let price_steps = steps::prices(&wanted, product_step.stripe_id.as_deref(), &listed);
        Ok(Self { product, product_step, wanted, price_steps, at_stripe })
    }

    fn shown(&self, connected: &Connected) -> AppResult<Publication> {
        let live = connected.account.live;
        let mut shown = vec![PublishStep {
            name: self.product.name.clone(),
            plan: None,
            price: None,
            trial_days: 0,
            interval: None,
            action: self.product_step.action,
            metadata: format!("{PRODUCT_ID} = {}", self.product.id),
            url: self.product_step.stripe_id.as_deref().map(|id| dashboard_links::product(live, id)),
            stripe_id: self.product_step.stripe_id.clone(),
            problem: None,
        }];
        for (wanted, step) in self.wanted.iter().zip(&self.price_steps) {
            let cannot = step.action == PublishAction::Cannot;
            shown.push(PublishStep {
                name: wanted.name.clone(),
                plan: Some(PlanId(wanted.plan)),
                trial_days: wanted.trial_days,
                price: Some(view::money(wanted.amount, &wanted.currency)?),
                interval: Some(view::interval(&wanted.unit, wanted.count)?),
                action: step.action,
                metadata: format!("{KEY_PARAMS} = {}", wanted.key_params),
                url: step.stripe_id.as_deref().map(|id| dashboard_links::price(live, id)),
                stripe_id: step.stripe_id.clone(),
                problem: wanted.problem().filter(|_| cannot).map(str::to_owned),
            });
        }
        Ok(Publication {
            account: connected.account.id.into(),
            account_name: connected.account.name.clone(),
            live,
            steps: shown,
        })
    }
}

/// A price for each currency of each plan that exists only here and is offered.
async fn wanted(app: &AppState, id: ProductId) -> AppResult<Vec<Wanted>> {
    let connection = app.store.read();
    let of_product = |plan: &plan::Model| plan.product_id == id.0 && plan.offered;
    let plans: Vec<plan::Model> = offline::plans(connection).await?.into_iter().filter(of_product).collect();
    let ids: Vec<i64> = plans.iter().map(|plan| plan.id).collect();
    let prices = offline::prices(connection, &ids).await?;
    let mut wanted = Vec::new();
    for plan in &plans {
        for price in prices.iter().filter(|price| price.plan_id == plan.id) {
            wanted.push(Wanted {
                plan: plan.id,
                name: plan.name.clone(),
                amount: price.amount,
                currency: price.currency.clone(),
                unit: plan.interval_unit.clone(),
                count: plan.interval_count,
                trial_days: plan.trial_days,
                key_params: plan.key_params.clone(),
            });
        }
    }
    Ok(wanted)
}

async fn note(
    app: &AppState,
    origin: &Origin,
    connected: &Connected,
    outline: &Outline,
    shown: &Publication,
) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let entry = Entry {
        action: "product_published",
        subject_kind: "product",
        subject_id: outline.product.id,
        text: format!(
            "{} was published to the Stripe account {}.",
            outline.product.name, connected.account.stripe_id
        ),
        after: Some(json!({"account": connected.account.stripe_id, "steps": shown.steps})),
        ..Entry::default()
    };
    audit::record(&transaction, app.clock.now(), origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}
