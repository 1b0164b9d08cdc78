//! All tables at once: emptying them, writing them down, reading them back.

mod read;
mod write;

use sea_orm::{
    ColumnTrait as _, ColumnType, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic as _,
    Iterable as _, PaginatorTrait as _, PrimaryKeyTrait as _,
};

use crate::{Store, entity as e, migration};

pub use read::{Reading, read_all};
pub use write::{Writing, count_on};

/// A table, as its entity describes it.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    columns: Vec<Column>,
    /// Whether the database counts its ids.
    counted: bool,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: Kind,
    nullable: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Text,
    Bool,
    Json,
    Bytes,
}

impl Table {
    fn of<E: EntityTrait>() -> Self {
        let column = |column: E::Column| {
            let def = column.def();
            let kind = match def.get_column_type() {
                ColumnType::Boolean => Kind::Bool,
                ColumnType::Json | ColumnType::JsonBinary => Kind::Json,
                ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => Kind::Bytes,
                ColumnType::Integer | ColumnType::BigInteger => Kind::Integer,
                _ => Kind::Text,
            };
            Column { name: column.as_str().to_owned(), kind, nullable: def.is_null() }
        };
        Self {
            name: E::default().table_name().to_owned(),
            columns: E::Column::iter().map(column).collect(),
            counted: E::PrimaryKey::auto_increment(),
        }
    }

    /// The columns' names in the order in which a row's values stand.
    pub fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

/// Calls `$visit!(module, …)` with all tables in an order in which rows can be put in: what others refer to
/// comes first.
macro_rules! with_tables {
    ($visit:ident) => {
        $visit!(
            vendor,
            upload,
            secret,
            lock,
            rate_limit,
            staff,
            user,
            session,
            code,
            signing_key,
            product,
            stripe_account,
            stripe_endpoint,
            stripe_event,
            stripe_product,
            stripe_price,
            plan,
            plan_price,
            webshop,
            webshop_product,
            tax_rate,
            customer,
            customer_user,
            stripe_customer,
            terms_acceptance,
            reseller,
            licence_template,
            licence_key,
            activation,
            usage_record,
            usage_log_block,
            user_account,
            channel_message,
            api_log,
            app_event,
            subscription,
            subscription_item,
            subscription_key,
            transaction_entry,
            offline_contract,
            pending_change,
            change_quote,
            balance_entry,
            checkout,
            sync_job,
            sweep_run,
            sweep_listed,
            attention,
            data_object,
            moved_in,
            move_in_file,
            move_in_run,
            api_token,
            communication,
            message_template,
            reminder_rule,
            reminder_sent,
            job,
            audit
        )
    };
}

macro_rules! described {
    ($($table:ident),*) => { vec![$(Table::of::<e::$table::Entity>()),*] };
}

/// All tables that hold data, in an order in which rows can be put in.
pub fn all() -> Vec<Table> {
    with_tables!(described)
}

/// The names of the schema changes that this program knows, in their order.
pub fn schema() -> Vec<String> {
    migration::names()
}

/// Whether no table holds a row.
pub async fn are_empty(store: &Store) -> Result<bool, DbErr> {
    macro_rules! none_filled {
        ($($table:ident),*) => {{ $(
            if e::$table::Entity::find().count(store.read()).await? > 0 { return Ok(false); }
        )* }};
    }
    with_tables!(none_filled);
    Ok(true)
}

/// Removes every row of every table and begins counting anew.
pub async fn empty(store: &Store) -> Result<(), DbErr> {
    let transaction = store.begin().await?;
    if store.backend() == DbBackend::Postgres {
        let names: Vec<String> = all().iter().map(|table| format!("\"{}\"", table.name)).collect();
        let sql = format!("TRUNCATE {} RESTART IDENTITY CASCADE", names.join(", "));
        transaction.execute_unprepared(&sql).await?;
    } else {
        for table in all().iter().rev() {
            transaction.execute_unprepared(&format!("DELETE FROM \"{}\"", table.name)).await?;
        }
        transaction.execute_unprepared("DELETE FROM sqlite_sequence").await?;
    }
    transaction.commit().await
}
