//! Dry runs and imports of uploaded files: in one process at a time, beside everything else, with their progress
//! kept. What is broken off is simply run again.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use latchkey_shared::{
    api::move_in::{KindTally, MoveIn, MoveInReport, MoveInRun, MovedKind, NotedRow, PublicKey, RunState},
    time::Timestamp,
};
use latchkey_store::{entity::move_in_run, locks, move_in_files as store, products, signing_keys};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::{
    Report,
    put::Outcome,
    read::Kind,
    run::{self, File, Looked, MoveInError, Source},
    uploads,
};
use crate::{
    audit::{self, Entry, Origin},
    clock::MINUTE,
    error::{AppError, AppResult},
    state::AppState,
};

const LOCK: &str = "move_in";
/// How long a run belongs to its process without a sign of life.
const LEASE: i64 = MINUTE;
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);
/// Refused rows that are kept, and remarks on others; the rest is counted.
const NOTED: usize = 200;

/// How far moving in is.
pub async fn show(app: &AppState) -> AppResult<MoveIn> {
    let connection = app.store.read();
    let files = uploads::list(app).await?;
    let ids: Vec<i64> = files.iter().map(|file| file.id).collect();
    let running = is_running(connection, app.clock.now()).await?;
    let dry_run = store::latest_run(connection, true).await?.map(|row| described(row, running));
    let import = store::latest_run(connection, false).await?.map(|row| described(row, running));
    Ok(MoveIn {
        dry_run: dry_run.filter(|run| run.report.files == ids),
        import,
        files,
        server: app.config.url(""),
        public_keys: public_keys(connection).await?,
    })
}

async fn public_keys<C: ConnectionTrait>(connection: &C) -> AppResult<Vec<PublicKey>> {
    let all = products::all(connection).await?;
    let named = |pair: i64| {
        let named = all.iter().filter(|product| product.signing_key_id == pair);
        named.map(|product| product.name.clone()).collect::<Vec<_>>()
    };
    let pairs = signing_keys::all(connection).await?.into_iter().filter(|(pair, ..)| !pair.retired);
    Ok(pairs
        .map(|(pair, ..)| PublicKey { products: named(pair.id), name: pair.name, xml: pair.public_xml })
        .collect())
}

fn described(row: move_in_run::Model, running: bool) -> MoveInRun {
    let state = match RunState::parse(&row.state) {
        Some(RunState::Running) if !running => RunState::BrokenOff,
        Some(state) => state,
        None => RunState::Failed,
    };
    MoveInRun {
        id: row.id,
        state,
        done: row.done,
        total: row.total,
        report: serde_json::from_value(row.report).unwrap_or_default(),
        words: row.words,
        started: Timestamp::from_millis(row.started_at),
        finished: row.finished_at.map(Timestamp::from_millis),
    }
}

async fn is_running<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<bool> {
    Ok(locks::until(connection, LOCK).await?.is_some_and(|until| until > now))
}

/// 409 while files are being moved in.
pub async fn refuse_while_running<C: ConnectionTrait>(connection: &C, now: i64) -> AppResult<()> {
    if is_running(connection, now).await? { Err(busy()) } else { Ok(()) }
}

fn busy() -> AppError {
    AppError::conflict("move_in_running", "Files are being gone through. Wait until that is done.")
}

/// Begins a run of the files that wait.
pub async fn begin(app: &AppState, origin: &Origin, dry_run: bool) -> AppResult<MoveInRun> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let files = store::all(&transaction).await?;
    refuse_unfit(&transaction, &files, dry_run).await?;
    if !locks::take(&transaction, LOCK, &app.process, now, now + LEASE).await? {
        return Err(busy());
    }
    let live = Live { files: files.iter().map(|file| file.id).collect(), ..Live::default() };
    let files: Vec<File> = files
        .into_iter()
        .map(|file| File { found: uploads::found(&file), source: Source::Uploaded(file.id), name: file.name })
        .collect();
    let total: u64 = files.iter().map(|file| file.found.all()).sum();
    let row = move_in_run::ActiveModel {
        id: NotSet,
        dry_run: Set(dry_run),
        state: Set(RunState::Running.as_str().to_owned()),
        done: Set(0),
        total: Set(i64::try_from(total).unwrap_or(i64::MAX)),
        report: Set(serde_json::to_value(live.report()).map_err(AppError::internal)?),
        words: Set(String::new()),
        started_at: Set(now),
        updated_at: Set(now),
        finished_at: Set(None),
    };
    let row = store::insert_run(&transaction, row).await?;
    if !dry_run {
        let entry = Entry {
            action: "move_in_begun",
            subject_kind: "move_in",
            subject_id: row.id,
            text: format!("Moving in {} rows of {} files was begun.", total, files.len()),
            ..Entry::default()
        };
        audit::record(&transaction, now, origin, entry).await?;
    }
    transaction.commit().await?;
    let begun = described(row.clone(), true);
    tokio::spawn(go_through(app.clone(), origin.clone(), files, row, live));
    Ok(begun)
}

