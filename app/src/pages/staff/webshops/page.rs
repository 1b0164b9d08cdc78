//! One webshop: how it stands, and changing it.

use latchkey_shared::{
    api::webshops::{SetWebshop, Webshop},
    ids::WebshopId,
    permission::Permission,
    text::webshops as text,
};
use leptos::prelude::*;

use super::{fields::Fields, list::state};
use crate::{
    api::{Load, Shown, check, encoded, load, use_sender, webshops},
    components::{
        Banner, Card, CheckboxField, ConfirmDialog, Crumb, Form, FormErrors, PageHeader, Tone, use_toasts,
    },
    pages::staff::{
        save_row::SaveRow,
        show::{self, may},
    },
    routes::use_id,
};

#[component]
pub fn WebshopPage() -> impl IntoView {
    let id = use_id::<WebshopId>();
    let webshop = load(move || webshops::get(id.get()));
    webshop.page(text::ONE, 8, move |shown| {
        view! {
            {head(shown)}
            {move || shown.with(|webshop| webshop.plans == 0 && webshop.active).then(no_plans)}
            <Change webshop shown />
        }
        .into_any()
    })
}

fn head(shown: Shown<Webshop>) -> AnyView {
    let badge = move || {
        let (tone, word) = shown.with(state);
        show::badge(tone, word)
    };
    let customers = move || {
        let (id, count) = shown.with(|webshop| (webshop.id, webshop.customers));
        let href = ["/Customers?filter=", &encoded(&["webshop = ", &id.to_string()].concat())].concat();
        view! { <a href=href title=text::SHOW_CUSTOMERS>{text::CUSTOMERS} ": " {count}</a> }
    };
    view! {
        <PageHeader title=Signal::derive(move || shown.with(|webshop| webshop.name.clone())) crumbs=vec![Crumb::new(text::TITLE, "/Webshops")]>
            {badge}
            {customers}
            <span>{text::PLANS} ": " {move || shown.with(|webshop| webshop.plans)}</span>
            {move || shown.with(|webshop| webshop.default).then(|| view! { <span>{text::DEFAULT}</span> })}
        </PageHeader>
    }
    .into_any()
}

fn no_plans() -> AnyView {
    view! { <Banner tone=Tone::Notice title=text::NO_PLANS /> }.into_any()
}

#[component]
fn Change(webshop: Load<Webshop>, shown: Shown<Webshop>) -> impl IntoView {
    let id = shown.with_untracked(|webshop| webshop.id);
    let fields = shown.with_untracked(|webshop| Fields::of(Some(webshop)));
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let read_only = !may(Permission::SettingsWrite);
    let save = move |form: SetWebshop| {
        sender.submit(errors, webshops::set(id, &form), move |saved| {
            toasts.good(text::SAVED);
            fields.fill(&saved);
            webshop.set(saved);
        });
    };
    let form = move || fields.form(errors).filter(|form| check(form, errors));
    let submit = move || {
        let Some(form) = form() else { return };
        let was_open = shown.with_untracked(|webshop| webshop.active);
        if was_open && !form.active { asking.set(true) } else { save(form) }
    };
    let switch_off = move || {
        asking.set(false);
        if let Some(form) = form() {
            save(form);
        }
    };
    view! {
        <div class="form-page">
            <Card>
                <Form errors busy=sender.busy() on_submit=submit>
                    <fieldset class="plain" disabled=read_only>
                        {fields.view()}
                        <CheckboxField name="active" value=fields.active help=text::ACTIVE_HELP>
                            {text::ACTIVE}
                        </CheckboxField>
                    </fieldset>
                    <SaveRow busy=sender.busy() read_only />
                </Form>
            </Card>
        </div>
        <ConfirmDialog
            open=asking
            title=text::SWITCH_OFF_QUESTION
            confirm=text::SWITCH_OFF
            on_confirm=switch_off
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::SWITCH_OFF_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
