//! The log of the licence Web API, and the other things that calls leave behind without having to be durable
//! one by one: when a token was last used and a machine last seen. They are collected in memory and written
//! together.

pub mod aggregates;
pub mod view;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use latchkey_store::{activations, api_log as store, entity::api_log, tokens};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{clock::DAY, error::AppResult, state::AppState, vendor};

/// How often what was collected is written.
const WRITE_EVERY: Duration = Duration::from_secs(1);
/// What is collected before it is written at once.
const WRITE_AT: usize = 2_000;
/// Where the database cannot keep up, calls beyond this number are not logged.
const MOST: usize = 50_000;

/// What calls left behind and nobody wrote yet.
#[derive(Default)]
pub struct Notes {
    collected: Mutex<Collected>,
    full: Notify,
}

#[derive(Default)]
struct Collected {
    calls: Vec<api_log::Model>,
    /// By token.
    used: HashMap<i64, i64>,
    /// By activation.
    seen: HashMap<i64, i64>,
}

impl Notes {
    /// A call; its id is given when it is written.
    pub fn called(&self, call: api_log::Model) {
        let mut collected = self.collected();
        if collected.calls.len() >= MOST {
            metrics::counter!("api_log_forgotten_total").increment(1);
            return;
        }
        collected.calls.push(call);
        if collected.calls.len() == WRITE_AT {
            self.full.notify_one();
        }
    }

    pub fn token_used(&self, token: i64, at: i64) {
        self.collected().used.insert(token, at);
    }

    pub fn machine_seen(&self, activation: i64, at: i64) {
        self.collected().seen.insert(activation, at);
    }

    fn collected(&self) -> std::sync::MutexGuard<'_, Collected> {
        self.collected.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes what was collected; where that fails, it is kept for the next time.
pub async fn write(app: &AppState) -> AppResult<()> {
    let collected = std::mem::take(&mut *app.notes.collected());
    if collected.calls.is_empty() && collected.used.is_empty() && collected.seen.is_empty() {
        return Ok(());
    }
    let written = write_down(app, &collected).await;
    if written.is_err() {
        let mut later = app.notes.collected();
        let mut calls = collected.calls;
        calls.append(&mut later.calls);
        calls.truncate(MOST);
        later.calls = calls;
    }
    written
}

async fn write_down(app: &AppState, collected: &Collected) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    store::insert(&transaction, collected.calls.clone()).await?;
    for (token, at) in &collected.used {
        tokens::used(&transaction, *token, *at).await?;
    }
    for (activation, at) in &collected.seen {
        activations::seen(&transaction, *activation, *at).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Writes every now and then until told to stop, and once more then.
pub async fn keep_writing(app: AppState, stop: CancellationToken) {
    loop {
        let stopped = tokio::select! {
            () = stop.cancelled() => true,
            () = app.notes.full.notified() => false,
            () = tokio::time::sleep(WRITE_EVERY) => false,
        };
        if let Err(error) = write(&app).await {
            tracing::warn!(%error, "the log of the licence Web API could not be written");
        }
        if stopped {
            return;
        }
    }
}

/// Removes calls older than the vendor keeps, some in each transaction.
pub async fn sweep(app: &AppState) -> AppResult<()> {
    let before = app.clock.now() - vendor::load(app.store.read()).await?.web_api_log_days * DAY;
    loop {
        let transaction = app.store.begin().await?;
        let gone = store::sweep(&transaction, before).await?;
        transaction.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}
