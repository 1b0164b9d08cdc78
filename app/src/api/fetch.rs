//! The browser's `fetch`, once for all calls: text in, text out.

use std::{cell::RefCell, rc::Rc};

use js_sys::{JsString, Promise, Reflect};
use latchkey_shared::error::code;
use leptos::prelude::{ArcTrigger, Notify, Track, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, File, FormData, Headers, RequestCache, RequestInit, Response};

use super::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    None,
    Json(String),
    File(File),
}

/// What is asked. `guarded`: a 401 or `terms_required` concerns the whole session.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Request {
    pub method: Method,
    /// Path and query.
    pub path: String,
    pub body: Body,
    pub guarded: bool,
}

/// A success.
pub(super) enum Answer {
    Body {
        text: String,
        etag: Option<String>,
    },
    /// 304: what the `ETag` named still holds.
    Unchanged,
}

/// Why the server would not talk to this session any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    StaffSignedOut,
    PortalSignedOut,
    TermsRequired,
}

type RefusalHandler = Rc<dyn Fn(Refusal)>;

thread_local! {
    static ON_REFUSAL: RefCell<Option<RefusalHandler>> = const { RefCell::new(None) };
    static SIGNED_IN_AGAIN: ArcTrigger = ArcTrigger::new();
}

/// Sets what happens when a guarded call is refused. Called once, by the session.
pub fn on_refusal(handler: impl Fn(Refusal) + 'static) {
    ON_REFUSAL.with(|kept| *kept.borrow_mut() = Some(Rc::new(handler)));
}

/// Asks anew for everything whose answer was that nobody is signed in. Called when somebody is again.
pub fn ask_again() {
    SIGNED_IN_AGAIN.with(ArcTrigger::notify);
}

/// Tracks [`ask_again`].
pub(super) fn track_asking_again() {
    SIGNED_IN_AGAIN.with(ArcTrigger::track);
}

fn tell_refusal(path: &str, problem: &Problem) {
    let signed_out = problem.code() == code::UNAUTHENTICATED;
    let refusal = match problem {
        // The other 401 says that a password typed into a form is wrong.
        Problem::Unauthenticated(_) if !signed_out => return,
        Problem::Unauthenticated(_) if path.starts_with("/api/v1/portal/") => Refusal::PortalSignedOut,
        Problem::Unauthenticated(_) => Refusal::StaffSignedOut,
        Problem::TermsRequired(_) => Refusal::TermsRequired,
        _ => return,
    };
    let handler = ON_REFUSAL.with(|kept| kept.borrow().clone());
    if let Some(handler) = handler {
        handler(refusal);
    }
}

/// A handle on a request under way: dropping it aborts the request.
pub(super) struct Running(AbortController);

impl Running {
    /// `None` only in a browser without abortable requests; there they run to their end.
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// What [`fetch`] listens to.
    pub fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends a request. With `etag` it may be answered by [`Answer::Unchanged`]; `signal` aborts it.
pub(super) async fn fetch(
    request: &Request,
    etag: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Answer, Problem> {
    let answer = exchange(request, etag, signal).await;
    if let (true, Err(problem)) = (request.guarded, &answer) {
        tell_refusal(&request.path, problem);
    }
    answer
}

async fn exchange(
    request: &Request,
    etag: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Answer, Problem> {
    let init = prepare(request, etag).map_err(offline)?;
    init.set_signal(signal);
    read(window().fetch_with_str_and_init(&request.path, &init)).await
}

/// Waits for a promise of a `Response` and reads it.
pub(super) async fn read(answering: Promise) -> Result<Answer, Problem> {
    let response = JsFuture::from(answering).await.map_err(offline)?;
    let response: Response = response.dyn_into().map_err(offline)?;
    if response.status() == 304 {
        return Ok(Answer::Unchanged);
    }
    let text = JsFuture::from(response.text().map_err(offline)?).await.map_err(offline)?;
    let text = text.as_string().unwrap_or_default();
    let header = |name| response.headers().get(name).ok().flatten();
    if response.ok() {
        return Ok(Answer::Body { text, etag: header("etag") });
    }
    let retry_after = header("retry-after").and_then(|seconds| seconds.parse().ok());
    Err(Problem::read(response.status(), retry_after, header("x-request-id"), &text))
}

fn prepare(request: &Request, etag: Option<&str>) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    if let Some(etag) = etag {
        headers.set("if-none-match", etag)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method.word());
    // After "back" from another site, browsers answer from what they kept without asking: whoever signed in meanwhile
    // would be a stranger.
    init.set_cache(RequestCache::NoCache);
    match &request.body {
        Body::None => {}
        Body::Json(text) => {
            headers.set("content-type", "application/json")?;
            init.set_body(&JsString::from(text.as_str()));
        }
        // The browser writes the content type, since it chooses the boundary.
        Body::File(file) => {
            let form = FormData::new()?;
            form.append_with_blob("file", file)?;
            init.set_body(&form);
        }
    }
    init.set_headers(&headers);
    Ok(init)
}

fn offline<E>(_: E) -> Problem {
    Problem::Offline
}

/// The request for the session that the static page began before this program had loaded; once.
pub(super) fn early_session() -> Option<Promise> {
    let name = JsValue::from("__session");
    let window = window();
    let promise: Promise = Reflect::get(&window, &name).ok()?.dyn_into().ok()?;
    // A plain property can be deleted; were it not, the session would merely be read twice.
    let _ = Reflect::delete_property(&window, &name);
    Some(promise)
}
