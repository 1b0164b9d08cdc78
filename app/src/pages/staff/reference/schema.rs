//! Types of the document, in words and as examples.

use latchkey_shared::text::reference as text;
use serde_json::{Map, Value, json};

/// Objects inside one another that an example shows.
const DEEPEST: usize = 4;
const TIME: &str = "2026-01-31T12:00:00Z";

/// The schemas that others name.
#[derive(Clone, Copy)]
pub struct Schemas<'d>(Option<&'d Map<String, Value>>);

impl<'d> Schemas<'d> {
    pub fn of(document: &'d Value) -> Self {
        Self(document.pointer("/components/schemas").and_then(Value::as_object))
    }

    /// What stands for `schema`: that which it names, or itself; and whether it may be null instead.
    pub fn resolve(self, schema: &'d Value) -> (&'d Value, bool) {
        if let Some(named) = schema.get("$ref").and_then(Value::as_str) {
            let name = named.rsplit('/').next().unwrap_or_default();
            return self.0.and_then(|all| all.get(name)).map_or((schema, false), |found| self.resolve(found));
        }
        if let Some(choices) = schema.get("oneOf").or_else(|| schema.get("allOf")).and_then(Value::as_array) {
            let null = |choice: &&Value| choice.get("type").is_some_and(|kind| kind == "null");
            let mut others = choices.iter().filter(|choice| !null(choice));
            if let (Some(only), None) = (others.next(), others.next()) {
                let (found, nullable) = self.resolve(only);
                return (found, nullable || choices.iter().any(|choice| null(&choice)));
            }
        }
        let nullable =
            schema.get("type").and_then(Value::as_array).is_some_and(|kinds| kinds.contains(&json!("null")));
        (schema, nullable)
    }

    /// The type in words.
    pub fn words(self, schema: &'d Value) -> String {
        let (found, nullable) = self.resolve(schema);
        let words = self.plain_words(found);
        if nullable { [&words, text::OR_NOTHING].concat() } else { words }
    }

    fn plain_words(self, schema: &'d Value) -> String {
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            return [text::ONE_OF, &words.join(", ")].concat();
        }
        let whole = |name: &str| schema.get(name).and_then(Value::as_i64);
        match kind(schema) {
            "integer" => {
                let bounds = match (whole("minimum"), whole("maximum")) {
                    // What is merely as large as the number may be says nothing.
                    (Some(least), Some(most)) if most < 1 << 53 => text::between(least, most),
                    (Some(least), _) => text::at_least(least),
                    _ => String::new(),
                };
                [text::WHOLE, &bounds].concat()
            }
            "number" => text::NUMBER.to_owned(),
            "boolean" => text::TRUTH.to_owned(),
            "string" if is_time(schema) => text::TIME.to_owned(),
            "string" => {
                [text::TEXT, &whole("maxLength").map(text::at_most_characters).unwrap_or_default()].concat()
            }
            "array" => {
                let of =
                    schema.get("items").map_or_else(|| text::ANYTHING.to_owned(), |items| self.words(items));
                [text::LIST_OF, &of].concat()
            }
            "object" => text::OBJECT.to_owned(),
            _ => text::ANYTHING.to_owned(),
        }
    }

    /// A value of that type, for a sample.
    pub fn example(self, schema: &'d Value) -> Value {
        self.example_at(schema, 0)
    }

    fn example_at(self, schema: &'d Value, depth: usize) -> Value {
        let (schema, nullable) = self.resolve(schema);
        if let Some(first) = schema.get("enum").and_then(Value::as_array).and_then(|words| words.first()) {
            return first.clone();
        }
        match kind(schema) {
            _ if nullable && depth > 1 => Value::Null,
            "integer" | "number" => json!(schema.get("minimum").and_then(Value::as_i64).unwrap_or(1)),
            "boolean" => json!(false),
            "string" if is_time(schema) => json!(TIME),
            "string" => json!(""),
            "array" if depth < DEEPEST => match schema.get("items") {
                Some(items) => json!([self.example_at(items, depth + 1)]),
                None => json!([]),
            },
            "array" => json!([]),
            _ => match schema.get("properties").and_then(Value::as_object) {
                Some(fields) if depth < DEEPEST => fields
                    .iter()
                    .map(|(name, field)| (name.clone(), self.example_at(field, depth + 1)))
                    .collect::<Map<_, _>>()
                    .into(),
                _ => json!({}),
            },
        }
    }
}

/// The type, leaving out that it may be null.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        _ if schema.get("properties").is_some() => "object",
        _ => "",
    }
}

fn is_time(schema: &Value) -> bool {
    schema.get("format").is_some_and(|format| format == "date-time")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Schemas;

    #[test]
    fn types_in_words() {
        let document = json!({"components": {"schemas": {
            "Id": {"type": "integer", "format": "int64"},
            "State": {"type": "string", "enum": ["on", "off"]},
            "Thing": {"type": "object", "properties": {"id": {"$ref": "#/components/schemas/Id"},
                "state": {"oneOf": [{"$ref": "#/components/schemas/State"}, {"type": "null"}]},
                "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}},
        }}});
        let schemas = Schemas::of(&document);
        let words = |schema: serde_json::Value| Schemas::of(&document).words(Box::leak(Box::new(schema)));
        assert_eq!(words(json!({"$ref": "#/components/schemas/Id"})), "whole number");
        assert_eq!(
            words(json!({"type": ["string", "null"], "maxLength": 9})),
            "text, at most 9 characters or null"
        );
        assert_eq!(
            words(json!({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/State"}]})),
            "one of on, off or null"
        );
        assert_eq!(words(json!({"type": "array", "items": {"type": "boolean"}})), "list of true or false");
        assert_eq!(words(json!({"type": "integer", "minimum": 1, "maximum": 100})), "whole number, 1 to 100");
        assert_eq!(
            words(json!({"type": "integer", "minimum": 1, "maximum": 1_i64 << 60})),
            "whole number, at least 1"
        );
        assert_eq!(words(json!({"$ref": "#/components/schemas/Gone"})), "anything");
        let thing = schemas.example(&document["components"]["schemas"]["Thing"]);
        assert_eq!((&thing["id"], &thing["state"]), (&json!(1), &json!("on")));
        assert!(thing.to_string().len() < 400, "what holds itself comes to an end: {thing}");
    }
}
