//! A new product.

use latchkey_shared::{api::catalog::AddProduct, product_kind::ProductKind, text::products as text};
use leptos::prelude::*;

use super::{kind::kind_field, page::address};
use crate::{
    api::{check, products, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Card, Crumb, Form, FormErrors, Look, PageHeader, TextAreaField,
        TextField, use_toasts, words,
    },
    routes::use_go,
};

#[component]
pub fn NewProductPage() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    let kind = RwSignal::new(ProductKind::Base.as_str().to_owned());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let go = use_go();
    let submit = move || {
        let form = AddProduct {
            name: name.get_untracked(),
            description: description.get_untracked(),
            kind: ProductKind::parse(&kind.get_untracked()).unwrap_or_default(),
        };
        if !check(&form, errors) {
            return;
        }
        sender.submit(errors, products::add(&form), move |product| {
            toasts.good(text::created(&product.name));
            go.run((address(product.id),));
        });
    };
    view! {
        <PageHeader title=text::NEW crumbs=vec![Crumb::new(text::TITLE, "/Products")] />
        <div class="form-page">
            <Card>
                <Form errors busy=sender.busy() on_submit=submit>
                    <TextField name="name" label=text::NAME value=name max_length=100 required=true autofocus=true />
                    <TextAreaField
                        name="description"
                        label=text::DESCRIPTION
                        value=description
                        help=text::DESCRIPTION_HELP
                        max_length=1000
                    />
                    {kind_field(kind)}
                    <ButtonRow>
                        <Button submit=true look=Look::Primary busy=sender.busy()>
                            {text::CREATE}
                        </Button>
                        <ButtonLink href="/Products" look=Look::Quiet>
                            {words::CANCEL}
                        </ButtonLink>
                    </ButtonRow>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}
