//! Data objects of anything, of keys and of machines.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::{
    api::data::RefType,
    ids::{KeyGlobalId, ProductId},
};
use latchkey_store::{Access, data as store, entity::data_object, keys};
use serde_json::{Value, json};

use crate::{
    data::{
        self, uploads,
        values::{self, Change, Place, Refusal, Which},
    },
    identity::limits::{self, Limited},
    licensing::{
        usage_log::{self, Unfit},
        wire::{
            Answer, Call, Failure, WireResult,
            failure::{ACCESS_DENIED, BAD_PARAMETERS, NO_KEY},
            params::{Id, KeyText, MaybeId, Text},
            table::data as table,
        },
    },
};

const UNREADABLE_LOG: &str =
    "The usage log cannot be read. It must have been written with the public key of this product.";

fn refused(refusal: Refusal) -> Failure {
    Failure::refused(match refusal {
        Refusal::NoSuchObject => "Could not find the data object.",
        Refusal::NameTaken => "A data object with this name exists already.",
        Refusal::OutOfBounds => "The value cannot be changed as the bound has been reached.",
    })
}

async fn key_place(call: &Call, product: &Id, key: &KeyText) -> Result<Place, Failure> {
    Ok(Place::Key(KeyGlobalId(call.key(product.0, &key.0).await?.id)))
}

async fn machine_place(
    call: &Call,
    product: &Id,
    key: &KeyText,
    machine: &Text<256>,
) -> Result<Place, Failure> {
    if machine.0.is_empty() {
        return Err(Failure::refused(BAD_PARAMETERS));
    }
    call.note_machine(&machine.0, "");
    Ok(Place::Machine(KeyGlobalId(call.key(product.0, &key.0).await?.id), machine.0.clone()))
}

/// What `ReferencerType` and `ReferencerId` name. What is the vendor's is for tokens that are not locked.
async fn named_place(call: &Call, kind: i64, reference: &MaybeId) -> Result<Place, Failure> {
    if kind == RefType::Vendor.number() {
        return match call.access() {
            Access::All => Ok(Place::Vendor),
            _ => Err(Failure::Denied(ACCESS_DENIED)),
        };
    }
    let id = reference.0.ok_or(Failure::refused(BAD_PARAMETERS))?;
    if kind == RefType::Product.number() {
        return Ok(Place::Product(ProductId(call.product(id).await?.id)));
    }
    let key = keys::find(call.app().store.read(), call.access(), KeyGlobalId(id)).await?;
    let key = key.ok_or(Failure::refused(NO_KEY))?;
    call.note_key(&key);
    Ok(Place::Key(KeyGlobalId(key.id)))
}

/// Names that steer Latchkey itself are not for every token.
fn may_name(call: &Call, place: &Place, name: &str) -> Result<(), Failure> {
    if *place == Place::Vendor && data::needs_settings(RefType::Vendor, name) {
        call.require("settings_write")?;
    }
    Ok(())
}

async fn added(
    call: &Call,
    place: Place,
    (name, text, number): (&str, &str, i64),
    unique: bool,
) -> WireResult {
    if name.is_empty() {
        return Err(Failure::refused(BAD_PARAMETERS));
    }
    may_name(call, &place, name)?;
    let made = values::add(call.app(), &call.origin(), &place, (name, text, number), unique).await?;
    Ok(Answer::done().with("id", made.map_err(refused)?.id))
}

fn object(row: &data_object::Model) -> Value {
    json!({"id": row.id, "name": row.name, "stringValue": row.string_value, "intValue": row.int_value})
}

async fn listed(call: &Call, place: Place, contains: &str) -> WireResult {
    let rows = values::list(call.app(), &place, contains).await?;
    Ok(Answer::done().with("dataObjects", rows.iter().map(object).collect::<Vec<_>>()))
}

