//! Saying which customer a Stripe customer is.

use latchkey_shared::{
    api::attention::{Attention, LinkCustomer},
    attention::AttentionAction,
};
use latchkey_store::{Access, customers, stripe_customers};
use latchkey_stripe::{Expandable, Metadata, params::CustomerParams};

use super::Open;
use crate::{
    audit::Origin,
    error::{AppError, AppResult},
    state::AppState,
};

/// Ties the Stripe customer here, and writes `skm_customer_id` at Stripe.
///
/// # Errors
/// Field errors; 409 where the Stripe customer is somebody else's; 502 where Stripe does not answer.
pub async fn link(app: &AppState, origin: &Origin, id: i64, form: &LinkCustomer) -> AppResult<Attention> {
    let open = Open::load(app, id, AttentionAction::LinkCustomer).await?;
    let (connected, stripe_id) = open.at_stripe(app).await?;
    let account = connected.account.id;
    if customers::find(app.store.read(), Access::All, form.customer).await?.is_none() {
        return Err(AppError::field("customer", format!("There is no customer {}.", form.customer)));
    }
    let subscription = connected.client.subscription(&stripe_id, &[]).await?;
    let payer = subscription.customer.as_ref().map(Expandable::id).unwrap_or_default().to_owned();
    let owner = stripe_customers::owner(app.store.read(), account, &payer).await?;
    if let Some(owner) = owner.filter(|owner| *owner != form.customer) {
        let message = format!("The Stripe customer {payer} is customer {owner} already.");
        return Err(AppError::conflict("customer_taken", message));
    }
    // First at Stripe: should this be cut short, the next sync learns it from there.
    let change = CustomerParams {
        metadata: Metadata::from([("skm_customer_id".to_owned(), form.customer.to_string())]),
        ..CustomerParams::default()
    };
    connected.client.update_customer(&payer, &change, None).await?;
    let transaction = app.store.begin().await?;
    stripe_customers::tie(&transaction, account, &payer, form.customer, app.clock.now()).await?;
    let text = format!("Stripe customer {payer} was linked to customer {}.", form.customer);
    open.note(app, transaction, origin, &text, &form.reason).await?;
    open.settle(app).await;
    open.answer(app, AttentionAction::LinkCustomer).await
}
