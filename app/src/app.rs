//! The whole app: session, toasts, offline strip, the page of the address.

use latchkey_shared::text::connection as text;
use leptos::prelude::*;
use leptos_router::{
    WildcardSegment,
    components::{FlatRoutes, Route, Router},
};

use crate::{
    api::Problem,
    components::{ErrorState, ToastRegion, provide_toasts},
    routes::{Pages, begin_with_current},
    session::{Phase, SessionState, provide_session},
    shell::{NotFound, OfflineBanner, QuietPage, take_over},
};

/// The root component. The static page stays until it is known who is looking.
#[component]
pub fn App() -> impl IntoView {
    begin_with_current();
    provide_toasts();
    let session = provide_session();
    let phase = Memo::new(move |_| session.phase());
    let body = move || match phase.get() {
        Phase::Waiting => ().into_any(),
        Phase::Failed(problem) => not_reached(session, problem),
        Phase::Ready => view! {
            <OfflineBanner />
            // One route for all: [`Pages`] looks the address up. Without any, following a link would not change it.
            <FlatRoutes fallback=NotFound>
                <Route path=WildcardSegment("path") view=Pages />
            </FlatRoutes>
        }
        .into_any(),
    };
    view! {
        <Router>{body} <ToastRegion /></Router>
    }
}

fn not_reached(session: SessionState, problem: Problem) -> AnyView {
    take_over();
    view! {
        <QuietPage title=text::NOT_REACHED>
            <ErrorState problem=problem.into() on_retry=move || session.refresh() />
        </QuietPage>
    }
    .into_any()
}
