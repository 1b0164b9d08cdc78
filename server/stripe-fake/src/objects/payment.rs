use crate::ids::random_text;
use serde_json::{Value, json};

/// Nothing known about who holds a card.
fn billing_details(email: Option<&str>) -> Value {
    let address = json!({
        "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null,
    });
    json!({"address": address, "email": email, "name": null, "phone": null, "tax_id": null})
}

/// A card. `_behaviour` is the stand-in's note of how it will pay.
pub(crate) fn payment_method(id: &str, brand: &str, last4: &str, behaviour: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "payment_method",
        "_behaviour": behaviour,
        "allow_redisplay": "limited",
        "billing_details": billing_details(None),
        "card": {
            "brand": brand,
            "checks": {"address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass"},
            "country": "US",
            "display_brand": brand,
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": random_text(16),
            "funding": "credit",
            "generated_from": null,
            "last4": last4,
            "networks": {"available": [brand], "preferred": null},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": true},
            "wallet": null,
        },
        "created": now,
        "customer": null,
        "customer_account": null,
        "livemode": false,
        "metadata": {},
        "type": "card",
    })
}

/// A bank account to be debited.
pub(crate) fn bank_account(id: &str, brand: &str, last4: &str, behaviour: &str, now: i64) -> Value {
    let mut method = payment_method(id, brand, last4, behaviour, now);
    if let Some(fields) = method.as_object_mut() {
        fields.remove("card");
    }
    method["type"] = json!("sepa_debit");
    method["sepa_debit"] = json!({
        "bank_code": "37040044",
        "branch_code": "",
        "country": "DE",
        "fingerprint": random_text(16),
        "generated_from": {"charge": null, "setup_attempt": null},
        "last4": last4,
    });
    method
}

/// A payment that has not been tried yet.
pub(crate) fn payment_intent(id: &str, amount: i64, currency: &str, customer: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "payment_intent",
        "allowed_payment_method_types": null,
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": null,
        "application_fee_amount": null,
        "automatic_payment_methods": null,
        "canceled_at": null,
        "cancellation_reason": null,
        "capture_method": "automatic",
        "client_secret": format!("{id}_secret_{}", random_text(24)),
        "confirmation_method": "automatic",
        "created": now,
        "currency": currency,
        "customer": customer,
        "customer_account": null,
        "description": null,
        "excluded_payment_method_types": null,
        "last_payment_error": null,
        "latest_charge": null,
        "livemode": false,
        "managed_payments": null,
        "metadata": {},
        "next_action": null,
        "on_behalf_of": null,
        "payment_method": null,
        "payment_method_configuration_details": null,
        "payment_method_options": {"card": {
            "installments": null, "mandate_options": null, "network": null, "request_three_d_secure": "automatic",
        }},
        "payment_method_types": ["card"],
        "payment_record": null,
        "processing": null,
        "receipt_email": null,
        "review": null,
        "setup_future_usage": "off_session",
        "shipping": null,
        "source": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": "requires_confirmation",
        "transfer_data": null,
        "transfer_group": null,
    })
}

/// What was charged, as a charge shows it.
fn method_details(intent: &Value, method: &Value) -> Value {
    let account = &method["sepa_debit"];
    if account.is_object() {
        return json!({"type": "sepa_debit", "sepa_debit": {
            "bank_code": account["bank_code"],
            "branch_code": account["branch_code"],
            "country": account["country"],
            "fingerprint": account["fingerprint"],
            "last4": account["last4"],
            "mandate": format!("mandate_{}", random_text(24)),
        }});
    }
    let card = &method["card"];
    json!({"type": "card", "card": {
        "amount_authorized": intent["amount"],
        "authorization_code": null,
        "brand": card["brand"],
        "checks": card["checks"],
        "country": card["country"],
        "electronic_commerce_indicator": null,
        "exp_month": card["exp_month"],
        "exp_year": card["exp_year"],
        "extended_authorization": {"status": "disabled"},
        "fingerprint": card["fingerprint"],
        "funding": card["funding"],
        "incremental_authorization": {"status": "unavailable"},
        "installments": null,
        "last4": card["last4"],
        "mandate": null,
        "multicapture": {"status": "unavailable"},
        "network": card["brand"],
        "network_token": {"used": false},
        "network_transaction_id": random_text(15),
        "overcapture": {"maximum_amount_capturable": intent["amount"], "status": "unavailable"},
        "regulated_status": "unregulated",
        "three_d_secure": null,
        "transaction_link_id": null,
        "wallet": null,
    }})
}

