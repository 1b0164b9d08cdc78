//! Webshops and who is bound to them: queries.

use std::collections::HashMap;

use latchkey_shared::ids::{CustomerId, WebshopId};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use crate::{
    Access,
    entity::{customer, webshop, webshop_product},
    moving_in::{Counted, count_past},
};

/// The webshop that customers are bound to unless somebody says otherwise. It is made at start.
pub const DEFAULT: WebshopId = WebshopId(1);

/// All webshops, the oldest first.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<webshop::Model>, DbErr> {
    webshop::Entity::find().order_by_asc(webshop::Column::Id).all(connection).await
}

pub async fn find<C: ConnectionTrait>(
    connection: &C,
    id: WebshopId,
) -> Result<Option<webshop::Model>, DbErr> {
    webshop::Entity::find_by_id(id.0).one(connection).await
}

/// The webshop that a customer is bound to.
pub async fn of_customer<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    customer: CustomerId,
) -> Result<Option<webshop::Model>, DbErr> {
    let select = customer::Entity::find_by_id(customer.0).select_only().column(customer::Column::WebshopId);
    let id: Option<i64> = access.restrict(select, customer::Column::Id).into_tuple().one(connection).await?;
    match id {
        Some(id) => find(connection, WebshopId(id)).await,
        None => Ok(None),
    }
}

/// Another webshop than `except` that has this name.
pub async fn named<C: ConnectionTrait>(
    connection: &C,
    except: Option<WebshopId>,
    name: &str,
) -> Result<Option<webshop::Model>, DbErr> {
    let all = webshop::Entity::find().filter(webshop::Column::Name.eq(name)).all(connection).await?;
    Ok(all.into_iter().find(|row| except.is_none_or(|id| id.0 != row.id)))
}

/// The names by number.
pub async fn names<C: ConnectionTrait>(connection: &C) -> Result<HashMap<i64, String>, DbErr> {
    Ok(all(connection).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// How many there are.
pub async fn count<C: ConnectionTrait>(connection: &C) -> Result<u64, DbErr> {
    webshop::Entity::find().count(connection).await
}

/// Makes the default one where it is missing. Of two processes that start at once, one does.
pub async fn ensure_default<C: ConnectionTrait>(
    connection: &C,
    row: webshop::ActiveModel,
) -> Result<(), DbErr> {
    webshop::Entity::insert(row)
        .on_conflict(OnConflict::column(webshop::Column::Id).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    count_past(connection, Counted::Webshops, DEFAULT.0).await
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: webshop::ActiveModel,
) -> Result<webshop::Model, DbErr> {
    row.insert(connection).await
}

/// Saves a row that was read before and changed; `None` where somebody else saved meanwhile.
pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: webshop::Model,
    now: i64,
) -> Result<Option<webshop::Model>, DbErr> {
    let (id, version) = (row.id, row.version);
    let changed = webshop::Model { version: version + 1, updated_at: now, ..row };
    let saved = webshop::Entity::update_many()
        .set(changed.clone().into_active_model().reset_all())
        .filter(webshop::Column::Id.eq(id))
        .filter(webshop::Column::Version.eq(version))
        .exec(connection)
        .await?;
    Ok((saved.rows_affected > 0).then_some(changed))
}

/// The products that webshops name, by webshop.
pub async fn products<C: ConnectionTrait>(connection: &C) -> Result<HashMap<i64, Vec<i64>>, DbErr> {
    let rows = webshop_product::Entity::find()
        .order_by_asc(webshop_product::Column::ProductId)
        .all(connection)
        .await?;
    let mut products: HashMap<i64, Vec<i64>> = HashMap::new();
    for row in rows {
        products.entry(row.webshop_id).or_default().push(row.product_id);
    }
    Ok(products)
}

/// Says which products a webshop names.
pub async fn set_products<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    products: &[i64],
) -> Result<(), DbErr> {
    webshop_product::Entity::delete_many()
        .filter(webshop_product::Column::WebshopId.eq(id))
        .exec(connection)
        .await?;
    if products.is_empty() {
        return Ok(());
    }
    let rows = products.iter().map(|product| {
        webshop_product::Model { webshop_id: id, product_id: *product }.into_active_model().reset_all()
    });
    webshop_product::Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}

/// How many customers are bound to a webshop.
pub async fn customers<C: ConnectionTrait>(connection: &C, id: i64) -> Result<i64, DbErr> {
    let count = customer::Entity::find().filter(customer::Column::WebshopId.eq(id)).count(connection).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}
