//! The dashboard's figures.

use std::collections::BTreeMap;

use latchkey_engine::period::{Tz, local_date, start_of_day};
use latchkey_shared::{
    api::{
        common::ListQuery,
        dashboard::{Checklist, Counts, Dashboard, DayCount},
    },
    time::Timestamp,
};
use latchkey_store::{
    Access, communications as messages,
    numbers::{self, Stopped},
};

use crate::{
    attention,
    clock::DAY,
    communications::{self, mailer},
    customers,
    error::AppResult,
    state::AppState,
    terms, vendor,
};

const DAYS: i64 = 30;
const LATEST: u64 = 5;

/// All figures, as of now; the latest messages only where `with_messages` allows.
pub async fn show(app: &AppState, access: Access, with_messages: bool) -> AppResult<Dashboard> {
    let now = app.clock.now();
    let zone: Tz = vendor::load(app.store.read()).await?.time_zone.parse().unwrap_or(Tz::UTC);
    let newest = ListQuery { limit: 5, ..ListQuery::default() };
    let latest_messages = if with_messages {
        let rows = messages::latest(app.store.read(), LATEST).await?;
        communications::view::rows(app, rows).await?
    } else {
        Vec::new()
    };
    let connection = app.store.read();
    let running = numbers::running_since(connection).await?;
    let stopped = numbers::stopped_after(connection, now - (DAYS + 1) * DAY).await?;
    Ok(Dashboard {
        as_of: Timestamp::from_millis(now),
        counts: counts(app, now).await?,
        new_customers: per_day(
            now,
            zone,
            &numbers::customers_created(connection, now - (DAYS + 1) * DAY).await?,
        ),
        active_subscriptions: running_per_day(now, zone, &running, &stopped),
        checklist: checklist(app).await?,
        latest_customers: customers::view::list(app, access, &newest).await?.items,
        latest_messages,
    })
}

async fn counts(app: &AppState, now: i64) -> AppResult<Counts> {
    let connection = app.store.read();
    Ok(Counts {
        customers: numbers::customers(connection).await?,
        new_customers_30_days: latchkey_store::customers::count_created_since(connection, now - DAYS * DAY)
            .await?,
        active_subscriptions: numbers::subscriptions_with(connection, &numbers::RUNNING).await?,
        active_keys: numbers::working_keys(connection, now).await?,
        renewals_7_days: numbers::renewals(connection, now, now + 7 * DAY).await?,
        past_due: numbers::subscriptions_with(connection, &["past_due"]).await?,
        attention: attention::open_count(connection).await?,
    })
}

async fn checklist(app: &AppState) -> AppResult<Checklist> {
    let connection = app.store.read();
    let row = vendor::load(connection).await?;
    Ok(Checklist {
        company: !row.name.is_empty() && !row.domain.is_empty(),
        stripe: numbers::stripe_accounts(connection).await? > 0,
        product: numbers::offered_plans(connection).await? > 0,
        terms: terms::current(connection).await?.is_some(),
        mail: mailer::is_configured(app).await?,
        link_shared: numbers::portal_users(connection).await? > 0,
    })
}

/// The last 30 days of the vendor, oldest first, each with its end.
fn days(now: i64, zone: Tz) -> Vec<(String, i64)> {
    let today = local_date(Timestamp::from_millis(now), zone);
    (0..DAYS)
        .rev()
        .map(|ago| {
            let day = today.plus_days(-ago);
            (day.to_string(), start_of_day(day.plus_days(1), zone).millis())
        })
        .collect()
}

fn per_day(now: i64, zone: Tz, times: &[i64]) -> Vec<DayCount> {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for time in times {
        *counts.entry(local_date(Timestamp::from_millis(*time), zone).to_string()).or_default() += 1;
    }
    let days = days(now, zone).into_iter();
    days.map(|(day, _)| DayCount { count: counts.get(&day).copied().unwrap_or_default(), day }).collect()
}

/// How many contracts were running at the end of each day; the last day agrees with the count of those that run.
/// `running` is when those began.
fn running_per_day(now: i64, zone: Tz, running: &[i64], stopped: &[Stopped]) -> Vec<DayCount> {
    let spans: Vec<(i64, i64)> = stopped.iter().map(|row| (row.created_at, stopped_at(row, now))).collect();
    let at = |at: i64| {
        let still = running.iter().filter(|from| **from <= at).count();
        let then = spans.iter().filter(|(from, to)| *from <= at && *to > at).count();
        i64::try_from(still + then).unwrap_or(i64::MAX)
    };
    let days = days(now, zone).into_iter();
    days.map(|(day, end)| DayCount { day, count: at(Ord::min(end - 1, now)) }).collect()
}

/// When a contract stopped running. A pause is known by the last change only, since a contract keeps how it stands and
/// not how it stood.
fn stopped_at(contract: &Stopped, now: i64) -> i64 {
    let over = match contract.status.as_str() {
        "expired" => contract.ended_at.or(contract.paid_through),
        _ => contract.ended_at,
    };
    Ord::min(over.unwrap_or(contract.updated_at), now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_the_vendors() {
        let zone: Tz = "Pacific/Auckland".parse().unwrap();
        let now = "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap().millis();
        let counted = per_day(now, zone, &[now, now - 2 * 3_600_000, now - 40 * DAY]);
        assert_eq!(counted.len(), 30);
        assert_eq!(counted.last().unwrap(), &DayCount { day: "2026-11-22".to_owned(), count: 1 });
        assert_eq!(counted[28], DayCount { day: "2026-11-21".to_owned(), count: 1 });
    }

    fn stopped(status: &str, created_at: i64) -> Stopped {
        let status = status.to_owned();
        Stopped { created_at, status, ended_at: None, paid_through: None, updated_at: created_at }
    }

    fn counts(now: i64, running: &[i64], stopped: &[Stopped]) -> Vec<i64> {
        let days = running_per_day(now, Tz::UTC, running, stopped);
        days.iter().rev().take(7).map(|day| day.count).collect()
    }

    #[test]
    fn contracts_run_from_begin_to_end() {
        let now = "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap().millis();
        let over = Stopped { ended_at: Some(now - DAY), ..stopped("cancelled", now - 3 * DAY) };
        assert_eq!(counts(now, &[now - 5 * DAY], &[over]), [1, 1, 2, 2, 1, 1, 0]);
    }

    #[test]
    fn what_is_paused_or_has_expired_no_longer_counts() {
        let now = "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap().millis();
        let began = now - 5 * DAY;
        let paused = Stopped { updated_at: now - 2 * DAY, ..stopped("paused", began) };
        let expired = Stopped { paid_through: Some(now - DAY), updated_at: now, ..stopped("expired", began) };
        let owing = Stopped { paid_through: Some(now + DAY), updated_at: now, ..stopped("expired", began) };
        let soon = stopped("pending_start", now + DAY);
        assert_eq!(counts(now, &[], &[paused]), [0, 0, 0, 1, 1, 1, 0]);
        assert_eq!(counts(now, &[], &[expired]), [0, 0, 1, 1, 1, 1, 0]);
        assert_eq!(counts(now, &[], &[owing]), [0, 1, 1, 1, 1, 1, 0]);
        assert_eq!(counts(now, &[began], &[soon]), [1, 1, 1, 1, 1, 1, 0]);
    }
}
