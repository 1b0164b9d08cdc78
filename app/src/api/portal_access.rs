//! Customers getting in: sign-in, invitation links, reset, terms.

use latchkey_shared::api::{
    auth::{ProveEmail, ResetConfirm, ResetRequest, SignIn},
    links::{Invitation, LinkCode, LinkUsed, UseLink},
    portal::SwitchCustomer,
    session::Session,
    terms::AcceptTerms,
};

use super::Call;

pub fn sign_in(form: &SignIn) -> Call<Session> {
    Call::post("/api/v1/portal/sign-in", form).unguarded()
}

pub fn sign_out() -> Call<()> {
    Call::press("/api/v1/portal/sign-out").unguarded()
}

/// Answered alike for known and unknown addresses.
pub fn ask_reset(form: &ResetRequest) -> Call<()> {
    Call::post("/api/v1/portal/password-reset", form).unguarded()
}

pub fn confirm_reset(form: &ResetConfirm) -> Call<()> {
    Call::post("/api/v1/portal/password-reset/confirm", form).unguarded()
}

/// Looks at a link without using it; every unusable link is the same `NotFound`.
pub fn invitation(code: &LinkCode) -> Call<Invitation> {
    Call::post("/api/v1/portal/invitation", code).unguarded()
}

/// Uses a link. `Conflict` with code `sign_in_instead`: the address has a sign-in already.
pub fn use_link(form: &UseLink) -> Call<LinkUsed> {
    Call::post("/api/v1/portal/invitation/use", form).unguarded()
}

/// Proves the address of a sign-up; signs in on success.
pub fn prove_sign_up(form: &ProveEmail) -> Call<Session> {
    Call::post("/api/v1/portal/sign-up/prove", form).unguarded()
}

pub fn accept_terms(form: &AcceptTerms) -> Call<Session> {
    Call::post("/api/v1/portal/terms", form)
}

pub fn switch_customer(form: &SwitchCustomer) -> Call<Session> {
    Call::post("/api/v1/portal/customer", form)
}
