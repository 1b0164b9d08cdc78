//! Reminders: their rules, whom they may be due for, and which were sent.

use std::collections::HashSet;

use latchkey_shared::reminder::ReminderKind;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait as _,
    IntoActiveModel as _, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, sea_query::OnConflict,
};

use crate::entity::{licence_key, reminder_rule, reminder_sent, subscription, subscription_key};

/// The rules that the vendor has set.
pub async fn rules<C: ConnectionTrait>(connection: &C) -> Result<Vec<reminder_rule::Model>, DbErr> {
    reminder_rule::Entity::find().all(connection).await
}

/// Keeps a rule.
pub async fn keep_rule<C: ConnectionTrait>(connection: &C, row: reminder_rule::Model) -> Result<(), DbErr> {
    use reminder_rule::Column as Col;
    reminder_rule::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(Col::Kind)
                .update_columns([Col::Enabled, Col::Days, Col::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Subscriptions that a reminder may be due for, since what it is about lies between the two times. In the order of
/// their numbers, from the one after `after`.
pub async fn candidates<C: ConnectionTrait>(
    connection: &C,
    kind: ReminderKind,
    span: (i64, i64),
    after: i64,
    limit: u64,
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(concerned(kind, span))
        .filter(subscription::Column::Id.gt(after))
        .order_by_asc(subscription::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// Which subscriptions a kind of reminder is for. Those that Stripe bills renew by themselves unless they were
/// cancelled; the others end unless somebody renews them.
fn concerned(kind: ReminderKind, span: (i64, i64)) -> Condition {
    use subscription::Column as Col;
    let within = |column: Col| column.gte(span.0).and(column.lt(span.1));
    let all = Condition::all().add(Col::EndedAt.is_null()).add(Col::Pause.is_null());
    match kind {
        ReminderKind::TrialEnding => all
            .add(Col::Status.eq("trial"))
            .add(Col::NeedsCard.eq(true))
            .add(Col::CancelsAt.is_null())
            .add(within(Col::TrialEndsAt)),
        ReminderKind::Renewal => all
            .add(Col::Status.is_in(["active", "trial"]))
            .add(Col::StripeId.is_not_null())
            .add(Col::NeedsCard.eq(false))
            .add(Col::CancelsAt.is_null())
            .add(within(Col::PaidThrough)),
        ReminderKind::PaymentFailed => all
            .add(Col::Status.is_in(["past_due", "expired"]))
            .add(Col::StripeStatus.is_in(["past_due", "unpaid"]))
            .add(within(Col::PaidThrough)),
        ReminderKind::Expiry => {
            let offline = Col::StripeId.is_null().and(within(Col::PaidThrough));
            let ends = Condition::any().add(within(Col::CancelsAt)).add(offline).add(extended(span));
            all.add(Col::Status.is_in(["trial", "active", "past_due", "grace", "expired"])).add(ends)
        }
        ReminderKind::Expired => all
            .add(Col::Status.is_in(["grace", "expired"]))
            .add(Col::StripeId.is_null())
            .add(Col::CancelsAt.is_null())
            .add(Condition::any().add(within(Col::PaidThrough)).add(extended(span))),
        // Of keys without a subscription: `key_schedule` finds those. The others are told of as they happen.
        ReminderKind::KeyEnding | ReminderKind::RenewalMissed | ReminderKind::Cancelled => {
            Condition::all().add(Col::Id.is_null())
        }
    }
}

/// Subscriptions with a key that was extended until then.
fn extended((from, until): (i64, i64)) -> Condition {
    let keys = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .filter(licence_key::Column::ExtendedUntil.gte(from))
        .filter(licence_key::Column::ExtendedUntil.lt(until))
        .into_query();
    let ties = subscription_key::Entity::find()
        .select_only()
        .column(subscription_key::Column::SubscriptionId)
        .filter(subscription_key::Column::KeyId.in_subquery(keys))
        .into_query();
    Condition::all().add(subscription::Column::Id.in_subquery(ties))
}

/// What was sent of a kind to those subscriptions: subscription, day that it is about, step.
pub async fn sent<C: ConnectionTrait>(
    connection: &C,
    kind: ReminderKind,
    subscriptions: &[i64],
) -> Result<HashSet<(i64, i64, i64)>, DbErr> {
    let rows = reminder_sent::Entity::find()
        .filter(reminder_sent::Column::SubscriptionId.is_in(subscriptions.iter().copied()))
        .filter(reminder_sent::Column::Kind.eq(kind.as_str()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.subscription_id, row.day, row.step)).collect())
}

/// Notes that a reminder is sent, on the transaction that writes it; false where it was sent already.
pub async fn note_sent<C: ConnectionTrait>(connection: &C, row: reminder_sent::Model) -> Result<bool, DbErr> {
    use reminder_sent::Column as Col;
    let written = reminder_sent::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::columns([Col::SubscriptionId, Col::Kind, Col::Day, Col::Step])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(written > 0)
}
