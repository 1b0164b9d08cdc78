//! Refunds and disputes as entries.

use latchkey_shared::transaction::{TransactionKind, TransactionSource, TransactionState};
use latchkey_store::{entity::transaction_entry, transactions::NewEntry};
use latchkey_stripe::{Dispute, DisputeStatus, Expandable, Refund};
use serde_json::json;

use super::tax_given_back;

/// The name in a refund's metadata of the entry that asked for it.
pub const ASKED_BY: &str = "latchkey_transaction";

/// Whose money went back.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    pub account: i64,
    pub customer: i64,
    /// The payment it was taken of, where it is known here.
    pub payment: Option<&'a transaction_entry::Model>,
}

/// A refund. One that was asked for here is the entry that asked for it.
pub fn refund(refund: &Refund, owner: Owner<'_>) -> NewEntry {
    let tax = tax_given_back(owner.payment, refund.amount);
    let name = refund.metadata.get(ASKED_BY).unwrap_or(&refund.id).clone();
    NewEntry {
        state: match refund.status.as_deref() {
            Some("failed" | "canceled") => TransactionState::Failed,
            Some("pending" | "requires_action") => TransactionState::Pending,
            _ => TransactionState::Done,
        },
        net: tax - refund.amount,
        tax: -tax,
        reason: reason(refund.reason.as_deref()),
        details: json!({"refund": refund.id}),
        ..entry(owner, TransactionKind::Refund, name, refund.created, &refund.currency)
    }
    .tied_to(refund.payment_intent.as_ref().map(Expandable::id))
}

/// A dispute. The bank takes the money when it begins and gives it back when it decides for the vendor; while it
/// only asks, nothing moves.
pub fn dispute(dispute: &Dispute, intent: Option<&str>, owner: Owner<'_>) -> NewEntry {
    let state = match dispute.status {
        DisputeStatus::Lost => TransactionState::Lost,
        DisputeStatus::Won | DisputeStatus::WarningClosed | DisputeStatus::Prevented => TransactionState::Won,
        _ => TransactionState::Open,
    };
    let amount = if is_gone(dispute) { dispute.amount } else { 0 };
    let tax = tax_given_back(owner.payment, amount);
    NewEntry {
        state,
        net: tax - amount,
        tax: -tax,
        asked: dispute.amount,
        reason: dispute.reason.replace('_', " "),
        details: json!({"dispute": dispute.id, "status": dispute.status.as_str()}),
        ..entry(owner, TransactionKind::Dispute, dispute.id.clone(), dispute.created, &dispute.currency)
    }
    .tied_to(dispute.payment_intent.as_ref().map(Expandable::id).or(intent))
}

/// Whether the bank has the money: it takes it when the dispute begins, and keeps it unless it decides for the vendor.
pub fn is_gone(dispute: &Dispute) -> bool {
    !matches!(
        dispute.status,
        DisputeStatus::Won
            | DisputeStatus::WarningClosed
            | DisputeStatus::Prevented
            | DisputeStatus::WarningNeedsResponse
            | DisputeStatus::WarningUnderReview
    )
}

fn entry(owner: Owner<'_>, kind: TransactionKind, name: String, created: i64, currency: &str) -> NewEntry {
    let payment = owner.payment;
    NewEntry {
        account: owner.account,
        subscription: payment.and_then(|payment| payment.subscription_id),
        product: payment.and_then(|payment| payment.product_id),
        currency: currency.to_uppercase(),
        method: "stripe".to_owned(),
        reference: payment.map(|payment| payment.reference.clone()).unwrap_or_default(),
        payment_ref: payment.and_then(|payment| payment.payment_ref.clone()),
        ..NewEntry::of(owner.customer, kind, TransactionSource::Stripe, name, created.saturating_mul(1_000))
    }
}

/// Stripe's three words, in words.
fn reason(word: Option<&str>) -> String {
    word.map(|word| word.replace('_', " ")).unwrap_or_default()
}

trait Tied {
    fn tied_to(self, intent: Option<&str>) -> Self;
}

impl Tied for NewEntry {
    fn tied_to(self, intent: Option<&str>) -> Self {
        let payment_ref = self.payment_ref.or_else(|| intent.map(str::to_owned));
        Self { payment_ref, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> Owner<'static> {
        Owner { account: 1, customer: 2, payment: None }
    }

    #[test]
    fn a_refund_is_what_asked_for_it_and_counts_when_it_is_done() {
        let read = |status: &str, metadata: serde_json::Value| -> NewEntry {
            let told = json!({"id": "re_1", "amount": 500, "currency": "eur", "status": status,
                "payment_intent": "pi_1", "created": 9, "metadata": metadata});
            refund(&serde_json::from_value(told).unwrap(), owner())
        };
        let done = read("succeeded", json!({}));
        assert_eq!((done.unique_ref.as_str(), done.net, done.tax), ("re_1", -500, 0));
        assert_eq!((done.state, done.payment_ref.as_deref()), (TransactionState::Done, Some("pi_1")));
        let asked = read("pending", json!({ASKED_BY: "refund:7"}));
        assert_eq!((asked.unique_ref.as_str(), asked.state), ("refund:7", TransactionState::Pending));
        assert_eq!(read("failed", json!({})).state, TransactionState::Failed);
    }

    #[test]
    fn a_disputed_payment_is_gone_unless_the_bank_only_asks_or_decides_for_the_vendor() {
        for (status, state, gross) in [
            ("needs_response", TransactionState::Open, -900),
            ("under_review", TransactionState::Open, -900),
            ("warning_needs_response", TransactionState::Open, 0),
            ("warning_closed", TransactionState::Won, 0),
            ("won", TransactionState::Won, 0),
            ("lost", TransactionState::Lost, -900),
        ] {
            let told =
                json!({"id": "du_1", "amount": 900, "currency": "eur", "status": status, "created": 9});
            let entry = dispute(&serde_json::from_value(told).unwrap(), Some("pi_1"), owner());
            assert_eq!((entry.state, entry.net + entry.tax, entry.asked), (state, gross, 900), "{status}");
        }
    }
}
