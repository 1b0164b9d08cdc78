//! Giving a payment back: written down with who and why. What Stripe took is then told to Stripe through the outbox;
//! told twice, Stripe answers with the same refund, since each has a name of its own.

use latchkey_shared::{
    api::transactions::{RefundPayment, Transaction},
    ids::{SubscriptionId, TransactionId},
    money::{Currency, Money},
    status::BlockSource,
    transaction::{RefundReason, RefundThen, TransactionKind, TransactionSource, TransactionState},
};
use latchkey_store::{
    Access,
    entity::{job, transaction_entry as entry},
    subscriptions,
    transactions::{self as store, NewEntry},
};
use latchkey_stripe::{Metadata, StripeErrorKind, params::CreateRefund};
use serde::{Deserialize, Serialize};

use super::{Payer, by_hand, left, payer, view};
use crate::{
    audit::{self, Entry, Origin},
    billing::{
        accounts::{self, Connected},
        history::{givebacks, share_of_tax},
        refund_policy,
    },
    error::{AppError, AppResult},
    failpoint::{self, Point},
    jobs::{self, NewJob},
    random,
    state::AppState,
};

/// The job's kind.
pub const JOB: &str = "stripe_refund";

/// What the job does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Wanted {
    /// The refund's entry.
    entry: i64,
    reason: RefundReason,
    then: RefundThen,
}

/// Writes a refund down and asks Stripe for it where Stripe took the payment. Answers the payment with what is left
/// of it.
///
/// # Errors
/// 409 for what cannot be given back from here, or is given back already; 422 for more than is left.
pub async fn ask(
    app: &AppState,
    origin: &Origin,
    access: Access,
    id: TransactionId,
    form: &RefundPayment,
) -> AppResult<Transaction> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    // Held, so that two people together do not give back more than was paid.
    let payment = store::hold(&transaction, access, id).await?.ok_or_else(view::not_found)?;
    let payer = payer(&payment).ok_or_else(|| {
        let message = "Only a payment that came in can be given back.";
        AppError::conflict("not_refundable", message)
    })?;
    if payer == Payer::Stripe && !form.reference.trim().is_empty() {
        return Err(AppError::field(
            "reference",
            "Stripe gives this payment back and names the refund itself.",
        ));
    }
    let names: Vec<String> = payment.payment_ref.iter().cloned().collect();
    let related = store::of_payments(&transaction, access, payment.account_id, &names).await?;
    let left = left(&payment, &related);
    let words = |minor: i64| {
        Currency::parse(&payment.currency)
            .map_or_else(|_| minor.to_string(), |currency| Money::new(minor, currency).to_string())
    };
    if left <= 0 {
        return Err(AppError::conflict("already_refunded", "This payment was given back already."));
    }
    if form.amount > left {
        return Err(AppError::field("amount", format!("At most {} is left to refund.", words(left))));
    }
    let name = format!("refund:{}", hex::encode(random::bytes::<12>()));
    match payer {
        Payer::Stripe => {
            store::add(&transaction, refund_of(&payment, origin, form, &name, now), now).await?;
        }
        Payer::Staff => {
            by_hand::give_back(app, &transaction, (now, origin), &payment, (&name, form)).await?;
        }
    }
    let written = store::by_ref(&transaction, access, payment.account_id, &name).await?;
    let written = written.ok_or_else(|| AppError::internal("a refund was not written"))?;
    let entry = Entry {
        action: "payment_refunded",
        subject_kind: "transaction",
        subject_id: payment.id,
        customer_id: Some(payment.customer_id),
        text: match payer {
            Payer::Stripe => format!("A refund of {} was asked for.", words(form.amount)),
            Payer::Staff => format!("{} was given back by hand.", words(form.amount)),
        },
        after: Some(serde_json::json!({"amount": form.amount, "then": form.then, "refund": written.id})),
        reason: format!("{}. {}", form.reason.label(), form.note.trim()).trim().to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    if payer == Payer::Stripe {
        let wanted = Wanted { entry: written.id, reason: form.reason, then: form.then };
        let job = NewJob {
            kind: JOB,
            dedup_key: Some(name),
            payload: serde_json::to_value(&wanted).map_err(AppError::internal)?,
        };
        jobs::enqueue(&transaction, now, job).await?;
    }
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    view::show(app, access, id).await
}

