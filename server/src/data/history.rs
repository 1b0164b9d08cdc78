//! What the history tells of data objects: those of keys and of their machines in the key's own.

use latchkey_shared::api::data::RefType;
use latchkey_store::{data::OF_MACHINE, entity::data_object};
use serde_json::{Value, json};

use crate::audit::Entry;

/// Characters of a text that a sentence quotes.
const QUOTED: usize = 60;

pub fn added(row: &data_object::Model) -> Entry {
    let said = said(row);
    entry(row, "data_object_added", format!("{} was added: {said}.", named(row)))
}

/// Nothing where the values are the same: programs set them over and over.
pub fn changed(before: &data_object::Model, row: &data_object::Model) -> Option<Entry> {
    let mut parts = Vec::new();
    if before.string_value != row.string_value {
        parts.push(format!("{} became {}", quoted(&before.string_value), quoted(&row.string_value)));
    }
    if before.int_value != row.int_value {
        parts.push(format!("{} became {}", before.int_value, row.int_value));
    }
    if parts.is_empty() {
        return None;
    }
    let text = format!("{} was changed: {}.", named(row), parts.join(", "));
    Some(Entry { before: Some(values(before)), ..entry(row, "data_object_changed", text) })
}

pub fn removed(row: &data_object::Model) -> Entry {
    entry(row, "data_object_removed", format!("{} was removed.", named(row)))
}

fn named(row: &data_object::Model) -> String {
    if row.ref_type == OF_MACHINE {
        format!("Data object {} of machine {}", row.name, cut(&row.machine_code))
    } else {
        format!("Data object {}", row.name)
    }
}

fn said(row: &data_object::Model) -> String {
    if row.string_value.is_empty() {
        row.int_value.to_string()
    } else {
        format!("{}, {}", quoted(&row.string_value), row.int_value)
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "no text".to_owned() } else { format!("“{}”", cut(text)) }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    text.chars().take(QUOTED).chain(['…']).collect()
}

fn values(row: &data_object::Model) -> Value {
    json!({"string_value": row.string_value, "int_value": row.int_value})
}

fn entry(row: &data_object::Model, action: &'static str, text: String) -> Entry {
    let of_key = row.ref_type == RefType::Key.number() || row.ref_type == OF_MACHINE;
    let (subject_kind, subject_id) = if of_key { ("key", row.ref_id) } else { ("data_object", row.id) };
    Entry {
        action,
        subject_kind,
        subject_id,
        text,
        after: Some(json!({
            "id": row.id, "ref_type": row.ref_type, "ref_id": row.ref_id, "name": row.name,
            "string_value": row.string_value, "int_value": row.int_value,
        })),
        ..Entry::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_say_what_became_of_it_in_few_words() {
        let row = data_object::Model {
            id: 7,
            ref_type: RefType::Key.number(),
            ref_id: 12,
            machine_code: String::new(),
            name: "usage".to_owned(),
            string_value: String::new(),
            int_value: 3,
            created_at: 0,
            updated_at: 0,
        };
        let first = added(&row);
        assert_eq!((first.subject_kind, first.subject_id), ("key", 12));
        assert_eq!(first.text, "Data object usage was added: 3.");
        let long = data_object::Model { string_value: "x".repeat(61), int_value: 5, ..row.clone() };
        let text = changed(&row, &long).unwrap().text;
        assert_eq!(
            text,
            format!("Data object usage was changed: no text became “{}…”, 3 became 5.", "x".repeat(60))
        );
        assert!(changed(&row, &row).is_none());
        let of_machine =
            data_object::Model { ref_type: OF_MACHINE, machine_code: "desk".to_owned(), ..row.clone() };
        let gone = removed(&of_machine);
        assert_eq!(
            (gone.subject_kind, gone.text.as_str()),
            ("key", "Data object usage of machine desk was removed.")
        );
        let of_product = data_object::Model { ref_type: RefType::Product.number(), ..row };
        assert_eq!((removed(&of_product).subject_kind, removed(&of_product).subject_id), ("data_object", 7));
    }
}
