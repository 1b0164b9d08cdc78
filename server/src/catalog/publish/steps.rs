//! What is at Stripe already, and what is to be made or completed: pure, so that it can be decided again at any time.

use latchkey_shared::api::publish::PublishAction;
use latchkey_stripe::{Expandable, Price, Product};

/// Names the product of Latchkey on a product at Stripe.
pub const PRODUCT_ID: &str = "skm_product_id";
/// Carries the licence parameters on a price at Stripe.
pub const KEY_PARAMS: &str = "skm";
/// Names the plan of Latchkey that a price was made from.
pub const PLAN_ID: &str = "skm_plan_id";

/// What is known of an object at Stripe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub action: PublishAction,
    /// Absent until it is made.
    pub stripe_id: Option<String>,
}

impl Step {
    const fn create() -> Self {
        Self { action: PublishAction::Create, stripe_id: None }
    }

    fn found(id: &str, complete: bool) -> Self {
        let action = if complete { PublishAction::There } else { PublishAction::FillIn };
        Self { action, stripe_id: Some(id.to_owned()) }
    }
}

/// A price that a plan is to have at Stripe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub plan: i64,
    pub name: String,
    /// Minor units.
    pub amount: i64,
    /// Upper-case ISO currency.
    pub currency: String,
    /// `day`, `month`, `year`.
    pub unit: String,
    pub count: i64,
    /// With how many days of trial it can begin; 0: none.
    pub trial_days: i64,
    /// The text of `skm`.
    pub key_params: String,
}

impl Wanted {
    /// Why Stripe does not bill it: its longest interval is three years.
    pub fn problem(&self) -> Option<&'static str> {
        let longest = match self.unit.as_str() {
            "day" => 1095,
            "week" => 156,
            "month" => 36,
            _ => 3,
        };
        (self.count > longest).then_some("Stripe bills at least every three years, so this plan stays here.")
    }
}

/// The product at Stripe: the one that names ours, else one of the same name that names none.
pub fn product(id: i64, name: &str, at_stripe: &[&Product]) -> Step {
    let wanted = id.to_string();
    let says = |product: &Product| product.metadata.get(PRODUCT_ID).map(|text| text.trim().to_owned());
    let sold = || at_stripe.iter().filter(|product| product.active);
    if let Some(ours) = sold().find(|product| says(product).as_deref() == Some(&wanted)) {
        return Step::found(&ours.id, true);
    }
    let nameless = |product: &&&Product| product.name == name && says(product).unwrap_or_default().is_empty();
    sold().find(nameless).map_or_else(Step::create, |product| Step::found(&product.id, false))
}

/// The prices of a product at Stripe, one step for each that is wanted. A price is a plan's if it says so; else if it
/// costs the same as often, after the same trial, and says neither that it is another's nor other licence parameters.
pub fn prices(wanted: &[Wanted], stripe_product: Option<&str>, at_stripe: &[&Price]) -> Vec<Step> {
    let of_product = |price: &&&Price| {
        let product = price.product.as_ref().map(Expandable::id);
        price.active && stripe_product.is_some() && product == stripe_product
    };
    let mut free: Vec<&Price> = at_stripe.iter().filter(of_product).copied().collect();
    let mut steps = vec![None; wanted.len()];
    for by_name in [true, false] {
        for (wanted, step) in wanted.iter().zip(&mut steps) {
            if step.is_some() {
                continue;
            }
            let Some(place) = free.iter().position(|price| matches(wanted, price, by_name)) else { continue };
            let price = free.swap_remove(place);
            *step = Some(Step::found(&price.id, !said(price, KEY_PARAMS).is_empty()));
        }
    }
    let steps = wanted.iter().zip(steps);
    steps
        .map(|(wanted, step)| {
            let cannot = wanted.problem().map(|_| Step { action: PublishAction::Cannot, stripe_id: None });
            step.or(cannot).unwrap_or_else(Step::create)
        })
        .collect()
}

fn said<'a>(price: &'a Price, name: &str) -> &'a str {
    price.metadata.get(name).map_or("", |text| text.trim())
}

/// Whether a price is what is wanted: `by_name` that it says so itself, else that nothing it says is against it.
pub fn matches(wanted: &Wanted, price: &Price, by_name: bool) -> bool {
    let every = price.recurring.as_ref().is_some_and(|recurring| {
        recurring.interval == wanted.unit
            && recurring.interval_count.max(1) == wanted.count
            && recurring.trial_period_days.unwrap_or_default() == wanted.trial_days
            && recurring.usage_type != "metered"
    });
    let costs = price.unit_amount == Some(wanted.amount)
        && price.currency.eq_ignore_ascii_case(&wanted.currency)
        && price.billing_scheme != "tiered";
    let (plan, params) = (said(price, PLAN_ID), said(price, KEY_PARAMS));
    let is_ours = if by_name {
        plan == wanted.plan.to_string()
    } else {
        plan.is_empty() && (params.is_empty() || params == wanted.key_params)
    };
    every && costs && is_ours
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;
