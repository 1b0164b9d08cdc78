//! Sending one call: headers, the token bucket, retries that keep the idempotency key, reading answers.

use crate::{
    Listed, Pages, StripeError, StripeErrorKind,
    bucket::TokenBucket,
    form,
    paging::ListQuery,
    retry::{delay, random_spread, should_retry},
};
use reqwest::{Method, Response, Url};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt, sync::Arc, time::Duration};

/// The version of Stripe's API that every call and every provisioned webhook endpoint names.
pub const API_VERSION: &str = "2026-09-30.endive";

/// What a client is made of.
#[derive(Clone)]
pub struct StripeOptions {
    /// `https://api.stripe.com`, or where the stand-in listens; without `/v1`.
    pub base_url: String,
    /// A secret or restricted key.
    pub secret_key: String,
    /// The HTTP client to send with.
    pub http: reqwest::Client,
    /// How many requests a second all clones together may send.
    pub requests_per_second: u32,
    /// How often a failed call is tried again.
    pub max_retries: u32,
    /// How long one try may take.
    pub timeout: Duration,
}

impl StripeOptions {
    /// 20 requests a second, 3 retries, 30 seconds per try, an HTTP client of its own.
    pub fn new(base_url: &str, secret_key: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            secret_key: secret_key.to_owned(),
            http: reqwest::Client::new(),
            requests_per_second: 20,
            max_retries: 3,
            timeout: Duration::from_secs(30),
        }
    }
}

/// Calls Stripe. Cheap to clone; clones share connections and the token bucket.
#[derive(Clone)]
pub struct StripeClient {
    inner: Arc<Inner>,
}

struct Inner {
    base_url: Url,
    secret_key: String,
    http: reqwest::Client,
    bucket: TokenBucket,
    max_retries: u32,
    timeout: Duration,
}

impl fmt::Debug for StripeOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StripeOptions").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl fmt::Debug for StripeClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StripeClient")
            .field("base_url", &self.inner.base_url.as_str())
            .finish_non_exhaustive()
    }
}

/// One call, ready to be sent as often as needed.
struct Call<'a> {
    method: Method,
    url: Url,
    body: Option<String>,
    idempotency_key: Option<&'a str>,
}

impl StripeClient {
    /// # Errors
    /// When the base is not an http(s) address, or the key could not be sent in a header.
    pub fn new(options: StripeOptions) -> Result<Self, StripeError> {
        let base_url = Url::parse(&options.base_url)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| {
                StripeError::local("the address of Stripe's API must begin with https:// or http://")
            })?;
        if options.secret_key.is_empty() || !options.secret_key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(StripeError::local("the Stripe key is empty or contains characters no key has"));
        }
        Ok(Self {
            inner: Arc::new(Inner {
                base_url,
                secret_key: options.secret_key,
                http: options.http,
                bucket: TokenBucket::new(options.requests_per_second),
                max_retries: options.max_retries,
                timeout: options.timeout,
            }),
        })
    }

    /// Whether the key is one of a live account (as opposed to a sandbox).
    pub fn uses_live_key(&self) -> bool {
        ["sk_live_", "rk_live_"].iter().any(|prefix| self.inner.secret_key.starts_with(prefix))
    }

    /// Walks over a whole list: `client.pages::<Raw<Subscription>>(query)`.
    pub fn pages<T: Listed>(&self, query: ListQuery) -> Pages<T> {
        Pages::new(self.clone(), query)
    }

    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(String, String)],
    ) -> Result<T, StripeError> {
        let mut url = self.url(path)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.call(&Call { method: Method::GET, url, body: None, idempotency_key: None }).await
    }

    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        params: &impl Serialize,
        idempotency_key: Option<&str>,
    ) -> Result<T, StripeError> {
        let made;
        let key = if let Some(key) = idempotency_key {
            key
        } else {
            made = random_key()?;
            &made
        };
        let body = encode(params)?;
        let url = self.url(path)?;
        self.call(&Call { method: Method::POST, url, body: Some(body), idempotency_key: Some(key) }).await
    }

    pub(crate) async fn delete<T: DeserializeOwned>(
        &self,
        path: &str,
        params: &impl Serialize,
    ) -> Result<T, StripeError> {
        let mut url = self.url(path)?;
        let query = encode(params)?;
        if !query.is_empty() {
            url.set_query(Some(&query));
        }
        self.call(&Call { method: Method::DELETE, url, body: None, idempotency_key: None }).await
    }

    fn url(&self, path: &str) -> Result<Url, StripeError> {
        let base = self.inner.base_url.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}{path}"))
            .map_err(|_| StripeError::local("that id cannot be part of an address"))
    }

    async fn call<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, StripeError> {
        let mut retry = 0;
        loop {
            self.inner.bucket.acquire().await;
            let (error, wait) = match self.send(call).await {
                Ok(answer) if answer.status().is_success() => match read(answer).await {
                    // An answer that broke off halfway; the key makes asking again harmless.
                    Err(error) if error.kind == StripeErrorKind::Connection => {
                        (error, Some(delay(retry, random_spread(), None)))
                    }
                    read => return read,
                },
                Ok(answer) => {
                    let again = should_retry(answer.status().as_u16(), answer.headers());
                    let wait = again.then(|| delay(retry, random_spread(), Some(answer.headers())));
                    (read_error(answer).await, wait)
                }
                Err(error) => (StripeError::connection(&error), Some(delay(retry, random_spread(), None))),
            };
            match wait {
                Some(wait) if retry < self.inner.max_retries => {
                    tracing::debug!(method = %call.method, path = call.url.path(), %error, ?wait, "calling Stripe again");
                    tokio::time::sleep(wait).await;
                    retry += 1;
                }
                _ => {
                    tracing::debug!(method = %call.method, path = call.url.path(), %error, "Stripe call failed");
                    return Err(error);
                }
            }
        }
    }

    async fn send(&self, call: &Call<'_>) -> Result<Response, reqwest::Error> {
        let mut request = self
            .inner
            .http
            .request(call.method.clone(), call.url.clone())
            .timeout(self.inner.timeout)
            .bearer_auth(&self.inner.secret_key)
            .header("Stripe-Version", API_VERSION);
        if let Some(key) = call.idempotency_key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = &call.body {
            request = request.header("Content-Type", "application/x-www-form-urlencoded").body(body.clone());
        }
        request.send().await
    }
}

async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, StripeError> {
    let (status, request_id) = (answer.status().as_u16(), request_id(&answer));
    let body = answer.bytes().await.map_err(|error| StripeError::connection(&error))?;
    serde_json::from_slice(&body).map_err(|error| {
        StripeError::unreadable(status, request_id, format!("Stripe's answer is not readable: {error}"))
    })
}

async fn read_error(answer: Response) -> StripeError {
    let (status, request_id) = (answer.status().as_u16(), request_id(&answer));
    let body = answer.bytes().await.unwrap_or_default();
    StripeError::from_answer(status, request_id, &body)
}

fn request_id(answer: &Response) -> Option<Box<str>> {
    answer.headers().get("request-id").and_then(|id| id.to_str().ok()).map(Box::from)
}

fn encode(params: &impl Serialize) -> Result<String, StripeError> {
    form::encode(params)
        .map_err(|error| StripeError::local(format!("the parameters cannot be sent: {error}")))
}

fn random_key() -> Result<String, StripeError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| StripeError::local("the system gives no random numbers"))?;
    Ok(hex::encode(bytes))
}

/// Escapes an id for use as one segment of a path, so that an odd id cannot name another call.
pub(crate) fn segment(id: &str) -> String {
    form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20").replace('.', "%2E")
}
