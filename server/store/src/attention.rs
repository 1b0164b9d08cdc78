//! What Latchkey could not heal by itself: queries.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{api::common::ListQuery, attention::AttentionCode, filter::FieldSpec};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, OnConflict, SimpleExpr},
};

use crate::{
    conditions::{self, Columns},
    entity::attention,
    page::{self, Page, PageError, Sorts},
};

/// What the list can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Number"),
    FieldSpec::choice("state", "State", &["open", "resolved"]).also(&["status"]),
    FieldSpec::choice("code", "Reason", AttentionCode::STORED).also(&["reason"]),
    FieldSpec::number("customer.id", "Customer").also(&["customer", "skm_customer_id"]).optional(),
    FieldSpec::number("subscription.id", "Subscription").also(&["subscription"]).optional(),
    FieldSpec::text("stripe_id", "Stripe object").optional(),
    FieldSpec::date("since", "Since").also(&["created"]),
];

const SORTS: Sorts<'static, attention::Entity> = Sorts {
    id: attention::Column::Id,
    columns: &[
        ("since", attention::Column::FirstSeenAt),
        ("seen", attention::Column::LastSeenAt),
        ("amount", attention::Column::Amount),
    ],
    default: "-since",
};

struct AttentionColumns;

impl Columns for AttentionColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use attention::Column as C;
        let column = |column: C| -> SimpleExpr { Expr::col((attention::Entity, column)) };
        match field {
            "id" => conditions::number(column(C::Id), test),
            "state" => {
                let open = Expr::col((attention::Entity, C::ResolvedAt)).is_null();
                let state = CaseStatement::new().case(open, "open").finally("resolved");
                conditions::text(state.into(), test)
            }
            "code" => conditions::text(column(C::Code), test),
            "customer.id" => conditions::number(column(C::CustomerId), test),
            "subscription.id" => conditions::number(column(C::SubscriptionId), test),
            "stripe_id" => conditions::text(column(C::StripeId), test),
            "since" => conditions::number(column(C::FirstSeenAt), test),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let mut any = Condition::any().add(attention::Column::StripeId.eq(&term.text));
        if let Some(id) = term.id {
            any = any.add(attention::Column::Id.eq(id)).add(attention::Column::CustomerId.eq(id));
        }
        any
    }
}

/// One page of the rows that match. All of it concerns the vendor, not one customer.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<attention::Model>, PageError> {
    let select = attention::Entity::find().filter(conditions::condition(predicate, &AttentionColumns));
    page::fetch(connection, select, &SORTS, query).await
}

pub async fn find<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<attention::Model>, DbErr> {
    attention::Entity::find_by_id(id).one(connection).await
}

/// Set aside by a person.
pub const IGNORED: &str = "ignored";
/// A person gave the money back and ended the subscription.
pub const REFUNDED: &str = "refund_and_cancel";
/// A person blocked the keys.
pub const BLOCKED: &str = "block_key";
/// The cause is gone.
pub const HEALED: &str = "healed";
/// How a person ends what will look the same for ever: not raised again for the same cause.
const FOR_GOOD: [&str; 3] = [IGNORED, REFUNDED, BLOCKED];

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
    /// Tells one occurrence from the next where the same object can be at fault several times; else empty.
    pub occurrence: &'a str,
    /// Money that was taken and may be owed back: minor units and currency.
    pub at_stake: Option<(i64, String)>,
}

/// Opens a row, or refreshes the open one. What a person ended for good stays so. Answers whether a row was
/// opened.
pub async fn raise<C: ConnectionTrait>(connection: &C, now: i64, new: NewRow<'_>) -> Result<bool, DbErr> {
    let key = dedup_key(new.code, new.account, new.stripe_id, new.occurrence);
    let (amount, currency) = new.at_stake.unzip();
    let set_aside = attention::Entity::find()
        .filter(attention::Column::DedupKey.eq(&key))
        .filter(attention::Column::Resolution.is_in(FOR_GOOD))
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
        .col_expr(attention::Column::Amount, Expr::value(amount))
        .col_expr(attention::Column::Currency, Expr::value(currency.clone()))
        .col_expr(attention::Column::TimesSeen, Expr::col(attention::Column::TimesSeen).add(1))
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
        times_seen: Set(1),
        amount: Set(amount),
        currency: Set(currency),
        announced_at: Set(None),
    };
    let opened = attention::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(opened > 0)
}

