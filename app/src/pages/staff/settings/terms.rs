//! The terms of use that customers accept.

use latchkey_shared::{api::terms::SetTerms, permission::Permission, text::settings as text};
use leptos::prelude::*;

use super::page::Shown;
use crate::{
    api::{Problem, check, settings, use_sender},
    components::{
        Card, ConfirmDialog, Fact, Facts, Form, FormErrors, OutLink, TextField, TextKind, use_toasts,
    },
    pages::staff::save_row::SaveRow,
    pages::staff::show::{self, may},
};

#[component]
pub fn TermsSection(shown: Shown) -> impl IntoView {
    let Shown { data, saved, read_only } = shown;
    let terms = data.get_untracked().terms;
    let url = RwSignal::new(terms.as_ref().map(|terms| terms.url.clone()).unwrap_or_default());
    let version = RwSignal::new(terms.map(|terms| terms.version).unwrap_or_default());
    let errors = FormErrors::new();
    let sender = use_sender();
    let toasts = use_toasts();
    let (asking, removing) = (RwSignal::new(false), RwSignal::new(false));
    let form = move || SetTerms {
        url: url.with_untracked(|url| url.trim().to_owned()),
        version: version.with_untracked(|version| version.trim().to_owned()),
    };
    let send = move || {
        sender.send(settings::set_terms(&form()), move |answer| {
            asking.set(false);
            removing.set(false);
            match answer {
                Ok(settings) => {
                    let terms = settings.terms.clone();
                    toasts.good(if terms.is_some() { text::TERMS_SAVED } else { text::TERMS_REMOVED });
                    version.set(terms.map(|terms| terms.version).unwrap_or_default());
                    saved.run((settings,));
                }
                Err(problem) => errors.fail(Problem::into(problem)),
            }
        });
    };
    let submit = move || {
        let form = form();
        if !check(&form, errors) {
            return;
        }
        let before = data.with_untracked(|settings| settings.terms.clone());
        match before {
            Some(_) if form.url.is_empty() => removing.set(true),
            None if form.url.is_empty() => send(),
            Some(before) if before.url == form.url && before.version == form.version => send(),
            _ => asking.set(true),
        }
    };
    let objects =
        may(Permission::DataRead).then(|| view! { <a href="/Data?refType=0">{text::TERMS_OBJECT}</a> });
    view! {
        <Card title=text::TERMS_TITLE>
            <p class="muted">{text::TERMS_INTRO} " " {objects}</p>
            {move || in_force(shown)}
            <Form errors busy=sender.busy() on_submit=submit>
                <fieldset class="plain" disabled=read_only>
                    <TextField name="url" label=text::TERMS_URL value=url kind=TextKind::Url help=text::TERMS_URL_HELP />
                    <TextField name="version" label=text::TERMS_VERSION value=version max_length=60 help=text::TERMS_VERSION_HELP />
                </fieldset>
                <SaveRow busy=sender.busy() read_only label=text::TERMS_SAVE />
            </Form>
        </Card>
        <ConfirmDialog
            open=asking
            title=text::TERMS_ASK_QUESTION
            confirm=text::TERMS_ASK_CONFIRM
            on_confirm=send
            danger=false
            busy=sender.busy()
        >
            <p>{text::TERMS_ASK_TEXT}</p>
        </ConfirmDialog>
        <ConfirmDialog
            open=removing
            title=text::TERMS_REMOVE_QUESTION
            confirm=text::TERMS_REMOVE_CONFIRM
            on_confirm=send
            busy=sender.busy()
        >
            <p>{text::TERMS_REMOVE_TEXT}</p>
        </ConfirmDialog>
    }
    .into_any()
}

fn in_force(shown: Shown) -> AnyView {
    let settings = shown.data.get();
    let Some(terms) = settings.terms else { return show::quiet(text::TERMS_NONE) };
    view! {
        <Facts>
            <Fact label=text::TERMS_IN_FORCE>
                <OutLink href=terms.url.clone()>{terms.url}</OutLink>
            </Fact>
            <Fact label=text::TERMS_VERSION>{terms.version}</Fact>
            <Fact label=text::TERMS_ACCEPTED>{settings.terms_accepted}</Fact>
            <Fact label=text::TERMS_OUTSTANDING>{settings.terms_outstanding}</Fact>
        </Facts>
    }
    .into_any()
}
