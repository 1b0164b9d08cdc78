//! Setting the mail server, and switching it off.

use latchkey_shared::{
    api::settings::{SetMail, Settings},
    text::settings as text,
};
use leptos::prelude::*;

use super::page::Shown;
use crate::{
    api::{check, settings, use_sender},
    components::{Button, ButtonRow, ConfirmDialog, Form, FormErrors, Look, TextField, TextKind, use_toasts},
};

#[component]
pub fn MailForm(shown: Shown) -> impl IntoView {
    let Shown { data, saved, .. } = shown;
    let url = RwSignal::new(String::new());
    let from = RwSignal::new(data.get_untracked().mail.from);
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let asking = RwSignal::new(false);
    let configured = Memo::new(move |_| data.with(|settings| settings.mail.configured));
    let submit = move || {
        let form = SetMail {
            url: url.with_untracked(|url| url.trim().to_owned()),
            from: from.with_untracked(|from| from.trim().to_owned()),
        };
        if form.url.is_empty() {
            errors.set("url", text::MAIL_URL_MISSING);
        } else if !form.url.starts_with("smtp://") && !form.url.starts_with("smtps://") {
            errors.set("url", text::MAIL_URL_WRONG);
        }
        if form.from.is_empty() {
            errors.set("from", text::MAIL_FROM_MISSING);
        }
        if !errors.settle() || !check(&form, errors) {
            return;
        }
        sender.submit(errors, settings::set_mail(&form), move |settings| {
            // It holds a password.
            url.set(String::new());
            toasts.good(text::MAIL_SAVED);
            saved.run((settings,));
        });
    };
    let switch_off = move || {
        let form = SetMail { url: String::new(), from: from.get_untracked() };
        sender.confirm(settings::set_mail(&form), move |settings: Settings| {
            asking.set(false);
            toasts.good(text::MAIL_SWITCHED_OFF);
            saved.run((settings,));
        });
    };
    let help = move || if configured.get() { text::MAIL_URL_AGAIN } else { text::MAIL_URL_HELP }.to_owned();
    view! {
        <Form errors busy=sender.busy() on_submit=submit>
            <TextField
                name="url"
                label=text::MAIL_URL
                value=url
                kind=TextKind::Code
                autocomplete="off"
                placeholder="smtp://user:password@mail.example.com:587"
                help=MaybeProp::derive(move || Some(help()))
                required=true
            />
            <TextField name="from" label=text::MAIL_FROM value=from kind=TextKind::Email help=text::MAIL_FROM_HELP required=true />
            <ButtonRow>
                <Button submit=true look=Look::Primary busy=sender.busy()>
                    {text::MAIL_SAVE}
                </Button>
                <Show when=move || configured.get()>
                    <Button look=Look::Quiet on_press=move || asking.set(true)>
                        {text::MAIL_OFF_CONFIRM}
                    </Button>
                </Show>
            </ButtonRow>
        </Form>
        <ConfirmDialog
            open=asking
            title=text::MAIL_OFF_QUESTION
            confirm=text::MAIL_OFF_CONFIRM
            on_confirm=switch_off
            busy=sender.busy()
            problem=sender.problem()
        >
            <p>{text::MAIL_OFF_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}
