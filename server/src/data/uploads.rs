//! Counters that went on without network: a whole log of steps, each counted once.

use std::collections::{BTreeMap, BTreeSet};

use latchkey_shared::ids::KeyGlobalId;
use latchkey_store::{activations, data as store, usage};

use super::values::{Place, Refusal, within};
use crate::{error::AppResult, licensing::usage_log::Counted, state::AppState};

/// Which blocks of logs were counted for a key.
pub async fn counted(app: &AppState, key: KeyGlobalId) -> AppResult<BTreeSet<String>> {
    Ok(usage::counted_blocks(app.store.read(), key.0).await?.into_iter().collect())
}

/// Counts the blocks that were not counted meanwhile; all of them, or none where one cannot be.
pub async fn count(app: &AppState, key: KeyGlobalId, blocks: Vec<Counted>) -> AppResult<Result<(), Refusal>> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    // Uploads of one key come one after another, so that what is read here stays true.
    activations::hold_key(&transaction, key.0).await?;
    let known: BTreeSet<String> = usage::counted_blocks(&transaction, key.0).await?.into_iter().collect();
    let new: Vec<Counted> = blocks.into_iter().filter(|block| !known.contains(&block.hash)).collect();
    let mut sums = BTreeMap::<i64, i64>::new();
    for block in &new {
        *sums.entry(block.object).or_default() += block.by;
    }
    let place = Place::Key(key);
    for (object, by) in sums {
        let found = store::of_place_by_id(&transaction, place.columns(), object).await?;
        let Some(row) = found else { return Ok(Err(Refusal::NoSuchObject)) };
        if !store::step(&transaction, row.id, by, within(by, None), now).await? {
            return Ok(Err(Refusal::OutOfBounds));
        }
    }
    let hashes = new.into_iter().map(|block| block.hash).collect();
    usage::note_blocks(&transaction, key.0, hashes, now).await?;
    transaction.commit().await?;
    Ok(Ok(()))
}
