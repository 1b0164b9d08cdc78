//! One message, as a letter.

use latchkey_shared::{
    api::communications::{Communication, CommunicationState},
    ids::CommunicationId,
    permission::Permission,
    text::communications as text,
};
use leptos::prelude::*;

use super::{
    content::{self, Part},
    state,
};
use crate::{
    api::{Load, Shown, communications, load, use_sender},
    components::{
        Banner, Button, Card, Columns, ConfirmDialog, CopyField, Crumb, Fact, Facts, Glyph, PageHeader, Tone,
        use_toasts,
    },
    pages::staff::show::{self, may},
    routes::use_id,
};

#[component]
pub fn CommunicationPage() -> impl IntoView {
    let id = use_id::<CommunicationId>();
    let message = load(move || communications::get(id.get()));
    message.page(text::ONE, 8, move |data| {
        let aside = move || view! { {move || delivery(data.get())} }.into_any();
        let resend = move || {
            let sent = data.with(|message| message.row.state != CommunicationState::Queued);
            if sent && may(Permission::CommunicationsWrite) {
                view! { <Resend message data /> }.into_any()
            } else {
                ().into_any()
            }
        };
        view! {
            <PageHeader
                title=Signal::derive(move || data.get().row.subject)
                crumbs=vec![Crumb::new(text::TITLE, "/Communications")]
                actions=ViewFn::from(move || view! { {resend} }.into_any())
            >
                {move || state::badge(data.get().row.state)}
                <span>{text::TO} " " {move || data.get().row.to}</span>
            </PageHeader>
            {move || failure(&data.get())}
            <Columns aside=ViewFn::from(aside)>{move || letter(&data.get())}</Columns>
        }
        .into_any()
    })
}

fn letter(message: &Communication) -> AnyView {
    let parts = content::parts(&message.text);
    let field = |part: &Part| match part.clone() {
        Part::Words(_) => None,
        Part::Link(value) => Some(view! { <CopyField label=text::LINK value /> }.into_any()),
        Part::Code(value) => Some(view! { <CopyField label=text::CODE value /> }.into_any()),
    };
    let mut seen: Vec<&Part> = Vec::new();
    for part in &parts {
        if !seen.contains(&part) {
            seen.push(part);
        }
    }
    let fields: Vec<AnyView> = seen.into_iter().filter_map(field).collect();
    let short = (!fields.is_empty()).then(|| view! { <Card title=text::IN_SHORT>{fields}</Card> });
    view! {
        {short}
        <Card title=text::BODY>{content::draw(&parts)}</Card>
    }
    .into_any()
}

fn failure(message: &Communication) -> AnyView {
    match message.error.clone() {
        Some(error) if message.row.state != CommunicationState::Sent => view! {
            <Banner tone=Tone::Bad title=text::FAILED_TITLE>
                <p>{error}</p>
            </Banner>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

fn delivery(message: Communication) -> AnyView {
    let row = message.row;
    let customer = row.customer.zip(row.customer_name);
    let customer =
        customer.map(|(id, name)| view! { <Fact label=text::CUSTOMER>{show::customer(id, name)}</Fact> });
    let sent = match row.sent {
        Some(at) => show::when(at),
        None => show::quiet(text::NOT_YET),
    };
    view! {
        <Card title=text::DELIVERY>
            <p>{state::meaning(row.state)}</p>
            <Facts>
                <Fact label=text::TO>{row.to}</Fact>
                {customer}
                <Fact label=text::KIND>{text::kind(&row.kind)}</Fact>
                <Fact label=text::CREATED>{show::when(row.created)}</Fact>
                <Fact label=text::SENT>{sent}</Fact>
                <Fact label=text::ATTEMPTS>{message.attempts}</Fact>
            </Facts>
        </Card>
    }
    .into_any()
}

#[component]
fn Resend(message: Load<Communication>, data: Shown<Communication>) -> impl IntoView {
    let open = RwSignal::new(false);
    let sender = use_sender();
    let toasts = use_toasts();
    let resend = move || {
        let id = data.with_untracked(|message| message.row.id);
        sender.confirm(communications::resend(id), move |queued| {
            open.set(false);
            message.set(queued);
            toasts.good(text::RESENT);
        });
    };
    let ask = move || {
        sender.forget();
        open.set(true);
    };
    view! {
        <Button icon=Glyph::Send on_press=ask>
            {text::RESEND}
        </Button>
        <ConfirmDialog
            open
            title=Signal::derive(move || text::resend_question(&data.get().row.to))
            confirm=text::RESEND_CONFIRM
            on_confirm=resend
            danger=false
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::RESEND_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
