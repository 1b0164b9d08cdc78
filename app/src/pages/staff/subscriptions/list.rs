//! All subscriptions.

use latchkey_shared::{
    api::subscriptions::{SubscriptionKey, SubscriptionRow},
    permission::Permission,
    text::subscriptions as text,
};
use leptos::prelude::*;

use crate::{
    api::{load, subscriptions},
    components::{ButtonLink, Column, EmptyState, Glyph, PageHeader, Row, Tone},
    pages::staff::{
        extending::{Of, ticking},
        listing::{Listing, SavedView, draw_ticking, saved_views, source, use_list_state},
        show::{self, may},
    },
};

const VIEWS: &[SavedView] = &[
    (text::VIEW_ALL, ""),
    (text::VIEW_ACTIVE, "status = active"),
    (text::VIEW_TRIAL, "status = trial"),
    (text::VIEW_PAST_DUE, "status = past_due"),
    (text::VIEW_CANCELLED, "status = cancelled"),
];

#[component]
pub fn SubscriptionsPage() -> impl IntoView {
    let state = use_list_state();
    let page = load(move || subscriptions::list(&state.query()));
    let source = source(page, row);
    let listing = Listing {
        label: text::TITLE,
        search: text::SEARCH,
        hint: text::SEARCH_HINT,
        columns: vec![
            Column::new(text::CUSTOMER),
            Column::new(text::PLAN).fact(),
            Column::new(text::STATUS).fact(),
            Column::new(text::PRICE).right(),
            Column::new(text::PAID_THROUGH).sortable("paid_through"),
            Column::new(text::KEYS),
            Column::new(text::CREATED).sortable("created"),
        ],
        sorted: "-created",
        source,
        empty: ViewFn::from(empty),
    };
    view! {
        <PageHeader title=text::TITLE count=source.count() />
        {saved_views(text::VIEWS, "/Subscriptions", VIEWS)}
        {draw_ticking(state, listing, ticking(state, Of::Subscriptions, Callback::from(move || page.again())))}
    }
    .into_any()
}

fn empty() -> AnyView {
    let link = may(Permission::LinksManage)
        .then(|| view! { <ButtonLink href="/Customer/SignUpLink">{text::OPEN_LINK}</ButtonLink> });
    view! {
        <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Subscription>
            {link}
        </EmptyState>
    }
    .into_any()
}

fn row(subscription: &SubscriptionRow) -> Row {
    let (status, created) = (subscription.status, subscription.created);
    let (price, paid) = (price_of(subscription), subscription.paid_through);
    let keys = subscription.keys.clone();
    let pending = subscription.key_pending;
    let plan = [subscription.product_name.as_str(), " ", &subscription.plan_name].concat();
    let plan = text::with_extras(plan, subscription.quantity, &subscription.extras);
    Row::new(subscription.id)
        .named([&subscription.customer_name, ", ", &plan].concat())
        .href(["/Subscriptions/", &subscription.id.to_string()].concat())
        .text(subscription.customer_name.clone())
        .text(plan)
        .cell(move || show::badge(show::tone(status.tone()), status.label()))
        .cell(move || price.draw())
        .cell(move || show::day_or(paid, text::NO_PRICE))
        .cell(move || {
            let draw = |key: &SubscriptionKey| {
                let href = ["/Keys/", &key.global_id.to_string()].concat();
                view! { <a href=href title=key.key.clone()>{text::key_number(key.id)}</a> }
            };
            let keys = keys.iter().map(draw).collect_view();
            let pending = pending.then(|| show::badge(Tone::Notice, text::KEY_PENDING_SHORT));
            view! { <span class="lines">{keys} {pending}</span> }.into_any()
        })
        .cell(move || show::day(created))
}

/// What is paid, how often.
pub struct Price {
    amount: Option<latchkey_shared::money::Money>,
    every: Option<String>,
}

/// The price of a subscription.
pub fn price_of(subscription: &SubscriptionRow) -> Price {
    Price { amount: subscription.price, every: subscription.interval.as_ref().map(show::every) }
}

impl Price {
    pub fn draw(&self) -> AnyView {
        match self.amount {
            Some(amount) => {
                let every = self.every.clone();
                view! { {show::money(amount)} " " <span class="muted">{every}</span> }.into_any()
            }
            None => show::quiet(text::NO_PRICE),
        }
    }
}
