//! The history of a customer, money and lifecycle: queries.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{
    api::common::ListQuery,
    filter::FieldSpec,
    ids::TransactionId,
    transaction::{TransactionKind, TransactionSource, TransactionState},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::{Expr, LockType, OnConflict, SimpleExpr},
};
use serde_json::Value;

use crate::{
    Access,
    conditions::{self, Columns},
    entity::{customer, transaction_entry as entry},
    page::{self, Page, PageError, Sorts},
    text_match,
};

/// What the list can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Number"),
    FieldSpec::choice("type", "Type", TransactionKind::STORED).also(&["kind"]),
    FieldSpec::choice("source", "Source", TransactionSource::STORED),
    FieldSpec::choice("state", "State", TransactionState::STORED).also(&["status"]),
    FieldSpec::number("customer.id", "Customer number").also(&["customer", "skm_customer_id"]),
    FieldSpec::text("customer.name", "Customer"),
    FieldSpec::number("subscription.id", "Subscription").also(&["subscription"]).optional(),
    FieldSpec::number("product.id", "Product").also(&["product"]).optional(),
    FieldSpec::money("gross", "Gross amount").also(&["amount"]),
    FieldSpec::text("currency", "Currency").optional(),
    FieldSpec::text("method", "Method").optional(),
    FieldSpec::text("reference", "Reference").optional(),
    FieldSpec::date("date", "Date").also(&["created"]),
];

const SORTS: Sorts<'static, entry::Entity> = Sorts {
    id: entry::Column::Id,
    columns: &[
        ("date", entry::Column::HappenedAt),
        ("gross", entry::Column::Gross),
        ("id", entry::Column::Id),
    ],
    default: "-date",
};

/// An entry to be. Start from [`NewEntry::of`] and fill in what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub customer: i64,
    pub subscription: Option<i64>,
    pub product: Option<i64>,
    /// The Stripe account; 0: none.
    pub account: i64,
    /// What makes it this entry and no other, per account.
    pub unique_ref: String,
    pub kind: TransactionKind,
    pub source: TransactionSource,
    pub state: TransactionState,
    /// Net and tax in minor units, negative where money left; gross is both together.
    pub net: i64,
    pub tax: i64,
    /// What it is about where nothing moved.
    pub asked: i64,
    /// Upper-case ISO currency; empty for what has no price.
    pub currency: String,
    pub method: String,
    pub reference: String,
    pub payment_ref: Option<String>,
    pub reason: String,
    pub note: String,
    pub actor: Option<(Option<i64>, String)>,
    pub details: Value,
    pub happened_at: i64,
}

impl NewEntry {
    /// An entry without money, done.
    pub fn of(
        customer: i64,
        kind: TransactionKind,
        source: TransactionSource,
        unique_ref: impl Into<String>,
        happened_at: i64,
    ) -> Self {
        Self {
            customer,
            subscription: None,
            product: None,
            account: 0,
            unique_ref: unique_ref.into(),
            kind,
            source,
            state: TransactionState::Done,
            net: 0,
            tax: 0,
            asked: 0,
            currency: String::new(),
            method: String::new(),
            reference: String::new(),
            payment_ref: None,
            reason: String::new(),
            note: String::new(),
            actor: None,
            details: Value::Object(serde_json::Map::new()),
            happened_at,
        }
    }

    /// Whether what is known now differs from what [`keep`] would bring up to date.
    fn says_more_than(&self, row: &entry::Model) -> bool {
        let new = (self.subscription, self.product, self.state.as_str(), self.net, self.tax, self.asked);
        let old = (row.subscription_id, row.product_id, row.state.as_str(), row.net, row.tax, row.asked);
        new != old
            || self.method != row.method
            || self.reference != row.reference
            || self.payment_ref != row.payment_ref
            || self.details != row.details
    }

