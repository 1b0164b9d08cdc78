//! The message to staff when something needs attention. What is found within a minute comes in one message, and
//! what heals within it in none.

use latchkey_shared::{attention::AttentionCode, permission::Permission};
use latchkey_store::attention as store;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use crate::{
    clock::MINUTE,
    communications::{self, letters},
    error::AppResult,
    identity::staff,
    jobs::{self, NewJob},
    state::AppState,
    vendor,
};

/// The job's kind.
pub const JOB: &str = "attention_notice";

const WAIT: i64 = MINUTE;
/// More than these are counted, not listed.
const LISTED: u64 = 25;

/// Enqueues the message, unless one is about to be written.
pub async fn enqueue<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    let job = NewJob { kind: JOB, dedup_key: Some(JOB.to_owned()), payload: Value::Null };
    jobs::enqueue_for(connection, now, now + WAIT, job).await
}

/// Does the job: one message to each member of the staff who can do something about it.
pub async fn perform(app: &AppState) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let rows = store::unannounced(&transaction, LISTED).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let vendor = vendor::load(&transaction).await?.name;
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let label = AttentionCode::parse(&row.code).map_or("", AttentionCode::label);
            format!("{label}: {}", row.detail).trim_end_matches([':', ' ']).to_owned()
        })
        .collect();
    let url = app.config.url("/Attention");
    for member in staff::who_may(&transaction, Permission::SubscriptionsWrite).await? {
        let letter = letters::needs_attention(&vendor, &lines, &url);
        communications::send(app, &transaction, None, &member.email, letter).await?;
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    store::announced(&transaction, &ids, now).await?;
    if !store::unannounced(&transaction, 1).await?.is_empty() {
        // The job that runs still holds the name, so the next one goes without.
        let next = NewJob { kind: JOB, dedup_key: None, payload: Value::Null };
        jobs::enqueue_for(&transaction, now, now + WAIT, next).await?;
    }
    transaction.commit().await?;
    app.jobs_bell.notify_waiters();
    Ok(())
}
