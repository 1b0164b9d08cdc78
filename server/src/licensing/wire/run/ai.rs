//! Events that programs report, and what the log of this API tells.

use std::collections::HashMap;

use latchkey_store::{
    api_log as log_store,
    entity::licence_key,
    key_use::{self as use_store, KeysMeant},
    keys, usage as event_store,
};
use serde_json::json;

use super::ai_counts::day;
use crate::{
    clock::{DAY, SECOND},
    licensing::wire::{
        Answer, Args, Call, Failure, WireResult,
        failure::BAD_PARAMETERS,
        licence::{iso, seconds},
        params::{MaybeId, MaybeKeyText, Text, UnixTime, Whole},
        table::ai as table,
    },
    usage::{self, About, Event},
};

const LEAST: i64 = i32::MIN as i64;
const MOST: i64 = i32::MAX as i64;

/// The key that a call names, where it names a product too.
pub(super) async fn key(
    call: &Call,
    product: MaybeId,
    key: MaybeKeyText,
) -> Result<Option<licence_key::Model>, Failure> {
    match (product.0, key.0) {
        (Some(product), Some(text)) => Ok(Some(call.key(product, &text).await?)),
        (Some(product), None) => {
            call.product(product).await?;
            Ok(None)
        }
        (None, None) => Ok(None),
        // A text alone may be a key of several products.
        (None, Some(_)) => Err(Failure::refused(BAD_PARAMETERS)),
    }
}

async fn about(call: &Call, product: MaybeId, text: MaybeKeyText, machine: &str) -> Result<About, Failure> {
    call.note_machine(machine, "");
    let key = key(call, product, text).await?;
    Ok(About {
        token: Some(call.token().id),
        product: product.0,
        key: key.map(|key| key.id),
        machine: machine.to_owned(),
    })
}

pub async fn register_event(call: &Call, params: table::RegisterEvent) -> WireResult {
    let about = about(call, params.product, params.key, &params.machine.0).await?;
    let event = Event {
        feature: params.feature.0,
        name: params.name.0,
        value: params.value.0,
        currency: params.currency.0,
        metadata: params.metadata.0,
        at: None,
    };
    usage::register(call.app(), &about, vec![event]).await?;
    Ok(Answer::done())
}

pub async fn register_events(call: &Call, params: table::RegisterEvents) -> WireResult {
    let about = about(call, params.product, params.key, &params.machine.0).await?;
    let read = |args: &Args| -> Result<Event, Failure> {
        let time: UnixTime = args.read("Time")?;
        Ok(Event {
            feature: args.read::<Text<100>>("FeatureName")?.0,
            name: args.read::<Text<100>>("EventName")?.0,
            value: args.read::<Whole<LEAST, MOST>>("Value")?.0,
            currency: args.read::<Text<10>>("Currency")?.0,
            metadata: args.read::<Text<1_000>>("Metadata")?.0,
            at: (time.0 > 0).then_some(time.0 * SECOND),
        })
    };
    let events = params.events.0.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    usage::register(call.app(), &about, events).await?;
    Ok(Answer::done())
}

pub async fn get_events(call: &Call, params: table::GetEvents) -> WireResult {
    let product = params.product.0;
    let key = key(call, params.product, params.key).await?;
    let wanted = event_store::Wanted {
        product,
        key: key.map(|key| key.id),
        after: params.after.0,
        before: params.before.0,
        limit: u64::try_from(params.limit.0).unwrap_or_default(),
    };
    let connection = call.app().store.read();
    let rows = event_store::events(connection, call.access(), &wanted).await?;
    let texts = keys::texts(connection, rows.iter().filter_map(|row| row.key_id)).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "id": row.id, "productId": row.product_id.unwrap_or_default(), "key": text(&texts, row.key_id),
            "machineCode": row.machine_code, "featureName": row.feature_name, "eventName": row.event_name,
            "value": row.value, "currency": row.currency, "metadata": row.metadata, "time": seconds(row.at),
        })
    });
    Ok(Answer::done().with("events", rows.collect::<Vec<_>>()))
}

pub(super) fn text(texts: &HashMap<i64, String>, key: Option<i64>) -> &str {
    key.and_then(|id| texts.get(&id)).map_or("", String::as_str)
}

