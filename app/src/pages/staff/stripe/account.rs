//! The connected account.

use latchkey_shared::{
    api::stripe::{RenameStripeAccount, StripeAccount, StripeCheck},
    permission::Permission,
    text::stripe as text,
};
use leptos::prelude::*;

use super::which::Which;
use crate::{
    api::{Load, Shown, check as checked, stripe, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, CancelButton, Card, ConfirmDialog, CopyId, Dialog, Fact, Facts, Form,
        FormErrors, Look, OutLink, TextField, Tone, use_toasts,
    },
    pages::staff::show::{self, may},
    routes::use_go,
};

#[component]
pub fn AccountCard(check: Load<StripeCheck>, data: Shown<StripeCheck>, which: Which) -> impl IntoView {
    let facts = move || data.get().account.map(facts);
    let fixed =
        Memo::new(move |_| data.with(|check| check.account.as_ref().is_some_and(|account| account.fixed)));
    let note = move || fixed.get().then(|| view! { <p class="muted">{text::FIXED}</p> });
    let buttons = move || {
        (!fixed.get() && may(Permission::StripeManage)).then(|| view! { <Buttons check data which /> })
    };
    let further = may(Permission::StripeManage).then(|| {
        view! {
            <p>
                <a href="/Stripe/Connect?further=yes">{text::ADD_ACCOUNT}</a>
            </p>
        }
    });
    view! { <Card title=text::ACCOUNT>{facts} {note} {buttons} {further}</Card> }.into_any()
}

fn facts(account: StripeAccount) -> AnyView {
    let mode = if account.live {
        show::badge(Tone::Good, text::LIVE)
    } else {
        show::badge(Tone::Notice, text::SANDBOX)
    };
    let kind = if account.restricted { text::RESTRICTED } else { text::FULL };
    let advice = (!account.restricted).then(|| view! { <p class="muted">{text::FULL_ADVICE}</p> });
    view! {
        <Facts>
            <Fact label=text::NAME>{account.name}</Fact>
            <Fact label=text::MODE>{mode}</Fact>
            <Fact label=text::ACCOUNT_ID>
                <CopyId value=account.id what=text::ACCOUNT_ID />
            </Fact>
            <Fact label=text::KEY>
                <code>{text::key_hint(account.restricted, &account.key_hint)}</code>
                " "
                <span class="muted">{kind}</span>
            </Fact>
        </Facts>
        {advice}
        <p>
            <OutLink href=account.dashboard_url>{text::DASHBOARD}</OutLink>
        </p>
    }
    .into_any()
}

#[component]
fn Buttons(check: Load<StripeCheck>, data: Shown<StripeCheck>, which: Which) -> impl IntoView {
    let open = RwSignal::new(false);
    let naming = RwSignal::new(false);
    let sender = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let first =
        Memo::new(move |_| data.with(|check| check.account.as_ref().is_none_or(|account| account.first)));
    let disconnect = move || {
        let of_first = first.get_untracked();
        sender.confirm(stripe::disconnect(which.now()), move |()| {
            open.set(false);
            toasts.good(if of_first { text::DISCONNECTED } else { text::FURTHER_DISCONNECTED });
            if of_first {
                check.again();
            } else {
                go.run(("/Stripe".to_owned(),));
            }
            which.again();
        });
    };
    let rename = move || {
        which.are_several().then(|| {
            view! {
                <Button small=true on_press=move || naming.set(true)>
                    {text::RENAME}
                </Button>
            }
        })
    };
    let question = move || if first.get() { text::DISCONNECT_TEXT } else { text::FURTHER_DISCONNECT_TEXT };
    let ask = move || {
        sender.forget();
        open.set(true);
    };
    view! {
        <ButtonRow>
            <ButtonLink href=Signal::derive(move || which.href("/Stripe/Connect")) small=true>
                {text::CHANGE_KEY}
            </ButtonLink>
            {rename}
            <Button small=true look=Look::Quiet on_press=ask>
                {text::DISCONNECT}
            </Button>
        </ButtonRow>
        <ConfirmDialog
            open
            title=text::DISCONNECT_QUESTION
            confirm=text::DISCONNECT_CONFIRM
            on_confirm=disconnect
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{question}</p>
        </ConfirmDialog>
        <Dialog open=naming title=text::RENAME_TITLE>
            <Rename open=naming check data which />
        </Dialog>
    }
    .into_any()
}

#[component]
fn Rename(
    open: RwSignal<bool>,
    check: Load<StripeCheck>,
    data: Shown<StripeCheck>,
    which: Which,
) -> impl IntoView {
    let now = data.with_untracked(|check| check.account.as_ref().map(|account| account.name.clone()));
    let name = RwSignal::new(now.unwrap_or_default());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let submit = move || {
        let form = RenameStripeAccount { name: name.get_untracked() };
        if !checked(&form, errors) {
            return;
        }
        sender.submit(errors, stripe::rename(which.now(), &form), move |_| {
            open.set(false);
            toasts.good(text::RENAMED);
            check.again();
            which.again();
        });
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField
                name="name"
                label=text::NAME
                value=name
                help=text::RENAME_HELP
                max_length=100
                required=true
                autofocus=true
            />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::RENAME}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
