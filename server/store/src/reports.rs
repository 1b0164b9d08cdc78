//! Figures for the reports: rows that are added up by month. Each is one query on an index.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    Select,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};

use crate::{
    entity::{subscription, subscription_item, transaction_entry as entry},
    transactions,
};

/// Items of contracts that are alike: the same product at the same price, paid for from and until the same months.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct AlikeItems {
    pub product_id: Option<i64>,
    pub currency: String,
    /// Minor units, of one piece.
    pub amount: i64,
    pub quantity: i64,
    pub interval_unit: Option<String>,
    pub interval_count: i64,
    /// The index of the month in which they began to be paid for; -1: before the first; the number of months: not yet.
    pub begun_in: i64,
    /// The index of the month in which they ended; the number of months: not yet.
    pub ended_in: i64,
    /// Whether they bring nothing now although they have not ended.
    pub is_silent: bool,
    /// How many of them there are.
    pub count: i64,
}

/// Contracts that began to pay and ended in the same months. Indices as of [`AlikeItems`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlikeContracts {
    pub begun_in: i64,
    pub ended_in: i64,
    pub count: i64,
}

/// What is to be paid again in one month, for one product and currency.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct DueSum {
    /// The index of the month.
    pub month: i64,
    pub product_id: Option<i64>,
    pub currency: String,
    /// Contracts, each once.
    pub count: i64,
    pub amount: i64,
}

/// Statuses in which a contract brings nothing although it has not ended.
const SILENT: [&str; 4] = ["pending_start", "paused", "grace", "expired"];

/// The items of all contracts that ran at some time, those that are alike together. `bounds` are the beginnings of the
/// months in their order, and the end of the last.
pub async fn alike_items<C: ConnectionTrait>(
    connection: &C,
    bounds: &[i64],
) -> Result<Vec<AlikeItems>, DbErr> {
    use subscription_item::Column as Item;
    let silent: SimpleExpr = CaseStatement::new()
        .case(subscription::Column::Status.is_in(SILENT), Expr::cust("TRUE"))
        .finally(Expr::cust("FALSE"))
        .into();
    let mut select = running(bounds)
        .columns([Item::ProductId, Item::Currency, Item::Amount])
        .columns([Item::Quantity, Item::IntervalUnit, Item::IntervalCount])
        .column_as(begun_in(bounds), "begun_in")
        .column_as(ended_in(bounds), "ended_in")
        .column_as(silent, "is_silent")
        .column_as(Item::Id.count(), "count");
    for column in [
        Item::ProductId,
        Item::Currency,
        Item::Amount,
        Item::Quantity,
        Item::IntervalUnit,
        Item::IntervalCount,
    ] {
        select = select.group_by(column);
    }
    for name in ["begun_in", "ended_in", "is_silent"] {
        select = select.group_by(Expr::col(name));
    }
    select.into_model().all(connection).await
}

/// The contracts that paid at some time, each once, by when they began to and when they ended. One that ended within
/// its trial never paid.
pub async fn alike_contracts<C: ConnectionTrait>(
    connection: &C,
    bounds: &[i64],
) -> Result<Vec<AlikeContracts>, DbErr> {
    let rows: Vec<(i64, i64, i64)> = paying(bounds).into_tuple().all(connection).await?;
    let alike = |(begun_in, ended_in, count)| AlikeContracts { begun_in, ended_in, count };
    Ok(rows.into_iter().map(alike).collect())
}

/// The same for each product that they are about, each once for each product.
pub async fn alike_contracts_by_product<C: ConnectionTrait>(
    connection: &C,
    bounds: &[i64],
) -> Result<Vec<(Option<i64>, AlikeContracts)>, DbErr> {
    let select = paying(bounds)
        .column(subscription_item::Column::ProductId)
        .group_by(subscription_item::Column::ProductId);
    let rows: Vec<(i64, i64, i64, Option<i64>)> = select.into_tuple().all(connection).await?;
    let alike =
        |(begun_in, ended_in, count, product)| (product, AlikeContracts { begun_in, ended_in, count });
    Ok(rows.into_iter().map(alike).collect())
}

