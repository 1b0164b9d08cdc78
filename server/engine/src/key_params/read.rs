//! Reads single fields in all the spellings that are found in the wild.

use serde_json::{Map, Value};

use super::{Features, KeyParams, KeyParamsError, MAX_MACHINES, MAX_NOTES_CHARS, MAX_PERIOD_DAYS, Parsed};

/// Longest list of machine codes, in characters; more than `skm` can hold, but a template can.
const MAX_ALLOWED_MACHINES_CHARS: usize = 10_000;

/// Parameters of `CreateKey` that Latchkey sets itself when a key is made for a subscription.
const SET_BY_LATCHKEY: [&str; 10] = [
    "customerid",
    "newcustomer",
    "addorusexistingcustomer",
    "addoruseexistingcustomer",
    "noofkeys",
    "block",
    "resellerid",
    "name",
    "email",
    "companyname",
];

pub(super) fn fields(fields: Map<String, Value>) -> Result<Parsed, KeyParamsError> {
    let mut params = KeyParams::default();
    let mut warnings = Vec::new();
    let mut seen = Vec::new();
    for (name, value) in fields {
        let lower = name.trim().to_lowercase();
        let bad = |problem: String| KeyParamsError::BadField { field: name.clone(), problem };
        if seen.contains(&lower) {
            return Err(bad("it is there twice".to_owned()));
        }
        if !value.is_null() {
            match set(&mut params, &lower, &value).map_err(bad)? {
                Effect::Set => {}
                Effect::SetByLatchkey => warnings.push(format!("{name}: Latchkey sets this itself")),
                Effect::Unknown => warnings.push(format!("{name}: not a parameter of a key")),
            }
        }
        seen.push(lower);
    }
    Ok(Parsed { params, warnings })
}

enum Effect {
    Set,
    SetByLatchkey,
    Unknown,
}

fn set(params: &mut KeyParams, name: &str, value: &Value) -> Result<Effect, String> {
    match name {
        "productid" => params.product_id = Some(whole(value, 1, i64::MAX)?),
        "templateid" | "licensetemplateid" => params.template_id = Some(whole(value, 1, i64::MAX)?),
        "period" => params.period_days = Some(small(value, MAX_PERIOD_DAYS)?),
        "maxnoofmachines" => params.max_machines = Some(small(value, MAX_MACHINES)?),
        "trialactivation" => params.trial_activation = Some(truth(value)?),
        "notes" => params.notes = Some(text(value, MAX_NOTES_CHARS)?),
        "allowedmachines" => params.allowed_machines = Some(text(value, MAX_ALLOWED_MACHINES_CHARS)?),
        _ => match feature_number(name) {
            Some(number) => params.features = params.features.with(number, truth(value)?),
            None if SET_BY_LATCHKEY.contains(&name) => return Ok(Effect::SetByLatchkey),
            None => return Ok(Effect::Unknown),
        },
    }
    Ok(Effect::Set)
}

/// `f1` to `f8`.
fn feature_number(name: &str) -> Option<u8> {
    let number = name.strip_prefix('f').filter(|digits| digits.len() == 1)?.parse().ok()?;
    (1..=Features::COUNT).contains(&number).then_some(number)
}

fn truth(value: &Value) -> Result<bool, String> {
    let known = match value {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(word) => match word.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" | "" => Some(false),
            _ => None,
        },
        _ => None,
    };
    known.ok_or_else(|| format!("{value} is neither true nor false"))
}

fn whole(value: &Value, least: i64, most: i64) -> Result<i64, String> {
    let number = match value {
        Value::Number(number) => number.as_i64().or_else(|| without_fraction(number)),
        Value::String(digits) => digits.trim().parse().ok(),
        _ => None,
    };
    let number = number.ok_or_else(|| format!("{value} is not a whole number"))?;
    if number < least {
        return Err(format!("{number} is less than {least}"));
    }
    if number > most {
        return Err(format!("{number} is more than {most}"));
    }
    Ok(number)
}

/// `1.0` and `3e1` as some tools write whole numbers.
fn without_fraction(number: &serde_json::Number) -> Option<i64> {
    let written = number.to_string();
    let (whole, fraction) = written.split_once('.')?;
    if !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0') { whole.parse().ok() } else { None }
}

fn small(value: &Value, most: u32) -> Result<u32, String> {
    let number = whole(value, 0, i64::from(most))?;
    u32::try_from(number).map_err(|_| format!("{number} is more than {most}"))
}

fn text(value: &Value, most: usize) -> Result<String, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err("it is not a text".to_owned()),
    };
    if text.chars().count() > most { Err(format!("it is longer than {most} characters")) } else { Ok(text) }
}
