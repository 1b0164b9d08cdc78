//! Connecting Stripe: the key, what it may do, the webhook.

use latchkey_shared::{api::stripe::ConnectStripe, text::stripe as text};
use leptos::prelude::*;

use super::connect_steps::{KeyStep, PermissionStep, WebhookStep};
use crate::{
    api::{check, load, settings, stripe, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Crumb, Form, FormErrors, Look, PageHeader, use_toasts, words,
    },
    routes::use_go,
};

/// What stands in the form.
#[derive(Clone, Copy)]
pub struct Fields {
    pub key: RwSignal<String>,
    /// [`AUTO`] or [`OWN`].
    pub webhook: RwSignal<String>,
    pub webhook_secret: RwSignal<String>,
}

/// What can be said of a key without trying it.
fn looks_like_key(text: &str) -> bool {
    (text.starts_with("rk_") || text.starts_with("sk_")) && text.len() >= 8
}

/// Latchkey makes the webhook.
pub const AUTO: &str = "auto";
/// It was made by hand.
pub const OWN: &str = "own";

#[component]
pub fn StripeConnectPage() -> impl IntoView {
    let fields = Fields {
        key: RwSignal::default(),
        webhook: RwSignal::new(AUTO.to_owned()),
        webhook_secret: RwSignal::default(),
    };
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let settings = load(settings::get);
    let address = Signal::derive(move || {
        settings.with(|settings| {
            settings.map(|settings| [settings.public_url.trim_end_matches('/'), "/webhooks/stripe"].concat())
        })
    });
    let submit = move || {
        let own = fields.webhook.with_untracked(|how| how == OWN);
        let trimmed = |text: RwSignal<String>| text.with_untracked(|text| text.trim().to_owned());
        let form = ConnectStripe {
            secret_key: trimmed(fields.key),
            provision_webhook: !own,
            webhook_secret: if own { trimmed(fields.webhook_secret) } else { String::new() },
        };
        if form.secret_key.starts_with("pk_") {
            errors.set("secret_key", text::SECRET_KEY_PUBLISHABLE);
        } else if !looks_like_key(&form.secret_key) {
            errors.set("secret_key", text::SECRET_KEY_MISSING);
        }
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        sender.submit(errors, stripe::connect(&form), move |_| {
            toasts.good(text::CONNECTED);
            go.run(("/Stripe".to_owned(),));
        });
    };
    view! {
        <PageHeader title=text::CONNECT_TITLE crumbs=vec![Crumb::new(text::TITLE, "/Stripe")] />
        <div class="form-page">
            <Form errors busy=sender.busy() on_submit=submit>
                <ol class="guide">
                    <KeyStep fields />
                    <PermissionStep />
                    <WebhookStep fields address />
                </ol>
                <ButtonRow>
                    <Button submit=true look=Look::Primary busy=sender.busy()>
                        {text::TRY_AND_KEEP}
                    </Button>
                    <ButtonLink href="/Stripe" look=Look::Quiet>
                        {words::CANCEL}
                    </ButtonLink>
                </ButtonRow>
            </Form>
        </div>
    }
    .into_any()
}
