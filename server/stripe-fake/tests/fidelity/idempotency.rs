//! Idempotency keys.

use crate::rig::{DAY, rig};
use latchkey_stripe::{StripeErrorKind, params::CustomerParams};
use latchkey_stripe_fake::{ApiFault, FaultKind};

fn named(email: &str) -> CustomerParams {
    CustomerParams { email: Some(email.into()), ..CustomerParams::default() }
}

#[tokio::test]
async fn one_key_does_one_thing() {
    let rig = rig().await;
    let first = rig.client.create_customer(&named("a@example.com"), "k").await.unwrap();
    let again = rig.client.create_customer(&named("a@example.com"), "k").await.unwrap();
    assert_eq!(first.id, again.id);
    let (_, headers, _) =
        rig.raw("POST", "/v1/customers", "email=a%40example.com", &[("Idempotency-Key", "k")]).await;
    assert_eq!(headers["idempotent-replayed"], "true");
    let error = rig.client.create_customer(&named("b@example.com"), "k").await.unwrap_err();
    assert_eq!((error.kind, error.status), (StripeErrorKind::Idempotency, Some(400)));
}

#[tokio::test]
async fn keys_are_forgotten_after_a_day() {
    let rig = rig().await;
    let first = rig.client.create_customer(&named("a@example.com"), "k").await.unwrap();
    rig.fake.advance(DAY);
    let later = rig.client.create_customer(&named("a@example.com"), "k").await.unwrap();
    assert_ne!(first.id, later.id);
}

#[tokio::test]
async fn refused_parameters_do_not_use_a_key_up() {
    let rig = rig().await;
    assert!(rig.client.create_customer(&named("no address"), "k").await.is_err());
    assert!(rig.client.create_customer(&named("a@example.com"), "k").await.is_ok());
    let long = "k".repeat(256);
    assert!(rig.client.create_customer(&named("a@example.com"), &long).await.is_err());
}

#[tokio::test]
async fn a_failure_after_the_fact_is_repeated() {
    let rig = rig().await;
    let fault =
        ApiFault { kind: FaultKind::ServerErrorAfterCommit, call: "POST /v1/customers".into(), times: 1 };
    rig.fake.chaos(|chaos| chaos.api.push_back(fault));
    for _ in 0..2 {
        let error = rig.client.create_customer(&named("a@example.com"), "k").await.unwrap_err();
        assert_eq!((error.kind, error.status), (StripeErrorKind::Api, Some(500)));
    }
    assert_eq!(rig.fake.objects("customer").len(), 1, "it was made nevertheless");
}

#[tokio::test]
async fn a_key_in_use_is_refused_until_its_call_ends() {
    let rig = rig().await;
    rig.fake.chaos(|chaos| chaos.latency_ms = 300);
    let (client, params) = (rig.client.clone(), named("a@example.com"));
    let slow = tokio::spawn(async move { client.create_customer(&params, "k").await });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    let error = rig.client.create_customer(&named("a@example.com"), "k").await.unwrap_err();
    assert_eq!((error.kind, error.status), (StripeErrorKind::Idempotency, Some(409)));
    let made = slow.await.unwrap().unwrap();
    assert_eq!(rig.client.create_customer(&named("a@example.com"), "k").await.unwrap().id, made.id);
}