/// One try to take a payment from a card or an account.
pub(crate) fn charge(id: &str, intent: &Value, method: &Value, receipt_url: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "application": null,
        "application_fee": null,
        "application_fee_amount": null,
        "balance_transaction": format!("txn_{}", random_text(24)),
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "SIMULATED",
        "captured": true,
        "created": now,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": null,
        "disputed": false,
        "failure_balance_transaction": null,
        "failure_code": null,
        "failure_message": null,
        "fraud_details": {},
        "livemode": false,
        "metadata": {},
        "on_behalf_of": null,
        "outcome": {
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "approved_by_network", "reason": null, "risk_level": "normal", "risk_score": 3,
            "seller_message": "Payment complete.", "type": "authorized",
        },
        "paid": true,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": method_details(intent, method),
        "radar_options": {},
        "receipt_email": null,
        "receipt_number": null,
        "receipt_url": receipt_url,
        "refunded": false,
        "review": null,
        "shipping": null,
        "source": null,
        "source_transfer": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": "succeeded",
        "transfer_data": null,
        "transfer_group": null,
    })
}

/// How an invoice is paid.
pub(crate) fn invoice_payment(id: &str, invoice: &Value, intent: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "invoice_payment",
        "amount_paid": null,
        "amount_requested": invoice["amount_due"],
        "created": now,
        "currency": invoice["currency"],
        "invoice": invoice["id"],
        "is_default": true,
        "livemode": false,
        "payment": {"type": "payment_intent", "payment_intent": intent},
        "status": "open",
        "status_transitions": {"canceled_at": null, "paid_at": null},
    })
}

/// Money given back.
pub(crate) fn refund(id: &str, charge: &Value, amount: i64, reason: Option<&str>, now: i64) -> Value {
    json!({
        "id": id,
        "object": "refund",
        "amount": amount,
        "balance_transaction": format!("txn_{}", random_text(24)),
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "customer": charge["customer"],
        "customer_account": null,
        "destination_details": {
            "card": {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"},
            "type": "card",
        },
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": reason,
        "receipt_number": null,
        "source_transfer_reversal": null,
        "status": "succeeded",
        "transfer_reversal": null,
    })
}

/// A charge the customer's bank takes back.
pub(crate) fn dispute(id: &str, charge: &Value, reason: &str, now: i64) -> Value {
    let evidence: serde_json::Map<String, Value> = [
        "access_activity_log",
        "billing_address",
        "cancellation_policy",
        "cancellation_policy_disclosure",
        "cancellation_rebuttal",
        "customer_communication",
        "customer_email_address",
        "customer_name",
        "customer_purchase_ip",
        "customer_signature",
        "duplicate_charge_documentation",
        "duplicate_charge_explanation",
        "duplicate_charge_id",
        "product_description",
        "receipt",
        "refund_policy",
        "refund_policy_disclosure",
        "refund_refusal_explanation",
        "service_date",
        "service_documentation",
        "shipping_address",
        "shipping_carrier",
        "shipping_date",
        "shipping_documentation",
        "shipping_tracking_number",
        "uncategorized_file",
        "uncategorized_text",
    ]
    .into_iter()
    .map(|name| (name.to_owned(), Value::Null))
    .chain([("enhanced_evidence".to_owned(), json!({}))])
    .collect();
    json!({
        "id": id,
        "object": "dispute",
        "amount": charge["amount"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": evidence,
        "evidence_details": {
            "due_by": now + 10 * 86_400, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false,
            "submission_count": 0,
        },
        "is_charge_refundable": false,
        "livemode": false,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {"brand": "visa", "case_type": "chargeback", "network": "visa", "network_reason_code": "10.4"},
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    })
}
