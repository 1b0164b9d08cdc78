//! The table as documentation: paths of the OpenAPI document, and the list of methods in Markdown.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{Method, params::Kind, table};

/// A token that may read the notes of keys; it opens no method by itself.
pub const NOTES_SCOPE: &str = "ReadNotes";

/// The paths of the OpenAPI document.
pub fn paths() -> Map<String, Value> {
    table::all()
        .map(|method| (format!("/api/{}", method.path()), json!({"post": operation(method)})))
        .collect()
}

fn operation(method: &Method) -> Value {
    let mut properties = Map::new();
    let token =
        json!({"type": "string", "description": "Access token, unless it is in the header Authorization."});
    properties.insert("token".to_owned(), token);
    let mut required = Vec::new();
    for param in method.params {
        let mut schema = schema(param.kind);
        if let Value::Object(fields) = &mut schema {
            fields.insert("description".to_owned(), param.about.into());
        }
        properties.insert(param.name.to_owned(), schema);
        if param.required {
            required.push(param.name);
        }
    }
    let mut answers = Map::new();
    answers.insert(
        "result".to_owned(),
        json!({"type": "integer", "description": "0: it worked; 1: it did not."}),
    );
    answers.insert("message".to_owned(), json!({"type": "string", "description": "Why it did not."}));
    for answer in method.answers {
        answers.insert((*answer).to_owned(), json!({}));
    }
    let body = json!({"type": "object", "properties": properties, "required": required});
    let reply = json!({"application/json": {"schema": {"type": "object", "properties": answers}}});
    json!({
        "tags": [format!("licence Web API: {}", method.group)],
        "operationId": format!("{}_{}", method.group, method.name),
        "summary": method.about.trim(),
        "description": format!("{} Also as GET, and with a JSON body.", needs(method)),
        "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": body}}},
        "responses": {"200": {"description": "Done, or refused with a message.", "content": reply},
            "401": {"description": "The token is not in force, or may not."}},
    })
}

fn needs(method: &Method) -> String {
    match method.scopes {
        [] => "Needs no scope.".to_owned(),
        scopes => format!("Needs the scope {}.", scopes.join(" or ")),
    }
}

fn schema(kind: Kind) -> Value {
    match kind {
        Kind::Integer { least, most } => {
            json!({"type": "integer", "format": "int64", "minimum": least, "maximum": most})
        }
        Kind::Text { most_chars } => json!({"type": "string", "maxLength": most_chars}),
        Kind::Truth => json!({"type": "boolean"}),
        Kind::Choice(words) => json!({"type": "string", "enum": words}),
        Kind::List => json!({"type": "string", "description": "A JSON list of objects."}),
    }
}

/// The methods by group, for the README.
pub fn list_for_readme() -> String {
    let mut text = String::new();
    for group in table::GROUPS {
        let names: Vec<&str> =
            table::all().filter(|method| method.group == *group).map(|method| method.name).collect();
        // Writing into a String cannot fail.
        let _ = writeln!(text, "* `{group}`: {}", names.join(", "));
    }
    text
}

/// Every scope, with the methods that need it and what they do.
pub fn scopes() -> Vec<(&'static str, Vec<&'static Method>)> {
    let mut scopes: Vec<(&'static str, Vec<&'static Method>)> = Vec::new();
    for method in table::all() {
        for scope in method.scopes {
            match scopes.iter_mut().find(|(known, _)| known == scope) {
                Some((_, methods)) => methods.push(method),
                None => scopes.push((scope, vec![method])),
            }
        }
    }
    scopes
}