/// What of the contracts that go on is to be paid again between two moments, by month; `bounds` as of [`alike_items`].
pub async fn due<C: ConnectionTrait>(
    connection: &C,
    from: i64,
    until: i64,
    bounds: &[i64],
) -> Result<Vec<DueSum>, DbErr> {
    use subscription::Column as Contract;
    use subscription_item::Column as Item;
    let amount = Item::Amount.into_expr().mul(Item::Quantity.into_expr()).sum();
    items_of_contracts()
        .column_as(month_of(bounds, |bound| Contract::PaidThrough.lt(bound)), "month")
        .columns([Item::ProductId, Item::Currency])
        .column_as(contract_id().count_distinct(), "count")
        .column_as(SimpleExpr::from(amount).cast_as("bigint"), "amount")
        .filter(Contract::Status.is_in(["active", "trial"]))
        .filter(Contract::CancelsAt.is_null())
        .filter(Contract::PaidThrough.gte(from))
        .filter(Contract::PaidThrough.lt(until))
        .group_by(Expr::col("month"))
        .group_by(Item::ProductId)
        .group_by(Item::Currency)
        .into_model()
        .all(connection)
        .await
}

fn items_of_contracts() -> Select<subscription_item::Entity> {
    subscription_item::Entity::find().select_only().join(
        JoinType::InnerJoin,
        subscription_item::Entity::belongs_to(subscription::Entity)
            .from(subscription_item::Column::SubscriptionId)
            .to(subscription::Column::Id)
            .into(),
    )
}

/// Items of contracts that had not ended before the first month.
fn running(bounds: &[i64]) -> Select<subscription_item::Entity> {
    let ended = subscription::Column::EndedAt;
    let since = bounds.first().copied().unwrap_or_default();
    items_of_contracts().filter(ended.is_null().or(ended.gte(since)))
}

fn paying(bounds: &[i64]) -> Select<subscription_item::Entity> {
    use subscription::Column as Contract;
    let ended = || Expr::col((subscription::Entity, Contract::EndedAt));
    let after = |start: Contract| ended().gt(Expr::col((subscription::Entity, start)));
    let paid =
        after(Contract::CreatedAt).and(Contract::TrialEndsAt.is_null().or(after(Contract::TrialEndsAt)));
    running(bounds)
        .column_as(begun_in(bounds), "begun_in")
        .column_as(ended_in(bounds), "ended_in")
        .column_as(contract_id().count_distinct(), "count")
        .filter(Contract::EndedAt.is_null().or(paid))
        .group_by(Expr::col("begun_in"))
        .group_by(Expr::col("ended_in"))
}

fn contract_id() -> SimpleExpr {
    Expr::col((subscription::Entity, subscription::Column::Id))
}

/// A contract pays from its beginning, or from the end of its trial.
fn begun_in(bounds: &[i64]) -> SimpleExpr {
    use subscription::Column as Contract;
    month_of(bounds, |bound| {
        let trial_over = Contract::TrialEndsAt.is_null().or(Contract::TrialEndsAt.lt(bound));
        Contract::CreatedAt.lt(bound).and(trial_over)
    })
}

fn ended_in(bounds: &[i64]) -> SimpleExpr {
    month_of(bounds, |bound| subscription::Column::EndedAt.lt(bound))
}

/// The index of the month of something that lies before one of the bounds; the number of months where it lies before
/// none.
fn month_of(bounds: &[i64], before: impl Fn(i64) -> SimpleExpr) -> SimpleExpr {
    let mut month = CaseStatement::new();
    let mut index = -1_i64;
    for bound in bounds {
        month = month.case(before(*bound), index);
        index += 1;
    }
    month.finally(index).into()
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
    let month = month_of(starts, |bound| entry::Column::HappenedAt.lt(bound));
    let sum = |column: entry::Column| SimpleExpr::from(column.into_expr().sum()).cast_as("bigint");
    let select = entry::Entity::find()
        .select_only()
        .column_as(month, "month")
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
