//! `SignMethod` 0, the .NET client's first way: what is signed is the values of its licence object, joined by
//! commas as .NET writes them, in UTF-16.

use latchkey_store::entity::licence_key;

use super::licence::{expires, iso, machine_id, seconds};
use crate::licensing::licence::Licence;

/// The bytes to sign for a licence that is signed now.
pub fn bytes(licence: &Licence, notes: &str, now: i64) -> Vec<u8> {
    values(licence, notes, now).join(",").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// In the order of the client's properties; the signature itself counts as empty.
fn values(licence: &Licence, notes: &str, now: i64) -> Vec<String> {
    let key = &licence.key;
    let mut values = vec![
        key.product_id.to_string(),
        key.number.to_string(),
        key.key_text.clone(),
        iso(seconds(key.created_at)),
        iso(expires(key)),
        key.period_days.to_string(),
    ];
    values.extend(features(key).map(truth));
    let customer = licence
        .customer
        .as_ref()
        .map(|row| format!("{},{},{},{}", row.name, row.email, row.company, iso(seconds(row.created_at))));
    let machine = |row: &latchkey_store::entity::activation::Model| {
        let time = if row.floating { row.last_seen_at } else { row.first_seen_at };
        format!("{},{},{}", machine_id(row), row.ip, iso(seconds(time)))
    };
    let object = |row: &latchkey_store::entity::data_object::Model| {
        format!("{},{},{},{}", row.id, row.name, row.string_value, row.int_value)
    };
    values.extend([
        notes.to_owned(),
        truth(key.blocked),
        key.id.to_string(),
        customer.unwrap_or_default(),
        list(licence.machines.iter().map(machine)),
        truth(key.trial_activation),
        key.max_machines.to_string(),
        key.allowed_machines.clone(),
        list(licence.objects.iter().map(object)),
        iso(seconds(now)),
        String::new(),
    ]);
    values
}

fn features(key: &licence_key::Model) -> [bool; 8] {
    crate::licensing::view::features(key)
}

/// As .NET writes it.
fn truth(value: bool) -> String {
    if value { "True" } else { "False" }.to_owned()
}

/// `[a,b,]`
fn list(items: impl Iterator<Item = String>) -> String {
    let mut text = "[".to_owned();
    for item in items {
        text.push_str(&item);
        text.push(',');
    }
    text.push(']');
    text
}
