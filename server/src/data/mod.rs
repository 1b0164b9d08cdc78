//! Data objects: name, string and integer attached to the vendor, a product or a key.
//!
//! Some names steer Latchkey itself ([`reserved`]). They need the settings permission at vendor level, and what they
//! say is checked when it is set.

mod history;
pub mod reserved;
pub mod uploads;
pub mod values;

pub use reserved::needs_settings;

use latchkey_shared::{
    api::data::{AddDataObject, DataObject, DataObjects, DataQuery, EditDataObject, RefType, TERMS_URL},
    ids::DataObjectId,
    time::Timestamp,
};
use latchkey_store::{data as store, entity::data_object};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use crate::{
    audit::{self, Origin},
    error::{AppError, AppResult},
    state::AppState,
    terms, vendor,
};

/// The objects that match.
pub async fn list(app: &AppState, query: &DataQuery) -> AppResult<DataObjects> {
    let rows = store::list(app.store.read(), query.ref_type, query.ref_id, query.contains.trim()).await?;
    Ok(DataObjects { objects: rows.into_iter().map(describe).collect() })
}

/// The object, or 404.
pub async fn find<C: ConnectionTrait>(connection: &C, id: DataObjectId) -> AppResult<data_object::Model> {
    store::find(connection, id).await?.ok_or_else(|| AppError::not_found("data object"))
}

/// Adds an object to something that exists.
pub async fn add(app: &AppState, origin: &Origin, form: AddDataObject) -> AppResult<DataObject> {
    let name = form.name.trim();
    if name.is_empty() {
        return Err(AppError::field("name", "Give it a name."));
    }
    reserved::check_name(form.ref_type, name)?;
    reserved::check_text(form.ref_type, name, &form.string_value)?;
    reserved::check_number(form.ref_type, name, form.int_value)?;
    let now = app.clock.now();
    let ref_id = if form.ref_type == RefType::Vendor { vendor::ID } else { form.ref_id };
    let transaction = app.store.begin().await?;
    if !store::referenced_exists(&transaction, form.ref_type, ref_id).await? {
        return Err(AppError::field("ref_id", "There is nothing with this id to attach it to."));
    }
    if form.ref_type == RefType::Vendor && store::vendor_object(&transaction, name).await?.is_some() {
        return Err(AppError::field("name", "There is an object with this name already. Edit it instead."));
    }
    let row = data_object::ActiveModel {
        id: NotSet,
        ref_type: Set(form.ref_type.number()),
        ref_id: Set(ref_id),
        machine_code: Set(String::new()),
        name: Set(name.to_owned()),
        string_value: Set(form.string_value.trim().to_owned()),
        int_value: Set(form.int_value),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    after_change(&transaction, now, &row).await?;
    audit::record(&transaction, now, origin, history::added(&row)).await?;
    transaction.commit().await?;
    Ok(describe(row))
}

/// Changes an object's values.
pub async fn edit(
    app: &AppState,
    origin: &Origin,
    id: DataObjectId,
    form: EditDataObject,
) -> AppResult<DataObject> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let before = find(&transaction, id).await?;
    let kind = RefType::from_number(before.ref_type).unwrap_or_default();
    let changed = before.string_value != form.string_value.trim();
    // What a program or moving in left stays as it is while the other half is changed.
    if changed {
        reserved::check_text(kind, &before.name, &form.string_value)?;
    }
    if before.int_value != form.int_value {
        reserved::check_number(kind, &before.name, form.int_value)?;
    }
    let row = data_object::Model {
        string_value: form.string_value.trim().to_owned(),
        int_value: form.int_value,
        updated_at: now,
        ..before.clone()
    };
    let row = store::save(&transaction, row).await?;
    if changed {
        after_change(&transaction, now, &row).await?;
    }
    if let Some(entry) = history::changed(&before, &row) {
        audit::record(&transaction, now, origin, entry).await?;
    }
    transaction.commit().await?;
    Ok(describe(row))
}

/// Removes an object.
pub async fn remove(app: &AppState, origin: &Origin, id: DataObjectId) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    let row = find(&transaction, id).await?;
    store::delete(&transaction, id).await?;
    audit::record(&transaction, app.clock.now(), origin, history::removed(&row)).await?;
    transaction.commit().await?;
    Ok(())
}

/// A changed address of the terms gets its day as version, unless the settings page gives one.
async fn after_change<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    row: &data_object::Model,
) -> AppResult<()> {
    if row.ref_type == RefType::Vendor.number() {
        after_vendor_change(connection, now, &row.name).await
    } else {
        Ok(())
    }
}

/// See [`after_change`].
pub(crate) async fn after_vendor_change<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    name: &str,
) -> AppResult<()> {
    if name == TERMS_URL {
        terms::set_version(connection, now, "").await?;
    }
    Ok(())
}

fn describe(row: data_object::Model) -> DataObject {
    let ref_type = RefType::from_number(row.ref_type).unwrap_or_default();
    DataObject {
        id: DataObjectId(row.id),
        ref_type,
        ref_id: row.ref_id,
        reserved: reserved::does(ref_type, &row.name).map(str::to_owned),
        name: row.name,
        string_value: row.string_value,
        int_value: row.int_value,
        updated: Timestamp::from_millis(row.updated_at),
    }
}
