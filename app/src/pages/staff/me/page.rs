//! `/Me`

use latchkey_shared::{api::auth::RenameSelf, text::me as text};
use leptos::prelude::*;

use super::{password::password, sessions::sessions};
use crate::{
    api::{self, check, use_sender},
    components::{
        Button, Card, Fact, Facts, Form, FormErrors, Grid, Look, PageHeader, TextField, use_toasts,
    },
    frame::role_word,
    session::use_session,
};

#[component]
pub fn MePage() -> impl IntoView {
    view! {
        <PageHeader title=text::TITLE />
        <Grid>{about()} {password()}</Grid>
        {sessions()}
    }
    .into_any()
}

fn about() -> AnyView {
    let session = use_session();
    let errors = FormErrors::new();
    let sending = use_sender();
    let toasts = use_toasts();
    let name = RwSignal::new(untrack(|| session.staff()).map(|staff| staff.name).unwrap_or_default());
    let submit = move || {
        let form = RenameSelf { name: name.get_untracked() };
        if check(&form, errors) {
            sending.submit(errors, api::me::rename(&form), move |answer| {
                session.set(answer);
                toasts.good(text::SAVED);
            });
        }
    };
    view! {
        <Card title=text::ABOUT>
            <Facts>
                <Fact label=text::EMAIL>{move || session.staff().map(|staff| staff.email)}</Fact>
                <Fact label=text::ROLE>{move || session.staff().map(|staff| role_word(staff.role))}</Fact>
            </Facts>
            <Form errors on_submit=submit busy=sending.busy()>
                <TextField name="name" label=text::NAME value=name autocomplete="name" required=true max_length=100 />
                <Button submit=true look=Look::Primary busy=sending.busy()>
                    {text::SAVE}
                </Button>
            </Form>
        </Card>
    }
    .into_any()
}
