//! `RecordUsage`.

use crate::{
    licensing::wire::{
        Answer, Call, Failure, WireResult,
        failure::{NO_SUBSCRIPTION, NOT_METERED},
        table::subscription as table,
    },
    usage::{self, Refusal},
};

pub async fn record_usage(call: &Call, params: table::RecordUsage) -> WireResult {
    let key = call.key(params.product.0, &params.key.0).await?;
    match usage::record(call.app(), &key, params.amount.0).await? {
        Ok(()) => Ok(Answer::done()),
        Err(Refusal::NoSubscription) => Err(Failure::refused(NO_SUBSCRIPTION)),
        Err(Refusal::NotMetered) => Err(Failure::refused(NOT_METERED)),
    }
}
