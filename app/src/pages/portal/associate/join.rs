//! Making an account.

use latchkey_shared::{
    api::links::Invitation,
    text::portal::{entry, join as words},
    validation,
};
use leptos::prelude::*;

use super::{
    super::quiet::{VendorPage, vendor_name},
    terms::{TermsBox, check_terms},
    visit::{Typed, Visit},
};
use crate::{
    components::{Button, Form, FormErrors, Look, TextField, TextKind},
    pages::new_password::{NewPasswordField, check_password},
};

/// Who invites, and the form. The address of a personal link is fixed.
pub fn join(visit: Visit, invitation: Invitation) -> AnyView {
    let errors = FormErrors::new();
    let form = visit.form;
    let vendor = vendor_name();
    let who = match &invitation.customer {
        Some(customer) => words::invites_for(&vendor, customer),
        None => words::invites_you(&vendor),
    };
    let fixed = invitation.email.is_some();
    let help = if fixed { words::EMAIL_FIXED } else { words::EMAIL_PROVED };
    let terms = invitation.terms.clone();
    let invitation = StoredValue::new(invitation);
    let submit = move || {
        invitation.with_value(|invitation| {
            check(form, invitation, errors);
            if errors.settle() {
                visit.join(invitation, errors);
            }
        });
    };
    view! {
        <VendorPage
            title=words::create_at(&vendor)
            below=move || {
                view! {
                    <p>
                        {words::HAVE_ACCOUNT} " "
                        <button type="button" class="link-button" on:click=move |_| visit.sign_in_instead()>
                            {words::HAVE_ACCOUNT_SIGN_IN}
                        </button>
                    </p>
                }
            }
        >
            <p>{who}</p>
            <Form errors busy=visit.sender.busy() on_submit=submit>
                <TextField
                    name="name"
                    label=words::YOUR_NAME
                    value=form.name
                    autocomplete="name"
                    max_length=100
                    required=true
                />
                <TextField
                    name="email"
                    label=words::EMAIL
                    value=form.email
                    kind=TextKind::Email
                    autocomplete="username"
                    readonly=fixed
                    help=help
                    required=true
                />
                <NewPasswordField label=words::PASSWORD value=form.password />
                <TermsBox terms accepted=form.accepted />
                <Button look=Look::Primary submit=true busy=visit.sender.busy()>
                    {words::CREATE}
                </Button>
            </Form>
        </VendorPage>
    }
    .into_any()
}

fn check(form: Typed, invitation: &Invitation, errors: FormErrors) {
    if form.name.with_untracked(|name| name.trim().is_empty()) {
        errors.set("name", words::ENTER_NAME);
    }
    let email = form.email.get_untracked();
    if !validation::is_email(email.trim()) {
        errors.set("email", entry::ENTER_EMAIL);
    }
    form.password
        .with_untracked(|password| check_password(password, &email, &invitation.vendor.name, errors));
    check_terms(invitation.terms.as_ref(), form.accepted, errors);
}
