//! The history of customers, as staff work with it.
//!
//! | where | what |
//! | --- | --- |
//! | [`view`] | the list, its sums, one entry with what belongs to it |
//! | [`refund`] | giving a payment back, through the outbox |
//! | [`export`] | money for the bookkeeper, as CSV |

pub mod export;
pub mod refund;
pub mod view;

use latchkey_shared::transaction::{TransactionKind, TransactionState};
use latchkey_store::entity::transaction_entry as entry;

/// What is left of a payment, minor units: what was paid less what was given back or is about to be, and less what
/// a dispute took.
fn left(payment: &entry::Model, related: &[entry::Model]) -> i64 {
    let gone = related.iter().filter(|row| {
        let kind = TransactionKind::parse(&row.kind);
        matches!(kind, Some(TransactionKind::Refund | TransactionKind::Dispute))
            && row.state != TransactionState::Failed.as_str()
    });
    gone.fold(payment.gross, |left, row| left.saturating_add(row.gross))
}

/// Whether Stripe took it, so that Stripe can give it back.
fn is_refundable(row: &entry::Model) -> bool {
    row.kind == TransactionKind::Payment.as_str()
        && row.state == TransactionState::Done.as_str()
        && row.payment_ref.as_deref().is_some_and(|name| name.starts_with("pi_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: &str, state: &str, gross: i64) -> entry::Model {
        entry::Model {
            id: 1,
            customer_id: 1,
            subscription_id: None,
            product_id: None,
            account_id: 1,
            unique_ref: String::new(),
            kind: kind.to_owned(),
            source: "stripe".to_owned(),
            state: state.to_owned(),
            net: gross,
            tax: 0,
            gross,
            asked: 0,
            currency: "EUR".to_owned(),
            method: String::new(),
            reference: String::new(),
            payment_ref: Some("pi_1".to_owned()),
            reason: String::new(),
            note: String::new(),
            actor_id: None,
            actor_name: None,
            details: serde_json::json!({}),
            happened_at: 0,
            created_at: 0,
            updated_at: 0,
        }
    }

    #[test]
    fn what_is_left_counts_what_is_on_its_way_and_not_what_failed() {
        let paid = row("payment", "done", 1_000);
        let related = [
            paid.clone(),
            row("refund", "done", -100),
            row("refund", "pending", -200),
            row("refund", "failed", -400),
            row("dispute", "won", 0),
        ];
        assert_eq!(left(&paid, &related), 700);
        assert_eq!(left(&paid, &[row("dispute", "lost", -1_000)]), 0);
    }

    #[test]
    fn only_what_stripe_took_can_be_given_back_there() {
        assert!(is_refundable(&row("payment", "done", 1)));
        assert!(!is_refundable(&row("refund", "done", -1)));
        let cash = entry::Model { payment_ref: Some("offline:1".to_owned()), ..row("payment", "done", 1) };
        assert!(!is_refundable(&cash));
    }
}
