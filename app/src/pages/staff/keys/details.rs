//! The facts of a key.

use latchkey_shared::{api::keys::LicenceKey, permission::Permission, text::keys as text};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{Card, CopyId, Fact, Facts, OutLink},
    pages::staff::show::{self, may},
};

#[component]
pub fn Details(data: Shown<LicenceKey>) -> impl IntoView {
    let facts = move || {
        let key = data.get();
        let row = key.row;
        let origin = match key.source.as_str() {
            _ if row.from_stripe => text::FROM_STRIPE,
            "api" => text::BY_PROGRAM,
            "import" => text::MOVED_IN,
            _ => text::BY_HAND,
        };
        let trial = key.trial_activation.then(|| {
            let says = if key.activated { text::TRIAL_BEGAN } else { text::TRIAL_WAITS };
            view! { <Fact label=text::TRIAL>{says}</Fact> }
        });
        let reseller = key.reseller.map(|name| view! { <Fact label=text::RESELLER>{name}</Fact> });
        let subscription = key.subscription.filter(|_| may(Permission::SubscriptionsRead)).map(|id| {
            view! { <a href=["/Subscriptions/", &id.to_string()].concat()>{text::OPEN_SUBSCRIPTION}</a> }
        });
        let stripe =
            key.stripe_subscription_url.map(|href| view! { <OutLink href>{text::OPEN_IN_STRIPE}</OutLink> });
        let linked = subscription.is_some() || stripe.is_some();
        let links = linked.then(|| {
            view! {
                <Fact label=text::SUBSCRIPTION>
                    <span class="lines">{subscription} {stripe}</span>
                </Fact>
            }
        });
        view! {
            <Facts>
                <Fact label=text::ID>
                    <span title=text::ID_TITLE>
                        <CopyId value=row.id.to_string() what=text::ID_WHAT />
                    </span>
                </Fact>
                <Fact label=text::GLOBAL_ID>
                    <span title=text::GLOBAL_ID_TITLE>
                        <CopyId value=row.global_id.to_string() what=text::GLOBAL_ID_WHAT />
                    </span>
                </Fact>
                <Fact label=text::ORIGIN>{origin}</Fact>
                <Fact label=text::CREATED>{show::when(row.created)}</Fact>
                <Fact label=text::EXPIRES>{show::day_or(row.expires, text::NEVER)}</Fact>
                {trial} {reseller} {links}
            </Facts>
        }
    };
    view! { <Card title=text::DETAILS>{facts}</Card> }.into_any()
}
