//! What is filled in to try a method, as a call and as a command.

use latchkey_shared::text::{reference as text, tokens::YOUR_KEY};
use leptos::prelude::*;

use super::document::{Method, Param, Place};
use crate::api::{encoded, reference::Trial};

/// The values of one method. The token is the page's, so that it stays from method to method.
#[derive(Clone, Copy)]
pub struct Fields {
    pub token: RwSignal<String>,
    /// In the order of the method's parameters.
    pub values: StoredValue<Vec<RwSignal<String>>>,
    pub body: RwSignal<String>,
}

impl Fields {
    pub fn of(method: &Method, token: RwSignal<String>) -> Self {
        Self {
            token,
            values: StoredValue::new(method.params.iter().map(|_| RwSignal::default()).collect()),
            body: RwSignal::new(method.body.clone().unwrap_or_default()),
        }
    }

    /// What was typed, by parameter, tracked.
    fn typed(self, method: &Method) -> Vec<(Param, String)> {
        let values = self.values.get_value();
        method.params.iter().cloned().zip(values.iter().map(|value| value.get().trim().to_owned())).collect()
    }

    /// The call that the form describes.
    pub fn trial(self, method: &Method) -> Trial {
        let typed = untrack(|| self.typed(method));
        let token = self.token.with_untracked(|token| token.trim().to_owned());
        let path = address(method, &typed, |_| String::new());
        if method.web_api {
            let form = [("token".to_owned(), token)]
                .into_iter()
                .chain(of_form(&typed))
                .filter(|(_, value)| !value.is_empty());
            let pair = |(name, value): (String, String)| [&name, "=", &encoded(&value)].concat();
            return Trial {
                method: method.verb.clone(),
                path,
                headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
                body: Some(form.map(pair).collect::<Vec<_>>().join("&")),
                as_staff: false,
            };
        }
        let mut headers = vec![("accept", "application/json".to_owned())];
        let as_staff = token.is_empty();
        if !as_staff {
            headers.push(("authorization", ["Bearer ", &token].concat()));
        }
        let body = method.body.is_some().then(|| self.body.get_untracked());
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        Trial { method: method.verb.clone(), path, headers, body, as_staff }
    }

    /// The same for a shell, tracked: with examples where nothing is filled in and something is needed.
    pub fn command(self, method: &Method, origin: &str) -> String {
        let typed = self.typed(method);
        let body = method.body.is_some().then(|| self.body.get());
        command(method, &typed, body.as_deref(), origin)
    }
}

fn of_form(typed: &[(Param, String)]) -> impl Iterator<Item = (String, String)> {
    typed
        .iter()
        .filter(|(param, _)| param.place == Place::Form)
        .map(|(param, value)| (param.name.clone(), value.clone()))
}

/// The path with its parts filled in, and the query; `otherwise` fills in what was not typed.
fn address(method: &Method, typed: &[(Param, String)], otherwise: impl Fn(&Param) -> String) -> String {
    let filled =
        |param: &Param, value: &String| if value.is_empty() { otherwise(param) } else { value.clone() };
    let mut path = method.path.clone();
    let mut query = Vec::new();
    for (param, value) in typed {
        let value = filled(param, value);
        match param.place {
            Place::Path => path = path.replace(&["{", &param.name, "}"].concat(), &url_safe(&value)),
            Place::Query if !value.is_empty() => query.push([&param.name, "=", &url_safe(&value)].concat()),
            _ => {}
        }
    }
    if query.is_empty() { path } else { [&path, "?", &query.join("&")].concat() }
}

/// Plain values as they are; anything else encoded, by the browser.
fn url_safe(value: &str) -> String {
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.{}".contains(&byte)) {
        value.to_owned()
    } else {
        encoded(value)
    }
}

