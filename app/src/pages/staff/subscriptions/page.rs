//! One subscription.

use std::time::Duration;

use latchkey_shared::{
    api::subscriptions::SubscriptionRow, ids::SubscriptionId, permission::Permission,
    status::SubscriptionStatus, text::subscriptions as text,
};
use leptos::prelude::*;

use super::{actions::Actions, list::price_of};
use crate::{
    api::{Load, Shown, load, subscriptions, use_sender},
    components::{
        Banner, Button, ButtonLink, Card, CopyId, Crumb, EmptyState, Fact, Facts, Glyph, LicenceKey, Look,
        PageHeader, Spinner, Stack, Tone, use_toasts,
    },
    pages::staff::{
        attention::{load_open, open_entries},
        show::{self, may},
    },
    routes::use_id,
};

/// How often to look for a key that is on its way.
const REFRESH: Duration = Duration::from_secs(2);

#[component]
pub fn SubscriptionPage() -> impl IntoView {
    let id = use_id::<SubscriptionId>();
    let subscription = load(move || subscriptions::get(id.get()));
    let pending = Signal::derive(move || subscription.with(|row| row.is_some_and(|row| row.key_pending)));
    let subscription = subscription.poll(pending, REFRESH);
    let open = load_open("subscription.id", Signal::derive(move || id.get().0));
    // A key that waits for a person is not on its way.
    let decided = Memo::new(move |_| open.with(|open| open.is_none_or(|open| open.items.is_empty())));
    subscription.page(text::ONE, 10, move |data| {
        let actions = Actions::new(data.with_untracked(|row| row.id), subscription);
        view! {
            {head(subscription, data, actions)}
            {open_entries(open)}
            {move || notices(&data.get(), decided.get())}
            {actions.notices()}
            <Stack>
                <Card title=text::CONTRACT>{move || contract(data.get())}</Card>
                {actions.arranged()}
                <Card title=text::KEYS>{move || keys(&data.get(), decided.get())}</Card>
            </Stack>
        }
        .into_any()
    })
}

fn head(subscription: Load<SubscriptionRow>, data: Shown<SubscriptionRow>, own: Actions) -> AnyView {
    let sender = use_sender();
    let toasts = use_toasts();
    let sync = move || {
        let id = data.with_untracked(|row| row.id);
        sender.press(subscriptions::sync(id), move |row| {
            subscription.set(row);
            toasts.good(text::SYNCED);
        });
    };
    let actions = move || {
        let stripe = data.with(|row| row.stripe_url.clone());
        let sync = (stripe.is_some() && may(Permission::SubscriptionsWrite)).then(|| {
            view! {
                <span title=text::SYNC_HELP>
                    <Button icon=Glyph::Refresh busy=sender.busy() on_press=sync>
                        {text::SYNC}
                    </Button>
                </span>
            }
        });
        let open = stripe.map(|href| {
            view! {
                <ButtonLink href look=Look::Secondary new_tab=true>
                    {text::OPEN_IN_STRIPE}
                </ButtonLink>
            }
        });
        view! { {sync} {open} }.into_any()
    };
    let title = move || data.with(|row| [row.product_name.as_str(), " ", &row.plan_name].concat());
    view! {
        <PageHeader
            title=Signal::derive(title)
            crumbs=vec![Crumb::new(text::TITLE, "/Subscriptions")]
            actions=ViewFn::from(move || view! { {actions} {own.buttons()} }.into_any())
        >
            {move || {
                let status = data.with(|row| row.status);
                show::badge(show::tone(status.tone()), status.label())
            }}
            {move || data.with(|row| show::customer(row.customer, row.customer_name.clone()))}
        </PageHeader>
    }
    .into_any()
}

fn notices(row: &SubscriptionRow, decided: bool) -> AnyView {
    let pending = (row.key_pending && decided).then(|| {
        view! {
            <Banner tone=Tone::Notice title=text::KEY_PENDING_TITLE>
                <p>{text::KEY_PENDING_BODY}</p>
            </Banner>
        }
    });
    let waits = waits(row).then(|| {
        view! {
            <Banner tone=Tone::Neutral title=text::WAITS_TITLE>
                <p>{text::WAITS_BODY}</p>
            </Banner>
        }
    });
    let past_due = (row.status == SubscriptionStatus::PastDue).then(|| {
        view! {
            <Banner tone=Tone::Notice title=text::PAST_DUE_TITLE>
                <p>{text::PAST_DUE_BODY}</p>
            </Banner>
        }
    });
    let cancels = row.cancels_at.filter(|_| row.ended.is_none()).map(|at| {
        view! {
            <Banner tone=Tone::Neutral title=text::CANCELS_TITLE>
                <p>{text::ENDS} " " {show::day(at)}</p>
            </Banner>
        }
    });
    view! { {pending} {waits} {past_due} {cancels} }.into_any()
}

/// Whether it waits for the customer's first sign-in.
fn waits(row: &SubscriptionRow) -> bool {
    row.status == SubscriptionStatus::PendingStart && row.stripe_id.is_none() && row.paid_through.is_none()
}

fn contract(row: SubscriptionRow) -> AnyView {
    let fact = |label: &'static str, at: Option<_>| at.map(|at| view! { <Fact label>{show::day(at)}</Fact> });
    let price = price_of(&row).draw();
    let began = Some(row.created).filter(|_| !waits(&row));
    let stripe_id = match row.stripe_id {
        Some(id) => view! { <CopyId value=id what=text::STRIPE_ID /> }.into_any(),
        None => show::quiet(text::NOT_STRIPE),
    };
    let extras = show::extras(&row.extras);
    view! {
        <Facts stacked=true>
            <Fact label=text::CUSTOMER>{show::customer(row.customer, row.customer_name)}</Fact>
            <Fact label=text::PRODUCT>{row.product_name}</Fact>
            <Fact label=text::PLAN>{row.plan_name}</Fact>
            <Fact label=text::PRICE>{price}</Fact>
            <Fact label=text::QUANTITY>{row.quantity}</Fact>
            {extras}
            {fact(text::CREATED, began)}
            {fact(text::PAID_THROUGH, row.paid_through)}
            {fact(text::EXTENDED_UNTIL, row.extended_until)}
            {fact(text::TRIAL_ENDS, row.trial_ends)}
            {fact(text::ENDS, row.cancels_at)}
            {fact(text::ENDED, row.ended)}
            <Fact label=text::ID>{row.id.to_string()}</Fact>
            <Fact label=text::STRIPE_ID>{stripe_id}</Fact>
        </Facts>
    }
    .into_any()
}

fn keys(row: &SubscriptionRow, decided: bool) -> AnyView {
    if row.keys.is_empty() && row.key_pending && decided {
        return view! { <Spinner label=text::KEY_PENDING /> }.into_any();
    }
    if row.keys.is_empty() {
        let why = if row.key_pending { text::UNDECIDED_BODY } else { text::NO_KEYS_BODY };
        return view! { <EmptyState title=text::NO_KEYS_TITLE body=why glyph=Glyph::Key /> }.into_any();
    }
    let draw = |key: &latchkey_shared::api::subscriptions::SubscriptionKey| {
        let href = ["/Keys/", &key.global_id.to_string()].concat();
        let name = [latchkey_shared::text::keys::ONE, " ", &key.id.to_string()].concat();
        view! {
            <li>
                <a href=href>{name}</a>
                <LicenceKey key_text=key.key.clone() />
            </li>
        }
    };
    view! { <ul class="key-list">{row.keys.iter().map(draw).collect_view()}</ul> }.into_any()
}
