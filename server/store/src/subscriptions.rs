//! Subscriptions and their items: queries.

use latchkey_engine::filter::{FieldTest, Predicate, SearchTerm};
use latchkey_shared::{
    api::common::ListQuery,
    filter::FieldSpec,
    ids::{CustomerId, SubscriptionId},
    status::SubscriptionStatus,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait,
    IntoActiveModel as _, ModelTrait as _, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    Access,
    conditions::{self, Columns},
    entity::{customer, licence_key, stripe_customer, subscription, subscription_item, subscription_key},
    page::{self, Page, PageError, Sorts},
    text_match,
};

/// What the list can be filtered by.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("id", "Number"),
    FieldSpec::choice("status", "Status", SubscriptionStatus::STORED),
    FieldSpec::number("customer.id", "Customer number").also(&["customer", "skm_customer_id"]),
    FieldSpec::text("customer.name", "Customer"),
    FieldSpec::text("stripe_id", "Stripe subscription").optional(),
    FieldSpec::date("paid_through", "Paid through").optional(),
    FieldSpec::date("created", "Created"),
];

const SORTS: Sorts<'static, subscription::Entity> = Sorts {
    id: subscription::Column::Id,
    columns: &[
        ("id", subscription::Column::Id),
        ("created", subscription::Column::CreatedAt),
        ("paid_through", subscription::Column::PaidThrough),
    ],
    default: "-created",
};

/// Statuses in which something was bought and may still be charged for.
const LIVE: [&str; 5] = ["trial", "active", "past_due", "grace", "paused"];

struct SubscriptionColumns;

impl SubscriptionColumns {
    fn column(column: subscription::Column) -> SimpleExpr {
        Expr::col((subscription::Entity, column))
    }

    fn of_customers(condition: Condition) -> Condition {
        let customers = customer::Entity::find()
            .select_only()
            .column(customer::Column::Id)
            .filter(condition)
            .into_query();
        Condition::all().add(Self::column(subscription::Column::CustomerId).in_subquery(customers))
    }
}

impl Columns for SubscriptionColumns {
    fn test(&self, field: &str, test: &FieldTest) -> Condition {
        use subscription::Column as Col;
        match field {
            "id" => conditions::number(Self::column(Col::Id), test),
            "status" => conditions::text(Self::column(Col::Status), test),
            "customer.id" => conditions::number(Self::column(Col::CustomerId), test),
            "customer.name" => {
                let name = Expr::col((customer::Entity, customer::Column::Name));
                Self::of_customers(conditions::text(name, test))
            }
            "stripe_id" => conditions::text(Self::column(Col::StripeId), test),
            "paid_through" => conditions::number(Self::column(Col::PaidThrough), test),
            "created" => conditions::number(Self::column(Col::CreatedAt), test),
            _ => conditions::never(),
        }
    }

    fn search(&self, term: &SearchTerm) -> Condition {
        let lower = term.text.to_lowercase();
        let pattern =
            if term.only_beginnings { text_match::begins_with(&lower) } else { text_match::contains(&lower) };
        let named = Expr::col((customer::Entity, customer::Column::SearchText)).like(pattern);
        let mut any = Condition::any()
            .add(Self::of_customers(Condition::all().add(named)))
            .add(Self::column(subscription::Column::StripeId).eq(&term.text));
        if let Some(id) = term.id {
            any = any.add(Self::column(subscription::Column::Id).eq(id));
            any = any.add(Self::column(subscription::Column::CustomerId).eq(id));
        }
        if let Some(key) = &term.key {
            let keys = licence_key::Entity::find()
                .select_only()
                .column(licence_key::Column::Id)
                .filter(licence_key::Column::KeyLookup.eq(key))
                .into_query();
            let contracts = subscription_key::Entity::find()
                .select_only()
                .column(subscription_key::Column::SubscriptionId)
                .filter(subscription_key::Column::KeyId.in_subquery(keys))
                .into_query();
            any = any.add(Self::column(subscription::Column::Id).in_subquery(contracts));
        }
        if term.is_stripe_id {
            let having_item = subscription_item::Entity::find()
                .select_only()
                .column(subscription_item::Column::SubscriptionId)
                .filter(subscription_item::Column::StripeId.eq(&term.text))
                .into_query();
            let buyers = stripe_customer::Entity::find()
                .select_only()
                .column(stripe_customer::Column::CustomerId)
                .filter(stripe_customer::Column::StripeId.eq(&term.text))
                .into_query();
            any = any.add(Self::column(subscription::Column::Id).in_subquery(having_item));
            any = any.add(Self::column(subscription::Column::CustomerId).in_subquery(buyers));
        }
        any
    }
}

/// One page of the subscriptions that match.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    predicate: &Predicate,
    query: &ListQuery,
) -> Result<Page<subscription::Model>, PageError> {
    let select = access
        .restrict(subscription::Entity::find(), subscription::Column::CustomerId)
        .filter(conditions::condition(predicate, &SubscriptionColumns));
    page::fetch(connection, select, &SORTS, query).await
}

/// A subscription the caller may see.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: SubscriptionId,
) -> Result<Option<subscription::Model>, DbErr> {
    access
        .restrict(subscription::Entity::find_by_id(id.0), subscription::Column::CustomerId)
        .one(connection)
        .await
}

