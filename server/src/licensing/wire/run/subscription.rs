//! `RecordUsage`.

use crate::{
    licensing::wire::{
        Answer, Call, Failure, WireResult, failure::NO_SUBSCRIPTION, table::subscription as table,
    },
    usage,
};

pub async fn record_usage(call: &Call, params: table::RecordUsage) -> WireResult {
    let key = call.key(params.product.0, &params.key.0).await?;
    if usage::record(call.app(), &key, params.amount.0).await? {
        Ok(Answer::done())
    } else {
        Err(Failure::refused(NO_SUBSCRIPTION))
    }
}
