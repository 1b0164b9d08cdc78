//! The Stripe check: account, webhook, permissions, catalogue.

use latchkey_shared::{api::stripe::StripeCheck, permission::Permission, text::stripe as text};
use leptos::prelude::*;

use super::{
    account::AccountCard,
    catalogue::Catalogue,
    permissions,
    sections::sections,
    webhook::WebhookCard,
    which::{Which, use_which},
};
use crate::{
    api::{Load, Shown, load, stripe, use_sender},
    components::{Button, ButtonLink, EmptyState, Glyph, Grid, Look, PageHeader, use_toasts},
    pages::staff::show::may,
};

#[component]
pub fn StripeCheckPage() -> impl IntoView {
    let which = use_which();
    let check = load(move || stripe::check(which.get()));
    let body = check.view(10, move |data| {
        let connected = Memo::new(move |_| data.with(|check| check.account.is_some()));
        view! { {move || if connected.get() { connected_view(check, data, which) } else { not_connected() }} }
            .into_any()
    });
    let sync = move || {
        let connected = check.with(|check| check.is_some_and(|check| check.account.is_some()));
        if connected && may(Permission::StripeManage) {
            view! { <Sync check which /> }.into_any()
        } else {
            ().into_any()
        }
    };
    view! {
        <PageHeader title=text::TITLE actions=ViewFn::from(move || view! { {sync} }.into_any())>
            <span>{text::INTRO}</span>
        </PageHeader>
        {sections(which)}
        {body}
    }
    .into_any()
}

fn connected_view(check: Load<StripeCheck>, data: Shown<StripeCheck>, which: Which) -> AnyView {
    view! {
        {move || permissions::missing(&data.get().missing_permissions)}
        <Grid>
            <AccountCard check data which />
            <WebhookCard check data which />
        </Grid>
        <Catalogue check data which />
    }
    .into_any()
}

fn not_connected() -> AnyView {
    let action = if may(Permission::StripeManage) {
        view! {
            <ButtonLink href="/Stripe/Connect" look=Look::Primary>
                {text::CONNECT}
            </ButtonLink>
        }
        .into_any()
    } else {
        view! { <p class="muted">{text::ASK_OWNER}</p> }.into_any()
    };
    view! {
        <EmptyState title=text::NOT_CONNECTED_TITLE body=text::NOT_CONNECTED_BODY glyph=Glyph::Card>
            {action}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Sync(check: Load<StripeCheck>, which: Which) -> impl IntoView {
    let sender = use_sender();
    let toasts = use_toasts();
    let sync = move || {
        sender.press(stripe::sync(which.now()), move |done| {
            toasts.good(text::synced(done.products, done.prices, done.offered));
            check.again();
        });
    };
    view! {
        <Button look=Look::Primary icon=Glyph::Refresh busy=sender.busy() on_press=sync>
            {text::SYNC}
        </Button>
    }
    .into_any()
}
