//! The document of the API, and calls of whatever it describes: sent as they are, and answered whatever comes back.

use js_sys::{Date, JSON, JsString, Reflect};
use leptos::prelude::window;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use super::{Call, Problem};

pub fn document() -> Call<Value> {
    Call::get("/api/openapi.json")
}

/// A call of any method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// `POST`
    pub method: String,
    /// Path and query.
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
    /// Whether the browser may add its session.
    pub as_staff: bool,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialAnswer {
    pub status: u16,
    pub milliseconds: i64,
    /// JSON is laid out for reading.
    pub text: String,
}

impl Trial {
    /// Sends it, as it is; whatever status comes back is an answer.
    pub async fn send(self) -> Result<TrialAnswer, Problem> {
        let begun = Date::now();
        let (status, text) = self.exchange().await.map_err(|_| Problem::Offline)?;
        #[expect(clippy::cast_possible_truncation, reason = "no call takes that many milliseconds")]
        let milliseconds = (Date::now() - begun) as i64;
        Ok(TrialAnswer { status, milliseconds, text: laid_out(&text).unwrap_or(text) })
    }

    async fn exchange(&self) -> Result<(u16, String), JsValue> {
        let headers = Headers::new()?;
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        let init = RequestInit::new();
        init.set_method(&self.method);
        init.set_headers(&headers);
        if let Some(body) = &self.body {
            init.set_body(&JsString::from(body.as_str()));
        }
        let credentials = if self.as_staff { "same-origin" } else { "omit" };
        Reflect::set(&init, &"credentials".into(), &credentials.into())?;
        let response = JsFuture::from(window().fetch_with_str_and_init(&self.path, &init)).await?;
        let response: Response = response.dyn_into()?;
        let text = JsFuture::from(response.text()?).await?;
        Ok((response.status(), text.as_string().unwrap_or_default()))
    }
}

/// JSON with a line for each value; `None` for what is none.
fn laid_out(text: &str) -> Option<String> {
    let value = JSON::parse(text).ok()?;
    JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into()).ok()?.as_string()
}
