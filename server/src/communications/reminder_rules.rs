//! When customers are reminded, and of what: what the vendor has set, or else the defaults.

use latchkey_shared::{
    api::message_templates::{Reminder, Reminders, SetReminder},
    reminder::ReminderKind,
    text::message_templates as text,
};
use latchkey_store::{entity::reminder_rule, reminders as store};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// The rules in force.
pub async fn all<C: ConnectionTrait>(connection: &C) -> AppResult<Vec<Reminder>> {
    let set = store::rules(connection).await?;
    let rule = |kind: &ReminderKind| match set.iter().find(|row| row.kind == kind.as_str()) {
        Some(row) => Reminder { kind: *kind, enabled: row.enabled, days: row.days.clone() },
        None => Reminder { kind: *kind, enabled: kind.on_by_default(), days: kind.default_days().to_owned() },
    };
    Ok(ReminderKind::ALL.iter().map(rule).collect())
}

/// The rules in force, with whose days they count.
pub async fn shown(app: &AppState) -> AppResult<Reminders> {
    let time_zone = vendor::load(app.store.read()).await?.time_zone;
    Ok(Reminders { reminders: all(app.store.read()).await?, time_zone })
}

/// Whether something is told of at all.
pub async fn is_on<C: ConnectionTrait>(connection: &C, kind: ReminderKind) -> AppResult<bool> {
    let set = store::rules(connection).await?.into_iter().find(|row| row.kind == kind.as_str());
    Ok(set.map_or(kind.on_by_default(), |row| row.enabled))
}

/// The days of keys that end, for products that say nothing themselves: since when, and which. Nothing while it is
/// switched off.
pub async fn of_keys<C: ConnectionTrait>(connection: &C) -> AppResult<Option<(i64, Vec<i64>)>> {
    let kind = ReminderKind::KeyEnding;
    let set = store::rules(connection).await?.into_iter().find(|row| row.kind == kind.as_str());
    Ok(set.filter(|row| row.enabled).map(|row| (row.updated_at, kind.days(&row.days).unwrap_or_default())))
}

/// Changes a rule.
///
/// # Errors
/// 422 for days that cannot be read, or none although it is on.
pub async fn set(
    app: &AppState,
    origin: &Origin,
    kind: ReminderKind,
    form: &SetReminder,
) -> AppResult<Reminders> {
    let days = kind.days(&form.days).map_err(|part| AppError::field("days", text::no_days(&part)))?;
    if form.enabled && days.is_empty() && !kind.is_at_once() {
        return Err(AppError::field("days", text::DAYS_MISSING));
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
    let before = all(&transaction).await?.into_iter().find(|rule| rule.kind == kind);
    let entry = Entry {
        action: "reminder_changed",
        subject_kind: "vendor",
        subject_id: vendor::ID,
        text: format!("The reminder “{}” was changed.", kind.label()),
        before: before.map(|rule| json!({"enabled": rule.enabled, "days": rule.days})),
        after: Some(json!({"enabled": row.enabled, "days": row.days})),
        ..Entry::default()
    };
    store::keep_rule(&transaction, row).await?;
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    shown(app).await
}

/// Switches all of them off: for a database that is filled with people who do not exist.
pub async fn silence<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    for kind in ReminderKind::ALL {
        let row = reminder_rule::Model {
            kind: kind.as_str().to_owned(),
            enabled: false,
            days: kind.default_days().to_owned(),
            updated_at: now,
        };
        store::keep_rule(connection, row).await?;
    }
    Ok(())
}
