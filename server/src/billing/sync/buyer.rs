//! Which customer a Stripe subscription belongs to.

use latchkey_shared::ids::CustomerId;
use latchkey_store::{Access, customers, stripe_customers};
use latchkey_stripe::Subscription;
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

/// The metadata that names a customer of Latchkey, on Stripe's customers and subscriptions.
const CUSTOMER_ID: &str = "skm_customer_id";

/// The tie made here before the purchase counts; without one, what the metadata say, which is then kept.
pub async fn resolve<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    account: i64,
    subscription: &Subscription,
) -> AppResult<Option<CustomerId>> {
    let Some(stripe_customer) = &subscription.customer else { return Ok(None) };
    if let Some(owner) = stripe_customers::owner(connection, account, stripe_customer.id()).await? {
        return Ok(Some(owner));
    }
    let of_customer = stripe_customer.object().and_then(|customer| customer.metadata.get(CUSTOMER_ID));
    let Some(named) = of_customer.or_else(|| subscription.metadata.get(CUSTOMER_ID)) else { return Ok(None) };
    let Ok(id) = named.trim().parse::<i64>() else { return Ok(None) };
    let Some(customer) = customers::find(connection, Access::All, CustomerId(id)).await? else {
        return Ok(None);
    };
    let id = CustomerId(customer.id);
    stripe_customers::tie(connection, account, stripe_customer.id(), id, now).await?;
    Ok(Some(id))
}

/// The Stripe customer of a subscription as a person would look for them: name, address and `cus_…`.
pub fn described(subscription: &Subscription) -> String {
    let Some(customer) = &subscription.customer else { return String::new() };
    let known = customer.object();
    let said = [known.and_then(|known| known.name.clone()), known.and_then(|known| known.email.clone())];
    let said: Vec<String> = said.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    if said.is_empty() {
        return format!("Stripe customer {}.", customer.id());
    }
    format!("{}, Stripe customer {}.", said.join(", "), customer.id())
}
