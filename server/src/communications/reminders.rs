//! Reminders: of trials that end, payments that failed, renewals and contracts that end. Each is sent once per
//! contract, moment and step: that it was sent is noted in the transaction that writes it.

use latchkey_engine::{
    period::{Tz, days_until, local_date},
    reminder,
};
use latchkey_shared::{
    api::messages::{Reminder, SetReminder},
    ids::CustomerId,
    message::{Placeholder, ReminderKind},
    money::{Currency, Money},
    time::Timestamp,
};
use latchkey_store::{
    Access, customers,
    entity::{reminder_rule, reminder_sent, subscription, subscription_item},
    reminders as store, subscriptions,
};
use serde_json::json;

use super::templates::{self, Values};
use crate::{
    audit::{self, Entry, Origin},
    clock::DAY,
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// Contracts looked at at once.
const AT_ONCE: u64 = 500;
/// Where no rule is set.
const DEFAULT_DAYS: &str = "7, 3, 0";

/// The rules in force.
pub async fn rules(app: &AppState) -> AppResult<Vec<Reminder>> {
    let set = store::rules(app.store.read()).await?;
    let rule = |kind: &ReminderKind| match set.iter().find(|row| row.kind == kind.as_str()) {
        Some(row) => Reminder { kind: *kind, enabled: row.enabled, days: row.days.clone() },
        None => Reminder { kind: *kind, enabled: true, days: DEFAULT_DAYS.to_owned() },
    };
    Ok(ReminderKind::ALL.iter().map(rule).collect())
}

/// Changes a rule.
///
/// # Errors
/// 422 for days that are no numbers from 0 to 90.
pub async fn set(
    app: &AppState,
    origin: &Origin,
    kind: ReminderKind,
    form: &SetReminder,
) -> AppResult<Vec<Reminder>> {
    let days = reminder::parse(&form.days).map_err(|part| {
        AppError::field(
            "days",
            format!("“{part}” is no number of days from 0 to 90. Write days such as 7, 3, 0."),
        )
    })?;
    if form.enabled && days.is_empty() {
        return Err(AppError::field(
            "days",
            "Say on which days, such as 7, 3, 0, or switch the reminder off.",
        ));
    }
    let days: Vec<String> = days.iter().map(i64::to_string).collect();
    let now = app.clock.now();
    let row = reminder_rule::Model {
        kind: kind.as_str().to_owned(),
        enabled: form.enabled,
        days: days.join(", "),
        updated_at: now,
    };
    let transaction = app.store.begin().await?;
    let entry = Entry {
        action: "reminder_changed",
        subject_kind: "vendor",
        subject_id: vendor::ID,
        text: format!("The reminder “{}” was changed.", kind.label()),
        after: Some(json!({"enabled": row.enabled, "days": row.days})),
        ..Entry::default()
    };
    store::keep_rule(&transaction, row).await?;
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    rules(app).await
}

/// Sends what is due. Run often; what was sent is not sent again.
pub async fn run(app: &AppState) -> AppResult<usize> {
    let zone: Tz = vendor::load(app.store.read()).await?.time_zone.parse().unwrap_or(Tz::UTC);
    let mut sent = 0;
    for rule in rules(app).await?.into_iter().filter(|rule| rule.enabled) {
        let days = reminder::parse(&rule.days).unwrap_or_default();
        let Some(most) = days.first().copied() else { continue };
        let now = app.clock.now();
        let (steps, span): (Vec<i64>, _) = if rule.kind.comes_after() {
            (days, (now - (most + 2) * DAY, now + DAY))
        } else {
            (days.iter().map(|day| -day).collect(), (now - 2 * DAY, now + (most + 1) * DAY))
        };
        let mut after = 0;
        loop {
            let rows = store::candidates(app.store.read(), rule.kind, span, after, AT_ONCE).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                let Some(moment) = moment(rule.kind, row) else { continue };
                if let Some(step) = reminder::due(moment, &steps, row.created_at, now) {
                    sent += usize::from(remind(app, row, (rule.kind, moment, step), zone).await?);
                }
            }
        }
    }
    if sent > 0 {
        app.jobs_bell.notify_waiters();
    }
    Ok(sent)
}

fn moment(kind: ReminderKind, row: &subscription::Model) -> Option<i64> {
    match kind {
        ReminderKind::TrialEnding => row.trial_ends_at,
        ReminderKind::PaymentFailed | ReminderKind::Renewal => row.paid_through,
        ReminderKind::Expiry => row.cancels_at,
    }
}

/// Writes one reminder unless it was sent; whether it was written now.
async fn remind(
    app: &AppState,
    row: &subscription::Model,
    (kind, moment, step): (ReminderKind, i64, i64),
    zone: Tz,
) -> AppResult<bool> {
    let items = subscriptions::items(app.store.read(), &[row.id]).await?;
    let Some(base) = items.first() else { return Ok(false) };
    if kind == ReminderKind::Renewal && !is_long(base) {
        return Ok(false);
    }
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let note = reminder_sent::Model {
        subscription_id: row.id,
        kind: kind.as_str().to_owned(),
        moment,
        step,
        sent_at: now,
    };
    if !store::note_sent(&transaction, note).await? {
        return Ok(false);
    }
    let customer = customers::find(&transaction, Access::All, CustomerId(row.customer_id)).await?;
    let Some(customer) = customer.filter(|customer| !customer.email.is_empty()) else { return Ok(false) };
    let values = Values::default()
        .with(Placeholder::Customer, &customer.name)
        .with(Placeholder::Product, &base.product_name)
        .with(Placeholder::Plan, &base.plan_name)
        .with(Placeholder::Date, local_date(Timestamp::from_millis(moment), zone).to_string())
        .with(Placeholder::Days, in_words(moment, now, zone))
        .with(Placeholder::Amount, total(&items))
        .with(Placeholder::Link, app.config.url("/Portal/Billing"));
    let letter = templates::letter(&transaction, kind.template(), values).await?;
    super::send(app, &transaction, Some(CustomerId(customer.id)), &customer.email, letter).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Paid less often than monthly: only then is a renewal worth a message.
fn is_long(item: &subscription_item::Model) -> bool {
    match item.interval_unit.as_deref() {
        Some("year") => true,
        Some("month") => item.interval_count > 1,
        Some("week") => item.interval_count > 5,
        Some("day") => item.interval_count > 35,
        _ => false,
    }
}

/// What all items cost together; empty where there is no one currency.
fn total(items: &[subscription_item::Model]) -> String {
    let Some(currency) = items.first().and_then(|item| Currency::parse(&item.currency).ok()) else {
        return String::new();
    };
    let amounts = items.iter().map(|item| {
        let own = Currency::parse(&item.currency).unwrap_or(currency);
        Money::new(item.amount.saturating_mul(item.quantity), own)
    });
    Money::checked_sum(currency, amounts).map_or_else(|_| String::new(), |sum| sum.to_string())
}

/// `in 3 days`, `today`, `3 days ago`.
fn in_words(moment: i64, now: i64, zone: Tz) -> String {
    match days_until(Timestamp::from_millis(now), Timestamp::from_millis(moment), zone) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_people_say_them() {
        let now = "2026-11-26T12:00:00Z".parse::<Timestamp>().unwrap().millis();
        for (days, words) in
            [(0, "today"), (1, "tomorrow"), (7, "in 7 days"), (-1, "yesterday"), (-3, "3 days ago")]
        {
            assert_eq!(in_words(now + days * DAY, now, Tz::UTC), words);
        }
    }
}
