//! What customers may do with their licences in the portal.

use latchkey_shared::{api::settings::OwnLicences, text::settings as text};
use leptos::prelude::*;

use super::page::Shown;
use crate::{
    api::{check, settings, use_sender},
    components::{Card, CheckboxField, Form, FormErrors, NumberField, use_toasts},
    pages::staff::save_row::SaveRow,
};

#[component]
pub fn OwnLicencesSection(shown: Shown) -> impl IntoView {
    let Shown { data, saved, read_only } = shown;
    let rules = data.get_untracked().own_licences;
    let remove = RwSignal::new(rules.remove_machines);
    let reissues = RwSignal::new(Some(rules.reissues_per_day));
    let machines = RwSignal::new(rules.reissue_moves_machines);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let submit = move || {
        if reissues.get_untracked().is_none() {
            errors.set("reissues_per_day", text::OWN_REISSUES_MISSING);
        }
        let form = OwnLicences {
            remove_machines: remove.get_untracked(),
            reissues_per_day: reissues.get_untracked().unwrap_or_default(),
            reissue_moves_machines: machines.get_untracked(),
        };
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        sender.submit(errors, settings::set_own_licences(&form), move |settings| {
            toasts.good(text::OWN_SAVED);
            saved.run((settings,));
        });
    };
    view! {
        <Card title=text::OWN_TITLE>
            <p class="muted">{text::OWN_INTRO}</p>
            <Form errors busy=sender.busy() on_submit=submit>
                <fieldset class="plain" disabled=read_only>
                    <CheckboxField name="remove_machines" value=remove help=text::OWN_REMOVE_HELP>
                        {text::OWN_REMOVE}
                    </CheckboxField>
                    <NumberField
                        name="reissues_per_day"
                        label=text::OWN_REISSUES
                        value=reissues
                        min=0
                        max=100
                        unit=text::OWN_REISSUES_UNIT
                        help=text::OWN_REISSUES_HELP
                        required=true
                    />
                    <CheckboxField name="reissue_moves_machines" value=machines help=text::OWN_MACHINES_HELP>
                        {text::OWN_MACHINES}
                    </CheckboxField>
                </fieldset>
                <SaveRow busy=sender.busy() read_only label=text::OWN_SAVE />
            </Form>
        </Card>
    }
    .into_any()
}
