//! Beginning a purchase. One is open per customer and product, however many windows ask.

use latchkey_shared::{
    api::portal::CheckoutStarted,
    ids::{CustomerId, UserId},
};
use latchkey_store::{
    checkouts as store,
    entity::{checkout, plan},
    plans, subscriptions,
    sync_jobs::Target,
};
use latchkey_stripe::{
    CheckoutSession, CheckoutStatus, Metadata, Raw,
    params::{CreateCheckoutSession, LineItemParams, SubscriptionData},
};
use sea_orm::ActiveValue::Set;

use super::{PLACEHOLDER, trial};
use crate::{
    audit::{self, Entry, Origin},
    billing::{
        accounts::{self, Connected},
        stripe_customers, stripe_errors, work,
    },
    clock::DAY,
    error::{AppError, AppResult},
    failpoint::{self, Point},
    random,
    state::AppState,
    webshops::shop::Shop,
};

/// How often the open purchase is looked at anew while others are expired or finished beside it.
const ROUNDS: usize = 4;

/// Who buys what.
#[derive(Clone, Debug)]
pub struct Purchase {
    pub customer: CustomerId,
    pub user: UserId,
    pub plan: i64,
    pub origin: Origin,
}

/// Where to pay. The same purchase and address again while it can still be paid; another plan of the same
/// product takes its place.
///
/// # Errors
/// 409 `already_subscribed` where the customer has the product; 409 `not_offered` for a plan that was
/// withdrawn or that their webshop does not sell; 503 without Stripe; 502 where Stripe refuses.
pub async fn start(app: &AppState, purchase: &Purchase) -> AppResult<CheckoutStarted> {
    let plan =
        plans::find(app.store.read(), purchase.plan).await?.ok_or_else(|| AppError::not_found("plan"))?;
    let (Some(account), Some(price)) = (plan.account_id, plan.stripe_price.as_deref()) else {
        return Err(not_offered());
    };
    if !Shop::of_customer(app, purchase.customer).await?.offers(&plan) {
        return Err(not_offered());
    }
    let connected = accounts::by_id(app, account).await?;
    for _ in 0..ROUNDS {
        refuse_second(app, purchase.customer, plan.product_id).await?;
        let open = store::open_one(app.store.read(), purchase.customer, plan.product_id).await?;
        let Some(open) = open else {
            if let Some(paid) = store::paid_one(app.store.read(), purchase.customer, plan.product_id).await? {
                return Ok(at_progress_page(app, &paid));
            }
            begin(app, purchase, &plan, account).await?;
            continue;
        };
        if open.plan_id != plan.id {
            give_way(app, &open).await?;
            continue;
        }
        if let Some(started) = pay_page(app, &connected, purchase, &plan, price, &open).await? {
            return Ok(started);
        }
    }
    Err(AppError::conflict(
        "purchase_in_progress",
        "This purchase is being changed in another window. Try again in a moment.",
    ))
}

fn not_offered() -> AppError {
    AppError::conflict("not_offered", "This plan is no longer offered. Choose another one.")
}

async fn refuse_second(app: &AppState, customer: CustomerId, product: i64) -> AppResult<()> {
    if subscriptions::live_for_product(app.store.read(), customer, product).await?.is_empty() {
        return Ok(());
    }
    Err(AppError::conflict(
        "already_subscribed",
        "You already have a subscription to this product. You find it, and what you can change, under Billing.",
    ))
}

