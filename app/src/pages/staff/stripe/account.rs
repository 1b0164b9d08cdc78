//! The connected account.

use latchkey_shared::{
    api::stripe::{StripeAccount, StripeCheck},
    permission::Permission,
    text::stripe as text,
};
use leptos::prelude::*;

use crate::{
    api::{Load, Shown, stripe, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Card, ConfirmDialog, CopyId, Fact, Facts, Look, OutLink, Tone,
        use_toasts,
    },
    pages::staff::show::{self, may},
};

#[component]
pub fn AccountCard(check: Load<StripeCheck>, data: Shown<StripeCheck>) -> impl IntoView {
    let facts = move || data.get().account.map(facts);
    let fixed = data.with_untracked(|check| check.account.as_ref().is_some_and(|account| account.fixed));
    let buttons = (!fixed && may(Permission::StripeManage)).then(|| view! { <Buttons check /> });
    view! {
        <Card title=text::ACCOUNT>
            {facts}
            {fixed.then(|| view! { <p class="muted">{text::FIXED}</p> })}
            {buttons}
        </Card>
    }
    .into_any()
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
fn Buttons(check: Load<StripeCheck>) -> impl IntoView {
    let open = RwSignal::new(false);
    let sender = use_sender();
    let toasts = use_toasts();
    let disconnect = move || {
        sender.confirm(stripe::disconnect(), move |()| {
            open.set(false);
            toasts.good(text::DISCONNECTED);
            check.again();
        });
    };
    let ask = move || {
        sender.forget();
        open.set(true);
    };
    view! {
        <ButtonRow>
            <ButtonLink href="/Stripe/Connect" small=true>
                {text::CHANGE_KEY}
            </ButtonLink>
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
            <p>{text::DISCONNECT_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
