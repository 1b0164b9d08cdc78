//! The licence Web API over HTTP: finds the method of a path however it is written, reads the parameters
//! wherever they stand, and answers JSON whatever happens. Cookies mean nothing here.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequestParts as _, Request, State},
    http::{HeaderValue, Method as HttpMethod, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use latchkey_shared::api::web_api::RefusalStatus;
use latchkey_store::entity::api_log;

use crate::{
    error::AppError,
    http::{address::Client, pages, webhooks},
    identity::{throttle::Subject, tokens},
    licensing::settings,
    licensing::wire::{
        self, Args, Call, Failure, Method,
        failure::{ACCESS_DENIED, INTERNAL, UNAUTHENTICATED},
    },
    state::AppState,
};

/// A data object's text has 10,000 characters, each of up to twelve bytes in a form.
const BODY_LIMIT: usize = 512 * 1024;
/// The address of Stripe's events that vendors bring along, in lower case.
const STRIPE_EVENTS: (&str, &str) = ("subscription", "stripeurl");

/// Whatever no route took: a call of the licence Web API, or what [`pages::serve`] makes of it.
pub async fn serve_or_page(State(app): State<AppState>, request: Request) -> Response {
    let Some((group, name)) = wire::route(request.uri().path()) else { return pages::serve(&request) };
    let (mut parts, body) = request.into_parts();
    if (group.as_str(), name.as_str()) == STRIPE_EVENTS && parts.method == HttpMethod::POST {
        return stripe_event(app, parts, body).await;
    }
    let Some(method) = wire::find(&group, &name) else {
        let message = wire::not_there(parts.uri.path(), (&group, &name));
        return answer(StatusCode::NOT_FOUND, wire::answer::failed(&message, None), None);
    };
    let client = match Client::from_request_parts(&mut parts, &app).await {
        Ok(client) => client,
        Err(never) => match never {},
    };
    let settings = match settings::web_api(&app).await {
        Ok(settings) => settings,
        Err(error) => return failed(&Failure::App(error), RefusalStatus::Mixed, method),
    };
    let args = match arguments(&parts, body, settings.get).await {
        Ok(args) => args,
        Err((status, message)) => return answer(status, wire::answer::failed(message, None), None),
    };
    let (call, result) = carry_out(&app, method, &parts, args, client.ip.clone()).await;
    let response = match &result {
        Ok(done) => answer(StatusCode::OK, done.clone().into_body(), None),
        Err(failure) => failed(failure, settings.refusal_status, method),
    };
    log(&app, method, call.as_ref(), &client.ip, result.err(), response.status());
    response
}

async fn arguments(parts: &Parts, body: Body, get: bool) -> Result<Args, (StatusCode, &'static str)> {
    let query = Args::from_form(parts.uri.query().unwrap_or_default().as_bytes());
    match parts.method {
        HttpMethod::POST => {}
        HttpMethod::GET if get => return Ok(query),
        HttpMethod::GET => {
            return Err((StatusCode::METHOD_NOT_ALLOWED, "GET is switched off on this server. Use POST."));
        }
        _ => return Err((StatusCode::METHOD_NOT_ALLOWED, "Use POST.")),
    }
    let bytes: Bytes = axum::body::to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| (StatusCode::PAYLOAD_TOO_LARGE, "The request is larger than 512 KB."))?;
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let body = if kind.to_ascii_lowercase().contains("json") {
        Args::from_json(&bytes).ok_or((StatusCode::BAD_REQUEST, "The body is not a JSON object."))?
    } else {
        Args::from_form(&bytes)
    };
    Ok(body.or(query))
}

/// Who calls, whether they may, and then the method itself.
async fn carry_out(
    app: &AppState,
    method: &'static Method,
    parts: &Parts,
    args: Args,
    ip: String,
) -> (Option<Call>, wire::WireResult) {
    let token = match tokens::verify(app, bearer(parts).or(args.given("token")).unwrap_or_default()).await {
        Ok(token) => token,
        Err(error) if error.status() == StatusCode::UNAUTHORIZED => {
            let passes = app.throttle.take(Subject::Caller(0, ip));
            return (None, Err(if passes { Failure::Denied(UNAUTHENTICATED) } else { too_many() }));
        }
        Err(error) => return (None, Err(Failure::App(error))),
    };
    let fits = token.lock.key.is_none() || method.is_open_to_one_key();
    let (id, holds) = (token.id, fits && method.is_open_to(&token));
    let exchanged_only = token.any_key && method.name != "KeyLock";
    let call = Call::new(app.clone(), token, ip.clone());
    let key = args.given("key").map(|key| {
        let product = args.given("productid").unwrap_or_default();
        Subject::Key(format!("{product}:{}", key.chars().take(40).collect::<String>()))
    });
    let passes = app.throttle.take(Subject::Caller(id, ip)) && key.is_none_or(|key| app.throttle.take(key));
    let result = if !passes {
        Err(too_many())
    } else if !holds || exchanged_only {
        Err(Failure::Denied(ACCESS_DENIED))
    } else {
        (method.run)(call.clone(), args).await
    };
    (Some(call), result)
}

fn too_many() -> Failure {
    metrics::counter!("limited_total", "action" => "web_api").increment(1);
    Failure::App(AppError::too_many(1))
}

fn bearer(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

fn failed(failure: &Failure, rule: RefusalStatus, method: &Method) -> Response {
    if let Failure::App(error) = failure
        && failure.message() == INTERNAL
    {
        tracing::error!(method = %method.path(), %error, detail = ?error, "a call failed");
    }
    let status = failure.status(rule, method.name == "GetKey");
    let retry = match failure {
        Failure::App(error) => error.retry_after(),
        _ => None,
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer(status, wire::answer::failed(&failure.message(), failure.reason()), retry)
}

fn answer(status: StatusCode, body: serde_json::Value, retry_after: Option<i64>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/json; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, body.to_string()).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn log(
    app: &AppState,
    method: &Method,
    call: Option<&Call>,
    ip: &str,
    failure: Option<Failure>,
    status: StatusCode,
) {
    metrics::counter!("web_api_calls_total", "method" => method.name, "succeeded" => if failure.is_none() { "1" } else { "0" })
        .increment(1);
    let about = call.map(Call::about).unwrap_or_default();
    app.notes.called(api_log::Model {
        id: 0,
        at: app.clock.now(),
        method: method.path(),
        token_id: call.map(|call| call.token().id),
        product_id: about.product,
        key_id: about.key,
        machine_code: about.machine,
        friendly_name: about.friendly_name,
        ip: ip.to_owned(),
        succeeded: failure.is_none(),
        status: i64::from(status.as_u16()),
        message: failure.map(|failure| failure.for_log()).unwrap_or_default(),
    });
}

/// An event of Stripe's at the address that vendors bring along, however it is written.
async fn stripe_event(app: AppState, parts: Parts, body: Body) -> Response {
    match axum::body::to_bytes(body, webhooks::BODY_LIMIT).await {
        Ok(bytes) => {
            webhooks::stripe_webhook_alias(State(app), parts.headers, Ok(bytes)).await.into_response()
        }
        Err(_) => AppError::too_large("An event is at most 1 MiB.").into_response(),
    }
}
