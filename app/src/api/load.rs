//! What a page shows: loaded, kept while it is loaded anew, asked again from time to time.

use std::{any::Any, marker::PhantomData, rc::Rc, time::Duration};

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::{
    Call, Problem,
    call::decode,
    engine::Engine,
    kept::{Kept, Shown},
};
use crate::{
    components::{self, PageHeader, ProblemView, Skeleton},
    routes::focus_heading,
};

/// Something from the server, and how it stands with it. A copyable handle.
///
/// While the same address is asked with another query the old data stays ([`Self::reloading`]: dim it); another address
/// starts afresh. Leaving the page aborts what is under way.
pub struct Load<T> {
    kept: Kept,
    engine: Engine,
    of: PhantomData<fn() -> T>,
}

impl<T> Copy for Load<T> {}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// Loads what `call` describes, now and whenever a signal that it reads changes. `None`: nothing to load yet.
pub fn load<T, C>(call: impl Fn() -> C + 'static) -> Load<T>
where
    T: DeserializeOwned + 'static,
    C: Into<Option<Call<T>>>,
{
    let kept = Kept::new();
    let wanted = move || call().into().map(|call| call.request);
    let engine = Engine::start(Box::new(wanted), decode_any::<T>, kept);
    Load { kept, engine, of: PhantomData }
}

fn decode_any<T: DeserializeOwned + 'static>(text: &str) -> Result<Rc<dyn Any>, Problem> {
    decode::<T>(text).map(|value| Rc::new(value) as Rc<dyn Any>)
}

impl<T: 'static> Load<T> {
    /// The data, tracked; `None` until the first answer.
    pub fn get(self) -> Option<T>
    where
        T: Clone,
    {
        let current = self.kept.current();
        current.as_deref().and_then(<dyn Any>::downcast_ref::<T>).cloned()
    }

    /// Reads the data in place, tracked.
    pub fn with<R>(self, read: impl FnOnce(Option<&T>) -> R) -> R {
        let current = self.kept.current();
        read(current.as_deref().and_then(<dyn Any>::downcast_ref))
    }

    /// Puts in what a change was answered with, in place of loading again.
    pub fn set(self, value: T) {
        self.engine.put(Rc::new(value));
    }

    /// Changes the data in place.
    pub fn update(self, change: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        if let Some(mut value) = untrack(|| self.get()) {
            change(&mut value);
            self.set(value);
        }
    }

    /// Whether an answer is awaited.
    pub fn busy(self) -> Signal<bool> {
        self.engine.busy.into()
    }

    /// Whether there is data and newer is on its way: for a table's `reloading`.
    pub fn reloading(self) -> Signal<bool> {
        self.engine.reloading()
    }

    /// What went wrong: for a table's `problem`.
    pub fn problem(self) -> MaybeProp<components::Problem> {
        self.engine.shown_problem()
    }

    /// What went wrong, as the API tells it, tracked.
    pub fn failure(self) -> Option<Problem> {
        self.engine.problem.get()
    }

    /// Loads again: after a failure, or after a change whose answer is not the data itself.
    pub fn again(self) {
        self.engine.begin(false);
    }

    /// Asks quietly whether something has changed: nothing is dimmed, and a failure leaves what is shown.
    pub fn refresh(self) {
        self.engine.begin(true);
    }

    /// [`Self::refresh`] every `every` while `active` and while the tab is seen. The server's `ETag` keeps that cheap.
    pub fn poll(self, active: impl Into<Signal<bool>>, every: Duration) -> Self {
        self.engine.poll(active.into(), every);
        self
    }

    /// Skeleton, problem with *try again*, or what `draw` makes of the data. `draw` runs once for each address asked;
    /// what it gets follows the data.
    pub fn view(
        self,
        skeleton_lines: usize,
        draw: impl Fn(Shown<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        self.view_or(move || view! { <Skeleton lines=skeleton_lines /> }.into_any(), draw)
    }

    /// [`Self::view`] with something of the right shape while loading.
    pub fn view_or(
        self,
        waiting: impl Fn() -> AnyView + Send + Sync + 'static,
        draw: impl Fn(Shown<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let shown = Shown::of(self.kept);
        let states = States { waiting: Box::new(waiting), drawn: Box::new(move || draw(shown)), title: None };
        states.view(self.kept, self.engine)
    }

    /// [`Self::view`] for a whole page, whose head depends on the data: until that is there, the head says `title`.
    pub fn page(
        self,
        title: &'static str,
        skeleton_lines: usize,
        draw: impl Fn(Shown<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let shown = Shown::of(self.kept);
        let waiting = move || view! { <Skeleton lines=skeleton_lines /> }.into_any();
        let states =
            States { waiting: Box::new(waiting), drawn: Box::new(move || draw(shown)), title: Some(title) };
        states.view(self.kept, self.engine)
    }
}

/// What is drawn for each state.
struct States {
    waiting: Box<dyn Fn() -> AnyView + Send + Sync>,
    drawn: Box<dyn Fn() -> AnyView + Send + Sync>,
    /// The page's head while there is no data.
    title: Option<&'static str>,
}

impl States {
    fn view(self, kept: Kept, engine: Engine) -> AnyView {
        let there = Memo::new(move |_| kept.is_there());
        let body = move || {
            let problem = engine.problem.get();
            if problem.is_none() && there.get() {
                if self.title.is_some() {
                    keep_focus_on_heading();
                }
                return (self.drawn)();
            }
            let instead = match problem {
                Some(problem) => {
                    view! { <ProblemView problem=problem.into() on_retry=move || engine.begin(false) /> }
                        .into_any()
                }
                None => (self.waiting)(),
            };
            match self.title {
                Some(title) => view! { <PageHeader title /> {instead} }.into_any(),
                None => instead,
            }
        };
        view! { {body} }.into_any()
    }
}

/// When the focus stands on the heading that is about to be replaced, it goes to the new one.
fn keep_focus_on_heading() {
    if document().active_element().is_some_and(|element| element.tag_name() == "H1") {
        request_animation_frame(focus_heading);
    }
}
