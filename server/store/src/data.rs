//! Data objects: queries.

use std::collections::HashMap;

use latchkey_shared::{api::data::RefType, ids::DataObjectId};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func, SimpleExpr},
};

use crate::{
    Access,
    entity::{data_object, licence_key, product},
    text_match,
};

/// The reference type of machines of keys, beside those of [`RefType`].
pub const OF_MACHINE: i64 = 3;

/// The longest list that is shown at once.
const MOST: u64 = 500;

/// The objects of that type, of one thing or of all, whose name contains a text.
pub async fn list<C: ConnectionTrait>(
    connection: &C,
    ref_type: i64,
    ref_id: Option<i64>,
    contains: &str,
) -> Result<Vec<data_object::Model>, DbErr> {
    let mut select = data_object::Entity::find().filter(data_object::Column::RefType.eq(ref_type));
    if let Some(id) = ref_id {
        select = select.filter(data_object::Column::RefId.eq(id));
    }
    if !contains.is_empty() {
        let name = SimpleExpr::from(Func::lower(Expr::col((data_object::Entity, data_object::Column::Name))));
        select = select.filter(name.like(text_match::contains(&contains.to_lowercase())));
    }
    select
        .order_by_asc(data_object::Column::RefId)
        .order_by_asc(data_object::Column::Name)
        .limit(MOST)
        .all(connection)
        .await
}

pub async fn find<C: ConnectionTrait>(
    connection: &C,
    id: DataObjectId,
) -> Result<Option<data_object::Model>, DbErr> {
    data_object::Entity::find_by_id(id.0).one(connection).await
}

/// The vendor's object of that name.
pub async fn vendor_object<C: ConnectionTrait>(
    connection: &C,
    name: &str,
) -> Result<Option<data_object::Model>, DbErr> {
    data_object::Entity::find()
        .filter(data_object::Column::RefType.eq(RefType::Vendor.number()))
        .filter(data_object::Column::Name.eq(name))
        .one(connection)
        .await
}

/// The objects of those keys, by the keys' ids; keys without any are left out.
pub async fn of_keys<C: ConnectionTrait>(
    connection: &C,
    keys: &[i64],
) -> Result<HashMap<i64, Vec<data_object::Model>>, DbErr> {
    let rows = data_object::Entity::find()
        .filter(data_object::Column::RefType.eq(RefType::Key.number()))
        .filter(data_object::Column::RefId.is_in(keys.iter().copied()))
        .order_by_asc(data_object::Column::Id)
        .all(connection)
        .await?;
    let mut by_key: HashMap<i64, Vec<data_object::Model>> = HashMap::new();
    for row in rows {
        by_key.entry(row.ref_id).or_default().push(row);
    }
    Ok(by_key)
}

/// A product's object of that name.
pub async fn of_product<C: ConnectionTrait>(
    connection: &C,
    product: i64,
    name: &str,
) -> Result<Option<data_object::Model>, DbErr> {
    data_object::Entity::find()
        .filter(data_object::Column::RefType.eq(RefType::Product.number()))
        .filter(data_object::Column::RefId.eq(product))
        .filter(data_object::Column::Name.eq(name))
        .order_by_asc(data_object::Column::Id)
        .one(connection)
        .await
}

/// The objects of that name of all products.
pub async fn of_products<C: ConnectionTrait>(
    connection: &C,
    name: &str,
) -> Result<Vec<data_object::Model>, DbErr> {
    data_object::Entity::find()
        .filter(data_object::Column::RefType.eq(RefType::Product.number()))
        .filter(data_object::Column::Name.eq(name))
        .order_by_asc(data_object::Column::Id)
        .all(connection)
        .await
}

/// Whether there is something to attach an object to.
pub async fn referenced_exists<C: ConnectionTrait>(
    connection: &C,
    ref_type: RefType,
    id: i64,
) -> Result<bool, DbErr> {
    Ok(match ref_type {
        RefType::Vendor => id == 1,
        RefType::Product => product::Entity::find_by_id(id).one(connection).await?.is_some(),
        RefType::Key => licence_key::Entity::find_by_id(id).one(connection).await?.is_some(),
    })
}

pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: data_object::ActiveModel,
) -> Result<data_object::Model, DbErr> {
    row.insert(connection).await
}

pub async fn save<C: ConnectionTrait>(
    connection: &C,
    row: data_object::Model,
) -> Result<data_object::Model, DbErr> {
    row.into_active_model().reset_all().update(connection).await
}

