//! The log of the licence Web API: queries.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{api::common::ListQuery, filter::FieldSpec, ids::KeyGlobalId};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait,
    IntoActiveModel as _, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    Access,
    conditions::{self, Columns},
    entity::{api_log, licence_key},
    keys,
    page::{self, Page, PageError, Sorts},
    text_match,
};

/// What the log can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::date("at", "Time").also(&["time"]),
    FieldSpec::text("method", "Method"),
    FieldSpec::bool("succeeded", "Succeeded").also(&["success"]),
    FieldSpec::number("status", "Status"),
    FieldSpec::text("message", "Message").optional(),
    FieldSpec::number("token", "Token").also(&["token.id"]).optional(),
    FieldSpec::number("product.id", "Product").also(&["product", "product_id"]).optional(),
    FieldSpec::number("key.global_id", "Key").also(&["global_id", "skm_key_globalid"]).optional(),
    FieldSpec::text("key", "Licence key").optional(),
    FieldSpec::text("machine", "Machine code").also(&["machine_code", "machinecode"]).optional(),
    FieldSpec::text("ip", "Address").optional(),
];

const SORTS: Sorts<'static, api_log::Entity> =
    Sorts { id: api_log::Column::Id, columns: &[("at", api_log::Column::At)], default: "-at" };

/// Rows of one statement: SQLite allows 32,766 values.
const ROWS: usize = 1_000;
/// Rows that a sweep removes at once.
const SWEEP: u64 = 5_000;

struct LogColumns;

fn column(column: api_log::Column) -> SimpleExpr {
    Expr::col((api_log::Entity, column))
}

/// Calls for keys whose text meets a test.
fn of_keys(condition: Condition) -> Condition {
    let keys = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::Id)
        .filter(condition)
        .into_query();
    Condition::all()
        .add(api_log::Column::KeyId.is_not_null())
        .add(column(api_log::Column::KeyId).in_subquery(keys))
}

impl Columns for LogColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use api_log::Column as C;
        match field {
            "at" => conditions::number(column(C::At), test),
            "method" => conditions::text(column(C::Method), test),
            "succeeded" => conditions::boolean(column(C::Succeeded), test),
            "status" => conditions::number(column(C::Status), test),
            "message" => conditions::text(column(C::Message), test),
            "token" => conditions::number(column(C::TokenId), test),
            "product.id" => conditions::number(column(C::ProductId), test),
            "key.global_id" => conditions::number(column(C::KeyId), test),
            "key" if *test == FieldTest::Empty => Condition::all().add(C::KeyId.is_null()),
            "key" => of_keys(keys::with_text(test)),
            "machine" => conditions::text(column(C::MachineCode), test),
            "ip" => conditions::text(column(C::Ip), test),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let lower = FieldTest::Contains(term.text.clone());
        let mut any = Condition::any();
        for searched in [api_log::Column::Method, api_log::Column::MachineCode, api_log::Column::Message] {
            any = any.add(conditions::text(column(searched), &lower));
        }
        any = any.add(column(api_log::Column::Ip).like(text_match::begins_with(&term.text)));
        if let Some(key) = &term.key {
            any = any.add(of_keys(Condition::all().add(licence_key::Column::KeyLookup.eq(key))));
        }
        any
    }
}

/// One page of the calls that match.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<api_log::Model>, PageError> {
    let select = api_log::Entity::find().filter(conditions::condition(predicate, &LogColumns));
    page::fetch(connection, select, &SORTS, query).await
}

/// The latest calls for a key.
pub async fn of_key<C: ConnectionTrait>(
    connection: &C,
    key: KeyGlobalId,
    limit: u64,
) -> Result<Vec<api_log::Model>, DbErr> {
    api_log::Entity::find()
        .filter(api_log::Column::KeyId.eq(key.0))
        .order_by_desc(api_log::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// What part of a log is wanted, by id.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub product: Option<i64>,
    pub key: Option<i64>,
    pub machine: String,
    pub friendly_name: String,
    /// Ids after this one, the oldest first.
    pub after: Option<i64>,
    /// Ids before this one.
    pub before: Option<i64>,
    pub ascending: bool,
    pub limit: u64,
}

/// Calls that the caller may see.
pub async fn wanted<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    wanted: &Wanted,
) -> Result<Vec<api_log::Model>, DbErr> {
    let mut select = api_log::Entity::find();
    if let Access::Locked(lock) = access {
        if let Some(product) = lock.product {
            select = select.filter(api_log::Column::ProductId.eq(product.0));
        }
        if let Some(key) = lock.key {
            select = select.filter(api_log::Column::KeyId.eq(key.0));
        }
    }
    if let Some(product) = wanted.product {
        select = select.filter(api_log::Column::ProductId.eq(product));
    }
    if let Some(key) = wanted.key {
        select = select.filter(api_log::Column::KeyId.eq(key));
    }
    if !wanted.machine.is_empty() {
        select = select.filter(api_log::Column::MachineCode.eq(&wanted.machine));
    }
    if !wanted.friendly_name.is_empty() {
        select = select.filter(api_log::Column::FriendlyName.eq(&wanted.friendly_name));
    }
    if let Some(after) = wanted.after {
        select = select.filter(api_log::Column::Id.gt(after));
    }
    if let Some(before) = wanted.before {
        select = select.filter(api_log::Column::Id.lt(before));
    }
    let order = if wanted.ascending { Order::Asc } else { Order::Desc };
    select.order_by(api_log::Column::Id, order).limit(wanted.limit).all(connection).await
}

