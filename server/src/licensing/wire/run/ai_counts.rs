//! What the log of this API adds up to, and what was changed.

use std::collections::HashMap;

use latchkey_shared::time::Date;
use latchkey_store::{api_log as log_store, audit_log, customer_search, keys};
use serde_json::{Value, json};

use super::ai::{ascending, key, keys_meant, text};
use crate::{
    api_log::aggregates::{self, Day},
    clock::DAY,
    licensing::wire::{
        Answer, Call, Failure, WireResult,
        failure::BAD_PARAMETERS,
        licence::{iso, seconds},
        params::MaybeId,
        table::ai as table,
    },
};

/// Calls that are counted for one answer.
const MOST_CALLS: u64 = 500_000;

pub async fn get_daily_aggregates(call: &Call, params: table::GetDailyAggregates) -> WireResult {
    let span = span(call, &params.start.0, &params.end.0)?;
    let days = aggregates::by_day(calls(call, params.product, span).await?);
    // The number of the day since 1970 serves as id; within one product it is unique.
    let rows = days.iter().map(|day| (day.begins.div_euclid(DAY), described(day)));
    Ok(Answer::done().with("aggregates", page(rows, (params.after, params.before), params.limit.0)))
}

pub async fn get_daily_country_aggregates(
    call: &Call,
    params: table::GetDailyCountryAggregates,
) -> WireResult {
    let span = span(call, &params.start.0, &params.end.0)?;
    let calls = calls(call, params.product, span).await?;
    let mut called: Vec<i64> = calls.iter().filter_map(|(_, _, key, ..)| *key).collect();
    called.sort_unstable();
    called.dedup();
    let countries = customer_search::countries_of_keys(call.app().store.read(), &called).await?;
    let days = aggregates::by_day_and_country(calls, &countries);
    let wanted = params.country.0.to_uppercase();
    let rows = days.iter().filter(|day| wanted.is_empty() || day.country == wanted).map(|day| {
        let mut row = described(day);
        let id = day.begins.div_euclid(DAY) * 1_000 + country_number(&day.country);
        row["id"] = json!(id);
        row["countryCode"] = json!(day.country);
        (id, row)
    });
    Ok(Answer::done().with("aggregates", page(rows, (params.after, params.before), params.limit.0)))
}

/// A number below 1,000 for two letters; 0 where the country is not known.
fn country_number(code: &str) -> i64 {
    code.bytes()
        .filter(u8::is_ascii_uppercase)
        .fold(0, |number, letter| number * 26 + i64::from(letter - b'A') + 1)
        % 1_000
}

pub async fn get_license_activity_buckets(
    call: &Call,
    params: table::GetLicenseActivityBuckets,
) -> WireResult {
    let meant = keys_meant(call, params.product, params.key_id, params.key).await?;
    let span = span(call, &params.start.0, &params.end.0)?;
    let wanted = log_store::Wanted {
        product: meant.product,
        key: meant.key,
        machine: params.machine.0,
        limit: MOST_CALLS,
        ..log_store::Wanted::default()
    };
    let connection = call.app().store.read();
    let buckets =
        aggregates::by_half_hour(log_store::numbered(connection, call.access(), &wanted, span).await?);
    let called = buckets.iter().map(|bucket| bucket.key);
    let keys: HashMap<i64, (i64, String)> = keys::products_and_texts(connection, called).await?;
    let rows = buckets.iter().map(|bucket| {
        let (product, key) = keys.get(&bucket.key).cloned().unwrap_or_default();
        let row = json!({
            "id": bucket.id, "productId": product, "keyId": bucket.key, "key": key,
            "machineCode": bucket.machine, "bucketStart": seconds(bucket.begins),
            "firstEvent": seconds(bucket.first), "lastEvent": seconds(bucket.last),
            "totalRequests": bucket.calls, "totalSuccessful": bucket.succeeded,
            "totalFailed": bucket.calls - bucket.succeeded,
        });
        (bucket.id, row)
    });
    Ok(Answer::done().with("buckets", page(rows, (params.after, params.before), params.limit.0)))
}

