//! The history of customers, as staff work with it.
//!
//! | where | what |
//! | --- | --- |
//! | [`view`] | the list, its sums, one entry with what belongs to it |
//! | [`refund`] | giving a payment back: at Stripe through the outbox |
//! | [`by_hand`] | … or by staff themselves |
//! | [`export`] | money for the bookkeeper, as CSV |

mod by_hand;
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

/// Who can give a payment back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Payer {
    /// Stripe took it.
    Stripe,
    /// It came by bank transfer or in cash, so staff pay it back themselves.
    Staff,
}

/// Who can give this entry's money back; `None` where there is none, or it moved outside of what is known here.
fn payer(row: &entry::Model) -> Option<Payer> {
    if row.kind != TransactionKind::Payment.as_str() || row.state != TransactionState::Done.as_str() {
        return None;
    }
    match row.payment_ref.as_deref() {
        Some(name) if name.starts_with("pi_") => Some(Payer::Stripe),
        _ => (row.account_id == 0).then_some(Payer::Staff),
    }
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
    fn stripe_gives_back_what_it_took_and_staff_what_they_took() {
        assert_eq!(payer(&row("payment", "done", 1)), Some(Payer::Stripe));
        assert_eq!(payer(&row("payment", "failed", 1)), None);
        assert_eq!(payer(&row("refund", "done", -1)), None);
        let cash = entry::Model { account_id: 0, payment_ref: None, ..row("payment", "done", 1) };
        assert_eq!(payer(&cash), Some(Payer::Staff));
        let partly_back = entry::Model { payment_ref: Some("payment:1".to_owned()), ..cash };
        assert_eq!(payer(&partly_back), Some(Payer::Staff));
        let outside_of_stripe = entry::Model { payment_ref: None, ..row("payment", "done", 1) };
        assert_eq!(payer(&outside_of_stripe), None);
    }
}
