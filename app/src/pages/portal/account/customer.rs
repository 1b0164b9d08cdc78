//! For whom the user acts.

use latchkey_shared::{
    api::{
        portal::{Account, SwitchCustomer},
        session::CustomerChoice,
    },
    text::portal::account as words,
};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, use_sender},
    components::{Button, ButtonRow, Card, Choice, ChoiceCards, CopyId, Fact, Facts, Form, FormErrors},
    session::use_session,
};

/// Number and company of the customer, and the others to choose from where there are several.
pub fn card(shown: Shown<Account>) -> AnyView {
    let company = move || {
        shown
            .with(|account| Some(account.company.clone()).filter(|company| !company.is_empty()))
            .map(|company| view! { <Fact label=words::COMPANY>{company}</Fact> })
    };
    let number = Signal::derive(move || shown.with(|account| account.customer.to_string()));
    view! {
        <Card title=words::CUSTOMER>
            <Facts stacked=true>
                <Fact label=words::NAME>{move || shown.with(|account| account.customer_name.clone())}</Fact>
                {company}
                <Fact label=words::CUSTOMER_NUMBER>
                    <CopyId value=number what="customer number" />
                </Fact>
            </Facts>
            {switch()}
        </Card>
    }
    .into_any()
}

fn switch() -> AnyView {
    let session = use_session();
    let portal = Memo::new(move |_| session.portal());
    let several = Memo::new(move |_| {
        portal.with(|portal| portal.as_ref().is_some_and(|portal| portal.customers.len() > 1))
    });
    let body = move || several.get().then(|| choose(portal));
    view! { {body} }.into_any()
}

fn choose(portal: Memo<Option<latchkey_shared::api::session::PortalSession>>) -> AnyView {
    let session = use_session();
    let errors = FormErrors::new();
    let sender = use_sender();
    let current = portal
        .with_untracked(|portal| portal.as_ref().and_then(|portal| portal.customer).map(|id| id.to_string()));
    let chosen = RwSignal::new(current.unwrap_or_default());
    let options = Signal::derive(move || {
        let option = |one: &CustomerChoice| Choice::new(one.id.to_string(), one.name.clone());
        portal.with(|portal| {
            portal.as_ref().map_or_else(Vec::new, |portal| portal.customers.iter().map(option).collect())
        })
    });
    let submit = move || {
        if let Ok(customer) = chosen.with_untracked(|chosen| chosen.parse()) {
            let call = api::portal_access::switch_customer(&SwitchCustomer { customer });
            sender.submit(errors, call, move |answer| session.set(answer));
        }
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <ChoiceCards name="customer" label=words::CUSTOMER_HELP value=chosen options />
            <ButtonRow>
                <Button submit=true busy=sender.busy()>
                    {words::SWITCH}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
