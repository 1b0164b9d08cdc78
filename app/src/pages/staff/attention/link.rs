//! Saying which licence key a subscription has, and whose it is.

use latchkey_shared::{
    api::attention::{Attention, LinkCustomer, LinkKey},
    ids::KeyGlobalId,
    text::{attention as text, keys, listing},
};
use leptos::prelude::*;

use super::deciding::Decision;
use crate::{
    api::{Call, attention, check, load, use_sender},
    components::{Button, ButtonRow, CancelButton, Form, FormErrors, Look, TextAreaField},
    pages::staff::keys::{CustomerPicker, KeyPicker, Picked},
};

#[component]
pub fn LinkKeyForm(decision: Decision) -> impl IntoView {
    let id = decision.asked.with_value(|asked| asked.row.id);
    let entry = load(move || attention::get(id));
    entry.view(4, move |entry| draw_keys(decision, &entry.get_untracked()))
}

fn draw_keys(decision: Decision, entry: &Attention) -> AnyView {
    let chosen = RwSignal::new(None::<Picked<KeyGlobalId>>);
    let errors = FormErrors::new();
    let id = entry.row.id;
    let call = move |reason: String| {
        let Some(picked) = chosen.get_untracked() else {
            errors.set("key", text::KEY_FIRST);
            return None;
        };
        let form = LinkKey { key: picked.id, reason };
        check(&form, errors).then(|| attention::link_key(id, &form))
    };
    let (customer, product) = (entry.row.customer, entry.product);
    let field = move || {
        view! { <KeyPicker name="key" label=text::KEY_LABEL chosen customer product help=text::KEY_HELP required=true /> }.into_any()
    };
    form(decision, errors, text::LINK_KEY_TEXT, text::LINK_KEY_CONFIRM, call, field)
}

#[component]
pub fn LinkCustomerForm(decision: Decision) -> impl IntoView {
    let chosen = RwSignal::new(None::<Picked>);
    let errors = FormErrors::new();
    let id = decision.asked.with_value(|asked| asked.row.id);
    let call = move |reason: String| {
        let Some(picked) = chosen.get_untracked() else {
            errors.set("customer", text::CUSTOMER_FIRST);
            return None;
        };
        let form = LinkCustomer { customer: picked.id, reason };
        check(&form, errors).then(|| attention::link_customer(id, &form))
    };
    let field = move || {
        view! { <CustomerPicker name="customer" label=keys::PICK_LABEL chosen required=true /> }.into_any()
    };
    form(decision, errors, text::LINK_CUSTOMER_TEXT, text::LINK_CUSTOMER_CONFIRM, call, field)
}

/// What both ask for. `call` is what to send, or `None` after showing what is missing.
fn form(
    decision: Decision,
    errors: FormErrors,
    about: &'static str,
    confirm: &'static str,
    call: impl Fn(String) -> Option<Call<Attention>> + Send + Sync + 'static,
    field: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    let reason = RwSignal::new(String::new());
    let sender = use_sender();
    let open = decision.open;
    let submit = move || match call(reason.get_untracked().trim().to_owned()) {
        Some(call) => sender.submit(errors, call, move |entry| decision.done.run((entry,))),
        None => _ = errors.settle(),
    };
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <p>{about}</p>
            {field()}
            <TextAreaField name="reason" label=listing::REASON value=reason rows=2 help=text::REASON_HELP max_length=500 />
            <ButtonRow end=true>
                <CancelButton open />
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {confirm}
                </Button>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