async fn changed(call: &Call, place: Place, (id, name): (MaybeId, Text<100>), change: Change) -> WireResult {
    if id.0.is_none() && name.0.is_empty() {
        return Err(Failure::refused(BAD_PARAMETERS));
    }
    let which = Which { id: id.0, name: name.0 };
    values::change(call.app(), &call.origin(), &place, &which, change).await?.map_err(refused)?;
    Ok(Answer::done())
}

async fn changed_by_id(call: &Call, id: Id, change: Change) -> WireResult {
    let row = values::by_id(call.app().store.read(), call.access(), id.0).await?;
    let row = row.ok_or(Failure::refused("Could not find the data object."))?;
    if row.ref_type == RefType::Vendor.number() {
        may_name(call, &Place::Vendor, &row.name)?;
    }
    values::change_by_id(call.app(), &call.origin(), call.access(), id.0, change).await?.map_err(refused)?;
    Ok(Answer::done())
}

/// A step up; a token's feature lock is the longest that it may take.
fn step(call: &Call, number: i64, down: bool, bounded: bool, bound: i64) -> Result<Change, Failure> {
    let by = number.abs();
    if call.token().feature_lock.is_some_and(|most| most > 0 && by > most) {
        return Err(Failure::Denied(ACCESS_DENIED));
    }
    Ok(Change::Step { by: if down { -by } else { by }, bound: bounded.then_some(bound) })
}

pub async fn add(call: &Call, params: table::AddDataObject) -> WireResult {
    let place = named_place(call, params.kind.0, &params.reference).await?;
    added(call, place, (&params.name.0, &params.text.0, params.number.0), params.unique.0).await
}

pub async fn list(call: &Call, params: table::ListDataObjects) -> WireResult {
    if !params.all.0 {
        let place = named_place(call, params.kind.0, &params.reference).await?;
        return listed(call, place, &params.contains.0).await;
    }
    let rows = store::all_within(call.app().store.read(), call.access(), &params.contains.0).await?;
    let with_reference = |row: &data_object::Model| {
        let mut object = object(row);
        object["referencerType"] = row.ref_type.into();
        object["referencerId"] = row.ref_id.into();
        object
    };
    Ok(Answer::done().with("dataObjects", rows.iter().map(with_reference).collect::<Vec<_>>()))
}

pub async fn set_text(call: &Call, params: table::SetStringValue) -> WireResult {
    changed_by_id(call, params.id, Change::Text(params.text.0)).await
}

pub async fn set_number(call: &Call, params: table::SetIntValue) -> WireResult {
    changed_by_id(call, params.id, Change::Number(params.number.0)).await
}

pub async fn count_up(call: &Call, params: table::IncrementIntValue) -> WireResult {
    let step = step(call, params.number.0, false, params.bounded.0, params.bound.0)?;
    changed_by_id(call, params.id, step).await
}

pub async fn count_down(call: &Call, params: table::DecrementIntValue) -> WireResult {
    let step = step(call, params.number.0, true, params.bounded.0, params.bound.0)?;
    changed_by_id(call, params.id, step).await
}

pub async fn remove(call: &Call, params: table::RemoveDataObject) -> WireResult {
    changed_by_id(call, params.id, Change::Remove).await
}

pub async fn add_of_key(call: &Call, params: table::AddDataObjectToKey) -> WireResult {
    let place = key_place(call, &params.product, &params.key).await?;
    added(call, place, (&params.name.0, &params.text.0, params.number.0), params.unique.0).await
}

pub async fn list_of_key(call: &Call, params: table::ListDataObjectsToKey) -> WireResult {
    let place = key_place(call, &params.product, &params.key).await?;
    listed(call, place, &params.contains.0).await
}

pub async fn set_text_of_key(call: &Call, params: table::SetStringValueToKey) -> WireResult {
    let place = key_place(call, &params.product, &params.key).await?;
    changed(call, place, (params.id, params.name), Change::Text(params.text.0)).await
}

pub async fn set_number_of_key(call: &Call, params: table::SetIntValueToKey) -> WireResult {
    let place = key_place(call, &params.product, &params.key).await?;
    changed(call, place, (params.id, params.name), Change::Number(params.number.0)).await
}

