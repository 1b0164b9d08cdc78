//! Reminders: of trials that end, subscriptions that end or ended, payments that failed, renewals. Each is sent once
//! per subscription, kind, day and step: that it was sent is noted in the transaction that writes it.

use latchkey_engine::{
    period::{self, Tz, days_until, local_date},
    reminder::{self, Occasion},
};
use latchkey_shared::{
    ids::CustomerId,
    message_template::Placeholder,
    money::{Currency, Money},
    reminder::ReminderKind,
    time::Timestamp,
};
use latchkey_store::{
    entity::{licence_key, reminder_sent, subscription, subscription_item},
    reminders as store, subscription_keys, subscriptions,
};
use sea_orm::ConnectionTrait;

use super::{reminder_rules, templates, values::Values};
use crate::{clock::DAY, error::AppResult, state::AppState, subscriptions::changes::renewals, vendor};

/// Subscriptions looked at at once.
const AT_ONCE: u64 = 200;

/// A subscription with what a reminder depends on.
struct Case {
    row: subscription::Model,
    items: Vec<subscription_item::Model>,
    keys: Vec<licence_key::Model>,
}

/// A reminder that is due today.
struct Due {
    kind: ReminderKind,
    at: Timestamp,
    step: i64,
}

/// Sends what is due. Run often; what was sent is not sent again.
pub async fn run(app: &AppState) -> AppResult<usize> {
    let zone = period::zone(&vendor::load(app.store.read()).await?.time_zone).unwrap_or(Tz::UTC);
    let mut sent = 0;
    for rule in reminder_rules::all(app.store.read()).await?.into_iter().filter(|rule| rule.enabled) {
        let days = rule.kind.days(&rule.days).unwrap_or_default();
        sent += run_kind(app, rule.kind, &days, zone).await?;
    }
    if sent > 0 {
        app.jobs_bell.notify_waiters();
    }
    Ok(sent)
}

async fn run_kind(app: &AppState, kind: ReminderKind, days: &[i64], zone: Tz) -> AppResult<usize> {
    let Some(most) = days.iter().max().copied() else { return Ok(0) };
    let now = app.clock.now();
    // A day more on each side, since days are the calendar's.
    let span = if kind.comes_after() {
        (now - (most + 2) * DAY, now + DAY)
    } else {
        (now - 2 * DAY, now + (most + 2) * DAY)
    };
    let (mut sent, mut after) = (0, 0);
    loop {
        let rows = store::candidates(app.store.read(), kind, span, after, AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(sent) };
        after = last.id;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let known = store::sent(app.store.read(), kind, &ids).await?;
        for case in cases(app.store.read(), rows).await? {
            let Some(due) = due(kind, &case, days, now, zone) else { continue };
            let day = local_date(due.at, zone).days_since_1970();
            if !known.contains(&(case.row.id, day, due.step)) {
                sent += usize::from(remind(app, &case, &due, zone).await?);
            }
        }
    }
}

async fn cases<C: ConnectionTrait>(connection: &C, rows: Vec<subscription::Model>) -> AppResult<Vec<Case>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let items = subscriptions::items(connection, &ids).await?;
    let keys = subscription_keys::of_subscriptions(connection, &ids).await?;
    let case = |row: subscription::Model| Case {
        items: items.iter().filter(|item| item.subscription_id == row.id).cloned().collect(),
        keys: keys
            .iter()
            .filter(|(tie, _)| tie.subscription_id == row.id)
            .map(|(_, key)| key.clone())
            .collect(),
        row,
    };
    Ok(rows.into_iter().map(case).collect())
}

/// What is due of a kind today.
fn due(kind: ReminderKind, case: &Case, days: &[i64], now: i64, zone: Tz) -> Option<Due> {
    let time = Timestamp::from_millis;
    let at = time(moment(kind, case)?);
    let length = length(kind, case);
    if kind == ReminderKind::Renewal && case.row.status == "active" && length.is_none_or(|days| days <= 35) {
        return None;
    }
    let occasion = Occasion { at, began: time(case.row.created_at), length };
    let rule = if kind.comes_after() { reminder::after } else { reminder::before };
    let step = rule(&occasion, days, time(now), zone)?;
    Some(Due { kind, at, step })
}

