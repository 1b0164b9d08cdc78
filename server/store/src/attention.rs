//! What Latchkey could not heal by itself: queries.

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::entity::attention;

/// Set aside by a person: not raised again for the same cause.
pub const IGNORED: &str = "ignored";
/// The cause is gone.
pub const HEALED: &str = "healed";

/// How many rows wait for a person.
pub async fn open_count<C: ConnectionTrait>(connection: &C) -> Result<i64, DbErr> {
    let open = attention::Entity::find().filter(attention::Column::ResolvedAt.is_null());
    Ok(i64::try_from(open.count(connection).await?).unwrap_or(i64::MAX))
}

/// What is to be shown to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow<'a> {
    pub code: &'a str,
    pub account: Option<i64>,
    /// The Stripe object; one open row per code, account and object.
    pub stripe_id: &'a str,
    pub customer: Option<i64>,
    pub subscription: Option<i64>,
    pub detail: String,
}

/// Opens a row, or refreshes the open one. One that a person set aside stays set aside. Answers whether a row
/// was opened.
pub async fn raise<C: ConnectionTrait>(connection: &C, now: i64, new: NewRow<'_>) -> Result<bool, DbErr> {
    let key = format!("{}:{}:{}", new.code, new.account.unwrap_or_default(), new.stripe_id);
    let set_aside = attention::Entity::find()
        .filter(attention::Column::DedupKey.eq(&key))
        .filter(attention::Column::Resolution.eq(IGNORED))
        .count(connection)
        .await?;
    if set_aside > 0 {
        return Ok(false);
    }
    let refreshed = attention::Entity::update_many()
        .col_expr(attention::Column::LastSeenAt, Expr::value(now))
        .col_expr(attention::Column::Detail, Expr::value(new.detail.as_str()))
        .col_expr(attention::Column::CustomerId, Expr::value(new.customer))
        .col_expr(attention::Column::SubscriptionId, Expr::value(new.subscription))
        .filter(attention::Column::DedupKey.eq(&key))
        .filter(attention::Column::ResolvedAt.is_null())
        .exec(connection)
        .await?;
    if refreshed.rows_affected > 0 {
        return Ok(false);
    }
    let row = attention::ActiveModel {
        id: NotSet,
        dedup_key: Set(key),
        code: Set(new.code.to_owned()),
        account_id: Set(new.account),
        stripe_id: Set(Some(new.stripe_id.to_owned())),
        customer_id: Set(new.customer),
        subscription_id: Set(new.subscription),
        detail: Set(new.detail),
        first_seen_at: Set(now),
        last_seen_at: Set(now),
        resolved_at: Set(None),
        resolution: Set(None),
    };
    let opened = attention::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(opened > 0)
}

/// Whether a person set one of `codes` aside for this object.
pub async fn is_set_aside<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    stripe_id: &str,
    codes: &[&str],
) -> Result<bool, DbErr> {
    let count = attention::Entity::find()
        .filter(attention::Column::AccountId.eq(account))
        .filter(attention::Column::StripeId.eq(stripe_id))
        .filter(attention::Column::Resolution.eq(IGNORED))
        .filter(attention::Column::Code.is_in(codes.iter().copied()))
        .count(connection)
        .await?;
    Ok(count > 0)
}

/// Closes the open rows of an object with one of `codes`: their cause is gone.
pub async fn heal<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    account: i64,
    stripe_id: &str,
    codes: &[&str],
) -> Result<(), DbErr> {
    attention::Entity::update_many()
        .col_expr(attention::Column::ResolvedAt, Expr::value(now))
        .col_expr(attention::Column::Resolution, Expr::value(HEALED))
        .filter(attention::Column::AccountId.eq(account))
        .filter(attention::Column::StripeId.eq(stripe_id))
        .filter(attention::Column::ResolvedAt.is_null())
        .filter(attention::Column::Code.is_in(codes.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}
