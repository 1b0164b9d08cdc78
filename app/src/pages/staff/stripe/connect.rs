//! Connecting Stripe: the key, what it may do, the webhook.

use latchkey_shared::{api::stripe::ConnectStripe, ids::StripeAccountId, text::stripe as text};
use leptos::prelude::*;

use super::connect_steps::{KeyStep, PermissionStep, WebhookStep};
use crate::{
    api::{check, load, settings, stripe, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Crumb, Form, FormErrors, Look, PageHeader, use_toasts, words,
    },
    hooks::use_query_state,
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
    let query = use_query_state();
    let (further, account) = (query.memo("further"), query.memo("account"));
    let account = Memo::new(move |_| account.get().and_then(|number| number.parse::<StripeAccountId>().ok()));
    let further = Memo::new(move |_| further.with(Option::is_some));
    // The endpoint of a further account has an address of its own, which it gets with the account.
    let own_address = Memo::new(move |_| further.get() || account.with(Option::is_some));
    let title = move || if further.get() { text::ADD_ACCOUNT } else { text::CONNECT_TITLE }.to_owned();
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
            webhook_secret: if own && !own_address.get_untracked() {
                trimmed(fields.webhook_secret)
            } else {
                String::new()
            },
        };
        if form.secret_key.starts_with("pk_") {
            errors.set("secret_key", text::SECRET_KEY_PUBLISHABLE);
        } else if !looks_like_key(&form.secret_key) {
            errors.set("secret_key", text::SECRET_KEY_MISSING);
        }
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        let call = if further.get_untracked() {
            stripe::add_account(&form)
        } else {
            stripe::connect(account.get_untracked(), &form)
        };
        sender.submit(errors, call, move |check| {
            toasts.good(text::CONNECTED);
            let of_further = check.account.filter(|account| !account.first);
            let query = of_further.map(|account| ["?account=", &account.number.to_string()].concat());
            go.run((["/Stripe", &query.unwrap_or_default()].concat(),));
        });
    };
    view! {
        <PageHeader title=Signal::derive(title) crumbs=vec![Crumb::new(text::TITLE, "/Stripe")]>
            {move || further.get().then(|| view! { <span>{text::ADD_ACCOUNT_INTRO}</span> })}
        </PageHeader>
        <div class="form-page">
            <Form errors busy=sender.busy() on_submit=submit>
                <ol class="guide">
                    <KeyStep fields />
                    <PermissionStep />
                    <WebhookStep fields address own_address />
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
