//! From an HTTP request to a handler and back: key, scripted faults, idempotency, parameters, expansion,
//! headers.

use super::{Call, Route, idempotency, route};
use crate::{
    FakeStripe,
    chaos::FaultKind,
    error::{ApiError, masked},
    form,
    ids::new_id,
    objects::old_shape,
    params::Params,
    world::World,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use latchkey_stripe::API_VERSION;
use serde_json::{Value, json};
use std::time::Duration;

/// How long a call hangs that is never answered.
const SILENCE: Duration = Duration::from_mins(10);

/// One request, read.
struct Incoming {
    method: String,
    path: String,
    key: String,
    version: String,
    idempotency_key: Option<String>,
    params: Params,
    request_id: String,
}

/// What goes back.
struct Outgoing {
    status: u16,
    body: Value,
    replayed: bool,
    should_retry: Option<bool>,
}

/// Answers every call below `/v1`.
pub(crate) async fn answer(
    State(fake): State<FakeStripe>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let request_id = new_id("req").chars().take(18).collect::<String>();
    let read = read(&fake, &method, &uri, &headers, &body, &request_id);
    let outgoing = match read {
        Ok(incoming) => finish_regardless(fake, incoming, &request_id).await,
        Err(error) => failed(&error, &request_id),
    };
    respond(outgoing, &request_id)
}

fn read(
    fake: &FakeStripe,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
    request_id: &str,
) -> Result<Incoming, ApiError> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let key = header("authorization").and_then(|value| value.strip_prefix("Bearer ").map(str::to_owned));
    let key = key.ok_or_else(|| {
        ApiError::unauthorized(
            "You did not provide an API key. It goes into the Authorization header as a Bearer token.",
        )
    })?;
    if !key.starts_with("sk_test_") && !key.starts_with("rk_test_") {
        return Err(ApiError::unauthorized(format!("Invalid API Key provided: {}", masked(&key))));
    }
    let idempotency_key = header("idempotency-key").filter(|_| *method == Method::POST);
    if idempotency_key.as_ref().is_some_and(|key| key.len() > 255) {
        return Err(ApiError::invalid("Idempotency keys can have up to 255 characters."));
    }
    let mut fields = form::decode(uri.query().unwrap_or_default().as_bytes())?;
    fields.extend(form::decode(body)?);
    fake.world().note_call(request_id, idempotency_key.as_deref());
    Ok(Incoming {
        method: method.as_str().to_owned(),
        path: uri.path().to_owned(),
        key,
        version: header("stripe-version").unwrap_or_else(|| API_VERSION.to_owned()),
        idempotency_key,
        params: Params::new(fields),
        request_id: request_id.to_owned(),
    })
}

/// A call that has begun comes to its end even when the caller hangs up.
async fn finish_regardless(fake: FakeStripe, incoming: Incoming, request_id: &str) -> Outgoing {
    let served = tokio::spawn(async move { serve(&fake, &incoming).await }).await;
    match served {
        Ok((outgoing, false)) => outgoing,
        Ok((outgoing, true)) => {
            tokio::time::sleep(SILENCE).await;
            outgoing
        }
        Err(_) => failed(&ApiError::internal(), request_id),
    }
}

/// Also says whether the answer is to be withheld.
async fn serve(fake: &FakeStripe, incoming: &Incoming) -> (Outgoing, bool) {
    if let Some(kept) = idempotency::begin(&mut fake.world(), incoming) {
        return (kept, false);
    }
    let (latency, fault) = {
        let mut world = fake.world();
        let fault = world.chaos.take_fault(&format!("{} {}", incoming.method, incoming.path));
        (world.chaos.latency_ms, fault)
    };
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    let refusal = match fault {
        Some(FaultKind::RateLimit) => Some(ApiError::rate_limited()),
        Some(FaultKind::Lock) => Some(ApiError::lock_timeout()),
        Some(FaultKind::ServerError) => Some(ApiError::internal()),
        _ => None,
    };
    let (outgoing, executed) = match refusal {
        Some(error) => (failed(&error, &incoming.request_id), false),
        None => execute(&mut fake.world(), incoming, fault),
    };
    idempotency::finish(&mut fake.world(), incoming, executed.then_some(&outgoing));
    fake.wake_deliveries();
    (outgoing, fault == Some(FaultKind::Timeout))
}

