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
use latchkey_store::{Access, communications as messages, numbers};

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
    let span = numbers::contracts(connection).await?;
    Ok(Dashboard {
        as_of: Timestamp::from_millis(now),
        counts: counts(app, now).await?,
        new_customers: per_day(
            now,
            zone,
            &numbers::customers_created(connection, now - (DAYS + 1) * DAY).await?,
        ),
        active_subscriptions: running_per_day(now, zone, &span),
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
        active_subscriptions: numbers::subscriptions_with(
            connection,
            &["trial", "active", "past_due", "grace"],
        )
        .await?,
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

/// How many contracts were running at the end of each day; `span` is begin and end of each.
fn running_per_day(now: i64, zone: Tz, span: &[(i64, Option<i64>)]) -> Vec<DayCount> {
    let running =
        |at: i64| span.iter().filter(|(from, to)| *from < at && to.is_none_or(|to| to >= at)).count();
    let days = days(now, zone).into_iter();
    days.map(|(day, end)| DayCount {
        day,
        count: i64::try_from(running(Ord::min(end, now))).unwrap_or(i64::MAX),
    })
    .collect()
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

    #[test]
    fn contracts_run_from_begin_to_end() {
        let now = "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap().millis();
        let counted =
            running_per_day(now, Tz::UTC, &[(now - 5 * DAY, None), (now - 3 * DAY, Some(now - DAY))]);
        let last: Vec<i64> = counted.iter().rev().take(7).map(|day| day.count).collect();
        assert_eq!(last, [1, 1, 2, 2, 1, 1, 0]);
    }
}
