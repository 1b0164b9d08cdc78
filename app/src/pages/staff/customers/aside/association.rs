//! The customer's personal link: its state, the link itself, what can be done with it.

use latchkey_shared::{
    api::{
        customers::Customer,
        links::{AssociationLink, AssociationState},
    },
    permission::Permission as May,
    text::customers as text,
    time::Timestamp,
};
use leptos::prelude::*;

use super::link_dialogs::link_dialogs;
use crate::{
    api::{self, Load, Shown, use_sender},
    components::{Button, ButtonRow, Card, CopyField, Fact, Facts, Glyph, QrCode, Tone, use_toasts},
    pages::staff::show::{self, may},
};

/// Which question is being asked.
#[derive(Clone, Copy)]
pub struct Asking {
    pub renew: RwSignal<bool>,
    pub revoke: RwSignal<bool>,
}

pub fn association(customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    let state = Memo::new(move |_| shown.with(|shown| shown.association.state));
    let asking = Asking { renew: RwSignal::new(false), revoke: RwSignal::new(false) };
    let badge = move || {
        let (tone, word) = state_word(state.get());
        show::badge(tone, word)
    };
    let body = move || match state.get() {
        AssociationState::Off => off(customer, shown),
        AssociationState::Open | AssociationState::Used | AssociationState::Revoked => {
            on(customer, shown, asking)
        }
    };
    view! {
        <Card title=text::LINK_TITLE actions=move || badge.into_any()>
            {body}
        </Card>
        {link_dialogs(customer, shown, asking)}
    }
    .into_any()
}

const fn state_word(state: AssociationState) -> (Tone, &'static str) {
    match state {
        AssociationState::Off => (Tone::Neutral, text::LINK_OFF),
        AssociationState::Open => (Tone::Notice, text::LINK_OPEN),
        AssociationState::Used => (Tone::Good, text::LINK_USED),
        AssociationState::Revoked => (Tone::Neutral, text::LINK_REVOKED),
    }
}

/// Puts a link that a change was answered with into the customer.
pub fn put(customer: Load<Customer>, link: AssociationLink) {
    customer.update(|customer| customer.association = link);
}

fn off(customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    let enabling = use_sender();
    let toasts = use_toasts();
    let enable = move || {
        let id = shown.with_untracked(|shown| shown.id);
        enabling.press(api::customers::enable_association(id), move |link| {
            put(customer, link);
            toasts.good(text::LINK_ENABLED);
        });
    };
    let button = may(May::LinksManage).then(|| {
        view! {
            <Button icon=Glyph::Link busy=enabling.busy() on_press=enable>
                {text::LINK_ENABLE}
            </Button>
        }
    });
    view! {
        <p class="muted">{text::LINK_OFF_TEXT}</p>
        {button}
    }
    .into_any()
}

fn on(customer: Load<Customer>, shown: Shown<Customer>, asking: Asking) -> AnyView {
    let url = Memo::new(move |_| shown.with(|shown| shown.association.url.clone()));
    let itself = move || match (url.get(), shown.with(|shown| shown.association.state)) {
        (Some(url), _) => the_link(url),
        (None, AssociationState::Revoked) => {
            view! { <p class="muted">{text::LINK_REVOKED_TEXT}</p> }.into_any()
        }
        (None, AssociationState::Open) => view! { <p class="muted">{text::LINK_HIDDEN}</p> }.into_any(),
        (None, _) => ().into_any(),
    };
    view! {
        {itself}
        {move || shown.with(|shown| uses(&shown.association))}
        {may(May::LinksManage).then(|| actions(customer, shown, asking))}
    }
    .into_any()
}

fn the_link(url: String) -> AnyView {
    view! {
        <CopyField label=text::LINK_LABEL value=url.clone() />
        <details class="qr-details">
            <summary>{text::LINK_SHOW_QR}</summary>
            <QrCode text=url label=text::LINK_QR />
        </details>
    }
    .into_any()
}

fn uses(link: &AssociationLink) -> AnyView {
    let when = |label: &'static str, at: Option<Timestamp>| {
        at.map(|at| view! { <Fact label=label>{show::when(at)}</Fact> }.into_any())
    };
    let by = link.used.as_ref().map(|used| used.by.clone());
    let facts = [
        by.map(|by| view! { <Fact label=text::LINK_USED_BY>{by}</Fact> }.into_any()),
        when(text::LINK_USED_AT, link.used.as_ref().map(|used| used.at)),
        when(text::LINK_SENT_AT, link.sent),
        when(text::LINK_MADE_AT, link.created),
    ];
    view! { <Facts>{facts.into_iter().flatten().collect_view()}</Facts> }.into_any()
}

fn actions(customer: Load<Customer>, shown: Shown<Customer>, asking: Asking) -> AnyView {
    let sending = use_sender();
    let toasts = use_toasts();
    let send = move || {
        let id = shown.with_untracked(|shown| shown.id);
        sending.press(api::customers::send_association(id), move |link| {
            put(customer, link);
            toasts.good(text::LINK_SENT);
        });
    };
    let works = Memo::new(move |_| shown.with(|shown| shown.association.url.is_some()));
    let can_send = Memo::new(move |_| works.get() && shown.with(|shown| !shown.email.is_empty()));
    view! {
        <ButtonRow>
            <Show when=move || can_send.get()>
                <Button small=true icon=Glyph::Send busy=sending.busy() on_press=send>
                    {text::LINK_SEND}
                </Button>
            </Show>
            <Button small=true icon=Glyph::Refresh on_press=move || asking.renew.set(true)>
                {text::LINK_RENEW}
            </Button>
            <Show when=move || works.get()>
                <Button small=true on_press=move || asking.revoke.set(true)>
                    {text::LINK_REVOKE}
                </Button>
            </Show>
        </ButtonRow>
    }
    .into_any()
}
