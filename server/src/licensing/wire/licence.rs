//! A licence as clients read it: the JSON text that is signed, and the object of lists and of `SignMethod` 0.
//!
//! Clients never write the signed text anew, but some fail on a missing field, on `null` for a text, or on a
//! field they do not know. So the order and the set of fields are those of the service that the SDKs were made
//! for, per model version.

use chrono::DateTime;
use latchkey_store::entity::{activation, licence_key};
use serde::Serialize;
use serde_json::{Value, json};

use crate::licensing::licence::Licence;

/// What "never expires" is on the wire, where there must be a date: the last second of 2099, which also fits
/// clients that count seconds in 32 bits.
const NEVER: i64 = 4_102_444_799;

/// Which fields a client knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelVersion {
    One,
    /// Machines have a friendly name.
    Two,
    /// Machines have the end of a lease, licences a reseller.
    Three,
}

impl ModelVersion {
    pub fn from_number(number: i64) -> Self {
        match number {
            ..=1 => Self::One,
            2 => Self::Two,
            _ => Self::Three,
        }
    }
}

/// Seconds since 1970.
pub fn seconds(millis: i64) -> i64 {
    millis.div_euclid(1_000)
}

/// When it expires, in seconds.
pub fn expires(key: &licence_key::Model) -> i64 {
    key.expires_at.map_or(NEVER, seconds)
}

/// A time of an object in a list: without zone, UTC.
pub fn iso(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// The machine's name on the wire; seats carry a prefix, which SDKs cut off by its length.
pub fn machine_id(machine: &activation::Model) -> String {
    let prefix = match (machine.floating, machine.overdraft) {
        (false, _) => "",
        (true, false) => "floating:",
        (true, true) => "floating:overdraft:",
    };
    format!("{prefix}{}", machine.machine_code)
}

/// Whether the notes go out: they are for those who work for the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    Shown,
    Hidden,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Signed<'a> {
    product_id: i64,
    #[serde(rename = "ID")]
    id: i64,
    key: &'a str,
    created: i64,
    expires: i64,
    period: i64,
    f1: bool,
    f2: bool,
    f3: bool,
    f4: bool,
    f5: bool,
    f6: bool,
    f7: bool,
    f8: bool,
    notes: &'a str,
    block: bool,
    global_id: i64,
    customer: Option<Customer<'a>>,
    activated_machines: Vec<Machine<'a>>,
    trial_activation: bool,
    max_no_of_machines: i64,
    allowed_machines: &'a str,
    data_objects: Vec<DataObject<'a>>,
    sign_date: i64,
    /// Absent before version 3, `null` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    reseller: Option<Seller<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Customer<'a> {
    id: i64,
    name: &'a str,
    email: &'a str,
    company_name: &'a str,
    created: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Machine<'a> {
    mid: String,
    #[serde(rename = "IP")]
    ip: &'a str,
    time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    friendly_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    floating_expires: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DataObject<'a> {
    id: i64,
    name: &'a str,
    string_value: &'a str,
    int_value: i64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Seller<'a> {
    /// `null`
    Nobody,
    Reseller(Reseller<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
struct Reseller<'a> {
    id: i64,
    invite_id: i64,
    reseller_user_id: i64,
    created: i64,
    name: &'a str,
    url: &'a str,
    email: &'a str,
    phone: &'a str,
    description: &'a str,
}

/// The JSON text of a licence that is signed now.
///
/// # Errors
/// None that can happen: there is nothing in it that JSON cannot hold.
pub fn signed_text(
    licence: &Licence,
    version: ModelVersion,
    notes: Notes,
    now: i64,
) -> Result<String, serde_json::Error> {
    let key = &licence.key;
    let machine = |machine: &'_ activation::Model| -> (String, i64) {
        // A lease is seen as of its last renewal.
        let time = if machine.floating { machine.last_seen_at } else { machine.first_seen_at };
        (machine_id(machine), seconds(time))
    };
    let machines = licence.machines.iter().map(|row| {
        let (mid, time) = machine(row);
        Machine {
            mid,
            ip: &row.ip,
            time,
            friendly_name: (version != ModelVersion::One).then_some(row.friendly_name.as_str()),
            floating_expires: (version == ModelVersion::Three).then(|| row.lease_until.map_or(0, seconds)),
        }
    });
    let reseller = licence.reseller.as_ref().map_or(Seller::Nobody, |row| {
        Seller::Reseller(Reseller {
            id: row.id,
            invite_id: row.id,
            reseller_user_id: 0,
            created: seconds(row.created_at),
            name: &row.name,
            url: &row.url,
            email: &row.email,
            phone: &row.phone,
            description: &row.description,
        })
    });
    serde_json::to_string(&Signed {
        product_id: key.product_id,
        id: key.number,
        key: &key.key_text,
        created: seconds(key.created_at),
        expires: expires(key),
        period: key.period_days,
        f1: key.f1,
        f2: key.f2,
        f3: key.f3,
        f4: key.f4,
        f5: key.f5,
        f6: key.f6,
        f7: key.f7,
        f8: key.f8,
        notes: if notes == Notes::Shown { &key.notes } else { "" },
        block: key.blocked,
        global_id: key.id,
        customer: licence.customer.as_ref().map(|row| Customer {
            id: row.id,
            name: &row.name,
            email: &row.email,
            company_name: &row.company,
            created: seconds(row.created_at),
        }),
        activated_machines: machines.collect(),
        trial_activation: key.trial_activation,
        max_no_of_machines: key.max_machines,
        allowed_machines: &key.allowed_machines,
        data_objects: licence
            .objects
            .iter()
            .map(|row| DataObject {
                id: row.id,
                name: &row.name,
                string_value: &row.string_value,
                int_value: row.int_value,
            })
            .collect(),
        sign_date: seconds(now),
        reseller: (version == ModelVersion::Three).then_some(reseller),
    })
}

