//! What happens on the way from a link into the portal, apart from how it looks.

use latchkey_shared::{
    api::{
        auth::{ProofStarted, ProveEmail},
        links::{Invitation, InvitationKind, LinkCode, LinkUsed, UseLink},
        terms::AcceptTerms,
    },
    error::code,
    text::portal::{entry, join as words},
};
use leptos::prelude::*;

use super::super::quiet::{HEADING, focus_soon};
use crate::{
    api::{self, Problem, Sender, use_sender},
    components::{FormErrors, Toasts, use_toasts},
    session::{SessionState, use_session},
};

/// How far somebody has come.
#[derive(Clone, PartialEq)]
pub enum Stage {
    Opening,
    Unusable,
    Failed(Problem),
    /// Nothing is left to do here: on to the portal, in place of this page, which without its code is of no use.
    Inside,
    Join(Invitation),
    SignIn {
        known: bool,
    },
    Attach(Invitation),
    Prove(ProofStarted),
}

/// What was typed. It outlives the steps, so that nothing has to be typed twice.
#[derive(Clone, Copy)]
pub struct Typed {
    pub name: RwSignal<String>,
    pub email: RwSignal<String>,
    pub password: RwSignal<String>,
    pub accepted: RwSignal<bool>,
}

/// One opened link. The code lives here and nowhere else.
#[derive(Clone, Copy)]
pub struct Visit {
    link: StoredValue<LinkCode>,
    /// What the link led to, and what was last sent for it.
    invitation: StoredValue<Option<Invitation>>,
    sent: StoredValue<Option<UseLink>>,
    pub stage: RwSignal<Stage>,
    pub form: Typed,
    pub sender: Sender,
    pub session: SessionState,
    toasts: Toasts,
}

impl Visit {
    pub fn new(link: LinkCode) -> Self {
        let form = Typed {
            name: RwSignal::new(String::new()),
            email: RwSignal::new(String::new()),
            password: RwSignal::new(String::new()),
            accepted: RwSignal::new(false),
        };
        Self {
            link: StoredValue::new(link),
            invitation: StoredValue::new(None),
            sent: StoredValue::new(None),
            stage: RwSignal::new(Stage::Opening),
            form,
            sender: use_sender(),
            session: use_session(),
            toasts: use_toasts(),
        }
    }

    /// Asks the server what the link is, and goes to the step that follows.
    pub fn open(self) {
        let call = self.link.with_value(api::portal_access::invitation);
        self.sender.send(call, move |answer| match answer {
            Ok(invitation) => self.arrive(invitation),
            Err(Problem::NotFound(_) | Problem::Invalid(_)) => self.step(Stage::Unusable),
            Err(problem) => self.step(Stage::Failed(problem)),
        });
    }

    fn arrive(self, invitation: Invitation) {
        self.invitation.set_value(Some(invitation.clone()));
        let signed_in = invitation.signed_in_as.is_some();
        match (invitation.kind, signed_in) {
            (InvitationKind::Generic, true) => self.step(Stage::Inside),
            (InvitationKind::Personal, true) => self.step(Stage::Attach(invitation)),
            (_, false) => {
                if let Some(email) = &invitation.email {
                    self.form.email.set(email.clone());
                }
                self.step(Stage::Join(invitation));
            }
        }
    }

    fn step(self, stage: Stage) {
        let first = self.stage.with_untracked(|stage| *stage == Stage::Opening);
        self.stage.set(stage);
        if !first {
            focus_soon(HEADING);
        }
    }

    /// Somebody has an account, and goes on by signing in.
    pub fn sign_in_instead(self) {
        self.step(Stage::SignIn { known: false });
    }

    pub fn back_to_form(self) {
        match self.invitation.get_value() {
            Some(invitation) => self.step(Stage::Join(invitation)),
            None => self.open(),
        }
    }

