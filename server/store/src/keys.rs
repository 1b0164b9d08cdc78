//! Licence keys: queries.

use std::collections::{HashMap, HashSet};

use latchkey_engine::filter::FieldTest;
use latchkey_shared::{
    ids::{CustomerId, KeyGlobalId, ProductId},
    key_text::lookup_form,
    status::BlockSource,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult,
    IntoActiveModel as _, JoinType, PaginatorTrait as _, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait as _, RelationDef, Select,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    Access, conditions,
    entity::{activation, customer, licence_key, product},
};

/// A key the caller may see.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: KeyGlobalId,
) -> Result<Option<licence_key::Model>, DbErr> {
    access.restrict_keys(licence_key::Entity::find_by_id(id.0)).one(connection).await
}

/// A key by its text, in the form of [`latchkey_shared::key_text::lookup_form`], among those the caller may
/// see.
pub async fn by_text<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    product: ProductId,
    text: &str,
) -> Result<Option<licence_key::Model>, DbErr> {
    looked_up(access, product, text).one(connection).await
}

fn looked_up(access: Access, product: ProductId, text: &str) -> Select<licence_key::Entity> {
    access
        .restrict_keys(licence_key::Entity::find())
        .filter(licence_key::Column::ProductId.eq(product.0))
        .filter(licence_key::Column::KeyLookup.eq(text))
}

/// A key with who has it.
#[derive(Clone, Debug)]
pub struct Found {
    pub key: licence_key::Model,
    pub customer: Option<customer::Model>,
    /// What the machine that was asked for is called, where the key is locked to it; often nothing.
    pub machine_name: Option<String>,
}

impl FromQueryResult for Found {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            // As select_also names the columns of the first and the second.
            key: licence_key::Model::from_query_result(row, "A_")?,
            customer: customer::Model::from_query_result_optional(row, "B_")?,
            machine_name: row.try_get("", MACHINE_NAME)?,
        })
    }
}

const MACHINE_NAME: &str = "machine_name";

/// The key that a program names, with the customer who has it and what is known of the machine, in one statement.
pub async fn by_text_for_machine<C: ConnectionTrait>(
    connection: &C,
    product: ProductId,
    text: &str,
    machine: &str,
) -> Result<Option<Found>, DbErr> {
    let mut name = activation::Entity::find()
        .select_only()
        .column(activation::Column::FriendlyName)
        .filter(activation::Column::KeyId.into_expr().equals((licence_key::Entity, licence_key::Column::Id)))
        .filter(activation::Column::Floating.eq(false))
        .filter(activation::Column::MachineCode.eq(machine))
        .into_query();
    let mut select = looked_up(Access::All, product, text)
        .join(JoinType::LeftJoin, to_customer())
        .select_also(customer::Entity)
        .into_query();
    select.expr_as(SimpleExpr::SubQuery(None, Box::new(name.take().into())), MACHINE_NAME);
    Found::find_by_statement(connection.get_database_backend().build(&select)).one(connection).await
}

/// From a key to the customer who has it.
fn to_customer() -> RelationDef {
    licence_key::Entity::belongs_to(customer::Entity)
        .from(licence_key::Column::CustomerId)
        .to(customer::Column::Id)
        .into()
}

/// The trial key that a product made for that machine.
pub async fn trial_of<C: ConnectionTrait>(
    connection: &C,
    product: ProductId,
    machine: &str,
) -> Result<Option<licence_key::Model>, DbErr> {
    licence_key::Entity::find()
        .filter(licence_key::Column::ProductId.eq(product.0))
        .filter(licence_key::Column::TrialMachine.eq(machine))
        .one(connection)
        .await
}

/// A key by its number on its product.
pub async fn by_number<C: ConnectionTrait>(
    connection: &C,
    product: ProductId,
    number: i64,
) -> Result<Option<licence_key::Model>, DbErr> {
    licence_key::Entity::find()
        .filter(licence_key::Column::ProductId.eq(product.0))
        .filter(licence_key::Column::Number.eq(number))
        .one(connection)
        .await
}

/// A customer's keys that the caller may see, the newest first.
pub async fn of_customer<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    customer: CustomerId,
) -> Result<Vec<licence_key::Model>, DbErr> {
    access
        .restrict_keys(licence_key::Entity::find())
        .filter(licence_key::Column::CustomerId.eq(customer.0))
        .order_by_desc(licence_key::Column::Id)
        .all(connection)
        .await
}

/// Keys that no other one has replaced.
pub fn in_use() -> Condition {
    Condition::any()
        .add(licence_key::Column::BlockSource.is_null())
        .add(licence_key::Column::BlockSource.ne(BlockSource::ReIssue.as_str()))
}

/// The key that was re-issued for `old`.
pub async fn replacement_of<C: ConnectionTrait>(
    connection: &C,
    old: i64,
) -> Result<Option<licence_key::Model>, DbErr> {
    licence_key::Entity::find().filter(licence_key::Column::Replaces.eq(old)).one(connection).await
}

