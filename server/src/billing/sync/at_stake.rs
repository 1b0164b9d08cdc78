//! Which payments are in question when a person must decide: shown as the money at stake, and what a refund
//! gives back.

use latchkey_shared::attention::AttentionCode;
use latchkey_stripe::{Invoice, Raw};

/// The paid invoices in question. `ended_at` is when the subscription ended, seconds since 1970.
pub fn invoices<'a>(
    code: AttentionCode,
    ended_at: Option<i64>,
    paid: impl IntoIterator<Item = &'a Invoice>,
) -> Vec<&'a Invoice> {
    use AttentionCode as Code;
    let in_question = |invoice: &&Invoice| match code {
        // Nothing of it was delivered, or it was paid for twice.
        Code::BadPriceMetadata
        | Code::UnknownProduct
        | Code::UnknownCustomer
        | Code::DanglingKeyId
        | Code::KeyOfAnotherCustomer
        | Code::ForeignSubscription
        | Code::DuplicateSubscription
        | Code::PaidWithoutKeyThenEnded => true,
        Code::LatePaymentAfterEnd => is_late(invoice, ended_at),
        _ => false,
    };
    paid.into_iter().filter(|invoice| invoice.amount_paid > 0).filter(in_question).collect()
}

/// What they come to: minor units and currency; nothing where no money is in question.
pub fn amount(code: AttentionCode, ended_at: Option<i64>, paid: &[Raw<Invoice>]) -> Option<(i64, String)> {
    let invoices = invoices(code, ended_at, paid.iter().map(|invoice| &**invoice));
    let currency = invoices.first()?.currency.to_uppercase();
    Some((invoices.iter().map(|invoice| invoice.amount_paid).sum(), currency))
}

/// Whether an invoice was paid after the subscription had ended.
pub fn is_late(invoice: &Invoice, ended_at: Option<i64>) -> bool {
    let paid_at = invoice.status_transitions["paid_at"].as_i64();
    invoice.amount_paid > 0 && ended_at.zip(paid_at).is_some_and(|(ended, paid)| paid > ended)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paid(id: &str, amount: i64, at: i64) -> Invoice {
        Invoice {
            id: id.to_owned(),
            amount_paid: amount,
            currency: "eur".to_owned(),
            status_transitions: json!({"paid_at": at}),
            ..Invoice::default()
        }
    }

    #[test]
    fn what_was_not_delivered_is_all_at_stake_and_a_late_payment_only_itself() {
        let all = [paid("in_2", 900, 300), paid("in_1", 900, 100), paid("in_0", 0, 50)];
        let ids = |code, ended| {
            invoices(code, ended, &all).iter().map(|invoice| invoice.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(AttentionCode::BadPriceMetadata, None), ["in_2", "in_1"]);
        assert_eq!(ids(AttentionCode::LatePaymentAfterEnd, Some(200)), ["in_2"]);
        assert_eq!(ids(AttentionCode::LatePaymentAfterEnd, None), [""; 0]);
        assert_eq!(ids(AttentionCode::KeyConflict, None), [""; 0]);
    }
}
