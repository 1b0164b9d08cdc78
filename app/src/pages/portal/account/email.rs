//! A new e-mail address, proved by six digits.

use latchkey_shared::{
    api::{
        auth::{ChangeEmail, ProofStarted, ProveEmail},
        portal::Account,
    },
    text::portal::{account as words, entry},
    validation,
};
use leptos::prelude::*;

use super::super::{digits::DigitsForm, quiet::focus_soon};
use crate::{
    api::{self, Load, Sender, Shown, use_sender},
    components::{
        Button, ButtonRow, Card, Form, FormErrors, Look, PasswordField, TextField, TextKind, Toasts,
        use_toasts, words as kit,
    },
    session::{SessionState, use_session},
};

/// How far the change is.
#[derive(Clone, PartialEq)]
enum Stage {
    Shown,
    Asking,
    Proving(ProofStarted),
}

/// The change and what was typed for it.
#[derive(Clone, Copy)]
struct Change {
    account: Load<Account>,
    stage: RwSignal<Stage>,
    email: RwSignal<String>,
    password: RwSignal<String>,
    errors: FormErrors,
    sender: Sender,
    toasts: Toasts,
    session: SessionState,
}

pub fn card(account: Load<Account>, shown: Shown<Account>) -> AnyView {
    let change = Change {
        account,
        stage: RwSignal::new(Stage::Shown),
        email: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
        errors: FormErrors::new(),
        sender: use_sender(),
        toasts: use_toasts(),
        session: use_session(),
    };
    let body = move || match change.stage.get() {
        Stage::Shown => change.show(shown),
        Stage::Asking => change.ask(shown),
        Stage::Proving(proof) => change.digits(proof),
    };
    view! {
        <Card title=words::EMAIL>
            <div class="account-email">{body}</div>
        </Card>
    }
    .into_any()
}

impl Change {
    fn show(self, shown: Shown<Account>) -> AnyView {
        let begin = move || {
            self.errors.reset();
            self.stage.set(Stage::Asking);
            focus_soon("main input[name=email]");
        };
        let pending = move || {
            let pending = shown.with(|account| account.pending_email.clone());
            pending.map(|email| view! { <p class="muted">{words::email_pending(&email)}</p> })
        };
        view! {
            <p>
                {words::EMAIL_NOW} " "
                <b class="address">{move || shown.with(|account| account.email.clone())}</b> "."
            </p>
            {pending}
            <ButtonRow>
                <Button on_press=begin>{words::EMAIL_CHANGE}</Button>
            </ButtonRow>
        }
        .into_any()
    }

    fn ask(self, shown: Shown<Account>) -> AnyView {
        let submit = move || {
            let form = self.form();
            if !validation::is_email(&form.email) {
                self.errors.set("email", entry::ENTER_EMAIL);
            } else if shown.with_untracked(|account| account.email.eq_ignore_ascii_case(&form.email)) {
                self.errors.set("email", words::EMAIL_SAME);
            }
            if form.password.is_empty() {
                self.errors.set("password", words::ENTER_CURRENT);
            }
            if self.errors.settle() {
                self.sender.submit(self.errors, api::portal::change_email(&form), move |proof| {
                    self.stage.set(Stage::Proving(proof));
                });
            }
        };
        view! {
            <Form errors=self.errors busy=self.sender.busy() on_submit=submit>
                <TextField
                    name="email"
                    label=words::NEW_EMAIL
                    value=self.email
                    kind=TextKind::Email
                    autocomplete="email"
                    help=words::NEW_EMAIL_HELP
                    required=true
                />
                <PasswordField name="password" label=words::CURRENT_PASSWORD value=self.password />
                <ButtonRow>
                    <Button look=Look::Primary submit=true busy=self.sender.busy()>
                        {words::EMAIL_SEND}
                    </Button>
                    <Button on_press=move || self.stage.set(Stage::Shown)>{kit::CANCEL}</Button>
                </ButtonRow>
            </Form>
        }
        .into_any()
    }

    fn digits(self, proof: ProofStarted) -> AnyView {
        let proof = RwSignal::new(proof);
        let errors = FormErrors::new();
        let on_digits = Callback::from(move |code: String| {
            let form = ProveEmail { id: proof.with_untracked(|proof| proof.id.clone()), code };
            self.sender.submit(errors, api::portal::prove_email(&form), move |account| {
                self.account.set(account);
                self.session.refresh();
                self.email.set(String::new());
                self.password.set(String::new());
                self.stage.set(Stage::Shown);
                self.toasts.good(words::EMAIL_SAVED);
            });
        });
        let on_again = Callback::from(move || {
            errors.reset();
            self.sender.submit(errors, api::portal::change_email(&self.form()), move |again| {
                proof.set(again);
                self.toasts.good(latchkey_shared::text::portal::join::PROVE_SENT_AGAIN);
            });
        });
        view! {
            <DigitsForm
                proof=proof.into()
                errors
                busy=self.sender.busy()
                on_digits
                on_again
                on_change=Callback::from(move || self.stage.set(Stage::Asking))
            />
        }
        .into_any()
    }

    fn form(self) -> ChangeEmail {
        ChangeEmail {
            email: self.email.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
        }
    }
}
