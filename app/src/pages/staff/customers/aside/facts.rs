//! Cards that only say something.

use latchkey_shared::{
    api::customers::{Customer, CustomerUser, StripeCustomerLink},
    text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{Card, CopyId, Fact, Facts, OutLink, Tone},
    pages::staff::{countries::country_name, show},
};

/// Who signs in for the customer.
pub fn users(shown: Shown<Customer>) -> AnyView {
    let draw = |user: CustomerUser| {
        let seen = match user.last_seen {
            Some(at) => view! { {text::LAST_SEEN} " " {show::when(at)} }.into_any(),
            None => text::NEVER_SEEN.into_any(),
        };
        view! {
            <li>
                <p>{user.name}</p>
                <p class="muted">{user.email}</p>
                <p class="muted small">{seen}</p>
            </li>
        }
    };
    let body = move || {
        let users = shown.with(|shown| shown.users.clone());
        if users.is_empty() {
            view! { <p class="muted">{text::USERS_NONE}</p> }.into_any()
        } else {
            view! { <ul class="aside-list">{users.into_iter().map(draw).collect_view()}</ul> }.into_any()
        }
    };
    view! { <Card title=text::USERS_TITLE>{body}</Card> }.into_any()
}

/// The customer's pages in Stripe's dashboard.
pub fn stripe(shown: Shown<Customer>) -> AnyView {
    let draw = |link: StripeCustomerLink, several: bool| {
        view! {
            <li>
                {several.then(|| view! { <p class="muted small">{link.account}</p> })}
                <CopyId value=link.stripe_id what=text::STRIPE_ID />
                <OutLink href=link.url>{text::STRIPE_OPEN}</OutLink>
            </li>
        }
    };
    let body = move || {
        let links = shown.with(|shown| shown.stripe.clone());
        if links.is_empty() {
            view! { <p class="muted">{text::STRIPE_NONE}</p> }.into_any()
        } else {
            let several = links.len() > 1;
            let links = links.into_iter().map(|link| draw(link, several)).collect_view();
            view! { <ul class="aside-list">{links}</ul> }.into_any()
        }
    };
    view! { <Card title=text::STRIPE_TITLE>{body}</Card> }.into_any()
}

/// Whether the terms in force are accepted.
pub fn terms(shown: Shown<Customer>) -> AnyView {
    let latest = move || {
        shown.with(|shown| {
            let current = shown.acceptances.iter().find(|acceptance| acceptance.current);
            current.or_else(|| shown.acceptances.iter().max_by_key(|acceptance| acceptance.accepted)).cloned()
        })
    };
    let body = move || match latest() {
        None => view! { <p class="muted">{text::TERMS_NONE}</p> }.into_any(),
        Some(acceptance) => {
            let (tone, word) = if acceptance.current {
                (Tone::Good, text::TERMS_ACCEPTED)
            } else {
                (Tone::Notice, text::TERMS_OUTDATED)
            };
            view! {
                <p>{show::badge(tone, word)}</p>
                <p>
                    <OutLink href=acceptance.url>{acceptance.version}</OutLink>
                    <span class="muted">" · " {show::when(acceptance.accepted)}</span>
                </p>
            }
            .into_any()
        }
    };
    view! { <Card title=text::TERMS_TITLE>{body}</Card> }.into_any()
}

/// Company, country and the like, as far as they are known.
pub fn details(shown: Shown<Customer>) -> AnyView {
    let known = move || {
        shown.with(|shown| {
            let country = if shown.country.is_empty() { String::new() } else { country_name(&shown.country) };
            let machines =
                if shown.max_machines > 0 { shown.max_machines.to_string() } else { String::new() };
            let pairs = [
                (text::COMPANY, shown.company.clone()),
                (text::COUNTRY, country),
                (text::EXTERNAL_ID, shown.external_id.clone()),
                (text::AT_MOST, machines),
            ];
            (pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>(), shown.created)
        })
    };
    let body = move || {
        let (pairs, created) = known();
        let draw = |(label, value): (&'static str, String)| view! { <Fact label=label>{value}</Fact> };
        view! {
            <Facts>
                {pairs.into_iter().map(draw).collect_view()}
                <Fact label=text::SINCE>{show::day(created)}</Fact>
            </Facts>
        }
    };
    view! { <Card title=text::CONTACT_TITLE>{body}</Card> }.into_any()
}

/// What staff wrote down.
pub fn notes(shown: Shown<Customer>) -> AnyView {
    let body = move || {
        let notes = shown.with(|shown| shown.notes.clone());
        if notes.is_empty() {
            view! { <p class="muted">{text::NOTES_NONE}</p> }.into_any()
        } else {
            view! { <p class="prose">{notes}</p> }.into_any()
        }
    };
    view! { <Card title=text::NOTES_TITLE>{body}</Card> }.into_any()
}
