//! The portal's first page: what the customer has, or the plans to choose from.

use std::time::Duration;

use latchkey_shared::{api::portal::Home, text::portal::home as words};
use leptos::prelude::*;

use super::{licence_card::LicenceCard, plan_shop::PlanShop, subscription_card::SubscriptionCard};
use crate::{
    api::{self, Shown, load},
    components::{ButtonLink, ButtonRow, SkeletonCard},
    hooks::use_title,
    session::use_session,
};

const ASK_EVERY: Duration = Duration::from_secs(5);
const ASK_FOR_KEY_EVERY: Duration = Duration::from_secs(1);

/// `/Portal`. While a key is being made the page asks every second.
#[component]
pub fn HomePage() -> impl IntoView {
    use_title(|| words::TITLE.to_owned());
    let home = load(api::portal::home);
    let pending = Signal::derive(move || {
        home.with(|home| home.is_some_and(|home| home.subscriptions.iter().any(|one| one.key_pending)))
    });
    home.poll(pending, ASK_FOR_KEY_EVERY).poll(Signal::derive(move || !pending.get()), ASK_EVERY);
    let session = use_session();
    let greeting = move || words::greeting(&session.portal().map(|portal| portal.name).unwrap_or_default());
    let waiting = || view! { <SkeletonCard lines=3 /><SkeletonCard lines=4 /> }.into_any();
    view! {
        <header class="page-head">
            <h1>{greeting}</h1>
        </header>
        {home.view_or(waiting, draw)}
    }
    .into_any()
}

fn draw(home: Shown<Home>) -> AnyView {
    let nothing_yet =
        Memo::new(move |_| home.with(|home| home.subscriptions.is_empty() && home.licences.is_empty()));
    let body = move || {
        if nothing_yet.get() {
            return view! {
                <p class="lead">{words::CHOOSE_A_PLAN}</p>
                <PlanShop />
            }
            .into_any();
        }
        view! {
            {move || home.with(holdings)}
            <ButtonRow>
                <ButtonLink href="/Portal/Plans">{words::MORE_PLANS}</ButtonLink>
            </ButtonRow>
        }
        .into_any()
    };
    view! { {body} }.into_any()
}

fn holdings(home: &Home) -> AnyView {
    let subscription = |subscription| view! { <SubscriptionCard subscription /> };
    let licence = |licence| view! { <LicenceCard licence large=true /> };
    view! {
        {home.subscriptions.iter().cloned().map(subscription).collect_view()}
        {home.licences.iter().cloned().map(licence).collect_view()}
    }
    .into_any()
}
