//! Invoices as entries: what was paid, and tries that failed. Both of Stripe's shapes are read, before and after
//! the subscription, the payment and the taxes moved within an invoice.

use std::collections::HashMap;

use latchkey_shared::transaction::{TransactionKind, TransactionSource, TransactionState};
use latchkey_store::transactions::NewEntry;
use latchkey_stripe::{Invoice, InvoiceStatus, Raw};
use serde_json::{Value, json};

use super::share_of_tax;

/// Lines shown with a payment.
const LINES: usize = 20;

/// Whose invoice it is.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    pub account: i64,
    pub customer: i64,
    pub subscription: Option<i64>,
    pub products: &'a HashMap<String, i64>,
}

/// The payment of an invoice; `None` where nothing was paid.
pub fn payment(invoice: &Raw<Invoice>, owner: Owner<'_>) -> Option<NewEntry> {
    if invoice.status != InvoiceStatus::Paid || invoice.amount_paid == 0 {
        return None;
    }
    let tax = share_of_tax(tax(&invoice.raw), invoice.amount_paid, invoice.total);
    let intent = payment_intent(&invoice.raw);
    Some(NewEntry {
        net: invoice.amount_paid - tax,
        tax,
        method: if intent.is_some() { "stripe" } else { "outside_stripe" }.to_owned(),
        payment_ref: Some(intent.unwrap_or_else(|| invoice.id.clone())),
        ..entry(invoice, owner, TransactionKind::Payment, invoice.id.clone(), paid_at(invoice))
    })
}

/// The latest try to pay an invoice that is still open; `None` where none failed. `seen_at` is milliseconds since
/// 1970: Stripe does not say when it tried.
pub fn failed_try(invoice: &Raw<Invoice>, owner: Owner<'_>, seen_at: i64) -> Option<NewEntry> {
    if invoice.status != InvoiceStatus::Open || invoice.attempt_count == 0 || invoice.amount_remaining == 0 {
        return None;
    }
    let name = format!("{}:try:{}", invoice.id, invoice.attempt_count);
    Some(NewEntry {
        state: TransactionState::Failed,
        asked: invoice.amount_remaining,
        method: "stripe".to_owned(),
        ..entry(invoice, owner, TransactionKind::PaymentFailed, name, seen_at)
    })
}

fn entry(
    invoice: &Raw<Invoice>,
    owner: Owner<'_>,
    kind: TransactionKind,
    name: String,
    happened_at: i64,
) -> NewEntry {
    let bought = invoice.lines.data.iter().filter(|line| !line.is_proration());
    let product =
        bought.chain(&invoice.lines.data).find_map(|line| owner.products.get(line.price_id()?).copied());
    NewEntry {
        subscription: owner.subscription,
        product,
        account: owner.account,
        currency: invoice.currency.to_uppercase(),
        reference: invoice.number.clone().unwrap_or_else(|| invoice.id.clone()),
        details: details(invoice),
        ..NewEntry::of(owner.customer, kind, TransactionSource::Stripe, name, happened_at)
    }
}

fn details(invoice: &Raw<Invoice>) -> Value {
    let lines = invoice
        .lines
        .data
        .iter()
        .take(LINES)
        .map(|line| json!({"text": line.description.clone().unwrap_or_default(), "amount": line.amount}));
    json!({
        "invoice": invoice.id,
        "number": invoice.number,
        "why": invoice.billing_reason,
        "page": invoice.hosted_invoice_url,
        "pdf": invoice.invoice_pdf,
        "lines": lines.collect::<Vec<_>>(),
    })
}

/// When it was paid, milliseconds since 1970.
fn paid_at(invoice: &Invoice) -> i64 {
    let seconds = invoice.status_transitions["paid_at"].as_i64().unwrap_or(invoice.created);
    seconds.saturating_mul(1_000)
}

/// All taxes of an invoice, minor units.
fn tax(raw: &Value) -> i64 {
    let sum = |name: &str| {
        let amounts = raw[name].as_array()?.iter();
        Some(amounts.filter_map(|tax| tax["amount"].as_i64()).sum::<i64>())
    };
    sum("total_taxes")
        .or_else(|| sum("total_tax_amounts"))
        .or_else(|| raw["tax"].as_i64())
        .unwrap_or_default()
}

/// The payment intent that paid it: among its payments in the new shape, on the invoice itself in the old one.
fn payment_intent(raw: &Value) -> Option<String> {
    let id = |value: &Value| value.as_str().or_else(|| value["id"].as_str()).map(str::to_owned);
    let payments = raw["payments"]["data"].as_array().into_iter().flatten();
    let mut paid = payments.filter(|payment| payment["status"] == "paid");
    paid.find_map(|payment| id(&payment["payment"]["payment_intent"])).or_else(|| id(&raw["payment_intent"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(products: &HashMap<String, i64>) -> Owner<'_> {
        Owner { account: 1, customer: 2, subscription: Some(3), products }
    }

    fn paid(more: &Value) -> Raw<Invoice> {
        let mut invoice = json!({
            "id": "in_1", "status": "paid", "number": "A-1", "currency": "eur", "total": 1_190,
            "amount_paid": 1_190, "created": 50, "status_transitions": {"paid_at": 60},
        });
        for (name, value) in more.as_object().unwrap() {
            invoice[name] = value.clone();
        }
        Raw::new(invoice)
    }

    #[test]
    fn both_shapes_are_read_alike() {
        let products = HashMap::from([("price_1".to_owned(), 9)]);
        let new = paid(&json!({
            "total_taxes": [{"amount": 100}, {"amount": 90}],
            "payments": {"data": [
                {"status": "canceled", "payment": {"payment_intent": "pi_0"}},
                {"status": "paid", "payment": {"payment_intent": "pi_1"}},
            ]},
            "lines": {"data": [{"amount": 1_000, "pricing": {"price_details": {"price": "price_1"}}}]},
        }));
        let old = paid(&json!({
            "tax": 190,
            "payment_intent": {"id": "pi_1"},
            "lines": {"data": [{"amount": 1_000, "price": {"id": "price_1"}}]},
        }));
        let [new, old] = [new, old].map(|invoice| payment(&invoice, owner(&products)).unwrap());
        assert_eq!(new, old);
        assert_eq!((new.net, new.tax, new.currency.as_str()), (1_000, 190, "EUR"));
        assert_eq!((new.payment_ref.as_deref(), new.product), (Some("pi_1"), Some(9)));
        assert_eq!(
            (new.unique_ref.as_str(), new.reference.as_str(), new.happened_at),
            ("in_1", "A-1", 60_000)
        );
    }

    #[test]
    fn what_the_balance_paid_is_no_payment() {
        let products = HashMap::new();
        let partly = paid(&json!({"amount_paid": 595, "total_tax_amounts": [{"amount": 190}]}));
        let partly = payment(&partly, owner(&products)).unwrap();
        assert_eq!((partly.net, partly.tax), (500, 95));
        assert_eq!(payment(&paid(&json!({"amount_paid": 0})), owner(&products)), None);
    }

    #[test]
    fn each_try_fails_once() {
        let products = HashMap::new();
        let open = |tries: i64| {
            let more = json!({"status": "open", "attempt_count": tries, "amount_remaining": 1_190});
            failed_try(&paid(&more), owner(&products), 77)
        };
        assert_eq!(open(0), None);
        let second = open(2).unwrap();
        assert_eq!((second.unique_ref.as_str(), second.asked, second.net), ("in_1:try:2", 1_190, 0));
        assert_eq!(failed_try(&paid(&json!({})), owner(&products), 77), None);
    }
}