pub async fn delete<C: ConnectionTrait>(connection: &C, id: DataObjectId) -> Result<(), DbErr> {
    data_object::Entity::delete_by_id(id.0).exec(connection).await?;
    Ok(())
}

/// Reference type, id and machine code.
type PlaceColumns<'a> = (i64, i64, &'a str);

fn of((ref_type, ref_id, machine): PlaceColumns<'_>) -> sea_orm::Select<data_object::Entity> {
    data_object::Entity::find()
        .filter(data_object::Column::RefType.eq(ref_type))
        .filter(data_object::Column::RefId.eq(ref_id))
        .filter(data_object::Column::MachineCode.eq(machine))
}

/// The objects of one thing whose name contains a text.
pub async fn of_place<C: ConnectionTrait>(
    connection: &C,
    place: PlaceColumns<'_>,
    contains: &str,
) -> Result<Vec<data_object::Model>, DbErr> {
    let mut select = of(place);
    if !contains.is_empty() {
        let name = SimpleExpr::from(Func::lower(Expr::col((data_object::Entity, data_object::Column::Name))));
        select = select.filter(name.like(text_match::contains(&contains.to_lowercase())));
    }
    select.order_by_asc(data_object::Column::Id).limit(MOST).all(connection).await
}

/// An object of one thing by its id.
pub async fn of_place_by_id<C: ConnectionTrait>(
    connection: &C,
    place: PlaceColumns<'_>,
    id: i64,
) -> Result<Option<data_object::Model>, DbErr> {
    of(place).filter(data_object::Column::Id.eq(id)).one(connection).await
}

/// The first object of one thing with that name.
pub async fn by_name<C: ConnectionTrait>(
    connection: &C,
    place: PlaceColumns<'_>,
    name: &str,
) -> Result<Option<data_object::Model>, DbErr> {
    of(place)
        .filter(data_object::Column::Name.eq(name))
        .order_by_asc(data_object::Column::Id)
        .one(connection)
        .await
}

/// An object by its id, unless the caller is locked to something that it does not belong to.
pub async fn find_within<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: i64,
) -> Result<Option<data_object::Model>, DbErr> {
    let Some(row) = data_object::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    let seen = match row.ref_type {
        _ if access == Access::All => true,
        kind if kind == RefType::Product.number() => access.allows_product(row.ref_id.into()),
        kind if kind == RefType::Key.number() || kind == OF_MACHINE => {
            crate::keys::find(connection, access, row.ref_id.into()).await?.is_some()
        }
        _ => false,
    };
    Ok(Some(row).filter(|_| seen))
}

/// Every object that the caller may see.
pub async fn all_within<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    contains: &str,
) -> Result<Vec<data_object::Model>, DbErr> {
    let mut rows = Vec::new();
    for kind in RefType::ALL {
        for row in list(connection, kind.number(), None, contains).await? {
            if access == Access::All || find_within(connection, access, row.id).await?.is_some() {
                rows.push(row);
            }
        }
    }
    Ok(rows)
}

/// Gives the objects of a key to another one, those of its machines included where they go with it.
pub async fn move_to<C: ConnectionTrait>(
    connection: &C,
    from: i64,
    to: i64,
    with_machines: bool,
) -> Result<(), DbErr> {
    let mut kinds = vec![RefType::Key.number()];
    kinds.extend(with_machines.then_some(OF_MACHINE));
    data_object::Entity::update_many()
        .col_expr(data_object::Column::RefId, Expr::value(to))
        .filter(data_object::Column::RefType.is_in(kinds))
        .filter(data_object::Column::RefId.eq(from))
        .exec(connection)
        .await?;
    Ok(())
}

/// Moves a number by so much, unless that leads out of the range; whether it did.
pub async fn step<C: ConnectionTrait>(
    connection: &C,
    id: i64,
    by: i64,
    (least, most): (i64, i64),
    now: i64,
) -> Result<bool, DbErr> {
    let next = || Expr::col(data_object::Column::IntValue).add(by);
    let moved = data_object::Entity::update_many()
        .col_expr(data_object::Column::IntValue, next())
        .col_expr(data_object::Column::UpdatedAt, Expr::value(now))
        .filter(data_object::Column::Id.eq(id))
        .filter(next().gte(least))
        .filter(next().lte(most))
        .exec(connection)
        .await?;
    Ok(moved.rows_affected > 0)
}