    fn into_row(self, now: i64) -> entry::ActiveModel {
        let (actor_id, actor_name) = self.actor.map_or((None, None), |(id, name)| (id, Some(name)));
        entry::ActiveModel {
            id: NotSet,
            customer_id: Set(self.customer),
            subscription_id: Set(self.subscription),
            product_id: Set(self.product),
            account_id: Set(self.account),
            unique_ref: Set(self.unique_ref),
            kind: Set(self.kind.as_str().to_owned()),
            source: Set(self.source.as_str().to_owned()),
            state: Set(self.state.as_str().to_owned()),
            net: Set(self.net),
            tax: Set(self.tax),
            gross: Set(self.net.saturating_add(self.tax)),
            asked: Set(self.asked),
            currency: Set(self.currency),
            method: Set(self.method),
            reference: Set(self.reference),
            payment_ref: Set(self.payment_ref),
            reason: Set(self.reason),
            note: Set(self.note),
            actor_id: Set(actor_id),
            actor_name: Set(actor_name),
            details: Set(self.details),
            happened_at: Set(self.happened_at),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }
}

fn conflict() -> OnConflict {
    OnConflict::columns([entry::Column::AccountId, entry::Column::UniqueRef])
}

/// Writes an entry on the caller's transaction unless it is there already; answers whether it is new.
pub async fn add<C: ConnectionTrait>(connection: &C, new: NewEntry, now: i64) -> Result<bool, DbErr> {
    let written = entry::Entity::insert(new.into_row(now))
        .on_conflict(conflict().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(written > 0)
}

/// Writes those that are not there already, in one statement; answers how many are new.
pub async fn add_all<C: ConnectionTrait>(
    connection: &C,
    entries: impl IntoIterator<Item = NewEntry>,
    now: i64,
) -> Result<u64, DbErr> {
    let rows = entries.into_iter().map(|entry| entry.into_row(now));
    entry::Entity::insert_many(rows)
        .on_conflict(conflict().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await
}

/// Writes an entry, or brings the one that is there up to what is known now: how it stands, its money, what it
/// belongs to. Who caused it, why, and when it happened stay as first written.
pub async fn keep<C: ConnectionTrait>(connection: &C, new: NewEntry, now: i64) -> Result<(), DbErr> {
    let updated = conflict()
        .update_columns([
            entry::Column::SubscriptionId,
            entry::Column::ProductId,
            entry::Column::State,
            entry::Column::Net,
            entry::Column::Tax,
            entry::Column::Gross,
            entry::Column::Asked,
            entry::Column::Method,
            entry::Column::Reference,
            entry::Column::PaymentRef,
            entry::Column::Details,
            entry::Column::UpdatedAt,
        ])
        .to_owned();
    entry::Entity::insert(new.into_row(now)).on_conflict(updated).exec_without_returning(connection).await?;
    Ok(())
}

/// Writes those that are new or say something else than the entries that are there; answers how many. All belong
/// to one account.
pub async fn keep_all<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    entries: Vec<NewEntry>,
    now: i64,
) -> Result<usize, DbErr> {
    if entries.is_empty() {
        return Ok(0);
    }
    let names: Vec<String> = entries.iter().map(|entry| entry.unique_ref.clone()).collect();
    let known = entry::Entity::find()
        .filter(entry::Column::AccountId.eq(account))
        .filter(entry::Column::UniqueRef.is_in(names))
        .all(connection)
        .await?;
    let mut written = 0;
    for new in entries {
        let known = known.iter().find(|row| row.unique_ref == new.unique_ref);
        if known.is_none_or(|row| new.says_more_than(row)) {
            keep(connection, new, now).await?;
            written += 1;
        }
    }
    Ok(written)
}

/// Whether somebody here, not Stripe, wrote an entry of that kind about a contract since `since`.
pub async fn since<C: ConnectionTrait>(
    connection: &C,
    subscription: i64,
    kind: TransactionKind,
    since: i64,
) -> Result<bool, DbErr> {
    let found = entry::Entity::find()
        .filter(entry::Column::SubscriptionId.eq(subscription))
        .filter(entry::Column::Kind.eq(kind.as_str()))
        .filter(entry::Column::Source.ne(TransactionSource::Stripe.as_str()))
        .filter(entry::Column::CreatedAt.gte(since))
        .one(connection)
        .await?;
    Ok(found.is_some())
}

/// An entry the caller may see.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: TransactionId,
) -> Result<Option<entry::Model>, DbErr> {
    access.restrict(entry::Entity::find_by_id(id.0), entry::Column::CustomerId).one(connection).await
}

/// The entry that whoever wrote it named so.
pub async fn by_ref<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    account: i64,
    unique_ref: &str,
) -> Result<Option<entry::Model>, DbErr> {
    access
        .restrict(entry::Entity::find(), entry::Column::CustomerId)
        .filter(entry::Column::AccountId.eq(account))
        .filter(entry::Column::UniqueRef.eq(unique_ref))
        .one(connection)
        .await
}

/// One page of the entries that match.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<entry::Model>, PageError> {
    page::fetch(connection, select(access, predicate), &SORTS, query).await
}

fn select(access: Access, predicate: &Predicate) -> sea_orm::Select<entry::Entity> {
    access
        .restrict(entry::Entity::find(), entry::Column::CustomerId)
        .filter(conditions::condition(predicate, &EntryColumns))
}

/// Everything that belongs to the same payments, the oldest first: the payments themselves, refunds, disputes.
pub async fn of_payments<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    account: i64,
    payment_refs: &[String],
) -> Result<Vec<entry::Model>, DbErr> {
    access
        .restrict(entry::Entity::find(), entry::Column::CustomerId)
        .filter(entry::Column::AccountId.eq(account))
        .filter(entry::Column::PaymentRef.is_in(payment_refs.iter().cloned()))
        .order_by_asc(entry::Column::HappenedAt)
        .order_by_asc(entry::Column::Id)
        .all(connection)
        .await
}

/// The sums of one currency, minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    pub currency: String,
    pub net: i64,
    pub tax: i64,
    pub gross: i64,
}