/// The entry of a refund, pending.
pub fn refund_of(
    payment: &entry::Model,
    origin: &Origin,
    form: &RefundPayment,
    name: &str,
    now: i64,
) -> NewEntry {
    let source = TransactionSource::parse(origin.source).unwrap_or(TransactionSource::Staff);
    let tax = share_of_tax(payment.tax, form.amount, payment.gross);
    NewEntry {
        subscription: payment.subscription_id,
        product: payment.product_id,
        account: payment.account_id,
        state: TransactionState::Pending,
        net: tax - form.amount,
        tax: -tax,
        currency: payment.currency.clone(),
        method: payment.method.clone(),
        reference: payment.reference.clone(),
        payment_ref: payment.payment_ref.clone(),
        reason: form.reason.label().to_owned(),
        note: form.note.trim().to_owned(),
        actor: origin.name.clone().map(|name| (origin.id, name)),
        ..NewEntry::of(payment.customer_id, TransactionKind::Refund, source, name, now)
    }
}

/// Does the job. An error means: try again.
pub async fn perform(app: &AppState, job: &job::Model) -> AppResult<()> {
    let wanted = wanted(job)?;
    let Some(row) = store::find(app.store.read(), Access::All, TransactionId(wanted.entry)).await? else {
        return Ok(());
    };
    let connected = accounts::by_id(app, row.account_id).await?;
    if row.state == TransactionState::Pending.as_str() && !tell(app, &connected, &row, &wanted).await? {
        return Ok(());
    }
    let Some(subscription) = row.subscription_id else { return Ok(()) };
    match wanted.then {
        RefundThen::Keep => {}
        RefundThen::Block => {
            let transaction = app.store.begin().await?;
            let by = (app.clock.now(), &asked_by(&row));
            refund_policy::block(&transaction, by, subscription, BlockSource::Staff).await?;
            transaction.commit().await?;
        }
        RefundThen::End => {
            let found =
                subscriptions::find(app.store.read(), Access::All, SubscriptionId(subscription)).await?;
            if let Some(stripe_id) = found.and_then(|row| row.stripe_id) {
                refund_policy::end(app, &connected, &stripe_id).await?;
            }
        }
    }
    Ok(())
}

/// Who asked for a refund.
fn asked_by(row: &entry::Model) -> Origin {
    let source = TransactionSource::parse(&row.source).unwrap_or(TransactionSource::Staff);
    Origin { id: row.actor_id, name: row.actor_name.clone(), ..Origin::system(source.as_str()) }
}

/// Asks Stripe for it and keeps the answer; false where Stripe refused.
async fn tell(app: &AppState, connected: &Connected, row: &entry::Model, wanted: &Wanted) -> AppResult<bool> {
    let params = CreateRefund {
        payment_intent: row.payment_ref.clone(),
        amount: Some(-row.gross),
        reason: (wanted.reason != RefundReason::Other).then(|| wanted.reason.as_str().to_owned()),
        metadata: Metadata::from([(givebacks::ASKED_BY.to_owned(), row.unique_ref.clone())]),
        ..CreateRefund::default()
    };
    let name = format!("{}:{}", connected.account.stripe_id, row.unique_ref);
    let refund = match connected.client.create_refund(&params, &name).await {
        Ok(refund) => refund,
        Err(error) if error.kind == StripeErrorKind::InvalidRequest => {
            refused(app, row, &error.message).await?;
            return Ok(false);
        }
        Err(error) => return Err(error.into()),
    };
    failpoint::at(Point::StripeTold);
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let names: Vec<String> = row.payment_ref.iter().cloned().collect();
    let related = store::of_payments(&transaction, Access::All, row.account_id, &names).await?;
    let payment = related.iter().find(|row| row.kind == TransactionKind::Payment.as_str());
    let owner = givebacks::Owner { account: row.account_id, customer: row.customer_id, payment };
    store::keep(&transaction, givebacks::refund(&refund, owner), now).await?;
    transaction.commit().await?;
    Ok(true)
}

/// After the last try.
pub async fn give_up(app: &AppState, job: &job::Model, error: &AppError) -> AppResult<()> {
    let wanted = wanted(job)?;
    match store::find(app.store.read(), Access::All, TransactionId(wanted.entry)).await? {
        Some(row) if row.state == TransactionState::Pending.as_str() => {
            refused(app, &row, &error.to_string()).await
        }
        _ => Ok(()),
    }
}

async fn refused(app: &AppState, row: &entry::Model, why: &str) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    store::failed(&transaction, row, why, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(())
}

fn wanted(job: &job::Model) -> AppResult<Wanted> {
    serde_json::from_value(job.payload.clone()).map_err(AppError::internal)
}
