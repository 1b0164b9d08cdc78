//! Everything that can be made to go wrong.

use crate::rig::{START, rig};
use latchkey_stripe::{
    StripeClient, StripeErrorKind, StripeOptions,
    params::CustomerParams,
    webhook::{SignatureError, verify},
};
use latchkey_stripe_fake::{ApiFault, FaultKind};
use std::time::{Duration, Instant};

fn fault(kind: FaultKind, times: u32) -> ApiFault {
    ApiFault { kind, call: "POST /v1/customers".into(), times }
}

#[tokio::test]
async fn the_clients_retries_get_over_passing_trouble() {
    let rig = rig().await;
    let client = StripeClient::new(StripeOptions::new(&rig.base, "sk_test_x")).unwrap();
    rig.fake
        .chaos(|chaos| chaos.api.extend([fault(FaultKind::RateLimit, 1), fault(FaultKind::ServerError, 1)]));
    client.create_customer(&CustomerParams::default(), "k").await.unwrap();
    assert_eq!(rig.fake.objects("customer").len(), 1);
}

#[tokio::test]
async fn each_fault_looks_like_stripes() {
    let rig = rig().await;
    for (kind, expected, status) in [
        (FaultKind::RateLimit, StripeErrorKind::RateLimited, 429),
        (FaultKind::Lock, StripeErrorKind::RateLimited, 409),
        (FaultKind::ServerError, StripeErrorKind::Api, 500),
    ] {
        rig.fake.chaos(|chaos| chaos.api.push_back(fault(kind, 1)));
        let error = rig.client.create_customer(&CustomerParams::default(), "k").await.unwrap_err();
        assert_eq!((error.kind, error.status), (expected, Some(status)));
    }
    assert!(rig.fake.objects("customer").is_empty());
}

#[tokio::test]
async fn an_answer_that_never_comes_was_done_and_is_repeated() {
    let rig = rig().await;
    rig.fake.chaos(|chaos| chaos.api.push_back(fault(FaultKind::Timeout, 1)));
    let mut options = StripeOptions::new(&rig.base, "sk_test_x");
    options.timeout = Duration::from_millis(200);
    options.max_retries = 0;
    let hasty = StripeClient::new(options).unwrap();
    let error = hasty.create_customer(&CustomerParams::default(), "k").await.unwrap_err();
    assert_eq!(error.kind, StripeErrorKind::Connection);
    let made = hasty.create_customer(&CustomerParams::default(), "k").await.unwrap();
    assert_eq!(rig.fake.objects("customer").len(), 1);
    assert_eq!(rig.fake.objects("customer")[0]["id"], made.id.as_str());
}

#[tokio::test]
async fn calls_take_as_long_as_they_are_told() {
    let rig = rig().await;
    rig.fake.chaos(|chaos| chaos.latency_ms = 50);
    let start = Instant::now();
    rig.client.account().await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(50));
}

#[tokio::test]
async fn webhooks_are_dropped_doubled_and_delayed() {
    let rig = rig().await;
    let endpoint = rig.endpoint(&["customer.created"], None).await;
    rig.fake.chaos(|chaos| chaos.webhooks.drop_next = 1);
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    assert!(endpoint.received().is_empty());
    rig.fake.chaos(|chaos| chaos.webhooks.duplicates = 2);
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    let ids: Vec<String> = endpoint.verified(START).into_iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| *id == ids[0]));
}

#[tokio::test]
async fn signatures_are_broken_and_dated_back() {
    let rig = rig().await;
    let endpoint = rig.endpoint(&["customer.created"], None).await;
    rig.fake.chaos(|chaos| chaos.webhooks.corrupt_next = 1);
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    let check = |(body, header): (Vec<u8>, String)| verify(&body, &header, &[&endpoint.secret], START, 300);
    assert_eq!(check(endpoint.received().pop().unwrap()), Err(SignatureError::NoMatch));
    rig.fake.chaos(|chaos| chaos.webhooks.stale_secs = 301);
    rig.customer().await;
    rig.fake.deliveries_settled().await;
    assert_eq!(check(endpoint.received().pop().unwrap()), Err(SignatureError::TooOld));
}

#[tokio::test]
async fn objects_come_in_the_old_shape() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let endpoint = rig.endpoint(&["invoice.paid"], None).await;
    rig.fake.chaos(|chaos| chaos.webhooks.old_shape = true);
    let id = rig.buy(&customer, &price).await;
    rig.fake.deliveries_settled().await;
    let event = endpoint.verified(START).pop().unwrap();
    assert_eq!(event.object["subscription"], id.as_str());
    assert_eq!(event.subscription_id(), Some(id.as_str()));
}