pub async fn count_up_of_key(call: &Call, params: table::IncrementIntValueToKey) -> WireResult {
    let place = key_place(call, &params.product, &params.key).await?;
    let step = step(call, params.number.0, false, params.bounded.0, params.bound.0)?;
    changed(call, place, (params.id, params.name), step).await
}

pub async fn count_down_of_key(call: &Call, params: table::DecrementIntValueToKey) -> WireResult {
    let place = key_place(call, &params.product, &params.key).await?;
    let step = step(call, params.number.0, true, params.bounded.0, params.bound.0)?;
    changed(call, place, (params.id, params.name), step).await
}

pub async fn upload_of_key(call: &Call, params: table::UploadValuesToKey) -> WireResult {
    let key = call.key(params.product.0, &params.key.0).await?;
    let (id, product) = (KeyGlobalId(key.id), ProductId(key.product_id));
    limits::count(call.app(), Limited::UsageLog, &key.id.to_string(), call.ip()).await?;
    let log = STANDARD.decode(params.log.0.trim()).map_err(|_| Failure::refused(UNREADABLE_LOG))?;
    let known = uploads::counted(call.app(), id).await?;
    let blocks = usage_log::open(call.app(), product, log, known).await?.map_err(|unfit| {
        Failure::refused(match unfit {
            Unfit::Unreadable => UNREADABLE_LOG,
            Unfit::TooLong => "The log has more than 1,000 steps. Upload it earlier.",
        })
    })?;
    for block in &blocks {
        call.require(if block.by < 0 { "DecrementIntValue" } else { "IncrementIntValue" })?;
        step(call, block.by, block.by < 0, false, 0)?;
    }
    uploads::count(call.app(), id, blocks).await?.map_err(refused)?;
    Ok(Answer::done())
}

pub async fn remove_of_key(call: &Call, params: table::RemoveDataObjectToKey) -> WireResult {
    let place = key_place(call, &params.product, &params.key).await?;
    changed(call, place, (params.id, params.name), Change::Remove).await
}

pub async fn add_of_machine(call: &Call, params: table::AddDataObjectToMachineCode) -> WireResult {
    let place = machine_place(call, &params.product, &params.key, &params.machine).await?;
    added(call, place, (&params.name.0, &params.text.0, params.number.0), params.unique.0).await
}

pub async fn list_of_machine(call: &Call, params: table::ListDataObjectsToMachineCode) -> WireResult {
    let place = machine_place(call, &params.product, &params.key, &params.machine).await?;
    listed(call, place, &params.contains.0).await
}

pub async fn set_text_of_machine(call: &Call, params: table::SetStringValueToMachineCode) -> WireResult {
    let place = machine_place(call, &params.product, &params.key, &params.machine).await?;
    changed(call, place, (params.id, params.name), Change::Text(params.text.0)).await
}

pub async fn set_number_of_machine(call: &Call, params: table::SetIntValueToMachineCode) -> WireResult {
    let place = machine_place(call, &params.product, &params.key, &params.machine).await?;
    changed(call, place, (params.id, params.name), Change::Number(params.number.0)).await
}

pub async fn count_up_of_machine(call: &Call, params: table::IncrementIntValueToMachineCode) -> WireResult {
    let place = machine_place(call, &params.product, &params.key, &params.machine).await?;
    let step = step(call, params.number.0, false, params.bounded.0, params.bound.0)?;
    changed(call, place, (params.id, params.name), step).await
}

pub async fn count_down_of_machine(call: &Call, params: table::DecrementIntValueToMachineCode) -> WireResult {
    let place = machine_place(call, &params.product, &params.key, &params.machine).await?;
    let step = step(call, params.number.0, true, params.bounded.0, params.bound.0)?;
    changed(call, place, (params.id, params.name), step).await
}

pub async fn remove_of_machine(call: &Call, params: table::RemoveDataObjectToMachineCode) -> WireResult {
    let place = machine_place(call, &params.product, &params.key, &params.machine).await?;
    changed(call, place, (params.id, params.name), Change::Remove).await
}
