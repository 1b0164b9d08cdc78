use crate::ids::new_id;
use serde_json::{Value, json};

/// The configuration every account has.
pub(crate) fn default_configuration(now: i64) -> Value {
    let mut configuration = configuration(&new_id("bpc"), now);
    configuration["is_default"] = json!(true);
    configuration
}

/// A configuration that allows cards, invoices and ending with the period.
pub(crate) fn configuration(id: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "billing_portal.configuration",
        "active": true,
        "application": null,
        "business_profile": {"headline": null, "privacy_policy_url": null, "terms_of_service_url": null},
        "created": now,
        "default_return_url": null,
        "features": {
            "customer_update": {"allowed_updates": ["email", "tax_id"], "enabled": true},
            "invoice_history": {"enabled": true},
            "payment_method_update": {"enabled": true, "payment_method_configuration": null},
            "subscription_cancel": {
                "cancellation_reason": {
                    "enabled": false, "feedback_options": null,
                    "options": ["too_expensive", "missing_features", "switched_service", "unused", "other"],
                },
                "enabled": true,
                "mode": "at_period_end",
                "proration_behavior": "none",
            },
            "subscription_update": {
                "billing_cycle_anchor": null, "default_allowed_updates": [], "enabled": false, "products": [],
                "proration_behavior": "none", "schedule_at_period_end": {"conditions": []},
                "trial_update_behavior": "end_trial",
            },
        },
        "is_default": false,
        "livemode": false,
        "login_page": {"enabled": false, "url": null},
        "metadata": {},
        "name": null,
        "updated": now,
    })
}

/// A visit to the portal.
pub(crate) fn session(id: &str, customer: &str, configuration: &str, url: &str, now: i64) -> Value {
    json!({
        "id": id,
        "object": "billing_portal.session",
        "configuration": configuration,
        "created": now,
        "customer": customer,
        "customer_account": null,
        "flow": null,
        "livemode": false,
        "locale": null,
        "on_behalf_of": null,
        "return_url": null,
        "url": url,
    })
}
