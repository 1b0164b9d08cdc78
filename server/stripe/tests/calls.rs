//! The client against a scripted server: what is sent, what is tried again, how failures are told.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use latchkey_stripe::{
    ListQuery, Raw, StripeClient, StripeErrorKind, StripeOptions, Subscription,
    params::{CustomerParams, UpdateSubscription},
};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

/// One scripted answer: status, headers, body.
type Answer = (u16, Vec<(&'static str, &'static str)>, Value);

/// Answers in the order of the script and keeps what was asked.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

#[derive(Clone, Debug)]
struct Seen {
    line: String,
    headers: HeaderMap,
    body: String,
}

impl Script {
    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn answer(State(script): State<Script>, request: Request) -> Response {
    let line = format!("{} {}", request.method(), request.uri());
    let headers = request.headers().clone();
    let body = axum::body::to_bytes(request.into_body(), 1 << 20).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    script.seen.lock().unwrap().push(Seen { line, headers, body });
    let (status, headers, body) =
        script.answers.lock().unwrap().pop_front().expect("more calls than answers");
    let mut response = (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

/// A client whose calls are answered from `answers`.
async fn scripted(answers: impl IntoIterator<Item = Answer>) -> (StripeClient, Script) {
    let script = Script { answers: Arc::new(Mutex::new(answers.into_iter().collect())), ..Script::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer).with_state(script.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (StripeClient::new(StripeOptions::new(&base, "sk_test_secret")).unwrap(), script)
}

fn ok(body: Value) -> Answer {
    (200, vec![], body)
}

#[tokio::test]
async fn a_create_call_sends_version_key_and_bracket_form() {
    let (client, script) =
        scripted([ok(json!({"id": "cus_1", "email": "a@example.com", "new_field": {"x": 1}}))]).await;
    let params = CustomerParams {
        email: Some("a@example.com".into()),
        metadata: [("skm_customer_id".into(), "42".into())].into(),
        ..CustomerParams::default()
    };
    let customer = client.create_customer(&params, "acct:cust:42").await.unwrap();
    assert_eq!((customer.id.as_str(), customer.email.as_deref()), ("cus_1", Some("a@example.com")));
    assert_eq!(customer.raw["new_field"]["x"], 1);

    let seen = &script.seen()[0];
    assert_eq!(seen.line, "POST /v1/customers");
    assert_eq!(seen.body, "email=a%40example.com&metadata%5Bskm_customer_id%5D=42");
    assert_eq!(seen.headers["authorization"], "Bearer sk_test_secret");
    assert_eq!(seen.headers["stripe-version"], "2026-09-30.endive");
    assert_eq!(seen.headers["idempotency-key"], "acct:cust:42");
    assert_eq!(seen.headers["content-type"], "application/x-www-form-urlencoded");
}

#[tokio::test]
async fn retries_keep_the_idempotency_key() {
    let broken = json!({"error": {"type": "api_error", "message": "try later"}});
    let (client, script) = scripted([(500, vec![], broken), ok(json!({"id": "sub_1"}))]).await;
    client
        .update_subscription("sub_1", &UpdateSubscription::default(), Some("acct:meta:sub_1:7"))
        .await
        .unwrap();
    let keys: Vec<_> = script.seen().iter().map(|seen| seen.headers["idempotency-key"].clone()).collect();
    assert_eq!(keys, ["acct:meta:sub_1:7", "acct:meta:sub_1:7"]);
}

#[tokio::test]
async fn without_a_key_one_random_key_serves_all_tries() {
    let (client, script) = scripted([(503, vec![], Value::Null), ok(json!({})), ok(json!({}))]).await;
    for _ in 0..2 {
        client.update_subscription("sub_1", &UpdateSubscription::default(), None).await.unwrap();
    }
    let keys: Vec<_> = script.seen().iter().map(|seen| seen.headers["idempotency-key"].clone()).collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let limited = json!({"error": {"type": "invalid_request_error", "code": "rate_limit"}});
    let (client, script) =
        scripted([(429, vec![("retry-after", "1")], limited), ok(json!({"id": "acct_1"}))]).await;
    let start = Instant::now();
    assert_eq!(client.account().await.unwrap().id, "acct_1");
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(script.seen().len(), 2);
}

#[tokio::test]
async fn stripe_can_forbid_another_try() {
    let answer = (500, vec![("stripe-should-retry", "false"), ("request-id", "req_9")], Value::Null);
    let (client, script) = scripted([answer]).await;
    let error = client.account().await.unwrap_err();
    assert_eq!((error.kind, error.request_id.as_deref()), (StripeErrorKind::Api, Some("req_9")));
    assert_eq!(script.seen().len(), 1);
}

#[tokio::test]
async fn refusals_are_typed_and_not_tried_again() {
    let refused = json!({"error": {
        "type": "invalid_request_error", "code": "resource_missing", "param": "customer",
        "message": "No such customer: 'cus_x'",
    }});
    let (client, script) = scripted([(400, vec![("request-id", "req_7")], refused)]).await;
    let error = client.create_customer(&CustomerParams::default(), "k").await.unwrap_err();
    assert_eq!(error.kind, StripeErrorKind::InvalidRequest);
    assert_eq!((error.code.as_deref(), error.param.as_deref()), (Some("resource_missing"), Some("customer")));
    assert_eq!(script.seen().len(), 1);
}

#[tokio::test]
async fn nobody_listening_and_no_answer_are_connection_errors() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let mut options = StripeOptions::new(&base, "sk_test_secret");
    options.max_retries = 0;
    options.timeout = Duration::from_millis(200);
    let client = StripeClient::new(options).unwrap();
    let silent = client.account().await.unwrap_err();
    assert_eq!(silent.kind, StripeErrorKind::Connection);
    assert!(silent.message.contains("in time"), "{silent}");
    drop(listener);
    let refused = client.account().await.unwrap_err();
    assert_eq!(refused.kind, StripeErrorKind::Connection);
    assert!(refused.is_retryable());
}

#[tokio::test]
async fn pages_are_walked_to_the_end() {
    let page = |ids: &[&str], more: bool| {
        let data: Vec<Value> = ids.iter().map(|id| json!({"id": id, "status": "active"})).collect();
        ok(json!({"object": "list", "data": data, "has_more": more}))
    };
    let (client, script) = scripted([page(&["sub_3", "sub_2"], true), page(&["sub_1"], false)]).await;
    let query = ListQuery::new().filter("status", "all").limit(2);
    let all = client.pages::<Raw<Subscription>>(query).all().await.unwrap();
    assert_eq!(
        all.iter().map(|subscription| subscription.id.as_str()).collect::<Vec<_>>(),
        ["sub_3", "sub_2", "sub_1"]
    );
    let lines: Vec<String> = script.seen().into_iter().map(|seen| seen.line).collect();
    assert_eq!(
        lines,
        [
            "GET /v1/subscriptions?status=all&limit=2",
            "GET /v1/subscriptions?status=all&limit=2&starting_after=sub_2"
        ]
    );
}

#[tokio::test]
async fn odd_fields_do_not_make_an_answer_unreadable() {
    let odd = json!({
        "id": "sub_1", "status": "hibernating", "items": {"data": [{"id": "si_1", "quantity": "two"}]},
        "customer": {"id": "cus_1", "deleted": true}, "cancel_at": {"odd": 1}, "metadata": {"a": "b"},
    });
    let (client, _script) = scripted([ok(odd)]).await;
    let subscription = client.subscription("sub_1", &["customer"]).await.unwrap();
    assert_eq!(subscription.status.as_str(), "hibernating");
    assert_eq!(subscription.items.data[0].quantity, None);
    assert_eq!(subscription.customer.as_ref().unwrap().id(), "cus_1");
    assert_eq!((subscription.cancel_at, subscription.metadata["a"].as_str()), (None, "b"));
}

#[tokio::test]
async fn an_odd_id_cannot_reach_another_path() {
    let (client, script) = scripted([ok(json!({}))]).await;
    client.customer("../account?x=1#").await.unwrap();
    assert_eq!(script.seen()[0].line, "GET /v1/customers/%2E%2E%2Faccount%3Fx%3D1%23");
}

#[test]
fn the_key_is_never_printed() {
    let options = StripeOptions::new("https://api.stripe.com", "sk_test_secret");
    assert!(!format!("{options:?}").contains("sk_test"));
    assert!(!format!("{:?}", StripeClient::new(options).unwrap()).contains("sk_test"));
    let wrong =
        StripeClient::new(StripeOptions::new("https://api.stripe.com", "sk_test secret")).unwrap_err();
    assert!(!wrong.to_string().contains("secret"), "{wrong}");
}
