//! When customers are reminded, and of what.

use latchkey_shared::{
    api::message_templates::{Reminder, Reminders, SetReminder},
    permission::Permission,
    text::{common::SAVE, communications, message_templates as text},
};
use leptos::prelude::*;

use crate::{
    api::{Shown, check, load, message_templates, use_sender},
    components::{
        Button, ButtonLink, ButtonRow, Card, CheckboxField, Crumb, Form, FormErrors, Glyph, Grid, Look,
        PageHeader, TextField, use_toasts,
    },
    pages::staff::show::may,
};

#[component]
pub fn RemindersPage() -> impl IntoView {
    load(message_templates::reminders).page(text::REMINDERS, 12, draw)
}

fn draw(shown: Shown<Reminders>) -> AnyView {
    let Reminders { reminders, time_zone } = shown.get_untracked();
    let cards = reminders.into_iter().map(rule).collect_view();
    view! {
        <PageHeader title=text::REMINDERS crumbs=vec![Crumb::new(communications::TITLE, "/Communications")]>
            <span class="muted">{text::REMINDERS_INTRO} " " {text::in_zone(&time_zone)}</span>
        </PageHeader>
        <Grid>{cards}</Grid>
    }
    .into_any()
}

/// The rule of one kind, with a form of its own.
fn rule(reminder: Reminder) -> AnyView {
    let kind = reminder.kind;
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let enabled = RwSignal::new(reminder.enabled);
    let days = RwSignal::new(reminder.days);
    let read_only = !may(Permission::SettingsWrite);
    let submit = move || {
        let form = SetReminder { enabled: enabled.get_untracked(), days: days.get_untracked() };
        if check(&form, errors) {
            sending.submit(errors, message_templates::set_reminder(kind, &form), move |kept: Reminders| {
                if let Some(kept) = kept.reminders.into_iter().find(|rule| rule.kind == kind) {
                    days.set(kept.days);
                }
                toasts.good(text::REMINDER_SAVED);
            });
        }
    };
    let label = if kind.comes_after() { text::DAYS_AFTER } else { text::DAYS_BEFORE };
    // Made where it stands, so that the form can tell it what is wrong.
    let on_days = move || {
        (!kind.is_at_once()).then(|| {
            view! {
                <TextField
                    name="days"
                    label
                    value=days
                    required=true
                    help=text::DAYS_HELP
                    max_length=60
                    autocomplete="off"
                />
            }
        })
    };
    let words = ["/Communications/Templates/", kind.template().as_str()].concat();
    let save = (!read_only).then(|| {
        view! {
            <Button submit=true look=Look::Primary busy=sending.busy()>
                <span aria-hidden="true">{SAVE}</span>
                <span class="unseen">{text::save_rule(kind.label())}</span>
            </Button>
        }
    });
    view! {
        <Card title=kind.label()>
            <p class="muted">{kind.about()}</p>
            <Form errors on_submit=submit busy=sending.busy()>
                <fieldset class="plain" disabled=read_only>
                    <CheckboxField name="enabled" value=enabled>
                        {if kind.is_at_once() { text::TELL } else { text::REMIND }}
                    </CheckboxField>
                    {on_days}
                </fieldset>
                <ButtonRow>
                    {save}
                    <ButtonLink href=words look=Look::Secondary icon=Glyph::Edit>
                        {text::CHANGE_WORDS}
                    </ButtonLink>
                </ButtonRow>
            </Form>
        </Card>
    }
    .into_any()
}
