use serde_json::{Value, json};

/// A coupon that takes a percentage or an amount off.
pub(crate) fn coupon(id: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "coupon",
        "amount_off": null,
        "created": now,
        "currency": null,
        "duration": "once",
        "duration_in_months": null,
        "livemode": false,
        "max_redemptions": null,
        "metadata": {},
        "name": null,
        "percent_off": null,
        "redeem_by": null,
        "times_redeemed": 0,
        "valid": true,
    })
}

/// A code customers can type in.
pub(crate) fn promotion_code(id: &str, code: &str, coupon: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "promotion_code",
        "active": true,
        "code": code,
        "created": now,
        "customer": null,
        "customer_account": null,
        "expires_at": null,
        "livemode": false,
        "max_redemptions": null,
        "metadata": {},
        "promotion": {"coupon": coupon, "type": "coupon"},
        "restrictions": {"first_time_transaction": false, "minimum_amount": null, "minimum_amount_currency": null},
        "times_redeemed": 0,
    })
}

/// A coupon at work on a subscription.
pub(crate) fn discount(
    id: &str,
    coupon: &str,
    promotion_code: Option<&str>,
    customer: &str,
    start: i64,
) -> Value {
    json!({
        "id": id,
        "object": "discount",
        "checkout_session": null,
        "customer": customer,
        "customer_account": null,
        "end": null,
        "invoice": null,
        "invoice_item": null,
        "promotion_code": promotion_code,
        "source": {"coupon": coupon, "type": "coupon"},
        "start": start,
        "subscription": null,
        "subscription_item": null,
    })
}
