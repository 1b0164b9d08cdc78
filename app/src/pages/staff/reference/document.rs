//! The OpenAPI document as the page shows it: groups of methods.

use latchkey_shared::text::{reference as text, tokens};
use serde_json::{Map, Value};

use super::schema::Schemas;

/// The tag of a group of the licence Web API begins so.
const WEB_API_TAG: &str = "licence Web API: ";
/// The order of the groups of the licence Web API; others come after these.
const WEB_API_ORDER: [&str; 12] = [
    "key",
    "product",
    "customer",
    "data",
    "message",
    "auth",
    "user",
    "userauth",
    "reseller",
    "subscription",
    "paymentform",
    "ai",
];
/// The order of those of `/api/v1`.
const ORDER: [&str; 18] = [
    "customers",
    "links",
    "products",
    "keys",
    "subscriptions",
    "attention",
    "stripe",
    "tokens",
    "data",
    "communications",
    "dashboard",
    "search",
    "settings",
    "staff",
    "me",
    "session",
    "portal",
    "webhooks",
];

/// Methods under one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub title: String,
    pub web_api: bool,
    pub methods: Vec<Method>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Form,
    Json,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    pub name: String,
    pub place: Place,
    /// The type in words.
    pub kind: String,
    pub about: String,
    pub required: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: String,
    pub about: String,
    /// Its shape, as JSON.
    pub sample: Option<String>,
}

/// Something that can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// `POST`
    pub verb: String,
    pub path: String,
    pub tag: String,
    pub web_api: bool,
    /// One sentence.
    pub about: String,
    pub more: String,
    /// Required ones first.
    pub params: Vec<Param>,
    /// An example of the JSON body.
    pub body: Option<String>,
    pub answers: Vec<Answer>,
}

impl Method {
    /// How the page's address names it.
    pub fn key(&self) -> String {
        [&self.verb.to_ascii_lowercase(), " ", &self.path].concat()
    }

    /// `key/Activate`, or `/customers/{id}`.
    pub fn title(&self) -> &str {
        let short = self.path.strip_prefix(if self.web_api { "/api/" } else { "/api/v1" });
        short.unwrap_or(&self.path)
    }

    /// Whether every word of what was typed stands in it. `typed` is in lower case.
    pub fn is_about(&self, typed: &str) -> bool {
        let all = [&self.verb, " ", &self.path, " ", &self.about].concat().to_lowercase();
        typed.split_whitespace().all(|word| all.contains(word))
    }
}

/// All groups of a document, those of the licence Web API first.
pub fn groups(document: &Value) -> Vec<Group> {
    let schemas = Schemas::of(document);
    let mut groups: Vec<(String, Group)> = Vec::new();
    for (path, operations) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (verb, operation) in operations.as_object().into_iter().flatten() {
            let method = method(verb, path, operation, schemas);
            let place =
                groups.iter().position(|(tag, group)| *tag == method.tag && group.web_api == method.web_api);
            let place = place.unwrap_or_else(|| {
                let title = if method.web_api { tokens::group(&method.tag) } else { text::tag(&method.tag) };
                let group = Group { title, web_api: method.web_api, methods: Vec::new() };
                groups.push((method.tag.clone(), group));
                groups.len() - 1
            });
            groups[place].1.methods.push(method);
        }
    }
    groups.sort_by_key(|(tag, group)| {
        let order: &[&str] = if group.web_api { &WEB_API_ORDER } else { &ORDER };
        (!group.web_api, order.iter().position(|known| known == tag).unwrap_or(order.len()))
    });
    groups.into_iter().map(|(_, group)| group).collect()
}

fn method<'d>(verb: &str, path: &str, operation: &'d Value, schemas: Schemas<'d>) -> Method {
    let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default();
    let (tag, web_api) = tag.strip_prefix(WEB_API_TAG).map_or((tag, false), |group| (group, true));
    let mut params = named_params(operation, schemas);
    let content = |kind: &str| {
        let content = operation.pointer("/requestBody/content")?.get(kind)?;
        content.get("schema")
    };
    let (form, json) = (content("application/x-www-form-urlencoded"), content("application/json"));
    params.extend(form.into_iter().flat_map(|schema| fields(schema, Place::Form, schemas)));
    params.extend(json.into_iter().flat_map(|schema| fields(schema, Place::Json, schemas)));
    params.sort_by_key(|param| !param.required);
    Method {
        verb: verb.to_ascii_uppercase(),
        path: path.to_owned(),
        tag: tag.to_owned(),
        web_api,
        about: word(operation, "summary"),
        more: word(operation, "description"),
        params,
        body: json.map(|schema| laid_out(&schemas.example(schema))),
        answers: answers(operation, web_api, schemas),
    }
}

