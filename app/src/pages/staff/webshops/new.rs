//! A new webshop.

use latchkey_shared::text::webshops as text;
use leptos::prelude::*;

use super::fields::Fields;
use crate::{
    api::{check, use_sender, webshops},
    components::{
        Button, ButtonLink, ButtonRow, Card, Crumb, Form, FormErrors, Look, PageHeader, use_toasts, words,
    },
    routes::use_go,
};

#[component]
pub fn NewWebshopPage() -> impl IntoView {
    let fields = Fields::of(None);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let submit = move || {
        let Some(form) = fields.form(errors) else { return };
        if !check(&form, errors) {
            return;
        }
        sender.submit(errors, webshops::add(&form), move |webshop| {
            toasts.good(text::created(&webshop.name));
            go.run((["/Webshops/", &webshop.id.to_string()].concat(),));
        });
    };
    view! {
        <PageHeader title=text::NEW crumbs=vec![Crumb::new(text::TITLE, "/Webshops")] />
        <div class="form-page">
            <Card>
                <Form errors busy=sender.busy() on_submit=submit>
                    {fields.view()}
                    <ButtonRow>
                        <Button submit=true look=Look::Primary busy=sender.busy()>
                            {text::CREATE}
                        </Button>
                        <ButtonLink href="/Webshops" look=Look::Quiet>
                            {words::CANCEL}
                        </ButtonLink>
                    </ButtonRow>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}
