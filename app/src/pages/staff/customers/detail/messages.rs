//! What was written to the customer, and writing to them.

use std::time::Duration;

use latchkey_shared::{
    api::{
        common::ListQuery,
        communications::{Communication, CommunicationRow, SendMessage},
        customers::Customer,
    },
    ids::CustomerId,
    permission::Permission as May,
    text::customers as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, check, load, use_sender},
    components::{
        Button, Card, Column, DataTable, EmptyState, Form, FormErrors, Glyph, Look, Row, TextAreaField,
        TextField, use_toasts,
    },
    pages::staff::{
        communications::state_badge,
        show::{self, may},
    },
};

const EVERY: Duration = Duration::from_secs(10);

pub fn messages(shown: Shown<Customer>) -> AnyView {
    let id = Memo::new(move |_| shown.with(|shown| shown.id));
    let list = load(move || {
        let filter = ["customer.id = ", &id.get().to_string()].concat();
        api::communications::list(&ListQuery { filter, limit: 50, ..ListQuery::default() })
    })
    .poll(true, EVERY);
    let rows = Signal::derive(move || {
        list.with(|list| list.map(|list| list.items.iter().map(row).collect::<Vec<_>>()))
    });
    let columns = vec![
        Column::new(text::SUBJECT),
        Column::new(text::STATE).fact(),
        Column::new(text::WHEN).right().fact(),
    ];
    let empty = || {
        view! { <EmptyState title=text::NO_MESSAGES body=text::NO_MESSAGES_BODY glyph=Glyph::Mail /> }
            .into_any()
    };
    let address = Memo::new(move |_| shown.with(|shown| !shown.email.is_empty()));
    let write = move || {
        may(May::CommunicationsWrite).then(|| {
            if address.get() { form(id, Callback::from(move |_| list.refresh())) } else { no_address(id) }
        })
    };
    view! {
        {write}
        <Card title=text::TAB_MESSAGES flush=true>
            <DataTable
                label=text::TAB_MESSAGES
                columns
                rows
                reloading=list.reloading()
                problem=list.problem()
                on_retry=move || list.again()
                empty=ViewFn::from(empty)
            />
        </Card>
    }
    .into_any()
}

fn row(message: &CommunicationRow) -> Row {
    let (state, created) = (message.state, message.created);
    Row::new(message.id)
        .href(["/Communications/", &message.id.to_string()].concat())
        .text(&message.subject)
        .cell(move || state_badge(state))
        .cell(move || show::when(created))
}

fn no_address(id: Memo<CustomerId>) -> AnyView {
    let edit = may(May::CustomersWrite).then(|| {
        let href = move || ["/Customers/", &id.get().to_string(), "/edit"].concat();
        view! { <a href=href>{text::ADD_ADDRESS}</a> }
    });
    view! {
        <Card title=text::NEW_MESSAGE>
            <p>{text::NO_ADDRESS} " " {edit}</p>
        </Card>
    }
    .into_any()
}

fn form(id: Memo<CustomerId>, sent: Callback<(Communication,)>) -> AnyView {
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let (subject, body) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move || {
        let form = SendMessage { subject: subject.get_untracked(), text: body.get_untracked() };
        if check(&form, errors) {
            sending.submit(errors, api::customers::send_message(id.get_untracked(), &form), move |message| {
                subject.set(String::new());
                body.set(String::new());
                toasts.good(text::SENT);
                sent.run((message,));
            });
        }
    };
    view! {
        <Card title=text::NEW_MESSAGE>
            <Form errors on_submit=submit busy=sending.busy()>
                <TextField name="subject" label=text::SUBJECT value=subject required=true max_length=100 />
                <TextAreaField name="text" label=text::MESSAGE_TEXT value=body required=true rows=5 max_length=10_000 />
                <Button submit=true icon=Glyph::Send look=Look::Primary busy=sending.busy()>
                    {text::SEND}
                </Button>
            </Form>
        </Card>
    }
    .into_any()
}