/// The object of lists, with times as text.
pub fn object(licence: &Licence, notes: Notes) -> Value {
    let key = &licence.key;
    json!({
        "productId": key.product_id, "id": key.number, "key": key.key_text,
        "created": iso(seconds(key.created_at)), "expires": iso(expires(key)), "period": key.period_days,
        "f1": key.f1, "f2": key.f2, "f3": key.f3, "f4": key.f4,
        "f5": key.f5, "f6": key.f6, "f7": key.f7, "f8": key.f8,
        "notes": if notes == Notes::Shown { key.notes.as_str() } else { "" },
        "block": key.blocked, "globalId": key.id,
        "customer": licence.customer.as_ref().map(|row| json!({
            "id": row.id, "name": row.name, "email": row.email, "companyName": row.company,
            "created": iso(seconds(row.created_at)),
        })),
        "activatedMachines": licence.machines.iter().map(|row| json!({
            "mid": machine_id(row), "ip": row.ip,
            "time": iso(seconds(if row.floating { row.last_seen_at } else { row.first_seen_at })),
            "friendlyName": row.friendly_name,
            "floatingExpires": row.lease_until.map(|until| iso(seconds(until))),
        })).collect::<Vec<_>>(),
        "trialActivation": key.trial_activation, "maxNoOfMachines": key.max_machines,
        "allowedMachines": key.allowed_machines,
        "dataObjects": licence.objects.iter().map(|row| json!({
            "id": row.id, "name": row.name, "stringValue": row.string_value, "intValue": row.int_value,
        })).collect::<Vec<_>>(),
    })
}

/// The few fields of a licence of which no details were asked for.
pub fn basic_object(licence: &Licence, notes: Notes) -> Value {
    let mut object = object(licence, notes);
    if let Value::Object(fields) = &mut object {
        for detail in ["activatedMachines", "dataObjects", "allowedMachines", "customer"] {
            fields.remove(detail);
        }
    }
    object
}
