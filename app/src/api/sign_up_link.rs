//! The generic sign-up link.

use latchkey_shared::api::{links::SignUpLink, settings::SetSignUpLink};

use super::Call;

const PATH: &str = "/api/v1/sign-up-link";

pub fn get() -> Call<SignUpLink> {
    Call::get(PATH)
}

pub fn set(form: &SetSignUpLink) -> Call<SignUpLink> {
    Call::put(PATH, form)
}

/// Makes a new link; the old one stops working.
pub fn rotate() -> Call<SignUpLink> {
    Call::press([PATH, "/rotate"].concat())
}