fn dedup_key(code: &str, account: Option<i64>, stripe_id: &str, occurrence: &str) -> String {
    let key = format!("{code}:{}:{stripe_id}", account.unwrap_or_default());
    if occurrence.is_empty() { key } else { format!("{key}:{occurrence}") }
}

/// Closes the open row of one occurrence: its cause is gone.
pub async fn heal_occurrence<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    code: &str,
    account: i64,
    (stripe_id, occurrence): (&str, &str),
) -> Result<(), DbErr> {
    attention::Entity::update_many()
        .col_expr(attention::Column::ResolvedAt, Expr::value(now))
        .col_expr(attention::Column::Resolution, Expr::value(HEALED))
        .filter(attention::Column::DedupKey.eq(dedup_key(code, Some(account), stripe_id, occurrence)))
        .filter(attention::Column::ResolvedAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// Whether something was ever put in front of a person, however it ended.
pub async fn was_raised<C: ConnectionTrait>(
    connection: &C,
    code: &str,
    account: i64,
    stripe_id: &str,
    occurrence: &str,
) -> Result<bool, DbErr> {
    let key = dedup_key(code, Some(account), stripe_id, occurrence);
    let raised = attention::Entity::find().filter(attention::Column::DedupKey.eq(key));
    Ok(raised.count(connection).await? > 0)
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

/// Ends an open row as a person decided; false where it was ended meanwhile.
pub async fn resolve<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    id: i64,
    resolution: &str,
) -> Result<bool, DbErr> {
    let resolved = attention::Entity::update_many()
        .col_expr(attention::Column::ResolvedAt, Expr::value(now))
        .col_expr(attention::Column::Resolution, Expr::value(resolution))
        .filter(attention::Column::Id.eq(id))
        .filter(attention::Column::ResolvedAt.is_null())
        .exec(connection)
        .await?;
    Ok(resolved.rows_affected > 0)
}

/// Says that a row healed because of what a person did.
pub async fn credit<C: ConnectionTrait>(connection: &C, id: i64, resolution: &str) -> Result<(), DbErr> {
    attention::Entity::update_many()
        .col_expr(attention::Column::Resolution, Expr::value(resolution))
        .filter(attention::Column::Id.eq(id))
        .filter(attention::Column::Resolution.eq(HEALED))
        .exec(connection)
        .await?;
    Ok(())
}

/// Whether a person gave back what was paid for this object.
pub async fn was_refunded<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    stripe_id: &str,
) -> Result<bool, DbErr> {
    let refunded = attention::Entity::find()
        .filter(attention::Column::AccountId.eq(account))
        .filter(attention::Column::StripeId.eq(stripe_id))
        .filter(attention::Column::Resolution.eq(REFUNDED));
    Ok(refunded.count(connection).await? > 0)
}

/// Open rows that staff have not been written to about, the oldest first.
pub async fn unannounced<C: ConnectionTrait>(
    connection: &C,
    limit: u64,
) -> Result<Vec<attention::Model>, DbErr> {
    attention::Entity::find()
        .filter(attention::Column::ResolvedAt.is_null())
        .filter(attention::Column::AnnouncedAt.is_null())
        .order_by_asc(attention::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// Notes that staff were written to about these rows.
pub async fn announced<C: ConnectionTrait>(connection: &C, ids: &[i64], now: i64) -> Result<(), DbErr> {
    attention::Entity::update_many()
        .col_expr(attention::Column::AnnouncedAt, Expr::value(now))
        .filter(attention::Column::Id.is_in(ids.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}
