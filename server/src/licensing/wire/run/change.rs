//! Changes of a key.

use latchkey_shared::ids::{CustomerId, KeyGlobalId};

use crate::{
    error::AppError,
    licensing::{
        change::{self, Change},
        wire::{
            Answer, Call, Failure, WireResult,
            failure::{CUSTOMER_NOT_FOUND, NOTES_TOO_LONG},
            params::{Id, KeyText},
            table::key_change as table,
        },
    },
};

/// Longest notes, in characters.
pub const NOTES_CHARS: usize = 500;

async fn apply(call: &Call, product: Id, key: KeyText, change: Change) -> WireResult {
    let key = call.key(product.0, &key.0).await?;
    change::apply(call.app(), &call.origin(), KeyGlobalId(key.id), change, "").await?;
    Ok(Answer::done())
}

pub async fn extend(call: &Call, params: table::ExtendLicense) -> WireResult {
    apply(call, params.product, params.key, Change::Extend(params.days.0)).await
}

pub async fn add_feature(call: &Call, params: table::AddFeature) -> WireResult {
    apply(call, params.product, params.key, Change::Feature(params.feature.0, true)).await
}

pub async fn remove_feature(call: &Call, params: table::RemoveFeature) -> WireResult {
    apply(call, params.product, params.key, Change::Feature(params.feature.0, false)).await
}

pub async fn block(call: &Call, params: table::BlockKey) -> WireResult {
    apply(call, params.product, params.key, Change::Block(true)).await
}

pub async fn unblock(call: &Call, params: table::UnblockKey) -> WireResult {
    apply(call, params.product, params.key, Change::Block(false)).await
}

pub async fn machine_limit(call: &Call, params: table::MachineLockLimit) -> WireResult {
    apply(call, params.product, params.key, Change::MachineLimit(params.machines.0)).await
}

pub async fn notes(call: &Call, params: table::ChangeNotes) -> WireResult {
    if params.notes.0.chars().count() > NOTES_CHARS {
        return Err(Failure::refused(NOTES_TOO_LONG));
    }
    apply(call, params.product, params.key, Change::Notes(params.notes.0)).await
}

pub async fn customer(call: &Call, params: table::ChangeCustomer) -> WireResult {
    let to = params.customer.0.map(CustomerId);
    if let Some(id) = to {
        let found = latchkey_store::customers::find(call.app().store.read(), call.access(), id).await?;
        found.ok_or(Failure::refused(CUSTOMER_NOT_FOUND))?;
    }
    apply(call, params.product, params.key, Change::Customer(to)).await
}

pub async fn reseller(call: &Call, params: table::ChangeReseller) -> WireResult {
    apply(call, params.product, params.key, Change::Reseller(params.reseller.0)).await
}

pub async fn trial_activation(call: &Call, params: table::TrialActivation) -> WireResult {
    apply(call, params.product, params.key, Change::TrialActivation(params.enabled.0)).await
}

/// What is missing, in the words that clients compare.
pub fn not_found(error: AppError, message: &'static str) -> Failure {
    if error.status().as_u16() == 404 { Failure::refused(message) } else { Failure::App(error) }
}
