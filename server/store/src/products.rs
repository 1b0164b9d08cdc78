//! Products: queries.

use std::collections::HashMap;

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{api::common::ListQuery, filter::FieldSpec, ids::ProductId};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder as _, QuerySelect,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::{
    conditions::{self, Columns},
    entity::{licence_key, plan, product, subscription_item},
    page::{self, Page, PageError, Sorts},
    text_match,
};

/// What the list can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Number").also(&["product_id", "skm_product_id"]),
    FieldSpec::text("name", "Name"),
    FieldSpec::bool("active", "Active"),
    FieldSpec::date("created", "Created"),
];

const SORTS: Sorts<'static, product::Entity> = Sorts {
    id: product::Column::Id,
    columns: &[
        ("id", product::Column::Id),
        ("name", product::Column::Name),
        ("created", product::Column::CreatedAt),
    ],
    default: "name",
};

struct ProductColumns;

impl ProductColumns {
    fn column(column: product::Column) -> SimpleExpr {
        Expr::col((product::Entity, column))
    }
}

impl Columns for ProductColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use product::Column as C;
        match field {
            "id" => conditions::number(Self::column(C::Id), test),
            "name" => conditions::text(Self::column(C::Name), test),
            "active" => conditions::boolean(Self::column(C::Active), test),
            "created" => conditions::number(Self::column(C::CreatedAt), test),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let lower = term.text.to_lowercase();
        let pattern =
            if term.only_beginnings { text_match::begins_with(&lower) } else { text_match::contains(&lower) };
        let name = SimpleExpr::from(Func::lower(Self::column(product::Column::Name)));
        let mut any = Condition::any().add(name.like(pattern));
        if let Some(id) = term.id {
            any = any.add(Self::column(product::Column::Id).eq(id));
        }
        any
    }
}

pub async fn find<C: ConnectionTrait>(
    connection: &C,
    id: ProductId,
) -> Result<Option<product::Model>, DbErr> {
    product::Entity::find_by_id(id.0).one(connection).await
}

/// One page of the products that match. A search for a number shows the product with that id first.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<product::Model>, PageError> {
    let select = product::Entity::find().filter(conditions::condition(predicate, &ProductColumns));
    let mut page = page::fetch(connection, select, &SORTS, query).await?;
    if let Predicate::Search(SearchTerm { id: Some(id), .. }) = predicate
        && query.cursor.is_empty()
        && let Some(exact) = find(connection, ProductId(*id)).await?
    {
        page.rows.retain(|row| row.id != exact.id);
        page.rows.insert(0, exact);
    }
    Ok(page)
}

/// All products, in the order in which they were added.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<product::Model>, DbErr> {
    product::Entity::find().order_by_asc(product::Column::Id).all(connection).await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: product::ActiveModel,
) -> Result<product::Model, DbErr> {
    row.insert(connection).await
}

/// Holds a product's row until the caller's transaction ends; false where there is none.
pub async fn hold<C: ConnectionTrait>(connection: &C, id: ProductId) -> Result<bool, DbErr> {
    Ok(product::Entity::find_by_id(id.0).lock_exclusive().one(connection).await?.is_some())
}

/// Moves the counter of a product's keys on to that of `row`.
pub async fn save_counter<C: ConnectionTrait>(connection: &C, row: &product::Model) -> Result<(), DbErr> {
    product::Entity::update_many()
        .col_expr(product::Column::NextKeyId, Expr::value(row.next_key_id))
        .filter(product::Column::Id.eq(row.id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Saves a changed row, counting its version up; nothing where somebody else saved since it was read.
///
/// The counter of its keys is left alone: it moves on without the version.
pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: product::Model,
    now: i64,
) -> Result<Option<product::Model>, DbErr> {
    let (id, version) = (row.id, row.version);
    let mut changed = row.into_active_model().reset_all();
    changed.next_key_id = sea_orm::ActiveValue::NotSet;
    changed.version = Set(version + 1);
    changed.updated_at = Set(now);
    let saved = product::Entity::update_many()
        .set(changed)
        .filter(product::Column::Id.eq(id))
        .filter(product::Column::Version.eq(version))
        .exec(connection)
        .await?;
    if saved.rows_affected == 0 {
        return Ok(None);
    }
    product::Entity::find_by_id(id).one(connection).await
}

/// What hangs on a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub plans: i64,
    pub keys: i64,
    /// Neither blocked nor expired.
    pub active_keys: i64,
}

/// Plans and keys per product.
pub async fn counts<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
    now: i64,
) -> Result<HashMap<i64, Counts>, DbErr> {
    let mut counts: HashMap<i64, Counts> = HashMap::new();
    let plans = plan::Entity::find().filter(plan::Column::ProductId.is_in(ids.iter().copied()));
    for (id, rows) in per_product(connection, plans, plan::Column::ProductId).await? {
        counts.entry(id).or_default().plans = rows;
    }
    let keys = licence_key::Entity::find().filter(licence_key::Column::ProductId.is_in(ids.iter().copied()));
    for (id, rows) in per_product(connection, keys.clone(), licence_key::Column::ProductId).await? {
        counts.entry(id).or_default().keys = rows;
    }
    let active =
        keys.filter(licence_key::Column::Blocked.eq(false)).filter(crate::key_list::is_expired(now).not());
    for (id, rows) in per_product(connection, active, licence_key::Column::ProductId).await? {
        counts.entry(id).or_default().active_keys = rows;
    }
    Ok(counts)
}

async fn per_product<E: EntityTrait, C: ConnectionTrait>(
    connection: &C,
    select: sea_orm::Select<E>,
    product: E::Column,
) -> Result<Vec<(i64, i64)>, DbErr> {
    select
        .select_only()
        .column(product)
        .column_as(SimpleExpr::from(Func::count(Expr::val(1))), "rows")
        .group_by(product)
        .into_tuple()
        .all(connection)
        .await
}

/// Those products by id.
pub async fn by_id<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, product::Model>, DbErr> {
    let rows = product::Entity::find().filter(product::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Whether a subscription has it, or had it.
pub async fn is_sold<C: ConnectionTrait>(connection: &C, id: ProductId) -> Result<bool, DbErr> {
    let item = subscription_item::Entity::find().filter(subscription_item::Column::ProductId.eq(id.0));
    Ok(item.one(connection).await?.is_some())
}
