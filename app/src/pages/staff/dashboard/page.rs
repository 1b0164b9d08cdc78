//! `/Dashboard`

use std::time::Duration;

use latchkey_shared::{api::dashboard::Dashboard, permission::Permission as May, text::dashboard as text};
use leptos::prelude::*;

use super::{charts::charts, checklist, latest::latest, tiles::tiles};
use crate::{
    api::{self, load},
    components::{ButtonLink, Glyph, Look, PageHeader, ProblemView},
    session::use_session,
};

const EVERY: Duration = Duration::from_mins(1);

#[component]
pub fn DashboardPage() -> impl IntoView {
    let dashboard = load(api::dashboard::get).poll(true, EVERY);
    let shown = Signal::derive(move || dashboard.get());
    // Tiles and charts draw their own waiting state, so that nothing moves when the numbers arrive.
    let fresh = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().is_some_and(|shown| !shown.checklist.essentials_done()))
    });
    let body = move || {
        if let Some(problem) = dashboard.failure() {
            return view! { <ProblemView problem=problem.into() on_retry=move || dashboard.again() /> }
                .into_any();
        }
        if fresh.get() { checklist::whole(shown) } else { numbers(shown) }
    };
    view! {
        <PageHeader title=text::TITLE actions=actions />
        {body}
    }
    .into_any()
}

fn actions() -> AnyView {
    let session = use_session();
    let link = move || {
        session.may(May::LinksManage).then(|| {
            view! {
                <ButtonLink href="/Customer/SignUpLink" icon=Glyph::Link>
                    {text::SIGN_UP_LINK}
                </ButtonLink>
            }
        })
    };
    let add = move || {
        session.may(May::CustomersWrite).then(|| {
            view! {
                <ButtonLink href="/Customers/New" look=Look::Primary icon=Glyph::Plus>
                    {text::ADD_CUSTOMER}
                </ButtonLink>
            }
        })
    };
    view! { {link} {add} }.into_any()
}

fn numbers(shown: Signal<Option<Dashboard>>) -> AnyView {
    view! { {tiles(shown)} {charts(shown)} {checklist::rest(shown)} {latest(shown)} }.into_any()
}