    /// Makes an account from what was typed.
    pub fn join(self, invitation: &Invitation, errors: FormErrors) {
        let form = self.form;
        self.send(
            UseLink {
                link: self.link.get_value(),
                name: form.name.get_untracked().trim().to_owned(),
                email: form.email.get_untracked().trim().to_owned(),
                password: form.password.get_untracked(),
                accept: acceptance(invitation),
            },
            errors,
            words::WELCOME.to_owned(),
        );
    }

    /// Ties the customer to the account that is signed in.
    pub fn attach(self, invitation: &Invitation, errors: FormErrors) {
        let customer = invitation.customer.as_deref().unwrap_or_default();
        let form =
            UseLink { link: self.link.get_value(), accept: acceptance(invitation), ..UseLink::default() };
        self.send(form, errors, words::attached(customer));
    }

    fn send(self, form: UseLink, errors: FormErrors, welcome: String) {
        let call = api::portal_access::use_link(&form);
        self.sent.set_value(Some(form));
        self.sender.send(call, move |answer| match answer {
            Ok(LinkUsed::Done { .. }) => self.enter(welcome),
            Ok(LinkUsed::Prove { proof }) => self.step(Stage::Prove(proof)),
            Err(Problem::NotFound(_)) => self.step(Stage::Unusable),
            Err(Problem::Conflict(error)) if error.code == code::SIGN_IN_INSTEAD => {
                self.step(Stage::SignIn { known: true });
            }
            Err(Problem::Conflict(error)) if error.code == code::TERMS_CHANGED => {
                self.form.accepted.set(false);
                self.toasts.notice(entry::TERMS_MOVED);
                self.open();
            }
            Err(problem) => errors.fail(problem.into()),
        });
    }

    /// The cookie is set: learns who that is, and goes in.
    fn enter(self, welcome: String) {
        self.sender.send(api::session::get(), move |answer| match answer {
            Ok(session) => {
                self.session.set(session);
                self.toasts.good(welcome);
                self.stage.set(Stage::Inside);
            }
            Err(problem) => self.step(Stage::Failed(problem)),
        });
    }

    pub fn prove(self, proof: RwSignal<ProofStarted>, code: String, errors: FormErrors) {
        let form = ProveEmail { id: proof.with_untracked(|proof| proof.id.clone()), code };
        self.sender.send(api::portal_access::prove_sign_up(&form), move |answer| match answer {
            Ok(session) => {
                self.session.set(session);
                self.toasts.good(words::WELCOME);
                self.stage.set(Stage::Inside);
            }
            Err(Problem::NotFound(_)) => self.step(Stage::Unusable),
            Err(Problem::Conflict(error)) if error.code == code::SIGN_IN_INSTEAD => {
                self.step(Stage::SignIn { known: true });
            }
            Err(problem) => errors.fail(problem.into()),
        });
    }

    /// Asks for new digits by sending once more what was sent.
    pub fn prove_again(self, proof: RwSignal<ProofStarted>, errors: FormErrors) {
        let Some(form) = self.sent.get_value() else { return self.back_to_form() };
        errors.reset();
        self.sender.submit(errors, api::portal_access::use_link(&form), move |used| match used {
            LinkUsed::Prove { proof: new } => {
                proof.set(new);
                self.toasts.good(words::PROVE_SENT_AGAIN);
            }
            LinkUsed::Done { .. } => self.enter(words::WELCOME.to_owned()),
        });
    }

    /// Signs out, to go on as somebody else.
    pub fn use_another_account(self) {
        self.sender.press(api::portal_access::sign_out(), move |()| {
            self.session.refresh();
            self.open();
        });
    }
}

/// The terms exactly as they were shown, where there are any.
fn acceptance(invitation: &Invitation) -> Option<AcceptTerms> {
    invitation
        .terms
        .as_ref()
        .map(|terms| AcceptTerms { url: terms.url.clone(), version: terms.version.clone() })
}
