//! How SQLite, which keeps no statistics, finds the customers who meet a filter among a million.
//!
//! Where one condition leads to few rows, those are looked at and the rest of the filter tested on them. Who is left,
//! if few, is sorted. Of very many, a page is full soonest when all customers are read in the order wanted; unless
//! the order has to do with the filter, so that is given up after a while.

use latchkey_engine::filter::Predicate;
use latchkey_shared::api::common::ListQuery;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait as _,
    Select,
    sea_query::{Asterisk, Expr, Func, Query},
};

use crate::{
    customer_conditions::{self, Way},
    customer_leads::{leads, rarest},
    entity::customer,
    page::{self, EXACT_TOTAL, Page, PageError, Sorts},
};

/// Where one way of finding becomes dearer than the next.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// So many are counted exactly, and sorted.
    pub few: i64,
    /// To look up more rows than that one by one takes longer than to read all.
    pub looked_up: i64,
    /// So many rows are read in the wanted order for each row of the page.
    pub walked: u64,
}

/// Measured on a million customers: some 2.5 µs for a row looked up, 0.2 µs for one that is read with its neighbours.
pub const EFFORT: Effort = Effort { few: EXACT_TOTAL, looked_up: 60_000, walked: 400 };

/// One page of the customers who meet the predicate.
pub async fn page<C: ConnectionTrait>(
    connection: &C,
    predicate: &Predicate,
    sorts: &Sorts<'_, customer::Entity>,
    query: &ListQuery,
    effort: Effort,
) -> Result<Page<customer::Model>, PageError> {
    let parts = parts(predicate);
    let in_order = in_order_of(sorts.column(query)?.0, predicate);
    if parts.is_empty() {
        return page::fetch(connection, in_order, sorts, query).await;
    }

    let only_to_find = parts.len() == 1 && leads(parts[0]).is_some_and(|leads| leads.all_meet);
    let most = if only_to_find { effort.few } else { effort.looked_up };
    let leader = rarest(connection, &parts, most).await?;
    // Where each row that the index leads to is one of them, more than few rows need no counting.
    if leader.is_some() || !only_to_find {
        let (number, ids) = found(connection, &parts, leader, effort.few).await?;
        if number <= effort.few {
            return page::fetch_counted(connection, listed(ids), number, sorts, query).await;
        }
    }

    let many = EXACT_TOTAL + 1;
    let walked = page::fetch_walking(connection, in_order.clone(), many, sorts, query, effort.walked).await?;
    if let Some(page) = walked {
        return Ok(page);
    }
    let by_index = match rarest(connection, &parts, effort.looked_up).await? {
        None => in_order,
        leader => led(&parts, leader),
    };
    page::fetch_counted(connection, by_index, many, sorts, query).await
}

/// What must be met, each for itself.
fn parts(predicate: &Predicate) -> Vec<&Predicate> {
    match predicate {
        Predicate::All(parts) => parts.iter().flat_map(self::parts).collect(),
        other => vec![other],
    }
}

/// To be read in that order.
fn in_order_of(column: customer::Column, predicate: &Predicate) -> Select<customer::Entity> {
    let way = Way::AtHand { sorted_by: Some(column) };
    customer::Entity::find().filter(customer_conditions::condition(predicate, way))
}

/// Found by the part that leads to them.
fn led(parts: &[&Predicate], leader: Option<usize>) -> Select<customer::Entity> {
    customer::Entity::find().filter(customer_conditions::led(parts, leader))
}

/// How many customers meet all the parts, no further than one beyond `few`, and their ids as JSON.
async fn found<C: ConnectionTrait>(
    connection: &C,
    parts: &[&Predicate],
    leader: Option<usize>,
    few: i64,
) -> Result<(i64, String), DbErr> {
    let matching = led(parts, leader)
        .select_only()
        .column(customer::Column::Id)
        .limit(u64::try_from(few).unwrap_or_default() + 1)
        .into_query();
    let all = Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .expr(Func::cust("json_group_array").arg(Expr::col("id")))
        .from_subquery(matching, "matching")
        .to_owned();
    let row = connection.query_one(&all).await?;
    row.map_or(Ok((0, "[]".to_owned())), |row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
}

/// The customers with the ids of that JSON: what was found once is not searched for again.
fn listed(ids: String) -> Select<customer::Entity> {
    let rows =
        Query::select().column("value").from_function(Func::cust("json_each").arg(ids), "found").to_owned();
    customer::Entity::find().filter(customer::Column::Id.into_expr().in_subquery(rows))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test")]
mod plans;
