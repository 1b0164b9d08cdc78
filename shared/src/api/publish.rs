//! Publishing a product and its plans to Stripe.

use serde::{Deserialize, Serialize};

use crate::{
    api::catalog::Interval,
    ids::{PlanId, StripeAccountId},
    money::Money,
};

/// Publish a product and its plans.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublishProduct {
    /// Only these plans; absent: all that are offered.
    #[garde(inner(length(max = 1_000)))]
    #[serde(default)]
    pub plans: Option<Vec<PlanId>>,
}

/// What publishing does, or, once it is done, that nothing is left to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Publication {
    /// The account that it is published to.
    pub account: StripeAccountId,
    pub account_name: String,
    pub live: bool,
    /// The product first, then a step for each price of its plans.
    pub steps: Vec<PublishStep>,
}

impl Publication {
    /// Whether anything is to be written.
    pub fn is_pending(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.action, PublishAction::Create | PublishAction::FillIn))
    }
}

/// One object at Stripe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishStep {
    pub name: String,
    /// Absent: the product.
    pub plan: Option<PlanId>,
    pub price: Option<Money>,
    pub interval: Option<Interval>,
    /// With how many days of trial it can begin; 0: none.
    pub trial_days: i64,
    pub action: PublishAction,
    /// What is written into its metadata, such as `skm_product_id = 7`.
    pub metadata: String,
    /// `prod_…` or `price_…`, where it is there.
    pub stripe_id: Option<String>,
    /// Its page in Stripe's dashboard.
    pub url: Option<String>,
    /// Why it cannot be made.
    pub problem: Option<String>,
}

/// What becomes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PublishAction {
    /// It is made.
    Create,
    /// It is there; metadata that it lacks is written.
    FillIn,
    /// It is there as it should be.
    There,
    /// Stripe does not bill such a plan.
    Cannot,
}
