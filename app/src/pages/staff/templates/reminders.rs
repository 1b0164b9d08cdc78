//! When customers are reminded, and of what.

use latchkey_shared::{
    api::messages::{Reminder, SetReminder},
    permission::Permission,
    text::{common::SAVE, templates as text},
};
use leptos::prelude::*;

use crate::{
    api::{check, templates, use_sender},
    components::{Button, Card, CheckboxField, FieldPair, Form, FormErrors, Look, TextField, use_toasts},
    pages::staff::show::may,
};

/// A form for each kind.
pub fn reminders(rules: Vec<Reminder>) -> AnyView {
    let forms = rules.into_iter().map(rule).collect_view();
    view! {
        <Card title=text::REMINDERS>
            <p class="muted">{text::REMINDERS_INTRO}</p>
            <div class="reminders">{forms}</div>
        </Card>
    }
    .into_any()
}

fn rule(reminder: Reminder) -> AnyView {
    let kind = reminder.kind;
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let enabled = RwSignal::new(reminder.enabled);
    let days = RwSignal::new(reminder.days);
    let may_change = may(Permission::SettingsWrite);
    let submit = move || {
        let form = SetReminder { enabled: enabled.get_untracked(), days: days.get_untracked() };
        if check(&form, errors) {
            sending.submit(errors, templates::set_reminder(kind, &form), move |rules: Vec<Reminder>| {
                if let Some(rule) = rules.into_iter().find(|rule| rule.kind == kind) {
                    days.set(rule.days);
                }
                toasts.good(text::RULE_SAVED);
            });
        }
    };
    let save = may_change.then(|| {
        view! {
            <Button submit=true look=Look::Secondary busy=sending.busy()>
                {SAVE}
                <span class="unseen">" " {kind.label()}</span>
            </Button>
        }
    });
    view! {
        <Form errors on_submit=submit busy=sending.busy()>
            <h3>{kind.label()}</h3>
            <p class="muted">{kind.template().about()}</p>
            <FieldPair>
                <CheckboxField name="enabled" value=enabled disabled=!may_change>
                    {text::ENABLED}
                    <span class="unseen">": " {kind.label()}</span>
                </CheckboxField>
                <TextField
                    name="days"
                    label=[text::DAYS, ": ", kind.label()].concat()
                    value=days
                    disabled=!may_change
                    max_length=60
                    autocomplete="off"
                />
            </FieldPair>
            {save}
        </Form>
    }
    .into_any()
}
