//! `/Customers/New`

use latchkey_shared::{permission::Permission as May, text::customers as text};
use leptos::prelude::*;

use super::fields::Fields;
use crate::{
    api::{self, check, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Card, Crumb, Form, FormErrors, Look, PageHeader, use_toasts,
    },
    pages::staff::show::may,
    routes::use_go,
};

#[component]
pub fn NewCustomerPage() -> impl IntoView {
    let fields = Fields::default();
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let submit = move || {
        let form = fields.to_add();
        if check(&form, errors) {
            sending.submit(errors, api::customers::add(&form), move |customer| {
                toasts.good(text::added(&customer.name));
                go.run((["/Customers/", &customer.id.to_string()].concat(),));
            });
        }
    };
    view! {
        <PageHeader title=text::NEW_TITLE crumbs=vec![Crumb::new(text::TITLE, "/Customers")] />
        <div class="form-page"><Card>
            <Form errors on_submit=submit busy=sending.busy()>
                {fields.draw(may(May::LinksManage))}
                <ButtonRow>
                    <Button submit=true look=Look::Primary busy=sending.busy()>
                        {text::ADD}
                    </Button>
                    <ButtonLink href="/Customers">{text::CANCEL}</ButtonLink>
                </ButtonRow>
            </Form>
        </Card></div>
    }
    .into_any()
}
