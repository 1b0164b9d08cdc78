//! Validity, machines and notes of a key.

use latchkey_shared::{api::keys::LicenceKey, permission::Permission, text::keys as text};
use leptos::prelude::*;

use super::{edit::KeyEditor, zone};
use crate::{
    components::{Card, CheckboxField, DateField, FieldPair, Form, FormErrors, NumberField, TextAreaField},
    pages::staff::save_row::SaveRow,
    pages::staff::show::may,
    session::use_session,
};

/// What stands in the form.
#[derive(Clone, Copy)]
struct Fields {
    day: RwSignal<String>,
    never: RwSignal<bool>,
    machines: RwSignal<Option<i64>>,
    notes: RwSignal<String>,
    allowed: RwSignal<String>,
}

impl Fields {
    fn of(key: &LicenceKey, zone: &str) -> Self {
        let day = key.row.expires.map(|expires| zone::day_of(expires, zone)).unwrap_or_default();
        Self {
            day: RwSignal::new(day),
            never: RwSignal::new(key.row.expires.is_none()),
            machines: RwSignal::new(Some(key.row.max_machines)),
            notes: RwSignal::new(key.notes.clone()),
            allowed: RwSignal::new(key.allowed_machines.clone()),
        }
    }
}

#[component]
pub fn Limits(editor: KeyEditor) -> impl IntoView {
    let read_only = !may(Permission::KeysWrite);
    let zone = untrack(|| use_session().vendor()).map(|vendor| vendor.time_zone).unwrap_or_default();
    let key = editor.data.get_untracked();
    let fields = Fields::of(&key, &zone);
    let errors = FormErrors::new();
    let submit = move || {
        let before = editor.data.with_untracked(|key| key.row.expires);
        let day = fields.day.get_untracked();
        let expires = if fields.never.get_untracked() {
            None
        } else {
            // An untouched day keeps its hour.
            before
                .filter(|before| zone::day_of(*before, &zone) == day)
                .or_else(|| zone::end_of_day(&day, &zone))
        };
        if expires.is_none() && !fields.never.get_untracked() {
            errors.set("expires", text::EXPIRY_MISSING);
        }
        let machines = fields.machines.get_untracked().filter(|machines| (0..=1_000_000).contains(machines));
        if machines.is_none() {
            errors.set("max_machines", text::MACHINES_MISSING);
        }
        let Some(machines) = machines.filter(|_| errors.settle()) else {
            errors.settle();
            return;
        };
        let notes = fields.notes.get_untracked();
        let allowed = fields.allowed.get_untracked();
        let change = move |form: &mut latchkey_shared::api::keys::EditKey| {
            form.expires = expires;
            form.max_machines = machines;
            form.notes = notes;
            form.allowed_machines = Some(allowed);
        };
        editor.save(change, text::SAVED, Some(errors), || {});
    };
    let expiry_help = key.row.from_stripe.then(|| text::STRIPE_EXPIRY.to_owned());
    let sender = editor.sender;
    view! {
        <Card title=text::LIMITS_TITLE>
            <Form errors busy=sender.busy() on_submit=submit>
                <fieldset class="plain" disabled=read_only>
                    <FieldPair>
                        <DateField
                            name="expires"
                            label=text::EXPIRY_DAY
                            value=fields.day
                            disabled=fields.never
                            help=MaybeProp::from(expiry_help)
                            required=true
                        />
                        <NumberField
                            name="max_machines"
                            label=text::MAX_MACHINES
                            value=fields.machines
                            min=0
                            max=1_000_000
                            help=text::MAX_MACHINES_HELP
                            required=true
                        />
                    </FieldPair>
                    <CheckboxField name="never" value=fields.never>
                        {text::NEVER_EXPIRES}
                    </CheckboxField>
                    <TextAreaField name="notes" label=text::NOTES value=fields.notes help=text::NOTES_HELP max_length=500 />
                    <TextAreaField
                        name="allowed_machines"
                        label=text::ALLOWED
                        value=fields.allowed
                        help=text::ALLOWED_HELP
                        code=true
                        rows=2
                        max_length=10_000
                    />
                </fieldset>
                <SaveRow busy=sender.busy() read_only />
            </Form>
        </Card>
    }
    .into_any()
}
