//! Customers: queries.

use std::collections::HashMap;

use latchkey_shared::{ids::CustomerId, status::Headline};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::{
    Access,
    entity::{
        audit, customer, customer_user, licence_key, stripe_customer, subscription, terms_acceptance, user,
    },
    page,
};

/// A customer the caller may see.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: CustomerId,
) -> Result<Option<customer::Model>, DbErr> {
    access.restrict(customer::Entity::find_by_id(id.0), customer::Column::Id).one(connection).await
}

/// Holds a customer until the caller's transaction ends, so that what is counted per customer is counted once.
pub async fn hold<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<customer::Model>, DbErr> {
    customer::Entity::find_by_id(id).lock_exclusive().one(connection).await
}

/// How many customers match, up to one beyond the exact total.
pub async fn count_created_since<C: ConnectionTrait>(connection: &C, since: i64) -> Result<i64, DbErr> {
    page::count(connection, customer::Entity::find().filter(customer::Column::CreatedAt.gte(since))).await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: customer::ActiveModel,
) -> Result<customer::Model, DbErr> {
    row.insert(connection).await
}

/// Saves a changed row, counting its version up; nothing where somebody else saved since `version`.
pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: customer::Model,
    now: i64,
) -> Result<Option<customer::Model>, DbErr> {
    let version = row.version;
    let id = row.id;
    let mut changed = row.into_active_model().reset_all();
    changed.version = Set(version + 1);
    changed.updated_at = Set(now);
    let result = customer::Entity::update_many()
        .set(changed)
        .filter(customer::Column::Id.eq(id))
        .filter(customer::Column::Version.eq(version))
        .exec(connection)
        .await?;
    if result.rows_affected == 0 {
        return Ok(None);
    }
    customer::Entity::find_by_id(id).one(connection).await
}

/// A name as it is compared and sorted: without regard to case, in any script.
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// Brings what is searched and sorted up to date after a change.
pub fn fold(row: &mut customer::Model) {
    row.name_folded = folded(&row.name);
    row.company_folded = folded(&row.company);
    row.search_text = search_text(&row.name, &row.email, &row.company, &row.external_id);
}

/// What a bare word searches.
pub fn search_text(name: &str, email: &str, company: &str, external_id: &str) -> String {
    [name, email, company, external_id]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase()
}

/// Per customer: subscriptions that are not over, and keys.
pub async fn counts<C: ConnectionTrait>(
    connection: &C,
    ids: &[i64],
) -> Result<HashMap<i64, (i64, i64)>, DbErr> {
    let mut counts: HashMap<i64, (i64, i64)> = HashMap::new();
    let count = || SimpleExpr::from(Func::count(Expr::val(1)));
    let subscriptions: Vec<(i64, i64)> = subscription::Entity::find()
        .select_only()
        .column(subscription::Column::CustomerId)
        .column_as(count(), "rows")
        .filter(subscription::Column::CustomerId.is_in(ids.iter().copied()))
        .filter(subscription::Column::Status.is_not_in(["expired", "cancelled"]))
        .group_by(subscription::Column::CustomerId)
        .into_tuple()
        .all(connection)
        .await?;
    for (id, rows) in subscriptions {
        counts.entry(id).or_default().0 = rows;
    }
    let keys: Vec<(Option<i64>, i64)> = licence_key::Entity::find()
        .select_only()
        .column(licence_key::Column::CustomerId)
        .column_as(count(), "rows")
        .filter(licence_key::Column::CustomerId.is_in(ids.iter().copied()))
        .group_by(licence_key::Column::CustomerId)
        .into_tuple()
        .all(connection)
        .await?;
    for (id, rows) in keys {
        counts.entry(id.unwrap_or_default()).or_default().1 = rows;
    }
    Ok(counts)
}

