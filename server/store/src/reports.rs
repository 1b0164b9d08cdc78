//! Figures for the reports: rows that are added up by month. Each is one query on an index.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};

use crate::{
    entity::{subscription, subscription_item, transaction_entry as entry},
    transactions,
};

/// An item of a contract, with when the contract ran. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct RunningItem {
    pub subscription_id: i64,
    pub product_id: Option<i64>,
    pub product_name: String,
    pub currency: String,
    pub amount: i64,
    pub quantity: i64,
    pub interval_unit: Option<String>,
    pub interval_count: i64,
    pub created_at: i64,
    pub trial_ends_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub status: String,
    pub paid_through: Option<i64>,
    pub cancels_at: Option<i64>,
}

/// The items of all contracts that ran at some time since `since`.
pub async fn running_since<C: ConnectionTrait>(
    connection: &C,
    since: i64,
) -> Result<Vec<RunningItem>, DbErr> {
    let of_contract = [
        subscription::Column::CreatedAt,
        subscription::Column::TrialEndsAt,
        subscription::Column::EndedAt,
        subscription::Column::Status,
        subscription::Column::PaidThrough,
        subscription::Column::CancelsAt,
    ];
    let of_item = [
        subscription_item::Column::SubscriptionId,
        subscription_item::Column::ProductId,
        subscription_item::Column::ProductName,
        subscription_item::Column::Currency,
        subscription_item::Column::Amount,
        subscription_item::Column::Quantity,
        subscription_item::Column::IntervalUnit,
        subscription_item::Column::IntervalCount,
    ];
    let mut select = subscription_item::Entity::find().select_only();
    for column in of_item {
        select = select.column(column);
    }
    for column in of_contract {
        select = select.column(column);
    }
    select
        .join(
            JoinType::InnerJoin,
            subscription_item::Entity::belongs_to(subscription::Entity)
                .from(subscription_item::Column::SubscriptionId)
                .to(subscription::Column::Id)
                .into(),
        )
        .filter(subscription::Column::EndedAt.is_null().or(subscription::Column::EndedAt.gte(since)))
        .into_model::<RunningItem>()
        .all(connection)
        .await
}

/// What moved or failed in one month, for one product and currency.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct MonthSum {
    /// The index of the month.
    pub month: i64,
    pub product_id: Option<i64>,
    pub currency: String,
    pub count: i64,
    pub net: i64,
    pub asked: i64,
}

/// What of an entry is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Payments less refunds and what disputes took.
    Moved,
    /// Tries to be paid that failed.
    Failed,
}

/// Sums by month; `starts` are the beginnings of the months in their order, and the end of the last.
pub async fn by_month<C: ConnectionTrait>(
    connection: &C,
    what: What,
    starts: &[i64],
) -> Result<Vec<MonthSum>, DbErr> {
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return Ok(Vec::new()) };
    let happened = || Expr::col((entry::Entity, entry::Column::HappenedAt));
    let mut month = CaseStatement::new();
    for (index, end) in starts.iter().enumerate().skip(1) {
        let index = i64::try_from(index).unwrap_or_default() - 1;
        month = month.case(happened().lt(*end), index);
    }
    let month: SimpleExpr = month.finally(-1_i64).into();
    let sum = |column: entry::Column| SimpleExpr::from(column.into_expr().sum()).cast_as("bigint");
    let select = entry::Entity::find()
        .select_only()
        .column_as(month.clone(), "month")
        .column(entry::Column::ProductId)
        .column(entry::Column::Currency)
        .column_as(entry::Column::Id.count(), "count")
        .column_as(sum(entry::Column::Net), "net")
        .column_as(sum(entry::Column::Asked), "asked")
        .filter(entry::Column::HappenedAt.gte(*first))
        .filter(entry::Column::HappenedAt.lt(*last));
    let select = match what {
        What::Moved => select.filter(transactions::moved()),
        What::Failed => select.filter(entry::Column::Kind.eq("payment_failed")),
    };
    select
        .group_by(Expr::col("month"))
        .group_by(entry::Column::ProductId)
        .group_by(entry::Column::Currency)
        .into_model::<MonthSum>()
        .all(connection)
        .await
}
