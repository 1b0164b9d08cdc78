//! What a page shows: loaded, kept while it is loaded anew, asked again from time to time.

use std::{rc::Rc, time::Duration};

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::{Call, Problem, call::decode, engine::Engine};
use crate::{
    components::{self, PageHeader, ProblemView, Skeleton},
    hooks::use_poll,
    routes::focus_heading,
};

/// Something from the server, and how it stands with it. A copyable handle.
///
/// While the same address is asked with another query the old data stays ([`Self::reloading`]: dim it); another address
/// starts afresh. Leaving the page aborts what is under way.
pub struct Load<T: Send + Sync + 'static> {
    data: RwSignal<Option<T>>,
    engine: Engine,
}

impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

/// Loads what `call` describes, now and whenever a signal that it reads changes. `None`: nothing to load yet.
pub fn load<T, C>(call: impl Fn() -> C + 'static) -> Load<T>
where
    T: DeserializeOwned + Send + Sync + 'static,
    C: Into<Option<Call<T>>>,
{
    let data = RwSignal::new(None::<T>);
    let accept = move |text: Option<&str>| match text.map(decode) {
        None => {
            data.set(None);
            Ok(())
        }
        Some(Ok(value)) => {
            data.set(Some(value));
            Ok(())
        }
        Some(Err(problem)) => Err(problem),
    };
    let wanted = move || call().into().map(|call| call.request);
    Load { data, engine: Engine::start(Box::new(wanted), Rc::new(accept)) }
}

impl<T: Send + Sync + 'static> Load<T> {
    /// The data, tracked; `None` until the first answer.
    pub fn get(self) -> Option<T>
    where
        T: Clone,
    {
        self.data.get()
    }

    /// Reads the data in place, tracked.
    pub fn with<R>(self, read: impl FnOnce(Option<&T>) -> R) -> R {
        self.data.with(|data| read(data.as_ref()))
    }

    /// Puts in what a change was answered with, in place of loading again.
    pub fn set(self, value: T) {
        self.data.set(Some(value));
    }

    /// Changes the data in place.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.data.update(|data| {
            if let Some(data) = data {
                change(data);
            }
        });
    }

    /// Whether an answer is awaited.
    pub fn busy(self) -> Signal<bool> {
        self.engine.busy.into()
    }

    /// Whether there is data and newer is on its way: for a table's `reloading`.
    pub fn reloading(self) -> Signal<bool> {
        let (data, busy) = (self.data, self.engine.busy);
        Signal::derive(move || busy.get() && data.with(Option::is_some))
    }

    /// What went wrong: for a table's `problem`.
    pub fn problem(self) -> MaybeProp<components::Problem> {
        let problem = self.engine.problem;
        MaybeProp::derive(move || problem.get().map(Into::into))
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
        use_poll(active.into(), every, move || self.refresh());
        self
    }

    /// Skeleton, problem with *try again*, or what `draw` makes of the data. `draw` runs once for each address asked;
    /// the signal it gets follows the data.
    pub fn view(
        self,
        skeleton_lines: usize,
        draw: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView
    where
        T: Clone + PartialEq,
    {
        self.view_or(move || view! { <Skeleton lines=skeleton_lines /> }.into_any(), draw)
    }

    /// [`Self::view`] with something of the right shape while loading.
    pub fn view_or(
        self,
        waiting: impl Fn() -> AnyView + Send + Sync + 'static,
        draw: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView
    where
        T: Clone + PartialEq,
    {
        let failed = Box::new(move |problem| draw_problem(problem, self.engine));
        states(self.there(), self.engine, Box::new(waiting), self.drawn(draw), failed)
    }

    /// [`Self::view`] for a whole page, whose head depends on the data: until that is there, the head says `title`.
    pub fn page(
        self,
        title: &'static str,
        skeleton_lines: usize,
        draw: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView
    where
        T: Clone + PartialEq,
    {
        let waiting = move || {
            view! {
                <PageHeader title />
                <Skeleton lines=skeleton_lines />
            }
            .into_any()
        };
        let failed = Box::new(move |problem: Problem| {
            view! {
                <PageHeader title />
                {draw_problem(problem, self.engine)}
            }
            .into_any()
        });
        let drawn = self.drawn(move |shown| {
            keep_focus_on_heading();
            draw(shown)
        });
        states(self.there(), self.engine, Box::new(waiting), drawn, failed)
    }

    fn there(self) -> Signal<bool> {
        Signal::derive(move || self.data.with(Option::is_some))
    }

    /// `draw` with a signal that follows the data and changes only when the data does.
    fn drawn(self, draw: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static) -> Drawn
    where
        T: Clone + PartialEq,
    {
        let data = self.data;
        Box::new(move || {
            let first = data.get_untracked()?;
            let shown = RwSignal::new(first);
            Effect::new(move |_| {
                if let Some(now) = data.get()
                    && shown.with_untracked(|shown| *shown != now)
                {
                    shown.set(now);
                }
            });
            Some(draw(shown.into()))
        })
    }
}

type Drawn = Box<dyn Fn() -> Option<AnyView> + Send + Sync>;

fn states(
    there: Signal<bool>,
    engine: Engine,
    waiting: Box<dyn Fn() -> AnyView + Send + Sync>,
    drawn: Drawn,
    failed: Box<dyn Fn(Problem) -> AnyView + Send + Sync>,
) -> AnyView {
    let there = Memo::new(move |_| there.get());
    let body = move || {
        if let Some(problem) = engine.problem.get() {
            return failed(problem);
        }
        if there.get() { drawn().unwrap_or_else(&waiting) } else { waiting() }
    };
    view! { {body} }.into_any()
}

fn draw_problem(problem: Problem, engine: Engine) -> AnyView {
    view! { <ProblemView problem=problem.into() on_retry=move || engine.begin(false) /> }.into_any()
}

/// When the focus stands on the heading that is about to be replaced, it goes to the new one.
fn keep_focus_on_heading() {
    if document().active_element().is_some_and(|element| element.tag_name() == "H1") {
        request_animation_frame(focus_heading);
    }
}
