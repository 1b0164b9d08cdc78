//! Events are signals, not state: all that is read from one is what to fetch.

use latchkey_store::{
    entity::stripe_event,
    sync_jobs::{Kind, Target},
};

use latchkey_stripe::Event;

use crate::billing::endpoints;

/// Whether an event of this type means anything here.
pub fn is_known(kind: &str) -> bool {
    endpoints::EVENTS.contains(&kind) || kind == "invoice.payment_succeeded"
}

/// What an event asks to be fetched; nothing where it concerns no object we know how to fetch.
pub fn target(event: &stripe_event::Model) -> Option<Target> {
    let account = event.account_id;
    let object = event.object_id.as_deref();
    let subscription = event.stripe_subscription.as_deref();
    match kind(&event.kind)? {
        Kind::Subscription => Some(Target::subscription(account, subscription?)),
        Kind::Checkout => Some(Target::checkout(account, object?)),
        Kind::Customer => Some(Target::customer(account, object?)),
        Kind::Charge => Some(Target::charge(account, object?)),
        Kind::Dispute => Some(Target::dispute(account, object?)),
        Kind::Catalog => Some(Target::catalog(account)),
    }
}

/// The object that an event is about as far as we fetch it: of a refund the charge, with which all its refunds come.
pub fn object(event: &Event) -> Option<&str> {
    if event.kind.starts_with("refund.") { event.charge_id() } else { event.object_id() }
}

fn kind(event: &str) -> Option<Kind> {
    match event {
        "customer.deleted" => Some(Kind::Customer),
        "charge.refunded" | "refund.created" | "refund.updated" | "refund.failed" => Some(Kind::Charge),
        "charge.dispute.created" | "charge.dispute.closed" => Some(Kind::Dispute),
        _ if event.starts_with("checkout.session.") => Some(Kind::Checkout),
        _ if event.starts_with("customer.subscription.") || event.starts_with("invoice.") => {
            Some(Kind::Subscription)
        }
        _ if event.starts_with("product.") || event.starts_with("price.") => Some(Kind::Catalog),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str) -> stripe_event::Model {
        stripe_event::Model {
            account_id: 1,
            event_id: "evt_1".to_owned(),
            kind: kind.to_owned(),
            api_version: None,
            live: false,
            object_id: Some("obj_1".to_owned()),
            stripe_customer: Some("cus_1".to_owned()),
            stripe_subscription: Some("sub_1".to_owned()),
            payload: String::new(),
            status: "pending".to_owned(),
            attempts: 0,
            last_error: None,
            stripe_created_at: 0,
            received_at: 0,
            next_at: 0,
            lease_until: None,
        }
    }

    #[test]
    fn each_event_names_one_thing_to_fetch() {
        for (kind, expected) in [
            ("customer.subscription.updated", Some(Target::subscription(1, "sub_1"))),
            ("invoice.paid", Some(Target::subscription(1, "sub_1"))),
            ("invoice.payment_succeeded", Some(Target::subscription(1, "sub_1"))),
            ("checkout.session.completed", Some(Target::checkout(1, "obj_1"))),
            ("customer.deleted", Some(Target::customer(1, "obj_1"))),
            ("price.updated", Some(Target::catalog(1))),
            ("customer.updated", None),
            ("charge.refunded", Some(Target::charge(1, "obj_1"))),
            ("refund.failed", Some(Target::charge(1, "obj_1"))),
            ("charge.dispute.created", Some(Target::dispute(1, "obj_1"))),
            ("charge.succeeded", None),
        ] {
            assert_eq!(target(&event(kind)), expected, "{kind}");
        }
    }

    #[test]
    fn a_refund_concerns_its_charge() {
        let told = |charge: serde_json::Value| {
            let object = serde_json::json!({"id": "re_1", "object": "refund", "charge": charge});
            Event::from_value(serde_json::json!({"type": "refund.failed", "data": {"object": object}}))
        };
        assert_eq!(object(&told("ch_1".into())), Some("ch_1"));
        assert_eq!(object(&told(serde_json::json!({"id": "ch_2"}))), Some("ch_2"));
        assert_eq!(object(&told(serde_json::Value::Null)), None, "money that a card was never charged");
    }

    #[test]
    fn an_invoice_without_subscription_asks_for_nothing() {
        let manual = stripe_event::Model { stripe_subscription: None, ..event("invoice.paid") };
        assert_eq!(target(&manual), None);
    }

    #[test]
    fn every_event_that_is_subscribed_to_is_known_and_no_other() {
        assert!(endpoints::EVENTS.iter().all(|kind| is_known(kind)));
        assert!(!is_known("invoice.created"));
        assert!(!is_known("payout.paid"));
    }
}