/// Opens a purchase. That another window was quicker is fine: its purchase is the open one then.
async fn begin(app: &AppState, purchase: &Purchase, plan: &plan::Model, account: i64) -> AppResult<()> {
    let now = app.clock.now();
    let id = hex::encode(random::bytes::<16>());
    let row = checkout::ActiveModel {
        id: Set(id),
        customer_id: Set(purchase.customer.0),
        user_id: Set(purchase.user.0),
        account_id: Set(account),
        product_id: Set(plan.product_id),
        plan_id: Set(plan.id),
        session_id: Set(None),
        url: Set(None),
        receipt_url: Set(None),
        subscription_id: Set(None),
        status: Set(store::OPEN.to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
        expires_at: Set(now + DAY),
    };
    let transaction = app.store.begin().await?;
    if store::begin(&transaction, row).await? {
        let entry = Entry {
            action: "checkout_begun",
            subject_kind: "customer",
            subject_id: purchase.customer.0,
            customer_id: Some(purchase.customer.0),
            text: format!("A purchase was begun: {}.", plan.name),
            ..Entry::default()
        };
        audit::record(&transaction, now, &purchase.origin, entry).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The page where an open purchase is paid; `None` where it turned out to be over.
async fn pay_page(
    app: &AppState,
    connected: &Connected,
    purchase: &Purchase,
    plan: &plan::Model,
    price: &str,
    open: &checkout::Model,
) -> AppResult<Option<CheckoutStarted>> {
    let session = match &open.session_id {
        Some(session) => connected.client.checkout_session(session, &[]).await?,
        None => make_session(app, connected, purchase, plan, price, open).await?,
    };
    match (&session.status, &session.url) {
        (CheckoutStatus::Open, Some(url)) => {
            Ok(Some(CheckoutStarted { checkout: open.id.clone(), url: url.clone() }))
        }
        (CheckoutStatus::Complete, _) => {
            // Paid in another window: lead there, and see to the key meanwhile.
            work::converge_now(app, &Target::checkout(open.account_id, &session.id)).await?;
            Ok(Some(at_progress_page(app, open)))
        }
        _ => {
            move_on(app, open, store::EXPIRED).await?;
            Ok(None)
        }
    }
}

/// For a purchase that was paid already: the page that shows how it goes on.
fn at_progress_page(app: &AppState, row: &checkout::Model) -> CheckoutStarted {
    CheckoutStarted { checkout: row.id.clone(), url: app.config.url(&format!("/Portal/Checkout/{}", row.id)) }
}

async fn move_on(app: &AppState, open: &checkout::Model, status: &str) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    store::set_status(&transaction, &open.id, status, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends an open purchase of another plan, unless it was just paid.
async fn give_way(app: &AppState, open: &checkout::Model) -> AppResult<()> {
    let Some(session) = &open.session_id else {
        return move_on(app, open, store::EXPIRED).await;
    };
    // It may have been begun in another account than that of the plan wanted now.
    let connected = accounts::by_id(app, open.account_id).await?;
    if let Err(error) = connected.client.expire_checkout_session(session, None).await {
        if error.is_retryable() {
            return Err(error.into());
        }
        // It is no longer open: paid or expired. Whichever it is, the convergent function finds out.
        return work::converge_now(app, &Target::checkout(open.account_id, session)).await;
    }
    move_on(app, open, store::EXPIRED).await
}

/// Makes Stripe's session. Two windows that ask at once get the same one, since both send the purchase's name.
async fn make_session(
    app: &AppState,
    connected: &Connected,
    purchase: &Purchase,
    plan: &plan::Model,
    price: &str,
    open: &checkout::Model,
) -> AppResult<Raw<CheckoutSession>> {
    let stripe_customer = stripe_customers::ensure(app, connected, purchase.customer).await?;
    let params = session_params(app, purchase, plan, price, open).await?;
    let name = format!("{}:cs:{}", connected.account.stripe_id, open.id);
    let with =
        |customer: &str| CreateCheckoutSession { customer: Some(customer.to_owned()), ..params.clone() };
    let mut made = connected.client.create_checkout_session(&with(&stripe_customer), &name).await;
    if let Err(error) = &made
        && stripe_errors::is_about_customer(error)
    {
        let other = stripe_customers::replace(app, connected, purchase.customer, &stripe_customer).await?;
        made = connected.client.create_checkout_session(&with(&other), &format!("{name}:again")).await;
    }
    let session = match made {
        Ok(session) => session,
        Err(error) => {
            // Stripe repeats a stored failure under the same name, so the next try needs a purchase of its own.
            move_on(app, open, store::FAILED).await?;
            return Err(error.into());
        }
    };
    failpoint::at(Point::SessionMade);
    let expires_at = session.expires_at.map_or(open.expires_at, |seconds| seconds.saturating_mul(1_000));
    let transaction = app.store.begin().await?;
    store::set_session(&transaction, &open.id, &session.id, session.url.as_deref(), expires_at).await?;
    transaction.commit().await?;
    Ok(session)
}

async fn session_params(
    app: &AppState,
    purchase: &Purchase,
    plan: &plan::Model,
    price: &str,
    open: &checkout::Model,
) -> AppResult<CreateCheckoutSession> {
    let metadata = Metadata::from([
        ("skm_temp_var".to_owned(), PLACEHOLDER.to_owned()),
        ("skm_checkout_id".to_owned(), open.id.clone()),
        ("skm_customer_id".to_owned(), purchase.customer.to_string()),
    ]);
    let params = CreateCheckoutSession {
        mode: "subscription".to_owned(),
        client_reference_id: Some(open.id.clone()),
        line_items: vec![LineItemParams { price: price.to_owned(), quantity: Some(1) }],
        success_url: Some(app.config.url(&format!("/Portal/Checkout/{}", open.id))),
        cancel_url: Some(app.config.url(&format!("/Portal/Plans?cancelled={}", open.id))),
        subscription_data: Some(SubscriptionData { metadata, ..SubscriptionData::default() }),
        allow_promotion_codes: Some(true),
        ..CreateCheckoutSession::default()
    };
    trial::given(app.store.read(), purchase.customer, plan, params).await
}
