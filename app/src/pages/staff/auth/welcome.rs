//! `/Staff/Welcome#CODE`: the first owner's link, and invitations of colleagues.

use latchkey_shared::{
    api::auth::{AcceptStaffInvitation, InvitationCode, StaffInvitation},
    text::access as text,
};
use leptos::prelude::*;

use super::unusable::unusable;
use crate::{
    api::{self, Problem, check, load, use_sender},
    components::{Button, Form, FormErrors, Look, ProblemView, Skeleton, TextField, TextKind},
    frame::role_word,
    hooks::use_title,
    pages::new_password::NewPasswordField,
    routes::{take_fragment, use_go},
    session::use_session,
    shell::QuietPage,
};

/// Shows who invites, and makes the account. Opening the link changes nothing.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let code = take_fragment();
    if code.is_empty() {
        return unusable();
    }
    let asked = InvitationCode { code: code.clone() };
    let invitation = load(move || api::staff_access::invitation(&asked));
    let body = move || match (invitation.get(), invitation.failure()) {
        (_, Some(Problem::NotFound(_) | Problem::Invalid(_))) => unusable(),
        (_, Some(problem)) => view! {
            <QuietPage title=text::WELCOME_TITLE>
                <ProblemView problem=problem.into() on_retry=move || invitation.again() />
            </QuietPage>
        }
        .into_any(),
        (Some(invitation), None) => form(&code, &invitation),
        (None, None) => view! {
            <QuietPage title=text::WELCOME_TITLE>
                <Skeleton lines=5 />
            </QuietPage>
        }
        .into_any(),
    };
    body.into_any()
}

fn form(code: &str, invitation: &StaffInvitation) -> AnyView {
    // The first owner chooses the address; everybody else was invited by theirs.
    let owner = invitation.email.is_empty();
    let title = if owner { text::WELCOME_OWNER_TITLE } else { text::WELCOME_TITLE };
    use_title(move || title.to_owned());
    let intro = if owner {
        text::WELCOME_OWNER.to_owned()
    } else {
        text::invited_as(&invitation.vendor, role_word(invitation.role))
    };
    let session = use_session();
    let errors = FormErrors::new();
    let sending = use_sender();
    let go = use_go();
    let code = StoredValue::new(code.to_owned());
    let name = RwSignal::new(invitation.name.clone());
    let email = RwSignal::new(invitation.email.clone());
    let password = RwSignal::new(String::new());
    let submit = move || {
        let form = AcceptStaffInvitation {
            code: code.get_value(),
            name: name.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        if check(&form, errors) {
            sending.submit(errors, api::staff_access::accept(&form), move |answer| {
                session.set(answer);
                go.run(("/Dashboard".to_owned(),));
            });
        }
    };
    let email_help = MaybeProp::derive(move || (!owner).then(|| text::WELCOME_FIXED_EMAIL.to_owned()));
    view! {
        <QuietPage title=title>
            <p>{intro}</p>
            <Form errors on_submit=submit busy=sending.busy()>
                <TextField name="name" label=text::NAME value=name autocomplete="name" required=true autofocus=true />
                <TextField
                    name="email"
                    label=text::EMAIL
                    value=email
                    kind=TextKind::Email
                    autocomplete="username"
                    required=true
                    readonly=Signal::stored(!owner)
                    help=email_help
                />
                <NewPasswordField label=text::PASSWORD value=password />
                <Button submit=true look=Look::Primary busy=sending.busy()>
                    {text::WELCOME_CREATE}
                </Button>
            </Form>
        </QuietPage>
    }
    .into_any()
}
