//! Changing many keys, some at a time, so that it can be seen and stopped.

use latchkey_shared::{
    api::key_bulk::{ChangeKeys, KeysQuery},
    ids::KeyGlobalId,
};
use leptos::{prelude::*, task::spawn_local};

use super::outcome::Outcome;
use crate::api::keys;

/// Keys of one request: little enough to be answered in about a second.
const AT_ONCE: usize = 50;

/// Which keys.
#[derive(Clone, Debug)]
pub enum Wanted {
    These(Vec<KeyGlobalId>),
    Matching(KeysQuery),
}

/// How far it is. A copyable handle.
#[derive(Clone, Copy)]
pub struct Run {
    pub running: RwSignal<bool>,
    pub done: RwSignal<u64>,
    pub of: RwSignal<Option<u64>>,
    pub outcome: RwSignal<Option<Outcome>>,
    stopped: RwSignal<bool>,
}

impl Run {
    pub fn new() -> Self {
        Self {
            running: RwSignal::new(false),
            done: RwSignal::new(0),
            of: RwSignal::new(None),
            outcome: RwSignal::new(None),
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

    /// Sends `change` for the wanted keys; `finished` follows, with what became of them.
    pub fn start(self, wanted: Wanted, change: ChangeKeys, finished: impl FnOnce(&Outcome) + 'static) {
        self.forget();
        self.running.set(true);
        spawn_local(async move {
            let outcome = self.work(wanted, change).await;
            // The page has gone, and with it whoever asked.
            if self.running.try_set(false).is_some() {
                return;
            }
            finished(&outcome);
            self.outcome.set(Some(outcome));
        });
    }

    async fn work(self, wanted: Wanted, change: ChangeKeys) -> Outcome {
        let mut outcome = Outcome::default();
        let found = match wanted {
            Wanted::These(found) => Ok(found),
            Wanted::Matching(query) => keys::ids(&query).send().await.map(|found| found.keys),
        };
        let found = match found {
            Ok(found) => found,
            Err(problem) => {
                outcome.problem = Some(problem.sentence());
                return outcome;
            }
        };
        let count = |keys: usize| u64::try_from(keys).unwrap_or(u64::MAX);
        self.of.try_set(Some(count(found.len())));
        for (index, some) in found.chunks(AT_ONCE).enumerate() {
            let before = index * AT_ONCE;
            if self.stopped.try_get_untracked().unwrap_or(true) {
                outcome.untried = count(found.len() - before);
                return outcome;
            }
            let form = ChangeKeys { keys: some.to_vec(), ..change.clone() };
            match keys::change(&form).send().await {
                Ok(answer) => outcome.add(answer),
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
