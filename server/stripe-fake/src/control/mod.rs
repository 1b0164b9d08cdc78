//! The control interface, for browser tests and the demo's panel. Every call needs the control token as
//! bearer token; bodies and answers are JSON.
//!
//! | call | does |
//! | --- | --- |
//! | `GET /_ctl/state` | origin, time, account, knobs, number of objects of each kind |
//! | `POST /_ctl/reset` | forgets every object, keeps the account and its webhook endpoints |
//! | `POST /_ctl/advance` `{"seconds"}` | lets time pass |
//! | `GET`, `PUT /_ctl/chaos` | reads or replaces the knobs |
//! | `POST /_ctl/cards` `{"customer", "decline"}` | makes a customer's payments fail; `null` heals |
//! | `POST /_ctl/checkout/{session}/complete` `{"card", "webhooks"}` | pays (`webhooks`: `prompt`, `delayed`, `lost`) |
//! | `POST /_ctl/disputes` `{"charge", "reason"}`, `POST /_ctl/disputes/{id}/close` `{"status"}` | disputes |
//! | `POST /_ctl/refunds/{id}/fail` `{"reason"}` | the customer's bank sends a refund back |
//! | `POST /_ctl/keys` `{"key", "deny": […], "allow": […]}` | permissions of a restricted key |
//! | `POST /_ctl/webhooks/{endpoint}/roll` | a new secret; for a day both sign |
//! | `POST /_ctl/events/{id}/resend` | sends an event again |
//! | `POST /_ctl/accounts` `{"key"}` | another account at this address, for that key; `?account=KEY` leads any call to it |
//! | `GET /_ctl/objects/{kind}` | all objects of a kind, newest first |

use crate::{FakeStripe, Refused, WebhookFate, chaos::Chaos};
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;

pub(crate) fn router(fake: FakeStripe) -> Router<FakeStripe> {
    Router::new()
        .route("/state", get(state))
        .route("/reset", post(reset))
        .route("/advance", post(advance))
        .route("/chaos", get(chaos).put(set_chaos))
        .route("/cards", post(cards))
        .route("/checkout/{session}/complete", post(complete))
        .route("/disputes", post(open_dispute))
        .route("/disputes/{id}/close", post(close_dispute))
        .route("/accounts", post(add_account))
        .route("/refunds/{id}/fail", post(fail_refund))
        .route("/keys", post(keys))
        .route("/webhooks/{endpoint}/roll", post(roll))
        .route("/events/{id}/resend", post(resend))
        .route("/objects/{kind}", get(objects))
        .layer(from_fn_with_state(fake, require_token))
}

async fn require_token(State(fake): State<FakeStripe>, request: Request, next: Next) -> Response {
    let given =
        request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let expected = format!("Bearer {}", fake.control_token());
    if bool::from(given.as_bytes().ct_eq(expected.as_bytes())) {
        return next.run(request).await;
    }
    (StatusCode::UNAUTHORIZED, Json(json!({"error": "the control token is missing or wrong"})))
        .into_response()
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, Json(json!({"error": self.0}))).into_response()
    }
}

async fn state(State(fake): State<FakeStripe>) -> Json<Value> {
    let clock = fake.clock();
    let world = fake.world();
    Json(json!({
        "account": world.account_id,
        "chaos": world.chaos,
        "manual_clock": clock.is_manual(),
        "now": clock.now_secs(),
        "objects": world.store.counts(),
        "origin": world.origin,
        "waiting_deliveries": world.deliveries.len(),
    }))
}

