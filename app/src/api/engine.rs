//! The part of loading that does not depend on what is loaded.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};

use super::{
    Problem,
    fetch::{Answer, Request, Running, fetch},
};

pub(super) type Wanted = Box<dyn Fn() -> Option<Request>>;
/// Takes in an answer's body; `None` forgets what was there.
pub(super) type Accept = Rc<dyn Fn(Option<&str>) -> Result<(), Problem>>;

/// Asks, takes in the latest answer, and says how it stands.
#[derive(Clone, Copy)]
pub(super) struct Engine {
    pub busy: RwSignal<bool>,
    pub problem: RwSignal<Option<Problem>>,
    state: StoredValue<State, LocalStorage>,
}

struct State {
    accept: Accept,
    request: Option<Request>,
    etag: Option<String>,
    /// Counts the requests: only the latest one's answer is taken.
    turn: u32,
    running: Option<Running>,
}

impl Engine {
    /// Asks for what `wanted` says, now and whenever that changes.
    pub fn start(wanted: Wanted, accept: Accept) -> Self {
        let engine = Self {
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            state: StoredValue::new_local(State {
                accept,
                request: None,
                etag: None,
                turn: 0,
                running: None,
            }),
        };
        Effect::new(move |_| {
            let wanted = wanted();
            untrack(|| engine.want(wanted));
        });
        on_cleanup(move || drop(engine.state.try_update_value(|state| state.running.take())));
        engine
    }

    fn want(self, wanted: Option<Request>) {
        let before = self.state.with_value(|state| state.request.clone());
        if before == wanted {
            return;
        }
        let elsewhere = address(before.as_ref()) != address(wanted.as_ref());
        let accept = self.state.with_value(|state| state.accept.clone());
        self.state.update_value(|state| state.request = wanted);
        if elsewhere {
            // Forgetting cannot fail.
            let _ = accept(None);
        }
        self.begin(false);
    }

    /// Asks now. `quiet`: without showing it, and only for what has changed.
    pub fn begin(self, quiet: bool) {
        let Some((request, accept, turn, etag)) = self
            .state
            .try_update_value(|state| {
                if quiet && state.running.is_some() {
                    return None;
                }
                state.turn = state.turn.wrapping_add(1);
                state.running = state.request.as_ref().and_then(|_| Running::new());
                let etag = if quiet { state.etag.clone() } else { None };
                Some((state.request.clone(), state.accept.clone(), state.turn, etag))
            })
            .flatten()
        else {
            return;
        };
        let Some(request) = request else {
            self.busy.set(false);
            return;
        };
        if !quiet {
            self.busy.set(true);
            self.problem.set(None);
        }
        spawn_local(async move {
            let running =
                self.state.try_update_value(|state| state.running.as_ref().map(Running::signal)).flatten();
            let answer = fetch(&request, etag.as_deref(), running.as_ref()).await;
            self.take(answer, &accept, turn, quiet);
        });
    }

    fn take(self, answer: Result<Answer, Problem>, accept: &Accept, turn: u32, quiet: bool) {
        let current = self.state.try_update_value(|state| {
            let current = state.turn == turn;
            if current {
                state.running = None;
            }
            current
        });
        if current != Some(true) {
            return;
        }
        let taken = match answer {
            Ok(Answer::Unchanged) => Ok(()),
            Ok(Answer::Body { text, etag }) => {
                self.state.update_value(|state| state.etag = etag);
                accept(Some(&text))
            }
            Err(problem) => Err(problem),
        };
        self.busy.set(false);
        match taken {
            Ok(()) => self.problem.set(None),
            Err(problem) if !quiet => self.problem.set(Some(problem)),
            Err(_) => {}
        }
    }
}

/// The path that is asked, without its query.
fn address(request: Option<&Request>) -> Option<&str> {
    request.and_then(|request| request.path.split('?').next())
}