/// Calls for keys between two times: product, time, key, machine, whether it succeeded.
pub type Call = (Option<i64>, i64, Option<i64>, String, bool);

/// The calls that happened in a time, of a product or of all that the caller may see.
pub async fn between<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    product: Option<i64>,
    (from, until): (i64, i64),
    limit: u64,
) -> Result<Vec<Call>, DbErr> {
    let mut select = api_log::Entity::find()
        .select_only()
        .columns([
            api_log::Column::ProductId,
            api_log::Column::At,
            api_log::Column::KeyId,
            api_log::Column::MachineCode,
            api_log::Column::Succeeded,
        ])
        .filter(api_log::Column::At.gte(from))
        .filter(api_log::Column::At.lt(until));
    let locked = match access {
        Access::Locked(lock) => lock.product.map(|product| product.0),
        _ => None,
    };
    if let Some(product) = locked.or(product) {
        select = select.filter(api_log::Column::ProductId.eq(product));
    }
    if let Access::Locked(lock) = access
        && let Some(key) = lock.key
    {
        select = select.filter(api_log::Column::KeyId.eq(key.0));
    }
    select.order_by_asc(api_log::Column::At).limit(limit).into_tuple().all(connection).await
}

/// A call for a key: its number, time, key, machine, whether it succeeded.
pub type Numbered = (i64, i64, Option<i64>, String, bool);

/// The calls that happened in a time, for keys that the caller may see, the oldest first.
pub async fn numbered<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    wanted: &Wanted,
    (from, until): (i64, i64),
) -> Result<Vec<Numbered>, DbErr> {
    let mut select = api_log::Entity::find()
        .select_only()
        .columns([
            api_log::Column::Id,
            api_log::Column::At,
            api_log::Column::KeyId,
            api_log::Column::MachineCode,
            api_log::Column::Succeeded,
        ])
        .filter(api_log::Column::KeyId.is_not_null())
        .filter(api_log::Column::At.gte(from))
        .filter(api_log::Column::At.lt(until));
    let lock = match access {
        Access::Locked(lock) => lock,
        _ => crate::Lock::default(),
    };
    for product in lock.product.map(|id| id.0).into_iter().chain(wanted.product) {
        select = select.filter(api_log::Column::ProductId.eq(product));
    }
    for key in lock.key.map(|id| id.0).into_iter().chain(wanted.key) {
        select = select.filter(api_log::Column::KeyId.eq(key));
    }
    if !wanted.machine.is_empty() {
        select = select.filter(api_log::Column::MachineCode.eq(&wanted.machine));
    }
    select.order_by_asc(api_log::Column::Id).limit(wanted.limit).into_tuple().all(connection).await
}

/// Writes what was collected.
pub async fn insert<C: ConnectionTrait>(connection: &C, rows: Vec<api_log::Model>) -> Result<(), DbErr> {
    for rows in rows.chunks(ROWS) {
        let rows = rows.iter().cloned().map(|row| {
            let mut row = row.into_active_model().reset_all();
            row.id = sea_orm::ActiveValue::NotSet;
            row
        });
        api_log::Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// Removes calls before a time, some at a time; how many are gone.
pub async fn sweep<C: ConnectionTrait>(connection: &C, before: i64) -> Result<u64, DbErr> {
    let ids: Vec<i64> = api_log::Entity::find()
        .select_only()
        .column(api_log::Column::Id)
        .filter(api_log::Column::At.lt(before))
        .limit(SWEEP)
        .into_tuple()
        .all(connection)
        .await?;
    let gone = api_log::Entity::delete_many().filter(api_log::Column::Id.is_in(ids)).exec(connection).await?;
    Ok(gone.rows_affected)
}
