//! How far it is.

use std::future::Future;

use latchkey_shared::text::bulk as text;
use leptos::{prelude::*, task::spawn_local};

use super::outcome::{Group, Outcome};
use crate::{
    api::Problem,
    components::{Button, ButtonRow, ProgressBar},
};

/// Things of one request: little enough to be answered in about a second.
const AT_ONCE: usize = 50;

/// What became of the things of one request.
pub struct Step {
    pub changed: i64,
    pub skipped: Vec<Group>,
}

/// A run over many things. A copyable handle.
#[derive(Clone, Copy)]
pub struct Run {
    pub running: RwSignal<bool>,
    pub outcome: RwSignal<Option<Outcome>>,
    done: RwSignal<u64>,
    of: RwSignal<Option<u64>>,
    stopped: RwSignal<bool>,
}

impl Run {
    pub fn new() -> Self {
        Self {
            running: RwSignal::new(false),
            outcome: RwSignal::new(None),
            done: RwSignal::new(0),
            of: RwSignal::new(None),
            stopped: RwSignal::new(false),
        }
    }

    /// Begins afresh, for a dialog that opens again.
    pub fn forget(self) {
        self.outcome.set(None);
        self.done.set(0);
        self.of.set(None);
        self.stopped.set(false);
    }

    /// Ends after what is under way.
    pub fn stop(self) {
        self.stopped.set(true);
    }

    /// Finds the things, and sends each some of them; `finished` follows, with what became of them.
    pub fn start<T: 'static>(
        self,
        find: impl Future<Output = Result<Vec<T>, Problem>> + 'static,
        send: impl AsyncFn(&[T]) -> Result<Step, Problem> + 'static,
        finished: impl FnOnce(&Outcome) + 'static,
    ) {
        self.forget();
        self.running.set(true);
        spawn_local(async move {
            let outcome = match find.await {
                Ok(found) => self.work(&found, send).await,
                Err(problem) => Outcome { problem: Some(problem.sentence()), ..Outcome::default() },
            };
            // The page has gone, and with it whoever asked.
            if self.running.try_set(false).is_some() {
                return;
            }
            finished(&outcome);
            self.outcome.set(Some(outcome));
        });
    }

    async fn work<T>(self, found: &[T], send: impl AsyncFn(&[T]) -> Result<Step, Problem>) -> Outcome {
        let mut outcome = Outcome::default();
        let count = |things: usize| u64::try_from(things).unwrap_or(u64::MAX);
        self.of.try_set(Some(count(found.len())));
        for (index, some) in found.chunks(AT_ONCE).enumerate() {
            let before = index * AT_ONCE;
            if self.stopped.try_get_untracked().unwrap_or(true) {
                outcome.untried = count(found.len() - before);
                return outcome;
            }
            match send(some).await {
                Ok(step) => outcome.add(step),
                Err(problem) => {
                    outcome.problem = Some(problem.sentence());
                    outcome.untried = count(found.len() - before);
                    return outcome;
                }
            }
            self.done.try_set(count(before + some.len()));
        }
        outcome
    }
}

/// How far a run is, with the button that stops it.
pub fn working(run: Run, label: &'static str) -> AnyView {
    view! {
        <ProgressBar label done=run.done of=run.of />
        <ButtonRow end=true>
            <Button on_press=move || run.stop()>{text::STOP}</Button>
        </ButtonRow>
    }
    .into_any()
}