/// Those customers by id.
pub async fn by_ids<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, customer::Model>, DbErr> {
    let rows = customer::Entity::find().filter(customer::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The names of those customers.
pub async fn names<C: ConnectionTrait>(connection: &C, ids: &[i64]) -> Result<HashMap<i64, String>, DbErr> {
    let rows: Vec<(i64, String)> = customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .column(customer::Column::Name)
        .filter(customer::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The users that may act for a customer, with when they were attached.
pub async fn users<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Vec<(user::Model, i64)>, DbErr> {
    let links = customer_user::Entity::find()
        .filter(customer_user::Column::CustomerId.eq(id))
        .all(connection)
        .await?;
    let since: HashMap<i64, i64> = links.iter().map(|link| (link.user_id, link.created_at)).collect();
    let users = user::Entity::find()
        .filter(user::Column::Id.is_in(since.keys().copied()))
        .order_by_asc(user::Column::Id)
        .all(connection)
        .await?;
    Ok(users
        .into_iter()
        .map(|user| (since.get(&user.id).copied().unwrap_or_default(), user))
        .map(|(at, user)| (user, at))
        .collect())
}

/// A customer's acceptances, newest first, with the user's address.
pub async fn acceptances<C: ConnectionTrait>(
    connection: &C,
    id: i64,
) -> Result<Vec<(terms_acceptance::Model, String)>, DbErr> {
    let rows = terms_acceptance::Entity::find()
        .filter(terms_acceptance::Column::CustomerId.eq(id))
        .order_by_desc(terms_acceptance::Column::Id)
        .all(connection)
        .await?;
    let users = user::Entity::find()
        .filter(user::Column::Id.is_in(rows.iter().map(|row| row.user_id)))
        .all(connection)
        .await?;
    let addresses: HashMap<i64, String> = users.into_iter().map(|user| (user.id, user.email)).collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let address = addresses.get(&row.user_id).cloned().unwrap_or_default();
            (row, address)
        })
        .collect())
}

/// The latest entries of a customer's history.
pub async fn timeline<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    limit: u64,
) -> Result<Vec<audit::Model>, DbErr> {
    audit::Entity::find()
        .filter(audit::Column::CustomerId.eq(id))
        .order_by_desc(audit::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// The Stripe customers of a customer.
pub async fn stripe_customers<C: ConnectionTrait>(
    connection: &C,
    id: i64,
) -> Result<Vec<stripe_customer::Model>, DbErr> {
    stripe_customer::Entity::find().filter(stripe_customer::Column::CustomerId.eq(id)).all(connection).await
}

/// Works the headline status out anew; called in the transaction that changes the account or a subscription.
pub async fn refresh_headline<C: ConnectionTrait>(connection: &C, id: i64) -> Result<(), DbErr> {
    let Some(row) = customer::Entity::find_by_id(id).one(connection).await? else { return Ok(()) };
    let attached = !users(connection, id).await?.is_empty();
    let words: Vec<String> = subscription::Entity::find()
        .select_only()
        .column(subscription::Column::Status)
        .filter(subscription::Column::CustomerId.eq(id))
        .into_tuple()
        .all(connection)
        .await?;
    let statuses: Vec<_> =
        words.iter().filter_map(|word| latchkey_shared::status::SubscriptionStatus::parse(word)).collect();
    let headline: Headline = latchkey_engine::status::headline(account(&row, attached), &statuses);
    customer::Entity::update_many()
        .col_expr(customer::Column::Headline, Expr::value(headline.as_str()))
        .filter(customer::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// The account axis: disabled by staff; pending while an association link waits to be used; else active.
pub fn account(row: &customer::Model, attached: bool) -> latchkey_shared::status::AccountStatus {
    use latchkey_shared::status::AccountStatus;
    let invited = row.association_enabled && !row.association_revoked && row.association_used_at.is_none();
    if row.disabled {
        AccountStatus::Disabled
    } else if invited && !attached {
        AccountStatus::Pending
    } else {
        AccountStatus::Active
    }
}

/// The first so many customers after the one with that id.
pub async fn after<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: i64,
    limit: u64,
) -> Result<Vec<customer::Model>, DbErr> {
    access
        .restrict(customer::Entity::find(), customer::Column::Id)
        .filter(customer::Column::Id.gt(id))
        .order_by_asc(customer::Column::Id)
        .limit(limit)
        .all(connection)
        .await
}

/// Who has this address; whoever signed up with another customer's has it too.
pub async fn with_email<C: ConnectionTrait>(
    connection: &C,
    email: &str,
) -> Result<Vec<customer::Model>, DbErr> {
    let same = customer::Entity::find().filter(customer::Column::Email.eq(email));
    same.order_by_asc(customer::Column::Id).all(connection).await
}

/// Who has this external id.
pub async fn with_external_id<C: ConnectionTrait>(
    connection: &C,
    external_id: &str,
) -> Result<Vec<customer::Model>, DbErr> {
    let same = customer::Entity::find().filter(customer::Column::ExternalId.eq(external_id));
    same.order_by_asc(customer::Column::Id).all(connection).await
}

/// The customer, other than `except`, that has this address.
pub async fn other_with_email<C: ConnectionTrait>(
    connection: &C,
    except: Option<CustomerId>,
    email: &str,
) -> Result<Option<i64>, DbErr> {
    other(connection, except, customer::Column::Email.eq(email)).await
}

/// The customer, other than `except`, that has this external id.
pub async fn other_with_external_id<C: ConnectionTrait>(
    connection: &C,
    except: Option<CustomerId>,
    external_id: &str,
) -> Result<Option<i64>, DbErr> {
    other(connection, except, customer::Column::ExternalId.eq(external_id)).await
}

async fn other<C: ConnectionTrait>(
    connection: &C,
    except: Option<CustomerId>,
    same: SimpleExpr,
) -> Result<Option<i64>, DbErr> {
    customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .filter(same)
        .filter(customer::Column::Id.ne(except.map_or(0, |id| id.0)))
        .into_tuple()
        .one(connection)
        .await
}

/// How many customers came from that source.
pub async fn count_from_source<C: ConnectionTrait>(connection: &C, source: &str) -> Result<i64, DbErr> {
    page::count(connection, customer::Entity::find().filter(customer::Column::Source.eq(source))).await
}
