//! Parameters of one call, checked against what the call knows.

use crate::error::ApiError;
use serde_json::{Map, Value};

/// The decoded parameters of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Map<String, Value>);

impl Params {
    pub(crate) fn new(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    /// Refuses every parameter that `known` does not name. Patterns are dotted paths in which `[]`
    /// stands for a list's elements and a final `.*` for everything below.
    pub(crate) fn check(&self, known: &[&str]) -> Result<(), ApiError> {
        for (name, value) in &self.0 {
            check(value, name, name, known)?;
        }
        Ok(())
    }

    /// The value at a dotted path.
    pub(crate) fn at(&self, path: &str) -> Option<&Value> {
        let mut steps = path.split('.');
        let first = self.0.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    }

    /// Text at `path`; `None` when it is missing or empty.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.at(path).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// Whether `path` was sent empty, which clears what it names.
    pub(crate) fn cleared(&self, path: &str) -> bool {
        self.at(path).and_then(Value::as_str) == Some("")
    }

    pub(crate) fn required(&self, path: &str) -> Result<&str, ApiError> {
        self.text(path).ok_or_else(|| ApiError::missing(&bracketed(path)))
    }

    pub(crate) fn integer(&self, path: &str) -> Result<Option<i64>, ApiError> {
        let parse = |text: &str| text.parse().map_err(|_| ApiError::invalid_integer(&bracketed(path), text));
        self.text(path).map(parse).transpose()
    }

    pub(crate) fn boolean(&self, path: &str) -> Result<Option<bool>, ApiError> {
        match self.text(path) {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(text) => Err(ApiError::invalid(format!("Invalid boolean: {text}")).param(&bracketed(path))),
        }
    }

    /// One of a fixed set of words.
    pub(crate) fn word(&self, path: &str, words: &[&str]) -> Result<Option<&str>, ApiError> {
        match self.text(path) {
            Some(word) if !words.contains(&word) => {
                let message = format!("Invalid {}: must be one of {}", bracketed(path), words.join(", "));
                Err(ApiError::invalid(message).param(&bracketed(path)))
            }
            word => Ok(word),
        }
    }

    /// The elements of a list, each as parameters of its own.
    pub(crate) fn list(&self, path: &str) -> Result<Vec<Self>, ApiError> {
        match self.at(path) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) if text.is_empty() => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                let fields = |item: &Value| item.as_object().cloned().map(Self);
                items.iter().map(fields).collect::<Option<_>>().ok_or_else(|| invalid_array(path))
            }
            Some(_) => Err(invalid_array(path)),
        }
    }

    /// The elements of a list of text.
    pub(crate) fn texts(&self, path: &str) -> Result<Vec<String>, ApiError> {
        match self.at(path) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) if text.is_empty() => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
                texts.collect::<Option<_>>().ok_or_else(|| invalid_array(path))
            }
            Some(_) => Err(invalid_array(path)),
        }
    }

    /// The fields below `path`, as parameters of their own.
    pub(crate) fn below(&self, path: &str) -> Self {
        Self(self.at(path).and_then(Value::as_object).cloned().unwrap_or_default())
    }

    pub(crate) fn fields(&self) -> &Map<String, Value> {
        &self.0
    }
}

fn invalid_array(path: &str) -> ApiError {
    ApiError::invalid("Invalid array").param(&bracketed(path))
}

/// `items.price` as Stripe writes it in `param`: `items[price]`.
fn bracketed(path: &str) -> String {
    let mut steps = path.split('.');
    let head = steps.next().unwrap_or_default().to_owned();
    steps.fold(head, |name, step| format!("{name}[{step}]"))
}

fn check(value: &Value, pattern: &str, shown: &str, known: &[&str]) -> Result<(), ApiError> {
    let below = format!("{pattern}.*");
    if known.contains(&below.as_str()) {
        return Ok(());
    }
    match value {
        Value::Object(fields) if !fields.is_empty() => fields.iter().try_for_each(|(name, item)| {
            check(item, &format!("{pattern}.{name}"), &format!("{shown}[{name}]"), known)
        }),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| {
            check(item, &format!("{pattern}[]"), &format!("{shown}[{index}]"), known)
        }),
        // Text for something with parts below: an empty text clears it.
        _ if known.iter().any(|name| is_or_contains(name, pattern)) => Ok(()),
        _ => Err(ApiError::unknown(shown)),
    }
}

fn is_or_contains(known: &str, pattern: &str) -> bool {
    known
        .strip_prefix(pattern)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::decode;

    const KNOWN: &[&str] = &["email", "items[].price", "items[].quantity", "metadata.*", "expand[]"];

    fn refused(text: &str) -> Option<String> {
        let params = Params::new(decode(text.as_bytes()).unwrap());
        params.check(KNOWN).err().map(|error| error.body["param"].as_str().unwrap_or_default().to_owned())
    }

    #[test]
    fn unknown_parameters_are_named() {
        assert_eq!(refused("email=a&items[0][price]=p&metadata[any]=x&expand[]=y"), None);
        assert_eq!(refused("metadata="), None);
        assert_eq!(refused("mail=a").as_deref(), Some("mail"));
        assert_eq!(refused("items[0][price]=p&items[1][plan]=p").as_deref(), Some("items[1][plan]"));
        assert_eq!(refused("email[x]=p").as_deref(), Some("email[x]"));
    }

    #[test]
    fn values_are_read_strictly() {
        let params = Params::new(decode(b"a[n]=7&b=yes&c=&d=x").unwrap());
        assert_eq!(params.integer("a.n"), Ok(Some(7)));
        assert_eq!(params.integer("c"), Ok(None));
        assert_eq!(params.integer("d").unwrap_err().body["code"], "parameter_invalid_integer");
        assert!(params.boolean("b").is_err());
        assert!(params.cleared("c") && !params.cleared("d") && !params.cleared("missing"));
        assert_eq!(params.required("e.f").unwrap_err().body["param"], "e[f]");
        assert!(params.word("d", &["y", "z"]).is_err());
    }
}
