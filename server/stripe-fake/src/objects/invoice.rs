use crate::{
    ids::{new_id, random_text},
    world::{World, number},
};
use serde_json::{Value, json};

/// A draft with these lines.
pub(crate) fn invoice(
    id: &str,
    customer: &Value,
    currency: &str,
    reason: &str,
    lines: Vec<Value>,
    now: i64,
) -> Value {
    let mut invoice = json!({
        "id": id,
        "object": "invoice",
        "account_country": "SE",
        "account_name": "Simulated vendor",
        "account_tax_ids": null,
        "amount_due": 0,
        "amount_overpaid": 0,
        "amount_paid": 0,
        "amount_paid_off_stripe": 0,
        "amount_remaining": 0,
        "amount_shipping": 0,
        "application": null,
        "attempt_count": 0,
        "attempted": false,
        "auto_advance": true,
        "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null, "provider": null, "status": null},
        "automatically_finalizes_at": null,
        "billing_reason": reason,
        "collection_method": "charge_automatically",
        "created": now,
        "currency": currency,
        "custom_fields": null,
        "customer": customer["id"],
        "customer_account": null,
        "customer_address": customer["address"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "customer_phone": customer["phone"],
        "customer_shipping": null,
        "customer_tax_exempt": "none",
        "customer_tax_ids": [],
        "default_payment_method": null,
        "default_source": null,
        "default_tax_rates": [],
        "description": null,
        "discounts": [],
        "due_date": null,
        "effective_at": null,
        "ending_balance": null,
        "footer": null,
        "from_invoice": null,
        "hosted_invoice_url": null,
        "invoice_pdf": null,
        "issuer": {"type": "self"},
        "last_finalization_error": null,
        "latest_revision": null,
        "lines": World::whole_list(Vec::new(), &format!("/v1/invoices/{id}/lines")),
        "livemode": false,
        "metadata": {},
        "next_payment_attempt": null,
        "number": null,
        "on_behalf_of": null,
        "parent": null,
        "payment_settings": {"default_mandate": null, "payment_method_options": null, "payment_method_types": null},
        "period_end": now,
        "period_start": now,
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "receipt_number": null,
        "rendering": null,
        "shipping_cost": null,
        "shipping_details": null,
        "starting_balance": 0,
        "statement_descriptor": null,
        "status": "draft",
        "status_transitions": {
            "finalized_at": null, "marked_uncollectible_at": null, "paid_at": null, "voided_at": null,
        },
        "subtotal": 0,
        "subtotal_excluding_tax": 0,
        "test_clock": customer["test_clock"],
        "total": 0,
        "total_discount_amounts": [],
        "total_excluding_tax": 0,
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
        "webhooks_delivered_at": null,
    });
    set_lines(&mut invoice, lines);
    invoice
}

/// Ties an invoice to its subscription. The metadata is a copy that never changes again.
pub(crate) fn set_subscription(invoice: &mut Value, subscription: &Value) {
    invoice["parent"] = json!({
        "quote_details": null,
        "subscription_details": {"metadata": subscription["metadata"], "subscription": subscription["id"]},
        "type": "subscription_details",
    });
}

/// Puts lines in and adds them up.
pub(crate) fn set_lines(invoice: &mut Value, mut lines: Vec<Value>) {
    for line in &mut lines {
        line["invoice"] = invoice["id"].clone();
    }
    let subtotal: i64 = lines.iter().map(|line| number(line, "amount")).sum();
    invoice["lines"]["data"] = json!(lines);
    add_up(invoice, subtotal, 0);
}

/// Sets the sums for a subtotal and a discount. What is left over below zero is not due.
pub(crate) fn add_up(invoice: &mut Value, subtotal: i64, discount: i64) {
    let total = subtotal - discount;
    for name in ["subtotal", "subtotal_excluding_tax"] {
        invoice[name] = json!(subtotal);
    }
    for name in ["total", "total_excluding_tax"] {
        invoice[name] = json!(total);
    }
    let due = total.max(0);
    invoice["amount_due"] = json!(due);
    invoice["amount_remaining"] = json!(due - number(invoice, "amount_paid"));
}

/// What a line is for.
pub(crate) struct LineFor<'a> {
    pub(crate) subscription: &'a str,
    pub(crate) item: &'a str,
    pub(crate) price: &'a Value,
    pub(crate) quantity: Option<i64>,
    pub(crate) period: (i64, i64),
}

/// A line that pays for (or, as a proration, corrects) an item's time.
pub(crate) fn line(what: &LineFor<'_>, amount: i64, description: &str, proration: bool) -> Value {
    let quantity = what.quantity;
    json!({
        "id": new_id("il"),
        "object": "line_item",
        "amount": amount,
        "currency": what.price["currency"],
        "description": description,
        "discount_amounts": [],
        "discountable": !proration,
        "discounts": [],
        "invoice": null,
        "livemode": false,
        "metadata": {},
        "parent": {
            "invoice_item_details": null,
            "subscription_item_details": {
                "invoice_item": proration.then(|| format!("ii_{}", random_text(24))),
                "proration": proration,
                "proration_details": {"credited_items": null},
                "subscription": what.subscription,
                "subscription_item": what.item,
            },
            "type": "subscription_item_details",
        },
        "period": {"start": what.period.0, "end": what.period.1},
        "pretax_credit_amounts": [],
        "pricing": {
            "price_details": {"price": what.price["id"], "product": what.price["product"]},
            "type": "price_details",
            "unit_amount_decimal": what.price["unit_amount_decimal"],
        },
        "quantity": quantity,
        "quantity_decimal": quantity.map(|quantity| quantity.to_string()),
        "subscription": what.subscription,
        "subtotal": amount,
        "taxes": [],
    })
}
