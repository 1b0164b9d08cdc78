//! A licence as its owner sees it.

use latchkey_shared::{api::portal::PortalLicence, status::KeyStatus, text::portal::home as words};
use leptos::prelude::*;

use super::sentence;
use crate::components::{Badge, Banner, Fact, Facts, LicenceKey, Tone};

/// The key with a copy button, what it allows, until when it works and what comes next.
#[component]
pub fn LicenceCard(
    licence: PortalLicence,
    /// Larger key, where the customer sees it for the first time.
    #[prop(optional)]
    large: bool,
    /// What stands below: where it is used, and what can be done.
    #[prop(optional)]
    below: Option<AnyView>,
) -> impl IntoView {
    let PortalLicence { key, product_name, status, allows, expires, next_payment, .. } = licence;
    let trouble = match status {
        KeyStatus::Blocked => Some(words::BLOCKED),
        KeyStatus::Expired => Some(words::EXPIRED),
        KeyStatus::Active | KeyStatus::Grace => None,
    };
    view! {
        <article class="card licence">
            <header class="licence-head">
                <h2>{product_name}</h2>
                <Badge tone=sentence::key_tone(status) text=status.label() />
            </header>
            <LicenceKey key_text=key large blocked=trouble.is_some() />
            {trouble.map(|title| view! { <Banner tone=Tone::Bad title /> })}
            <Facts stacked=true>
                <Fact label=words::ALLOWS>{allowed(allows)}</Fact>
                <Fact label=words::EXPIRES>
                    {expires.map_or_else(|| words::NEVER_EXPIRES.to_owned(), sentence::short_day)}
                </Fact>
                {next_payment.map(|at| view! { <Fact label=words::NEXT_PAYMENT>{sentence::short_day(at)}</Fact> })}
            </Facts>
            {below}
        </article>
    }
}

fn allowed(allows: Vec<String>) -> AnyView {
    if allows.is_empty() {
        return words::ALLOWS_NOTHING_NAMED.into_any();
    }
    let line = |text| view! { <li>{text}</li> };
    view! { <ul class="plain-list">{allows.into_iter().map(line).collect_view()}</ul> }.into_any()
}
