//! The inbox as staff see it: one page of events, the newest first.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{
    api::common::{ListMeta, ListQuery},
    filter::FieldSpec,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    conditions::{self, Columns},
    entity::stripe_event,
    page::{self, EXACT_TOTAL, Page, PageError},
};

/// What the list can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::text("kind", "Type").also(&["type"]),
    FieldSpec::choice("status", "Status", &["pending", "done", "ignored", "dead"]).also(&["state"]),
    FieldSpec::text("stripe_id", "Stripe object").also(&["object"]).optional(),
    FieldSpec::text("customer", "Stripe customer").optional(),
    FieldSpec::text("subscription", "Stripe subscription").optional(),
    FieldSpec::date("received", "Received").also(&["created"]),
];

const DEFAULT_LIMIT: u32 = 25;
const MOST: u32 = 100;

struct EventColumns;

impl Columns for EventColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use stripe_event::Column as C;
        let column = |column: C| -> SimpleExpr { Expr::col((stripe_event::Entity, column)) };
        match field {
            "kind" => conditions::text(column(C::Kind), test),
            "status" => conditions::text(column(C::Status), test),
            "stripe_id" => conditions::text(column(C::ObjectId), test),
            "customer" => conditions::text(column(C::StripeCustomer), test),
            "subscription" => conditions::text(column(C::StripeSubscription), test),
            "received" => conditions::number(column(C::ReceivedAt), test),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        use stripe_event::Column as C;
        let any = [C::EventId, C::Kind, C::ObjectId, C::StripeCustomer, C::StripeSubscription];
        any.into_iter().fold(Condition::any(), |any, column| any.add(column.eq(&term.text)))
    }
}

/// One page of an account's events that match, the newest first. A page is named by the last event of the one before.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<stripe_event::Model>, PageError> {
    use stripe_event::Column as C;
    if !matches!(query.sort.as_str(), "" | "-received") {
        return Err(PageError::UnknownSort(query.sort.clone()));
    }
    let matching = stripe_event::Entity::find()
        .filter(C::AccountId.eq(account))
        .filter(conditions::condition(predicate, &EventColumns));
    let total = page::count(connection, matching.clone()).await?;
    let limit = if query.limit == 0 { DEFAULT_LIMIT } else { Ord::min(query.limit, MOST) };
    let mut select = matching.order_by_desc(C::ReceivedAt).order_by_desc(C::EventId);
    if let Some((received, id)) = place(&query.cursor)? {
        let before = Condition::any()
            .add(C::ReceivedAt.lt(received))
            .add(Condition::all().add(C::ReceivedAt.eq(received)).add(C::EventId.lt(id)));
        select = select.filter(before);
    }
    let mut rows = select.limit(u64::from(limit) + 1).all(connection).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| format!("{}:{}", row.received_at, row.event_id));
    let meta = ListMeta {
        total: Ord::min(total, EXACT_TOTAL),
        total_is_floor: total > EXACT_TOTAL,
        next,
        previous: None,
    };
    Ok(Page { rows, meta })
}

fn place(cursor: &str) -> Result<Option<(i64, &str)>, PageError> {
    if cursor.is_empty() {
        return Ok(None);
    }
    let (received, id) = cursor.split_once(':').ok_or(PageError::BadCursor)?;
    Ok(Some((received.parse().map_err(|_| PageError::BadCursor)?, id)))
}

/// The event with this id in that account.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    id: &str,
) -> Result<Option<stripe_event::Model>, DbErr> {
    stripe_event::Entity::find_by_id((account, id.to_owned())).one(connection).await
}
