//! The webshop that the customer is bound to, where there is more than one.

use latchkey_shared::{
    api::{customers::Customer, webshops::SetCustomerWebshop},
    ids::WebshopId,
    permission::Permission,
    text::webshops as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, Shown, load, use_sender},
    components::{
        Button, ButtonRow, CancelButton, Card, Choice, Dialog, Form, FormErrors, Look, SelectField,
        use_toasts,
    },
    pages::staff::show::may,
};

pub fn webshop(customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    let bound = Memo::new(move |_| shown.with(|shown| shown.webshop.clone()));
    let open = RwSignal::new(false);
    let card = move || {
        let webshop = bound.get()?;
        let href = ["/Webshops/", &webshop.id.to_string()].concat();
        let name = if may(Permission::SettingsRead) {
            view! { <a href=href>{webshop.name}</a> }.into_any()
        } else {
            webshop.name.into_any()
        };
        // The choice is made from the list of webshops, which not everybody may see.
        let may_change = may(Permission::CustomersWrite) && may(Permission::SettingsRead);
        let change = may_change.then(|| {
            view! {
                <ButtonRow>
                    <Button small=true on_press=move || open.set(true)>
                        {text::CHANGE}
                    </Button>
                </ButtonRow>
            }
        });
        Some(view! { <Card title=text::CUSTOMER_TITLE><p>{name}</p> {change}</Card> })
    };
    view! {
        {card}
        <Dialog open title=text::CHANGE>
            <Change open customer shown />
        </Dialog>
    }
    .into_any()
}

#[component]
fn Change(open: RwSignal<bool>, customer: Load<Customer>, shown: Shown<Customer>) -> impl IntoView {
    let (id, bound) = shown.with_untracked(|shown| {
        (shown.id, shown.webshop.as_ref().map(|webshop| webshop.id.to_string()).unwrap_or_default())
    });
    let value = RwSignal::new(bound);
    let found = load(api::webshops::list);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let submit = move || {
        let Ok(webshop) = value.with_untracked(|value| value.parse::<WebshopId>()) else { return };
        let form = SetCustomerWebshop { webshop };
        sender.submit(errors, api::webshops::bind(id, &form), move |changed| {
            open.set(false);
            toasts.good(text::CHANGED);
            customer.set(changed);
        });
    };
    found.view(2, move |webshops| {
        let options = Signal::derive(move || {
            let all = webshops.get().webshops.into_iter();
            all.map(|webshop| Choice::new(webshop.id.to_string(), webshop.name)).collect::<Vec<_>>()
        });
        view! {
            <Form errors busy=sender.busy() on_submit=submit>
                <p>{text::CHANGE_TEXT}</p>
                <SelectField name="webshop" label=text::CUSTOMER_TITLE value options required=true />
                <ButtonRow end=true>
                    <CancelButton open />
                    <Button submit=true look=Look::Primary busy=sender.busy()>
                        {text::CHANGE_SAVE}
                    </Button>
                </ButtonRow>
            </Form>
        }
        .into_any()
    })
}