async fn reset(State(fake): State<FakeStripe>) -> Json<Value> {
    fake.world().reset();
    Json(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: i64,
}

async fn advance(State(fake): State<FakeStripe>, Json(body): Json<Advance>) -> Json<Value> {
    fake.advance(body.seconds);
    Json(json!({"now": fake.clock().now_secs()}))
}

async fn chaos(State(fake): State<FakeStripe>) -> Json<Chaos> {
    Json(fake.chaos(|chaos| chaos.clone()))
}

async fn set_chaos(State(fake): State<FakeStripe>, Json(body): Json<Chaos>) -> Json<Chaos> {
    fake.chaos(|chaos| *chaos = body);
    chaos(State(fake)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cards {
    customer: String,
    decline: Option<String>,
}

async fn cards(State(fake): State<FakeStripe>, Json(body): Json<Cards>) -> Json<Value> {
    fake.chaos(|chaos| match body.decline {
        Some(reason) => chaos.declines.insert(body.customer, reason),
        None => chaos.declines.remove(&body.customer),
    });
    Json(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Complete {
    #[serde(default = "good_card")]
    card: String,
    webhooks: Option<String>,
}

fn good_card() -> String {
    "4242424242424242".to_owned()
}

async fn complete(
    State(fake): State<FakeStripe>,
    Path(session): Path<String>,
    Json(body): Json<Complete>,
) -> Result<Json<Value>, Refused> {
    let fate = WebhookFate::named(body.webhooks.as_deref().unwrap_or("prompt"))?;
    fake.complete_checkout(&session, &body.card, fate)?;
    Ok(Json(json!({})))
}

impl WebhookFate {
    /// `prompt`, `delayed` or `lost`.
    pub(crate) fn named(word: &str) -> Result<Self, Refused> {
        match word {
            "prompt" => Ok(Self::Prompt),
            "delayed" => Ok(Self::Delayed),
            "lost" => Ok(Self::Lost),
            other => Err(Refused(format!("webhooks are prompt, delayed or lost, not {other}"))),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenDispute {
    charge: String,
    reason: Option<String>,
}

async fn open_dispute(
    State(fake): State<FakeStripe>,
    Json(body): Json<OpenDispute>,
) -> Result<Json<Value>, Refused> {
    let id = fake.open_dispute(&body.charge, body.reason.as_deref().unwrap_or("fraudulent"))?;
    Ok(Json(json!({ "id": id })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CloseDispute {
    status: String,
}

async fn close_dispute(
    State(fake): State<FakeStripe>,
    Path(id): Path<String>,
    Json(body): Json<CloseDispute>,
) -> Result<Json<Value>, Refused> {
    fake.close_dispute(&id, &body.status)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddAccount {
    key: String,
}

async fn add_account(State(fake): State<FakeStripe>, Json(body): Json<AddAccount>) -> Json<Value> {
    let account = fake.add_account(&body.key);
    let id = account.world().account_id.clone();
    Json(json!({ "account": id }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailRefund {
    reason: Option<String>,
}

async fn fail_refund(
    State(fake): State<FakeStripe>,
    Path(id): Path<String>,
    Json(body): Json<FailRefund>,
) -> Result<Json<Value>, Refused> {
    fake.fail_refund(&id, body.reason.as_deref().unwrap_or("lost_or_stolen_card"))?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    key: String,
    #[serde(default)]
    deny: Vec<String>,
    #[serde(default)]
    allow: Vec<String>,
}

async fn keys(State(fake): State<FakeStripe>, Json(body): Json<Keys>) -> Json<Value> {
    body.deny.iter().for_each(|permission| fake.deny(&body.key, permission));
    body.allow.iter().for_each(|permission| fake.allow(&body.key, permission));
    Json(json!({}))
}

async fn roll(State(fake): State<FakeStripe>, Path(endpoint): Path<String>) -> Result<Json<Value>, Refused> {
    let secret =
        fake.roll_secret(&endpoint).ok_or_else(|| Refused(format!("no webhook endpoint {endpoint}")))?;
    Ok(Json(json!({ "secret": secret })))
}

async fn resend(State(fake): State<FakeStripe>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    if fake.resend(&id) { Ok(Json(json!({}))) } else { Err(Refused(format!("no event {id}"))) }
}

async fn objects(State(fake): State<FakeStripe>, Path(kind): Path<String>) -> Json<Vec<Value>> {
    Json(fake.objects(&kind))
}
