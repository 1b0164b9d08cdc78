//! `/Stripe/Endpoints`: the addresses that Stripe delivers events to.

use latchkey_shared::{api::inbox::StripeEndpoints, permission::Permission, text::inbox as text};
use leptos::prelude::*;

use super::{
    endpoint::{RemoveDialog, SecretDialog, card},
    sections::sections,
    which::{Which, use_which},
};
use crate::{
    api::{Load, load, stripe, use_sender},
    components::{Button, EmptyState, Glyph, PageHeader, use_toasts},
    pages::staff::show::may,
};

#[component]
pub fn EndpointsPage() -> impl IntoView {
    let which = use_which();
    let endpoints = load(move || stripe::endpoints(which.get()));
    let (entering, removing) = (RwSignal::new(None), RwSignal::new(None));
    let body = endpoints.view(6, move |shown| {
        let cards = move || {
            let all = shown.get().endpoints;
            if all.is_empty() {
                let (title, body) = (text::NO_ENDPOINTS_TITLE, text::NO_ENDPOINTS_BODY);
                return view! { <EmptyState title body glyph=Glyph::Link /> }.into_any();
            }
            all.into_iter().map(|endpoint| card(endpoint, entering, removing)).collect_view().into_any()
        };
        view! { <div class="stack">{cards}</div> }.into_any()
    });
    let add = move || {
        let some = endpoints.with(|shown| shown.is_some_and(|shown| !shown.endpoints.is_empty()));
        (some && may(Permission::StripeManage)).then(|| view! { <Add endpoints which /> }).into_any()
    };
    view! {
        <PageHeader title=text::ENDPOINTS actions=ViewFn::from(move || view! { {add} }.into_any())>
            <span>{text::ENDPOINTS_INTRO}</span>
        </PageHeader>
        {sections(which)}
        {body}
        <SecretDialog entering endpoints />
        <RemoveDialog removing endpoints />
    }
    .into_any()
}

#[component]
fn Add(endpoints: Load<StripeEndpoints>, which: Which) -> impl IntoView {
    let sender = use_sender();
    let toasts = use_toasts();
    let add = move || {
        sender.press(stripe::add_endpoint(which.now()), move |all| {
            toasts.good(text::ADDED);
            endpoints.set(all);
        });
    };
    view! {
        <Button icon=Glyph::Plus busy=sender.busy() on_press=add>
            {text::ADD_ENDPOINT}
        </Button>
    }
    .into_any()
}
