//! Name, domain, addresses, colour, time zone.

use js_sys::{Array, Function, Reflect};
use latchkey_shared::{
    api::settings::{Company, Settings},
    text::settings as text,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    colour::{ColourPart, reload_brand},
    page::Shown,
};
use crate::{
    api::{Problem, check, settings, use_sender},
    components::{
        Card, ConfirmDialog, FieldPair, Form, FormErrors, TextAreaField, TextField, TextKind, use_toasts,
    },
    pages::staff::save_row::SaveRow,
};

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    description: RwSignal<String>,
    domain: RwSignal<String>,
    website: RwSignal<String>,
    support_email: RwSignal<String>,
    own_colour: RwSignal<bool>,
    colour: RwSignal<String>,
    time_zone: RwSignal<String>,
}

/// The picker's first colour, where none was chosen.
const FIRST_COLOUR: &str = "#245a92";

impl Fields {
    fn of(company: Company) -> Self {
        Self {
            name: RwSignal::new(company.name),
            description: RwSignal::new(company.description),
            domain: RwSignal::new(company.domain),
            website: RwSignal::new(company.website),
            support_email: RwSignal::new(company.support_email),
            own_colour: RwSignal::new(company.accent.is_some()),
            colour: RwSignal::new(company.accent.unwrap_or_else(|| FIRST_COLOUR.to_owned())),
            time_zone: RwSignal::new(company.time_zone),
        }
    }

    fn form(self) -> Company {
        let trimmed = |text: RwSignal<String>| text.with_untracked(|text| text.trim().to_owned());
        Company {
            name: trimmed(self.name),
            description: self.description.get_untracked(),
            domain: trimmed(self.domain),
            website: trimmed(self.website),
            support_email: trimmed(self.support_email),
            accent: self.own_colour.get_untracked().then(|| trimmed(self.colour)),
            time_zone: trimmed(self.time_zone),
        }
    }
}

#[component]
pub fn CompanySection(shown: Shown) -> impl IntoView {
    let Shown { data, saved, read_only } = shown;
    let fields = Fields::of(data.get_untracked().company);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let send = move || {
        sender.send(settings::set_company(&fields.form()), move |answer: Result<Settings, Problem>| {
            asking.set(false);
            match answer {
                Ok(settings) => {
                    toasts.good(text::COMPANY_SAVED);
                    reload_brand();
                    saved.run((settings,));
                }
                Err(problem) => errors.fail(problem.into()),
            }
        });
    };
    let submit = move || {
        let form = fields.form();
        if form.time_zone.is_empty() {
            errors.set("time_zone", text::TIME_ZONE_MISSING);
        }
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        let before = data.with_untracked(|settings| settings.company.domain.clone());
        if before.is_empty() || before == form.domain {
            send();
        } else {
            asking.set(true);
        }
    };
    view! {
        <Card title=text::COMPANY_TITLE>
            <Form errors busy=sender.busy() on_submit=submit>
                <fieldset class="plain" disabled=read_only>
                    <TextField name="name" label=text::NAME value=fields.name autocomplete="organization" max_length=100 required=true />
                    <TextAreaField
                        name="description"
                        label=text::DESCRIPTION
                        value=fields.description
                        help=text::DESCRIPTION_HELP
                        max_length=1000
                    />
                    <TextField name="domain" label=text::DOMAIN value=fields.domain kind=TextKind::Code help=text::DOMAIN_HELP required=true />
                    <FieldPair>
                        <TextField name="website" label=text::WEBSITE value=fields.website kind=TextKind::Url max_length=200 />
                        <TextField
                            name="support_email"
                            label=text::SUPPORT_EMAIL
                            value=fields.support_email
                            kind=TextKind::Email
                            help=text::SUPPORT_EMAIL_HELP
                        />
                    </FieldPair>
                    <TextField
                        name="time_zone"
                        label=text::TIME_ZONE
                        value=fields.time_zone
                        autocomplete="off"
                        help=text::TIME_ZONE_HELP
                        suggestions=time_zones()
                        required=true
                    />
                    <ColourPart own=fields.own_colour colour=fields.colour />
                </fieldset>
                <SaveRow busy=sender.busy() read_only />
            </Form>
        </Card>
        <ConfirmDialog
            open=asking
            title=text::DOMAIN_QUESTION
            confirm=text::DOMAIN_CONFIRM
            on_confirm=send
            busy=sender.busy()
        >
            <p>{text::DOMAIN_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}

/// The zones that the browser knows; none where it cannot list them.
fn time_zones() -> Vec<String> {
    let list = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let list: Function = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into().ok()?;
        list.call1(&intl, &"timeZone".into()).ok()?.dyn_into::<Array>().ok()
    };
    list().map(|zones| zones.iter().filter_map(|zone| zone.as_string()).collect()).unwrap_or_default()
}
