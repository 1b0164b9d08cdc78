//! Fields, empty and filled, right and wrong.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::components::{
    Button, ButtonRow, Card, CheckboxField, Choice, ChoiceCards, ColourField, DateField, FieldGroup,
    FieldPair, FileField, Form, FormErrors, Grid, Look, NumberField, PageHeader, PasswordField, Problem,
    SelectField, Strength, TextAreaField, TextField, TextKind, use_toasts,
};

#[component]
pub fn Fields() -> impl IntoView {
    view! {
        <PageHeader title="Fields" />
        <Grid>
            <Card title="A form">
                <Texts />
            </Card>
            <Card title="As the server refused it">
                <Refused />
            </Card>
            <Card title="Choices">
                <Choices />
            </Card>
        </Grid>
    }
}

#[component]
fn Texts() -> impl IntoView {
    let errors = FormErrors::new();
    let toasts = use_toasts();
    let email = RwSignal::new(String::new());
    let password = RwSignal::new("correct horse".to_owned());
    let strength = Signal::derive(move || {
        let level = password.with(|text| u8::try_from((text.len() / 5).min(4)).unwrap_or(4));
        let words =
            ["Too short", "Weak: add more words", "Fair", "Good", "Strong"][usize::from(level)].to_owned();
        Some(Strength { level, words })
    });
    let save = move || {
        if email.with(String::is_empty) {
            errors.set("email", "Enter an e-mail address.");
        }
        if errors.settle() {
            toasts.good("Saved");
        }
    };
    view! {
        <Form errors on_submit=save>
            <FieldPair>
                <TextField
                    name="name"
                    label="Name"
                    value=RwSignal::new("Ada".to_owned())
                    required=true
                    autocomplete="given-name"
                />
                <TextField name="company" label="Company" value=RwSignal::default() autocomplete="organization" />
            </FieldPair>
            <TextField
                name="email"
                label="E-mail"
                kind=TextKind::Email
                value=email
                required=true
                autocomplete="email"
                help="Leave it empty and save to see an error."
            />
            <PasswordField name="password" label="Password" value=password new_password=true strength />
            <TextField
                name="key"
                label="Licence key"
                kind=TextKind::Code
                value=RwSignal::default()
                placeholder="AAAAA-BBBBB-CCCCC-DDDDD"
            />
            <TextField
                name="country"
                label="Country"
                value=RwSignal::default()
                suggestions=vec!["Austria".to_owned(), "Belgium".to_owned(), "Chile".to_owned()]
            />
            <TextAreaField name="note" label="Note" value=RwSignal::default() />
            <CheckboxField name="association" value=RwSignal::new(true) help="Makes a personal sign-up link.">
                "Enable customer association"
            </CheckboxField>
            <ButtonRow>
                <Button submit=true look=Look::Primary>
                    "Save"
                </Button>
                <Button>"Cancel"</Button>
            </ButtonRow>
        </Form>
    }
}

#[component]
fn Refused() -> impl IntoView {
    let errors = FormErrors::new();
    let refuse = move || {
        let fields = [
            ("email2", "This address is already in use."),
            ("seats", "At most 500."),
            ("terms", "Please accept the terms of use."),
        ];
        errors.fail(Problem {
            fields: fields.map(|(field, message)| (field.to_owned(), message.to_owned())).into(),
            ..Problem::new("validation", "Some fields need another look.")
        });
    };
    refuse();
    let whole = move || {
        errors.fail(Problem {
            fields: BTreeMap::new(),
            ..Problem::new(
                "conflict",
                "Somebody else changed this customer meanwhile. Reload to see what is new.",
            )
        });
    };
    view! {
        <Form errors on_submit=whole>
            <TextField
                name="email2"
                label="E-mail"
                kind=TextKind::Email
                value=RwSignal::new("ada@example.com".to_owned())
                required=true
                help="Where receipts go."
            />
            <NumberField name="seats" label="Seats" value=RwSignal::new(Some(900)) min=1 max=500 unit="machines" required=true />
            <DateField name="until" label="Valid until" value=RwSignal::new("2026-12-31".to_owned()) required=true />
            <TextField name="domain" label="Domain" value=RwSignal::new("example.com".to_owned()) disabled=true />
            <TextField name="id" label="Id" value=RwSignal::new("1042".to_owned()) readonly=true />
            <CheckboxField name="terms" value=RwSignal::new(false) required=true>
                "I accept the " <a href="https://example.com/terms">"terms of use"</a>
            </CheckboxField>
            <Button submit=true>"Show an error of the whole form"</Button>
        </Form>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let plan = RwSignal::new("year".to_owned());
    let zones = || {
        vec![
            Choice::new("UTC", "UTC"),
            Choice::new("Europe/Berlin", "Europe/Berlin"),
            Choice::new("America/Lima", "America/Lima").disabled(),
        ]
    };
    let plans = || {
        vec![
            Choice::new("month", "Monthly").note("€5 every month"),
            Choice::new("year", "Yearly").note("€49 every year"),
            Choice::new("ever", "For ever").note("no longer sold").disabled(),
        ]
    };
    let errors = FormErrors::new();
    view! {
        <Form errors on_submit=|| ()>
            <SelectField
                name="zone"
                label="Time zone"
                value=RwSignal::new("Europe/Berlin".to_owned())
                options=zones()
                required=true
            />
            <SelectField
                name="webshop"
                label="Webshop"
                value=RwSignal::default()
                options=zones()
                placeholder="Choose one"
                error="Choose a webshop."
            />
            <ChoiceCards name="plan" label="Plan" value=plan options=plans() />
            <FieldGroup title="Looks" help="As your customers see it.">
                <ColourField name="colour" label="Colour" value=RwSignal::new("#245a92".to_owned()) />
                <FileField
                    name="logo"
                    label="Logo"
                    accept="image/png,image/svg+xml"
                    help="PNG or SVG, up to 200 KB."
                    preview="/favicon.svg"
                    on_remove=|| ()
                    on_file=UnsyncCallback::from(|_: web_sys::File| ())
                />
            </FieldGroup>
        </Form>
    }
}
