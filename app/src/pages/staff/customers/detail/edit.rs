//! Changing a customer's details.

use latchkey_shared::{api::customers::Customer, text::customers as text};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Problem, check, use_sender},
    components::{Banner, Button, ButtonLink, ButtonRow, Card, Form, FormErrors, Look, Tone, use_toasts},
    pages::staff::customers::fields::Fields,
    routes::use_go,
};

/// The tab. It is filled once: what is typed stays, whatever is loaded meanwhile.
pub fn edit(customer: Load<Customer>) -> AnyView {
    let filled = RwSignal::new(0_u32);
    let body = move || {
        filled.track();
        let start = untrack(|| customer.get());
        start.map(|start| form(customer, start, filled))
    };
    view! { {body} }.into_any()
}

fn form(customer: Load<Customer>, start: Customer, filled: RwSignal<u32>) -> AnyView {
    let fields = Fields::of(&start);
    let (id, version) = (start.id, start.version);
    let page = ["/Customers/", &id.to_string()].concat();
    let cancel = page.clone();
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let outdated = RwSignal::new(None::<String>);
    let submit = move || {
        let form = fields.to_edit(version);
        if !check(&form, errors) {
            return;
        }
        outdated.set(None);
        let page = page.clone();
        sending.send(api::customers::edit(id, &form), move |answer| match answer {
            Ok(answer) => {
                customer.set(answer);
                toasts.good(text::SAVED);
                go.run((page,));
            }
            Err(Problem::Conflict(error)) if error.fields.is_empty() => outdated.set(Some(error.message)),
            Err(problem) => errors.fail(problem.into()),
        });
    };
    let fresh = use_sender();
    let load_again = move || {
        fresh.press(api::customers::get(id), move |answer| {
            customer.set(answer);
            filled.update(|filled| *filled += 1);
        });
    };
    let banner = move || {
        outdated.get().map(|message| {
            view! {
                <Banner tone=Tone::Notice title=message alert=true>
                    <Button small=true on_press=load_again>
                        {text::LOAD_AGAIN}
                    </Button>
                </Banner>
            }
        })
    };
    view! {
        <Card title=text::TAB_EDIT>
            {banner}
            <Form errors on_submit=Callback::from(submit) busy=sending.busy()>
                {fields.draw(false)}
                <ButtonRow>
                    <Button submit=true look=Look::Primary busy=sending.busy()>
                        {text::SAVE}
                    </Button>
                    <ButtonLink href=cancel>{text::CANCEL}</ButtonLink>
                </ButtonRow>
            </Form>
        </Card>
    }
    .into_any()
}
