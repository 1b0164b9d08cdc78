//! A request as a value: what to ask, and what the answer will be.

use std::marker::PhantomData;

use serde::{Serialize, de::DeserializeOwned};

use super::{
    Problem,
    fetch::{Answer, Body, Method, Request, Running, fetch},
    json::{Unreadable, read},
};

/// A request to the server whose answer is a `T`. Nothing happens until it is sent.
#[must_use]
pub struct Call<T> {
    pub(super) request: Request,
    answer: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path.into(), Body::None)
    }

    pub(super) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path.into(), Body::None)
    }

    /// A POST without a body.
    pub(super) fn press(path: impl Into<String>) -> Self {
        Self::new(Method::Post, path.into(), Body::None)
    }

    pub(super) fn post(path: impl Into<String>, body: &impl Serialize) -> Self {
        Self::new(Method::Post, path.into(), json(body))
    }

    pub(super) fn put(path: impl Into<String>, body: &impl Serialize) -> Self {
        Self::new(Method::Put, path.into(), json(body))
    }

    pub(super) fn patch(path: impl Into<String>, body: &impl Serialize) -> Self {
        Self::new(Method::Patch, path.into(), json(body))
    }

    /// Puts one file, as the part `file` of a multipart body.
    pub(super) fn upload(path: impl Into<String>, file: web_sys::File) -> Self {
        Self::new(Method::Put, path.into(), Body::File(file))
    }

    /// For signing in and the like: a refusal is this call's own matter and does not end the session.
    pub(super) fn unguarded(mut self) -> Self {
        self.request.guarded = false;
        self
    }

    fn new(method: Method, path: String, body: Body) -> Self {
        Self { request: Request { method, path, body, guarded: true }, answer: PhantomData }
    }
}

impl<T: DeserializeOwned> Call<T> {
    /// Sends it. Dropping the future aborts the request.
    pub async fn send(self) -> Result<T, Problem> {
        let running = Running::new();
        match fetch(&self.request, None, running.as_ref().map(Running::signal).as_ref()).await? {
            Answer::Body { text, .. } => decode(&text),
            Answer::Unchanged => Err(Problem::unreadable()),
        }
    }
}

fn json(body: &impl Serialize) -> Body {
    // Writing a DTO to a string cannot fail; were it to, the server would refuse the empty body.
    Body::Json(serde_json::to_string(body).unwrap_or_default())
}

/// Reads an answer's body. An empty one is `()`.
pub(super) fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    read(text).map_err(|Unreadable| Problem::unreadable())
}
