//! One event: how it stands, what came of it, and what arrived.

use std::time::Duration;

use latchkey_shared::{
    api::inbox::StripeEvent, inbox::EventStatus, permission::Permission, text::inbox as text,
};
use leptos::prelude::*;

use super::{
    events::status_badge,
    which::{Which, use_which},
};
use crate::{
    api::{Load, Shown, load, stripe, use_sender},
    components::{
        Banner, Button, Card, Columns, CopyButton, CopyId, Crumb, Fact, Facts, Glyph, PageHeader, Tone,
        use_toasts,
    },
    pages::staff::show::{self, may},
    routes::use_param,
};

/// While it waits.
const REFRESH: Duration = Duration::from_secs(1);

#[component]
pub fn EventPage() -> impl IntoView {
    let id = use_param("event");
    let which = use_which();
    let event = load(move || id.get().map(|id| stripe::event(which.get(), &id)));
    let waits = Signal::derive(move || {
        event.with(|event| event.is_some_and(|event| event.row.status == EventStatus::Pending))
    });
    let event = event.poll(waits, REFRESH);
    event.page(text::EVENT, 10, move |shown| draw(event, shown, which))
}

fn draw(event: Load<StripeEvent>, shown: Shown<StripeEvent>, which: Which) -> AnyView {
    let crumbs = vec![
        Crumb::new(latchkey_shared::text::stripe::TITLE, which.href("/Stripe")),
        Crumb::new(text::EVENTS, which.href("/Stripe/Events")),
    ];
    let again = move || {
        may(Permission::SubscriptionsWrite).then(|| view! { <RunAgain event shown which /> }).into_any()
    };
    let payload = Signal::derive(move || shown.with(|event| event.payload.clone()));
    let copy =
        move || view! { <CopyButton value=payload what=text::PAYLOAD_WHAT with_word=true /> }.into_any();
    let aside = move || view! { <Card>{move || facts(shown.get())}</Card> }.into_any();
    view! {
        <PageHeader title=Signal::derive(move || shown.with(|event| event.row.kind.clone())) crumbs actions=ViewFn::from(again)>
            {move || shown.with(|event| status_badge(event.row.status))}
            {move || shown.with(|event| show::when(event.row.received))}
        </PageHeader>
        <Columns aside=ViewFn::from(aside)>
            {move || outcome(&shown.get())}
            <Card title=text::PAYLOAD flush=true actions=ViewFn::from(copy)>
                <pre class="payload" role="region" aria-label=text::PAYLOAD tabindex="0">
                    <code>{payload}</code>
                </pre>
            </Card>
        </Columns>
    }
    .into_any()
}

fn outcome(event: &StripeEvent) -> AnyView {
    let error = event.row.error.clone().filter(|_| event.row.status != EventStatus::Done).map(|error| {
        let tone = if event.row.status == EventStatus::Dead { Tone::Bad } else { Tone::Notice };
        view! {
            <Banner tone title=text::ERROR>
                <p>{error}</p>
            </Banner>
        }
    });
    let outcome = event.outcome.clone();
    view! {
        {error}
        <Card title=text::OUTCOME>
            <p>{outcome}</p>
        </Card>
    }
    .into_any()
}

fn facts(event: StripeEvent) -> AnyView {
    let row = event.row;
    let copied = |label: &'static str, id: Option<String>| {
        id.map(|value| view! { <Fact label><CopyId value what=label /></Fact> })
    };
    let ids = [
        (text::ID, Some(row.id)),
        (text::OBJECT, row.object),
        (text::CUSTOMER, row.customer),
        (text::SUBSCRIPTION, row.subscription),
    ];
    let ids = ids.map(|(label, id)| copied(label, id)).into_iter().collect_view();
    let next = event.next_try.map(|at| view! { <Fact label=text::NEXT_TRY>{show::when(at)}</Fact> });
    let version = event.api_version.map(|version| {
        view! { <Fact label=text::API_VERSION><code>{version}</code></Fact> }
    });
    view! {
        <Facts>
            {ids}
            <Fact label=text::ATTEMPTS>{row.attempts}</Fact>
            {next}
            <Fact label=text::HAPPENED>{show::when(row.created)}</Fact>
            <Fact label=text::RECEIVED>{show::when(row.received)}</Fact>
            <Fact label=text::MODE>{if event.live { text::LIVE } else { text::TEST }}</Fact>
            {version}
        </Facts>
    }
    .into_any()
}

#[component]
fn RunAgain(event: Load<StripeEvent>, shown: Shown<StripeEvent>, which: Which) -> impl IntoView {
    let sender = use_sender();
    let toasts = use_toasts();
    let run = move || {
        let id = shown.with_untracked(|event| event.row.id.clone());
        sender.press(stripe::run_again(which.now(), &id), move |answer| {
            toasts.good(text::RUNNING_AGAIN);
            event.set(answer);
        });
    };
    view! {
        <span title=text::RUN_AGAIN_HELP>
            <Button icon=Glyph::Refresh busy=sender.busy() on_press=run>
                {text::RUN_AGAIN}
            </Button>
        </span>
    }
    .into_any()
}
