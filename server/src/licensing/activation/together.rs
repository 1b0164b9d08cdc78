//! Activations that come at the same time, written together on SQLite: the disk is waited for once for all of them, and
//! each is still on it before its answer goes out. PostgreSQL does that by itself for transactions of their own.

use std::{
    mem,
    sync::{Mutex, PoisonError},
};

use futures::future::join_all;
use sea_orm::DbBackend;
use tokio::sync::{Mutex as Turn, oneshot};

use super::{Activated, Asked, Refusal, seat};
use crate::{
    error::{AppError, AppResult},
    state::AppState,
};

/// How many are written in one transaction; the lock of all writes is held meanwhile.
const MOST: usize = 64;

type Outcome = AppResult<Result<Activated, Refusal>>;

/// An activation that has something to write.
#[derive(Clone, Debug)]
pub struct Wish {
    pub key: i64,
    /// Who has the key, where that customer may use a limited number of machines.
    pub limited_customer: Option<i64>,
    pub asked: Asked,
}

/// Who waits for a transaction.
#[derive(Default)]
pub struct Together {
    waiting: Mutex<Vec<Waiting>>,
    turn: Turn<()>,
}

struct Waiting {
    wish: Wish,
    answer: oneshot::Sender<Outcome>,
}

impl Together {
    fn next(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let some = waiting.len().min(MOST);
        let rest = waiting.split_off(some);
        mem::replace(&mut *waiting, rest)
    }
}

/// Grants a wish durably, or says why not.
pub(super) async fn activate(app: &AppState, wish: Wish) -> Outcome {
    if app.store.backend() != DbBackend::Sqlite {
        return alone(app, &wish).await;
    }
    let (answer, mine) = oneshot::channel();
    app.activations.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(Waiting { wish, answer });
    // Whoever's turn it is writes for all who wait, and goes on when its own caller hangs up.
    let writing = app.clone();
    tokio::spawn(async move {
        let _turn = writing.activations.turn.lock().await;
        write(&writing, writing.activations.next()).await;
    });
    mine.await.map_err(AppError::internal)?
}

async fn write(app: &AppState, waiting: Vec<Waiting>) {
    let (wishes, answers): (Vec<_>, Vec<_>) = waiting.into_iter().map(|one| (one.wish, one.answer)).unzip();
    let outcomes = match all(app, &wishes).await {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        // One that fails must not take the others with it.
        Err(_) => join_all(wishes.iter().map(|wish| alone(app, wish))).await,
    };
    for (answer, outcome) in answers.into_iter().zip(outcomes) {
        // Nobody listens where the caller hung up.
        let _ = answer.send(outcome);
    }
}

async fn all(app: &AppState, wishes: &[Wish]) -> AppResult<Vec<Result<Activated, Refusal>>> {
    if wishes.is_empty() {
        return Ok(Vec::new());
    }
    let transaction = app.store.begin().await?;
    let outcomes = seat::take(&transaction, wishes, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(outcomes)
}

async fn alone(app: &AppState, wish: &Wish) -> Outcome {
    let mut outcomes = all(app, std::slice::from_ref(wish)).await?;
    outcomes.pop().ok_or_else(|| AppError::internal("an activation has no outcome"))
}
