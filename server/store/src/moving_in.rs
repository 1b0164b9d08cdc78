//! Moving in: queries over many rows at once. Callers pass a few hundred ids and rows at a time.

use std::collections::HashMap;

use latchkey_shared::api::data::RefType;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityName as _, EntityTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{
    data::OF_MACHINE,
    entity::{activation, api_token, audit, customer, data_object, licence_key, moved_in, product, webshop},
};

/// Rows that go into one statement: SQLite allows 32,766 values.
const AT_ONCE: usize = 500;

/// What was read of those when they were last moved in.
pub async fn contents<C: ConnectionTrait>(
    connection: &C,
    kind: &str,
    ids: &[i64],
) -> Result<HashMap<i64, String>, DbErr> {
    let rows: Vec<(i64, String)> = moved_in::Entity::find()
        .select_only()
        .column(moved_in::Column::Id)
        .column(moved_in::Column::Content)
        .filter(moved_in::Column::Kind.eq(kind))
        .filter(moved_in::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Keeps what was read of those.
pub async fn remember<C: ConnectionTrait>(
    connection: &C,
    kind: &str,
    contents: Vec<(i64, String)>,
    now: i64,
) -> Result<(), DbErr> {
    let rows: Vec<_> = contents
        .into_iter()
        .map(|(id, content)| moved_in::ActiveModel {
            kind: Set(kind.to_owned()),
            id: Set(id),
            content: Set(content),
            at: Set(now),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let newer = OnConflict::columns([moved_in::Column::Kind, moved_in::Column::Id])
        .update_columns([moved_in::Column::Content, moved_in::Column::At])
        .to_owned();
    moved_in::Entity::insert_many(rows).on_conflict(newer).exec_without_returning(connection).await?;
    Ok(())
}

/// Puts rows in, however many there are.
pub async fn insert_all<C, A>(connection: &C, rows: Vec<A>) -> Result<(), DbErr>
where
    C: ConnectionTrait,
    A: ActiveModelTrait + ActiveModelBehavior,
{
    let mut rows = rows.into_iter();
    loop {
        let some: Vec<A> = rows.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            return Ok(());
        }
        A::Entity::insert_many(some).exec_without_returning(connection).await?;
    }
}

/// A table whose ids can come from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Products,
    Customers,
    Keys,
    Objects,
    Tokens,
    Webshops,
}

/// Lets the database count on after `id`. SQLite does so by itself.
pub async fn count_past<C: ConnectionTrait>(connection: &C, table: Counted, id: i64) -> Result<(), DbErr> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let name = match table {
        Counted::Products => product::Entity.table_name(),
        Counted::Customers => customer::Entity.table_name(),
        Counted::Keys => licence_key::Entity.table_name(),
        Counted::Objects => data_object::Entity.table_name(),
        Counted::Tokens => api_token::Entity.table_name(),
        Counted::Webshops => webshop::Entity.table_name(),
    };
    // Never backwards: whoever adds rows meanwhile has counted on.
    let sql = format!(
        "SELECT setval(s, {id}) FROM (SELECT pg_get_serial_sequence('\"{name}\"', 'id')::regclass AS s) AS it \
         WHERE COALESCE(pg_sequence_last_value(s), 0) < {id}"
    );
    connection.execute_unprepared(&sql).await?;
    Ok(())
}

/// Those products, held until the caller's transaction ends, so that nobody numbers keys of them meanwhile.
pub async fn hold_products<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
) -> Result<HashMap<i64, product::Model>, DbErr> {
    let rows = product::Entity::find()
        .filter(product::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(product::Column::Id)
        .lock_exclusive()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The keys with those ids, and those of the products that have such a number, or such a text in the form by which
/// it is looked up.
pub async fn keys<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
    products: &[i64],
    numbers: &[i64],
    texts: &[String],
) -> Result<Vec<licence_key::Model>, DbErr> {
    use licence_key::Column as K;
    let find = licence_key::Entity::find;
    let mut rows = find().filter(K::Id.is_in(ids.iter().copied())).all(connection).await?;
    let of_products = || find().filter(K::ProductId.is_in(products.iter().copied()));
    rows.extend(of_products().filter(K::Number.is_in(numbers.iter().copied())).all(connection).await?);
    rows.extend(of_products().filter(K::KeyLookup.is_in(texts)).all(connection).await?);
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

/// Every machine of those keys, leases that are over included.
pub async fn machines<C: ConnectionTrait>(
    connection: &C,
    keys: &[i64],
) -> Result<Vec<activation::Model>, DbErr> {
    activation::Entity::find()
        .filter(activation::Column::KeyId.is_in(keys.iter().copied()))
        .all(connection)
        .await
}

/// The data objects with those ids, and all of those things.
pub async fn objects<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
    ref_type: i64,
    ref_ids: &[i64],
) -> Result<Vec<data_object::Model>, DbErr> {
    use data_object::Column as O;
    let mut rows =
        data_object::Entity::find().filter(O::Id.is_in(ids.iter().copied())).all(connection).await?;
    let of_them = data_object::Entity::find()
        .filter(O::RefType.eq(ref_type))
        .filter(O::RefId.is_in(ref_ids.iter().copied()));
    rows.extend(of_them.all(connection).await?);
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

/// Which of those references have something to attach an object to: products, keys and machines' keys.
pub async fn referenced<C: ConnectionTrait>(
    connection: &C,
    ref_type: i64,
    ids: &[i64],
) -> Result<Vec<i64>, DbErr> {
    let ids = ids.iter().copied();
    if ref_type == RefType::Product.number() {
        let found = product::Entity::find().select_only().column(product::Column::Id);
        return found.filter(product::Column::Id.is_in(ids)).into_tuple().all(connection).await;
    }
    debug_assert!(ref_type == RefType::Key.number() || ref_type == OF_MACHINE);
    let found = licence_key::Entity::find().select_only().column(licence_key::Column::Id);
    found.filter(licence_key::Column::Id.is_in(ids)).into_tuple().all(connection).await
}

/// Who has those secrets.
pub async fn secrets<C: ConnectionTrait>(
    connection: &C,
    hashes: &[Vec<u8>],
) -> Result<HashMap<Vec<u8>, i64>, DbErr> {
    let rows: Vec<(Option<Vec<u8>>, i64)> = customer::Entity::find()
        .select_only()
        .column(customer::Column::SecretHash)
        .column(customer::Column::Id)
        .filter(customer::Column::SecretHash.is_in(hashes.iter().cloned()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|(hash, id)| hash.map(|hash| (hash, id))).collect())
}

/// Moves the counters of products' keys on; never backwards.
pub async fn number_past<C: ConnectionTrait>(connection: &C, product: i64, number: i64) -> Result<(), DbErr> {
    product::Entity::update_many()
        .col_expr(product::Column::NextKeyId, Expr::value(number + 1))
        .filter(product::Column::Id.eq(product))
        .filter(product::Column::NextKeyId.lte(number))
        .exec(connection)
        .await?;
    Ok(())
}

/// Saves a token whose row was changed.
pub async fn save_token<C: ConnectionTrait>(
    connection: &C,
    row: api_token::Model,
) -> Result<api_token::Model, DbErr> {
    row.into_active_model().reset_all().update(connection).await
}

/// Writes entries of the history.
pub async fn record<C: ConnectionTrait>(
    connection: &C,
    entries: Vec<audit::ActiveModel>,
) -> Result<(), DbErr> {
    insert_all(connection, entries).await
}