/// What a reminder is about, in milliseconds since 1970.
fn moment(kind: ReminderKind, case: &Case) -> Option<i64> {
    let row = &case.row;
    match kind {
        ReminderKind::TrialEnding => row.trial_ends_at,
        ReminderKind::PaymentFailed | ReminderKind::Renewal => row.paid_through,
        ReminderKind::Expiry | ReminderKind::Expired => {
            let offline = row.paid_through.filter(|_| row.stripe_id.is_none());
            let ends = row.cancels_at.or(offline)?;
            // What staff gave beyond it counts as paid.
            Some(case.keys.iter().filter_map(|key| key.extended_until).fold(ends, Ord::max))
        }
        ReminderKind::KeyEnding | ReminderKind::RenewalMissed | ReminderKind::Cancelled => None,
    }
}

/// How many days the trial has, or what one payment is for.
fn length(kind: ReminderKind, case: &Case) -> Option<i64> {
    if kind == ReminderKind::TrialEnding || case.row.status == "trial" {
        return case.row.trial_ends_at.map(|ends| (ends - case.row.created_at) / DAY);
    }
    let base = case.items.first()?;
    let unit = match base.interval_unit.as_deref()? {
        "day" => 1,
        "week" => 7,
        "month" => 30,
        "year" => 365,
        _ => return None,
    };
    Some(base.interval_count.saturating_mul(unit))
}

/// Writes one reminder unless it was sent; whether it was written now.
async fn remind(app: &AppState, case: &Case, due: &Due, zone: Tz) -> AppResult<bool> {
    let Some(base) = case.items.first() else { return Ok(false) };
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let note = reminder_sent::Model {
        subscription_id: case.row.id,
        kind: due.kind.as_str().to_owned(),
        day: local_date(due.at, zone).days_since_1970(),
        step: due.step,
        sent_at: now,
    };
    if !store::note_sent(&transaction, note).await? {
        return Ok(false);
    }
    // Paid or changed while this was looked at: the next look decides.
    if subscriptions::by_ids(&transaction, &[case.row.id]).await?.first() != Some(&case.row) {
        return Ok(false);
    }
    let id = CustomerId(case.row.customer_id);
    let Some((customer, address)) = super::addressee(&transaction, id).await? else { return Ok(false) };
    if customer.disabled {
        return Ok(false);
    }
    // It goes on by itself; should the balance be used up until then, the next look writes.
    if due.kind == ReminderKind::Expiry && renewals::is_covered(&transaction, &case.row, now).await? {
        return Ok(false);
    }
    if due.kind == ReminderKind::Expired && went_on(&transaction, id, base).await? {
        return Ok(false);
    }
    let values = Values::default()
        .with(Placeholder::Customer, &customer.name)
        .with(Placeholder::Product, &base.product_name)
        .with(Placeholder::Plan, &base.plan_name)
        .with(Placeholder::Date, local_date(due.at, zone).to_string())
        .with_distance(days_until(Timestamp::from_millis(now), due.at, zone))
        .with(Placeholder::Until, works_until(case, due.at, zone))
        .with(Placeholder::Amount, total(&case.items))
        .with(Placeholder::Link, app.config.url("/Portal/Billing"));
    let letter = templates::letter(&transaction, due.kind.template(), values).await?;
    super::send(app, &transaction, Some(id), &address, letter).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Whether the customer has the product by another subscription.
async fn went_on<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    base: &subscription_item::Model,
) -> AppResult<bool> {
    let Some(product) = base.product_id else { return Ok(false) };
    let live = subscriptions::live_for_product(connection, customer, product).await?;
    Ok(live.iter().any(|row| row.id != base.subscription_id))
}

/// The last day on which a licence works, with the days of grace.
fn works_until(case: &Case, at: Timestamp, zone: Tz) -> String {
    let expires = case.keys.iter().filter_map(|key| key.expires_at).max().map_or(at, Timestamp::from_millis);
    local_date(expires.plus_millis(-1), zone).to_string()
}

/// What all items cost together; empty where there is no one currency.
pub(super) fn total(items: &[subscription_item::Model]) -> String {
    let Some(currency) = items.first().and_then(|item| Currency::parse(&item.currency).ok()) else {
        return String::new();
    };
    let amounts = items.iter().map(|item| {
        let own = Currency::parse(&item.currency).unwrap_or(currency);
        Money::new(item.amount.saturating_mul(item.quantity), own)
    });
    Money::checked_sum(currency, amounts).map_or_else(|_| String::new(), |sum| sum.to_string())
}
