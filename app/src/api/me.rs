//! The signed-in staff member's own account.

use latchkey_shared::{
    api::{
        auth::{ChangePassword, OwnSessions, RenameSelf},
        session::Session,
    },
    ids::SessionId,
};

use super::Call;

pub fn rename(form: &RenameSelf) -> Call<Session> {
    Call::patch("/api/v1/me", form)
}

pub fn change_password(form: &ChangePassword) -> Call<()> {
    Call::post("/api/v1/me/password", form)
}

pub fn sessions() -> Call<OwnSessions> {
    Call::get("/api/v1/me/sessions")
}

pub fn end_session(id: SessionId) -> Call<()> {
    Call::delete(["/api/v1/me/sessions/", &id.to_string()].concat())
}

/// Ends all but the current one.
pub fn end_other_sessions() -> Call<()> {
    Call::delete("/api/v1/me/sessions")
}
