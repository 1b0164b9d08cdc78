//! One webhook endpoint: whether it works, its secrets, and removing it.

use latchkey_shared::{
    api::inbox::{SetEndpointSecret, StripeEndpoint, StripeEndpoints},
    permission::Permission,
    text::inbox as text,
};
use leptos::prelude::*;

use crate::{
    api::{Load, check, stripe, use_sender},
    components::{
        Button, ButtonRow, CancelButton, Card, ConfirmDialog, CopyField, CopyId, Dialog, Fact, Facts, Form,
        FormErrors, Look, TextField, TextKind, Tone, use_toasts,
    },
    pages::staff::show::{self, may, open_while},
};

/// Whose secret is being entered, or which one is about to be removed.
pub type Chosen = RwSignal<Option<StripeEndpoint>>;

pub fn card(endpoint: StripeEndpoint, entering: Chosen, removing: Chosen) -> AnyView {
    let title = if endpoint.default { text::DEFAULT.to_owned() } else { text::endpoint(endpoint.id) };
    let (tone, word) = health(&endpoint);
    let buttons = may(Permission::StripeManage).then(|| buttons(&endpoint, entering, removing));
    let last = match endpoint.last_received {
        Some(at) => show::when(at),
        None => show::quiet(text::NOTHING_RECEIVED),
    };
    let secret = secret(&endpoint);
    let maker = match endpoint.stripe_id {
        Some(value) => view! { {text::BY_LATCHKEY} " " <CopyId value what=text::ID /> }.into_any(),
        None => text::BY_HAND.into_any(),
    };
    let version = endpoint.api_version.map(|version| {
        view! { <Fact label=text::API_VERSION><code>{version}</code></Fact> }
    });
    view! {
        <Card title actions=ViewFn::from(move || show::badge(tone, word))>
            <CopyField label=text::ADDRESS value=endpoint.url />
            <Facts stacked=true>
                <Fact label=text::SECRET>{secret}</Fact>
                <Fact label=text::LAST_RECEIVED>{last}</Fact>
                <Fact label=text::MADE_BY>{maker}</Fact>
                {version}
            </Facts>
            {buttons}
        </Card>
    }
    .into_any()
}

const fn health(endpoint: &StripeEndpoint) -> (Tone, &'static str) {
    if endpoint.secrets == 0 {
        (Tone::Bad, text::WITHOUT_SECRET)
    } else if endpoint.last_received.is_some() {
        (Tone::Good, text::RECEIVES)
    } else {
        (Tone::Notice, text::QUIET)
    }
}

fn secret(endpoint: &StripeEndpoint) -> AnyView {
    let before = (endpoint.secrets > 1).then(|| view! { " " <span class="muted">{text::AND_BEFORE}</span> });
    match endpoint.secret_since {
        Some(at) => {
            view! { {text::SECRET_SINCE} " " {show::day(at)} ", " {show::when(at)} "." {before} }.into_any()
        }
        None if endpoint.secrets > 0 => text::SET_AT_START.into_any(),
        None => show::quiet(text::NO_SECRET),
    }
}

fn buttons(endpoint: &StripeEndpoint, entering: Chosen, removing: Chosen) -> AnyView {
    let word = if endpoint.secrets == 0 { text::ENTER_SECRET } else { text::ROLL_SECRET };
    let choose = |into: Chosen| {
        let endpoint = endpoint.clone();
        Callback::from(move || into.set(Some(endpoint.clone())))
    };
    let (enter, take) = (choose(entering), choose(removing));
    let remove = (!endpoint.default).then(|| {
        view! {
            <Button small=true look=Look::Quiet on_press=move || take.run(())>
                {text::REMOVE}
            </Button>
        }
    });
    view! {
        <ButtonRow>
            <Button small=true on_press=move || enter.run(())>
                {word}
            </Button>
            {remove}
        </ButtonRow>
    }
    .into_any()
}

/// Open while `entering` holds an endpoint.
#[component]
pub fn SecretDialog(entering: Chosen, endpoints: Load<StripeEndpoints>) -> impl IntoView {
    let open = open_while(entering);
    let first = move || entering.with(|chosen| chosen.as_ref().is_none_or(|endpoint| endpoint.secrets == 0));
    let title =
        Signal::derive(move || if first() { text::ENTER_SECRET } else { text::ROLL_SECRET }.to_owned());
    view! {
        <Dialog open title>
            {entering.get_untracked().map(|endpoint| view! { <SecretForm endpoint open endpoints /> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn SecretForm(
    endpoint: StripeEndpoint,
    open: RwSignal<bool>,
    endpoints: Load<StripeEndpoints>,
) -> impl IntoView {
    let secret = RwSignal::new(String::new());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let about = if endpoint.secrets == 0 { text::SECRET_TEXT } else { text::ROLL_TEXT };
    let submit = move || {
        let form = SetEndpointSecret { secret: secret.with_untracked(|secret| secret.trim().to_owned()) };
        if !form.secret.starts_with("whsec_") {
            errors.set("secret", text::SECRET_MISSING);
        }
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        sender.submit(errors, stripe::set_endpoint_secret(endpoint.id, &form), move |all| {
            open.set(false);
            toasts.good(text::SECRET_SAVED);
            endpoints.set(all);
        });
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <p>{about}</p>
            <TextField
                name="secret"
                label=text::SECRET_FIELD
                value=secret
                kind=TextKind::Code
                autocomplete="off"
                max_length=200
                help=text::SECRET_HELP
                required=true
            />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::SECRET_SAVE}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}

/// Open while `removing` holds an endpoint.
#[component]
pub fn RemoveDialog(removing: Chosen, endpoints: Load<StripeEndpoints>) -> impl IntoView {
    let open = open_while(removing);
    let sender = use_sender();
    let toasts = use_toasts();
    let id = move || removing.with(|chosen| chosen.as_ref().map(|endpoint| endpoint.id));
    let remove = move || {
        let Some(id) = untrack(id) else { return };
        sender.confirm(stripe::remove_endpoint(id), move |all| {
            open.set(false);
            toasts.good(text::REMOVED);
            endpoints.set(all);
        });
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(move || id().map(text::remove_question).unwrap_or_default())
            confirm=text::REMOVE_CONFIRM
            on_confirm=remove
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::REMOVE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
