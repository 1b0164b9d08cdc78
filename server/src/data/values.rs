//! Data objects as programs use them: by id or name, of one thing, counted up and down within bounds.

use latchkey_shared::{
    api::data::RefType,
    ids::{KeyGlobalId, ProductId},
};
use latchkey_store::{Access, data as store, entity::data_object};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::{after_change, history, reserved};
use crate::{
    audit::{self, Origin},
    error::AppResult,
    state::AppState,
    vendor,
};

/// What an object is attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Vendor,
    Product(ProductId),
    Key(KeyGlobalId),
    /// A machine of a key.
    Machine(KeyGlobalId, String),
}

impl Place {
    /// Reference type, id and machine code as the database has them.
    pub(super) fn columns(&self) -> (i64, i64, &str) {
        match self {
            Self::Vendor => (RefType::Vendor.number(), vendor::ID, ""),
            Self::Product(id) => (RefType::Product.number(), id.0, ""),
            Self::Key(id) => (RefType::Key.number(), id.0, ""),
            Self::Machine(id, machine) => (store::OF_MACHINE, id.0, machine),
        }
    }
}

/// Which object: an id goes before a name.
#[derive(Clone, Debug)]
pub struct Which {
    pub id: Option<i64>,
    pub name: String,
}

/// What happens to a value.
#[derive(Clone, Debug)]
pub enum Change {
    Text(String),
    Number(i64),
    /// Up or down; within a bound, where there is one.
    Step {
        by: i64,
        bound: Option<i64>,
    },
    Remove,
}

/// Why nothing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoSuchObject,
    NameTaken,
    /// The step would lead beyond the bound, or beyond what 32 bits hold.
    OutOfBounds,
}

/// Adds an object.
pub async fn add(
    app: &AppState,
    origin: &Origin,
    place: &Place,
    (name, text, number): (&str, &str, i64),
    unique: bool,
) -> AppResult<Result<data_object::Model, Refusal>> {
    let now = app.clock.now();
    let (ref_type, ref_id, machine) = place.columns();
    if let Some(kind) = RefType::from_number(ref_type) {
        reserved::check_name(kind, name)?;
        reserved::check_text(kind, name, text)?;
        reserved::check_number(kind, name, number)?;
    }
    let transaction = app.store.begin().await?;
    // Vendor-level names steer Latchkey, so each is there once.
    if (unique || *place == Place::Vendor)
        && store::by_name(&transaction, (ref_type, ref_id, machine), name).await?.is_some()
    {
        return Ok(Err(Refusal::NameTaken));
    }
    let row = data_object::ActiveModel {
        id: NotSet,
        ref_type: Set(ref_type),
        ref_id: Set(ref_id),
        machine_code: Set(machine.to_owned()),
        name: Set(name.to_owned()),
        string_value: Set(text.to_owned()),
        int_value: Set(number),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = store::insert(&transaction, row).await?;
    after_change(&transaction, now, &row).await?;
    audit::record(&transaction, now, origin, history::added(&row)).await?;
    transaction.commit().await?;
    Ok(Ok(row))
}

/// The objects of one thing whose name contains a text.
pub async fn list(app: &AppState, place: &Place, contains: &str) -> AppResult<Vec<data_object::Model>> {
    Ok(store::of_place(app.store.read(), place.columns(), contains).await?)
}

/// An object by its id alone, with whether the caller's lock lets it be seen.
pub async fn by_id<C: ConnectionTrait>(
    connection: &C,
    access: Access,
    id: i64,
) -> AppResult<Option<data_object::Model>> {
    Ok(store::find_within(connection, access, id).await?)
}

/// Changes or removes an object of one thing.
pub async fn change(
    app: &AppState,
    origin: &Origin,
    place: &Place,
    which: &Which,
    change: Change,
) -> AppResult<Result<(), Refusal>> {
    let transaction = app.store.begin().await?;
    let columns = place.columns();
    let found = match which.id {
        Some(id) => store::of_place_by_id(&transaction, columns, id).await?,
        None => store::by_name(&transaction, columns, &which.name).await?,
    };
    let Some(row) = found else { return Ok(Err(Refusal::NoSuchObject)) };
    let outcome = carry_out(&transaction, app.clock.now(), origin, row, change).await?;
    if outcome.is_ok() {
        transaction.commit().await?;
    }
    Ok(outcome)
}

/// Changes or removes an object whatever it is attached to.
pub async fn change_by_id(
    app: &AppState,
    origin: &Origin,
    access: Access,
    id: i64,
    change: Change,
) -> AppResult<Result<(), Refusal>> {
    let transaction = app.store.begin().await?;
    let Some(row) = by_id(&transaction, access, id).await? else { return Ok(Err(Refusal::NoSuchObject)) };
    let outcome = carry_out(&transaction, app.clock.now(), origin, row, change).await?;
    if outcome.is_ok() {
        transaction.commit().await?;
    }
    Ok(outcome)
}

async fn carry_out<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    before: data_object::Model,
    change: Change,
) -> AppResult<Result<(), Refusal>> {
    let kind = RefType::from_number(before.ref_type);
    let mut row = before.clone();
    match change {
        // Counters move all the time: the log of calls has each step, the history does not.
        Change::Step { by, bound } => {
            if let Some(kind) = kind {
                reserved::check_number(kind, &row.name, row.int_value.saturating_add(by))?;
            }
            let moved = store::step(connection, row.id, by, within(by, bound), now).await?;
            return Ok(if moved { Ok(()) } else { Err(Refusal::OutOfBounds) });
        }
        Change::Remove => {
            store::delete(connection, row.id.into()).await?;
            audit::record(connection, now, origin, history::removed(&row)).await?;
            return Ok(Ok(()));
        }
        Change::Text(text) => {
            if let Some(kind) = kind {
                reserved::check_text(kind, &row.name, &text)?;
            }
            row.string_value = text;
        }
        Change::Number(number) => {
            if let Some(kind) = kind {
                reserved::check_number(kind, &row.name, number)?;
            }
            row.int_value = number;
        }
    }
    row.updated_at = now;
    let row = store::save(connection, row).await?;
    after_change(connection, now, &row).await?;
    if let Some(entry) = history::changed(&before, &row) {
        audit::record(connection, now, origin, entry).await?;
    }
    Ok(Ok(()))
}

/// The least and the most that a value may be after a step.
pub(super) fn within(by: i64, bound: Option<i64>) -> (i64, i64) {
    let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
    match bound {
        Some(bound) if by >= 0 => (least, Ord::min(bound, most)),
        Some(bound) => (Ord::max(bound, least), most),
        None => (least, most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_the_bound_and_32_bits() {
        let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
        assert_eq!(within(5, None), (least, most));
        assert_eq!(within(5, Some(10)), (least, 10));
        assert_eq!(within(-5, Some(0)), (0, most));
        assert_eq!(within(1, Some(i64::MAX)), (least, most));
    }
}