fn word(of: &Value, name: &str) -> String {
    of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn laid_out(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn named_params<'d>(operation: &'d Value, schemas: Schemas<'d>) -> Vec<Param> {
    let param = |param: &'d Value| Param {
        name: word(param, "name"),
        place: if param.get("in").is_some_and(|place| place == "path") { Place::Path } else { Place::Query },
        kind: param.get("schema").map(|schema| schemas.words(schema)).unwrap_or_default(),
        about: word(param, "description"),
        required: param.get("required").and_then(Value::as_bool).unwrap_or_default(),
    };
    let list = operation.get("parameters").and_then(Value::as_array);
    list.into_iter().flatten().map(param).collect()
}

/// The fields of a body. The token is asked for by itself.
fn fields<'d>(schema: &'d Value, place: Place, schemas: Schemas<'d>) -> Vec<Param> {
    let (schema, _) = schemas.resolve(schema);
    let required = schema.get("required").and_then(Value::as_array);
    let field = |(name, field): (&'d String, &'d Value)| Param {
        name: name.clone(),
        place,
        kind: schemas.words(field),
        about: word(field, "description"),
        required: required.is_some_and(|required| required.iter().any(|one| one == name.as_str())),
    };
    let all: Option<&Map<String, Value>> = schema.get("properties").and_then(Value::as_object);
    all.into_iter()
        .flatten()
        .filter(|(name, _)| place != Place::Form || *name != "token")
        .map(field)
        .collect()
}

fn answers<'d>(operation: &'d Value, web_api: bool, schemas: Schemas<'d>) -> Vec<Answer> {
    let answer = |(status, answer): (&'d String, &'d Value)| {
        let about = word(answer, "description");
        let schema = answer.pointer("/content/application~1json/schema");
        Answer {
            status: status.clone(),
            about: if about.is_empty() && !web_api { text::status(status).to_owned() } else { about },
            sample: schema.map(|schema| laid_out(&schemas.example(schema))),
        }
    };
    let all = operation.get("responses").and_then(Value::as_object);
    all.into_iter().flatten().map(answer).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Place, groups};

    #[test]
    fn methods_are_read_with_their_parameters_and_answers() {
        let document = json!({
            "components": {"schemas": {"Edit": {"type": "object", "required": ["name"], "properties": {
                "about": {"type": "string"}, "name": {"type": "string", "description": "Its name."}}}}},
            "paths": {
                "/api/v1/things/{id}": {"patch": {"tags": ["things"], "summary": "Change a thing.",
                    "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Edit"}}}},
                    "responses": {"204": {}, "404": {}}}},
                "/api/key/GetKey": {"post": {"tags": ["licence Web API: key"], "summary": "Answers a key.",
                    "description": "Needs the scope GetKey.",
                    "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object",
                        "required": ["Key"], "properties": {"Key": {"type": "string"}, "Sign": {"type": "boolean"},
                        "token": {"type": "string"}}}}}},
                    "responses": {"200": {"description": "Done.", "content": {"application/json": {"schema":
                        {"type": "object", "properties": {"result": {"type": "integer"}}}}}}}}},
            },
        });
        let groups = groups(&document);
        let titles: Vec<(&str, bool)> =
            groups.iter().map(|group| (group.title.as_str(), group.web_api)).collect();
        assert_eq!(titles, [("Licence keys", true), ("Things", false)]);

        let get_key = &groups[0].methods[0];
        assert_eq!((get_key.title(), get_key.key().as_str()), ("key/GetKey", "post /api/key/GetKey"));
        let names: Vec<(&str, bool)> =
            get_key.params.iter().map(|param| (param.name.as_str(), param.required)).collect();
        assert_eq!(names, [("Key", true), ("Sign", false)]);
        assert_eq!(get_key.answers[0].sample.as_deref(), Some("{\n  \"result\": 1\n}"));

        let edit = &groups[1].methods[0];
        assert_eq!(edit.title(), "/things/{id}");
        let places: Vec<(&str, Place)> =
            edit.params.iter().map(|param| (param.name.as_str(), param.place)).collect();
        assert_eq!(places, [("id", Place::Path), ("name", Place::Json), ("about", Place::Json)]);
        assert_eq!(edit.body.as_deref(), Some("{\n  \"about\": \"\",\n  \"name\": \"\"\n}"));
        assert_eq!(edit.answers[1].about, "There is no such thing, or it is another’s.");
        assert!(edit.is_about("patch thing") && !edit.is_about("get thing"));
    }
}
