//! Changes: what forms and buttons send.

use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;

use super::{
    Call, Problem,
    call::decode,
    fetch::{Answer, Request, fetch},
};
use crate::components::{self, FormErrors, Toasts, use_toasts};

/// Sends one change at a time. While `busy`, further presses are ignored.
#[derive(Clone, Copy)]
pub struct Sender {
    busy: RwSignal<bool>,
    problem: RwSignal<Option<components::Problem>>,
    toasts: Toasts,
}

/// A sender that belongs to the page or dialog that asks for it, called while drawing (not in an event handler). When the
/// page has gone, an answer is not acted upon.
pub fn use_sender() -> Sender {
    Sender { busy: RwSignal::new(false), problem: RwSignal::new(None), toasts: use_toasts() }
}

impl Sender {
    /// Whether an answer is awaited: for a button's `busy`.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What went wrong with the last [`Self::confirm`]: for a dialog's `problem`.
    pub fn problem(self) -> MaybeProp<components::Problem> {
        let problem = self.problem;
        MaybeProp::derive(move || problem.get())
    }

    /// Forgets [`Self::problem`], for a dialog that opens again.
    pub fn forget(self) {
        self.problem.set(None);
    }

    /// Sends a form: what is wrong is shown at its fields.
    pub fn submit<T: DeserializeOwned>(
        self,
        errors: FormErrors,
        call: Call<T>,
        done: impl FnOnce(T) + 'static,
    ) {
        self.send(call, move |answer| match answer {
            Ok(value) => done(value),
            Err(problem) => errors.fail(problem.into()),
        });
    }

    /// Sends what a button does: what is wrong is a toast.
    pub fn press<T: DeserializeOwned>(self, call: Call<T>, done: impl FnOnce(T) + 'static) {
        self.send(call, move |answer| match answer {
            Ok(value) => done(value),
            Err(problem) => self.toasts.bad(problem.sentence()),
        });
    }

    /// Sends what a dialog confirmed: what is wrong is [`Self::problem`], and the dialog stays open.
    pub fn confirm<T: DeserializeOwned>(self, call: Call<T>, done: impl FnOnce(T) + 'static) {
        self.problem.set(None);
        self.send(call, move |answer| match answer {
            Ok(value) => done(value),
            Err(problem) => {
                let message = problem.sentence();
                self.problem.set(Some(components::Problem { message, ..problem.into() }));
            }
        });
    }

    /// Sends, and hands on whatever comes back.
    pub fn send<T: DeserializeOwned>(self, call: Call<T>, then: impl FnOnce(Result<T, Problem>) + 'static) {
        self.run(call.request, Box::new(move |answer| then(answer.and_then(|text| decode(&text)))));
    }

    fn run(self, request: Request, then: Box<dyn FnOnce(Result<String, Problem>)>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = fetch(&request, None, None).await.map(|answer| match answer {
                Answer::Body { text, .. } => text,
                Answer::Unchanged => String::new(),
            });
            // The page has gone: its signals are no more, and nobody waits for what would follow.
            if self.busy.try_set(false).is_some() {
                return;
            }
            then(answer);
        });
    }
}
