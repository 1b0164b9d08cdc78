//! Giving back what was paid by bank transfer or in cash: staff pay it back themselves, so it is written down as done,
//! and what becomes of the subscription happens with it.

use latchkey_shared::{
    api::transactions::RefundPayment,
    ids::SubscriptionId,
    status::BlockSource,
    transaction::{RefundThen, TransactionState},
};
use latchkey_store::{
    Access,
    entity::transaction_entry as entry,
    subscriptions,
    transactions::{self as store, NewEntry},
};
use sea_orm::DatabaseTransaction;

use super::refund::refund_of;
use crate::{
    audit::Origin, billing::refund_policy, error::AppResult, state::AppState, subscriptions::changes,
};

/// Writes the refund down on the caller's transaction; `name` makes it this one and no other.
pub async fn give_back(
    app: &AppState,
    transaction: &DatabaseTransaction,
    (now, origin): (i64, &Origin),
    payment: &entry::Model,
    (name, form): (&str, &RefundPayment),
) -> AppResult<()> {
    // What belongs together is found by the payment's name, which those that came in by hand have none of.
    let payment_ref = format!("payment:{}", payment.id);
    store::name_payment(transaction, payment.id, &payment_ref, now).await?;
    let reference = form.reference.trim();
    let mut new = NewEntry {
        state: TransactionState::Done,
        payment_ref: Some(payment_ref),
        ..refund_of(payment, origin, form, name, now)
    };
    if !reference.is_empty() {
        reference.clone_into(&mut new.reference);
    }
    store::add(transaction, new, now).await?;
    let Some(subscription) = payment.subscription_id else { return Ok(()) };
    match form.then {
        RefundThen::Keep => Ok(()),
        RefundThen::Block => {
            refund_policy::block(transaction, (now, origin), subscription, BlockSource::Staff).await
        }
        RefundThen::End => {
            let row = subscriptions::find(transaction, Access::All, SubscriptionId(subscription)).await?;
            match row.filter(|row| row.ended_at.is_none()) {
                Some(row) => changes::end_at_once(app, transaction, (now, origin), row, &form.note).await,
                None => Ok(()),
            }
        }
    }
}
