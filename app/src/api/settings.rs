//! The vendor's settings.

use latchkey_shared::api::{
    settings::{Company, MailTest, OwnLicences, Refunds, SetMail, Settings},
    terms::SetTerms,
};

use super::Call;

pub fn get() -> Call<Settings> {
    Call::get("/api/v1/settings")
}

pub fn set_company(form: &Company) -> Call<Settings> {
    Call::put("/api/v1/settings/company", form)
}

/// PNG, JPEG or WebP of at most 512 KB.
pub fn set_logo(file: web_sys::File) -> Call<Settings> {
    Call::upload("/api/v1/settings/logo", file)
}

pub fn remove_logo() -> Call<Settings> {
    Call::delete("/api/v1/settings/logo")
}

pub fn set_terms(form: &SetTerms) -> Call<Settings> {
    Call::put("/api/v1/settings/terms", form)
}

pub fn set_mail(form: &SetMail) -> Call<Settings> {
    Call::put("/api/v1/settings/mail", form)
}

pub fn set_own_licences(form: &OwnLicences) -> Call<Settings> {
    Call::put("/api/v1/settings/own-licences", form)
}

pub fn set_refunds(form: &Refunds) -> Call<Settings> {
    Call::put("/api/v1/settings/refunds", form)
}

/// Sends a message to the person who asks.
pub fn test_mail() -> Call<MailTest> {
    Call::press("/api/v1/settings/mail/test")
}
