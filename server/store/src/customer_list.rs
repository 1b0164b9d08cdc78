//! The list of customers: what it can be filtered and sorted by, a page at a time.

use latchkey_engine::filter::{Predicate, SearchTerm};
use latchkey_shared::{api::common::ListQuery, filter::FieldSpec, ids::CustomerId, status::Headline};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

use crate::{
    Access,
    customer_conditions::{self, Way},
    customer_finding::{self, EFFORT, Effort},
    customers,
    entity::customer,
    page::{self, Page, PageError, Sorts},
};

/// What the list can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Number").also(&["customer_id", "skm_customer_id"]),
    FieldSpec::choice("status", "Status", Headline::STORED),
    FieldSpec::text("name", "Name"),
    FieldSpec::text("email", "E-mail").also(&["mail"]).optional(),
    FieldSpec::text("company", "Company").optional(),
    FieldSpec::text("country", "Country").optional(),
    FieldSpec::text("external_id", "External id").optional(),
    FieldSpec::text("stripe_id", "Stripe customer").optional(),
    FieldSpec::text("key", "Licence key").optional(),
    FieldSpec::number("webshop", "Webshop"),
    FieldSpec::date("created", "Created"),
];

/// Each has an index that ends with the id.
pub(crate) const SORTS: Sorts<'static, customer::Entity> = Sorts {
    id: customer::Column::Id,
    columns: &[
        ("id", customer::Column::Id),
        ("name", customer::Column::NameFolded),
        ("email", customer::Column::Email),
        ("company", customer::Column::CompanyFolded),
        ("created", customer::Column::CreatedAt),
    ],
    default: "-created",
};

/// One page of the customers that match.
///
/// A search for a number shows the customer with exactly that id first, whatever else matches.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<customer::Model>, PageError> {
    list_within(connection, access, predicate, query, EFFORT).await
}

/// Like [`list`], with other ideas of what is dear: each way to the customers must find the same ones.
pub async fn list_within<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
    query: &ListQuery,
    effort: Effort,
) -> Result<Page<customer::Model>, PageError> {
    let is_planned = connection.get_database_backend() != DbBackend::Sqlite;
    let mut page = if is_planned || matches!(access, Access::Customer(_)) {
        let condition = customer_conditions::condition(predicate, Way::Planned);
        let select = access.restrict(customer::Entity::find(), customer::Column::Id).filter(condition);
        page::fetch(connection, select, &SORTS, query).await?
    } else {
        customer_finding::page(connection, predicate, &SORTS, query, effort).await?
    };
    if let Predicate::Search(SearchTerm { id: Some(id), .. }) = predicate
        && query.cursor.is_empty()
        && let Some(exact) = customers::find(connection, access, CustomerId(*id)).await?
    {
        page.rows.retain(|row| row.id != exact.id);
        page.rows.insert(0, exact);
    }
    Ok(page)
}
