//! What a successful call answers.

use serde_json::{Map, Value};

/// The fields of an answer beside `result` and `message`, which every answer has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    fields: Map<String, Value>,
    message: &'static str,
}

impl Answer {
    /// Nothing beside "it worked".
    pub fn done() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }

    #[must_use]
    pub fn saying(mut self, message: &'static str) -> Self {
        self.message = message;
        self
    }

    /// The whole body.
    pub fn into_body(self) -> Value {
        body(self.fields, 0, self.message)
    }
}

/// The body of a failure; `reason` is why, where the message does not tell.
pub fn failed(message: &str, reason: Option<&str>) -> Value {
    let mut fields = Map::new();
    if let Some(reason) = reason {
        fields.insert("reason".to_owned(), reason.into());
    }
    body(fields, 1, message)
}

fn body(mut fields: Map<String, Value>, result: i64, message: &str) -> Value {
    fields.insert("result".to_owned(), result.into());
    fields.insert("message".to_owned(), message.into());
    Value::Object(fields)
}