/// How many keys of a customer were re-issued after `since`.
pub async fn reissued_since<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    since: i64,
) -> Result<i64, DbErr> {
    let count = licence_key::Entity::find()
        .filter(licence_key::Column::CustomerId.eq(customer.0))
        .filter(licence_key::Column::Replaces.is_not_null())
        .filter(licence_key::Column::CreatedAt.gt(since))
        .count(connection)
        .await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Keys whose text meets a test. Whole texts are found by an index however they are written.
pub fn with_text(test: &FieldTest) -> Condition {
    match test {
        FieldTest::TextIn(texts) => Condition::all()
            .add(licence_key::Column::KeyLookup.is_in(texts.iter().map(|text| lookup_form(text)))),
        _ => conditions::text(Expr::col((licence_key::Entity, licence_key::Column::KeyText)), test),
    }
}

/// The texts of those keys.
pub async fn texts<C: ConnectionTrait>(
    connection: &C,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, String>, DbErr> {
    let rows: Vec<(i64, String)> = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .column(licence_key::Column::KeyText)
        .filter(licence_key::Column::Id.is_in(ids))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Product and text of those keys.
pub async fn products_and_texts<C: ConnectionTrait>(
    connection: &C,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, (i64, String)>, DbErr> {
    let rows: Vec<(i64, i64, String)> = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .column(licence_key::Column::ProductId)
        .column(licence_key::Column::KeyText)
        .filter(licence_key::Column::Id.is_in(ids.collect::<HashSet<_>>()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, product, text)| (id, (product, text))).collect())
}

/// A key's text, and the id and name of whose it is.
pub type TextAndOwner = (String, Option<(i64, String)>);

/// The texts of those keys, and whose they are.
pub async fn texts_and_owners<C: ConnectionTrait>(
    connection: &C,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, TextAndOwner>, DbErr> {
    type Row = (i64, String, Option<i64>, Option<String>);
    let rows: Vec<Row> = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .column(licence_key::Column::KeyText)
        .column(customer::Column::Id)
        .column(customer::Column::Name)
        .join(JoinType::LeftJoin, to_customer())
        .filter(licence_key::Column::Id.is_in(ids))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, text, customer, name)| (id, (text, customer.zip(name)))).collect())
}

/// Whether a product has a key with this text, however it is written; `text` in the form that keys are looked up by.
pub async fn text_is_taken<C: ConnectionTrait>(
    connection: &C,
    product: i64,
    text: &str,
) -> Result<bool, DbErr> {
    let found: Option<i64> = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .filter(licence_key::Column::ProductId.eq(product))
        .filter(licence_key::Column::KeyLookup.eq(text))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// The next key number of a product, which nobody else gets. Nothing for an unknown product.
pub async fn take_number<C: ConnectionTrait>(
    connection: &C,
    product: ProductId,
) -> Result<Option<i64>, DbErr> {
    let counted = product::Entity::update_many()
        .col_expr(product::Column::NextKeyId, Expr::col(product::Column::NextKeyId).add(1))
        .filter(product::Column::Id.eq(product.0))
        .exec(connection)
        .await?;
    if counted.rows_affected == 0 {
        return Ok(None);
    }
    // The row stays locked until the transaction ends, so this is the number that was just taken.
    let next: Option<i64> = product::Entity::find_by_id(product.0)
        .select_only()
        .column(product::Column::NextKeyId)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(next.map(|next| next - 1))
}

/// Notes when a key was first activated.
pub async fn set_first_activated<C: ConnectionTrait>(connection: &C, id: i64, at: i64) -> Result<(), DbErr> {
    licence_key::Entity::update_many()
        .col_expr(licence_key::Column::FirstActivatedAt, Expr::value(at))
        .filter(licence_key::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Moves a key's expiry, counting its version up.
pub async fn set_expiry<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    expires: i64,
    now: i64,
) -> Result<(), DbErr> {
    licence_key::Entity::update_many()
        .col_expr(licence_key::Column::ExpiresAt, Expr::value(expires))
        .col_expr(licence_key::Column::Version, Expr::col(licence_key::Column::Version).add(1))
        .col_expr(licence_key::Column::UpdatedAt, Expr::value(now))
        .filter(licence_key::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: licence_key::ActiveModel,
) -> Result<licence_key::Model, DbErr> {
    row.insert(connection).await
}

/// Saves a changed key, counting its version up; nothing where somebody else saved since it was read.
pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: licence_key::Model,
    now: i64,
) -> Result<Option<licence_key::Model>, DbErr> {
    let (id, version) = (row.id, row.version);
    let mut changed = row.into_active_model().reset_all();
    changed.version = Set(version + 1);
    changed.updated_at = Set(now);
    let saved = licence_key::Entity::update_many()
        .set(changed)
        .filter(licence_key::Column::Id.eq(id))
        .filter(licence_key::Column::Version.eq(version))
        .exec(connection)
        .await?;
    if saved.rows_affected == 0 {
        return Ok(None);
    }
    licence_key::Entity::find_by_id(id).one(connection).await
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait as _, Statement};

    use super::*;
    use crate::Store;

    #[tokio::test]
    async fn a_key_is_found_by_an_index_however_its_text_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("plans.db").display());
        let store = Store::open(&url).await.unwrap();
        let whole = FieldTest::TextIn(vec!["old-key-7".to_owned()]);
        for (select, index) in [
            (looked_up(Access::All, ProductId(1), "OLD-KEY-7"), "uq_licence_key_product_id_key_lookup"),
            (licence_key::Entity::find().filter(with_text(&whole)), "ix_licence_key_key_lookup"),
        ] {
            let sql = format!("EXPLAIN QUERY PLAN {}", select.build(DbBackend::Sqlite));
            let statement = Statement::from_string(DbBackend::Sqlite, sql);
            let rows = store.read().query_all_raw(statement).await.unwrap();
            let plan: String = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap()).collect();
            assert!(plan.starts_with(&format!("SEARCH licence_key USING INDEX {index}")), "{plan}");
        }
    }
}
