//! The part of loading that does not depend on what is loaded.

use std::{any::Any, rc::Rc, time::Duration};

use leptos::{prelude::*, task::spawn_local};

use super::{
    Problem,
    fetch::{Answer, Request, Running, fetch, track_asking_again},
    kept::Kept,
};
use crate::{
    components,
    hooks::{use_effect, use_poll},
};

pub(super) type Wanted = Box<dyn Fn() -> Option<Request>>;
/// Reads an answer's body.
pub(super) type Decode = fn(&str) -> Result<Rc<dyn Any>, Problem>;

/// Asks, takes in the latest answer, and says how it stands.
#[derive(Clone, Copy)]
pub(super) struct Engine {
    pub busy: RwSignal<bool>,
    pub problem: RwSignal<Option<Problem>>,
    kept: Kept,
    decode: Decode,
    state: StoredValue<State, LocalStorage>,
}

#[derive(Default)]
struct State {
    request: Option<Request>,
    etag: Option<String>,
    /// The body that the kept value was read from: the same again changes nothing.
    text: String,
    /// Counts the requests: only the latest one's answer is taken.
    turn: u32,
    running: Option<Running>,
}

impl Engine {
    /// Asks for what `wanted` says, now and whenever that changes, and keeps in `kept` what `decode` reads.
    pub fn start(wanted: Wanted, decode: Decode, kept: Kept) -> Self {
        let engine = Self {
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            kept,
            decode,
            state: StoredValue::new_local(State::default()),
        };
        use_effect(move || {
            let wanted = wanted();
            untrack(|| engine.want(wanted));
        });
        use_effect(move || {
            track_asking_again();
            let refused = |problem: &Option<Problem>| matches!(problem, Some(Problem::Unauthenticated(_)));
            if engine.problem.with_untracked(refused) {
                engine.begin(false);
            }
        });
        on_cleanup(move || drop(engine.state.try_update_value(|state| state.running.take())));
        engine
    }

    fn want(self, wanted: Option<Request>) {
        let elsewhere = self.state.try_update_value(|state| {
            if state.request == wanted {
                return None;
            }
            let elsewhere = address(state.request.as_ref()) != address(wanted.as_ref());
            state.request = wanted;
            state.etag = None;
            Some(elsewhere)
        });
        let Some(elsewhere) = elsewhere.flatten() else { return };
        if elsewhere {
            self.state.update_value(|state| state.text.clear());
            self.kept.forget();
        }
        self.begin(false);
    }

    /// Asks now. `quiet`: without showing it, and only for what has changed.
    pub fn begin(self, quiet: bool) {
        let asked = self.state.try_update_value(|state| {
            if quiet && state.running.is_some() {
                return None;
            }
            state.turn = state.turn.wrapping_add(1);
            state.running = state.request.as_ref().and_then(|_| Running::new());
            let etag = if quiet { state.etag.clone() } else { None };
            Some((state.request.clone(), state.turn, etag))
        });
        let Some((request, turn, etag)) = asked.flatten() else { return };
        let Some(request) = request else {
            self.busy.set(false);
            return;
        };
        if !quiet {
            self.busy.set(true);
            self.problem.set(None);
        }
        spawn_local(async move {
            let signal =
                self.state.try_update_value(|state| state.running.as_ref().map(Running::signal)).flatten();
            let answer = fetch(&request, etag.as_deref(), signal.as_ref()).await;
            self.take(answer, turn, quiet);
        });
    }

    fn take(self, answer: Result<Answer, Problem>, turn: u32, quiet: bool) {
        let latest = self.state.try_update_value(|state| {
            let latest = state.turn == turn;
            if latest {
                state.running = None;
            }
            latest
        });
        if latest != Some(true) {
            return;
        }
        let taken = match answer {
            Ok(Answer::Unchanged) => Ok(()),
            Ok(Answer::Body { text, etag }) => self.accept(text, etag),
            Err(problem) => Err(problem),
        };
        self.busy.set(false);
        match taken {
            Ok(()) => self.problem.set(None),
            Err(problem) if !quiet => self.problem.set(Some(problem)),
            Err(_) => {}
        }
    }

    fn accept(self, text: String, etag: Option<String>) -> Result<(), Problem> {
        if self.state.with_value(|state| state.text == text) {
            return Ok(());
        }
        let value = (self.decode)(&text)?;
        self.state.update_value(|state| {
            state.text = text;
            state.etag = etag;
        });
        self.kept.put(value);
        Ok(())
    }

    /// Keeps a value that came by another way. What is under way was asked before it, and counts no more.
    pub fn put(self, value: Rc<dyn Any>) {
        self.state.update_value(|state| {
            state.turn = state.turn.wrapping_add(1);
            state.running = None;
            state.text.clear();
            state.etag = None;
        });
        self.busy.set(false);
        self.problem.set(None);
        self.kept.put(value);
    }

    pub fn reloading(self) -> Signal<bool> {
        Signal::derive(move || self.busy.get() && self.kept.is_there())
    }

    pub fn shown_problem(self) -> MaybeProp<components::Problem> {
        MaybeProp::derive(move || self.problem.get().map(Into::into))
    }

    pub fn poll(self, active: Signal<bool>, every: Duration) {
        use_poll(active, every, move || self.begin(true));
    }
}

/// The path that is asked, without its query.
fn address(request: Option<&Request>) -> Option<&str> {
    request.and_then(|request| request.path.split('?').next())
}