/// An import comes after a dry run of the very files, and both need files that can be read.
async fn refuse_unfit<C: ConnectionTrait>(
    connection: &C,
    files: &[store::File],
    dry_run: bool,
) -> AppResult<()> {
    if files.is_empty() {
        return Err(AppError::conflict("no_files", "Choose files first."));
    }
    if let Some(file) = files.iter().find(|file| file.problem.is_some()) {
        let words = format!("“{}” cannot be read. Remove it, or choose it again.", file.name);
        return Err(AppError::conflict("unreadable_file", words));
    }
    if dry_run {
        return Ok(());
    }
    let ids: Vec<i64> = files.iter().map(|file| file.id).collect();
    let last = store::latest_run(connection, true).await?.map(|row| described(row, false));
    if last.is_some_and(|run| run.state == RunState::Done && run.report.files == ids) {
        return Ok(());
    }
    Err(AppError::conflict("dry_run_first", "Make a dry run of these files first and look at what it says."))
}

/// What a run has come to so far.
#[derive(Clone, Debug, Default)]
struct Live {
    files: Vec<i64>,
    done: u64,
    report: Report,
    refusals: Vec<NotedRow>,
    remarks: Vec<NotedRow>,
}

impl Live {
    fn note(&mut self, looked: &Looked<'_>, done: u64) {
        self.done = done;
        self.report.count(looked.kind, &looked.put);
        let noted = |reason: &String| NotedRow {
            file: looked.file.to_owned(),
            kind: moved_kind(looked.kind),
            row: i64::try_from(looked.row).unwrap_or(i64::MAX),
            name: looked.name.clone(),
            reason: reason.clone(),
        };
        if let Outcome::Refused(reason) = &looked.put.outcome
            && self.refusals.len() < NOTED
        {
            self.refusals.push(noted(reason));
        }
        let room = NOTED - self.remarks.len();
        self.remarks.extend(looked.remarks.iter().take(room).map(noted));
    }

    fn report(&self) -> MoveInReport {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let kinds = Kind::ALL.into_iter().map(|kind| {
            let tally = self.report.of(kind);
            KindTally {
                kind: moved_kind(kind),
                new: count(tally.new),
                same: count(tally.same),
                changed: count(tally.changed),
                refused: count(tally.refused),
            }
        });
        MoveInReport {
            files: self.files.clone(),
            kinds: kinds.collect(),
            refusals: self.refusals.clone(),
            remarks: self.remarks.clone(),
        }
    }
}

const fn moved_kind(kind: Kind) -> MovedKind {
    match kind {
        Kind::Product => MovedKind::Product,
        Kind::Customer => MovedKind::Customer,
        Kind::Key => MovedKind::Key,
        Kind::Object => MovedKind::Object,
    }
}

async fn go_through(app: AppState, origin: Origin, files: Vec<File>, row: move_in_run::Model, live: Live) {
    let live = Arc::new(Mutex::new(live));
    let (running, noted, dry_run) = (app.clone(), Arc::clone(&live), row.dry_run);
    // By itself, so that a sign of life need not wait for its transaction.
    let mut work = tokio::spawn(async move {
        let mut told = |looked: &Looked<'_>, done| {
            noted.lock().unwrap_or_else(PoisonError::into_inner).note(looked, done);
        };
        run::run(&running, &origin, &files, dry_run, &mut told).await
    });
    let ended = loop {
        tokio::select! {
            ended = &mut work => break ended,
            () = tokio::time::sleep(SIGN_OF_LIFE) => {
                if let Err(error) = keep(&app, &row, &live, None).await {
                    tracing::warn!(%error, "the progress of moving in could not be kept");
                }
            }
        }
    };
    let ended = ended.unwrap_or_else(|error| Err(MoveInError::App(AppError::internal(error))));
    if let Err(error) = &ended {
        tracing::warn!(%error, "moving in was broken off");
    }
    if let Err(error) = keep(&app, &row, &live, Some(ended)).await {
        tracing::error!(%error, "the outcome of moving in could not be kept");
    }
}

/// Keeps how far a run is, or how it ended.
async fn keep(
    app: &AppState,
    row: &move_in_run::Model,
    live: &Mutex<Live>,
    ended: Option<Result<Report, MoveInError>>,
) -> AppResult<()> {
    let live = live.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let now = app.clock.now();
    let mut row = move_in_run::Model {
        done: i64::try_from(live.done).unwrap_or(i64::MAX),
        report: serde_json::to_value(live.report()).map_err(AppError::internal)?,
        updated_at: now,
        ..row.clone()
    };
    let transaction = app.store.begin().await?;
    match &ended {
        None => {
            locks::hold(&transaction, LOCK, &app.process, now + LEASE).await?;
        }
        Some(ended) => {
            locks::shorten(&transaction, LOCK, &app.process, now).await?;
            row.finished_at = Some(now);
            let state = if ended.is_ok() { RunState::Done } else { RunState::Failed };
            state.as_str().clone_into(&mut row.state);
            row.words = ended.as_ref().err().map(ToString::to_string).unwrap_or_default();
        }
    }
    let whole = matches!(&ended, Some(Ok(report)) if !row.dry_run && report.refused() == 0);
    store::save_run(&transaction, row).await?;
    if whole {
        // Nothing is left to be done with them, and they hold customers' data.
        store::remove_all(&transaction).await?;
    }
    Ok(transaction.commit().await?)
}
