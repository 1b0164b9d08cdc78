//! A purchase that the vendor's own program begins for a customer. Its key is made like any other's, when Stripe says
//! that it is paid.

use latchkey_shared::ids::CustomerId;
use latchkey_store::{Access, customers, entity::plan, subscriptions};
use latchkey_stripe::{
    Metadata,
    params::{CreateCheckoutSession, LineItemParams, SubscriptionData},
};

use super::{PLACEHOLDER, trial};
use crate::{
    audit::{self, Entry, Origin},
    billing::{accounts, stripe_customers},
    error::{AppError, AppResult},
    random,
    state::AppState,
    webshops::shop::Shop,
};

/// What is to be bought by whom.
#[derive(Clone, Debug)]
pub struct Asked {
    pub customer: CustomerId,
    pub plan: plan::Model,
    /// Kept with the subscription at Stripe.
    pub note: String,
    /// When the page stops working, seconds since 1970.
    pub expires: Option<i64>,
}

/// Stripe's page.
#[derive(Clone, Debug)]
pub struct Session {
    /// `cs_…`
    pub id: String,
    pub url: String,
}

/// Opens the page.
///
/// # Errors
/// 404 for an unknown customer; 409 where the plan is not offered or the customer has the product; 502 and 503 as
/// Stripe has it.
pub async fn start(app: &AppState, origin: &Origin, asked: Asked) -> AppResult<Session> {
    let Asked { customer, plan, note, expires } = asked;
    let connection = app.store.read();
    customers::find(connection, Access::All, customer)
        .await?
        .ok_or_else(|| AppError::not_found("customer"))?;
    let offered = Shop::of_customer(app, customer).await?.offers(&plan);
    let (Some(account), Some(price), true) = (plan.account_id, &plan.stripe_price, offered) else {
        return Err(AppError::conflict("not_offered", "This plan is not offered to this customer."));
    };
    if !subscriptions::live_for_product(connection, customer, plan.product_id).await?.is_empty() {
        return Err(AppError::conflict(
            "already_subscribed",
            "This customer already has a subscription to the product.",
        ));
    }
    let connected = accounts::by_id(app, account).await?;
    let stripe_customer = stripe_customers::ensure(app, &connected, customer).await?;
    let mut metadata = Metadata::from([
        ("skm_temp_var".to_owned(), PLACEHOLDER.to_owned()),
        ("skm_customer_id".to_owned(), customer.to_string()),
    ]);
    if !note.is_empty() {
        // Stripe keeps 500 characters.
        metadata.insert("metadata".to_owned(), note.chars().take(500).collect());
    }
    let params = CreateCheckoutSession {
        mode: "subscription".to_owned(),
        customer: Some(stripe_customer),
        line_items: vec![LineItemParams { price: price.clone(), quantity: Some(1) }],
        success_url: Some(app.config.url("/Portal/Licences")),
        cancel_url: Some(app.config.url("/Portal/Plans")),
        expires_at: expires,
        subscription_data: Some(SubscriptionData { metadata, ..SubscriptionData::default() }),
        ..CreateCheckoutSession::default()
    };
    let params = trial::given(connection, customer, &plan, params).await?;
    // Each call is a page of its own; the name only saves a retry within this call from opening two.
    let name = format!("{}:cs:api:{}", connected.account.stripe_id, hex::encode(random::bytes::<16>()));
    let made = connected.client.create_checkout_session(&params, &name).await?;
    let transaction = app.store.begin().await?;
    let entry = Entry {
        action: "checkout_begun",
        subject_kind: "customer",
        subject_id: customer.0,
        customer_id: Some(customer.0),
        text: format!("A program opened a pay page for {}.", plan.name),
        ..Entry::default()
    };
    audit::record(&transaction, app.clock.now(), origin, entry).await?;
    transaction.commit().await?;
    Ok(Session { id: made.id.clone(), url: made.url.clone().unwrap_or_default() })
}