fn command(method: &Method, typed: &[(Param, String)], body: Option<&str>, origin: &str) -> String {
    let path = address(method, typed, |param| if param.required { example(param) } else { String::new() });
    let verb = if method.web_api || method.verb == "GET" {
        String::new()
    } else {
        ["-X ", &method.verb, " "].concat()
    };
    let mut lines = vec![["curl ", &verb, &quoted(&[origin, &path].concat())].concat()];
    if method.web_api {
        lines.push("--data-urlencode 'token=TOKEN'".to_owned());
        for (param, value) in typed.iter().filter(|(param, _)| param.place == Place::Form) {
            let value = if value.is_empty() && param.required { example(param) } else { value.clone() };
            if !value.is_empty() {
                lines.push(["--data-urlencode ", &quoted(&[&param.name, "=", &value].concat())].concat());
            }
        }
    } else {
        lines.push("-H 'Authorization: Bearer TOKEN'".to_owned());
        if let Some(body) = body {
            lines.push("-H 'Content-Type: application/json'".to_owned());
            lines.push(["-d ", &quoted(body)].concat());
        }
    }
    lines.join(" \\\n  ")
}

/// For the shell: bare where nothing in it means anything there.
fn quoted(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=%@".contains(&byte);
    if value.bytes().all(plain) {
        value.to_owned()
    } else {
        ["'", &value.replace('\'', "'\\''"), "'"].concat()
    }
}

/// Something that could stand there.
fn example(param: &Param) -> String {
    if param.name.eq_ignore_ascii_case("key") {
        return YOUR_KEY.to_owned();
    }
    if param.kind.starts_with(text::WHOLE) {
        return "1".to_owned();
    }
    if param.kind.starts_with(text::TRUTH) {
        return "true".to_owned();
    }
    if let Some(first) = param.kind.strip_prefix(text::ONE_OF) {
        return first.split(',').next().unwrap_or_default().to_owned();
    }
    param.name.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::{Param, Place, address, command};
    use crate::pages::staff::reference::document::Method;

    fn param(name: &str, place: Place, kind: &str, required: bool) -> Param {
        Param { name: name.to_owned(), place, kind: kind.to_owned(), about: String::new(), required }
    }

    fn method(verb: &str, path: &str, web_api: bool) -> Method {
        Method {
            verb: verb.to_owned(),
            path: path.to_owned(),
            tag: String::new(),
            web_api,
            about: String::new(),
            more: String::new(),
            params: Vec::new(),
            body: None,
            answers: Vec::new(),
        }
    }

    #[test]
    fn a_command_has_what_is_needed_and_what_was_typed() {
        let typed = [
            (param("ProductId", Place::Form, "whole number, at least 1", true), "7".to_owned()),
            (param("Key", Place::Form, "text", true), String::new()),
            (param("FriendlyName", Place::Form, "text", false), "Bo's Mac".to_owned()),
            (param("Sign", Place::Form, "true or false", false), String::new()),
        ];
        assert_eq!(
            command(&method("POST", "/api/key/Activate", true), &typed, None, "https://l.example"),
            "curl https://l.example/api/key/Activate \\\n  --data-urlencode 'token=TOKEN' \\\n  --data-urlencode ProductId=7 \
             \\\n  --data-urlencode Key=YOUR-KEY \\\n  --data-urlencode 'FriendlyName=Bo'\\''s Mac'"
        );
        let typed = [(param("id", Place::Path, "whole number", true), String::new())];
        assert_eq!(
            command(&method("PATCH", "/api/v1/things/{id}", false), &typed, Some("{\"a\": 1}"), "o"),
            "curl -X PATCH o/api/v1/things/1 \\\n  -H 'Authorization: Bearer TOKEN' \\\n  -H 'Content-Type: application/json' \
             \\\n  -d '{\"a\": 1}'"
        );
    }

    #[test]
    fn an_address_has_its_parts_and_its_query() {
        let typed = [
            (param("id", Place::Path, "", true), "3".to_owned()),
            (param("limit", Place::Query, "", false), "5".to_owned()),
            (param("sort", Place::Query, "", false), String::new()),
        ];
        let address = address(&method("GET", "/api/v1/things/{id}", false), &typed, |_| String::new());
        assert_eq!(address, "/api/v1/things/3?limit=5");
    }
}
