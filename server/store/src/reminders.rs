//! Reminders and messages in the vendor's words: queries.

use latchkey_shared::message::{ReminderKind, TemplateKind};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use crate::entity::{message_template, reminder_rule, reminder_sent, subscription};

/// The vendor's words for a message.
pub async fn template<C: ConnectionTrait>(
    connection: &C,
    kind: TemplateKind,
) -> Result<Option<message_template::Model>, DbErr> {
    message_template::Entity::find_by_id(kind.as_str().to_owned()).one(connection).await
}

/// All messages that the vendor has put into their own words.
pub async fn templates<C: ConnectionTrait>(connection: &C) -> Result<Vec<message_template::Model>, DbErr> {
    message_template::Entity::find().all(connection).await
}

/// Keeps the vendor's words.
pub async fn keep_template<C: ConnectionTrait>(
    connection: &C,
    row: message_template::Model,
) -> Result<(), DbErr> {
    use message_template::Column as Col;
    let row = message_template::ActiveModel {
        kind: Set(row.kind),
        subject: Set(row.subject),
        body: Set(row.body),
        changed_by: Set(row.changed_by),
        updated_at: Set(row.updated_at),
    };
    message_template::Entity::insert(row)
        .on_conflict(
            OnConflict::column(Col::Kind)
                .update_columns([Col::Subject, Col::Body, Col::ChangedBy, Col::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Goes back to Latchkey's words.
pub async fn forget_template<C: ConnectionTrait>(connection: &C, kind: TemplateKind) -> Result<(), DbErr> {
    message_template::Entity::delete_by_id(kind.as_str().to_owned()).exec(connection).await?;
    Ok(())
}

/// The rules that the vendor has set.
pub async fn rules<C: ConnectionTrait>(connection: &C) -> Result<Vec<reminder_rule::Model>, DbErr> {
    reminder_rule::Entity::find().all(connection).await
}

/// Keeps a rule.
pub async fn keep_rule<C: ConnectionTrait>(connection: &C, row: reminder_rule::Model) -> Result<(), DbErr> {
    use reminder_rule::Column as Col;
    let row = reminder_rule::ActiveModel {
        kind: Set(row.kind),
        enabled: Set(row.enabled),
        days: Set(row.days),
        updated_at: Set(row.updated_at),
    };
    reminder_rule::Entity::insert(row)
        .on_conflict(
            OnConflict::column(Col::Kind)
                .update_columns([Col::Enabled, Col::Days, Col::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Contracts that a reminder may be due for: their moment lies between the two. In the order of their numbers, from
/// the one after `after`.
pub async fn candidates<C: ConnectionTrait>(
    connection: &C,
    kind: ReminderKind,
    (from, until): (i64, i64),
    after: i64,
    limit: u64,
) -> Result<Vec<subscription::Model>, DbErr> {
    use subscription::Column as Col;
    let (statuses, moment): (&[&str], Col) = match kind {
        ReminderKind::TrialEnding => (&["trial"], Col::TrialEndsAt),
        ReminderKind::PaymentFailed => (&["past_due"], Col::PaidThrough),
        ReminderKind::Renewal => (&["active"], Col::PaidThrough),
        ReminderKind::Expiry => (&["trial", "active", "past_due", "grace"], Col::CancelsAt),
    };
    let mut select = subscription::Entity::find()
        .filter(Col::Status.is_in(statuses.iter().copied()))
        .filter(moment.gte(from))
        .filter(moment.lt(until))
        .filter(Col::Id.gt(after));
    if matches!(kind, ReminderKind::Renewal | ReminderKind::TrialEnding) {
        select = select.filter(Col::CancelsAt.is_null());
    }
    select.order_by_asc(Col::Id).limit(limit).all(connection).await
}

/// Notes that a reminder is sent, on the transaction that writes it; false where it was sent already.
pub async fn note_sent<C: ConnectionTrait>(connection: &C, row: reminder_sent::Model) -> Result<bool, DbErr> {
    let row = reminder_sent::ActiveModel {
        subscription_id: Set(row.subscription_id),
        kind: Set(row.kind),
        moment: Set(row.moment),
        step: Set(row.step),
        sent_at: Set(row.sent_at),
    };
    let written = reminder_sent::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(written > 0)
}