pub async fn get_log(call: &Call, params: table::GetWebAPILog) -> WireResult {
    let ascending = ascending(&params.order.0, params.after)?;
    let product = params.product.0;
    let key = key(call, params.product, params.key).await?;
    let wanted = log_store::Wanted {
        product,
        key: key.map(|key| key.id),
        machine: params.machine.0,
        friendly_name: params.friendly_name.0,
        after: params.after.0,
        before: params.before.0,
        ascending,
        limit: u64::try_from(params.limit.0).unwrap_or_default(),
    };
    let connection = call.app().store.read();
    let rows = log_store::wanted(connection, call.access(), &wanted).await?;
    let texts = keys::texts(connection, rows.iter().filter_map(|row| row.key_id)).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "id": row.id, "productId": row.product_id.unwrap_or_default(), "key": text(&texts, row.key_id),
            "machineCode": row.machine_code, "friendlyName": row.friendly_name, "ip": row.ip,
            "time": seconds(row.at), "method": row.method, "success": row.succeeded, "message": row.message,
        })
    });
    Ok(Answer::done().with("logs", rows.collect::<Vec<_>>()))
}

/// Whether a log is wanted from its beginning on.
pub(super) fn ascending(order: &str, after: MaybeId) -> Result<bool, Failure> {
    match order.to_ascii_lowercase().as_str() {
        "" => Ok(after.0.is_some()),
        "id" | "id ascending" | "time" | "time ascending" => Ok(true),
        "id descending" | "time descending" => Ok(false),
        _ => Err(Failure::refused(BAD_PARAMETERS)),
    }
}

/// Which keys a call is about: one that it names, or those of a product, or all.
pub(super) async fn keys_meant(
    call: &Call,
    product: MaybeId,
    key_id: MaybeId,
    text: MaybeKeyText,
) -> Result<KeysMeant, Failure> {
    let named = key(call, product, text).await?.map(|key| key.id);
    Ok(KeysMeant { product: product.0, key: named.or(key_id.0) })
}

fn part(
    (after, before): (MaybeId, MaybeId),
    (start, end): (&str, &str),
    limit: i64,
) -> Result<use_store::Part, Failure> {
    Ok(use_store::Part {
        after: after.0,
        before: before.0,
        from: day(start)?,
        until: day(end)?.map(|begins| begins + DAY),
        limit: u64::try_from(limit).unwrap_or_default(),
    })
}

pub async fn get_key_usage_summaries(call: &Call, params: table::GetKeyUsageSummaries) -> WireResult {
    let meant = keys_meant(call, params.product, params.key_id, params.key).await?;
    let connection = call.app().store.read();
    let part = part((params.after, params.before), (&params.start.0, &params.end.0), params.limit.0)?;
    let rows = use_store::summaries(connection, call.access(), meant, part).await?;
    let texts = keys::texts(connection, rows.iter().map(|row| row.key)).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "id": row.key, "productId": row.product.unwrap_or_default(), "keyId": row.key,
            "key": text(&texts, Some(row.key)), "totalRequests": row.calls, "totalSuccessful": row.succeeded,
            "totalFailed": row.calls - row.succeeded, "firstSeenUtc": iso(seconds(row.first)),
            "lastSeenUtc": iso(seconds(row.last)),
        })
    });
    Ok(Answer::done().with("summaries", rows.collect::<Vec<_>>()))
}

pub async fn get_key_devices(call: &Call, params: table::GetKeyDevices) -> WireResult {
    let meant = keys_meant(call, params.product, params.key_id, params.key).await?;
    let connection = call.app().store.read();
    let part = part((params.after, params.before), (&params.start.0, &params.end.0), params.limit.0)?;
    let rows = use_store::devices(connection, call.access(), meant, &params.machine.0, part).await?;
    let rows = rows.iter().map(|(row, key)| {
        json!({
            "id": row.id, "productId": key.product_id, "keyId": key.id, "key": key.key_text,
            "machineCode": row.machine_code, "friendlyName": row.friendly_name, "ip": row.ip,
            "floating": row.floating, "firstSeenUtc": iso(seconds(row.first_seen_at)),
            "lastSeenUtc": iso(seconds(row.last_seen_at)),
        })
    });
    Ok(Answer::done().with("devices", rows.collect::<Vec<_>>()))
}