pub async fn get_object_log(call: &Call, params: table::GetObjectLog) -> WireResult {
    let ascending = ascending(&params.order.0, params.after)?;
    let product = params.product.0;
    let named = key(call, params.product, params.key).await?;
    let wanted = audit_log::Wanted {
        product,
        key: named.map(|key| key.id),
        after: params.after.0,
        before: params.before.0,
        ascending,
        limit: u64::try_from(params.limit.0).unwrap_or_default(),
    };
    let connection = call.app().store.read();
    let rows = audit_log::wanted(connection, call.access(), &wanted).await?;
    let of_key = |kind: &str, id: i64| (kind == "key").then_some(id);
    let ids = rows.iter().filter_map(|row| of_key(&row.subject_kind, row.subject_id));
    let texts = keys::texts(connection, ids).await?;
    let rows = rows.iter().map(|row| {
        json!({
            "id": row.id, "time": seconds(row.at), "action": row.action, "description": row.text,
            "objectType": row.subject_kind, "objectId": row.subject_id,
            "key": text(&texts, of_key(&row.subject_kind, row.subject_id)),
            "customerId": row.customer_id.unwrap_or_default(), "source": row.source,
            "user": row.actor_name.as_deref().unwrap_or_default(), "ip": row.ip,
        })
    });
    Ok(Answer::done().with("logs", rows.collect::<Vec<_>>()))
}

async fn calls(call: &Call, product: MaybeId, span: (i64, i64)) -> Result<Vec<log_store::Call>, Failure> {
    if let Some(product) = product.0 {
        call.product(product).await?;
    }
    let connection = call.app().store.read();
    Ok(log_store::between(connection, call.access(), product.0, span, MOST_CALLS).await?)
}

fn described(day: &Day) -> Value {
    let failed = day.calls - day.succeeded;
    json!({
        "id": day.begins.div_euclid(DAY), "productId": day.product.unwrap_or_default(),
        "date": iso(seconds(day.begins)), "totalRequests": day.calls, "totalSuccessful": day.succeeded,
        "totalFailed": failed, "uniqueKeys": day.keys, "uniqueMachines": day.machines,
        // The names that the SDKs' documentation gives.
        "totalRequestsLogged": day.calls, "successful": day.succeeded, "failed": failed,
    })
}

/// The rows between two ids, so many at most.
fn page(
    rows: impl Iterator<Item = (i64, Value)>,
    (after, before): (MaybeId, MaybeId),
    limit: i64,
) -> Vec<Value> {
    rows.filter(|(id, _)| after.0.is_none_or(|after| *id > after))
        .filter(|(id, _)| before.0.is_none_or(|before| *id < before))
        .map(|(_, row)| row)
        .take(usize::try_from(limit).unwrap_or_default())
        .collect()
}

/// From the beginning of a day to the end of another, UTC; the last thirty days unless said.
fn span(call: &Call, start: &str, end: &str) -> Result<(i64, i64), Failure> {
    let today = call.now() - call.now().rem_euclid(DAY);
    let from = day(start)?.unwrap_or(today - 30 * DAY);
    Ok((from, day(end)?.unwrap_or(today) + DAY))
}

/// The beginning of a day, UTC.
pub(super) fn day(text: &str) -> Result<Option<i64>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    let date = text.get(..10).unwrap_or(text);
    let date: Date = date.parse().map_err(|_| Failure::refused(BAD_PARAMETERS))?;
    Ok(Some(date.days_since_1970() * DAY))
}

#[cfg(test)]
mod tests {
    use super::country_number;

    #[test]
    fn countries_have_numbers_of_their_own() {
        assert_eq!(country_number(""), 0);
        assert!(country_number("AA") > 0 && country_number("ZZ") < 1_000);
        assert_ne!(country_number("SE"), country_number("ES"));
    }
}
