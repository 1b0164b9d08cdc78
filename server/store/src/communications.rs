//! Messages: queries.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{api::common::ListQuery, filter::FieldSpec, ids::CommunicationId};
use sea_orm::{
    Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::{
    Access,
    conditions::{self, Columns},
    entity::communication,
    page::{self, Page, PageError, Sorts},
    text_match,
};

/// What the list of messages can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::text("to", "To").also(&["recipient", "email"]),
    FieldSpec::text("subject", "Subject"),
    FieldSpec::text("kind", "Kind"),
    FieldSpec::choice("state", "State", &["queued", "sent", "kept", "failed"]).also(&["status"]),
    FieldSpec::number("customer.id", "Customer").also(&["customer"]).optional(),
    FieldSpec::date("created", "Created"),
];

const SORTS: Sorts<'static, communication::Entity> = Sorts {
    id: communication::Column::Id,
    columns: &[("created", communication::Column::CreatedAt)],
    default: "-created",
};

struct MessageColumns;

fn column(column: communication::Column) -> SimpleExpr {
    Expr::col((communication::Entity, column))
}

impl Columns for MessageColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use communication::Column as C;
        match field {
            "to" => conditions::text(column(C::Recipient), test),
            "subject" => conditions::text(column(C::Subject), test),
            "kind" => conditions::text(column(C::Kind), test),
            "state" => conditions::text(column(C::State), test),
            "customer.id" => conditions::number(column(C::CustomerId), test),
            "created" => conditions::number(column(C::CreatedAt), test),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let pattern = || text_match::contains(&term.text.to_lowercase());
        let lower = |c| SimpleExpr::from(Func::lower(column(c)));
        Condition::any()
            .add(lower(communication::Column::Recipient).like(pattern()))
            .add(lower(communication::Column::Subject).like(pattern()))
    }
}

/// A message the caller may see.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: CommunicationId,
) -> Result<Option<communication::Model>, DbErr> {
    access
        .restrict(communication::Entity::find_by_id(id.0), communication::Column::CustomerId)
        .one(connection)
        .await
}

/// One page of the messages that match.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<communication::Model>, PageError> {
    let select = access
        .restrict(communication::Entity::find(), communication::Column::CustomerId)
        .filter(conditions::condition(predicate, &MessageColumns));
    page::fetch(connection, select, &SORTS, query).await
}

/// The newest messages.
pub async fn latest<C: ConnectionTrait>(
    connection: &C,
    limit: u64,
) -> Result<Vec<communication::Model>, DbErr> {
    communication::Entity::find().order_by_desc(communication::Column::Id).limit(limit).all(connection).await
}
