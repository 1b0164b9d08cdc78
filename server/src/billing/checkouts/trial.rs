//! The trial of a purchase: one for each customer and product.

use latchkey_shared::ids::CustomerId;
use latchkey_store::{entity::plan, subscriptions};
use latchkey_stripe::params::{CreateCheckoutSession, SubscriptionData, TrialEnd, TrialSettings};
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

/// Puts the plan's days of trial into a purchase, where this customer still has them. It needs no card; a trial that was
/// left without any ends with its days.
pub async fn given<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    plan: &plan::Model,
    params: CreateCheckoutSession,
) -> AppResult<CreateCheckoutSession> {
    let had_one = subscriptions::had_trial(connection, customer, plan.product_id).await?;
    let Some(days) = u32::try_from(plan.trial_days).ok().filter(|days| *days > 0 && !had_one) else {
        return Ok(params);
    };
    let end_behavior = TrialEnd { missing_payment_method: "cancel".to_owned() };
    Ok(CreateCheckoutSession {
        subscription_data: Some(SubscriptionData {
            trial_period_days: Some(days),
            trial_settings: Some(TrialSettings { end_behavior }),
            ..params.subscription_data.unwrap_or_default()
        }),
        payment_method_collection: Some("if_required".to_owned()),
        ..params
    })
}
