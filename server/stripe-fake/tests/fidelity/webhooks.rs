//! Events on their way to endpoints.

use crate::rig::{DAY, GOOD_CARD, START, rig};
use latchkey_stripe::{
    API_VERSION, ListQuery,
    params::UpdateWebhookEndpoint,
    webhook::{SignatureError, verify},
};
use latchkey_stripe_fake::WebhookFate;
use std::collections::BTreeSet;

const BURST: &[&str] = &[
    "checkout.session.completed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "invoice.created",
    "invoice.finalized",
    "invoice.paid",
    "invoice.payment_succeeded",
    "payment_intent.succeeded",
    "charge.succeeded",
];

#[tokio::test]
async fn paying_causes_a_burst_out_of_order_in_one_second() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let endpoint = rig.endpoint(BURST, None).await;
    rig.buy(&customer, &price).await;
    rig.fake.deliveries_settled().await;
    let arrived = endpoint.verified(START);
    let kinds: BTreeSet<&str> = arrived.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, BURST.iter().copied().collect());
    assert!(arrived.iter().all(|event| event.created == START));
    let in_order: Vec<String> =
        rig.events().into_iter().filter(|kind| BURST.contains(&kind.as_str())).collect();
    assert_ne!(arrived.iter().map(|event| event.kind.clone()).collect::<Vec<_>>(), in_order);
}

#[tokio::test]
async fn events_are_complete_and_name_their_cause() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let endpoint = rig.endpoint(&["customer.subscription.updated"], None).await;
    let id = rig.buy(&customer, &price).await;
    rig.fake.deliveries_settled().await;
    let params = latchkey_stripe::params::UpdateSubscription {
        metadata: [("skm_key_id".into(), "7".into())].into(),
        ..latchkey_stripe::params::UpdateSubscription::default()
    };
    rig.client.update_subscription(&id, &params, Some("the-key")).await.unwrap();
    rig.fake.deliveries_settled().await;
    let event = endpoint.verified(START).pop().unwrap();
    assert_eq!(
        (event.raw["object"].as_str(), event.api_version.as_deref()),
        (Some("event"), Some(API_VERSION))
    );
    assert_eq!((event.request.idempotency_key.as_deref(), event.livemode), (Some("the-key"), false));
    assert!(event.request.id.as_deref().unwrap().starts_with("req_"));
    assert_eq!(event.raw["pending_webhooks"], 1);
    assert_eq!((event.subscription_id(), event.customer_id()), (Some(id.as_str()), Some(customer.as_str())));
    assert_eq!(rig.client.event(&event.id).await.unwrap().raw["pending_webhooks"], 0, "delivered by now");
}

#[tokio::test]
async fn an_endpoint_keeps_the_version_it_was_made_with() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let old = rig.endpoint(&["invoice.paid", "customer.subscription.created"], Some("2018-09-06")).await;
    let id = rig.buy(&customer, &price).await;
    rig.fake.deliveries_settled().await;
    for event in old.verified(START) {
        assert_eq!(event.api_version.as_deref(), Some("2018-09-06"));
        assert_eq!(event.subscription_id(), Some(id.as_str()));
        if event.kind == "invoice.paid" {
            assert_eq!(event.object["subscription"], id.as_str());
            assert_eq!(event.object["paid"], true);
            assert!(event.object.get("parent").is_none());
        } else {
            assert!(event.object["current_period_end"].is_i64());
            assert!(event.object["items"]["data"][0].get("current_period_end").is_none());
        }
    }
    assert_eq!(old.received().len(), 2);
}

#[tokio::test]
async fn during_a_roll_both_secrets_sign() {
    let rig = rig().await;
    let endpoint = rig.endpoint(&["customer.created"], None).await;
    let new = rig.fake.roll_secret(&endpoint.id).unwrap();
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    let (body, header) = endpoint.received().pop().unwrap();
    assert_eq!(header.matches("v1=").count(), 2);
    for secret in [&endpoint.secret, &new] {
        assert!(verify(&body, &header, &[secret], START, 300).is_ok());
    }
    rig.fake.advance(DAY + 1);
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    let (body, header) = endpoint.received().pop().unwrap();
    assert_eq!(
        verify(&body, &header, &[&endpoint.secret], START + DAY + 1, 300),
        Err(SignatureError::NoMatch)
    );
    assert!(verify(&body, &header, &[&new], START + DAY + 1, 300).is_ok());
}

#[tokio::test]
async fn what_is_refused_comes_again_later() {
    let rig = rig().await;
    let endpoint = rig.endpoint(&["customer.created"], None).await;
    endpoint.answer_with(500);
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    assert_eq!(endpoint.received().len(), 1);
    let undelivered = ListQuery::new().filter("delivery_success", false);
    assert_eq!(rig.client.list_events(&undelivered).await.unwrap().data.len(), 1);
    endpoint.answer_with(200);
    rig.fake.advance(59);
    rig.fake.deliveries_settled().await;
    assert_eq!(endpoint.received().len(), 1, "not yet");
    rig.fake.advance(1);
    rig.fake.deliveries_settled().await;
    let events = endpoint.received();
    assert_eq!(events.len(), 2);
    assert_ne!(events[0].1, events[1].1, "signed afresh");
    assert!(rig.client.list_events(&undelivered).await.unwrap().data.is_empty());
}

#[tokio::test]
async fn a_disabled_endpoint_hears_nothing() {
    let rig = rig().await;
    let endpoint = rig.endpoint(&["*"], None).await;
    let off = UpdateWebhookEndpoint { disabled: Some(true), ..UpdateWebhookEndpoint::default() };
    let shown = rig.client.update_webhook_endpoint(&endpoint.id, &off, None).await.unwrap();
    assert_eq!((shown.status.as_str(), shown.secret), ("disabled", None));
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    assert!(endpoint.received().is_empty());
    rig.client.delete_webhook_endpoint(&endpoint.id).await.unwrap();
    assert!(rig.client.webhook_endpoint(&endpoint.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_lost_webhook_can_be_found_and_sent_again() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let endpoint = rig.endpoint(&["checkout.session.completed"], None).await;
    let session = rig.session(&customer, &price).await;
    rig.fake.complete_checkout(&session, GOOD_CARD, WebhookFate::Lost).unwrap();
    rig.fake.deliveries_settled().await;
    assert!(endpoint.received().is_empty());
    let lost = ListQuery::new().filter("delivery_success", false).event_type("checkout.session.completed");
    let lost = rig.client.list_events(&lost).await.unwrap();
    assert_eq!(lost.data[0].object_id(), Some(session.as_str()));
    assert!(rig.fake.resend(&lost.data[0].id));
    rig.fake.deliveries_settled().await;
    assert_eq!(endpoint.verified(START).len(), 1);
    let too_many = (0..21).fold(ListQuery::new(), |query, number| query.event_type(&format!("a.{number}")));
    assert!(rig.client.list_events(&too_many).await.is_err());
}

#[tokio::test]
async fn delayed_webhooks_come_half_a_minute_later() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let endpoint = rig.endpoint(&["checkout.session.completed"], None).await;
    let session = rig.session(&customer, &price).await;
    rig.fake.complete_checkout(&session, GOOD_CARD, WebhookFate::Delayed).unwrap();
    rig.fake.deliveries_settled().await;
    assert!(endpoint.received().is_empty());
    rig.fake.advance(30);
    rig.fake.deliveries_settled().await;
    assert_eq!(endpoint.verified(START + 30).len(), 1);
}