/// What moved in all entries that match, by currency. Refunds that were asked for or failed did not move.
pub async fn sums<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
) -> Result<Vec<Sum>, DbErr> {
    let sum = |column: entry::Column| SimpleExpr::from(column.into_expr().sum()).cast_as("bigint");
    let rows: Vec<(String, i64, i64, i64)> = select(access, predicate)
        .select_only()
        .column(entry::Column::Currency)
        .column_as(sum(entry::Column::Net), "net_sum")
        .column_as(sum(entry::Column::Tax), "tax_sum")
        .column_as(sum(entry::Column::Gross), "gross_sum")
        .filter(moved())
        .group_by(entry::Column::Currency)
        .order_by_asc(entry::Column::Currency)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(currency, net, tax, gross)| Sum { currency, net, tax, gross }).collect())
}

/// Money that moved.
pub fn moved() -> Condition {
    let kinds = TransactionKind::MONEY.map(TransactionKind::as_str);
    Condition::all().add(entry::Column::Kind.is_in(kinds)).add(
        entry::Column::State
            .is_not_in([TransactionState::Pending.as_str(), TransactionState::Failed.as_str()]),
    )
}

/// What moved among the entries that match, the oldest first, from the one after `after`: how an export walks
/// through all.
pub async fn moved_after<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
    after: Option<(i64, i64)>,
    limit: u64,
) -> Result<Vec<entry::Model>, DbErr> {
    let mut rows = select(access, predicate).filter(moved());
    if let Some((at, id)) = after {
        let same = Condition::all().add(entry::Column::HappenedAt.eq(at)).add(entry::Column::Id.gt(id));
        rows = rows.filter(Condition::any().add(entry::Column::HappenedAt.gt(at)).add(same));
    }
    rows.order_by_asc(entry::Column::HappenedAt)
        .order_by_asc(entry::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// An entry the caller may see, held until the caller's transaction ends. On SQLite every writing transaction does
/// that by itself.
pub async fn hold<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: TransactionId,
) -> Result<Option<entry::Model>, DbErr> {
    let mut found = access.restrict(entry::Entity::find_by_id(id.0), entry::Column::CustomerId);
    if connection.get_database_backend() == DbBackend::Postgres {
        found = found.lock(LockType::Update);
    }
    found.one(connection).await
}

/// Gives a payment the name by which what belongs to it is found.
pub async fn name_payment<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    payment_ref: &str,
    now: i64,
) -> Result<(), DbErr> {
    entry::Entity::update_many()
        .col_expr(entry::Column::PaymentRef, Expr::value(payment_ref))
        .col_expr(entry::Column::UpdatedAt, Expr::value(now))
        .filter(entry::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Notes that what was asked for cannot be done, and why.
pub async fn failed<C: ConnectionTrait>(
    connection: &C,
    row: &entry::Model,
    why: &str,
    now: i64,
) -> Result<(), DbErr> {
    let mut details = row.details.clone();
    details["error"] = Value::String(why.to_owned());
    entry::Entity::update_many()
        .col_expr(entry::Column::State, Expr::value(TransactionState::Failed.as_str()))
        .col_expr(entry::Column::Details, Expr::value(details))
        .col_expr(entry::Column::UpdatedAt, Expr::value(now))
        .filter(entry::Column::Id.eq(row.id))
        .exec(connection)
        .await?;
    Ok(())
}

struct EntryColumns;

fn column(column: entry::Column) -> SimpleExpr {
    Expr::col((entry::Entity, column))
}

fn of_customers(condition: Condition) -> Condition {
    let customers =
        customer::Entity::find().select_only().column(customer::Column::Id).filter(condition).into_query();
    Condition::all().add(column(entry::Column::CustomerId).in_subquery(customers))
}

impl Columns for EntryColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use entry::Column as C;
        match field {
            "id" => conditions::number(column(C::Id), test),
            "type" => conditions::text(column(C::Kind), test),
            "source" => conditions::text(column(C::Source), test),
            "state" => conditions::text(column(C::State), test),
            "customer.id" => conditions::number(column(C::CustomerId), test),
            "customer.name" => {
                of_customers(conditions::text(Expr::col((customer::Entity, customer::Column::Name)), test))
            }
            "subscription.id" => conditions::number(column(C::SubscriptionId), test),
            "product.id" => conditions::number(column(C::ProductId), test),
            "gross" => conditions::number(column(C::Gross), test),
            "currency" => conditions::text(column(C::Currency), test),
            "method" => conditions::text(column(C::Method), test),
            "reference" => conditions::text(column(C::Reference), test),
            "date" => conditions::number(column(C::HappenedAt), test),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let lower = term.text.to_lowercase();
        let pattern =
            if term.only_beginnings { text_match::begins_with(&lower) } else { text_match::contains(&lower) };
        let named = Expr::col((customer::Entity, customer::Column::SearchText)).like(pattern);
        let mut any = Condition::any()
            .add(of_customers(Condition::all().add(named)))
            .add(column(entry::Column::Reference).eq(&term.text))
            .add(column(entry::Column::UniqueRef).eq(&term.text))
            .add(
                column(entry::Column::PaymentRef)
                    .is_not_null()
                    .and(column(entry::Column::PaymentRef).eq(&term.text)),
            );
        if let Some(id) = term.id {
            any = any.add(column(entry::Column::Id).eq(id)).add(column(entry::Column::CustomerId).eq(id));
        }
        any
    }
}