/// The mirror of a Stripe subscription.
pub async fn by_stripe_id<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    stripe_id: &str,
) -> Result<Option<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::AccountId.eq(account))
        .filter(subscription::Column::StripeId.eq(stripe_id))
        .one(connection)
        .await
}

/// The mirrors of those Stripe subscriptions.
pub async fn by_stripe_ids<C: ConnectionTrait>(
    connection: &C,
    account: i64,
    stripe_ids: &[String],
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::AccountId.eq(account))
        .filter(subscription::Column::StripeId.is_in(stripe_ids.iter().cloned()))
        .all(connection)
        .await
}

/// Those subscriptions.
pub async fn by_ids<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await
}

/// A customer's subscriptions, the newest first.
pub async fn of_customer<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::CustomerId.eq(customer.0))
        .order_by_desc(subscription::Column::Id)
        .all(connection)
        .await
}

/// A customer's live subscriptions to a product, the oldest first.
pub async fn live_for_product<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    product: i64,
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::CustomerId.eq(customer.0))
        .filter(subscription::Column::Status.is_in(LIVE))
        .filter(subscription::Column::Id.in_subquery(having_product(product)))
        .order_by_asc(subscription::Column::Id)
        .all(connection)
        .await
}

/// Whether a customer ever had a trial of a product.
pub async fn had_trial<C: ConnectionTrait>(
    connection: &C,
    customer: CustomerId,
    product: i64,
) -> Result<bool, DbErr> {
    let found: Option<i64> = subscription::Entity::find()
        .select_only()
        .column(subscription::Column::Id)
        .filter(subscription::Column::CustomerId.eq(customer.0))
        .filter(subscription::Column::TrialEndsAt.is_not_null())
        .filter(subscription::Column::Id.in_subquery(having_product(product)))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.is_some())
}

fn having_product(product: i64) -> sea_orm::sea_query::SelectStatement {
    subscription_item::Entity::find()
        .select_only()
        .column(subscription_item::Column::SubscriptionId)
        .filter(subscription_item::Column::ProductId.eq(product))
        .into_query()
}

/// Subscriptions whose key has been missing since before `before`.
pub async fn waiting_for_keys<C: ConnectionTrait>(
    connection: &C,
    before: i64,
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::KeyPendingSince.lt(before))
        .limit(500)
        .all(connection)
        .await
}

/// Subscriptions that count as running although what was paid for is over: their status may have moved on.
/// In the order of their numbers, from the one after `after`.
pub async fn overdue<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    after: i64,
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::Status.is_in(["trial", "active", "past_due", "grace"]))
        .filter(subscription::Column::PaidThrough.lte(now))
        .filter(subscription::Column::Id.gt(after))
        .order_by_asc(subscription::Column::Id)
        .limit(200)
        .all(connection)
        .await
}

/// All subscriptions in the order of their numbers, from the one after `after`.
pub async fn after<C: ConnectionTrait>(
    connection: &C,
    after: i64,
    limit: u64,
) -> Result<Vec<subscription::Model>, DbErr> {
    subscription::Entity::find()
        .filter(subscription::Column::Id.gt(after))
        .order_by_asc(subscription::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: subscription::ActiveModel,
) -> Result<subscription::Model, DbErr> {
    row.insert(connection).await
}

/// Saves a row that was read in the same transaction and changed.
pub async fn save<C: ConnectionTrait>(connection: &C, row: subscription::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}

/// The items of those subscriptions, in the order they were added.
pub async fn items<C: ConnectionTrait>(
    connection: &C,
    subscriptions: &[i64],
) -> Result<Vec<subscription_item::Model>, DbErr> {
    subscription_item::Entity::find()
        .filter(subscription_item::Column::SubscriptionId.is_in(subscriptions.iter().copied()))
        .order_by_asc(subscription_item::Column::SubscriptionId)
        .order_by_asc(subscription_item::Column::Id)
        .all(connection)
        .await
}

/// Makes the items of a subscription those that are given; ones with the same `key`, Stripe's id or the plan, keep
/// their numbers. `existing` is what [`items`] answered.
pub async fn replace_items<C: ConnectionTrait>(
    connection: &C,
    existing: &[subscription_item::Model],
    wanted: Vec<subscription_item::ActiveModel>,
    key: subscription_item::Column,
) -> Result<(), DbErr> {
    let mut kept = Vec::new();
    for mut item in wanted {
        let named = item.get(key).into_value();
        match existing.iter().find(|row| named.as_ref() == Some(&row.get(key))) {
            Some(before) => {
                kept.push(before.id);
                item.id = sea_orm::ActiveValue::Unchanged(before.id);
                item.update(connection).await?;
            }
            None => {
                item.insert(connection).await?;
            }
        }
    }
    let gone: Vec<i64> = existing.iter().map(|row| row.id).filter(|id| !kept.contains(id)).collect();
    if !gone.is_empty() {
        subscription_item::Entity::delete_many()
            .filter(subscription_item::Column::Id.is_in(gone))
            .exec(connection)
            .await?;
    }
    Ok(())
}
