//! The first tab: what is paid for, what it gave, what happened lately.

use latchkey_shared::{api::customers::Customer, text::customers as text};
use leptos::prelude::*;

use super::{history::entries, keys::key_list, subscriptions::subscription_card};
use crate::{
    api::Shown,
    components::{ButtonLink, Card, EmptyState, Glyph, Look, Timeline},
};

const LATELY: usize = 6;

pub fn overview(shown: Shown<Customer>) -> AnyView {
    let subscriptions = move || {
        let live = shown.with(|shown| {
            let live = shown.subscriptions.iter().filter(|subscription| subscription.ended.is_none());
            live.map(subscription_card).collect::<Vec<_>>()
        });
        if live.is_empty() {
            return view! {
                <Card title=text::SUBSCRIPTIONS>
                    <EmptyState
                        title=text::NO_SUBSCRIPTIONS
                        body=text::NO_SUBSCRIPTIONS_BODY
                        glyph=Glyph::Subscription
                    />
                </Card>
            }
            .into_any();
        }
        live.into_any()
    };
    view! {
        {subscriptions}
        <Card title=text::TAB_KEYS>{key_list(shown)}</Card>
        <Card title=text::RECENT actions=move || whole_history(shown)>
            <Timeline entries=entries(shown, LATELY) />
        </Card>
    }
    .into_any()
}

fn whole_history(shown: Shown<Customer>) -> AnyView {
    let href = Signal::derive(move || {
        shown.with(|shown| ["/Customers/", &shown.id.to_string(), "/history"].concat())
    });
    view! {
        <ButtonLink href small=true look=Look::Quiet>
            {text::WHOLE_HISTORY}
        </ButtonLink>
    }
    .into_any()
}
