use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer, with its body read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body as JSON; `null` where it is empty.
    pub fn json(&self) -> Value {
        if self.text.is_empty() { Value::Null } else { serde_json::from_str(&self.text).unwrap() }
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// A success without looking at the body.
    #[track_caller]
    pub fn done(&self) {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
    }

    /// The error's code, after checking its status and shape.
    #[track_caller]
    pub fn error(&self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        let error = &self.json()["error"];
        assert!(error["message"].as_str().is_some_and(|message| message.len() > 5), "{}", self.text);
        error["code"].as_str().unwrap().to_owned()
    }

    /// The message beside a field, of a 422.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        self.error(422);
        match self.json()["error"]["fields"][name].as_str() {
            Some(message) => message.to_owned(),
            None => panic!("no error beside {name}: {}", self.text),
        }
    }
}
