//! What becomes of a licence when all that was paid for it is given back, or the bank takes it: as the vendor says.
//! Each refund and each turn of a dispute is decided about once, and what people decide afterwards stays.

use latchkey_shared::{attention::AttentionCode, status::BlockSource, transaction::RefundThen};
use latchkey_store::{
    attention as attention_store,
    entity::{job, licence_key},
    keys, subscription_keys,
    sync_jobs::Target,
};
use latchkey_stripe::{StripeError, StripeErrorKind, params::CancelSubscription};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    billing::{
        accounts::{self, Connected},
        work,
    },
    error::{AppError, AppResult},
    jobs::{self, NewJob},
    state::AppState,
    vendor,
};

/// The job that ends a subscription at Stripe.
pub const JOB: &str = "stripe_end_subscription";

/// Why the rule is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// All of a payment was given back at Stripe.
    Refunded,
    /// The bank has taken a payment back for the time being.
    Disputed,
    /// The bank has decided against the vendor.
    DisputeLost,
}

impl Cause {
    const fn action(self) -> &'static str {
        match self {
            Self::Refunded => "refund_policy_applied",
            Self::Disputed => "dispute_policy_applied",
            Self::DisputeLost => "lost_dispute_policy_applied",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Refunded => "All that was paid was given back",
            Self::Disputed => "The payment is disputed",
            Self::DisputeLost => "A dispute was lost",
        }
    }

    /// What a person decides instead where the rule is to do nothing.
    const fn code(self) -> AttentionCode {
        match self {
            Self::Refunded => AttentionCode::RefundToDecide,
            Self::Disputed => AttentionCode::DisputeOpened,
            Self::DisputeLost => AttentionCode::DisputeLost,
        }
    }
}

/// A payment of which the money went back.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    pub account: i64,
    /// The subscription at Stripe that it was paid for.
    pub stripe_id: &'a str,
    /// The charge or dispute.
    pub occurrence: &'a str,
    /// The subscription here, and whose it is.
    pub contract: Option<(i64, i64)>,
    /// The payment's entry in the history.
    pub payment: Option<i64>,
}

/// The vendor's rule.
pub async fn rule<C: ConnectionTrait>(connection: &C) -> AppResult<RefundThen> {
    let row = vendor::load(connection).await?;
    Ok(RefundThen::parse(&row.full_refund).unwrap_or_default())
}

/// Applies the vendor's rule, once; answers whether a person must decide instead.
pub async fn apply<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    cause: Cause,
    taken: Taken<'_>,
) -> AppResult<bool> {
    let rule = rule(connection).await?;
    let (Some((subscription, customer)), Some(payment)) = (taken.contract, taken.payment) else {
        return Ok(true);
    };
    let code = cause.code().as_str();
    if rule == RefundThen::Keep
        || attention_store::was_raised(connection, code, taken.account, taken.stripe_id, taken.occurrence)
            .await?
    {
        return Ok(true);
    }
    if was_applied(connection, cause, payment).await? {
        return Ok(false);
    }
    let origin = Origin::system("stripe");
    // While the bank has not decided, nothing is done that cannot be taken back.
    let done = if rule == RefundThen::End && cause != Cause::Disputed {
        end_later(connection, now, taken.account, taken.stripe_id).await?;
        "the subscription ends"
    } else {
        block(connection, (now, &origin), subscription, BlockSource::Refund).await?;
        "its keys are blocked"
    };
    let entry = Entry {
        action: cause.action(),
        subject_kind: "transaction",
        subject_id: payment,
        customer_id: Some(customer),
        text: format!("{}: {done}, as the settings say.", cause.words()),
        after: Some(json!({"rule": rule, "subscription": subscription, "object": taken.occurrence})),
        ..Entry::default()
    };
    audit::record(connection, now, &origin, entry).await?;
    Ok(false)
}

async fn was_applied<C: ConnectionTrait>(connection: &C, cause: Cause, payment: i64) -> AppResult<bool> {
    let entries = audit::of_subject(connection, "transaction", payment, 100).await?;
    Ok(entries.iter().any(|entry| entry.action == cause.action()))
}

/// Blocks the keys of a subscription that are not blocked yet.
pub async fn block<C: ConnectionTrait>(
    connection: &C,
    by: (i64, &Origin),
    subscription: i64,
    source: BlockSource,
) -> AppResult<()> {
    for (_, key) in subscription_keys::of_subscription(connection, subscription).await? {
        if !key.blocked {
            set(connection, by, key, Some(source)).await?;
        }
    }
    Ok(())
}

/// Lifts what [`apply`] blocked: the money is the vendor's again.
pub async fn lift<C: ConnectionTrait>(
    connection: &C,
    by: (i64, &Origin),
    subscription: i64,
) -> AppResult<()> {
    for (_, key) in subscription_keys::of_subscription(connection, subscription).await? {
        if key.blocked && key.block_source.as_deref() == Some(BlockSource::Refund.as_str()) {
            set(connection, by, key, None).await?;
        }
    }
    Ok(())
}

async fn set<C: ConnectionTrait>(
    connection: &C,
    (now, origin): (i64, &Origin),
    key: licence_key::Model,
    source: Option<BlockSource>,
) -> AppResult<()> {
    let state = |key: &licence_key::Model| json!({"blocked": key.blocked, "block_source": key.block_source});
    let before = state(&key);
    let source = source.map(|source| source.as_str().to_owned());
    let row = licence_key::Model { blocked: source.is_some(), block_source: source, ..key };
    let key = keys::save(connection, row, now).await?.ok_or_else(AppError::stale)?;
    let (action, done) = if key.blocked {
        ("key_blocked", "blocked, since the money went back")
    } else {
        ("key_unblocked", "unblocked, since the money did not go back")
    };
    let entry = Entry {
        action,
        subject_kind: "key",
        subject_id: key.id,
        customer_id: key.customer_id,
        text: format!("Licence key {} was {done}.", key.number),
        before: Some(before),
        after: Some(state(&key)),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}

/// Has a subscription ended at Stripe, on the caller's transaction.
async fn end_later<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    account: i64,
    stripe_id: &str,
) -> AppResult<()> {
    let job = NewJob {
        kind: JOB,
        dedup_key: Some(format!("{JOB}:{account}:{stripe_id}")),
        payload: json!({"account": account, "subscription": stripe_id}),
    };
    jobs::enqueue(connection, now, job).await
}

/// Does the job. An error means: try again.
pub async fn perform(app: &AppState, job: &job::Model) -> AppResult<()> {
    let account = job.payload["account"].as_i64().unwrap_or_default();
    let stripe_id = job.payload["subscription"].as_str().unwrap_or_default();
    end(app, &accounts::by_id(app, account).await?, stripe_id).await
}

/// Ends a subscription at Stripe unless it is over, and has it fetched.
pub async fn end(app: &AppState, connected: &Connected, stripe_id: &str) -> AppResult<()> {
    let over = |error: &StripeError| error.is_not_found() || error.kind == StripeErrorKind::InvalidRequest;
    match connected.client.cancel_subscription(stripe_id, &CancelSubscription::default()).await {
        Err(error) if !over(&error) => return Err(error.into()),
        _ => {}
    }
    let transaction = app.store.begin().await?;
    let target = Target::subscription(connected.account.id, stripe_id);
    work::request(&transaction, &target, app.clock.now()).await?;
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}