/// Runs the handler. Also says whether the call took effect, so that its answer has to be kept.
fn execute(world: &mut World, incoming: &Incoming, fault: Option<FaultKind>) -> (Outgoing, bool) {
    world.note_call(&incoming.request_id, incoming.idempotency_key.as_deref());
    let result = handle(world, incoming);
    world.request = Value::Null;
    match result {
        Ok(_) if fault == Some(FaultKind::ServerErrorAfterCommit) => {
            (failed(&ApiError::internal(), &incoming.request_id), true)
        }
        Ok(body) => (Outgoing { status: 200, body, replayed: false, should_retry: None }, true),
        Err(error) => (failed(&error, &incoming.request_id), error.executed),
    }
}

fn handle(world: &mut World, incoming: &Incoming) -> Result<Value, ApiError> {
    let found = route(&incoming.method, &incoming.path);
    let (route, path) = found.ok_or_else(|| ApiError::unrecognized_url(&incoming.method, &incoming.path))?;
    permit(world, &incoming.key, route)?;
    let expand = incoming.params.texts("expand")?;
    let known: Vec<&str> = route.params.iter().copied().chain(["expand[]"]).collect();
    incoming.params.check(&known)?;
    let call = Call { path, params: incoming.params.clone() };
    let answer = (route.handler)(world, &call)?;
    let mut shown = world.render(&answer);
    world.expand(&mut shown, &expand)?;
    if old_shape::is_old(&incoming.version) {
        old_shape::restore(&mut shown);
    }
    Ok(shown)
}

/// A restricted key may read what it may write.
fn permit(world: &World, key: &str, route: &Route) -> Result<(), ApiError> {
    let denied = |permission: &str| world.denied.get(key).is_some_and(|denied| denied.contains(permission));
    if denied(route.permission) {
        return Err(ApiError::forbidden(key, &world.account_id, route.permission));
    }
    Ok(())
}

fn failed(error: &ApiError, request_id: &str) -> Outgoing {
    Outgoing {
        status: error.status,
        body: error.json(request_id),
        replayed: false,
        should_retry: error.should_retry,
    }
}

fn respond(outgoing: Outgoing, request_id: &str) -> Response {
    let status = StatusCode::from_u16(outgoing.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(outgoing.body)).into_response();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    };
    set("request-id", request_id);
    set("stripe-version", API_VERSION);
    if outgoing.replayed {
        set("idempotent-replayed", "true");
    }
    if let Some(should_retry) = outgoing.should_retry {
        set("stripe-should-retry", if should_retry { "true" } else { "false" });
    }
    response
}

impl World {
    /// Notes which call is running, for the events it causes.
    fn note_call(&mut self, request_id: &str, idempotency_key: Option<&str>) {
        self.request = json!({"id": request_id, "idempotency_key": idempotency_key});
    }
}

impl idempotency::Identified for Incoming {
    fn name(&self) -> Option<String> {
        Some(format!("{} {}", self.key, self.idempotency_key.as_ref()?))
    }

    fn shown(&self) -> &str {
        self.idempotency_key.as_deref().unwrap_or_default()
    }

    fn fingerprint(&self) -> String {
        format!("{} {} {}", self.method, self.path, Value::Object(self.params.fields().clone()))
    }
}

impl idempotency::Kept for Outgoing {
    fn keep(&self) -> (u16, Value) {
        (self.status, self.body.clone())
    }

    fn replay((status, body): (u16, Value)) -> Self {
        Self { status, body, replayed: true, should_retry: None }
    }

    fn refuse(error: &ApiError) -> Self {
        failed(error, &new_id("req"))
    }
}
