//! Whether Stripe reaches Latchkey.

use latchkey_shared::{
    api::stripe::{StripeCheck, WebhookEndpoint, WebhookHealth},
    permission::Permission,
    text::{inbox, stripe as text},
};
use leptos::prelude::*;

use super::which::Which;
use crate::{
    api::{Load, Shown, encoded, stripe, use_sender},
    components::{Button, ButtonRow, Card, Fact, Facts, Look, Tone, use_toasts},
    pages::staff::show::{self, may},
};

#[component]
pub fn WebhookCard(check: Load<StripeCheck>, data: Shown<StripeCheck>, which: Which) -> impl IntoView {
    let sender = use_sender();
    let toasts = use_toasts();
    let provision = move || {
        sender.press(stripe::provision_webhook(which.now()), move |done| {
            toasts.good(text::PROVISIONED);
            check.set(done);
        });
    };
    let buttons = move || {
        let (there, healthy) =
            data.with(|check| (check.webhook.endpoint.is_some(), check.webhook.problems.is_empty()));
        may(Permission::StripeManage).then(|| {
            view! {
                <ButtonRow>
                    <Button
                        small=true
                        look=if there && healthy { Look::Quiet } else { Look::Secondary }
                        busy=sender.busy()
                        on_press=provision
                    >
                        {if there { text::PROVISION_AGAIN } else { text::PROVISION }}
                    </Button>
                </ButtonRow>
                <p class="muted">{text::PROVISION_HELP}</p>
            }
        })
    };
    view! { <Card title=text::WEBHOOK>{move || health(data.get().webhook, which)} {buttons}</Card> }
        .into_any()
}

fn health(webhook: WebhookHealth, which: Which) -> AnyView {
    let healthy = webhook.problems.is_empty() && webhook.endpoint.is_some();
    let badge = if healthy {
        show::badge(Tone::Good, text::HEALTHY)
    } else {
        show::badge(Tone::Bad, text::NEEDS_CARE)
    };
    let problem = |problem: &String| view! { <li>{problem.clone()}</li> };
    let problems = (!webhook.problems.is_empty()).then(|| {
        view! { <ul class="plain-list">{webhook.problems.iter().map(problem).collect_view()}</ul> }
    });
    let last = match webhook.last_event {
        Some(event) => view! { <code>{event.kind}</code> " " {show::when(event.received)} }.into_any(),
        None => show::quiet(text::NO_EVENT),
    };
    view! {
        <div class="lines">{badge}</div>
        {problems}
        <Facts>
            {endpoint(webhook.endpoint)}
            <Fact label=text::LAST_EVENT>{last}</Fact>
            <Fact label=text::PENDING>{counted(webhook.pending, inbox::PENDING_FILTER, which)}</Fact>
            <Fact label=text::FAILED>{counted(webhook.failed, inbox::DEAD_FILTER, which)}</Fact>
        </Facts>
    }
    .into_any()
}

/// A number of events; some lead to the list of them.
fn counted(count: i64, filter: &str, which: Which) -> AnyView {
    if count == 0 {
        return count.into_any();
    }
    let href = which.href(&["/Stripe/Events?filter=", &encoded(filter)].concat());
    view! { <a href=href>{count}</a> }.into_any()
}

fn endpoint(endpoint: Option<WebhookEndpoint>) -> AnyView {
    let Some(endpoint) = endpoint else {
        return view! { <Fact label=text::ENDPOINT>{show::quiet(text::NO_ENDPOINT)}</Fact> }.into_any();
    };
    let maker = if endpoint.provisioned { text::BY_LATCHKEY } else { text::BY_HAND };
    let version = endpoint.api_version;
    view! {
        <Fact label=text::ENDPOINT>
            <code>{endpoint.url}</code>
        </Fact>
        <Fact label=text::MADE_BY>{maker}</Fact>
        {version
            .map(|version| {
                view! {
                    <Fact label=text::API_VERSION>
                        <code>{version}</code>
                    </Fact>
                }
            })}
    }
    .into_any()
}
